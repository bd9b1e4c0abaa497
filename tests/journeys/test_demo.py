"""`phb-tui demo` in a real terminal, with its central opened as whoever tries it would."""

import re
import sys

import httpx2
import pytest

from phb_tui import demo
from tests.journeys.terminal import Terminal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")


def test_the_demos_link_is_seen_and_signs_in_once() -> None:
    """The demo's unlock screen shows the passphrase and the link, which opens the lead's pages and is then used up."""
    with Terminal(["demo"]) as terminal:
        text = terminal.wait("phb-tui is locked", demo.PASSPHRASE, "/link/")
        (link,) = re.findall(r"http://127\.0\.0\.1:\d+/link/[\w-]{32}", text)
        address = link.partition("/link/")[0]
        with httpx2.Client(trust_env=False, follow_redirects=True) as client:
            assert "Annie" not in client.get(address).text
            assert "Annie Example" in client.get(link).text
            assert client.get(f"{address}/team/{demo.TEAM}/laptops").status_code == 200
        assert httpx2.get(link, trust_env=False).status_code == 403
        terminal.press("ctrl+q")
        assert terminal.finish() == 0

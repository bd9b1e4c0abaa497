"""The form with which a member of the panel decides, filled in and sent."""

import re

from phb_tui.central.web.views import decision_views
from tests.oidc.running import Browser

HERE = "/team/north/decisions"
HTML = "<b>Rhys</b> & 'Price'"


def opened(who: Browser, request_id: str, **words: str) -> dict[str, str]:
    """Open a request and fill in its form, without sending it."""
    page = who.get(f"{HERE}/{request_id}").text
    seen = dict(re.findall(r'name="(seen|decided)" value="(\d+)"', page))
    assert len(seen) == len({"seen", "decided"})
    return {**dict.fromkeys(decision_views.WORDS, ""), "outcome": "", **seen, **words}


def fill(who: Browser, request_id: str, **words: str) -> str:
    """Open a request and send its form; the page that comes."""
    answer = who.post(f"{HERE}/{request_id}", None, **opened(who, request_id, **words))
    assert answer.status_code == 200
    return answer.text

"""Central's pages say the field's words, as the laptop does, and nothing of how the program is made."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from phb_tui.central.web import rendering
from tests.central.web.test_templates import PLAIN, Parsed

NOT_SAID = {
    "central": "the team server", "somebody": "someone", "born": "Date of birth", "UTC": "UK time",
    "kept aside": "not accepted", "shall": "say it plainly", "nobody known": "Not known", "put back": "restored",
    "send and get": "sync", "taken back": "withdrawn", "off the list": "removed", "id:": "its name", "wipe": "close",
    "what has arrived": "changes received",
}  # fmt: skip
"""Words that a team lead does not read, and what the pages say in their place."""
DEVELOPERS = {"openapi.py"}
"""Files whose words are for whoever writes to central, and not on a page."""
FOLDER = Path(rendering.__file__).parent


def shown() -> Iterator[str]:
    """What stands on every page, with plain values, and between the values of every template."""
    for page in PLAIN.values():
        yield from Parsed(page.partition("</style>")[2]).texts
    for file in (FOLDER / "templates").glob("*.html.j2"):
        yield re.sub(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}|<[^>]*>", " ", file.read_text("utf-8"), flags=re.DOTALL)


def sentences() -> Iterator[str]:
    """Every text of the pages' code that is for a reader: what begins with a capital and has more than one word."""
    for file in FOLDER.rglob("*.py"):
        tree = ast.parse(file.read_text("utf-8"))
        prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree) if file.name not in DEVELOPERS else ():
            said = node.value if isinstance(node, ast.Constant) and id(node) not in prose else None
            if isinstance(said, str) and re.match(r"[A-Z][\w']* ", said):
                yield said


@pytest.mark.parametrize("word", NOT_SAID)
def test_no_page_says(word: str) -> None:
    """A word made at home, or of the program's own, is on no page and in no sentence for a page."""
    texts = [*shown(), *sentences()]
    assert len(texts) > 300
    said = re.compile(rf"(?<![\w/.-]){re.escape(word)}(?![\w-])", re.IGNORECASE)
    assert [text for text in texts if said.search(text)] == []

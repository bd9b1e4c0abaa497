"""What to expect in a step: what it is for, what good looks like, how decisions are made, and who helps here."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content

from phb_tui.content import framework
from phb_tui.domain.changes import Record
from phb_tui.language import N_, _
from phb_tui.screens.reader import Reader
from phb_tui.services import listing


class ExpectScreen(Reader):
    """The national framework's words for one step, with the team's own beside them.

    Args:
        person_id: The person.
        step: 1 to 6.
    """

    TITLE = N_("What to expect")
    HELP = N_(
        "Read this together. It says what this step is for, what people with a budget say good support is like, and "
        "what the service works to. The words are the national framework's. 'Here' is what your own service wrote: "
        "Our service, in the list of people."
    )

    def __init__(self, person_id: str, step: int) -> None:
        super().__init__(person_id)
        self.step = step

    def where(self) -> str:
        """Which step is explained."""
        return _("What to expect in step {number}").format(number=self.step)

    def words(self) -> Content:
        """Everything, as one page."""
        step = self.session.content.step(self.step)
        local = listing.single(self.session, "local", None)
        contact = [_("Who to ask here: {words}").format(words=local.text("contact"))] if local.text("contact") else []
        chapters = (
            (step.title, [step.purpose, *contact]),
            (_("What you should be able to say"), (f"- {statement.text}" for statement in step.statements)),
            (_("What you should expect all the way"), self._items(0, framework.PERSON, local)),
            (_("What the service works to in this step"), self._items(self.step, framework.STANDARD, local)),
            (_("How decisions are made: there is openness about"), self._items(0, framework.DECISION, local)),
            (_("More about this step"), self._items(self.step, framework.MORE, local)),
        )
        return Content("\n").join(line for title, lines in chapters for line in _chapter(title, lines))

    def _items(self, step: int, group: str, local: Record) -> Iterable[str]:
        """The items of a group, with the team's own words under each."""
        for item in framework.of(step, group):
            yield f"  - {item.words}" if item.bullet else f"- {item.words}"
            for name in item.local:
                if written := local.text(name).strip():
                    yield _("    Here: {words}").format(words=" ".join(written.split()))


def _chapter(title: str, lines: Iterable[str]) -> Iterable[Content]:
    yield Content.styled(title, "bold underline")
    yield from (Content(line) for line in lines)
    yield Content("")

"""What to expect in a step: purpose, what good looks like, how decisions are made, who helps."""

from __future__ import annotations

from collections.abc import Iterator

from phb_tui.content import standards
from phb_tui.documents.model import Block, Document, Heading, Items, Plain
from phb_tui.domain.people import person_facts
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import N_, _
from phb_tui.screens.base.reader import PaperReader
from phb_tui.services.documents import plan_document
from phb_tui.services.documents.document_values import DocumentValues
from phb_tui.services.records import record_lists


class ExpectationsScreen(PaperReader):
    """The national framework's text about one step, with the team's own beside it.

    Args:
        person_id: The person.
        step: 1 to 6.
    """

    TITLE = N_("What to expect")
    HELP = N_(
        "Read this together. It says what this step is for, what people with a budget say good support is like, and "
        "what the service works to. The words are the national framework's. 'Here' is what your own service wrote: "
        "Service details, in the list of people."
    )

    def __init__(self, person_id: str, step: int) -> None:
        super().__init__(person_id)
        self.step = step

    def heading(self) -> str:
        """The title of the step."""
        return _("What to expect in step {number}").format(number=self.step)

    def paper(self) -> Document:
        """The text as a document."""
        step = self.session.content.step(self.step)
        return Document(step.title, person_facts.preferred_name(self.person()), step.purpose, tuple(self._blocks()))

    def _blocks(self) -> Iterator[Block]:
        step = self.session.content.step(self.step)
        local = record_lists.single(self.session, "local", None)
        values = plan_document.team_values(self.session)
        if contact := values.words(local, "contact"):
            yield Plain(_("Who to ask here: {words}").format(words=contact))
        yield Heading(1, _("What you should be able to say"))
        yield Items(tuple(statement.text for statement in step.statements))
        for title, number, group in (
            (N_("What you should expect all the way"), 0, standards.PERSON),
            (N_("What the service works to in this step"), self.step, standards.STANDARD),
            (N_("How decisions are made: there is openness about"), 0, standards.DECISION),
            (N_("More about this step"), self.step, standards.MORE),
        ):
            yield Heading(1, _(title))
            yield Items(tuple(_line(item, local, values) for item in standards.of(number, group)))


def _line(item: standards.Item, local: Record, values: DocumentValues) -> str:
    """An item of the framework, followed by the team's own text."""
    here = (values.line_of(local, name) for name in item.local)
    return "\n".join([item.words, *(_("Here: {words}").format(words=words) for words in here if words)])

"""What was asked and decided for one person: each request with how it stands, and what can be done next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from phb_tui.content import forms
from phb_tui.domain.decision.authority import PART, PAYABLE
from phb_tui.domain.decision.tellings import Wrong
from phb_tui.domain.people import person_facts
from phb_tui.domain.records.changes import Record
from phb_tui.errors import PhbError
from phb_tui.i18n import N_, _
from phb_tui.screens.base.person_screen import PersonScreen
from phb_tui.screens.decision import words
from phb_tui.screens.decision.request_lines import lines
from phb_tui.screens.design.shapes import SHAPES
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.lists.line_list import ADD, LineList, gap, heading, id_of, refill
from phb_tui.screens.lists.row import Row
from phb_tui.screens.lists.side_panel import SidePanel
from phb_tui.services.decision import deciding, requests, standing, subjects, to_tell
from phb_tui.services.decision.standing import TELLING, KeptAside, Standing
from phb_tui.services.documents.letters import offered
from phb_tui.services.documents.letters.offered import Offered
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session

ASIDE, AGAIN, SEEN = "aside-", "again-", "seen-"
WITHDRAW, BACK = "withdraw:", "back:"
NOT_CONFIRMED = N_(
    "Decided on this laptop. The team server has not confirmed it yet: "
    "tell {name} that it still has to be confirmed, and do not pay before."
)
NOT_YET = N_(
    "Decided on this laptop. The team server has not confirmed it yet: tell {name} that it still has to be confirmed."
)


class DecisionsScreen(PersonScreen):
    """Lists a person's requests, newest first, with what was decided and how they were told.

    Args:
        person_id: The person.
        request_id: The request at which it is opened; "" for the first one.
    """

    TITLE = N_("Asked and decided")
    HELP = N_(
        "Every request for a decision, the newest first: who decides and by when, what was decided and why, and "
        "whether the person was told. Open a line to read all of it. The person may ask for another look after any "
        "answer, also after a Yes; what was agreed counts meanwhile. A decision counts once the team server has "
        "confirmed it; nothing is paid before, and its letter is made then. A request that "
        "nobody has decided about can be withdrawn, for example when there is a newer version."
    )
    FAMILY_SAFE = True
    AUTO_FOCUS = "#decisions"
    CSS_PATH = "decision.tcss"

    def __init__(self, person_id: str, request_id: str = "") -> None:
        super().__init__(person_id)
        self._request_id = request_id
        self._told: dict[str, Record] = {}
        self._aside: dict[str, tuple[KeptAside, Standing | None]] = {}
        self._letters: list[Offered] = []
        self._asked_about: set[str] = set()
        """The versions of the budget that a request waits about."""
        self._behind: dict[str, Standing] = {}
        """The request that each line is about, by the line's id."""

    def compose_body(self) -> ComposeResult:
        """Compose a sentence and the lines."""
        yield Static("", id="how-far", classes="note", markup=False)
        with Horizontal(id="columns"):
            yield LineList(id="decisions", markup=False)
            yield SidePanel(id="beside")

    def on_ready(self) -> None:
        """Go to what was decided about the request that is wanted."""
        listed = self.query_one("#decisions", LineList)
        wanted = f"decision:{self._request_id}:"
        found = (n for n, option in enumerate(listed.options) if str(option.id).startswith(wanted))
        listed.highlighted = next(found, listed.highlighted)

    def reload(self) -> None:
        """Read the requests again and keep the highlighted line."""
        found = standing.of_person(self.session, self.person_id)
        aside = standing.kept_aside(self.session, self.person_id)
        self._told, self._aside = {}, {}
        self._asked_about = {each.request.text("version_id") for each in found if each.is_waiting}
        self._letters = offered.of_decisions(self.session, self.person_id, found)
        note = self.query_one("#how-far", Static)
        note.update(self._note(found))
        note.set_class(not self._note(found), "hidden")
        known = {each.request.record_id for each in found}
        stray = [each for each in aside if each.request_id not in known]
        ends = [self._add(), *self._withdrawn(), *self._log()]
        groups = [(None, list(self._of_aside(stray, None))), *((each, list(self._of(each))) for each in found)]
        self._behind = {str(option.id): there for there, group in groups if there for option in group}
        options = [option for _there, group in (*groups, (None, ends)) if group for option in (*group, gap())]
        refill(self.query_one("#decisions", LineList), options[:-1])
        self._show_beside()

    @on(OptionList.OptionHighlighted, "#decisions")
    def _show_beside(self) -> None:
        """Show beside the list, where there is room, all of the request that the highlighted line is about."""
        option, beside = self.query_one("#decisions", LineList).highlighted_option, self.query_one(SidePanel)
        there = self._behind.get(str(option.id)) if option is not None else None
        if not beside.is_wanted:
            return
        shown = lines(self.session, there, hides=self.hides) if there is not None else ()
        beside.fill(_("What was asked and decided") if there is not None else "", shown)

    def on_resize(self) -> None:
        """Fill the panel where there is room for it now; the screen gets its new width after this event."""
        self.call_after_refresh(self._show_beside)

    def _note(self, found: list[Standing]) -> str:
        """That a decision is not confirmed yet, or that nothing was asked."""
        if not found:
            return "" if standing.withdrawn(self.session, self.person_id) else _("Nothing has been asked yet.")
        open_ones = [each for each in found if each.decisions and not each.is_confirmed]
        if not open_ones:
            return ""
        name = person_facts.preferred_name(self.person()) or _("the person")
        if not any(each.outcome in PAYABLE for each in open_ones):
            return _(NOT_YET).format(name=name)
        return _(NOT_CONFIRMED).format(name=name)

    def _add(self) -> Option:
        begun = requests.begun(self.session, self.person_id).fields
        words_of = _("Go on with the request that was begun") if begun else forms.form("request").add
        return Option(f"+ {words_of}", id=f"{ADD}request")

    def _withdrawn(self) -> Iterator[Option]:
        """The requests that were withdrawn, each to be put back."""
        for request in standing.withdrawn(self.session, self.person_id):
            day = words.day(request.text("asked_on"))
            yield Option(_("Withdrawn: what was asked on {day}. Undo").format(day=day), id=f"{BACK}{request.record_id}")

    def _log(self) -> Iterator[Option]:
        if not self.hides:
            yield Option(_("What the team can learn from decisions"), id="decision_log")

    # -- one request

    def _of(self, there: Standing) -> Iterator[Option]:
        request_id = there.request.record_id
        yield heading(words.version(self.session, there))
        yield Option(self._asked(there), id=f"decision:{request_id}")
        yield from self._of_aside(there.kept_aside, there)
        for decision in there.decisions:
            yield Option(self._decided(there, decision), id=f"decision:{request_id}:{decision.record_id}")
        yield from self._part(there)
        for letter in self._letters:
            if there.newest is not None and letter.is_about(there.newest):
                is_change = letter.name.startswith(offered.CHANGE)
                what = _("Read or print the letter about the change") if is_change else _("Read or print the letter")
                yield Option(what, id=f"copies:{letter.name}")
        is_open = there.is_waiting and not subjects.overtaken(self.session, there)
        if is_open and self._may_decide(there):
            yield Option(_("Decide"), id=f"decide:{request_id}")
        for record in there.told:
            self._told[id_of(record)] = record
            yield Option(self._telling(there, record), id=id_of(record))
        if there.decisions:
            yield Option(f"+ {forms.form(TELLING).add}", id=f"{ADD}{TELLING}:{request_id}")
        may_ask = there.may_ask_again and there.request.text("version_id") not in self._asked_about
        if may_ask and there.newest is not None:
            yield Option(_("Ask for another look"), id=f"ask:{there.newest.record_id}")
        if is_open and "escalated" not in {each.text("outcome") for each in there.decisions}:
            yield Option(_("Ask someone else to decide"), id=f"ask_else:{request_id}")
        if there.is_waiting:
            yield Option(_("Withdraw this request"), id=f"{WITHDRAW}{request_id}")

    def _telling(self, there: Standing, record: Record) -> Row:
        """How the person was told; what is wrong with its day stands at the right."""
        told = _("Told: {how}").format(how=record_lists.line(self.session, record))
        wrong = to_tell.wrong(self.session, there, record)
        shape, style = (SHAPES.begun, "$blue") if wrong is Wrong.NO_DAY else (SHAPES.late, "bold $red")
        said = to_tell.what_is_wrong(self.session, there, record)
        return Row(told, Content.styled(f"{shape} {said}", style) if said else "")

    def _part(self, there: Standing) -> Iterator[Option]:
        """After yes to a part, where it is worked out: nothing is paid from the version that was asked about."""
        version = subjects.version_of(self.session, there.request) if there.outcome == PART else None
        if version is not None:
            words_of = _("Work out the part that was agreed, keep it, then ask about it")
            yield Option(words_of, id=f"budget:{version.text('budget_id')}")

    def _asked(self, there: Standing) -> Row:
        asked = words.asked(there.request)
        if not there.is_waiting:
            return Row(asked)
        if newer := subjects.overtaken_shortly(self.session, there):
            return Row(asked, Content.styled(f"{SHAPES.late} {newer}", "bold $red"))
        left = f"{words.waits(self.session, there)}, {words.days_left(there.days_left)}".rstrip(", ")
        late = there.days_left is not None and there.days_left < 0
        return Row(asked, Content.styled(f"{SHAPES.late} {left}", "bold $red") if late else left)

    def _decided(self, there: Standing, decision: Record) -> Row:
        what = words.decided(self.session, decision)
        if decision is not there.newest:
            return Row(what)
        state = _("confirmed") if there.is_confirmed else _("not confirmed yet")
        if there.is_confirmed:
            return Row(what, Content.styled(f"{SHAPES.done} {state}", "$green"))
        return Row(what, Content.styled(f"{SHAPES.late} {state}", "bold $red"))

    def _may_decide(self, there: Standing) -> bool:
        """Whether whoever uses this laptop may decide it at all, if only to pass it on."""
        outcomes = ("approved", "declined", "escalated")
        return any(not deciding.why_not_me(self.session, there.request, outcome) for outcome in outcomes)

    # -- what the team server did not take

    def _of_aside(self, found: Iterable[KeptAside], there: Standing | None) -> Iterator[Option]:
        for number, aside in enumerate(found, start=len(self._aside)):
            key = f"{ASIDE}{number}"
            self._aside[key] = aside, there
            said = standing.not_taken(aside, with_why=not self.hides)
            yield Option(Content.styled(f"{SHAPES.late} {said}", "bold $red"), id=key, disabled=True)
            if self.hides:
                continue
            if there is not None and there.told and aside.is_decision:
                yield Option(Content(_("They were told already: tell them that it is not valid.")), disabled=True)
            if there is None and not aside.is_decision:
                yield Option(_("Ask again"), id="ask")
            elif there is not None and there.is_waiting and aside.is_decision:
                yield Option(_("Decide again, or pass it on, with the same words"), id=f"{AGAIN}{number}")
            yield Option(_("Mark as dealt with"), id=f"{SEEN}{number}")

    # -- what is opened

    @on(OptionList.OptionSelected, "#decisions")
    def _open(self, event: OptionList.OptionSelected) -> None:
        chosen = str(event.option.id)
        if chosen in self._told:
            self.app.push_screen(FormScreen(self._told[chosen]))
        elif chosen == f"{ADD}request":
            self.phb_app.open_part(self.person_id, "ask")
        elif chosen.startswith(f"{ADD}{TELLING}:"):
            self._tell(chosen.removeprefix(f"{ADD}{TELLING}:"))
        elif chosen.startswith(AGAIN):
            self._decide_again(*self._aside[f"{ASIDE}{chosen.removeprefix(AGAIN)}"])
        elif chosen.startswith(WITHDRAW):
            self._change(chosen.removeprefix(WITHDRAW), requests.withdraw)
        elif chosen.startswith(BACK):
            self._change(chosen.removeprefix(BACK), requests.put_back)
        elif chosen.startswith(SEEN):
            self._mark(self._aside[f"{ASIDE}{chosen.removeprefix(SEEN)}"][0])
        else:
            self.phb_app.open_part(self.person_id, chosen)

    def _tell(self, request_id: str) -> None:
        new = record_lists.new(self.session, TELLING, self.person_id)
        self.app.push_screen(FormScreen(new, context={record_lists.parent_field(TELLING): request_id}))

    def _decide_again(self, aside: KeptAside, there: Standing | None) -> None:
        if there is None:
            return
        try:
            deciding.take_words(self.session, there, aside)
        except PhbError as error:
            self.show_error(error)
            return
        self.phb_app.open_part(self.person_id, f"decide:{there.request.record_id}")

    def _change(self, request_id: str, change: Callable[[Session, Record], Record]) -> None:
        """Withdraw a request, or put it back."""
        try:
            change(self.session, editing.read(self.session, "request", request_id, self.person_id))
        except PhbError as error:
            self.show_error(error)
            return
        self.phb_app.autosaver.note_saved()
        self.reload()
        self.refresh_frame()

    def _mark(self, aside: KeptAside) -> None:
        try:
            standing.mark_dealt_with(self.session, aside)
        except PhbError as error:
            self.show_error(error)
            return
        self.phb_app.refresh_status()
        self.reload()
        self.refresh_frame()

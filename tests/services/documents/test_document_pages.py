"""What every page of a paper says, what comes first, and that no letter leaves the page."""

import unicodedata
from contextlib import closing
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from phb_tui.documents import html, pdf, text
from phb_tui.documents.model import Block, Document, Facts, Heading, Items, Layout, Plain, Said, Undecided
from phb_tui.domain.records.changes import Record, Value
from phb_tui.services.documents import plan_document
from phb_tui.services.plan import plan_versions
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests import counts
from tests.screens.app_harness import planned
from tests.screens.screen_harness import unlocked_laptop
from tests.screens.team_harness import somebody
from tests.services.documents.test_print import read_html, read_pdf
from tests.services.documents.wide_words import WIDE

WHO = "Rhys Price, born 27 March 1961, NHS number 999 000 0018"
MARGIN = 40
"""Points at every edge of a page in which no letter stands; 14 mm."""


@pytest.fixture
def person(laptop: Session) -> Record:
    return somebody(laptop, date_of_birth="27 3 1961", nhs_number="9990000018")


def add(laptop: Session, person: Record, kind: str, under: Record | None = None, **values: Value) -> Record:
    above = record_lists.parent_link(under, kind) if under else {}
    return editing.save(laptop, record_lists.new(laptop, kind, person.record_id), {**above, **values})


def emergency(laptop: Session, person: Record) -> None:
    """What an emergency needs, written after everything else."""
    planned(laptop, person)
    for number in range(12):
        add(laptop, person, "need", words=f"Something I need, number {number}, and why it matters to me")
    plan = add(
        laptop, person, "contingency", name="Breathing", triggers="Breathless\nBlue lips", signs="Tired for two days",
        response="Start oxygen at 1 litre a minute,\nnever more than 2\nRing 999", medicines="Oxygen, in the hall",
    )  # fmt: skip
    add(laptop, person, "emergency_contact", plan, name="Dewi", contact="01632 960 900")
    add(laptop, person, "must_know", what="Allergic to penicillin", source="GP's letter", as_of="27 3 2026")
    add(laptop, person, "must_know", what="A neighbour has threatened us", only_staff="yes")
    add(laptop, person, "accessible_need", need="Large print", whose="carer")
    editing.save(laptop, person, {"communication": "Speak slowly"})


def page_texts(data: bytes) -> list[str]:
    with closing(pypdfium2.PdfDocument(BytesIO(data))) as document:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def off_the_page(data: bytes) -> int:
    """How many letters of a PDF stand in a margin or beyond it."""
    found = 0
    with closing(pypdfium2.PdfDocument(BytesIO(data))) as document:
        for page in document:
            words, (width, height) = page.get_textpage(), page.get_size()
            for number in range(words.count_chars()):
                left, bottom, right, top = words.get_charbox(number)
                found += left < MARGIN or right > width - MARGIN or bottom < MARGIN / 2 or top > height - MARGIN / 2
    return found


def blocks(words: str) -> tuple[Block, ...]:
    """The same words in every sort of block."""
    many = f"{words}\n{words}"
    return (
        Heading(1, words), Heading(2, words), Said(words, words), Plain(words), Items((words, many)),
        Facts(((words, words), (words, many))), Undecided(words, words, ((words, words), (many, words))),
    )  # fmt: skip


@pytest.mark.parametrize("layout", counts.some([Layout.LARGE, Layout.STANDARD, Layout.EASY]))
def test_no_letter_leaves_the_page(layout: Layout) -> None:
    """However wide a word is and wherever it stands, every letter is within the margins."""
    every = tuple(block for words in WIDE.values() for block in blocks(words))
    everywhere = Document("My plan", "Rhys", "A draft", every, front=every)
    assert off_the_page(pdf.write(everywhere, layout)) == 0
    assert all(cell_len(line) <= text.WIDTH for line in text.write(everywhere).split("\n"))


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("name", counts.some(WIDE))
def test_no_letter_leaves_the_head_or_the_foot(name: str, layout: Layout) -> None:
    """However wide a word is, every letter of a page's head and foot is within the margins."""
    words = WIDE[name]
    assert off_the_page(pdf.write(Document("My plan", words, words, (), words, words, words), layout)) == 0


def test_a_word_that_had_to_break_is_whole_when_it_is_copied() -> None:
    """Breaking a wide word adds no letter to it: who copies an address from the paper gets the address."""
    words = WIDE["an address"]
    data = pdf.write(Document("My plan", "Rhys", "A draft", (Heading(1, "Where"), Plain(words))), Layout.LARGE)
    assert words in read_pdf(data)
    assert b"pdfuaid" in data


def test_a_letter_without_a_font_is_said() -> None:
    """Letters that no font here has are said on the first page, and other papers say nothing of it."""
    made = (Document("My plan", "Rhys", "A draft", (Heading(1, words),)) for words in ("\ua500\ua501", "a"))
    first, second = (page_texts(pdf.write(one, Layout.STANDARD))[0] for one in made)
    assert "Some letters or signs have no font on this laptop." in first
    assert "no font" not in second


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("full", [False, True])
def test_every_page_says_whose_it_is_and_which_page(
    laptop: Session, person: Record, layout: Layout, *, full: bool
) -> None:
    """Full name, date of birth, NHS number and "Page x of y" stand on each page of a PDF."""
    emergency(laptop, person)
    pages = page_texts(pdf.write(plan_document.plan(laptop, person.record_id, full=full), layout))
    assert len(pages) > 1
    for number, words in enumerate(pages, start=1):
        assert WHO in words
        assert f"Page {number} of {len(pages)}" in words


def test_a_long_name_takes_no_number_off_a_page(laptop: Session) -> None:
    """However long a name is, every page of a PDF has its beginning, the date of birth and the NHS number."""
    long = somebody(laptop, given_name="Rhys " * 80, date_of_birth="27 3 1961", nhs_number="9990000018")
    add(laptop, long, "need", words="Something I need\n" * 90)
    pages = page_texts(pdf.write(plan_document.plan(laptop, long.record_id, full=True), Layout.LARGE))
    assert len(pages) > 2
    assert all("Rhys" in page and WHO.partition(", ")[2] in page for page in pages)


def test_a_web_page_prints_it_on_every_page_too(laptop: Session, person: Record) -> None:
    """It stands in a table's head, which browsers print again on each page, and the pages are numbered."""
    made = html.write(plan_document.plan(laptop, person.record_id), Layout.STANDARD).decode()
    assert WHO in "".join(read_html(made[made.index("<thead>") : made.index("</thead>")].encode()).words)
    assert '@bottom-right { font-size: 12pt; content: "Page " counter(page) " of " counter(pages); }' in made


def test_a_text_copy_says_whose_it_is_in_its_head(laptop: Session, person: Record) -> None:
    """The third line of a text copy is full name, date of birth and NHS number."""
    assert text.write(plan_document.plan(laptop, person.record_id)).split("\n")[2] == WHO


def test_what_is_not_known_of_the_person_is_said(laptop: Session) -> None:
    """Without a date of birth or a number the head says so, rather than nothing."""
    made = plan_document.plan(laptop, somebody(laptop).record_id)
    assert made.who == "Rhys Price, born (not written yet), NHS number (not written yet)"


@pytest.mark.parametrize(
    ("review", "said"),
    [
        ("", "No review date is agreed yet. Check that this is still right: Mair Sample, 01632 960 111"),
        ("27 3 2027", "Use until Saturday 27 March 2027. After that, or when something changes, check: Mair Sample"),
        ("March 2027", "Use until March 2027. After that"),
        ("November 2026", "Use until November 2026. After that"),
        (
            "22 11 2026",
            "The review was due on Sunday 22 November 2026. Before using this paper, check: Mair Sample, 01632 960 111",
        ),
        ("when it suits", 'The review is written as "when it suits". Check that this is still right: Mair'),
    ],
)
def test_it_says_how_long_it_may_be_used(laptop: Session, person: Record, review: str, said: str) -> None:
    """The review date stands in the head with whom to ask, and what is overdue or missing is said."""
    plan = {"coordinator": "Mair Sample", "coordinator_contact": "01632 960 111", "review_date": review}
    editing.save(laptop, record_lists.single(laptop, "care_plan", person.record_id), dict(plan))
    made = plan_document.plan(laptop, person.record_id)
    assert said in made.until
    first = page_texts(pdf.write(made, Layout.STANDARD))[0]
    for words in (" ".join(text.write(made).split()), first, "".join(read_html(html.write(made, Layout.EASY)).words)):
        assert said in words


def test_the_emergency_comes_first_on_one_page(laptop: Session, person: Record) -> None:
    """Must know, signs, what to do, who to call and how to communicate are the first page, in this order."""
    emergency(laptop, person)
    made = plan_document.plan(laptop, person.record_id)
    first, second, *_rest = page_texts(pdf.write(made, Layout.STANDARD))
    wanted = (
        "Read this first", "Allergic to penicillin (GP's letter, Friday 27 March 2026)", "Blue lips",
        "Tired for two days", "never more than 2", "Dewi - 01632 960 900", "Oxygen, in the hall", "Speak slowly",
        "My carer: Large print",
    )  # fmt: skip
    assert [words for words in wanted if words not in first] == []
    places = [first.index(words) for words in wanted]
    assert places == sorted(places)
    assert "Something I need" not in first
    assert "How to communicate with me" in second
    assert "threatened" not in text.write(made), "what only staff may see is in no copy for the person"
    assert "threatened" in text.write(plan_document.plan(laptop, person.record_id, full=True))


def test_nothing_known_is_not_nothing_to_know(laptop: Session, person: Record) -> None:
    """Where no allergy is written, the first page says that this does not mean there is none."""
    editing.save(laptop, person, {"communication": "Speak slowly"})
    assert "That does not mean there is none." in str(plan_document.plan(laptop, person.record_id).front)


def test_a_list_has_one_item_a_line_in_a_text_copy() -> None:
    """Each line of a list has a dash before it, and what is folded stands deeper, without one."""
    long = "Start oxygen at one litre a minute and wait for five minutes, then look at the lips again,"
    made = text.write(
        Document("My plan", "Rhys", "A draft", (Facts((("What to do", f"{long}\nnever more than 2"),)),)), 60
    )
    assert made.split("\n")[5:9] == [
        "  - Start oxygen at one litre a minute and wait for five",
        "      minutes, then look at the lips again,",
        "  - never more than 2",
        "",
    ]


# -- which version


def agreed(laptop: Session, person: Record) -> Record:
    """The plan's version once it is agreed."""
    begun = plan_versions.version_being_agreed(laptop, person.record_id)
    values: dict[str, Value] = {"agreed_by": "Rhys Price", "agreed_on": "2026-11-20"}
    return plan_versions.agree(laptop, person.record_id, editing.save(laptop, begun, values))


def changed_since(laptop: Session, person: Record) -> Record:
    """A version that was agreed, and a plan that is different in every way since; the version."""
    goal = planned(laptop, person)
    gone = add(laptop, person, "need", words="A lift to the shops")
    version = agreed(laptop, person)
    editing.save(laptop, goal, {"why": "My friends are there"})
    record_lists.remove(laptop, gone)
    add(laptop, person, "strength", words="I know the songs")
    return version


def test_a_plan_as_it_was_agreed_says_so(laptop: Session, person: Record) -> None:
    """While nothing has changed since it was agreed, no paper speaks of changes that are not agreed."""
    planned(laptop, person)
    agreed(laptop, person)
    said = "Version 1, agreed on Friday 20 November 2026 by Rhys Price."
    assert plan_document.plan(laptop, person.record_id).standing.startswith(said)


def test_what_changed_since_it_was_agreed_is_marked(laptop: Session, person: Record) -> None:
    """New, different and taken off are each marked with the version's number, and what is as agreed is not."""
    changed_since(laptop, person)
    made = text.write(plan_document.plan(laptop, person.record_id))
    assert "Version 1 with what has changed since, marked." in " ".join(made.split())
    assert "Why it matters to me (changed since version 1)" in made
    assert "I know the songs (new since version 1)" in made
    assert "Removed from the plan since version 1" in made
    assert "- A lift to the shops" in made
    assert "Go to choir again\n" in made, "the goal itself is as it was agreed"


def test_the_version_as_agreed_can_be_printed_after_changes(laptop: Session, person: Record) -> None:
    """The agreed version is printed as it was, without marks and without what is new."""
    version = changed_since(laptop, person)
    made = text.write(plan_document.plan(laptop, person.record_id, version=version))
    wanted = ("Version 1, agreed on Friday 20 November 2026 by Rhys Price.", "I miss singing", "A lift to the shops")
    assert all(words in made for words in wanted)
    assert not any(words in made for words in ("My friends are there", "I know the songs", "since version"))


def test_an_older_paper_is_of_its_day(tmp_path: Path) -> None:
    """Printed long after it was agreed, a version has the day of printing, and says that its review is overdue."""
    with unlocked_laptop(tmp_path) as laptop:
        person = somebody(laptop)
        editing.save(laptop, record_lists.single(laptop, "care_plan", person.record_id), {"review_date": "March 2027"})
        version = changed_since(laptop, person)
        object.__setattr__(laptop, "now", lambda: datetime(2028, 1, 3, 10, 0, tzinfo=UTC))
        made = plan_document.plan(laptop, person.record_id, version=version)
    assert "Printed on Monday 3 January 2028" in made.standing
    assert made.until.startswith("The review was due on March 2027.")


@given(st.text(alphabet=st.characters(), max_size=60))
@example("\x1b]52;c;aGk=\x07\x9b2J\x00")
@example("half \ud800 a letter")
@example("\u202eturned")
@settings(deadline=None, max_examples=40)
def test_whatever_was_kept_can_be_printed(words: str) -> None:
    """No character stops a paper from being made, and no control character or open turn of direction is on one."""
    made = Document("My plan", words, words, blocks(words), words, words, words, blocks(words))
    assert pdf.write(made, Layout.STANDARD).startswith(b"%PDF")
    html.write(made, Layout.STANDARD).decode()
    written = text.write(made)
    assert [letter for letter in written if unicodedata.category(letter) in {"Cc", "Cs"} and letter != "\n"] == []
    assert sum(map(written.count, "\u202a\u202b\u202d\u202e")) <= written.count("\u202c")

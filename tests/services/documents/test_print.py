"""Printed plans: any script, words that are never markup, nothing only staff may see."""

import os
import re
import unicodedata
from contextlib import closing
from html.parser import HTMLParser
from io import BytesIO
from itertools import product

import pypdfium2
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from phb_tui.documents import html, pdf, text
from phb_tui.documents.model import Document, Facts, Heading, Items, Layout, Plain, Said, Sum, Sums
from phb_tui.domain.text.control_characters import cleaned
from phb_tui.services.documents import plan_document
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests import counts
from tests.screens.team_harness import somebody

SCRIPTS = (
    "Mae'r ŵydd yn Llanfairpwll", "Zażółć gęślą jaźń", "میری ماں کا کھانا", "أحب الحديقة", "הגינה שלי", "मेरा बगीचा",
    "আমার বাগান", "ਮੇਰਾ ਬਾਗ", "我的花园", "🦽 👩‍⚕️ 🏳️‍🌈", "e\u0301clair", "\u2067\u05d2\u05d9\u05e0\u05d4\u2069 English",
    "x" * 10_000,
)  # fmt: skip
MARKUP = (
    '#read("/etc/passwd")', "$x^2$ *bold* _em_ `raw` = heading", "\\ #let x = 1", "<script>alert(1)</script></p>",
    "&amp; &lt;", '{"kind": "plain"} ]] }', "#{ panic() }", "@cite <label> // comment /* */",
)  # fmt: skip


def paper(words: str) -> Document:
    """A paper with the same words in every sort of block."""
    blocks = (
        *(Heading(1, words), Said(words, words), Plain(words), Items((words, words)), Facts(((words, words),))),
        Sums((Sum(words, "£1,250.00", (words,)), Sum(words, "£9.50", is_total=True))),
    )
    return Document("My plan", words, "A draft", blocks)


class _Words(HTMLParser):
    """The text of a page, and its tags."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def read_html(data: bytes) -> _Words:
    """A page as a browser's parser reads it."""
    found = _Words()
    found.feed(data.decode())
    return found


def read_pdf(data: bytes) -> str:
    """Every word of a PDF, without spaces."""
    document = pypdfium2.PdfDocument(BytesIO(data))
    try:
        words = "".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()
    return re.sub(r"[\s\ufffe\u00ad]", "", unicodedata.normalize("NFKC", words))


@pytest.mark.parametrize(("words", "layout"), counts.some(product(SCRIPTS, Layout)), ids=lambda value: str(value)[:8])
def test_every_script_is_printed(words: str, layout: Layout) -> None:
    """A PDF and a page are made in any script and layout, and the page holds the words letter by letter."""
    assert pdf.write(paper(words), layout).startswith(b"%PDF")
    assert "".join(read_html(html.write(paper(words), layout)).words).count(words) >= 7


@pytest.mark.parametrize("words", MARKUP)
def test_words_are_never_markup_in_a_pdf(words: str) -> None:
    """What looks like an instruction to the printer is printed as it was said."""
    assert re.sub(r"\s", "", words) in read_pdf(pdf.write(paper(words), Layout.STANDARD))


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=60))
def test_words_are_never_markup_on_a_page(words: str) -> None:
    """Whatever a person says, a page has the same tags and holds the words, without open turns of direction.

    A span stands around what stays on one line.
    """
    assume(cleaned(words))  # a turn of direction alone is nothing: the parts of a page without words are left out
    page = read_html(html.write(paper(words), Layout.STANDARD))
    assert page.tags | {"span"} == read_html(html.write(paper("plain"), Layout.STANDARD)).tags | {"span"}
    assert cleaned(words) in "".join(page.words)


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), max_size=400))
@example("0" * 70)
@example("我的花园" * 40)
def test_a_text_copy_folds_and_loses_nothing(words: str) -> None:
    """No line of a text copy is wider than its page, and every letter is there."""
    written = text.write(paper(words))
    assert all(cell_len(line) <= text.WIDTH for line in written.split("\n"))
    letters = re.sub(r"[\s\u2066-\u2069]", "", cleaned(words))
    assert letters in re.sub(r"[\s\u2066-\u2069]", "", written)


def test_in_large_print_every_letter_is_large() -> None:
    """No letter of the large print is under 16 points, in the head and the foot of a page either."""
    made = Document("My plan", "Rhys", "A draft", paper("Words").blocks, "A warning", "Rhys Price", "Use until", ())
    with closing(pypdfium2.PdfDocument(BytesIO(pdf.write(made, Layout.LARGE)))) as document:
        sizes = []
        for page in document:
            words = page.get_textpage()
            letters = range(words.count_chars())
            sizes += [pypdfium2.raw.FPDFText_GetFontSize(words.raw, number) for number in letters]
    assert len(sizes) > 50
    assert min(size for size in sizes if size > 1) >= 16, "1 is what stands between lines"


def test_a_pdf_is_tagged_for_screen_readers() -> None:
    """The file claims PDF/UA-1, its language and its title."""
    data = pdf.write(paper("Teaching, and Dewi"), Layout.STANDARD)
    assert b"pdfuaid" in data
    document = pypdfium2.PdfDocument(BytesIO(data))
    assert document.get_metadata_dict()["Title"] == "My plan: Teaching, and Dewi"
    width, height = document[0].get_size()
    document.close()
    assert (round(width), round(height)) == (595, 842), "A4"


def test_what_only_staff_see_is_in_no_copy_for_the_person(laptop: Session) -> None:
    """Codes, taking care and safeguarding stand in no copy of the person's; flags in none at all."""
    person = somebody(laptop, nhs_number="9990000018", take_care="A dog", communication="Slowly")
    editing.save(laptop, record_lists.new(laptop, "flag", person.record_id), {"what": "Knows the neighbour"})
    editing.save(laptop, record_lists.new(laptop, "goal", person.record_id), {"words": "Sing", "codes": "74732009"})
    own, full = (text.write(plan_document.plan(laptop, person.record_id, full=full)) for full in (False, True))
    assert not any(words in own for words in ("A dog", "neighbour", "74732009"))
    assert "74732009" in full
    assert "neighbour" not in full
    assert own.index("Slowly") < own.index("Sing"), "how to communicate comes before the plan"


def test_a_copy_says_which_it_is_and_how_to_change_it(laptop: Session) -> None:
    """A draft says so with its date, and the team's own contact stands beside it."""
    editing.save(laptop, record_lists.single(laptop, "local", None), {"contact": "01632 960 000"})
    person = somebody(laptop)
    written = " ".join(text.write(plan_document.plan(laptop, person.record_id)).split())
    assert "A draft of Monday 23 November 2026, not agreed yet. To ask for a change: 01632 960 000" in written


def test_an_interval_counts_from_when_it_was_written(laptop: Session) -> None:
    """A review every three months becomes the day until when the paper may be used."""
    person = somebody(laptop)
    editing.save(laptop, record_lists.single(laptop, "care_plan", person.record_id), {"review_date": "every 3 months"})
    assert plan_document.plan(laptop, person.record_id).until.startswith(
        "Use until Tuesday 23 February 2027 (every 3 months)."
    )


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps other users out of the folder, not the file")
def test_a_copy_is_private_and_its_name_says_nothing(laptop: Session) -> None:
    """The file is for its user alone, and no word of the person's is in its name."""
    person = somebody(laptop)
    made = plan_document.plan(laptop, person.record_id)
    file = plan_document.save(laptop, made, Layout.LARGE, "html")
    assert not any(word in file.name.lower() for word in ("rhys", "price"))
    assert file.stat().st_mode & 0o077 == 0
    plan_document.clear(laptop)
    assert not file.exists()

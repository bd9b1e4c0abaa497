"""An NHS or phone number, a date and an amount are never broken over two lines, in any form and layout of a paper."""

from contextlib import closing
from io import BytesIO

import pypdfium2
import pytest

from phb_tui.documents import html, pdf, text
from phb_tui.documents.line_breaking import words_of
from phb_tui.documents.model import Block, Document, Facts, Heading, Items, Layout, Plain, Said, Sum, Sums, Undecided

KEPT = ("943 476 5919", "27 March 1961", "Wednesday 30 September 2026", "-\N{POUND SIGN}46,132.46", "01632 960 102",
        "+44 1632 960103")  # fmt: skip


def paper(words: str) -> Document:
    """The same words in every place of a paper."""
    blocks: tuple[Block, ...] = (
        Heading(3, words), Said(words, words), Plain(words), Items((words, f"{words}\n{words}")),
        Facts(((words, words), (words, f"{words}\n{words}"))), Sums((Sum(words, "?", (words,)),)),
        Undecided(words, words, ((words, words),)),
    )  # fmt: skip
    return Document("My plan", "Rhys", words, blocks, words, words, words, blocks)


def places() -> list[Document]:
    """Papers in which each of what is kept comes to stand at the end of a line somewhere."""
    return [paper(f"{'so ' * before}{' and '.join(KEPT)}.") for before in range(1, 12)]


@pytest.mark.parametrize("width", range(38, 79, 4))
def test_a_text_breaks_none(width: int) -> None:
    """Whatever the width of a text, each stands whole on one of its lines as often as it stands in the paper."""
    for document in places():
        written = text.write(document, width)
        once = " ".join(written.replace("\n|", "\n").split())
        for kept in KEPT:
            found = sum(line.count(kept) for line in written.splitlines())
            assert found == once.count(kept) > 10, kept


def test_a_text_that_is_narrower_cuts_at_a_space() -> None:
    """Where a date is wider than a line it is words again, and no letter is lost."""
    assert text.write(paper("27 September 1961"), 10).count("September") >= 7
    assert words_of("(27 March 1961), NHS 943 476 5919.") == ["(27 March 1961),", "NHS", "943 476 5919."]
    assert words_of("Flat 27 1961") == ["Flat", "27", "1961"]


@pytest.mark.parametrize("layout", Layout)
def test_a_pdf_breaks_none(layout: Layout) -> None:
    """Each is found on the pages with all of its letters on one line."""
    for document in places()[::3]:
        with closing(pypdfium2.PdfDocument(BytesIO(pdf.write(document, layout)))) as printed:
            for kept in KEPT:
                heights = [
                    {round(page.get_charbox(number, loose=True)[1]) for number in range(at, at + count)}
                    for page in (each.get_textpage() for each in printed)
                    for at, count in _found(page, kept)
                ]
                assert len(heights) > 10
                assert [each for each in heights if len(each) > 1] == [], kept


def _found(page: pypdfium2.PdfTextPage, kept: str) -> list[tuple[int, int]]:
    """Where words stand on a page, also where a line ends within them: the first letter, and how many there are."""
    searcher, found = page.search(kept), []
    while (there := searcher.get_next()) is not None:
        found.append(there)
    return found


@pytest.mark.parametrize("layout", Layout)
def test_a_page_marks_each_as_one(layout: Layout) -> None:
    """On a web page each stands in an element in which no line breaks, wherever it is."""
    page = html.write(paper(" and ".join(KEPT)), layout).decode()
    body = page.partition("<body")[2]
    assert ".together { white-space: nowrap; }" in page
    for kept in KEPT:
        assert body.count(f'<span class="together">{kept}</span>') == body.count(kept) > 10

"""PDF writer: A4, tagged for screen readers (PDF/UA-1), with fonts for all scripts."""

import json
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import Any

from phb_tui.documents import line_breaking, model
from phb_tui.documents.model import (
    Block,
    Document,
    Facts,
    Heading,
    Items,
    Layout,
    Plain,
    Said,
    Sums,
    Undecided,
    cleaned,
)
from phb_tui.errors import PaperProblem
from phb_tui.i18n import _

FONTS = [
    "Noto Sans", "Noto Sans Arabic", "Noto Sans Bengali", "Noto Sans Gurmukhi", "Noto Sans Gujarati",
    "Noto Sans Devanagari", "Noto Sans Tamil", "Noto Sans Telugu", "Noto Sans Malayalam", "Noto Sans Sinhala",
    "Noto Sans Kannada", "Noto Sans Oriya",
    "Noto Sans Hebrew", "Noto Sans Armenian", "Noto Sans Georgian", "Noto Sans Ethiopic", "Noto Sans Thai",
    "Noto Sans Khmer", "Noto Sans Lao", "Noto Sans Myanmar", "Noto Emoji", "Noto Sans Symbols",
]  # fmt: skip
"""Bundled fonts in order of preference; the laptop's own fonts follow for missing letters."""


_HEAD, _NUMBERS = 240, 170
"""Maximum letters of the header and footer of each page, and of the header's end: date of birth and NHS number."""
_WITHOUT_A_FONT = "could not be displayed with font"
"""Part of typst's warning that no font has a letter."""


def write(paper: Document, layout: Layout) -> bytes:
    """Render a document as PDF.

    A letter that no font on this laptop has is printed as a box, and then the first page says so and the file claims
    less about accessibility: the standard forbids such boxes, and a plan with a box is better than no plan.

    Raises:
        PaperProblem: The PDF cannot be rendered.
    """
    import typst  # noqa: PLC0415 - large, and only needed when something is printed

    paper = cleaned(paper)
    fonts = typst.Fonts(font_paths=[_fonts()])

    def compiler(printed: Document) -> typst.Compiler:
        return typst.Compiler(_template(), font_paths=fonts, sys_inputs={"paper": json.dumps(_data(printed, layout))})

    try:
        try:
            made = compiler(paper).compile(format="pdf", pdf_standards="ua-1")
        except typst.TypstError as error:  # one that failed has let go of what it was given, so the next begins anew
            made = compiler(_warned(paper, str(error))).compile(format="pdf")
    except typst.TypstError as error:
        sentence = "The PDF could not be made. Choose the web page instead: it can be printed as well."
        raise PaperProblem(sentence) from error
    if not isinstance(made, bytes):
        raise TypeError(made)
    return made


def _warned(paper: Document, said: str) -> Document:
    """The document with a warning on its first page, if typst reported letters without a font."""
    if _WITHOUT_A_FONT not in said:
        return paper
    words = _(
        "Some letters or signs have no font on this laptop. They are boxes on this paper. "
        "Make a web page or a text file to see them."
    )
    return replace(paper, warning="\n".join(part for part in (paper.warning, words) if part))


def _data(paper: Document, layout: Layout) -> dict[str, Any]:
    return {
        "layout": str(layout),
        "together": line_breaking.PATTERN,
        "fonts": FONTS,
        "title": f"{paper.title}: {paper.person}",
        "heading": _words(f"{paper.title}: {paper.person}"),
        "who": _words(paper.who),
        "head": _words(_cut(paper.who, _NUMBERS)),
        "standing": _words("\n".join(part for part in (paper.standing, paper.until) if part)),
        "foot": _words(_cut(paper.standing)),
        "warning": _words(paper.warning),
        "page": _("Page"),
        "of": _("of"),
        "front": [_block(block) for block in paper.front],
        "blocks": [_block(block) for block in paper.blocks],
    }


def _block(block: Block) -> dict[str, Any]:  # noqa: PLR0911 - one for each sort of block
    match block:
        case Heading(level, words):
            return {"kind": "heading", "level": level, "words": _words(words)}
        case Said(words, by):
            return {"kind": "said", "words": _words(words), "by": _words(by)}
        case Plain(words):
            return {"kind": "plain", "words": _words(words)}
        case Items(lines):
            return {"kind": "items", "lines": [_words(line) for line in lines]}
        case Facts(rows):
            return {"kind": "facts", "rows": [[_words(name), _words(value)] for name, value in rows]}
        case Sums(rows):
            return {
                "kind": "sums",
                "rows": [
                    {
                        "label": _words(row.label), "amount": row.amount, "is_total": row.is_total,
                        "how": [_words(sentence) for sentence in row.how],
                    }
                    for row in rows
                ],
            }  # fmt: skip
        case Undecided(title, what, versions):
            pairs = [[_words(words), _words(by)] for words, by in versions]
            return {"kind": "undecided", "title": _words(title), "what": _words(what), "versions": pairs}


def _cut(words: str, end: int = 0) -> str:
    """Text for the header or footer, shortened to a few lines before its last `end` letters."""
    line = " ".join(words.split())
    if len(line) <= _HEAD:
        return line
    begins = line[: _HEAD - end - len(" ... ")].rstrip()
    return f"{begins} ... {line[-end:].lstrip()}" if end else f"{begins} ..."


def _words(words: str) -> dict[str, Any]:
    return {"text": words, "rtl": model.runs_right_to_left(words)}


@cache
def _template() -> bytes:
    return resources.files(__package__).joinpath("plan.typ").read_bytes()


@cache
def _fonts() -> str:
    return str(resources.files("manimgx_fonts"))

"""A paper as one HTML file that any browser can show and print on A4, with nothing fetched from anywhere.

The tree is built and then written out, so that a person's words can never be markup.
"""

import json
from xml.etree.ElementTree import Element, SubElement, tostring

from phb_tui.documents.model import (
    Block,
    Document,
    Facts,
    Heading,
    Items,
    Layout,
    Plain,
    Said,
    Undecided,
    cleaned,
    lines_of,
)
from phb_tui.i18n import _

_SIZES = {Layout.STANDARD: 12, Layout.LARGE: 18, Layout.EASY: 16}
_STYLE = """
@page {{ size: A4; margin: 15mm 18mm 20mm; @bottom-right {{ content: {page} counter(page) {of} counter(pages); }} }}
body {{ font: {size}pt/1.5 "Noto Sans", Arial, "Segoe UI", "Noto Naskh Arabic", "Nirmala UI", sans-serif;
  color: #000; background: #fff; max-width: 44em; margin: 0 auto; padding: 1em; }}
h1 {{ font-size: 1.8em; line-height: 1.2; }}
h2 {{ font-size: 1.4em; line-height: 1.25; margin-top: 1.6em; border-bottom: 2px solid #000; break-after: avoid; }}
h3 {{ font-size: 1.15em; margin-top: 1.2em; break-after: avoid; }}
h1, h2, h3, h4, h5, h6, p, li, dd, dt, blockquote {{ overflow-wrap: anywhere; }}
p, li, dd, dt, blockquote {{ white-space: pre-line; orphans: 3; widows: 3; }}
.page {{ border-collapse: collapse; width: 100%; table-layout: fixed; }}
.page td {{ padding: 0; }}
.who {{ font-weight: bold; border-bottom: 1px solid #000; margin: 0 0 1em; }}
.front {{ break-after: page; }}
blockquote {{ font-size: 1.15em; border-inline-start: 5px solid #000; margin: 0.8em 0; padding: 0.2em 0.8em; }}
blockquote footer {{ font-size: 0.85em; }}
dt {{ font-weight: bold; break-after: avoid; }}
dd {{ margin: 0 0 0.5em 1em; }}
.standing {{ border: 1px solid #000; padding: 0.5em; }}
.undecided, .warning {{ border: 3px solid #000; padding: 0.5em; margin: 0.8em 0; break-inside: avoid; }}
.undecided > p:first-child, .warning {{ font-weight: bold; }}
.easy p, .easy li, .easy dd, .easy blockquote {{ margin-bottom: 1.2em; margin-inline-start: 30%; line-height: 1.8; }}
.easy h2 {{ break-before: page; }}
.front h2 {{ break-before: auto; }}
"""


def write(paper: Document, layout: Layout, language: str = "en-GB") -> bytes:
    """The whole file, in UTF-8.

    Args:
        paper: The paper.
        layout: Ordinary, large print, or one idea a line with room for pictures.
        language: What the paper's own words are in; a person's words carry their own direction.
    """
    paper = cleaned(paper)
    root = Element("html", {"lang": language})
    head = SubElement(root, "head")
    SubElement(head, "meta", {"charset": "utf-8"})
    SubElement(head, "meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"})
    SubElement(head, "title").text = f"{paper.title}: {paper.person}"
    SubElement(head, "style").text = _STYLE.format(
        size=_SIZES[layout], page=_css(f"{_('Page')} "), of=_css(f" {_('of')} ")
    )
    main = _page(SubElement(root, "body", {"class": str(layout)}), paper.who)
    _add(main, "h1", f"{paper.title}: {paper.person}")
    _add(main, "p", "\n".join(words for words in (paper.standing, paper.until) if words), "standing")
    if paper.warning:
        _add(main, "p", paper.warning, "warning")
    if paper.front:
        front = SubElement(main, "section", {"class": "front"})
        for block in paper.front:
            _block(front, block)
    for block in paper.blocks:
        _block(main, block)
    return b"<!DOCTYPE html>\n" + bytes(tostring(root, encoding="utf-8", method="html"))


def _page(body: Element, who: str) -> Element:
    """Where a paper's words go. A table's head is what browsers print again on every page."""
    if not who:
        return SubElement(body, "main")
    main = SubElement(body, "main")
    table = SubElement(main, "table", {"class": "page", "role": "presentation"})
    _add(SubElement(SubElement(SubElement(table, "thead"), "tr"), "td"), "p", who, "who")
    return SubElement(SubElement(SubElement(table, "tbody"), "tr"), "td")


def _css(words: str) -> str:
    """Words of ours as a string of CSS."""
    return json.dumps(words, ensure_ascii=False)


def _block(parent: Element, block: Block) -> None:
    match block:
        case Heading(level, words):
            _add(parent, f"h{min(level + 1, 6)}", words)
        case Said(words, by):
            quote = _add(parent, "blockquote", words)
            if by:
                _add(quote, "footer", by)
        case Plain(words):
            _add(parent, "p", words)
        case Items(lines):
            listed = SubElement(parent, "ul")
            for line in lines:
                _add(listed, "li", line)
        case Facts(rows):
            facts = SubElement(parent, "dl")
            for name, value in rows:
                _add(facts, "dt", name)
                _lines(_add(facts, "dd", ""), value)
        case Undecided():
            _undecided(SubElement(parent, "section", {"class": "undecided"}), block)


def _undecided(box: Element, block: Undecided) -> None:
    _add(box, "p", block.title)
    _add(box, "p", block.what)
    listed = SubElement(box, "ol")
    for words, by in block.versions:
        version = SubElement(listed, "li")
        _add(version, "p", by)
        _lines(SubElement(version, "div", {"dir": "auto"}), words)


def _lines(parent: Element, words: str) -> None:
    """Words; several lines as a list, so that a wrapped line never passes for one of them."""
    lines = lines_of(words)
    if len(lines) == 1:
        parent.text = words
        return
    listed = SubElement(parent, "ul")
    for line in lines:
        _add(listed, "li", line)


def _add(parent: Element, tag: str, words: str, style: str = "") -> Element:
    made = SubElement(parent, tag, {"dir": "auto", **({"class": style} if style else {})})
    made.text = words
    return made

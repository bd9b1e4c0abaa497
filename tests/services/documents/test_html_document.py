"""A plan as a web page: the template writes every kind of block, and no word of anybody's is ever markup."""

import unicodedata
from typing import get_args

import pytest
from jinja2 import UndefinedError

from phb_tui.documents import html
from phb_tui.documents.model import (
    Block,
    Document,
    Facts,
    Heading,
    Items,
    Layout,
    Plain,
    Said,
    Sum,
    Sums,
    Undecided,
)
from phb_tui.domain.text.control_characters import cleaned
from tests.services.documents.test_print import read_html

HOSTILE = "<script>alert(1)</script></style></p> & \"' {{ 7 * 7 }} {% raw %} \x1b[2J\u202eright\u2066"


def paper(words: str) -> Document:
    """A paper with the same words in every place that has any."""
    blocks: tuple[Block, ...] = (
        Heading(1, words), Said(words, words), Plain(words), Items((words,)),
        Facts(((words, words), (words, f"{words}\n{words}"))), Undecided(words, words, ((words, words),)),
        Sums((Sum(words, words, (words,)), Sum(words, words, (), is_total=True))),
    )  # fmt: skip
    assert {type(block) for block in blocks} == set(get_args(Block)), "every kind"
    return Document(words, words, words, blocks, words, words, words, blocks)


@pytest.mark.parametrize("layout", Layout)
def test_no_word_is_markup_wherever_it_stands(layout: Layout) -> None:
    """In every place of every kind of block a hostile text leaves the tags as they are, and each letter is there."""
    page, plain = read_html(html.write(paper(HOSTILE), layout)), read_html(html.write(paper("words"), layout))
    assert page.tags == plain.tags
    assert "".join(page.words).count(cleaned(HOSTILE)) == "".join(plain.words).count("words")
    controls = {letter for letter in "".join(page.words) if unicodedata.category(letter) == "Cc"}
    assert (controls, "\u202e" in "".join(page.words)) == ({"\n"}, False)


def test_no_line_break_is_added_where_words_stand() -> None:
    """Line breaks are shown in a paragraph, so the template puts none between a tag and its words."""
    page = html.write(paper("words"), Layout.STANDARD).decode()
    for tag in ("p", "li", "dt", "dd", "h2", "footer", "blockquote"):
        assert f'<{tag} dir="auto">words' in page or f'<{tag} dir="auto"><ul>' in page
        assert f"\n</{tag}>" not in page


def test_a_block_that_the_template_does_not_know_is_an_error() -> None:
    """A kind of block that is added and has no macro stops the paper: nothing that was said is left out in silence."""

    class Picture(Plain):
        pass

    with pytest.raises(UndefinedError, match="picture"):
        html.write(Document("My plan", "Ann", "A draft", (Picture("words"),)), Layout.STANDARD)


def test_a_value_that_the_template_misses_is_an_error() -> None:
    """A value that is forgotten never leaves an empty place on a paper."""
    with pytest.raises(UndefinedError, match="'warning' is undefined"):
        html._environment().from_string("<p>{{ warning }}</p>").render()


def test_a_translators_word_cannot_leave_the_style() -> None:
    """Inside a style HTML has no escapes: quotes, backslashes and ends of tags are CSS's own escapes there."""
    assert html._css_string("Page ") == '"Page "'
    assert html._css_string('</style>"\\\n') == '"\\3c \\2f style\\3e \\22 \\5c \\a "'

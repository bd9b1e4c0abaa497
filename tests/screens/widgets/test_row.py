"""Lines with a state, date or figure at the right, which is never cut and never missing."""

import pytest
from textual.app import App, ComposeResult
from textual.widgets.option_list import Option

from phb_tui.screens.lists.line_list import LineList, refill
from phb_tui.screens.lists.row import NamesRow, Row

pytestmark = pytest.mark.anyio
FEW = 3
RIGHT = "! Wednesday 18 November 2026"


class Lines(App[None]):
    """A list of rows whose left parts are of every length; with many it fills the window and has a scroll bar."""

    CSS = "LineList.full { height: 1fr; }"

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count

    def compose(self) -> ComposeResult:
        """The list, still empty."""
        yield LineList(markup=False, classes="full" if self.count > FEW else "")

    def options(self) -> list[Option]:
        """Its lines."""
        return [Option(Row("x" * (20 + n), f"{RIGHT} {n:02}"), id=f"r{n}") for n in range(self.count)]


@pytest.mark.parametrize("count", [FEW, 40], ids=["without a scroll bar", "with one"])
@pytest.mark.parametrize("width", range(50, 66))
async def test_the_right_part_of_every_line_is_painted(count: int, width: int) -> None:
    """Whatever the width, with the scroll bar and without, each line's right part stands on the screen whole."""
    app = Lines(count)
    async with app.run_test(size=(width, 40)) as pilot:
        await pilot.pause()
        listed = app.query_one(LineList)
        refill(listed, app.options())  # as a screen does, after it was laid out
        await pilot.pause()
        painted = "\n".join(listed.render_line(y).text for y in range(listed.size.height))
        shown = [number for number in range(count) if f"{RIGHT} {number:02}" in painted]
        assert len(shown) >= FEW
        assert shown == list(range(len(shown)))
        last = painted.rstrip().splitlines()[-1]
        assert RIGHT in last or "x" * 20 in last


async def test_names_that_differ_at_their_end_are_told_apart() -> None:
    """A whole row wraps its left part instead of cutting it, and its right part stands below."""
    names = [f"Maria Invented: Monday to Friday, {end}" for end in ("to March", "bank holidays")]
    app = Lines(0)
    async with app.run_test(size=(64, 20)) as pilot:
        listed = app.query_one(LineList)
        refill(listed, [Option(Row(name, RIGHT, whole=True), id=f"r{n}") for n, name in enumerate(names)])
        await pilot.pause()
        painted = " ".join(" ".join(listed.render_line(y).text for y in range(listed.size.height)).split())
        assert "to March" in painted
        assert "bank holidays" in painted
        assert painted.count(RIGHT) == len(names)


@pytest.mark.parametrize("width", [60, 80])
@pytest.mark.parametrize("names", [("Pool", "y" * 60), ("x" * 60, "Bus"), ("x" * 60, "y" * 60), ("東京" * 30, "Bus")])
async def test_two_names_share_one_row(names: tuple[str, str], width: int) -> None:
    """Both begin in the row, a short one stands whole, and so does the right part."""
    app = Lines(0)
    async with app.run_test(size=(width, 30)) as pilot:
        listed = app.query_one(LineList)
        refill(listed, [Option(NamesRow("20 Nov 2026  ", names, "1,234.56"), id="r")])
        await pilot.pause()
        (painted,) = [words for y in range(listed.size.height) if (words := listed.render_line(y).text.strip())]
        assert painted.endswith("1,234.56")
        assert [name[:6] in painted for name in names] == [True, True]


async def test_two_names_are_not_cut_where_too_little_of_them_would_stay() -> None:
    """In a narrow list they wrap, and every letter of both is there."""
    app = Lines(0)
    async with app.run_test(size=(44, 30)) as pilot:
        listed = app.query_one(LineList)
        refill(listed, [Option(NamesRow("20 Nov 2026  ", ("x" * 60, "y" * 60), "1,234.56"), id="r")])
        await pilot.pause()
        painted = "".join(listed.render_line(y).text for y in range(listed.size.height))
        assert (painted.count("x"), painted.count("y"), painted.count("1,234.56")) == (60, 60, 1)

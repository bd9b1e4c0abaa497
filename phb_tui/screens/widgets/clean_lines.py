"""Line filter that removes control characters from every line before it is written to the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment
from textual.app import App
from textual.color import Color
from textual.filter import LineFilter

from phb_tui.domain.text.control_characters import unwanted


class CleanLines(LineFilter):
    """Replaces control characters that any screen failed to remove; the line keeps its width."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the line without control characters."""
        del background
        gone = unwanted("".join(segment.text for segment in segments))
        if not gone:
            return segments
        kept, start = [], 0
        for segment in segments:
            text, style, control = segment
            letters = (self._sent(letter, start + place in gone) for place, letter in enumerate(text))
            kept.append(segment if control else Segment("".join(letters), style))
            start += len(text)
        return kept

    @staticmethod
    def _sent(letter: str, gone: bool) -> str:  # noqa: FBT001 - two values of one letter
        return "\ufffd" * cell_len(letter) if gone else letter


_ONLY_LETTERS = CleanLines()


class CleanApp(App[int]):
    """App whose output passes `CleanLines` last."""

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's line filters, and `CleanLines` after them."""
        return [*super().get_line_filters(), _ONLY_LETTERS]

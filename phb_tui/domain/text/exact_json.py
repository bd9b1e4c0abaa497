"""Reads JSON without rounding: what has a decimal point or an exponent stays the text that stands there."""

import json
from collections.abc import Callable
from typing import Any


def read(text: str, whole: Callable[[str], Any] = int) -> Any:  # noqa: ANN401 - whatever the JSON holds; the caller looks
    """What a JSON text holds; None for an empty text, and for one that is no JSON or nested too deeply.

    Args:
        text: The JSON.
        whole: What a whole number becomes: `int`, or `str` for the text that stands there.
    """
    try:
        return json.loads(text, parse_float=str, parse_int=whole, parse_constant=str) if text else None
    except (ValueError, RecursionError):
        return None

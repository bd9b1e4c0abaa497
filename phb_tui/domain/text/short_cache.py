"""Least recently used cache of a function of texts that keeps no long ones: what was made by hand may be megabytes."""

from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from typing import Any, TypeVar

Given = TypeVar("Given", bound=Hashable)
Read = TypeVar("Read")


def cached_if_short(
    most: int, longest: int, letters: Callable[[Any], int] = len
) -> Callable[[Callable[[Given], Read]], Callable[[Given], Read]]:
    """Decorator of a function of one text, or of something that texts are in.

    Args:
        most: How many results are kept.
        longest: The most letters of what is given of which the result is kept.
        letters: Counts them.
    """

    def decorated(read: Callable[[Given], Read]) -> Callable[[Given], Read]:
        cached = lru_cache(most)(read)

        @wraps(read)
        def look_up(given: Given) -> Read:
            return cached(given) if letters(given) <= longest else read(given)

        return look_up

    return decorated

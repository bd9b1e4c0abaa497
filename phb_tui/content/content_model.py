"""What every model of a content file is made of: strict, frozen, and without unknown keys."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationInfo
from pydantic_core import PydanticCustomError

from phb_tui.i18n import _

T = TypeVar("T")


class ContentModel(BaseModel):
    """A part of a content file. A value of another type is an error and is never converted.

    Attributes:
        named_by: The attribute that holds the file's name without its ending; "" when none does.
    """

    # What checks a model is built when the first file is read, on the thread that reads it, and not at the import.
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", defer_build=True)
    named_by: ClassVar[str] = ""


def _look_up(words: str, info: ValidationInfo) -> str:
    look_up: Callable[[str], str] = info.context or _
    return look_up(words)


Text = Annotated[str, StringConstraints(pattern=r"\S")]
"""Words that are kept as they are written; never blank."""
Translated = Annotated[Text, AfterValidator(_look_up)]
"""Words of ours, looked up in the language in use when they are read; never blank."""
Many = Annotated[tuple[T, ...], Field(strict=False)]
"""A list of TOML, as a tuple; its entries are as strict as everything else."""
Table = Annotated[Mapping[str, T], AfterValidator(MappingProxyType)]
"""A table of TOML that nobody can change."""


def content_error(sentence: str, *place: str | int, **values: object) -> PydanticCustomError:
    """An error about a part inside of what a validator looks at.

    Args:
        sentence: What is wrong, in English, with the values' names in braces.
        place: Keys and indices that lead to the part.
        values: What stands in the sentence.
    """
    context: dict[str, Any] = {**values, "place": place}
    return PydanticCustomError("content", sentence, context)


def unique(name: str) -> AfterValidator:
    """Refuses a list in which two entries have the same value of an attribute."""

    def check(entries: tuple[T, ...]) -> tuple[T, ...]:
        seen = set()
        for number, entry in enumerate(entries):
            value = getattr(entry, name)
            if value in seen:
                raise content_error("'{value}' is there twice", number, name, value=value)
            seen.add(value)
        return entries

    return AfterValidator(check)

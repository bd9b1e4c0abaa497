"""What has to be seen on every screen about a person: how to communicate, what we do differently, taking care."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from phb_tui.domain.changes import Record
from phb_tui.language import _
from phb_tui.services import listing
from phb_tui.services.session import Session

_FIELDS = {"accessible_need": "need", "adjustment": "what", "flag": "what"}


@dataclass(frozen=True, slots=True)
class Banner:
    """The texts, each as it was written.

    Attributes:
        communicate: How to communicate with the person (Accessible Information Standard).
        differently: Reasonable adjustments.
        care: What only staff see: taking care when visiting, safeguarding.
    """

    communicate: tuple[str, ...]
    differently: tuple[str, ...]
    care: tuple[str, ...]

    def lines(self, *, family: bool) -> Iterator[str]:
        """A line for each sort that has anything; in family view nothing that only staff see."""
        if self.care and not family:
            yield _("! Take care when visiting: {words}").format(words=_joined(self.care))
        if self.communicate:
            yield _("How to communicate: {words}").format(words=_joined(self.communicate))
        if self.differently:
            yield _("We do differently: {words}").format(words=_joined(self.differently))


def of(session: Session, person: Record) -> Banner:
    """The banner of a person: what stands in their own record first, then the records that have not ended."""
    found: dict[str, list[str]] = {kind: [] for kind in _FIELDS}
    for record in listing.of_kinds(session, tuple(_FIELDS), person.record_id):
        if not listing.is_over(session, record):
            found[record.kind].append(record.text(_FIELDS[record.kind]))
    return Banner(
        communicate=_written([person.text("communication"), *found["accessible_need"]]),
        differently=_written(found["adjustment"]),
        care=_written([person.text("take_care"), *found["flag"]]),
    )


def _written(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(text for text in texts if text.strip())


def _joined(texts: Iterable[str]) -> str:
    return "; ".join(" ".join(text.split()) for text in texts)

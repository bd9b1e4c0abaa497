"""Phrases about synchronisation."""

from __future__ import annotations

from datetime import datetime

from phb_tui.domain.calendar import dates, moments, timestamps
from phb_tui.i18n import _, n_
from phb_tui.screens.frame.saved_bar import LEASE_WARNING_DAYS
from phb_tui.services.sync.sync_service import Progress, Status, SyncRun

MINUTE, HOUR, DAY = 60, 3600, 86_400
KILO = 1000


def waiting(status: Status, now: datetime) -> str:
    """How many changes wait and when an exchange last succeeded."""
    waits = n_(
        "{count:,} change is waiting to be sent.", "{count:,} changes are waiting to be sent.", status.waiting
    ).format(count=status.waiting)
    if not status.waiting:
        waits = _("Nothing is waiting to be sent.")
    if not status.last_at:
        return " ".join((waits, _("Not synced yet.")))
    last = datetime.fromisoformat(status.last_at).astimezone()
    if last.date() == now.date():
        return " ".join((waits, _("Last synced today at {time}.").format(time=timestamps.clock(last))))
    day = dates.in_words(last.date().isoformat())
    return " ".join((waits, _("Last synced on {day} at {time}.").format(day=day, time=timestamps.clock(last))))


def quarantined(count: int) -> str:
    """How many changes central rejected; "" for none."""
    words = n_(
        "The team server could not accept {count:,} change.",
        "The team server could not accept {count:,} changes.",
        count,
    )
    return words.format(count=count) if count else ""


def to_decide(conflicts: int, everyday: int) -> str:
    """How many conflicts are open, and how many of them are low-risk."""
    if everyday:
        return _("Choose which version is right ({count}, of which {everyday} can wait)").format(
            count=conflicts, everyday=everyday
        )
    return _("Choose which version is right ({count})").format(count=conflicts)


def lease(days: int | None) -> str:
    """How many days of the offline lease remain, when they are few; "" otherwise."""
    if days is None or days > LEASE_WARNING_DAYS:
        return ""
    return n_(
        "Sync within {count} day, or this laptop locks until you do.",
        "Sync within {count} days, or this laptop locks until you do.",
        days,
    ).format(count=days)


def clock(ahead: int) -> str:
    """By how much the laptop's clock is wrong; "" when it is right."""
    if not ahead:
        return ""
    words = (
        _("This laptop's clock is {length} ahead. Set it right: the times beside what you write are wrong.")
        if ahead > 0
        else _("This laptop's clock is {length} behind. Set it right: the times beside what you write are wrong.")
    )
    return words.format(length=_length(abs(ahead)))


def _length(seconds: int) -> str:
    if seconds >= 2 * DAY:
        return n_("{count} day", "{count} days", seconds // DAY).format(count=seconds // DAY)
    if seconds >= 2 * HOUR:
        return n_("{count} hour", "{count} hours", seconds // HOUR).format(count=seconds // HOUR)
    return n_("{count} minute", "{count} minutes", seconds // MINUTE).format(count=seconds // MINUTE)


def may_remove(count: int) -> str:
    """How many people would be removed from this laptop."""
    return n_(
        "My team lead says it is right: remove {count} person from this laptop",
        "My team lead says it is right: remove {count} people from this laptop",
        count,
    ).format(count=count)


def under_way(progress: Progress) -> str:
    """The progress of a running exchange."""
    total = progress.sent + progress.to_send
    words = n_("{sent:,} of {all:,} change sent.", "{sent:,} of {all:,} changes sent.", total)
    words = words.format(sent=progress.sent, all=total)
    if not total:
        words = _("Nothing to send.")
    if progress.received:
        words += f" {received_words(progress.received)}"
    return f"{words} {_carried(progress)}".rstrip()


def _carried(progress: Progress) -> str:
    """The bytes sent and received; "" before any are counted."""
    words = size(progress.up + progress.down)
    return f"({words})" if words else ""


def finished(progress: Progress) -> str:
    """The result of a successful exchange."""
    sent = n_("{count:,} change sent.", "{count:,} changes sent.", progress.sent).format(count=progress.sent)
    found = " ".join(
        (sent if progress.sent else "", received_words(progress.received) if progress.received else "")
    ).strip()
    done = _("Done. {words}").format(words=found or _("There was nothing new."))
    everything = n_(
        "Up to date. The team server holds {count:,} change of your team.",
        "Up to date. The team server holds {count:,} changes of your team.",
        progress.total,
    ).format(count=progress.total)
    words = f"{done} {_carried(progress)}".rstrip() + f"\n{everything}"
    if progress.repaired:
        words += "\n" + n_(
            "{count:,} record here was not as the team server has it. It was put right, and nothing you wrote is lost.",
            "{count:,} records here were not as the team server has them. They were put right, and nothing you "
            "wrote is lost.",
            progress.repaired,
        ).format(count=progress.repaired)
    return words


def line(exchange: SyncRun) -> str:
    """An earlier exchange on one or two lines."""
    when = moments.in_words(datetime.fromisoformat(exchange.at).astimezone())
    went = _("{sent:,} sent, {received:,} received").format(sent=exchange.sent, received=exchange.received)
    bytes_moved = size(exchange.bytes_up + exchange.bytes_down) or _("no bytes")
    words = f"{when}   {went}, {bytes_moved}"
    return f"{words}\n  {exchange.problem}" if exchange.problem else words


def size(count: int) -> str:
    """A number of bytes in a familiar unit; "" for none."""
    if not count:
        return ""
    if count < KILO * KILO:
        return _("{count:,} kB").format(count=max(count // KILO, 1))
    return _("{count:.1f} MB").format(count=count / KILO / KILO)


def address(where: str) -> str:
    """The address of central as a phrase."""
    return _("The team server is at {address}").format(address=where) if where else ""


def received_words(count: int) -> str:
    """The number of received records; "" for none."""
    return n_("{count:,} update received.", "{count:,} updates received.", count).format(count=count)

"""What a request for a decision is called on central's pages: person, budget, amounts, who pays, by when."""

import json
from collections.abc import Mapping

from phb_tui.central.web.views import record_words
from phb_tui.central.web.views.asked_requests import AskedRequest
from phb_tui.content import forms
from phb_tui.domain.budget import version_content
from phb_tui.domain.budget.amounts.pence import pounds
from phb_tui.domain.calendar import dates

OVERTAKEN = "{why} Nothing is decided about this one any more: the team asks again."


def person(asked: AskedRequest) -> str:
    """The person's name."""
    held = json.loads(asked.person.values) if asked.person else {}
    return " ".join(str(held[name]) for name in ("given_name", "family_name") if held.get(name)) or "No name yet"


def amount(asked: AskedRequest) -> str:
    """The amounts of the version that is asked about."""
    if asked.version is None:
        return record_words.UNKNOWN
    weekly, first = asked.version.weekly, pounds(asked.version.first)
    return f"{pounds(weekly)} a week, {first} in the first year" if weekly else f"{first} in all"


def budget(asked: AskedRequest) -> str:
    """The budget's name and what sort it is, with its first and last day."""
    if asked.version is None:
        return record_words.UNKNOWN
    held = json.loads(asked.budget.values) if asked.budget else {}
    name, nature = " ".join(str(held.get("name") or "").split()), forms.show("budget", "nature", asked.version.nature)
    inputs = version_content.read_inputs(str(asked.version_values.get("inputs") or ""))
    days = [dates.in_words(inputs.budget.get(name, "")) for name in ("start_date", "end_date")] if inputs else []
    return ", ".join(part for part in (name, nature, " to ".join(day for day in days if day)) if part)


def who_pays(asked: AskedRequest) -> str:
    """Who pays how much of it."""
    kept = asked.version_values.get("by_stream")
    return forms.show("budget_version", "by_stream", kept) if kept and kept != "{}" else record_words.UNKNOWN


def promised(asked: AskedRequest) -> str:
    """The day by which an answer is promised."""
    return dates.in_words(str(asked.values.get("promised_by") or "")) or "No day"


def risk(asked: AskedRequest) -> str:
    """How much risk there is."""
    return forms.show("request", "risk", asked.values.get("risk")) or "Not said"


def overtaken(asked: AskedRequest) -> str:
    """Why nothing is decided about it any more, and what comes next; "" while it is the newest."""
    return OVERTAKEN.format(why=asked.overtaken) if asked.overtaken else ""


def waits(asked: AskedRequest, staff: Mapping[str, str]) -> str:
    """For whom, or until when, a request waits; nothing that it waits for where a newer one has to be asked about."""
    if asked.overtaken:
        return overtaken(asked)
    until = dates.in_words(str(asked.decisions[-1].get("until") or "")) if asked.decisions else ""
    who = record_words.who(asked.to, staff)
    return f"{who}, put off until {until}" if until else who

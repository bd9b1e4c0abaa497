"""Works out budgets that are given as plain JSON, without a store: the `work-out` command (docs/budget-json.md)."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from phb_tui.content import rates
from phb_tui.domain.budget import work
from phb_tui.domain.budget.reading.policy import read_policy
from phb_tui.domain.budget.reading.records import Records
from phb_tui.domain.budget.totals import Payment
from phb_tui.domain.budget.work import Worked
from phb_tui.domain.records.limits import LONGEST_TEXT
from phb_tui.domain.text.control_characters import cleaned
from phb_tui.errors import BudgetFileProblem
from phb_tui.i18n import _

LISTS = ("workers", "shifts", "costs")
LINES = {"allowance_used", "term_dates"}
"""Fields of a budget that are given as lists of lines."""
MOST_BYTES = 50_000_000


def answer(path: Path) -> str:
    """What was worked out, as JSON text; a list when the file holds a list.

    Raises:
        BudgetFileProblem: The file cannot be read or is no such input; the sentence names the entry.
    """
    given = _parsed(path)
    if not isinstance(given, list):
        return _json(worked_out(given, ""))
    return _json([worked_out(each, _("budget {number}").format(number=number)) for number, each in enumerate(given, 1)])


def worked_out(given: object, where: str) -> dict[str, Any]:
    """What was worked out of one input.

    Args:
        given: The parsed input.
        where: What the input is called in a sentence; "" when it is alone.
    """
    table = _mapping(given, where)
    budget = _texts(table.get("budget"), _named(where, "budget"))
    records = Records({"id": "budget", **budget}, *(_entries(table, name, where) for name in LISTS))
    policy = table.get("policy")
    read = read_policy({} if policy is None else _mapping(policy, _named(where, "policy")))
    return output(work.work(records, rates.shipped(), read))


def output(found: Worked) -> dict[str, Any]:
    """What was worked out, as plain values in whole pence."""
    return {
        "lines": [
            {
                "id": line.id, "label": line.label, "working": list(line.working), "pence": line.pence,
                "nature": line.nature, "way": line.way, "stream": line.stream, "provisional": line.provisional,
            }
            for line in found.lines
        ],
        "totals": {
            "recurring": found.totals.recurring, "weekly": found.totals.weekly,
            "contingency": found.totals.contingency, "start": found.totals.start,
            "one_off": found.totals.one_off, "first": found.totals.first,
        },
        "by_way": dict(found.by_way),
        "by_stream": dict(found.by_stream),
        "contingency_by_stream": dict(found.contingency_by_stream),
        "instalments": [{"number": each.number, **_paid(each)} for each in found.instalments],
        "payments": [{"what": each.what, **_paid(each)} for each in found.payments],
        "provisional": list(found.provisional),
        "problems": [{"id": each.id, "field": each.field, "say": each.say} for each in found.problems],
        "notes": list(found.notes),
    }  # fmt: skip


def _paid(payment: Payment) -> dict[str, Any]:
    return {"due_on": payment.due_on.isoformat(), "pence": payment.pence}


def _json(found: object) -> str:
    return json.dumps(found, ensure_ascii=False, indent=2)


def _parsed(path: Path) -> object:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BudgetFileProblem(_("The file is too large. Give at most 50 million bytes at a time."))
        # Figures are read as the text that stands there: nothing passes through a float.
        return json.loads(path.read_text("utf-8-sig"), parse_float=str, parse_int=str, parse_constant=str)
    except OSError as error:
        raise BudgetFileProblem(_("The file cannot be read. Look at its name.")) from error
    except (ValueError, RecursionError) as error:
        line = _(" Look at line {line}.").format(line=error.lineno) if isinstance(error, json.JSONDecodeError) else ""
        raise BudgetFileProblem(_("The file is no JSON.") + line) from error


def _mapping(value: object, where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise BudgetFileProblem(_("{where} is no JSON object with names and values.").format(where=_start(where)))
    return value


def _entries(table: Mapping[str, Any], name: str, where: str) -> list[dict[str, str]]:
    value = table.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise BudgetFileProblem(_("{where} is no list.").format(where=_start(_named(where, name))))
    found, seen = [], set()
    for number, each in enumerate(value, 1):
        place = _named(where, f"{name} {number}")
        texts = _texts(each, place)
        if not texts.get("id"):
            raise BudgetFileProblem(_("{where} has no id.").format(where=_start(place)))
        if texts["id"] in seen:
            raise BudgetFileProblem(_("{where} has the id of another one.").format(where=_start(place)))
        seen.add(texts["id"])
        found.append(texts)
    return found


def _texts(value: object, where: str) -> dict[str, str]:
    """The fields of a record as text; a list of lines is joined."""
    texts = {}
    for name, given in _mapping(value, where).items():
        if isinstance(given, list) and name in LINES and all(isinstance(line, str) for line in given):
            text = "\n".join(given)
        elif given is None:
            text = ""
        elif isinstance(given, str):
            text = given
        else:
            raise BudgetFileProblem(
                _("{where}, {name}: write text or a number here.").format(where=_start(where), name=cleaned(name))
            )
        if len(text) > LONGEST_TEXT:
            raise BudgetFileProblem(_("{where}, {name} is too long.").format(where=_start(where), name=cleaned(name)))
        texts[name] = cleaned(text)
    return texts


def _named(where: str, name: str) -> str:
    return f"{where}, {name}" if where else name


def _start(where: str) -> str:
    words = cleaned(where) or _("the input")
    return words[0].upper() + words[1:]

"""A record's fields as central holds them, as the JSON that the laptop and central keep, and back."""

import json
from collections.abc import Mapping
from dataclasses import asdict

from phb_tui.domain.changes import FieldState, Side, canonical


def held_json(fields: Mapping[str, FieldState]) -> str:
    """The fields as JSON with one spelling."""
    return canonical({name: asdict(state) for name, state in fields.items()})


def field_states(text: str) -> dict[str, FieldState]:
    """The fields from JSON."""
    return {
        name: FieldState(**{**state, "sides": tuple(Side(**side) for side in state["sides"])})
        for name, state in json.loads(text).items()
    }

"""What is asked on the screens of a decision and stands on no page of a form: who decides, and which budget."""

from __future__ import annotations

from phb_tui.content.forms import FormField


def choice(name: str, label: str) -> FormField:
    """A field whose options are given where it is shown."""
    return FormField.model_construct(name=name, label=label, type="choice", hint="", staff_only=False)

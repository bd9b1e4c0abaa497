"""Reads every content file ahead of its use, so that the screens that need one do not wait for it."""

import contextlib

from pydantic import BaseModel

from phb_tui.content import steps, toml_loader
from phb_tui.content.completeness_rules import PlanRules, SetUpTasks
from phb_tui.content.form_field import Choices
from phb_tui.content.form_schema import Form, Groups
from phb_tui.content.rates import RateTable
from phb_tui.content.sections import Sections
from phb_tui.content.standards import Framework
from phb_tui.errors import ContentProblem


def files() -> dict[str, type[BaseModel]]:
    """Every content file by its path in `data/`, with the model that it is read into."""
    return {
        "choices.toml": Choices,
        "completeness.toml": PlanRules,
        "framework.toml": Framework,
        "glossary.toml": steps.GlossaryFile,
        "groups.toml": Groups,
        "money.toml": steps.MoneyFile,
        "rates.toml": RateTable,
        "sections.toml": Sections,
        "steps.toml": steps.StepsFile,
        "tasks.toml": SetUpTasks,
        **{f"forms/{kind}.toml": Form for kind in toml_loader.kinds()},
    }


def preload() -> None:
    """Read everything in the language in use."""
    for file, model in files().items():
        with contextlib.suppress(ContentProblem):  # raised again, and shown, where the file is used
            toml_loader.read(model, file)

"""No amount of money passes through a number that rounds."""

from pathlib import Path

import phb_tui.domain.budget


def test_the_rules_know_no_rounding_numbers() -> None:
    """Neither floats nor decimals stand anywhere in the rules of the budget."""
    (folder,) = phb_tui.domain.budget.__path__
    sources = {path.name: path.read_text(encoding="utf-8") for path in Path(folder).rglob("*.py")}
    assert len(sources) > 20
    assert [name for name, text in sources.items() if "float" in text or "Decimal" in text] == []

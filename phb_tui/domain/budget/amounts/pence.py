"""Whole pence: rounding once, dividing without a rest, and showing as pounds."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

HUNDRED = 100


def half_up(exact: Fraction | int) -> int:
    """Round an exact number to a whole one, halves up (also below nought: -2.5 becomes -2)."""
    above, below = exact.numerator, exact.denominator
    return (2 * above + below) // (2 * below)


def shown(pence: int) -> str:
    """Format pence as "1,250.00", without the pound sign; below nought with a minus sign."""
    whole, rest = divmod(abs(pence), HUNDRED)
    return f"{'-' if pence < 0 else ''}{whole:,}.{rest:02}"


def pounds(pence: int) -> str:
    """Format pence as "£1,250.00"; below nought with a minus sign before the pound sign."""
    return f"{'-' if pence < 0 else ''}\N{POUND SIGN}{shown(abs(pence))}"


def in_parts(pence: int, number: int) -> list[int]:
    """Divide a sum into so many equal parts; the first one has the odd pennies."""
    each, rest = divmod(pence, number)
    return [each + rest, *[each] * (number - 1)]


def divided(pence: int, shares: Mapping[str, int]) -> dict[str, int]:
    """Divide a sum once by shares, by the largest remainder; ties go to the share that is named first.

    Args:
        pence: The sum; it may be below nought.
        shares: Hundredths of a percent by name, together 10,000.

    Returns:
        Pence by name, together exactly the sum.
    """
    odd = with_odd_penny(pence, shares)
    whole = sum(shares.values())
    return {name: pence * share // whole + (name in odd) for name, share in shares.items()}


def with_odd_penny(pence: int, shares: Mapping[str, int]) -> Sequence[str]:
    """Who gets the pennies that are left when a sum is divided by shares, one each; arguments as for `divided`."""
    whole = sum(shares.values())
    rests = {name: pence * share % whole for name, share in shares.items()}
    order = sorted(rests, key=lambda name: -rests[name])  # a stable sort keeps the ties' order
    return order[: sum(rests.values()) // whole if whole else 0]

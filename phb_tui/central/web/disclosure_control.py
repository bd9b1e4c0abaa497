"""Statistical disclosure control: suppresses small counts and rounds others."""

FEW = 7
"""The largest count that is suppressed, because it could identify somebody."""
STEP = 5


def shown(count: int) -> str:
    """A count of people or their records, as somebody outside the team may see it.

    1 to 7 are shown as a star, others rounded to the nearest 5, so that a difference of two counts identifies nobody.

    Args:
        count: The exact count.
    """
    if 0 < count <= FEW:
        return "*"
    return f"{(count + STEP // 2) // STEP * STEP:,}"

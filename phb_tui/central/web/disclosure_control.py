"""Numbers that are shown to whoever must not learn about any one person."""

FEW = 7
"""The largest number that could point at somebody."""
STEP = 5


def shown(count: int) -> str:
    """A number of people, or of what belongs to people, as somebody outside the team may see it.

    From 1 to 7 it is a star; otherwise the nearest 5, so that two numbers one apart do not tell about one person.

    Args:
        count: The number.
    """
    if 0 < count <= FEW:
        return "*"
    return f"{(count + STEP // 2) // STEP * STEP:,}"

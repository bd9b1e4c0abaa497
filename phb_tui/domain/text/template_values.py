"""What an HTML template may show of the values that it is given."""

from phb_tui.domain.text.control_characters import cleaned


def printable(value: object) -> object:
    """A value as a template shows it: a text without control characters and open turns of direction.

    Templates call it for every value (Jinja's `finalize`), so that no page can forget it; they escape what it returns.

    Args:
        value: A text, a number, or HTML that a macro has made of such.

    Raises:
        TypeError: It is none of these: nobody should read `None` or how Python writes a list.
        jinja2.UndefinedError: It was not given.
    """
    if hasattr(value, "__html__"):
        return value
    words = str(value)  # first, for a value that was not given raises here and names itself
    if not isinstance(value, (str, int)) or isinstance(value, bool):
        raise TypeError(f"a template shows texts and numbers, and this is of the type {type(value).__name__}")
    return cleaned(words)

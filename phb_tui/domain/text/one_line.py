"""Text of several lines on one line, with the lines told apart."""

_ENDS = (".", "!", "?", ":", ";", ",", "-")
"""What already divides a line from the next one."""


def joined(words: str) -> str:
    """A text on one line: a line that ends without a mark is divided from the next one by a semicolon."""
    found = ""
    for line in filter(None, (" ".join(each.split()) for each in words.splitlines())):
        between = " " if found.endswith(_ENDS) else "; "
        found = f"{found}{between}{line}" if found else line
    return found

"""Text of several lines on one line, with the lines told apart."""

_ENDS = (".", "!", "?", ":", ";", ",", "-")
"""What already divides a line from the next one."""


def joined(words: str) -> str:
    """A text on one line: a line that ends without a mark is divided by a semicolon from one that begins a sentence.

    What goes on with a small letter may be the same sentence, broken where it was copied from: nothing comes into it.
    """
    found = ""
    for line in filter(None, (" ".join(each.split()) for each in words.splitlines())):
        between = " " if found.endswith(_ENDS) or line[0].islower() else "; "
        found = f"{found}{between}{line}" if found else line
    return found

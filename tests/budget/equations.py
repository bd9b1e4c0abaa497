"""Reads the equations in sentences as somebody with a calculator does, and says whether they are true."""

import ast
import re
from collections.abc import Iterator
from fractions import Fraction
from operator import add, mul, sub, truediv

from phb_tui.domain.budget.amounts.pence import HUNDRED, half_up

_WORDS = (
    (r"(\d[\d,]*) h (\d\d)\b", lambda found: f"({found[1]} + {int(found[2])} / 60)"),
    (r"\ba (?:year|month)\b|\b(?:hours?|h|nights?|days?|weeks?|months?)\b", lambda _found: ""),
    (r", less (\(.*?\)|[\d,.]+)\s+on bank holidays", lambda found: f" - {found[1]}"),
    (r"% of|%", lambda found: "/ 100 *" if "of" in found[0] else "/ 100"),
    (r"\band\b", lambda _found: "+"),
    (r"\bx\b", lambda _found: "*"),
    (r",", lambda _found: ""),
)
"""How the words of an equation are read, in this order."""
_OPERATORS = {ast.Add: add, ast.Sub: sub, ast.Mult: mul, ast.Div: truediv}
_MONEY = re.compile(r"-?[\d,]+\.\d\d")


def equations(sentences: str) -> Iterator[tuple[str, str]]:
    """Both sides of each equation: what stands between a colon or a full stop and the next one."""
    for line in sentences.split("\n"):
        for part in re.split(r":\s|\.\s|\.$", re.sub(r"^\s*-\s", "", line)):
            if " = " in part:
                left, right = part.split(" = ")
                yield left, right


def is_true(left: str, right: str) -> bool:
    """Whether an equation is: amounts of money to the penny, halves up, and all else exactly."""
    if _MONEY.fullmatch(right):
        return half_up(_value(left) * HUNDRED) == _value(right) * HUNDRED
    return _value(left) == _value(right)


def false_ones(sentences: str) -> list[tuple[str, str]]:
    """The equations in some sentences that are not true."""
    return [found for found in equations(sentences) if not is_true(*found)]


def _value(text: str) -> Fraction:
    """What the words of one side of an equation come to, exactly.

    Raises:
        SyntaxError: It holds words that are no part of an equation.
    """
    for pattern, read in _WORDS:
        text = re.sub(pattern, read, text)
    text = text.strip()
    return _of(ast.parse(text, mode="eval").body, text)


def _of(node: ast.expr, text: str) -> Fraction:
    if isinstance(node, ast.Constant):
        return Fraction(str(ast.get_source_segment(text, node)))
    if isinstance(node, ast.UnaryOp):
        return -_of(node.operand, text)
    assert isinstance(node, ast.BinOp), text
    found: Fraction = _OPERATORS[type(node.op)](_of(node.left, text), _of(node.right, text))
    return found

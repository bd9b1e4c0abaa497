"""A whole visit by keyboard, step by step, telling which fields were left for certain."""

from collections.abc import Iterator

from tests.journeys.terminal import Terminal

STEPS = (5, 5, 4, 5, 3, 5)
ANSWERED = {"S1-I1": "1", "S3-I2": "2", "S6-I5": "3"}
KEPT = {"1": "yes", "2": "partly", "3": "not_yet"}
Left = tuple[str, str, str, str]
"""A field that was left: kind, statement id or "", field, words."""


def talk(terminal: Terminal) -> None:
    """From the person's screen to the first statement of the first step."""
    terminal.press("down", "enter")
    terminal.wait("Step 1 of 6", "Talk about this step")
    terminal.press("enter")
    terminal.wait("Step 1 of 6", "statement 1 of 5")


def walk(terminal: Terminal, marker: str) -> Iterator[Left]:
    """Walk through the 27 statements from the person's screen, answering three; then one goal with two actions.

    Every field is yielded once the screen proves that it was left: the next thing is shown.

    Args:
        terminal: At the person's screen.
        marker: Begins everything that is typed.
    """
    talk(terminal)
    places = [(step, number, of) for step, of in enumerate(STEPS, start=1) for number in range(1, of + 1)]
    for index, (step, number, _) in enumerate(places):
        statement = f"S{step}-I{number}"
        answer = ANSWERED.get(statement)
        if answer:
            yield from _answer(terminal, statement, answer, marker)
        if index + 1 == len(places):
            terminal.press("esc")
            terminal.wait("Talk about this step")
            terminal.press("esc")
            terminal.wait("Today's visit", "My goals")
        else:
            terminal.press("pgdn", pause=0)
            following = places[index + 1]
            terminal.wait(f"Step {following[0]} of 6", f"statement {following[1]} of {following[2]}")
        if answer:
            yield ("answer", statement, "would_help", f"{marker} helps {statement}")
    yield from _plan(terminal, marker)


def _answer(terminal: Terminal, statement: str, answer: str, marker: str) -> Iterator[Left]:
    terminal.type(answer)
    terminal.wait(f"(•) {answer}")
    yield ("answer", statement, "answer", KEPT[answer])
    terminal.press("tab", pause=0)
    words = f"{marker} words {statement}"
    terminal.type(words)
    terminal.wait(words)
    terminal.press("tab", pause=0)
    said_by = f"{marker} by {statement}"
    terminal.type(said_by)
    terminal.wait(said_by)  # the next field takes keys, so this one was left
    yield ("answer", statement, "words", words)
    terminal.press("tab", pause=0)
    would_help = f"{marker} helps {statement}"
    terminal.type(would_help)
    terminal.wait(would_help)
    yield ("answer", statement, "said_by", said_by)


def _plan(terminal: Terminal, marker: str) -> Iterator[Left]:
    terminal.type("g")
    terminal.wait("Add a goal")
    terminal.press("end", "enter")
    terminal.wait("What do you want to change or keep?")
    typed = (("goal", "words", "goal"), ("action", "what", "action 1"), ("action", "who", "who 1"),
             ("action", "by_when", ""), ("goal", "why", "why"))  # fmt: skip
    left: list[Left] = []
    for kind, field, words in typed:
        if words:
            terminal.type(f"{marker} {words}")
            terminal.wait(f"{marker} {words}")
        yield from left  # the next field takes keys, so this one was left
        left = [(kind, "", field, f"{marker} {words}")] if words else []
        terminal.press("tab", pause=0)
    terminal.press("tab", pause=0)  # past the line of details, to the list of actions
    terminal.press("end", "enter")
    terminal.wait("What is the action?")
    yield from left
    terminal.type(f"{marker} action 2")
    terminal.wait(f"{marker} action 2")
    terminal.press("tab", pause=0)
    terminal.type(f"{marker} who 2")
    terminal.wait(f"{marker} who 2")
    yield ("action", "", "what", f"{marker} action 2")
    terminal.press("esc")
    terminal.wait("Add an action", f"{marker} action 2")
    yield ("action", "", "who", f"{marker} who 2")

"""Names for records that two laptops may make independently and must mean the same thing.

Two nurses offline who answer the same statement at the same visit, or both start somebody's About Me, write to one
record, so that their words meet there instead of standing in two records nobody compares.
"""

from uuid import UUID, uuid5

_SPACE = UUID("7d0f2a5e-4c0b-5a51-9c3e-6f1f5a0c2b77")


def answer_id(visit_id: str, statement_id: str) -> str:
    """The answer to one I statement at one visit."""
    return _named("answer", visit_id, statement_id)


def follow_up_id(answer_id: str) -> str:
    """The action that an answer's "what would make it true" becomes."""
    return _named("follow up", answer_id)


def about_me_id(person_id: str) -> str:
    """A person's About Me."""
    return _named("about me", person_id)


def step_id(person_id: str, number: int) -> str:
    """A person's progress in one of the six steps."""
    return _named("step", person_id, str(number))


def _named(*words: str) -> str:
    return str(uuid5(_SPACE, "\n".join(words)))

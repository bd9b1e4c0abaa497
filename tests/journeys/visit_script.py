"""A whole visit to an invented person, her daughter and her carer: what is written, and in which order."""

from collections.abc import Callable
from datetime import date, timedelta

from phb_tui.content import forms
from tests.journeys.driver import Driver
from tests.journeys.kept import Kept

DAUGHTER = "Bethan Sample-Jones"
CARER = "Imogen Pretend"
DANGER = "Her nephew has threatened staff"
STATEMENTS = {
    1: ("2", "They explained it, but much too fast for me", "One page in large print, sent before the next visit"),
    2: ("1", "I was asked what matters to me", ""),
    4: ("3", "Nobody has ever shown me the money", ""),
}
"""Of the first step: the key of the answer, the person's words, what would make it true."""
DISAGREES = (1, "Mum did not read the letter, I read it to her")
"""The statement about which the daughter says something else, and what she says."""
CORRECTED = ", and that is how it was"
"""Added to the daughter's words when they are read back."""
AGREED = {"agreed_by": "Nora Sample", "agreed_role": "The person", "agreed_how": "said", "agreed_on": "today"}
CLOSING = {
    "read_back": "Nora, Bethan and Imogen", "person_says": "Nobody has sat down with me for so long before",
    "next_visit": "in 6 weeks", "left_with": "The page about the three ways",
}  # fmt: skip
TASK = {"what": "Ask the surgery for the letters in large print", "who": CARER, "by_when": "next friday"}
PERSON = {
    "given_name": "Nora", "family_name": "Sample", "known_as": "Nan", "nhs_number": "999 000 0107",
    "date_of_birth": "3rd May 1948", "communication": "Large print, and speak slowly", "phone": "01632 960 200",
}  # fmt: skip
ABOUT_ME = ["My chapel and my garden", "Bethan, and Imogen next door", "Slowly, and in large print", "", "", "", ""]
BEFORE = (
    Kept("contact", {"name": DAUGHTER, "relationship": "child", "contact": "01632 960 201"}),
    Kept("contact", {"name": CARER, "contact": "01632 960 202", "relationship": "neighbour", "is_carer": "yes",
                     "carer_does": "Mornings", "carer_offer": "offered", "carer_offered_on": "last friday"}),
    Kept("accessible_need", {"need": "BSL interpreter for meetings", "group": "professional", "whose": "carer",
                             "identified_on": "yesterday", "review_date": "every 6 months"}),
    Kept("flag", {"what": DANGER, "kind": "safeguarding", "start_date": "6 weeks ago"}),
    Kept("flag", {"what": "The dog is loose: ring first", "kind": "visit", "end_date": "a fortnight"}),
    Kept("must_know", {"what": "Allergic to penicillin", "sort": "allergy", "source": "Letter of the surgery",
                       "as_of": "1st of March 2026"}),
)  # fmt: skip
"""What is known before the visit begins."""
AFTER = (
    Kept("goal", {"words": "Walk to chapel again on Sundays", "why": "I meet everybody there"},
         [Kept("action", {"what": "Try the walker with the heavy wheels", "who": DAUGHTER, "by_when": "4/12"}),
          Kept("action", {"what": "Ring the chapel about the ramp", "who": "Nan", "by_when": "4th December"})]),
    Kept("money_choice", {"option": "notional", "why": "I do not want to keep the books", "come_back": "in two weeks"}),
    Kept("care_plan", {"coordinator": "Asha Kumar, nurse advisor", "review_date": "every 3 months"}),
)  # fmt: skip
"""What is agreed at the table, after the conversation."""


def dates_meant(today: date) -> dict[tuple[str, str], set[str]]:
    """What each date of this visit has to be kept as, by kind and field; counted here, not asked of phb-tui."""
    fourth = date(today.year, 12, 4)
    fourth = fourth if fourth >= today else date(today.year + 1, 12, 4)
    monday = today - timedelta(days=today.weekday())
    friday = today - timedelta(days=(today.weekday() - 4) % 7 or 7)
    return {
        ("person", "date_of_birth"): {"1948-05-03"},
        ("person", "next_visit"): {(today + timedelta(weeks=6)).isoformat()},
        ("contact", "carer_offered_on"): {friday.isoformat()},
        ("accessible_need", "identified_on"): {(today - timedelta(days=1)).isoformat()},
        ("accessible_need", "review_date"): {"every 6 months"},
        ("flag", "start_date"): {(today - timedelta(weeks=6)).isoformat()},
        ("flag", "end_date"): {(today + timedelta(days=14)).isoformat()},
        ("must_know", "as_of"): {"2026-03-01"},
        ("action", "by_when"): {fourth.isoformat()},
        # When to come back to how the money is managed becomes a task.
        ("task", "by_when"): {(monday + timedelta(days=11)).isoformat(), (today + timedelta(days=14)).isoformat()},
        ("money_choice", "come_back"): {(today + timedelta(days=14)).isoformat()},
        ("care_plan", "review_date"): {"every 3 months"},
        ("plan_version", "agreed_on"): {today.isoformat()},
        ("closing", "next_visit"): {(today + timedelta(weeks=6)).isoformat()},
    }


def words_said() -> list[str]:
    """Everything that was said in words, which every laptop has in the end."""
    said = [words for _key, words, would_help in STATEMENTS.values() for words in (words, would_help) if words]
    return [*said, DISAGREES[1] + CORRECTED, CLOSING["person_says"], CLOSING["left_with"], *filter(None, ABOUT_ME)]


def read_aloud() -> list[str]:
    """What stands in a wide window when everything is read back; in a small one lines break within the words."""
    said = [words for _key, words, _help in STATEMENTS.values()]
    return [*said, "What others said", DISAGREES[1]]


def before_the_visit(nurse: Driver) -> None:
    """From the list of people: somebody new, and what is known of her."""
    nurse.terminal.wait("Your people")
    nurse.press("f7", "First name")
    nurse.fill("person", PERSON)
    nurse.back("Today's visit", "The plan to keep")
    for kept in BEFORE:
        nurse.write(kept)


def start(nurse: Driver) -> None:
    """Read the alerts, start the visit, say who is there; from the person's page to the visit's."""
    nurse.choose("Today's visit", "Start today's visit", "Safeguarding")
    nurse.choose("Start today's visit", "Read these before the visit", "Lone-worker alert")
    nurse.sees(DANGER)
    nurse.terminal.quiet()
    if "Then the visit starts." not in nurse.terminal.text():  # more than a page of them
        nurse.press("enter")
    nurse.terminal.wait("Then the visit starts.")
    nurse.sees("The dog is loose: ring first")
    nurse.press("enter")
    seen = nurse.terminal.wait("Close the visit", "2 staff alerts: F8", "Carer: BSL")
    assert DANGER not in seen
    speaks = forms.form("attendee").by_name["speaks_for"]
    for name, whom in ((DAUGHTER, "own_view"), (CARER, "themself")):
        nurse.choose(f"+ {name} is here", "Speaking as")
        nurse.select(speaks, [whom])
        nurse.back("Close the visit", f"{name} - {(speaks.options or {})[whom][:15]}")


def talk(nurse: Driver, in_the_middle: Callable[[], None] = lambda: None) -> None:
    """Answer statements, with another voice at one of them; from the visit's page to the person's.

    Args:
        nurse: At the visit's page.
        in_the_middle: What happens while the person's words stand in the field of the last statement.
    """
    nurse.choose("Continue the conversation", "statement 1 of 5")
    at = 1
    for number, (key, words, would_help) in STATEMENTS.items():
        for passed in range(at + 1, number + 1):
            nurse.press("pgdn", f"statement {passed} of 5")
        at = number
        nurse.answer(key)
        nurse.into("In your own words")
        nurse.put(words)
        nurse.sees(words)
        if would_help:
            nurse.into("Who said it?")
            nurse.put("Nan")
            nurse.into("What would make it true?")
            nurse.put(would_help)
            nurse.sees(would_help)
        if number == DISAGREES[0]:
            nurse.press("f7", "Who says it?", "In their own words:")
            nurse.put(DAUGHTER)
            nurse.into("In their words")
            nurse.put(DISAGREES[1])
            nurse.sees(DISAGREES[1])
            nurse.back("What would make it true?")
            nurse.sees(f'F7: {DAUGHTER} said "{DISAGREES[1][:20]}')
    in_the_middle()
    nurse.press("esc")
    if "Close the visit" in nurse.terminal.wait_for_one("Close the visit", "The plan to keep"):
        nurse.back("The plan to keep")  # after unlocking, the person's page lies straight below


def write_together(nurse: Driver) -> None:
    """Goals with actions, a task, how the money is managed; from the person's page and back."""
    nurse.about_me(ABOUT_ME)
    for kept in AFTER:
        nurse.write(kept)
    nurse.choose("To do", "+ Add a task")
    nurse.choose("+ Add a task", "What needs to be done?")
    nurse.fill("task", TASK)
    nurse.back("+ Add a task")
    nurse.sees(TASK["what"])
    nurse.back("The plan to keep")


def read_back(nurse: Driver) -> str:
    """Read everything together, put the daughter's words right, close the visit; what was read."""
    nurse.choose("Today's visit", "Read back and check")
    nurse.choose("Read back and check", "What you said")
    read = nurse.read_down("This is right: close the visit")
    nurse.choose_far(f'{DAUGHTER}: "', "What someone else says")
    nurse.append(DISAGREES[1], CORRECTED)
    nurse.back("You told us")
    nurse.sees(DISAGREES[1] + CORRECTED)
    nurse.choose_far("This is right: close the visit", "Who was it read back to?")
    nurse.fill("closing", CLOSING)
    assert DANGER not in nurse.terminal.text()
    nurse.go_on(forms.form("closing").finish)
    seen = nurse.terminal.wait("This was right, and the visit is closed")
    assert DANGER not in seen, "the family still sits at the table"
    nurse.back("Closed visit")
    nurse.back("The plan to keep")
    return read


def agree(nurse: Driver) -> None:
    """Agree the plan and make a copy of it to print; from the person's page and back."""
    nurse.choose("The plan to keep", "Read the plan together")
    nurse.choose("Agree the plan", "Who agreed to the plan?")
    nurse.fill("plan_version", AGREED)
    nurse.agree()
    nurse.terminal.wait("Version 1,", "agreed by Nora Sample")
    nurse.choose("Make a copy", "This will be version 1")
    nurse.choose("PDF, ordinary print", "The copy is here")
    nurse.back("Copies that were given")
    nurse.back("Today's visit")


def with_the_family(nurse: Driver) -> None:
    """Turn the laptop to the family and back, read the plan on the way, find her again; from her page and back."""
    nurse.press("f2", "Family view: F2 ends it")
    nurse.choose("The plan to keep", "Read the plan together")
    nurse.choose("Read the plan together", "My plan: Nan")
    assert DANGER not in nurse.terminal.text()
    nurse.back("Read the plan together")
    nurse.back("About me")
    nurse.press("f2", "Turn the laptop back to you first.")
    nurse.terminal.type("staff")
    nurse.go_on("Continue", "Nora Sample (likes to be called Nan)", "The plan to keep")
    nurse.find_person("Nor", "Sample", "The plan to keep")

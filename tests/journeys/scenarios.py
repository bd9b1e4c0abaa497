"""Five invented people, and what a nurse writes with each from first contact to an agreed plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.journeys.kept import Kept, Value


@dataclass(frozen=True)
class Scenario:
    """One person's way through the steps.

    Attributes:
        person: Their own record.
        records: Everything else, in the order in which it is written.
        about_me: Words under the seven headings.
        talk: Answers by step and statement: the key, and the words.
        agreed: How the plan was agreed.
    """

    person: Mapping[str, Value]
    records: Sequence[Kept]
    about_me: Sequence[str]
    talk: Mapping[int, Mapping[int, tuple[str, str]]]
    agreed: Mapping[str, Value]


def _goal(words: str, why: str, *held: Kept, importance: str = "9") -> Kept:
    return Kept("goal", {"words": words, "why": why, "importance": importance}, held)


def _do(what: str, who: str, by_when: str = "in 4 weeks") -> Kept:
    return Kept("action", {"what": what, "who": who, "by_when": by_when, "confidence": "8"})


AT_HOME = Scenario(
    {
        "given_name": "Megan", "family_name": "Llywelyn-Ôl", "known_as": "Meg", "nhs_number": "9990000018",
        "date_of_birth": "3/5/1962", "communication": "Wait for the voice aid: it takes time", "language": "Cymraeg",
        "interpreter": "no", "phone": "01632 960 101", "address": "1 Invented Road, Sampletown",
        "postcode": "ZZ99 3WZ", "take_care": "Ventilator: wash hands at the door",
    },
    [
        Kept("contact", {"name": "Dewi Llywelyn", "relationship": "partner", "contact": "01632 960 102",
                         "is_carer": "yes", "carer_does": "Nights", "carer_offer": "accepted"}),
        Kept("professional", {"name": "Asha Kumar", "role": "Nurse advisor", "contact": "01632 960 103",
                              "lead": "yes"}),
        Kept("gp", {"practice": "Sampletown Surgery", "gp_name": "Dr Sample", "ods": "Y00001"}),
        Kept("accessible_need", {"need": "Time to answer with a voice aid", "group": "support", "whose": "person"}),
        Kept("consent", {"about": "phb", "decision": "given", "date": "today", "by": "Megan"}),
        Kept("eligibility", {"cohort": ["adult_nhs_chc"], "nature": "ongoing", "form": "individual"}),
        Kept("information", {"explained": ["what", "notional", "third_party", "direct_payment", "duties"],
                             "formats": ["spoken", "large_print"], "back": "I would be the boss of my team",
                             "offered": ["advocacy", "dp_support", "peer"], "wanted": "Someone for the payroll"}),
        Kept("money_choice", {"option": "direct_payment", "why": "I want to choose who comes into my home",
                              "come_back": "in 2 weeks", "holder": "Megan"}),
        Kept("assessment", {"prepared": "Questions two weeks before", "methods": ["face_to_face"], "place": "At home",
                            "part": "Megan and Dewi", "approval": "approved", "approval_by": "Sample ICB"}),
        Kept("strength", {"words": "I know my own body, and I taught physics for 20 years"}),
        Kept("need", {"words": "I cannot breathe lying flat", "impact": "I wake every hour", "domain": "breathing",
                      "works": "The machine, and Dewi", "matters": "Sleeping beside Dewi", "hoped": "To sleep"}),
        _goal("Teach one evening a week again", "It is who I am",
              _do("Ask the college for a room with a ramp", "Dewi"),
              Kept("outcome", {"words": "I teach on Thursdays and I am not ill after it", "area": "wellbeing"}),
              Kept("support", {"what": "Two personal assistants for evenings", "kind": "pa", "how_often": "Thu 5-9 pm",
                               "management": "direct_payment"})),
        Kept("risk", {"want": "Go out without a nurse", "why": "To be his wife", "harms": "The tube comes off",
                      "likelihood": "2", "severity": "5", "safer": "Assistants trained in the tube",
                      "decision": "go_safer", "agreed_by": "Megan, Dewi and Asha Kumar"}),
        Kept("contingency", {"name": "The power fails", "triggers": "The alarm sounds, the screen is dark",
                             "response": "Battery, then 999", "signs": "Headache"},
             [Kept("emergency_contact", {"name": "Dewi Llywelyn", "contact": "01632 960 102"})]),
        Kept("delegated_task", {"task": "Suction", "practitioner": "Asha Kumar", "risk_benefit": "Steady for a year",
                                "insurance": "yes", "agreed_person": "yes"},
             [Kept("competency", {"assistant": "Sam Sample", "trained_on": "1 10 2026", "competent_on": "8 10 2026",
                                  "assessor": "Asha Kumar", "agreed_employer": "yes"})]),
        Kept("care_plan", {"coordinator": "Asha Kumar, nurse advisor", "coordinator_contact": "01632 960 103",
                           "health_lead": "Asha Kumar", "review_date": "in 3 months", "notice": "4 weeks",
                           "how_paid": "Every 4 weeks", "agreed_by_person": "yes", "agreed_name": "Megan"}),
        Kept("setup", {"management": "direct_payment", "coordinator_explained": "yes", "involved": "I interview them",
                       "employer_support": ["recruit", "payroll", "insurance"]}),
    ],
    ["Teaching, and Dewi", "Dewi and my old pupils", "Wait: I type with my eyes", "A good day starts slowly",
     "Do talk to me. Do not talk over me", "Evenings, with the machine", "I love a bad joke"],
    {1: {1: ("1", "Asha came twice"), 4: ("2", "Two weeks would be good")}, 2: {3: ("1", "She waited for my words")},
     4: {2: ("3", "Not yet: the agency decides the hours")}},
    {"agreed_by": "Megan Llywelyn-Ôl", "agreed_role": "The person", "agreed_how": "said", "agreed_on": "today"},
)  # fmt: skip

SEVENTEEN = Scenario(
    {
        "given_name": "Zofia", "family_name": "Łękówna", "known_as": "Zosia", "nhs_number": "9990000026",
        "date_of_birth": "14 February 2009", "communication": "Pictures and short sentences; talk to me first",
        "language": "Polski", "interpreter": "yes", "address": "2 Invented Road, Sampletown", "postcode": "ZZ99 3WZ",
    },
    [
        Kept("contact", {"name": "Ewa Łęk", "relationship": "parent", "is_carer": "yes", "carer_offer": "offered",
                         "acts_as": "parental_responsibility", "may": ["agree_plan", "see_plan", "speak"]}),
        Kept("adjustment", {"what": "Appointments after school", "agreed": "yes"}),
        Kept("consent", {"about": "share_council", "decision": "given", "date": "today", "by": "Zofia and Ewa"}),
        Kept("eligibility", {"cohort": ["cyp_continuing_care", "ehc_plan"], "nature": "ongoing", "form": "integrated"}),
        Kept("information", {"explained": ["what", "steps"], "formats": ["easy_read", "translated"],
                             "back": "Money for my helpers, not for sweets", "offered": ["advocacy"]}),
        Kept("assessment", {"methods": ["face_to_face", "online"], "part": "Zofia, her mum, her school nurse"}),
        Kept("need", {"words": "Seizures in the night", "domain": "seizures", "works": "The mat that rings"}),
        Kept("need", {"words": "Nobody knows yet who helps me when I am 18", "domain": "social"}),
        _goal("Go to college like my friends", "I want a job with animals",
              _do("Visit the college with my helper", "Zofia and her mum", "March 2027"),
              Kept("outcome", {"words": "I travel to college with one helper", "area": "learning"}),
              Kept("support", {"what": "A helper who knows seizures", "kind": "pa", "how_often": "College days"})),
        Kept("contingency", {"name": "A long seizure", "triggers": "More than 5 minutes", "response": "Medicine, 999"}),
        Kept("additional_plan", {"name": "Moving to adult services", "content": "Checklist at 17, decision before 18"}),
        Kept("care_plan", {"coordinator": "Tom Sample, PHB officer", "review_date": "14 February 2027",
                           "risk_procedure": "Rescue medicine as trained", "agreed_name": "Zofia, with her mum"}),
    ],
    ["Animals and my sister", "Mama, Ola, my cat", "Zdjęcia i krótkie zdania", "Sleep keeps me well",
     "Do ask me first", "After school, with the mat", "I am funny"],
    {2: {5: ("1", "My mum and my teacher came")}, 4: {1: ("2", "I do not know about 18")}},
    {"agreed_by": "Zofia Łękówna", "agreed_role": "The person, with her mother", "agreed_how": "signed",
     "agreed_on": "today"},
)  # fmt: skip

RECOVERY = Scenario(
    {"given_name": "Imran", "family_name": "Sample", "nhs_number": "9990000034", "date_of_birth": "about 1990",
     "communication": "Text first, do not ring", "language": "اردو", "phone": "07700 900 103"},
    [
        Kept("eligibility", {"cohort": ["s117_aftercare", "mental_health_recovery"], "nature": "one_off",
                             "form": "individual"}),
        Kept("consent", {"about": "phb", "decision": "given", "date": "today"}),
        Kept("strength", {"words": "I cook for twenty"}),
        Kept("formulation", {"words": "Nights alone, then voices; cooking with others helps"}),
        Kept("need", {"words": "Nights are the worst", "domain": "psychological", "works": "My brother on the phone"}),
        _goal("Cook at the centre again", "People need me there",
              _do("Buy pans and a bus pass", "Imran", "next Friday"),
              Kept("support", {"what": "Pans, a bus pass and a course", "kind": "activity", "management": "notional"})),
        Kept("contingency", {"name": "The voices come back", "triggers": "Three nights awake",
                             "response": "Ring the crisis line", "signs": "I stop cooking"},
             [Kept("coping_strategy", {"words": "Walk to the mosque"})]),
        Kept("excluded_spend", {"asked": "A year of cigarettes", "reason": "tobacco", "rationale": "Regulations",
                                "instead": "Stop-smoking service", "outcome": "left_out"}),
        Kept("care_plan", {"coordinator": "Jo Sample", "agreed_name": "Imran", "agreed_by_person": "yes"}),
        Kept("setup", {"management": "notional", "involved": "I choose the course"}),
    ],
    ["امی کا کھانا، cooking", "My brother", "Text me", "Cooking", "Do not ring at night", "Mornings", ""],
    {5: {1: ("1", "I buy, they pay")}},
    {"agreed_by": "Imran Sample", "agreed_how": "said", "agreed_on": "today"},
)  # fmt: skip

ATTORNEY = Scenario(
    {"given_name": "Arthur", "family_name": "Pennington-Smythe", "known_as": "Arthur", "nhs_number": "9990000042",
     "date_of_birth": "27 3 1941", "communication": "One thing at a time, on his left", "address": "3 Invented Road",
     "take_care": "Ring the bell twice"},
    [
        Kept("contact", {"name": "Ruth Pennington", "relationship": "child", "acts_as": "lpa_health",
                         "may": ["agree_plan", "decide_care"], "evidence": "Power seen 1 October 2026"}),
        Kept("contact", {"name": "Vera Pennington", "relationship": "partner", "is_carer": "yes", "same_home": "yes",
                         "carer_does": "Days", "carer_offer": "declined"}),
        Kept("flag", {"what": "Leaves the house at night", "kind": "safeguarding"}),
        Kept("capacity", {"decision": "How the budget is managed", "support_given": "Morning, pictures, Vera there",
                          "understand": "no", "retain": "no", "impairment": "yes", "causal": "yes",
                          "causal_words": "Because of dementia he does not keep what is said",
                          "conclusion": "lacks", "assessor": "Asha Kumar", "date": "today"},
             [Kept("best_interests", {"wishes": "To stay with Vera", "consulted": "Ruth and Vera",
                                      "options": "Home, care home", "least_restrictive": "Home",
                                      "outcome": "A third party budget at home", "decision_maker": "Ruth"})]),
        Kept("consent", {"about": "phb", "decision": "best_interests", "date": "today", "by": "Ruth Pennington"}),
        Kept("eligibility", {"cohort": ["adult_nhs_chc"], "nature": "ongoing"}),
        Kept("money_choice", {"option": "third_party", "why": "Vera does not want to be an employer"}),
        Kept("need", {"words": "He walks at night and does not find the way back", "domain": "cognition",
                      "works": "Vera's voice, the garden"}),
        _goal("Walk in the garden every day", "He was a gardener",
              _do("Mend the garden gate", "Ruth"),
              Kept("support", {"what": "The same two carers every day", "kind": "agency",
                               "management": "third_party"})),
        Kept("contingency", {"name": "Vera is ill", "triggers": "She has a fever or falls", "response": "Ruth comes"}),
        Kept("care_plan", {"coordinator": "Jo Sample", "safeguarding": "Door sensor, reviewed monthly",
                           "agreed_by_person": "yes", "agreed_name": "Ruth Pennington", "agreed_role": "Attorney"}),
    ],
    ["Vera, roses", "Vera and Ruth", "On his left, slowly", "Sun", "Do call him Arthur", "Evenings", "He sings"],
    {4: {5: ("4", "Asked Ruth, not him")}},
    {"agreed_by": "Ruth Pennington", "agreed_role": "Attorney for health and welfare", "agreed_how": "representative",
     "agreed_on": "today"},
)  # fmt: skip

WHEELCHAIR = Scenario(
    {"given_name": "Bo", "family_name": "Ng 🦽", "nhs_number": "9990000050", "date_of_birth": "1/1/1988",
     "communication": "E-mail", "phone": "07700 900 105"},
    [
        Kept("eligibility", {"cohort": ["nhs_wheelchair"], "nature": "one_off"}),
        Kept("consent", {"about": "phb", "decision": "given", "date": "today"}),
        Kept("need", {"words": "My chair does not reach the school gate", "domain": "mobility"}),
        _goal("Take my son to school", "He asks me every day",
              _do("Try three chairs at the clinic", "Bo and the clinic"),
              Kept("outcome", {"words": "I go up the hill in the rain", "area": "wellbeing"}),
              Kept("support", {"what": "A chair with a riser", "kind": "equipment", "management": "third_party"})),
        Kept("contingency", {"name": "The chair breaks", "triggers": "It beeps or stops", "response": "Ring repairs"}),
        Kept("care_plan", {"coordinator": "Wheelchair service", "agreed_name": "Bo", "agreed_by_person": "yes"}),
    ],
    ["My son", "My son", "E-mail", "Rain is fine", "Do not push my chair", "", ""],
    {3: {1: ("2", "I know about how much")}},
    {"agreed_by": "Bo Ng", "agreed_how": "signed", "agreed_on": "today"},
)  # fmt: skip

WAITS = "make long has the whole visits and lives; make test goes from the unlock screen to central in test_together"
"""Why they do not run without `PHB_LIVES`."""

LIVES = {
    "adult at home": AT_HOME,
    "seventeen": SEVENTEEN,
    "recovery": RECOVERY,
    "attorney": ATTORNEY,
    "wheelchair": WHEELCHAIR,
}

"""Mistakes in the content files, and what their models refuse."""

import shutil
from pathlib import Path

import pytest
from pydantic import BaseModel, ValidationError

from phb_tui.content import completeness_rules, forms, preload, sections, standards, steps, toml_loader
from phb_tui.content.form_field import Choices
from phb_tui.content.form_schema import Form, Groups
from phb_tui.errors import ContentProblem

FILES = preload.files()
TREND = 'parts = [\n  { screen = "trend", title = "What you told us, visit by visit" },\n]'
ATTENDEE = "forms/attendee.toml"
SPEAKS = "page Someone who is here, fields speaks_for"
GOAL = "forms/goal.toml"
S1 = "step S1, statement S1-I1"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the content files that is read instead of them."""
    copy = tmp_path / "data"
    shutil.copytree(str(toml_loader.DATA), copy)
    monkeypatch.setattr(toml_loader, "DATA", copy)
    return copy


def read(file: str) -> BaseModel:
    return toml_loader.validated(FILES[file], file, str)


def problem(data: Path, file: str, old: str, new: str) -> ContentProblem:
    """What is said once something in a file was replaced."""
    text = (data / file).read_text("utf-8")
    assert old in text
    (data / file).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ContentProblem) as raised:
        read(file)
    return raised.value


MISTAKES = [
    # what is not there
    ("steps.toml", 'ask = "If you had', '#ask = "If you had', S1, "ask"),
    ("glossary.toml", "meaning =", "#meaning =", "term Personal Health Budget (PHB)", "meaning"),
    ("completeness.toml", 'source = "PRSB Pers', '#source = "PRSB Pers', "rule goal", "source"),
    ("tasks.toml", "weeks = 1", "", "task coordinator", "weeks"),
    ("framework.toml", "explanation =", "#explanation =", "item X1", "explanation"),
    ("sections.toml", TREND, "", "section step-6", "parts"),
    ("groups.toml", 'label = "Role", ', "", "professional The professional who led this, fields role", "label"),
    ("rates.toml", 'id = "nmw_21"', "", "rate 1", "id"),
    ("rates.toml", '2026-04-01 = "12.71"', '2026-04-01 = "12.715"', "rate nmw_21, from", "2026-04-01"),
    ("rates.toml", '2026-04-01 = "12.71"', '"1 April" = "12.71"', "rate nmw_21", "from"),
    ("rates.toml", 'unit = "percent"', 'unit = "share"', "rate ni_rate", "unit"),
    ("rates.toml", 'rates = ["nmw_21"', 'rates = ["nmw_22"', "expected 1", "rates"),
    # a key that there is not
    ("steps.toml", "number = 6", "number = 6\nlength = 3", "step S6", "length"),
    ("money.toml", 'code = "mixed"', 'code = "mixed"\nrate = 3', "option mixed", "rate"),
    ("sections.toml", '{ kind = "goal" }', '{ kind = "goal", rows = 2 }', "section step-4, parts goal", "rows"),
    (ATTENDEE, "[labels]", "[notes]", "", "notes"),
    (ATTENDEE, 'any = ["name"], ', 'any = ["name"], all = [], ', "needs 1", "all"),
    # a value of another type, or that says nothing
    ("steps.toml", "number = 6", 'number = "6"', "step S6", "number"),
    ("steps.toml", 'short = "Make your plan"', 'short = " "', "step S4", "short"),
    ("money.toml", 'your_part = ["', 'your_part = ["", "', "option notional", "your_part"),
    ("money.toml", 'your_part = ["', 'your_part = [3, "', "option notional", "your_part"),
    ("glossary.toml", 'term = "I statement"', "term = ['I statement']", "term 2", "term"),
    ("choices.toml", 'yes = "Yes"', "yes = true", "yes_no", "yes"),
    ("tasks.toml", "weeks = 1", "weeks = 1.0", "task coordinator", "weeks"),
    (ATTENDEE, "print = false", "print = 0", "", "print"),
    (ATTENDEE, 'line = ["name", "speaks_for"]', 'line = "name"', "", "line"),
    (ATTENDEE, 'arrived = "Here since"', "arrived = 1", "labels", "arrived"),
    ("forms/action.toml", "rows = 2", "rows = true", "page Action, fields what", "rows"),
    # a name of something that there is not
    ("forms/action.toml", 'type = "date"', 'type = "weekday"', "page Action, fields by_when", "type"),
    (ATTENDEE, 'options = "speaks_for"', 'options = "speaks"', SPEAKS, "options"),
    (ATTENDEE, 'under = "visit"', 'under = "visits"', "", "under"),
    (ATTENDEE, 'line = ["name"', 'line = ["names"', "", "line"),
    (ATTENDEE, 'any = ["name"]', 'any = ["names"]', "needs 1", "any"),
    ("forms/action.toml", 'holds = ["stage_goal"]', 'holds = ["stage"]', "", "holds"),
    ("forms/additional_plan.toml", 'group = "review"', 'group = "reviews"', "page reviews", "group"),
    ("forms/additional_plan.toml", 'prefix = "review"', 'prefixes = "review"', "page review", "prefix"),
    ("completeness.toml", 'standing = "needed"', 'standing = "asked"', "rule goal", "standing"),
    ("completeness.toml", 'place = "goal"', 'place = "goals"', "rule goal", "place"),
    ("tasks.toml", 'ways = ["notional", ', 'ways = ["notion", ', "task coordinator", "ways"),
    ("framework.toml", 'group = "person"', 'group = "people"', "item X1", "group"),
    ("framework.toml", "step = 1", "step = 7", "item S1-O1", "step"),
    ("sections.toml", '{ kind = "goal" }', '{ kind = "goals" }', "section step-4, parts goals", "kind"),
    # what is there twice, or not where it belongs
    ("steps.toml", 'id = "S1-I2"', 'id = "S1-I1"', S1, "id"),
    ("steps.toml", 'id = "S2"', 'id = "S3"', "step S3", "id"),
    ("money.toml", 'code = "mixed"', 'code = "notional"', "option notional", "code"),
    ("money.toml", 'code = "nhs_wheelchair"', 'code = "adult_nhs_chc"', "group adult_nhs_chc", "code"),
    ("glossary.toml", 'term = "Carer"', 'term = "Action"', "term Action", "term"),
    ("completeness.toml", 'id = "trigger"', 'id = "goal"', "rule goal", "id"),
    ("tasks.toml", 'id = "commission"', 'id = "coordinator"', "task coordinator", "id"),
    ("framework.toml", 'id = "X2"', 'id = "X1"', "item X1", "id"),
    ("sections.toml", 'id = "people"', 'id = "step-1"', "section step-1", "id"),
    (ATTENDEE, 'name = "role"', 'name = "name"', "page Someone who is here, fields name", "name"),
    ("forms/additional_plan.toml", 'prefix = "recorder"', 'prefix = "professional"', "page recorder", "prefix"),
    # what does not go together
    ("completeness.toml", 'any = ["goal.words"]', 'any = ["goal.words"]\neach = "goal.words"', "rule goal", "any"),
    ("sections.toml", "step = 3", 'step = 3\ntitle = "x"', "section step-3", "title"),
    ("sections.toml", '{ kind = "goal" }', '{ kind = "goal", screen = "plan" }', "section step-4, parts goal", "kind"),
    ("sections.toml", ', title = "About me"', "", "section step-4, parts about_me", "title"),
    (ATTENDEE, 'type = "choice", options', "options", SPEAKS, "options"),
    (ATTENDEE, ', options = "speaks_for"', "", SPEAKS, "options"),
    (ATTENDEE, 'type = "choice", options = "speaks_for"', 'type = "link"', SPEAKS, "of"),
    (ATTENDEE, 'line = ["name", "speaks_for"]', "", "", "line"),
    (ATTENDEE, "title =", 'kind = "visit"\ntitle =', "", "kind"),
    # what is no TOML
    ("steps.toml", "[[step]]", "[[step", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "old", "new", "entry", "field"), MISTAKES, ids=[f"{m[0]}-{m[4]}-{n}" for n, m in enumerate(MISTAKES)]
)
def test_a_mistake_is_told_with_file_entry_and_field(
    data: Path, file: str, old: str, new: str, entry: str, field: str
) -> None:
    """A content file that is not what its model says is a problem that names the file, the entry and the field."""
    found = problem(data, file, old, new)
    assert (found.file, found.entry, found.field) == (file, entry, field)
    assert ", ".join(filter(None, (file, entry, field))) in found.sentence


def test_a_missing_file_is_named(data: Path) -> None:
    """An installation without one of the files says which, and what to do."""
    (data / "money.toml").unlink()
    with pytest.raises(ContentProblem, match=r"install phb-tui again.*money\.toml"):
        read("money.toml")


def test_a_file_that_is_not_text_is_named(data: Path) -> None:
    """A file with bytes that are no UTF-8 is a problem that names it."""
    (data / GOAL).write_bytes(b"\xff\xfe")
    with pytest.raises(ContentProblem, match=GOAL):
        read(GOAL)


def test_every_file_has_a_model() -> None:
    """No content file lies there unread, and every file that is read ahead is there."""
    folder = Path(str(toml_loader.DATA))
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*.toml")} == set(FILES)


def test_a_damaged_file_keeps_nothing_else_from_being_read(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading ahead leaves a problem to whoever uses the file, and reads the others."""
    (data / GOAL).write_text("title = 3", "utf-8")
    monkeypatch.setattr("phb_tui.i18n._chosen", "en_XX")  # a language in which nothing was read yet
    preload.preload()
    assert forms.form("action").title == "Action"
    with pytest.raises(ContentProblem, match=GOAL):
        forms.form("goal")


def models() -> list[BaseModel]:
    """One of each sort of entry."""
    content = steps.load()
    form = forms.form("additional_plan")
    return [
        *(content, content.steps[0], content.statements[0], content.money[0], content.groups[0], content.glossary[0]),
        *(form, *form.page[:2], forms.form("attendee").needs[0], next(form.fields())),
        *(sections.sections()[0], sections.sections()[0].parts[0], standards.items()[0]),
        *(completeness_rules.set_up_tasks()[0], *(read(file) for file in sorted(FILES)[:9])),
    ]


@pytest.mark.parametrize("model", models(), ids=lambda model: type(model).__name__)
def test_content_is_frozen(model: BaseModel) -> None:
    """Nothing that was read can be changed."""
    for name in type(model).model_fields:
        with pytest.raises(ValidationError, match="frozen"):
            setattr(model, name, getattr(model, name))


def test_what_can_be_chosen_cannot_be_changed() -> None:
    """The options of a field and the labels of a form are tables that nobody can write in."""
    options, labels = forms.form("attendee").by_name["speaks_for"].options, forms.form("attendee").labels
    for table in (options, labels):
        with pytest.raises(TypeError):
            table["new"] = "New"  # type: ignore[index] # the type says so as well


@pytest.mark.parametrize("model", FILES.values(), ids=lambda model: model.__name__)
def test_content_models_convert_nothing(model: type[BaseModel]) -> None:
    """Every model is strict, and none but those that are one table takes unknown keys."""
    assert model.model_config["strict"]
    assert model in {Choices, Groups} or model.model_config["extra"] == "forbid"


def test_shared_pages_become_the_forms_own() -> None:
    """A group's fields have the form's prefix and stand under the form's element of the standard."""
    form = forms.form("additional_plan")
    field = form.by_name["review_name"]
    assert field.prsb == ("Additional support plans / Responsibility for review / Name",)
    assert [page.extra for page in form.pages if field in page.fields] == [False]
    assert toml_loader.read(Form, "forms/additional_plan.toml") is form

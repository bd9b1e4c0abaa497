"""The language of the app's own words."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from phb_tui import i18n
from phb_tui.content import forms
from phb_tui.content.steps import load
from phb_tui.errors import PhbError
from phb_tui.i18n import N_, _, n_


@pytest.fixture
def welsh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A real catalogue with a few words of Welsh, in use."""
    catalog = Catalog(locale="cy")
    catalog.add("Continue", "Ymlaen")
    catalog.add("First name", "Enw cyntaf")
    catalog.add("Get clear information", "Cael gwybodaeth glir")
    catalog.add("There is a team with this id already.", "Mae tîm gyda'r id hwn eisoes.")
    catalog.add(("{count} thing", "{count} things"), ("{count} peth", "{count} o bethau", "", "", "", ""))
    buffer = BytesIO()
    write_mo(buffer, catalog)
    folder = tmp_path / "cy" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "phb_tui.mo").write_bytes(buffer.getvalue())
    monkeypatch.setattr(i18n, "CATALOGUES", tmp_path)
    i18n._catalogue.cache_clear()
    i18n.use("cy")
    yield
    i18n.use(i18n.ENGLISH)
    i18n._catalogue.cache_clear()


def test_without_a_catalogue_words_are_english() -> None:
    """Nothing is lost when there is no translation."""
    assert (_("Continue"), n_("{count} thing", "{count} things", 2)) == ("Continue", "{count} things")


@pytest.mark.usefixtures("welsh")
def test_words_come_from_the_catalogue() -> None:
    """Words, fields of forms, steps and the sentences of problems are shown in the language in use."""
    assert _("Continue") == "Ymlaen"
    assert forms.label("person", "given_name") == "Enw cyntaf"
    assert load().step(1).short == "Cael gwybodaeth glir"
    assert PhbError("There is a team with this id already.").sentence.startswith("Mae tîm")


@pytest.mark.usefixtures("welsh")
def test_what_is_not_translated_stays_english() -> None:
    """A message without a translation is shown in English, and the framework's words are never translated."""
    assert _("Nothing is missing.") == "Nothing is missing."
    assert load().step(1).title == "Making contact and getting clear information"


@pytest.mark.usefixtures("welsh")
@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({"LANG": "cy_GB.UTF-8"}, "cy_GB"),
        ({"LANGUAGE": "fr:cy", "LANG": "en_GB"}, "cy"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({"LC_ALL": "C.UTF-8", "LANG": "cy"}, "en"),
        ({}, "en"),
    ],
)
def test_the_environment_chooses(environment: dict[str, str], wanted: str) -> None:
    """The first language asked for that there is a catalogue for is taken."""
    assert i18n.wanted(environment) == wanted


def test_a_marked_message_is_itself() -> None:
    """Marking a message changes nothing."""
    assert N_("Continue") == "Continue"


def test_the_made_up_language_keeps_places_and_lines() -> None:
    """In the made-up language every letter that can be is accented; places for values and line breaks stay."""
    made = i18n.Pseudo().gettext("One {count} thing\nTwo")
    assert "{count}" in made
    assert "\n" in made
    assert made.startswith("[Ôñé ")

"""What is given to whoever installs central is true of the program."""

import re
import shlex
from pathlib import Path

import pytest

from phb_tui.central import cli
from phb_tui.central.storage import migrations

DEPLOY = Path(__file__).parents[3] / "deploy"


def test_every_table_is_spread_by_team() -> None:
    """`citus.sql` names every table central has, once, by its team and beside the others."""
    found = re.findall(r"create_distributed_table\('(\w+)', '(\w+)'(.*?)\);", (DEPLOY / "citus.sql").read_text("utf-8"))
    assert sorted(name for name, _key, _beside in found) == sorted(migrations.table_names())
    assert {key for _name, key, _beside in found} == {"team_id"}
    assert all("colocate_with => 'team'" in beside for name, _key, beside in found if name != "team")


def command_in(text: str) -> list[str]:
    """The arguments `phb-central` is started with in a unit or a container file."""
    if "ExecStart" in text:
        words = re.search(r"ExecStart=\S+/phb-central (.*?)\n[A-Z]", text.replace("\\\n", " "), re.DOTALL)
        return shlex.split(words[1]) if words else []
    words = re.search(r"CMD \[(.*?)\]", text.replace("\\\n", " "), re.DOTALL)
    return re.findall(r'"([^"]+)"', words[1]) if words else []


@pytest.mark.parametrize("name", ["phb-central.service", "Containerfile"])
def test_central_is_started_in_a_way_that_it_knows(name: str) -> None:
    """The command there is one that this version takes, with a certificate, for it listens to the network."""
    options = cli._parse(command_in((DEPLOY / name).read_text("utf-8")))
    assert options.run is cli._serve
    assert options.certfile
    assert options.host == "::"

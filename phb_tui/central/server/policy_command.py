"""`phb-central policy`: checks a team's new policy for money, shows what it changes, asks, and writes it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from phb_tui.central.admin import policy_difference, policy_file
from phb_tui.central.exchange import own_changes
from phb_tui.central.exchange.own_changes import OwnChanges
from phb_tui.central.server.factory import now
from phb_tui.central.storage.repository import Storage
from phb_tui.domain.records.changes import canonical
from phb_tui.errors import SettingsProblem


def read(file: Path, say: Callable[[str], None]) -> dict[str, Any]:
    """The policy in a JSON file.

    Raises:
        SettingsProblem: The file is no policy, after what is wrong was said.
    """
    try:
        return policy_file.read(file.read_text("utf-8-sig"))
    except (OSError, UnicodeError) as error:
        raise SettingsProblem("The file cannot be read. Look at its name.") from error
    except policy_file.PolicyFileProblem as error:
        for problem in error.problems:
            say(problem)
        raise


def write(
    storage: Storage, team_id: str, found: dict[str, Any], say: Callable[[str], None], agrees: Callable[[str], bool]
) -> None:
    """Write a policy as central's own change, unless it is the one in force.

    Args:
        storage: Central's storage.
        team_id: The team.
        found: The policy.
        say: Says one line to whoever runs the command.
        agrees: Asks them a question; whether they say yes.

    Raises:
        SettingsProblem: There is no such team, or another policy was written meanwhile.
    """
    before = storage.read({team_id}, lambda tables: own_changes.in_force(tables, team_id, own_changes.POLICY))
    different = policy_difference.lines(json.loads(before.text or "{}"), found)
    if not different and before.version:
        say(f"The team has this policy already: version {before.version}. Nothing was written.")
        return
    for line in different:
        say(line)
    for key in sorted(found.keys() - policy_file.KNOWN):
        say(f"{key}: this version does not know it, and sends it on as it is")
    if not agrees(f"Send this to the team's laptops as version {before.version + 1}?"):
        say("Nothing was written.")
        return
    day = now().date().isoformat()
    version = OwnChanges(storage, now).write_policy(team_id, canonical(found), day, before.version)
    say(f"Version {version} is in force from {day}. Laptops get it when they next ask.")

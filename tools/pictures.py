"""Takes the screenshots of docs/screens.md from the demo's invented people: `python -m tools.pictures`."""

import asyncio
import re
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from phb_tui import demo
from phb_tui.app.phb_app import PhbApp
from phb_tui.content.sections import section
from phb_tui.keys.passphrase import FLOOR
from phb_tui.screens.base.screen import BaseScreen
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.person.about_me import AboutMeScreen
from phb_tui.screens.person.person_overview import PersonOverviewScreen
from phb_tui.screens.person.section import SectionScreen
from phb_tui.screens.plan.copies import CopiesScreen
from phb_tui.screens.plan.money import MoneyScreen
from phb_tui.screens.plan.plan_overview import PlanScreen
from phb_tui.screens.plan.preview import PreviewScreen
from phb_tui.screens.visit.conversation import ConversationScreen
from phb_tui.screens.visit.today import TodayScreen
from phb_tui.services.person import caseload
from phb_tui.services.records import record_lists
from phb_tui.services.session import Joining, Nurse, Session
from phb_tui.services.start import unlocking
from phb_tui.services.visit import visits
from phb_tui.settings import Settings

FOLDER = Path(__file__).parents[1] / "docs" / "screens"
NOW = datetime(2026, 11, 23, 10, 42, tzinfo=UTC)
SIZE = (90, 28)

PICTURES: dict[str, tuple[str, Callable[[Session, str], BaseScreen]]] = {
    "person": ("One person: the visit, the six steps, the plan", lambda _, p: PersonOverviewScreen(p)),
    "visit": ("Before, during and after a visit", lambda _, p: TodayScreen(p)),
    "statement": ("The conversation: one I statement", lambda s, p: ConversationScreen(visits.start(s, p), 1)),
    "about-me": ("About me, in the person's words", lambda _, p: AboutMeScreen(p)),
    "step": ("A step and its parts", lambda _, p: SectionScreen(p, section("step-4"))),
    "money": ("The ways to manage the money, to read together", lambda _, p: MoneyScreen(p)),
    "goal": (
        "Something the person wants, with what will happen for it",
        lambda s, p: FormScreen(record_lists.of(s, "goal", p)[0]),
    ),
    "plan": ("The plan to keep", lambda _, p: PlanScreen(p)),
    "read": ("Reading the plan together", lambda _, p: PreviewScreen(p)),
    "copies": ("Copies to print", lambda _, p: CopiesScreen(p)),
}
"""The ten main screens: file name, caption, and how the screen is made."""


async def _take(session: Session, data: Path) -> None:
    app = PhbApp(Settings(data, sync_every=0))
    async with app.run_test(size=SIZE) as pilot:
        app.opened(session)
        await pilot.pause()
        person_id = next(line.person_id for line in caseload.lines(session, 0, 50) if line.name.startswith("Annie"))
        for name, (_words, made) in PICTURES.items():
            await app.push_screen(made(session, person_id))
            await pilot.pause()
            # Without the fonts that Textual would fetch: a page of ours asks nobody for anything.
            picture = re.sub(r"@font-face \{.*?\}", "", app.export_screenshot(title="phb-tui"), flags=re.DOTALL)
            (FOLDER / f"{name}.svg").write_text(picture, encoding="utf-8")
            await app.pop_screen()
        app._session = None  # noqa: SLF001 - the store is closed below


def main() -> None:
    """Take every screenshot and write the page that shows them."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        data = Path(name)
        nurse = Nurse("demo-nurse", "Demo Nurse", "nurse advisor")
        joining = Joining("http://127.0.0.1:9", demo.TEAM, "demo-laptop", "code", "", nurse)
        unlocking.set_up(data / "stores", demo.PASSPHRASE, joining, FLOOR)
        session = unlocking.unlock(data / "stores", demo.PASSPHRASE, now=lambda: NOW)
        try:
            demo.write_caseload(session)
            asyncio.run(_take(session, data))
        finally:
            session.close()
    shown = "\n".join(f"## {words}\n\n![{words}](screens/{name}.svg)\n" for name, (words, _) in PICTURES.items())
    about = "Taken from the demo by `python -m tools.pictures`; everybody is invented."
    page = f"# The ten main screens\n\n{about}\n\n{shown}"
    (FOLDER.parent / "screens.md").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()

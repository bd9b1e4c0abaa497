"""A team lead's morning at central, in a real browser, with a real provider and a real laptop."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from selenium.common.exceptions import WebDriverException
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait

from phb_tui.central.auth import roles
from phb_tui.central.storage.repository import Storage
from phb_tui.errors import LaptopLocked
from phb_tui.services.person import caseload
from phb_tui.services.records import editing
from phb_tui.services.session import Session
from phb_tui.services.sync import sync_service
from phb_tui.services.sync.enrolment import read_code
from tests import factories, stores
from tests.central.client_requests import PUBLIC, TEAM, asking, changes, request
from tests.central.decision.office import Office
from tests.oidc.running import Settings, add_user, browser, central, needs

ASKED = "request-3"
"""The request to the panel."""
PASSPHRASE = "four plain words together"
PICTURES = os.environ.get("PHB_TESTS_PICTURES", "")
"""A folder for pictures of every page, for somebody to look at; "" for none."""
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--window-size=1100,900",
)  # fmt: skip


class Chromium:
    """A real browser with nobody's settings."""

    def __init__(self, driver: Chrome) -> None:
        self.driver = driver

    def wait(self) -> WebDriverWait[Chrome]:
        """Waits for the next page, whatever becomes of this one meanwhile."""
        return WebDriverWait(self.driver, 10, 0.05, [WebDriverException])

    def see(self, words: str) -> str:
        """Wait until a page says something; all that it says."""

        def said(driver: Chrome) -> str:
            text = str(driver.find_element(By.TAG_NAME, "body").text)
            return text if words in text else ""

        text = self.wait().until(said)
        self.picture(words)
        return text

    def picture(self, words: str) -> None:
        """Keep what is seen as a picture, where somebody wants them."""
        if PICTURES:
            name = "".join(letter if letter.isalnum() else "-" for letter in words)
            self.driver.save_screenshot(f"{PICTURES}/{name}.png")

    def follow(self, words: str) -> None:
        self.driver.find_element(By.LINK_TEXT, words).click()

    def press(self, words: str) -> None:
        self.driver.find_element(By.XPATH, f"//button[normalize-space()={words!r}]").click()

    def sign_in(self, address: str, name: str) -> None:
        self.driver.get(address)
        self.follow("Sign in")
        field = self.wait().until(lambda driver: driver.find_element(By.ID, "name"))
        field.send_keys(name, Keys.ENTER)


@pytest.fixture
def chromium(tmp_path: Path) -> Iterator[Chromium]:
    program, driver = shutil.which("chromium"), shutil.which("chromedriver")
    needs(bool(program and driver), "chromium and its driver (apt-get install chromium chromium-driver)")
    options = ChromeOptions()
    options.binary_location = program or ""
    for switch in (*QUIET, f"--user-data-dir={tmp_path / 'browser'}"):
        options.add_argument(switch)
    chrome = Chrome(options, Service(driver))
    yield Chromium(chrome)
    chrome.quit()


@pytest.fixture
def storage() -> Iterator[Storage]:
    """North has a lead, a nurse and a laptop that has sent something."""
    made = Storage.on_sqlite(None)
    factories.admit(made, TEAM, "d0", factories.nurse("d0"), PUBLIC)
    for name, role in (("lee", roles.TEAM_LEAD), ("amal", roles.AUDITOR), ("bo", roles.COMMISSIONER)):
        add_user(made, TEAM, name, role)
    yield made
    made.close()


@contextmanager
def laptop(folder: Path, code: str) -> Iterator[Session]:
    """A laptop that is set up with a joining code."""
    stores.set_up(folder, PASSPHRASE, read_code(code))
    with stores.unlocked(folder, PASSPHRASE) as session:
        yield session


def send(session: Session) -> None:
    editing.save(session, caseload.add(session), {"given_name": "Rhys", "family_name": "Price"})
    sync_service.sync_now(session, lambda _: None)


def test_a_team_lead_lets_a_laptop_in_and_locks_it(
    chromium: Chromium, storage: Storage, issuer: str, tmp_path: Path
) -> None:
    """She signs in, makes a code, a laptop joins with it, she locks it and signs out; then Back shows nothing."""
    with central(storage, Settings(issuer)) as address:
        with asking(address, "d0") as line:
            line.sync(request("d0", changes("d0", 1, 3)))
        chromium.sign_in(address, "sub-lee")
        chromium.see("Changes received")
        chromium.follow("Laptops")
        assert "In use" in chromium.see("Laptops that have joined")
        chromium.follow("Make a joining code")
        chromium.see("Whose laptop will it be?")
        Select(chromium.driver.find_element(By.ID, "staff")).select_by_visible_text("Nurse d0, nurse advisor")
        chromium.press("Make the code")
        assert "Nurse d0" in chromium.see("Give this code to")
        code = chromium.driver.find_element(By.ID, "code").text
        with laptop(tmp_path / "stores", code) as session:
            send(session)
            chromium.follow("All laptops")
            chromium.see("Laptops that have joined")
            links = chromium.driver.find_elements(By.CSS_SELECTOR, "td a")
            next(link for link in links if link.text != "Laptop d0").click()
            chromium.see("What you can do")
            chromium.follow("Lock this laptop")
            chromium.see("keeps the laptop out at once")
            chromium.press("Lock this laptop")
            assert "to lock itself, since" in chromium.see("Waiting for its next sync")
            with pytest.raises(LaptopLocked):
                send(session)
        chromium.follow("Changes received")
        chromium.see("Rhys Price")
        chromium.press("Sign out")
        chromium.see("If you work in a team, sign in")
        chromium.driver.back()
        assert "Rhys Price" not in chromium.see("You are not signed in")


def ask_panel(storage: Storage) -> None:
    """Ask north's panel for a decision."""
    office = Office(storage)
    assert office.ask(office.keep("1600.00"), to=roles.PANEL, wish="averylongwordthatnobodyeverbreaks" * 3) == ASKED
    add_user(storage, TEAM, "pat", roles.PANEL)


def test_a_member_of_the_panel_decides(chromium: Chromium, storage: Storage, issuer: str) -> None:
    """She signs in, reads what waits, forgets the reasons, finds what she chose still there, and decides."""
    ask_panel(storage)
    with central(storage, Settings(issuer)) as address:
        chromium.sign_in(address, "sub-pat")
        assert "1,600.00 a week" in chromium.see("Waiting for the panel")
        chromium.follow("Rhys")
        chromium.see("The budget, line by line")
        Select(chromium.driver.find_element(By.ID, "outcome")).select_by_visible_text("Yes")
        chromium.press("Decide")
        chromium.see("Write why, in words the person can read.")
        chosen = Select(chromium.driver.find_element(By.ID, "outcome")).first_selected_option.text
        chromium.driver.find_element(By.ID, "reasons").send_keys("It meets the goal.")
        chromium.press("Decide")
        assert (chosen, "Pat North" in chromium.see("Nothing waits for the panel.")) == ("Yes", True)


PAGES = {
    "pat": ("/decisions", f"/decisions/{ASKED}"),
    "lee": ("", "/laptops", "/laptops/d0", "/laptops/d0/wipe", "/code", "/same", "/aside", "/staff"),
    "amal": ("/audit",),
    "bo": ("/figures",),
    "nobody": (),
}
ROOT = "document.documentElement"
WRONG = f"return [{ROOT}.scrollWidth - {ROOT}.clientWidth, document.scripts.length, {ROOT}.lang, document.title]"


def test_every_page_fits_a_small_screen(chromium: Chromium, storage: Storage) -> None:
    """At 320 pixels no page has to be moved sideways; each has a language, a heading, and no script."""
    ask_panel(storage)
    small = {"width": 320, "height": 700, "deviceScaleFactor": 1, "mobile": False}
    with central(storage) as address:
        with asking(address, "d0") as line:
            line.sync(request("d0", changes("d0", 1, 3, value="a word and averylongwordthatnobodyeverbreaks" * 3)))
        chromium.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", small)
        for name, pages in PAGES.items():
            chromium.driver.get(address)
            with browser(address, f"sub-{name}") as who:
                chromium.driver.add_cookie({"name": "phb-visit", "value": who.client.cookies["phb-visit"]})
            for path in ("/", *(f"/team/{TEAM}{page}" for page in pages)):
                chromium.driver.get(f"{address}{path}")
                heading = chromium.driver.find_element(By.TAG_NAME, "h1").text
                chromium.picture(f"small {name} {path} {heading}")
                assert chromium.driver.execute_script(WRONG) == [0, 0, "en", heading], path
                assert "problem" not in heading, path

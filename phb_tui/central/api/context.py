"""What central's endpoints work with: its services, its storage, its log and its limits."""

from dataclasses import dataclass, field

from phb_tui.central.admin.devices import Access
from phb_tui.central.auth.login_settings import Door
from phb_tui.central.exchange.bundle_service import Bundles
from phb_tui.central.exchange.restored_device import Successions
from phb_tui.central.exchange.sync_service import CentralService
from phb_tui.central.http.json_log import Log
from phb_tui.central.http.limits import Limits
from phb_tui.central.storage.repository import Storage


@dataclass(frozen=True, slots=True)
class Central:
    """Everything central's HTTP face speaks for.

    Attributes:
        service: Answers the exchange.
        access: Lets laptops in and keeps them out.
        bundles: Answers what was carried on a stick.
        successions: Lets laptops go on that were put back.
        storage: What central keeps.
        log: Where its log goes.
        limits: How much it does at once.
        door: Who signs in and how; None where nobody does.
    """

    service: CentralService
    access: Access
    bundles: Bundles
    successions: Successions
    storage: Storage
    log: Log = field(default_factory=Log)
    limits: Limits = field(default_factory=Limits)
    door: Door | None = None

"""What central's endpoints work with: its services, its storage, its log and its limits."""

from dataclasses import dataclass, field

from phb_tui.central.admin.devices import DeviceRegistry
from phb_tui.central.auth.login_settings import Login
from phb_tui.central.exchange.bundle_service import BundleService
from phb_tui.central.exchange.restored_device import DeviceSuccession
from phb_tui.central.exchange.sync_service import SyncService
from phb_tui.central.http.json_log import JsonLog
from phb_tui.central.http.limits import Limits
from phb_tui.central.storage.repository import Storage


@dataclass(frozen=True, slots=True)
class Central:
    """Everything central's HTTP face speaks for.

    Attributes:
        sync: Answers the exchange.
        devices: Lets laptops in and keeps them out.
        bundles: Answers what was carried on a stick.
        successions: Lets laptops go on that were put back.
        storage: What central keeps.
        log: Where its log goes.
        limits: How much it does at once.
        login: Who signs in and how; None where nobody does.
    """

    sync: SyncService
    devices: DeviceRegistry
    bundles: BundleService
    successions: DeviceSuccession
    storage: Storage
    log: JsonLog = field(default_factory=JsonLog)
    limits: Limits = field(default_factory=Limits)
    login: Login | None = None

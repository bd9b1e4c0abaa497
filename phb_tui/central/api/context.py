"""Central's services, storage, log and limits, as one value that its endpoints are built from."""

from dataclasses import dataclass, field

from phb_tui.central.admin.devices import DeviceRegistry
from phb_tui.central.auth.login_settings import Login
from phb_tui.central.exchange.bundle_service import BundleService
from phb_tui.central.exchange.money.panel import PanelDecisions
from phb_tui.central.exchange.restored_device import DeviceSuccession
from phb_tui.central.exchange.sync_service import SyncService
from phb_tui.central.http.json_log import JsonLog
from phb_tui.central.http.limits import Limits
from phb_tui.central.storage.repository import Storage


@dataclass(frozen=True, slots=True)
class Central:
    """Everything that central's HTTP endpoints are built from.

    Attributes:
        sync: Answers sync requests.
        devices: Enrols, commands and revokes laptops.
        bundles: Answers bundles carried on a USB stick.
        successions: Gives restored laptops a new device id.
        panel: Writes what a team's panel decides.
        storage: Central's storage.
        log: The JSON log.
        limits: Of concurrency and request rates.
        login: The login; None when users cannot sign in.
    """

    sync: SyncService
    devices: DeviceRegistry
    bundles: BundleService
    successions: DeviceSuccession
    panel: PanelDecisions
    storage: Storage
    log: JsonLog = field(default_factory=JsonLog)
    limits: Limits = field(default_factory=Limits)
    login: Login | None = None

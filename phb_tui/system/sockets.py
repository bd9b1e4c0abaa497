"""Socket options that differ between operating systems."""

import socket
import sys


def reuse_address(listener: socket.socket) -> None:
    """Set SO_REUSEADDR, so that a restarted service can listen while old connections are in TIME_WAIT.

    Windows allows that anyway, and there the option would let two programs share the port.
    """
    if sys.platform != "win32":
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)

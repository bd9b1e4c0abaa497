"""Options of sockets that differ between systems."""

import socket
import sys


def reuse_address(listener: socket.socket) -> None:
    """Let a service that was started again listen where its last connections still linger.

    Windows allows that anyway, and there the option would let two programs share the port.
    """
    if sys.platform != "win32":
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)

"""Opens the TCP socket that central listens on."""

import socket

from phb_tui.errors import SettingsProblem
from phb_tui.system.sockets import reuse_address


def listen(host: str, port: int) -> socket.socket:
    """A listening TCP socket on a host and port; port 0 for any free one.

    Raises:
        SettingsProblem: The port is taken.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sets TCP_NODELAY (40 ms an answer) only on a socket whose protocol is named.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    reuse_address(listener)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise SettingsProblem(f"Port {port} is in use. Choose another with --port.") from error
    listener.listen(4096)
    return listener

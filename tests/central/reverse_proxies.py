"""Reverse proxies in front of central: an ordinary one of our own that keeps what visitors say, and nginx."""

import http.client
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.oidc.running import free_port

_HOP = {"connection", "transfer-encoding", "keep-alive"}
_NGINX = """
daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error;
events {{ worker_connections 64; }}
http {{
  access_log off; client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  server {{ listen 127.0.0.1:{port}; location / {{ proxy_pass {central}; proxy_set_header Host $http_host; }} }}
}}
"""


class _Handler(BaseHTTPRequestHandler):
    """Passes a request on as it came, with who asks added as proxies do."""

    central = ("", 0)

    def _pass_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        line = http.client.HTTPConnection(*self.central, timeout=20)
        line.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
        for name, value in self.headers.items():
            if name.lower() not in _HOP:
                line.putheader(name, value)
        line.putheader("X-Forwarded-For", self.client_address[0])
        line.endheaders(body)
        answer = line.getresponse()
        words = answer.read()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in _HOP | {"content-length"}:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(words)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(words)
        line.close()

    do_GET = do_POST = do_HEAD = _pass_on  # noqa: N815 - the names http.server calls

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@contextmanager
def plain(central: str) -> Iterator[str]:
    """A reverse proxy; its address."""
    parts = urlsplit(central)
    handler = type("Handler", (_Handler,), {"central": (parts.hostname, parts.port)})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join(10)


@contextmanager
def nginx(central: str, folder: Path) -> Iterator[str]:
    """The real nginx in front of central, set up as its documentation shows; its address."""
    program = shutil.which("nginx")
    if program is None:
        pytest.skip("nginx is not on this machine")
    port = free_port()
    settings = folder / "nginx.conf"
    settings.write_text(_NGINX.format(folder=folder, port=port, central=central), encoding="utf-8")
    with subprocess.Popen([program, "-p", folder, "-c", settings], stderr=subprocess.DEVNULL) as process:
        try:
            _wait_for(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _wait_for(port: int) -> None:
    """Until something listens on a port of this machine."""
    deadline = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except OSError:
            assert time.monotonic() < deadline, "nginx does not listen"
            time.sleep(0.05)
        else:
            return

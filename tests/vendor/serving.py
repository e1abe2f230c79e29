"""The mock vendor on a loopback address, for the real program."""

from __future__ import annotations

import os
import socket
import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from tests.vendor.mock_vendor import MockVendor


class _Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of lines that were cut: they are the tests' own doing."""


class _Handler(WSGIRequestHandler):
    def get_environ(self) -> dict[str, object]:
        return super().get_environ() | {"mock.cut": self._cut}

    def _cut(self) -> None:
        """Cut the line with a reset, in place of an answer."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        os.close(self.connection.detach())
        raise ConnectionResetError

    def log_message(self, *_arguments: object) -> None:
        """Write no log."""


@contextmanager
def served(vendor: MockVendor) -> Iterator[str]:
    """Serve the mock for the block; yield its address, without a slash at the end."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.set_app(vendor)  # type: ignore[arg-type]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def variables(address: str) -> dict[str, str]:
    """Return the environment in which the program asks the mock."""
    return {
        "PARTNER_TUI_API_URL": f"{address}/v3",
        "PARTNER_TUI_AUTH_URL": f"{address}/auth",
        "PARTNER_TUI_PARTNER_TOKEN_URL": f"{address}/partner/token",
    }

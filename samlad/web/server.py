"""Running the front: the socket, the worker beside it, the orderly stop."""

import gc
import os
import socket
import sys
from contextlib import ExitStack

import uvicorn
from django.conf import settings

from samlad.journal.followers import Worker
from samlad.journal.tail import Watch
from samlad.notify.caller import Caller
from samlad.web import live
from samlad.web.front import Front
from samlad.web.wire import Wire
from samlad.web.wiring import workers

PATIENCE = 5  # seconds that pages under way get when the server is told to stop


class Server(uvicorn.Server):
    """uvicorn's server, which ends the live streams first: it would wait for them, and they never end by themselves."""

    def __init__(self, front: Front, worker: bool) -> None:
        options = uvicorn.Config(
            front,
            lifespan="on",
            ws="none",
            access_log=False,
            server_header=False,
            http=Wire,
            log_config=None,
            # Who the client is, and that the line is encrypted, is believed of a declared proxy only.
            proxy_headers=settings.BEHIND_TLS,
            forwarded_allow_ips=settings.PROXIES,
            ssl_certfile=settings.TLS_CERT or None,
            ssl_keyfile=settings.TLS_KEY or None,
            ssl_keyfile_password=settings.TLS_KEY_PASSWORD or None,
            timeout_keep_alive=30,
            timeout_graceful_shutdown=PATIENCE,
        )
        super().__init__(options)
        self.threads: list[Watch | Worker | Caller] = [Watch(), *(workers() if worker else ())]

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start streams and worker, then listen."""
        await super().startup(sockets)
        for thread in self.threads:
            thread.start()
        # What is loaded now stays: the collector need not walk it again (its pauses were the slowest deliveries).
        gc.collect()
        gc.freeze()
        gc.set_threshold(50_000, 20, 100)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take no more requests, end the streams, let pages and the worker finish."""
        for thread in self.threads:
            thread.stop()
        live.hub.stop()
        await super().shutdown(sockets)


def serve(host: str, port: int, *, worker: bool) -> None:
    """Serve until SIGTERM or SIGINT. Port 0 takes a free one; the address is printed when it can be visited.

    Raises OSError when the address can't be had.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with ExitStack() as stack:
        listening = stack.enter_context(socket.create_server((host, port), family=family, backlog=2048))
        # By name where a name does: a browser makes no passkeys for a bare address.
        shown = "localhost" if host == "127.0.0.1" else f"[{host}]" if ":" in host else host
        address = f"{'https' if settings.TLS_CERT else 'http'}://{shown}:{listening.getsockname()[1]}"
        if "SAMLAD_URL" not in os.environ:
            settings.SAMLAD_URL = address  # links in messages lead here
        sys.stdout.write(f"Samlad: {address}/\n")
        sys.stdout.flush()
        Server(Front(), worker).run(sockets=[listening])

"""A network that can be away: TikTok's media hosts, each led to the test's server or to nobody."""

from __future__ import annotations

import math
import socket
import ssl
from collections.abc import Iterable, Sequence
from typing import Any

import httpcore

from tests.media.download.conftest import Time
from tests.media.download.server import MediaServer

HOSTS = ("video-va.tiktokv.com", "video-sg.tiktokv.com", "p16-sign-va.tiktokcdn.com")
TROUBLES = ("refused", "unknown", "silent", "private", "no TLS", "not TikTok's")


class Network(httpcore.NetworkBackend):
    """`down` names what is wrong with a host, or with the whole network as `*`; `tried` the hosts
    that were asked for, in order. What is right leads to the server, without TLS."""

    def __init__(self, server: MediaServer, time: Time) -> None:
        self.server = server
        self.time = time
        self.down: dict[str, str] = {}
        self.tried: list[str] = []
        self.back_after: int | None = None
        """After so many tries to connect everything is right."""
        self.gone_after = math.inf
        """After so many bytes nothing comes any more."""

    def link(self, host: str, name: str) -> str:
        return f"https://{host}/storage/v1/b/{name}?x-tos-signature=CANARY"

    def trouble(self, host: str) -> str | None:
        if self.back_after is not None and len(self.tried) > self.back_after:
            self.down.clear()
        return self.down.get(host, self.down.get("*"))

    def count(self, size: int) -> None:
        self.gone_after -= size
        if self.gone_after <= 0:
            self.gone_after = math.inf
            self.down["*"] = "unknown"

    def resolve(self, host: str, port: int) -> Sequence[str]:
        self.tried.append(host)
        trouble = self.trouble(host)
        if trouble == "unknown":
            raise socket.gaierror(-2, "Name or service not known")
        # The host is told by its address, as a connection is made to nothing else.
        return ["192.168.0.1" if trouble == "private" else f"8.8.8.{HOSTS.index(host)}"]

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        trouble = self.trouble(HOSTS[int(host.rpartition(".")[2])])
        if trouble == "refused":
            raise httpcore.ConnectError("refused")
        if trouble == "silent":
            self.time.sleep(timeout or 0)
            raise httpcore.ConnectTimeout("nothing")
        inner = httpcore.SyncBackend().connect_tcp("127.0.0.1", self.server.port, timeout)
        return _Stream(inner, trouble, self)


class _Stream(httpcore.NetworkStream):
    def __init__(
        self, inner: httpcore.NetworkStream, trouble: str | None, network: Network
    ) -> None:
        self._inner = inner
        self._trouble = trouble
        self._network = network

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        if "*" in self._network.down:
            raise httpcore.ReadError("the network is gone")
        data = self._inner.read(max_bytes, timeout)
        self._network.count(len(data))
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if "*" in self._network.down:
            raise httpcore.WriteError("the network is gone")
        self._inner.write(buffer, timeout)

    def close(self) -> None:
        self._inner.close()

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        if self._trouble is None:
            return self
        self._inner.close()
        if self._trouble == "no TLS":
            raise httpcore.ConnectError("reset")
        raise httpcore.ConnectError(ssl.SSLCertVerificationError(1, "of somebody else"))

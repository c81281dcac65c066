"""Which links may be followed and which addresses connected to. An export is data that anybody may
have edited: a link of it must never reach into the creator's own network.

`check_link` looks at the text alone and keeps it byte for byte, because the query is signed;
`check_addresses` looks at what the name resolved to, all of it, before anything is connected.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TypeAlias

from crossover.errors import UsageProblem
from crossover.package_data import load_data

Resolve: TypeAlias = Callable[[str, int], Sequence[str]]

_LINK = re.compile(r"(?i)(https?)://([^/?#]*)([^#]*)(?:#.*)?")
_NAME = re.compile(r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9])?)+")
_PORTS = {"http": 80, "https": 443}

_FORBIDDEN = tuple(
    ipaddress.ip_network(network)
    for network in (
        # Listed, because what Python calls global changes with its version.
        "192.0.0.0/24",  # protocol assignments
        "192.88.99.0/24",  # 6to4 relays
        "2001::/23",  # protocol assignments; Teredo: an IPv4 address in IPv6's clothes
        "2002::/16",  # 6to4, the same
        "3fff::/20",  # documentation
    )
)
_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
"""NAT64 (64:ff9b::/96, 64:ff9b:1::/48) and IPv4-mapped addresses lie outside of it."""


class NotAllowedError(Exception):
    """A link or address that is not followed; the text says why and holds no part of a query."""


@dataclass(frozen=True, slots=True)
class ExtraHost:
    """One more host, named by the creator with `--media-host`. Without a port: its usual one."""

    host: str
    port: int | None = None

    @property
    def loopback(self) -> bool:
        """Whether it is this very computer: then, and only then, plain http will do."""
        address = _literal(self.host)
        return self.host == "localhost" if address is None else address.is_loopback


@dataclass(frozen=True, slots=True)
class MediaAddress:
    """Where a request goes. `path` is path and query exactly as the link had them."""

    scheme: str
    host: str
    port: int
    path: str = field(repr=False)


def parse_extra_host(text: str) -> ExtraHost:
    """`HOST`, `HOST:PORT` or `[IPv6]:PORT`. Raises `UsageProblem` for anything else."""
    found = re.fullmatch(r"(?:\[([0-9a-fA-F:.]+)\]|([^\s:/@\[\]?#]+))(?::([0-9]{1,5}))?", text)
    host = (found[1] or found[2]).lower() if found else ""
    port = int(found[3]) if found and found[3] else None
    known = host == "localhost" or _literal(host) is not None or _NAME.fullmatch(host)
    if not known or (port is not None and not 0 < port < 65536):
        raise UsageProblem(
            f"{text!r} is no host.", next="Name it as HOST or HOST:PORT, for example 127.0.0.1:8080"
        )
    return ExtraHost(host, port)


def check_link(url: str, extra_host: ExtraHost | None = None) -> MediaAddress:
    """The target of a link that may be followed.

    That is https on port 443 of a media host of TikTok, or the host named by hand. Raises
    `NotAllowedError` for every other: another scheme, port or host, a user name, an address in
    place of a name, letters outside of ASCII, a trailing dot.
    """
    if not url.isascii() or re.search(r"[\x00-\x20\x7f\\]", url):
        raise NotAllowedError("it is no plain link")
    parts = _LINK.fullmatch(url)
    if parts is None:
        raise NotAllowedError("it is no https link")
    scheme, place, path = parts[1].lower(), parts[2].lower(), parts[3]
    found = re.fullmatch(r"(\[[^\]]*\]|[^:]*)(?::([0-9]{1,5}))?", place)
    if found is None:
        raise NotAllowedError("its host cannot be read")
    host = found[1].strip("[]")
    port = int(found[2]) if found[2] else _PORTS[scheme]
    path = path if path.startswith("/") else f"/{path}"
    if extra_host and host == extra_host.host and port == (extra_host.port or _PORTS[scheme]):
        if scheme == "http" and not extra_host.loopback:
            raise NotAllowedError("it is not https")
        return MediaAddress(scheme, host, port, path)
    if not _NAME.fullmatch(host) or not host.endswith(
        tuple(f".{name}" for name in media_domains())
    ):
        raise NotAllowedError("it does not lead to TikTok's media hosts")
    if scheme != "https":
        raise NotAllowedError("it is not https")
    if port != _PORTS["https"]:
        raise NotAllowedError("it leads to an unusual port")
    return MediaAddress(scheme, host, port, path)


@cache
def media_domains() -> tuple[str, ...]:
    """The domains of TikTok's media hosts, from `hosts.yaml`."""
    return tuple(load_data("crossover.media.download", "hosts.yaml")["below"])


def check_addresses(addresses: Sequence[str], *, loopback: bool = False) -> tuple[str, ...]:
    """The addresses a name resolved to, when every one of them is a public one.

    One forbidden answer among good ones refuses them all. `loopback`: all must be this very
    computer instead. Raises `NotAllowedError`.
    """
    if not addresses:
        raise NotAllowedError("its host has no address")
    for text in addresses:
        address = _literal(text)
        if address is None or (not address.is_loopback if loopback else not _public(address)):
            raise NotAllowedError("its host lies inside a private or special network")
    return tuple(addresses)


def resolve(host: str, port: int) -> Sequence[str]:
    """The addresses of a host by the system's resolver. Raises `OSError`."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def _public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    if any(address in network for network in _FORBIDDEN if network.version == address.version):
        return False
    if address.version == 6 and address not in _GLOBAL_UNICAST:
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved)


def _literal(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None

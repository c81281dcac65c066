"""A link of an export reaches TikTok's media hosts on public addresses, and nothing else, ever."""

from __future__ import annotations

import ipaddress
import socket
import subprocess
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import httpcore
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossover.errors import UsageProblem
from crossover.media.download.addresses import (
    ExtraHost,
    NotAllowedError,
    check_addresses,
    check_link,
    parse_extra_host,
)
from crossover.media.download.connections import Watch
from crossover.media.download.http import MediaClient
from crossover.media.download.outages import Intercepted
from crossover.media.download.outcomes import Ended, LinkState
from crossover.runtime.retry import Again
from tests.media.download.conftest import Time
from tests.media.download.server import MediaServer, redirect
from tests.programs import program

GOOD = "https://video-va.tiktokv.com/storage/v1/b/film?x-tos-signature=s"
PUBLIC = ("8.8.8.8", "2600:9000:2000::1", "23.40.1.2")
PRIVATE = (
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",
    "10.0.0.1",
    "100.64.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.0.8",
    "192.0.0.9",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "224.0.0.1",
    "239.1.1.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "64:ff9b::808:808",
    "64:ff9b:1::7f00:1",
    "100::1",
    "2001:0:7f00:1::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:808:808::1",
    "2001:20::1",
    "3fff::1",
    "3fff:fff::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "not an address",
)
REFUSED_LINKS = (
    "http://127.0.0.1:{port}/",
    "https://127.0.0.1:{port}/",
    "http://[::1]:{port}/",
    "https://[::ffff:127.0.0.1]/",
    "https://169.254.169.254/latest/meta-data",
    "http://2130706433:{port}/",
    "http://0177.0.0.1:{port}/",
    "http://0x7f.0.0.1:{port}/",
    "http://0x7f000001:{port}/",
    "http://127.1:{port}/",
    "https://[64:ff9b::7f00:1]/",
    "https://[2002:7f00:1::]/",
    "http://localhost:{port}/",
    "https://localhost/",
    "file:///etc/passwd",
    "ftp://video-va.tiktokv.com/film",
    "gopher://127.0.0.1:{port}/",
    "//video-va.tiktokv.com/film",
    "video-va.tiktokv.com/film",
    "",
    "http://video-va.tiktokv.com/film",
    "https://video-va.tiktokv.com:{port}/film",
    "https://video-va.tiktokv.com:80/film",
    "https://video-va.tiktokv.com:443x/film",
    "https://video-va.tiktokv.com:/film",
    "https://user@video-va.tiktokv.com/film",
    "https://user:pass@video-va.tiktokv.com/film",
    "https://video-va.tiktokv.com@127.0.0.1:{port}/film",
    "https://127.0.0.1:{port}#@video-va.tiktokv.com/film",
    "https://127.0.0.1:{port}?.tiktokv.com/film",
    "https://127.0.0.1:{port}\\@video-va.tiktokv.com/film",
    "https://video-va.tiktokv.com./film",
    "https://tiktokv.com/film",
    "https://.tiktokv.com/film",
    "https://tiktokcdn.com.evil.example/film",
    "https://eviltiktokcdn.com/film",
    "https://p16.evil-tiktokcdn.com/film",
    "https://video-va.tiktokv.com.evil.example/film",
    "https://video-va.tiktоkv.com/film",  # a Cyrillic letter
    "https://video-va。tiktokv.com/film",  # an ideographic full stop
    "https://ⓥideo-va.tiktokv.com/film",
    "https://video-va.xn--tiktkv-8wf.com/film",
    "https://video-va.tiktokv.com\t/film",
    "https://video-va.tiktokv.com/fi\r\nHost: evil.example",
    "https://video%2dva.tiktokv.com/film",
    "https://video-va.musical.ly/storage/film",
    "https://www.tiktok.com/@mara/video/7312",
    "https://creator.rednote.com/",
)


class Recorder(httpcore.NetworkBackend):
    """Where connections would have gone; none comes about."""

    def __init__(self, lead_to: tuple[str, int] | None = None) -> None:
        self.tried: list[tuple[str, int]] = []
        self.lead_to = lead_to

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        self.tried.append((host, port))
        if self.lead_to:
            return httpcore.SyncBackend().connect_tcp(*self.lead_to, timeout)
        raise httpcore.ConnectError("nobody there")


class Canary:
    """A listener on loopback that nobody may ever reach."""

    def __init__(self) -> None:
        self.seen = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._socket.getsockname()[1])
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                self._socket.accept()[0].close()
            except OSError:
                return
            self.seen += 1

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def canary() -> Iterator[Canary]:
    listening = Canary()
    yield listening
    assert listening.seen == 0
    listening.close()


def answers(*addresses: str) -> Callable[[str, int], Sequence[str]]:
    return lambda host, port: addresses


def ask(client: MediaClient, url: str) -> None:
    with client, client.open(url):
        pass


@pytest.mark.parametrize("link", REFUSED_LINKS)
def test_a_link_elsewhere_is_refused_before_a_connection(canary: Canary, link: str) -> None:
    tried = Recorder()
    resolved = []

    def resolve(host: str, port: int) -> Sequence[str]:
        resolved.append(host)
        return ["127.0.0.1"]

    with pytest.raises(Ended) as caught:
        ask(MediaClient(resolve=resolve, backend=tried), link.format(port=canary.port))
    assert caught.value.result.state is LinkState.NOT_ALLOWED
    assert (tried.tried, resolved) == ([], [])
    with pytest.raises(Ended):  # the real thing, with the system's resolver
        ask(MediaClient(), link.format(port=canary.port))


@pytest.mark.parametrize("address", PRIVATE)
@pytest.mark.parametrize("among", [(), ("8.8.8.8",)], ids=["alone", "among good ones"])
def test_a_name_that_leads_inside_is_refused_before_a_connection(
    canary: Canary, address: str, among: tuple[str, ...]
) -> None:
    for found in ((address, *among), (*among, address)):
        tried = Recorder()
        with pytest.raises(Intercepted, match="led elsewhere"):
            ask(MediaClient(resolve=answers(*found), backend=tried), GOOD)
        assert tried.tried == []


def test_the_address_that_was_checked_is_the_one_connected_to() -> None:
    """A name that flips after the check gains nothing: it is resolved once."""
    flips = iter([PUBLIC, ("127.0.0.1",)])
    tried = Recorder()
    with pytest.raises(Again):
        ask(MediaClient(resolve=lambda *_: next(flips), backend=tried), GOOD)
    assert tried.tried == [(address, 443) for address in PUBLIC]


@pytest.mark.parametrize("proxy", [None, "http://127.0.0.1:9"])
def test_a_proxy_is_not_used_and_that_is_said_where_it_may_matter(
    proxy: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
        if proxy:
            monkeypatch.setenv(name, proxy)
    tried = Recorder()
    with pytest.raises(Again) as caught:
        ask(MediaClient(resolve=answers("8.8.8.8"), backend=tried), GOOD)
    assert tried.tried == [("8.8.8.8", 443)]
    assert ("proxy" in caught.value.reason) is (proxy is not None)


def test_a_name_without_an_address_may_come_back() -> None:
    def unknown(host: str, port: int) -> Sequence[str]:
        raise socket.gaierror(-2, "Name or service not known")

    with pytest.raises(Again):
        ask(MediaClient(resolve=unknown), GOOD)


@pytest.mark.parametrize(
    "link",
    [
        GOOD,
        "https://video-useast5.tiktokv.us/storage/v1/b",
        "https://p16-ttdyd-sign-useast5.ibyteimg.com/tos-photomode/a~tplv-noop.jpeg?x-expires=1",
        "HTTPS://P16-SIGN-SG.TikTokCDN.com:443/a~tplv-tiktokx-origin.image",
        "https://p16-pu.tiktokcdn-us.com/a#fragment",
    ],
)
def test_hosts_that_exports_name_are_allowed(link: str) -> None:
    target = check_link(link)
    assert (target.scheme, target.port) == ("https", 443)
    assert "#" not in target.path


@given(st.integers(0, 2**32 - 1))
def test_of_ipv4_nothing_special_is_ever_allowed(number: int) -> None:
    address = ipaddress.IPv4Address(number)
    special = address.is_private or address.is_multicast or address.is_reserved
    special |= address.is_loopback or address.is_link_local or address.is_unspecified
    for text in (str(address), f"::ffff:{address}", f"64:ff9b::{address}", f"::{address}"):
        if special or ":" in text:
            with pytest.raises(NotAllowedError):
                check_addresses([text])
        elif address.is_global and address not in ipaddress.ip_network("192.88.99.0/24"):
            assert check_addresses([text]) == (text,)


@given(st.text(max_size=60), st.text(alphabet="ab./@:#?\\[]%。 \t\n", max_size=20))
def test_no_text_at_all_leads_out_of_the_media_hosts(place: str, tail: str) -> None:
    for link in (place, f"https://{place}", f"https://{place}.tiktokv.com{tail}", f"{GOOD}{tail}"):
        try:
            target = check_link(link)
        except NotAllowedError:
            continue
        assert target.host.endswith(".tiktokv.com")
        assert (target.scheme, target.port) == ("https", 443)
        assert target.path.startswith("/")


# --- by hand --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "host", "port"),
    [
        ("127.0.0.1:8080", "127.0.0.1", 8080),
        ("[::1]:80", "::1", 80),
        ("media.example.org", "media.example.org", None),
        ("LOCALHOST:1", "localhost", 1),
    ],
)
def test_one_more_host_can_be_named(text: str, host: str, port: int | None) -> None:
    assert parse_extra_host(text) == ExtraHost(host, port)


@pytest.mark.parametrize(
    "text", ["", "a b", "http://x.org", "x.org/", "u@x.org", "x.org:0", "x.org:99999", "x:y", "[x]"]
)
def test_what_is_no_host_is_said(text: str) -> None:
    with pytest.raises(UsageProblem):
        parse_extra_host(text)


@pytest.mark.parametrize(
    ("extra_host", "link"),
    [
        ("127.0.0.1:8080", "http://127.0.0.1:8081/"),
        ("127.0.0.1:8080", "http://localhost:8080/"),
        ("127.0.0.1:8080", "http://[::1]:8080/"),
        ("127.0.0.1", "http://127.0.0.1:8080/"),
        ("media.example.org", "http://media.example.org/"),
        ("media.example.org:8443", "https://media.example.org/"),
        ("media.example.org", "https://a.media.example.org/"),
    ],
)
def test_a_host_extra_host_allows_that_host_and_port_alone(extra_host: str, link: str) -> None:
    with pytest.raises(NotAllowedError):
        check_link(link, parse_extra_host(extra_host))


@pytest.mark.parametrize(
    ("extra_host", "found"),
    [("media.example.org", "127.0.0.1"), ("10.0.0.1", "10.0.0.1"), ("localhost", "10.0.0.1")],
)
def test_a_host_extra_host_opens_no_private_network(extra_host: str, found: str) -> None:
    tried = Recorder()
    client = MediaClient(
        extra_host=parse_extra_host(extra_host), resolve=answers(found), backend=tried
    )
    with pytest.raises(Ended):
        ask(client, f"https://{extra_host}/film")
    assert tried.tried == []


# --- redirects and TLS ----------------------------------------------------------------------


SENDABLE = [
    link
    for link in REFUSED_LINKS
    if link.isascii() and not set("\r\n\t") & set(link) and link and not link.startswith("//")
]


@pytest.mark.parametrize(
    "location", [*SENDABLE, "https://video-va.tiktokv.com/at-a-private-address"]
)
def test_a_redirect_is_checked_like_a_link(
    server: MediaServer, canary: Canary, location: str
) -> None:
    url = server.put("/film", b"", redirect(location.format(port=canary.port)))
    client = MediaClient(
        extra_host=ExtraHost("127.0.0.1", server.port), resolve=answers("127.0.0.1")
    )
    with pytest.raises(Intercepted):
        ask(client, url)
    assert len(server.requests) == 1


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for `video-va.tiktokv.com` that nobody signed but itself."""
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    made = subprocess.run(
        [
            program("openssl"),
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=test",
            "-keyout",
            "key",
            "-out",
            "cert",
            "-addext",
            "subjectAltName=DNS:video-va.tiktokv.com",
        ],
        cwd=path.parent,
        capture_output=True,
        check=False,
    )
    if made.returncode:
        pytest.skip("openssl cannot make a certificate here")
    path.write_bytes((path.parent / "key").read_bytes() + (path.parent / "cert").read_bytes())
    return path


@pytest.mark.parametrize(
    ("host", "trusted", "well"),
    [("video-va", True, True), ("video-va", False, False), ("video-sg", True, False)],
    ids=["right", "self-signed", "another name"],
)
def test_tls_is_verified_by_name_though_the_connection_goes_to_an_address(
    server: MediaServer, certificate: Path, host: str, trusted: bool, well: bool
) -> None:
    import ssl

    inside = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    inside.load_cert_chain(certificate)
    server.socket = inside.wrap_socket(server.socket, server_side=True)
    server.put("/film", b"bytes")
    lead = Recorder(("127.0.0.1", server.port))
    client = MediaClient(
        Watch(clock=Time()),
        resolve=answers("8.8.8.8"),
        backend=lead,
        ssl_context=ssl.create_default_context(cafile=certificate) if trusted else None,
    )
    link = f"https://{host}.tiktokv.com/film?x-tos-signature=CANARY"
    if well:
        with client, client.open(link) as answer:
            assert b"".join(answer.body) == b"bytes"
        assert server.requests[0].headers["host"] == "video-va.tiktokv.com"
    else:
        with pytest.raises(Intercepted, match="cannot prove"):
            ask(client, link)
        assert server.requests == []
    assert lead.tried == [("8.8.8.8", 443)]

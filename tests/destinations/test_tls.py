"""Nobody who cannot prove to be the site hears a word of the account."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from crossover.destinations.api.destination import RedNote
from crossover.destinations.api.http.client import HttpClient
from crossover.destinations.sites import rehearsal_hosts
from crossover.errors import RetryLater
from crossover.model.account import SiteName
from tests.destinations.makers import SESSION, FakeClock, sign

OPENSSL = shutil.which("openssl")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate and its key that nobody vouches for, as somebody in the middle has."""
    if OPENSSL is None:
        pytest.skip("there is no openssl")
    path = tmp_path_factory.mktemp("tls") / "self-signed.pem"
    command = [OPENSSL, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    command += ["-nodes", "-subj", "/CN=www.rednote.com"]
    command += [
        "-addext",
        "subjectAltName=IP:127.0.0.1",
        "-keyout",
        str(path),
        "-out",
        f"{path}.crt",
    ]
    subprocess.run(command, check=True, capture_output=True)
    path.write_bytes(path.read_bytes() + Path(f"{path}.crt").read_bytes())
    return path


@pytest.fixture(
    params=[
        "self-signed",
        pytest.param("old-tls", marks=pytest.mark.complete),
        pytest.param("no-tls", marks=pytest.mark.complete),
    ]
)
def impostor(
    request: pytest.FixtureRequest, certificate: Path
) -> Iterator[tuple[int, list[bytes]]]:
    """A server that is not the site, and what it heard of a request."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    if request.param == "old-tls":
        context.set_ciphers("ALL:@SECLEVEL=0")
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            while True:
                try:
                    raw, _ = listener.accept()
                except OSError:
                    return
                with closing(raw), suppress(OSError):
                    if request.param == "no-tls":
                        raw.settimeout(5)
                        raw.recv(4096)
                        raw.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
                    else:
                        with context.wrap_socket(raw, server_side=True) as line:
                            heard.append(line.recv(4096))

        threading.Thread(target=serve, daemon=True).start()
        yield listener.getsockname()[1], heard


@pytest.mark.filterwarnings("ignore:ssl:DeprecationWarning")
def test_a_site_that_cannot_prove_who_it_is_is_told_nothing(
    impostor: tuple[int, list[bytes]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)  # between its tries
    port, heard = impostor
    root = f"https://127.0.0.1:{port}"
    hosts = replace(rehearsal_hosts(port), api=root, creator=root)
    client = HttpClient(hosts, SESSION, sign, spacing=0, clock=FakeClock())
    with RedNote(client, site=SiteName.REDNOTE, files=tmp_path) as site, pytest.raises(RetryLater):
        site.whoami()
    assert heard == []

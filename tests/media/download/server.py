"""A media host on loopback that can go wrong in every way a test asks for."""

from __future__ import annotations

import gzip
import hashlib
import itertools
import re
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TypeAlias

BLOCK = 64 * 1024


@dataclass
class Served:
    """One object, and what goes wrong with its next requests, in order; after that, nothing."""

    data: bytes
    faults: list[Fault] = field(default_factory=list)
    etag: bool = True

    @property
    def tag(self) -> str:
        return f'"{hashlib.md5(self.data).hexdigest()}"'


@dataclass(frozen=True)
class Request:
    method: str
    target: str
    headers: dict[str, str]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 0
    server: MediaServer

    def do_GET(self) -> None:
        host = self.server
        headers = {name.lower(): value for name, value in self.headers.items()}
        host.requests.append(Request(self.command, self.path, headers))
        served = host.objects.get(self.path.partition("?")[0])
        if served is None:
            self.plain(404, b"no such object")
            return
        with host.turn:
            faulty = self.command == "GET" and headers.get("range") != "bytes=0-0"
            fault = served.faults.pop(0) if served.faults and faulty else serve
        try:
            fault(self, served)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    do_HEAD = do_GET  # noqa: N815  the base class's name

    def begin(self, status: int, **headers: object) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), str(value))
        self.end_headers()

    def plain(self, status: int, body: bytes, **headers: object) -> None:
        self.begin(status, Content_Length=len(body), **headers)
        if self.command != "HEAD":
            self.wfile.write(body)

    def send(self, data: bytes) -> None:
        for at in range(0, len(data), BLOCK):
            piece = data[at : at + BLOCK]
            self.wfile.write(piece)
            if self.server.rate:
                time.sleep(len(piece) / self.server.rate)

    def end(self) -> None:
        self.close_connection = True

    def reset(self) -> None:
        """End with RST in place of FIN."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.end()

    def log_message(self, *_: object) -> None:
        pass


Fault: TypeAlias = Callable[[Handler, Served], None]


class MediaServer(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.objects: dict[str, Served] = {}
        self.requests: list[Request] = []
        self.turn = threading.Lock()
        self.release = threading.Event()
        self.rate: float | None = None
        """Bytes a second of each connection, where it shall be slow."""

    def handle_error(self, *_: object) -> None:
        """Connections that the other side broke are what these tests are about."""

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def url(
        self, path: str, query: str = "x-tos-expires=4000000000&x-tos-signature=CANARY%2f%2F'+~"
    ) -> str:
        return f"http://127.0.0.1:{self.port}{path}?{query}"

    def put(self, path: str, data: bytes, *faults: Fault, etag: bool = True) -> str:
        self.objects[path] = Served(data, list(faults), etag)
        return self.url(path)

    def gets(self, path: str) -> list[Request]:
        """Requests for the body of an object, in order."""
        return [
            r for r in self.requests if r.target.partition("?")[0] == path and r.method == "GET"
        ]


@contextmanager
def media_server(port: int = 0) -> Iterator[MediaServer]:
    server = MediaServer(port)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.release.set()
        server.shutdown()
        server.server_close()
        thread.join()


# --- what a server does ---------------------------------------------------------------------


def serve(handler: Handler, served: Served) -> None:
    """As it should be: ranges, `If-Range`, lengths."""
    first, last = _range(handler, served)
    data = served.data[first : last + 1]
    tag = {"ETag": served.tag} if served.etag else {}
    if handler.headers.get("Range") and (first or last + 1 < len(served.data)):
        ends = f"bytes {first}-{last}/{len(served.data)}"
        handler.begin(206, Content_Length=len(data), Content_Range=ends, **tag)
    else:
        handler.begin(200, Content_Length=len(data), Accept_Ranges="bytes", **tag)
    if handler.command != "HEAD":
        handler.send(data)


def _range(handler: Handler, served: Served) -> tuple[int, int]:
    found = re.fullmatch(r"bytes=(\d+)-(\d*)", handler.headers.get("Range", ""))
    expected = handler.headers.get("If-Range")
    if not found or (expected and expected != served.tag):
        return 0, len(served.data) - 1
    return int(found[1]), min(int(found[2] or len(served.data)), len(served.data)) - (
        1 if not found[2] else 0
    )


def cut(after: int, *, rst: bool = False) -> Fault:
    """The line breaks `after` bytes into the answer."""

    def fault(handler: Handler, served: Served) -> None:
        first, _ = _range(handler, served)
        size = len(served.data)
        if first:
            ends = f"bytes {first}-{size - 1}/{size}"
            handler.begin(206, Content_Length=size - first, Content_Range=ends, ETag=served.tag)
        else:
            handler.begin(200, Content_Length=size, ETag=served.tag)
        handler.send(served.data[first : first + after])
        handler.reset() if rst else handler.end()

    return fault


def stall(after: int) -> Fault:
    """Nothing more comes, and nobody says so."""

    def fault(handler: Handler, served: Served) -> None:
        handler.begin(200, Content_Length=len(served.data), ETag=served.tag)
        handler.send(served.data[:after])
        handler.server.release.wait(30)
        handler.end()

    return fault


def drip(handler: Handler, served: Served) -> None:
    """One byte now and then."""
    handler.begin(200, Content_Length=len(served.data), ETag=served.tag)
    for byte in served.data:
        handler.wfile.write(bytes([byte]))
        if handler.server.release.wait(0.01):
            break
    handler.end()


def whole(handler: Handler, served: Served) -> None:
    """200 for Range."""
    handler.begin(200, Content_Length=len(served.data), ETag=served.tag)
    handler.send(served.data)


def reserve(length: int) -> Fault:
    """A Content-Length that is not what comes."""

    def fault(handler: Handler, served: Served) -> None:
        handler.begin(200, Content_Length=length, ETag=served.tag)
        handler.send(served.data)
        handler.end()

    return fault


def change(data: bytes) -> Fault:
    """The object is another from now on, the answer too."""

    def fault(handler: Handler, served: Served) -> None:
        served.data = data
        serve(handler, served)

    return fault


def wrong_piece(handler: Handler, served: Served) -> None:
    """A 206 that begins elsewhere than asked."""
    size = len(served.data)
    handler.begin(
        206, Content_Length=size - 5, Content_Range=f"bytes 5-{size - 1}/{size}", ETag=served.tag
    )
    handler.send(served.data[5:])


def ignores_if_range(data: bytes) -> Fault:
    """The object changed, and a piece of the new one comes under its new tag."""

    def fault(handler: Handler, served: Served) -> None:
        served.data = data
        first = int(re.findall(r"\d+", handler.headers.get("Range", "0"))[0])
        ends = f"bytes {first}-{len(data) - 1}/{len(data)}"
        handler.begin(206, Content_Length=len(data) - first, Content_Range=ends, ETag=served.tag)
        handler.send(data[first:])

    return fault


def status(code: int, body: bytes = b"no", **headers: object) -> Fault:
    return lambda handler, _: handler.plain(code, body, **headers)


def redirect(location: str, code: int = 302) -> Fault:
    return lambda handler, _: handler.plain(code, b"", Location=location, Set_Cookie="a=b")


def endless(beginning: bytes) -> Fault:
    def fault(handler: Handler, served: Served) -> None:
        handler.begin(200, Transfer_Encoding="chunked")
        for piece in itertools.chain([beginning], itertools.repeat(bytes(BLOCK))):
            handler.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece))

    return fault


def chunked(handler: Handler, served: Served) -> None:
    handler.begin(200, Transfer_Encoding="chunked", ETag=served.tag)
    for at in range(0, len(served.data), BLOCK):
        piece = served.data[at : at + BLOCK]
        handler.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece))
    handler.wfile.write(b"0\r\n\r\n")


def packed(handler: Handler, served: Served) -> None:
    """Compressed, though nobody asked for that."""
    handler.plain(200, gzip.compress(served.data), Content_Encoding="gzip")


def rubbish(handler: Handler, served: Served) -> None:
    """Not HTTP at all."""
    handler.wfile.write(b"\x00\x01\x02 hello\r\n\r\n")
    handler.end()


# --- what it serves -------------------------------------------------------------------------


def mp4(size: int, seed: int = 0) -> bytes:
    """A file of exactly so many bytes that is an MP4 by its boxes, with nothing to see in it.

    No byte of what fills it is zero: a part that ends in zeros is cut back when it is taken up, so
    a test that counts bytes would fail by chance, wherever a kill hit."""
    head = struct.pack(">I4s4sI", 16, b"ftyp", b"isom", 512) + struct.pack(">I4s", 8, b"moov")
    length = size - len(head)
    noise = hashlib.shake_256(str(seed).encode()).digest(length - 8).replace(b"\0", b"\1")
    return head + struct.pack(">I4s", length, b"mdat") + noise


def jpeg(size: int, seed: int = 0) -> bytes:
    """The same for a JPEG, by its first and last bytes."""
    noise = hashlib.shake_256(str(seed).encode()).digest(size - 6)
    return b"\xff\xd8\xff\xe0" + noise + b"\xff\xd9"


def lying_in(folder: Path) -> int:
    """Bytes of media in a folder, whole or not, while somebody writes there."""
    total = 0
    for file in folder.iterdir() if folder.is_dir() else ():
        with suppress(FileNotFoundError):  # renamed since
            total += file.stat().st_size if file.suffix != ".json" else 0
    return total

"""An upload host that throws away what it gets, so that not the host is what is measured.

It speaks just enough of the protocol for one note's files (session, permit, begin, part, join,
one piece) and plain PUTs for `curl -T`. `python -m tests.bench.sink` prints its port and serves
until its standard input ends.
"""

from __future__ import annotations

import json
import socket
import sys
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

BLOCK = 1024 * 1024
COUNTS = "/@bench/counts"


@dataclass
class Counts:
    """Bytes of file bodies that arrived, and requests that carried them."""

    bodies: int = 0
    bytes: int = 0
    joined: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


class Sink:
    def __init__(self) -> None:
        self.counts = Counts()
        self.ids = 0
        self.parts: dict[str, dict[int, int]] = {}
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)

    @property
    def port(self) -> int:
        port: int = self.listener.getsockname()[1]
        return port

    def serve(self) -> None:
        while True:
            connection, _ = self.listener.accept()
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        buffer = memoryview(bytearray(BLOCK))
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with connection:
            while self._answer_one(connection, buffer):
                pass

    def _answer_one(self, connection: socket.socket, buffer: memoryview) -> bool:
        head, early = _head(connection)
        if head is None:
            return False
        first, *lines = head.split("\r\n")
        method, target, _ = first.split(" ", 2)
        headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in lines)}
        if headers.get("expect"):
            connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        length = int(headers.get("content-length", "0"))
        kept = bytearray(early) if method == "POST" else None
        left = length - len(early)
        while left:
            count = connection.recv_into(buffer, min(left, BLOCK))
            if not count:
                return False
            left -= count
            if kept is not None:
                kept += buffer[:count]
        status, extra, body = self._handle(method, target, headers, length, bytes(kept or b""))
        reply = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{extra}\r\n".encode()
        connection.sendall(reply + body)
        return True

    def _handle(
        self, method: str, target: str, headers: dict[str, str], length: int, document: bytes
    ) -> tuple[str, str, bytes]:
        url = urlsplit(target)
        query = parse_qs(url.query, keep_blank_values=True)
        if method == "PUT":
            with self.counts.lock:
                self.counts.bodies += 1
                self.counts.bytes += length
            if "partNumber" not in query:
                return "200 OK", "x-ros-video-id: 77\r\n", b""
            number = int(query["partNumber"][0])
            self.parts[query["uploadId"][0]][number] = length
            return "200 OK", f'ETag: "{number}-{length}"\r\n', b""
        if method == "POST":
            return self._post(query, document)
        if url.path == COUNTS:
            return "200 OK", "", self._told()
        return "200 OK", "Content-Type: application/json\r\n", self._json(url.path, query, headers)

    def _post(self, query: dict[str, list[str]], document: bytes) -> tuple[str, str, bytes]:
        with self.counts.lock:
            if "uploads" in query:
                self.ids += 1
                self.parts[f"u{self.ids}"] = {}
                return "200 OK", "", f"<R><UploadId>u{self.ids}</UploadId></R>".encode()
            there = self.parts.pop(query["uploadId"][0])
            if sorted(there) != list(range(1, document.count(b"<Part>") + 1)):
                return "400 Bad Request", "", b""
            self.counts.joined += 1
        return "200 OK", "x-ros-video-id: 77\r\n", b"<CompleteMultipartUploadResult/>"

    def _told(self) -> bytes:
        with self.counts.lock:
            told = {
                "bodies": self.counts.bodies,
                "bytes": self.counts.bytes,
                "joined": self.counts.joined,
            }
            self.counts.bodies = self.counts.bytes = self.counts.joined = 0
        return json.dumps(told).encode()

    def _json(self, path: str, query: dict[str, list[str]], headers: dict[str, str]) -> bytes:
        data: object = {"name": "bench", "userId": "bench", "userName": "bench"}
        if path.endswith("/permit"):
            with self.counts.lock:
                count = int(query["file_count"][0])
                ids = [f"bench/{self.ids + n}" for n in range(1, count + 1)]
                self.ids += count
            permit = {
                "fileIds": ids,
                "token": "bench",
                "uploadAddr": f"{headers['host']}/@upload",
                "expireTime": int((time.time() + 86400) * 1000),
                "qos": 1,
            }
            data = {"uploadTempPermits": [permit]}
        return json.dumps({"code": 0, "success": True, "data": data}).encode()


def _head(connection: socket.socket) -> tuple[str | None, bytes]:
    """The head of a request and what came of its body with it; None at the end."""
    got = b""
    while b"\r\n\r\n" not in got:
        try:
            block = connection.recv(65536)
        except OSError:
            return None, b""
        if not block:
            return None, b""
        got += block
    head, _, early = got.partition(b"\r\n\r\n")
    return head.decode("latin-1"), early


def main() -> None:
    sink = Sink()
    threading.Thread(target=sink.serve, daemon=True).start()
    sys.stdout.write(f"{sink.port}\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    main()

"""The media host of the download bench: whole files by `sendfile`, as fast as the machine can."""

from __future__ import annotations

import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(sys.argv[1], Path(self.path.partition("?")[0]).name)
        self.send_response(200)
        self.send_header("Content-Length", str(path.stat().st_size))
        self.send_header("ETag", f'"{path.name}"')
        self.end_headers()
        if self.command == "GET":
            with path.open("rb") as file:
                self.wfile.flush()
                self.connection.sendfile(file)

    do_HEAD = do_GET  # noqa: N815  the base class's name

    def log_message(self, *_: object) -> None:
        pass


if __name__ == "__main__":
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        print(server.server_address[1], flush=True)  # noqa: T201  how its parent learns the port
        server.serve_forever()

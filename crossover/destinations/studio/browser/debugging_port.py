"""The debugging port of an open window: on this computer alone, as the browser itself writes it into
its profile's folder (`DevToolsActivePort`)."""

from __future__ import annotations

import json
import os
import re
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from crossover.errors import RetryLater

_FILE = "DevToolsActivePort"
# Whole or not there yet: the browser writes it in place.
_LINES = re.compile(
    r"(\d{1,5})\r?\n(/devtools/browser/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
)
_ANSWER_SECONDS = 5


@dataclass(frozen=True, slots=True)
class DebuggingPort:
    """Where a window listens. `path` is its own: no other window has it, also on the same port."""

    port: int
    path: str

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{self.port}{self.path}"


def read_port(profile: Path) -> DebuggingPort | None:
    """Read what the last window of this profile wrote. It may be closed since."""
    with suppress(OSError, UnicodeDecodeError):
        if found := _LINES.match((profile / _FILE).read_text("ascii")):
            return DebuggingPort(int(found[1]), found[2])
    return None


def forget_port(profile: Path) -> None:
    """Remove what an earlier window left, so that only the next one's is read. Raises `OSError`."""
    (profile / _FILE).unlink(missing_ok=True)


def find_port(profile: Path) -> DebuggingPort | None:
    """Find the open window of this profile, None where none is. Raises `RetryLater` where it does
    not answer."""
    port = read_port(profile)
    return port if port is not None and is_listening(port) else None


def is_listening(port: DebuggingPort) -> bool:
    """Whether that very window listens. Raises `RetryLater` where something is there and says
    nothing."""
    import http.client  # loads TLS, which no list of commands needs

    connection = http.client.HTTPConnection("127.0.0.1", port.port, timeout=_ANSWER_SECONDS)
    try:
        connection.request("GET", "/json/version")
        said = json.loads(connection.getresponse().read(100_000))
        return str(said["webSocketDebuggerUrl"]).endswith(port.path)
    except TimeoutError as exc:
        raise RetryLater(
            "The browser's window does not answer.",
            next="Look at it. If it is stuck, close it; then run the same command again.",
        ) from exc
    except (OSError, http.client.HTTPException, ValueError, LookupError, TypeError):
        return False  # closed; its port may be somebody else's by now
    finally:
        connection.close()


def is_in_use(profile: Path) -> bool:
    """Whether a browser has this profile open, with a port or without."""
    if sys.platform == "win32":
        try:
            with (profile / "lockfile").open("r+b"):
                return False  # left by a crash: an open one lets nobody in
        except FileNotFoundError:
            return False
        except OSError:
            return True
    # Where a second start would hand its address over. The lock beside it outlives a crash.
    with suppress(OSError), socket.socket(socket.AF_UNIX) as other:
        other.settimeout(_ANSWER_SECONDS)
        other.connect(os.path.realpath(profile / "SingletonSocket"))  # short enough for a socket
        return True
    return False


def read_process(profile: Path) -> int | None:
    """The id of the process that has this profile open, or had it when it crashed: None where no one
    is, and on Windows, where the browser does not write it."""
    with suppress(OSError, ValueError):
        host, _, process = os.readlink(profile / "SingletonLock").rpartition("-")  # noqa: PTH115
        if host == socket.gethostname():
            return int(process)
    return None

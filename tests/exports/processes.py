"""The command as a real process, with the most memory it ever held."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

# By itself and not by the parent: what a child reports to its parent begins with the parent's size.
PEAK = """
def peak():
    import resource, sys
    try:
        with open("/proc/self/status") as status:
            return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM"))
    except OSError:
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most if sys.platform == "darwin" else most * 1024
"""
_RUN = """
import sys, time
from crossover.cli.main import main
try:
    main()
finally:
    open(sys.argv.pop(), "w").write(f"{peak()} {time.process_time()}")
"""


@dataclass(frozen=True)
class ProcessResult:
    """How a command ended. `peak` is in bytes, `busy` its processor time in seconds, without that of
    its children."""

    code: int
    out: str
    said: str
    peak: int
    busy: float


def run_measured(home: Path, *arguments: object) -> ProcessResult:
    """Run `crossover` with `arguments` and an own home folder."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("CROSSOVER_", "XDG_"))}
    told = home / "peak"
    names = ("HOME", "USERPROFILE", "CROSSOVER_HOME")
    own = dict.fromkeys(names, str(home)) | {"COLUMNS": "200"}
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            PEAK + _RUN.replace("sys.argv.pop()", repr(str(told))),
            *map(str, arguments),
        ],
        env=kept | own,
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        timeout=120,
        check=False,
    )
    peak, busy = told.read_text().split()
    return ProcessResult(done.returncode, done.stdout, done.stderr, int(peak), float(busy))

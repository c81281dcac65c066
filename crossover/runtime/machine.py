"""What this machine has free for child processes: cores and memory."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

_MEMORY_INFO = Path("/proc/meminfo")
_CONTAINER = Path("/sys/fs/cgroup")


def usable_cores() -> int:
    """How many cores this process may use; on systems that do not tell, how many there are."""
    if sys.platform != "win32" and hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def free_memory() -> int | None:
    """Bytes of memory that programs can have without others being pushed out. None where it cannot
    be known.

    Linux tells it, within the bounds of a container. Windows tells it. macOS tells only how much is
    built in, of which half is taken to be free.
    """
    with suppress(OSError, ValueError, AttributeError):
        if sys.platform == "win32":
            return _free_on_windows()
        if sys.platform == "linux":
            return _free_on_linux()
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2
    return None


def _free_on_linux() -> int | None:
    fields = dict(line.split(":", 1) for line in _MEMORY_INFO.read_text("ascii").splitlines())
    free = int(fields["MemAvailable"].split()[0]) * 1024 if "MemAvailable" in fields else None
    with suppress(OSError, ValueError):  # no container, or one without a bound (`max`)
        most = int((_CONTAINER / "memory.max").read_text("ascii"))
        in_container = most - int((_CONTAINER / "memory.current").read_text("ascii"))
        free = min(free or in_container, max(in_container, 0))
    return free


if sys.platform == "win32":
    import ctypes

    class _MemoryStatus(ctypes.Structure):
        """`MEMORYSTATUSEX` of the Windows API."""

        _fields_ = (
            ("length", ctypes.c_ulong),
            ("load", ctypes.c_ulong),
            *(
                (name, ctypes.c_ulonglong)
                for name in (
                    "physical",
                    "free_physical",
                    "page_file",
                    "free_page_file",
                    "virtual",
                    "free_virtual",
                    "free_extended",
                )
            ),
        )

    def _free_on_windows() -> int | None:
        status = _MemoryStatus(length=ctypes.sizeof(_MemoryStatus))
        if not ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):
            return None
        return int(status.free_physical)

"""Values are read by many threads at once, also those of a kind that nobody read before."""

from __future__ import annotations

import subprocess
import sys

_PROGRAM = """
import dataclasses, gc, sys, threading
from crossover.storage.documents import from_builtins

sys.setswitchinterval(1e-6)
gc.set_threshold(10)
for _ in range(60):
    inner = dataclasses.make_dataclass("Inner", [("words", "list[str]")])
    outer = dataclasses.make_dataclass("Outer", [("one", inner | None), ("all", list[inner])])
    begin, read = threading.Barrier(8), []

    def run():
        begin.wait()
        read.append(from_builtins({"one": {"words": ["a"]}, "all": [{"words": ["b"]}]}, outer))

    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert read == [outer(inner(["a"]), [inner(["b"])])] * 8
"""


def test_a_kind_that_many_threads_read_first_is_read_by_each() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM], capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")

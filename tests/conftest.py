"""The command as it is typed; figures that tests measure, printed once, after the dots.

A slow machine fails no property.
"""

from __future__ import annotations

import atexit
import compileall
import gc
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import crossover
from crossover.cli.main import run_app
from crossover.media.decoder import process
from crossover.media.decoder.child import start_child
from tests.kept_children import end_kept_children, take_child
from tests.tier import choose_tier

Run = Callable[..., tuple[int, str]]
"""Gives the exit code and what a person reads, in one line."""

PERSONAL = (
    "CLICOLOR",
    "COLUMNS",
    "CROSSOVER_",
    "FORCE_COLOR",
    "LANG",
    "LC_",
    "LINES",
    "NO_COLOR",
    "PAGER",
    "TERM",
    "XDG_",
)
"""The beginnings of the variables by which a person bends a program. What a test is about, it sets
itself."""

MEMORY = Path("/dev/shm")
ROOM = 4 * 1024**3

for name in list(os.environ):
    if name.startswith(PERSONAL) or name.lower().endswith("_proxy"):
        del os.environ[name]
os.environ["CROSSOVER_HOME"] = tempfile.mkdtemp(prefix="crossover-home-")
atexit.register(shutil.rmtree, os.environ["CROSSOVER_HOME"], ignore_errors=True)
os.umask(0o022)

settings.register_profile(
    "crossover", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("crossover")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--complete", action="store_true", help="run every test, with all its cases and examples"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("complete"):
        return
    left_out = [item for item in items if item.get_closest_marker("complete")]
    items[:] = [item for item in items if not item.get_closest_marker("complete")]
    config.hook.pytest_deselected(items=left_out)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What stands now stays to the end: to look through it for garbage, again and again, took a
    tenth of the time."""
    gc.collect()
    gc.freeze()


def put_folders_into_memory() -> None:
    """Let tests write into memory, where it has room: most of their time on a disk they would wait
    until a file is really there. What a disk can do to a file, tests of their own try."""
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def take_ctrl_c() -> None:
    """A shell lets what it starts in the background be deaf to Ctrl-C, and all that starts from there."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_configure(config: pytest.Config) -> None:
    """Compile crossover once: tests start it hundreds of times, and where the environment tells
    Python to keep no byte code each of them would compile it anew."""
    choose_tier(complete=config.getoption("complete"))
    put_folders_into_memory()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    take_ctrl_c()
    if not hasattr(config, "workerinput"):
        compileall.compile_dir(Path(crossover.__file__).parent, quiet=2)


@pytest.fixture(scope="session", autouse=True)
def kept_children() -> Iterator[None]:
    """What decodes in this process is done by children that go from test to test."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(process, "start_child", take_child)
        yield
    end_kept_children()


@pytest.fixture
def own_children(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests of the children themselves: each starts and ends its own."""
    monkeypatch.setattr(process, "start_child", start_child)


@pytest.fixture(autouse=True)
def umask() -> Iterator[None]:
    """Every test leaves the usual one behind, whatever a command that ran in this process set."""
    yield
    os.umask(0o022)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command as it is typed, in this process, with a home folder of its own."""
    for name in ("HOME", "USERPROFILE", "LOCALAPPDATA", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path))

    def typed(*arguments: object) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["crossover", *map(str, arguments)])
        code = run_app()
        out, err = capsys.readouterr()
        assert out.strip() == ""  # data only; a question leaves a blank
        assert "Traceback" not in err
        return code, " ".join(err.split())  # wherever the screen's edge was

    return typed


@pytest.fixture
def figure(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Say a measured figure in the closing summary."""
    return lambda text: record_property("figure", text)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = [*terminalreporter.stats.get("passed", ()), *terminalreporter.stats.get("failed", ())]
    for report in reports:
        for name, text in getattr(report, "user_properties", ()):
            if name == "figure" and report.when == "call":
                terminalreporter.write_line(f"{report.nodeid.rpartition('::')[2]}: {text}")

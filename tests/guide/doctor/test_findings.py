"""The doctor tells what is wrong and how it is mended, and changes nothing."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from crossover.accounts.pace import AccountPace
from crossover.accounts.registry import accounts_folder
from crossover.errors import AccountAtRisk
from crossover.guide.doctor.bundle import describe, write_bundle
from crossover.guide.doctor.computer import check_clock, check_disk, check_limits, check_python
from crossover.guide.doctor.examination import Examined, examine
from crossover.guide.doctor.findings import Check, Finding, Subject, Verdict
from crossover.guide.doctor.synced_folders import syncing_cloud
from crossover.library.posts_file import read_library, write_library
from crossover.model.posts import Link, MediaKind
from crossover.storage.lock import hold_lock
from tests.makers import post
from tests.transfer.resolve.world import World

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
SECRET = "CANARY"
OF_THE_STUDIO = {
    *(Check.STUDIO_EXTRA, Check.BROWSER, Check.WINDOW),
    *(Check.REACHABLE, Check.SIGNED_IN, Check.STUDIO_PAGE),
}
"""What is looked at where notes go through the creator's browser."""


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setenv("CROSSOVER_HOME", str(tmp_path / "data"))
    made = World(tmp_path)
    made.workspace.prepare()
    made.hand_over(1)
    made.workspace.practice.mkdir(mode=0o700)
    return made


def examined(world: World, now: datetime = NOW) -> list[Finding]:
    return list(examine(Examined(world.workspace), now))


def worst(found: list[Finding], check: Check) -> Verdict:
    """The verdict on that, the worst one where several things were looked at."""
    return max((one.verdict for one in found if one.check is check), key=list(Verdict).index)


def tree(*folders: Path) -> dict[str, str]:
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(("-shm", "-wal"))
    }


def test_the_page_about_it_names_every_check() -> None:
    text = (Path(__file__).parents[3] / "docs" / "doctor.md").read_text("utf-8")
    assert [check for check in Check if f"| `{check}` |" not in text] == []


def test_every_check_is_made_and_nothing_on_disk_changes(world: World, tmp_path: Path) -> None:
    before = tree(tmp_path)
    found = examined(world)
    assert {one.check for one in found} | {Check.ACCOUNT} == set(Check) - OF_THE_STUDIO
    assert {one.subject for one in found} == {
        "This computer",
        "Workspace move",
        "Practice account",
        "mila on rednote.com",
    }
    assert all(one.fix for one in found if one.verdict is not Verdict.OK)
    assert tree(tmp_path) == before


def test_without_a_workspace_the_computer_and_the_accounts_are_looked_at(world: World) -> None:
    found = list(examine(Examined(None), NOW))
    assert {one.subject for one in found} == {"This computer", "mila on rednote.com"}


DAMAGES: dict[str, tuple[Callable[[World], Path], Check]] = {
    "posts cut": (lambda world: world.workspace.posts, Check.POSTS),
    "plan cut": (lambda world: world.workspace.plan, Check.PLAN),
    "rules cut": (lambda world: world.workspace.rules, Check.RULES),
    "edits cut": (lambda world: world.workspace.edits, Check.EDITS),
    "agreed cut": (lambda world: world.workspace.agreed, Check.CACHES),
    "ledger cut": (lambda world: world.account.folder.ledger, Check.LEDGER),
    "pace cut": (lambda world: world.account.folder.path / "pace.json", Check.PACE),
    "hold cut": (lambda world: world.account.folder.path / "hold.json", Check.HOLD),
    "account cut": (lambda world: world.account.folder.path / "account.json", Check.ACCOUNT),
}


@pytest.mark.parametrize("name", DAMAGES)
@pytest.mark.parametrize("bytes_", [b"", b"\x00\xff{\x80", b'{"format": "x"'], ids=["0", "1", "2"])
def test_whatever_is_damaged_is_a_finding_with_a_way_out(
    world: World, name: str, bytes_: bytes
) -> None:
    where, check = DAMAGES[name]
    path = where(world)
    if path.name == "edits.yaml" and not bytes_:
        bytes_ = b"notes: ["  # an empty one is fine
    if path.name == "crossover.yaml" and not bytes_:
        bytes_ = b"a: ["
    for log in path.parent.glob("*.sqlite-*"):
        log.unlink()
    path.write_bytes(bytes_)
    found = examined(world)
    assert worst(found, check) is not Verdict.OK
    assert worst(found, Check.PYTHON) in Verdict
    assert all(one.fix for one in found if one.verdict is not Verdict.OK)


def test_a_plan_of_other_words_and_files_that_are_gone_are_told(world: World) -> None:
    (said,) = [one for one in examined(world) if one.check is Check.PLAN]
    assert said.verdict is Verdict.WARN


def test_links_that_die_soon_fail_and_later_ones_warn(world: World) -> None:
    library = read_library(world.workspace.posts)
    for hours, verdict in ((-1, Verdict.OK), (5, Verdict.FAIL), (90, Verdict.WARN)):
        links = (Link("https://x.example/1", MediaKind.VIDEO, NOW + timedelta(hours=hours)),)
        lacking = post(1, media=(), links=links)
        write_library(world.workspace.posts, type(library)(handle="mara", posts=(lacking,)))
        assert worst(examined(world), Check.LINKS) is verdict


def test_what_holds_or_pauses_an_account_and_what_waits_long_is_told(world: World) -> None:
    assert worst(examined(world), Check.HOLD) is Verdict.OK
    folder = world.account.folder
    folder.warnings.write_hold(AccountAtRisk("A person is wanted."), "RedNote")
    AccountPace(folder.path).pause(NOW, date(2027, 1, 1))
    with world.ledger() as ledger:
        ledger.unknown(world.plan.notes[1], "one like it")
    found = examined(world)
    for check in (Check.HOLD, Check.PACE, Check.OPEN_NOTES):
        assert worst(found, check) is Verdict.WARN
    told = [one for one in found if one.check is Check.OPEN_NOTES]
    waits = [one.said for one in told if one.subject == "mila on rednote.com"]
    assert waits == [
        "1 note is unclear.",
        "1 note waits for a link for more than 3 days.",
    ]


def _hold(folder: Path, ready: object, done: object) -> None:
    with hold_lock(folder, "it", "crossover upload"):
        ready.set()  # type: ignore[attr-defined]
        done.wait(30)  # type: ignore[attr-defined]


def test_the_run_that_holds_a_folder_is_named(world: World) -> None:
    context = multiprocessing.get_context("spawn")
    ready, done = context.Event(), context.Event()
    other = context.Process(target=_hold, args=(world.workspace.root, ready, done))
    other.start()
    try:
        assert ready.wait(30)
        found = [one for one in examined(world) if one.check is Check.LOCK]
    finally:
        done.set()
        other.join(30)
    assert found[0].verdict is Verdict.WARN
    assert f"`crossover upload`, process {other.pid}" in found[0].said
    assert worst(examined(world), Check.LOCK) is Verdict.OK


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_folder_that_others_may_look_into_is_told(world: World) -> None:
    world.account.folder.path.chmod(0o755)
    found = examined(world)
    (told,) = [one for one in found if one.check is Check.PRIVATE and one.verdict is Verdict.WARN]
    assert "chmod -R go-rwx" in told.fix


def test_a_clock_that_was_set_back_is_told_by_what_was_written(world: World) -> None:
    ago = datetime.now(UTC) - timedelta(days=2)
    (told,) = [one for one in examined(world, ago) if one.check is Check.CLOCK]
    assert told.verdict is not Verdict.OK
    later = check_clock(NOW, date(2026, 11, 1), [("posts.json", NOW + timedelta(minutes=9))])
    assert [one.verdict for one in later] == [Verdict.OK]
    (long_past,) = check_clock(datetime(1970, 1, 1, tzinfo=UTC), date(2026, 11, 1), [])
    assert long_past.verdict is Verdict.FAIL


def test_floors_of_python_and_the_age_of_limits_warn() -> None:
    def of(found: Iterator[Finding]) -> Verdict:
        return next(found).verdict

    versions = [(3, 11, 7), (3, 11, 8), (3, 12, 1), (3, 12, 2), (3, 13, 0)]
    told = [of(check_python(one)) for one in versions]
    ok, warn = Verdict.OK, Verdict.WARN
    assert told == [warn, ok, warn, ok, ok]
    assert of(check_limits(date(2026, 11, 26), NOW)) is ok
    assert of(check_limits(date(2025, 11, 26), NOW)) is warn


def test_the_disk_is_compared_with_what_may_be_needed(tmp_path: Path) -> None:
    assert next(check_disk(tmp_path, 0)).verdict in (Verdict.OK, Verdict.WARN)
    assert next(check_disk(tmp_path, 10**18)).verdict is Verdict.WARN


@pytest.mark.parametrize(
    ("path", "cloud"),
    [
        ("/Users/mara/Library/Mobile Documents/com~apple~CloudDocs/crossover", "iCloud Drive"),
        ("/Users/mara/Library/CloudStorage/OneDrive-Personal/x", "OneDrive"),
        ("/Users/mara/Library/CloudStorage/GoogleDrive-m@example.com/My Drive/x", "Google Drive"),
        ("/Users/mara/Library/CloudStorage/Box-Box/x", "a cloud"),
        ("C:/Users/mara/OneDrive - Studio/crossover", "OneDrive"),
        ("C:/Users/mara/iCloudDrive/x", "iCloud Drive"),
        ("/home/mara/Dropbox (Personal)/x", "Dropbox"),
        ("/home/mara/Google Drive/x", "Google Drive"),
        ("/home/mara/crossover/dropboxes", None),
        ("/home/mara/onedriver/x", None),
    ],
)
def test_a_folder_of_a_cloud_is_known_by_its_name(path: str, cloud: str | None) -> None:
    assert syncing_cloud(Path(path)) == cloud


def test_a_check_that_breaks_is_a_finding_and_the_others_are_made() -> None:
    def breaks() -> Iterator[Finding]:
        yield from ()
        raise ZeroDivisionError

    (told,) = Subject("it").look(Check.DISK, breaks)
    assert (told.verdict, "ZeroDivisionError" in told.said) == (Verdict.FAIL, True)


def test_a_bundle_tells_no_content_names_or_paths(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CROSSOVER_HOME", str(tmp_path / SECRET / "data"))
    world = World(tmp_path / SECRET)
    library = read_library(world.workspace.posts)
    item = post(1, text=f"{SECRET} words", title=SECRET, tiktok_id="7306132438047116586")
    write_library(world.workspace.posts, type(library)(handle=SECRET, name=SECRET, posts=(item,)))
    logs = world.workspace.logs
    logs.mkdir()
    (logs / "2026-11-30T10-00-00Z-upload-12.log").write_text(
        f"2026 WARNING crossover: ended early: busy: {SECRET}\n"
        f"2026 INFO crossover.x: export: json, layout Post.Posts\n"
        f"2026 INFO crossover.x: export: json, layout {SECRET}/{SECRET}\n"
        f'    Traceback\n      File "/home/{SECRET}/x.py"\n    ValueError: {SECRET}\n',
        "utf-8",
    )
    (logs / f"{SECRET}.log").write_text(SECRET, "utf-8")
    what = Examined(world.workspace)
    findings = list(examine(what, NOW))
    path = tmp_path / "bundle.zip"
    content = write_bundle(path, what, findings, NOW)
    with zipfile.ZipFile(path) as bundle:
        text = b"".join(bundle.read(name) for name in bundle.namelist()).decode()
    assert SECRET not in text
    assert "mara" not in text
    assert "7306132438047116586" not in text
    assert json.loads(text) == json.loads(json.dumps(content))
    assert (content["errors"], content["bugs"]) == ({"busy": 1}, {"ValueError": 1})
    assert content["layouts"] == {"json Post.Posts": 1}
    assert content["runs"] == {"upload": 1}
    checks = Counter(one["verdict"] for one in content["checks"])
    assert sum(checks.values()) == len(findings)
    assert accounts_folder().name not in text.replace('"accounts"', "")
    assert describe(Examined(None), [], NOW)["posts"] == {}

"""A folder that is no workspace is not taken for one, and a workspace lies apart from what is given."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from crossover.library import add as add_module
from crossover.library.posts_file import read_library
from crossover.settings.rules_template import make_template
from crossover.workspace import Workspace
from tests.conftest import Run

POSTS = {
    "VideoList": [{"Date": "2025-05-02 09:10:55", "Link": "", "Title": "A", "WhoCanView": "Me"}]
}
NAME = f"{1746177055 << 32 | 1}.mp4"
"""The name of a file of that post."""


def write(path: Path, text: str = "{}") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def listed(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """A folder that an export was unpacked to."""
    write(tmp_path / "unpacked" / "user_data_tiktok.json", json.dumps({"Post": {"Posts": POSTS}}))
    return tmp_path / "unpacked"


def video(path: Path, content: str = "film") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"\0\0\0\x14ftypisom" + content.encode())
    return path


# --- a folder that is no workspace ----------------------------------------------------------

FOREIGN = {
    "crossover.yaml": "only_me: move\n",
    "edits.yaml": "version: 1\n",
    "plan.json": '{"format": "crossover/plan", "version": 1}',
    "agreed.json": '{"format": "crossover/agreed", "version": 1}',
    "preview.html": "<p>my own page",
    "sums.json": "[1]",
    "lock.json": '{"packages": []}',
    "lock": "1.0",
    "posts.json": '{"posts": []}',
}


@pytest.mark.parametrize("name", FOREIGN)
@pytest.mark.parametrize("command", ["add", "migrate"])
def test_files_of_such_names_are_not_adopted_and_stay_as_they_are(
    run: Run, export: Path, tmp_path: Path, command: str, name: str
) -> None:
    folder = tmp_path / "folder"
    write(folder / name, FOREIGN[name])
    before = listed(folder)
    code, screen = run(command, export, "-w", folder, *(["--yes"] if command == "migrate" else []))
    assert code == 2
    assert name in screen
    assert "-w DIR" in screen
    assert listed(folder) == before


@pytest.mark.parametrize("name", ["crossover.yaml", "posts.json"])
@pytest.mark.parametrize(
    "command", [["plan"], ["status"], ["upload"], [], ["sheet", "out", "a.csv"]]
)
def test_nor_by_any_other_command(
    run: Run, tmp_path: Path, command: list[str], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "folder"
    write(folder / name, FOREIGN[name])
    before = listed(folder)
    code, screen = run(*command, "-w", folder)
    assert (code, name in screen) == (2, True)
    assert listed(folder) == before


def test_nor_in_the_usual_place(run: Run, export: Path, tmp_path: Path) -> None:
    folder = tmp_path / "crossover" / "tiktok"
    write(folder / "edits.yaml", FOREIGN["edits.yaml"])
    assert run("add", export)[0] == 2
    assert listed(folder) == {"edits.yaml": FOREIGN["edits.yaml"].encode()}


def test_files_of_other_names_may_be_there(run: Run, export: Path, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    write(folder / "letter.txt", "hello")
    video(folder / "media" / "beach.mp4")
    assert run("add", export, "-w", folder)[0] == 0
    assert run("plan", "-w", folder)[0] == 0
    assert {"letter.txt", "media/beach.mp4"} <= set(listed(folder))


def test_a_damaged_posts_json_is_neither_adopted_nor_begun_anew(
    run: Run, export: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    run("add", export, "-w", folder)
    whole = (folder / "posts.json").read_bytes()
    for damaged, expected in ((whole[: len(whole) // 2], 1), (b"", 2), (b"\0" * 99, 2)):
        (folder / "posts.json").write_bytes(damaged)
        for command in (["add", export], []):
            assert run(*command, "-w", folder)[0] == expected
        assert (folder / "posts.json").read_bytes() == damaged


class Killed(BaseException):
    """Stands for a kill: nothing of the command runs after it."""


Kill = Callable[[pytest.MonkeyPatch], None]


def before_posts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(add_module, "write_library", killed)


def before_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Workspace, "prepare", killed)


def before_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(add_module, "keep", killed)


def killed(*_: object, **__: object) -> None:
    raise Killed


@pytest.mark.parametrize("kill", [before_posts, before_rules, before_the_end])
def test_a_first_add_that_was_killed_goes_on_with_the_same_command(
    run: Run, export: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kill: Kill
) -> None:
    folder = tmp_path / "folder"
    with monkeypatch.context() as dying:
        kill(dying)
        with pytest.raises(Killed):
            run("add", export, "-w", folder)
    # A process that is killed takes nothing back.
    write(folder / "lock.json", '{"command": "crossover add", "pid": 1, "host": "a", "since": "b"}')
    assert run("add", export, "-w", folder)[0] == 0
    assert len(read_library(folder / "posts.json").posts) == 1
    assert (folder / "crossover.yaml").read_text("utf-8") == make_template()


def test_so_does_one_of_an_older_version_which_wrote_the_rules_first(
    run: Run, export: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    write(folder / "crossover.yaml", make_template())
    write(folder / "sums.json", '{"format": "crossover/sums", "version": 1, "known": {}}')
    assert run("status", "-w", folder)[0] in (0, 7)
    assert run("add", export, "-w", folder)[0] == 0
    assert len(read_library(folder / "posts.json").posts) == 1


# --- a workspace lies apart -----------------------------------------------------------------


def itself(export: Path) -> Path:
    return export


def inside(export: Path) -> Path:
    return export / "workspace"


def deep_inside(export: Path) -> Path:
    return export / "a" / "b"


def by_a_link(export: Path) -> Path:
    link = export.parent / "link"
    link.symlink_to(export, target_is_directory=True)
    return link / "workspace"


def by_the_way_round(export: Path) -> Path:
    return export.parent / "elsewhere" / ".." / export.name / "workspace"


def relative(export: Path) -> Path:
    return Path(os.path.relpath(export / "workspace"))


@pytest.mark.parametrize(
    "where", [itself, inside, deep_inside, by_a_link, by_the_way_round, relative]
)
@pytest.mark.parametrize("command", ["add", "migrate"])
def test_nothing_is_written_into_an_export(
    run: Run,
    export: Path,
    command: str,
    where: Callable[[Path], Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if where is by_a_link and os.name == "nt":
        pytest.skip("links need a right there")
    monkeypatch.chdir(export.parent)
    (export.parent / "elsewhere").mkdir()
    before = listed(export)
    code, screen = run(command, export, "-w", where(export))
    assert code == 2
    assert "-w DIR" in screen
    assert listed(export) == before
    assert [path.name for path in export.iterdir()] == ["user_data_tiktok.json"]


def test_a_disk_that_tells_no_upper_case_is_asked(
    run: Run, export: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.samefile

    def ignoring_case(one: Path, other: Path) -> bool:
        return real(Path(str(one).lower()), Path(str(other).lower()))

    monkeypatch.setattr(Path, "samefile", ignoring_case)
    assert run("add", export, "-w", export.parent / "UNPACKED" / "workspace")[0] == 2


def test_an_export_does_not_lie_in_the_workspace_either(
    run: Run, export: Path, tmp_path: Path
) -> None:
    for _ in range(2):
        assert run("add", export, "-w", tmp_path)[0] == 2
    assert run("add", export / "user_data_tiktok.json", "-w", tmp_path)[0] == 0
    assert run("add", export, "-w", tmp_path)[0] == 2


def test_a_zip_may_lie_anywhere(run: Run, export: Path, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    with zipfile.ZipFile(folder / "TikTok_Data_1.zip", "w") as archive:
        archive.write(export / "user_data_tiktok.json", "user_data_tiktok.json")
    for _ in range(2):
        assert run("add", folder / "TikTok_Data_1.zip", "-w", folder)[0] == 0


def test_a_folder_of_media_around_the_workspace_gives_none_of_its_files(
    run: Run, export: Path, tmp_path: Path
) -> None:
    roll = tmp_path / "roll"
    own = video(roll / NAME)
    assert run("add", export, "-w", roll / "workspace")[0] == 0
    video(roll / "workspace" / "media" / f"copy of {NAME}", "not of the roll")
    for _ in range(2):
        code, screen = run("add", roll, "-w", roll / "workspace")
        assert code == 0
        assert "copy of" not in screen
    (post,) = read_library(roll / "workspace" / "posts.json").posts
    assert (roll / "workspace" / post.media[0].path).read_bytes() == own.read_bytes()


def test_neither_a_workspace_nor_its_media_are_what_a_creator_has(
    run: Run, export: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    assert run("add", export, video(tmp_path / NAME), "-w", folder)[0] == 0
    for given in (folder, folder / "media"):
        code, screen = run("add", given, "-w", folder)
        assert (code, "workspace" in screen) == (2, True)
    aside = video(folder / "media" / "unpaired" / f"0001-01-{'0' * 12}.mp4").parent
    assert run("add", aside, "-w", folder)[0] == 0

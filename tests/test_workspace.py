"""Where a move lives, and that a handle from an export leads nowhere else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossover.errors import UsageProblem
from crossover.workspace import Workspace, find_workspace, workspace_for


@given(
    st.one_of(st.none(), st.text(max_size=30), st.sampled_from(["..", ".", "con", "NUL.x", "a/b"]))
)
def test_a_handle_never_leads_out_of_the_folder(handle: str | None) -> None:
    home = Path("home")
    root = workspace_for(handle, home).root
    assert root.parent == home / "crossover"
    assert root.name not in ("", ".", "..")
    assert root.name.isascii()


def test_a_plain_handle_names_the_folder() -> None:
    assert workspace_for("mara.makes", Path("h")).root == Path("h/crossover/mara.makes")
    assert workspace_for(None, Path("h")).root == Path("h/crossover/tiktok")


def made(home: Path, name: str) -> Workspace:
    place = workspace_for(name, home)
    place.prepare()
    return place


def test_the_only_workspace_is_found(tmp_path: Path) -> None:
    place = made(tmp_path, "mara")
    (tmp_path / "crossover" / "no workspace").mkdir()
    assert find_workspace(None, tmp_path) == place


def test_with_several_one_must_be_named(tmp_path: Path) -> None:
    made(tmp_path, "a")
    second = made(tmp_path, "b")
    with pytest.raises(UsageProblem, match="a, b"):
        find_workspace(None, tmp_path)
    assert find_workspace(second.root, tmp_path) == second


def test_without_any_the_beginning_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem) as caught:
        find_workspace(None, tmp_path)
    assert "crossover migrate EXPORT" in caught.value.next
    with pytest.raises(UsageProblem, match="no workspace"):
        find_workspace(tmp_path / "elsewhere", tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no permission bits to look at")
def test_a_workspace_is_for_its_owner_alone_and_a_folder_in_use_stays_as_it_is(
    tmp_path: Path,
) -> None:
    for name, mode in (("new", 0o700), ("empty", 0o700), ("used", 0o755)):
        folder = tmp_path / name
        if name != "new":
            folder.mkdir()
            folder.chmod(0o755)
        if name == "used":
            (folder / "letter.txt").write_text("hello")
        with Workspace(folder).hold("add"):
            assert folder.stat().st_mode & 0o777 == mode


def test_a_name_no_folder_can_have_is_no_workspace(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match="no workspace"):
        find_workspace(tmp_path / ("x" * 300), tmp_path)
    with pytest.raises(UsageProblem), Workspace(tmp_path / ("x" * 300)).hold("add"):
        pass


def test_the_creators_rules_are_never_overwritten(tmp_path: Path) -> None:
    place = made(tmp_path, "a")
    place.rules.write_text("only_me: skip\n")
    place.prepare()
    assert place.rules.read_text() == "only_me: skip\n"

"""The sample exports are what their maker writes, and read as `expected.json` says."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from crossover.exports.read import read_export
from crossover.exports.summary import summarise
from crossover.model.posts import Declaration
from crossover.storage.documents import to_builtins

from .account import IDS, LAYOUTS, PRIVATE

SAMPLES = Path(__file__).parents[2] / "sample_exports" / "layouts"
EXPECTED = json.loads((SAMPLES / "expected.json").read_text("utf-8"))


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_sample_is_what_its_maker_writes(name: str) -> None:
    files = {
        path.relative_to(SAMPLES / name).as_posix(): path.read_bytes()
        for path in (SAMPLES / name).rglob("*")
        if path.is_file()
    }
    assert files == LAYOUTS[name].files()
    assert LAYOUTS[name].expected() == EXPECTED[name]
    assert sum(map(len, files.values())) < 20_000


def test_no_sample_is_without_its_expectation() -> None:
    folders = {path.name for path in SAMPLES.iterdir() if path.is_dir()}
    assert folders == set(EXPECTED) == set(LAYOUTS)


@pytest.mark.parametrize("form", ["folder", "file", "zip"])
@pytest.mark.parametrize("name", LAYOUTS)
def test_a_sample_reads_as_expected(name: str, form: str, tmp_path: Path) -> None:
    layout = LAYOUTS[name]
    path = SAMPLES / name
    wanted = dict(EXPECTED[name])
    if form == "file":
        path = path / layout.file
        wanted["file"] = layout.file.rpartition("/")[2]
    elif form == "zip":
        path = tmp_path / f"TikTok_Data_{int(layout.made.timestamp())}.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for file, content in layout.files().items():
                archive.writestr(file, content)
    export = read_export(path)
    found = to_builtins(summarise(export, layout.made))
    flat = {**found["export"], **found["posts"], **found["dates"], "posts": found["posts"]["total"]}
    assert {key: flat[key] for key in wanted} == wanted
    assert tuple(post.id for post in export.posts) == IDS
    assert export.made == layout.made
    assert (export.unreadable, export.problems, export.unknown_keys) == ((), (), ())
    assert export.deleted == 0
    assert PRIVATE not in repr(export)


def test_a_disclosure_is_read_where_optional_lines_are_absent() -> None:
    """As in May 2025: the line before it ends with a blank, and no other post has such a line."""
    posts = read_export(SAMPLES / "txt-2025-05").posts
    assert [post.title for post in posts].count(None) == 7
    assert [(post.id, post.declaration) for post in posts if post.declaration != "none"] == [
        ("2019-10-01T08:00:00Z", Declaration.AD),  # Branded Content
        ("2019-12-07T11:01:04Z", Declaration.AD),  # both
        ("2020-01-20T18:00:07Z", Declaration.AD),  # Your Brand
    ]

"""Every fixture reads as `expected.json` says, as folder, bare file and ZIP."""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crossover.exports.read import read_export
from crossover.exports.summary import summarise
from crossover.storage.documents import to_builtins

FIXTURES = Path(__file__).parents[3] / "shared" / "fixtures" / "tiktok"
EXPECTED: dict[str, dict[str, Any]] = (
    json.loads((FIXTURES / "expected.json").read_text()) if FIXTURES.is_dir() else {}
)
for told in EXPECTED.values():
    told.pop("note", None)  # for people
NAMES = list(EXPECTED)

needs_fixtures = pytest.mark.skipif(
    not EXPECTED, reason="the TikTok fixtures are not beside this checkout"
)


def packed(name: str, form: str, into: Path) -> Path:
    folder, file = FIXTURES / name, str(EXPECTED[name]["file"])
    if form == "folder":
        return folder
    if form == "file":
        return folder / file
    path = into / "TikTok_Data_1764247752.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for member in sorted(folder.rglob("*")):
            archive.write(member, member.relative_to(folder).as_posix())
    return path


@needs_fixtures
@pytest.mark.parametrize("form", ["folder", "file", "zip"])
@pytest.mark.parametrize("name", NAMES)
def test_a_fixture_reads_as_expected(name: str, form: str, tmp_path: Path) -> None:
    export = read_export(packed(name, form, tmp_path))
    found = to_builtins(summarise(export, datetime.now(UTC)))
    flat = {**found["export"], **found["posts"], **found["dates"], "posts": found["posts"]["total"]}
    wanted = dict(EXPECTED[name])
    if form == "file":
        wanted["file"] = str(wanted["file"]).rpartition("/")[2]
    assert {key: flat[key] for key in wanted} == wanted
    assert flat["first"] == EXPECTED[name].get("first")
    sums = ("videos", "photo_posts", "kind_unknown", "unreadable")
    assert flat["total"] == sum(flat[key] for key in sums)


@needs_fixtures
def test_the_fixtures_are_all_here() -> None:
    assert len(NAMES) >= 14


@needs_fixtures
def test_the_exports_time_is_told_by_its_links() -> None:
    export = read_export(FIXTURES / "json-2025-11-your-activity")
    assert export.made == datetime(2025, 11, 27, 12, 49, 12, tzinfo=UTC)
    assert export.made_from == "links"

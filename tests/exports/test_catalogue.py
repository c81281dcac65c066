"""The catalogue of bad archives and bad JSON, each named by its number: how the real `inspect` and
`add` end, what they say, that nothing is written but the workspace, and, where memory is what the
input is after, how much the real process held."""

from __future__ import annotations

import json
import os
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from crossover.cli.main import run_app

from .hostile import (
    NAME,
    POST,
    beyond_4_gib,
    flat_bomb,
    full_overlap,
    many_members,
    one_post,
    patched,
    quoted_overlap,
)
from .makers import document, photo_link, record, video_link, write, write_zip
from .processes import run_measured

MIB = 1024 * 1024
AGAIN = "Download it again from TikTok"
THREE = [record(f"2025-01-0{day} 00:00:00") for day in (3, 2, 1)]


@dataclass(frozen=True)
class Case:
    """One bad input: made in a folder, how the commands end, what one line of them says."""

    name: str
    make: Callable[[Path], Path]
    code: int
    says: str = "1 post"
    peak: int | None = None


def zipped(**members: Any) -> Callable[[Path], Path]:
    return lambda folder: write_zip(folder / "export.zip", members)


def json_file(content: Any) -> Callable[[Path], Path]:
    return lambda folder: write(folder, content)


def text(*rows: Any) -> str:
    return json.dumps(document(*rows), indent=2)


def edited_json(old: str, new: str, *rows: Any) -> Callable[[Path], Path]:
    return json_file(text(*rows).replace(old, new, 1).encode("utf-8", "surrogatepass"))


def json_after_section(before: bytes) -> Callable[[Path], Path]:
    """One post, and before it an unwanted section of these bytes."""
    return json_file(b'{"Comment": ' + before + b"," + POST[1:])


def zip_with_outside_names(folder: Path) -> Path:
    names = ("../../x", "/../abs", "C:\\x", "a\\..\\..\\x", "\\\\srv\\x")
    return one_post(folder / "export.zip", **dict.fromkeys(names, b"evil"))


def symlinks(folder: Path) -> Path:
    path = one_post(folder / "export.zip")
    with zipfile.ZipFile(path, "a") as archive:
        link = zipfile.ZipInfo("through")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc")
        archive.writestr("through/crossover-was-here", "x")
    return path


def zip_with_same_name_twice(folder: Path) -> Path:
    path = one_post(folder / "export.zip")
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(NAME, text(*THREE))
    return path


def zip_with_flipped_bit(folder: Path) -> Path:
    path = folder / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(NAME, POST)

    def change(data: bytearray, local: int, entry: int) -> None:
        data[data.index(b"Likes")] ^= 1

    return patched(path, change)


def zip_cut_at(kept: float) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = one_post(folder / "export.zip")
        data = path.read_bytes()
        path.write_bytes(data[: int(len(data) * kept)])
        return path

    return make


def with_method(method: int) -> Callable[[Path], Path]:
    def change(data: bytearray, local: int, entry: int) -> None:
        data[local + 8] = data[entry + 10] = method

    return lambda folder: patched(one_post(folder / "export.zip"), change)


def encrypted(folder: Path) -> Path:
    def change(data: bytearray, local: int, entry: int) -> None:
        data[local + 6] |= 1
        data[entry + 8] |= 1

    return patched(one_post(folder / "export.zip"), change)


def forged_packed_size(folder: Path) -> Path:
    def change(data: bytearray, local: int, entry: int) -> None:
        data[entry + 20 : entry + 24] = (2**31 - 1).to_bytes(4, "little")

    return patched(one_post(folder / "export.zip"), change)


def odd_names(folder: Path) -> Path:
    names = ("GBK \xce\xc4\xbc\xfe.txt", "nfd u\u0308.txt", "nfc \xfc.txt", "\x1b[2Jx.txt")
    path = one_post(folder / "export.zip", **dict.fromkeys(names, b"x"))

    def change(data: bytearray, local: int, entry: int) -> None:
        for at in (data.index(b"nfc "), data.rindex(b"nfc ")):
            data[at + 4] = 0xFF  # no UTF-8, where the flag says that it is

    def quiet(data: bytearray, local: int, entry: int) -> None:
        at = data.rindex(b"PK\x01\x02", 0, data.rindex(b"nfc "))
        data[at + 9] &= ~0x08

    return patched(patched(path, change), quiet)


def nested(folder: Path) -> Path:
    inner = POST
    for depth in range(6):
        path = write_zip(folder / "packed" / f"{depth}.zip", {"TikTok_Data_1763640000.zip": inner})
        inner = path.read_bytes()
    return path


def hostile_folder(folder: Path) -> Path:
    here = folder / "export"
    write(here, POST)
    if hasattr(os, "mkfifo"):
        os.mkfifo(here / "user_data.json")
        (here / "loop").symlink_to(here)
        (here / "zero.json").symlink_to("/dev/zero")
    return here


def watch_history(count: int) -> bytes:
    row = b'{"Date": "2024-01-01 00:00:00", "Link": "https://www.tiktokv.com/share/video/7/"},'
    return b'{"Watch History": {"VideoList": [' + row * count + b"{}]}}"


DEEP = b'{"a":' * 200_000 + b"1" + b"}" * 200_000
CUT = text(*THREE)[: text(*THREE).index("2025-01-01")]
TRAP = '"VideoList":[{ \\"Posts\\": {"VideoList": [{"Date": "2001-01-01 00:00:00"}]}}'

CASES = [
    Case(
        "01-zip-flat-bomb", lambda f: flat_bomb(f / "x.zip", 128 * MIB), 8, "200 times", 100 * MIB
    ),
    Case(
        "01-zip-flat-bomb-that-lies",
        lambda f: flat_bomb(f / "x.zip", 128 * MIB, claims=20_000),
        8,
        "more than its directory says",
        100 * MIB,
    ),
    Case("02-zip-overlap", lambda f: full_overlap(f / "x.zip", 50), 8, "its files overlap"),
    Case("03-zip-quoted-overlap", lambda f: quoted_overlap(f / "x.zip", 50), 8, "files overlap"),
    Case("04-zip-nested", nested, 8, "holds another ZIP"),
    Case("05-zip-slip", zip_with_outside_names, 0, "leads outside the archive"),
    Case("06-zip-symlink", symlinks, 0, "through, because it is a link"),
    Case("07-zip-dup-names", zip_with_same_name_twice, 8, "2 times; which one counts is unclear"),
    Case("08-zip-case-clash", zipped(**{"A.mp4": b"1", "a.mp4": b"2", NAME: POST}), 0),
    Case(
        "09-zip-lying-size",
        lambda f: flat_bomb(f / "x.zip", 10 * MIB, claims=10),
        8,
        "more than its directory says",
    ),
    Case("10-zip-forged-compress-size", forged_packed_size, 8, "overlap its directory", 100 * MIB),
    *(Case(f"11-zip-truncated-{k}", zip_cut_at(k), 8, AGAIN) for k in (0.1, 0.5, 0.99)),
    Case(
        "12-zip-crc",
        zip_with_flipped_bit,
        8,
        "user_data_tiktok.json in export.zip is damaged: its check sum",
    ),
    Case("13-zip-encrypted", encrypted, 8, "protected by a password"),
    *(Case(f"14-zip-method-{m}", with_method(m), 8, "cannot be unpacked") for m in (12, 14)),
    *(
        Case(
            f"14-zip-method-{m}", with_method(m), 8, f"packed with {name}, which crossover does not"
        )
        for m, name in ((9, "Deflate64"), (93, "Zstandard"), (98, "PPMd"), (99, "method 99"))
    ),
    Case("15-zip64", lambda f: beyond_4_gib(f / "x.zip"), 0, peak=100 * MIB),
    Case("17-zip-names-encoding", odd_names, 0),
    Case("18-zip-empty", zipped(), 8, "holds no files"),
    Case("18-zero-bytes", lambda f: write(f, b"", "x.zip"), 8, "is empty (0 bytes)"),
    Case("18-not-a-zip", lambda f: write(f, b"hello", "x.zip"), 8, "is not a ZIP file"),
    Case("18-html", lambda f: write(f, b"<!doctype html>", "x.zip"), 8, "is a web page"),
    Case("19-zip-100k-members", lambda f: many_members(f / "x.zip", 100_000), 0, peak=250 * MIB),
    Case("20-folder-instead", hostile_folder, 0),
    Case("21-deep-nesting-unused", json_after_section(DEEP), 0, peak=100 * MIB),
    Case("21-deep-nesting-in-a-post", edited_json('"5"', DEEP.decode(), *THREE), 3, "1 unreadable"),
    Case("21-nested-200-deep", edited_json('"5"', "[" * 200 + "]" * 200, *THREE), 0, "3 posts"),
    Case(
        "22-huge-string",
        json_after_section(b'"' + b'x\\\\\\"' * (8 * MIB) + b'"'),
        0,
        peak=100 * MIB,
    ),
    Case(
        "22-huge-record",
        edited_json('"5"', f'"{"}]}" * 4 * MIB}"', *THREE),
        3,
        "1 unreadable",
        100 * MIB,
    ),
    Case(
        "23-many-keys",
        json_after_section(b'{"k":1,' + b'"key":1,' * 2_000_000 + b'"l":1}'),
        0,
        peak=100 * MIB,
    ),
    Case("24-cut-file", json_file(CUT.encode()), 3, "2 videos, 1 unreadable"),
    Case(
        "25-lone-surrogate-in-a-caption",
        edited_json("CUT", "\\ud83d", record(Title="CUT")),
        0,
        "letters were damaged",
    ),
    Case("25-lone-surrogate-elsewhere", json_after_section(b'"\\ud83d"'), 0),
    Case(
        "26-bad-utf8",
        json_file(text(record(Title="X")).encode().replace(b"X", b"\xff\xfe")),
        0,
        "letters were damaged",
    ),
    Case("26-bad-utf8-elsewhere", json_after_section(b'"\xff\xfe\xc0"'), 0),
    Case("26-utf16", json_file(text(record()).encode("utf-16")), 0),
    Case("26-bom", json_file(b"\xef\xbb\xbf" + POST), 0),
    Case("26-nul-and-control-characters", edited_json("X", "\0\t\x1b", record(Title="X")), 0),
    Case("26-only-nul", json_file(bytes(2000)), 8, "does not begin with `{`"),
    Case(
        "27-dup-keys",
        edited_json('"VideoList"', '"VideoList": [{}, {}], "VideoList"', *THREE),
        0,
        "more than once; the last one was read",
    ),
    *(
        Case(f"28-likes-{name}", edited_json('"5"', likes, *THREE), 0, "3 posts")
        for name, likes in (("nan", "NaN"), ("1e999", "1e999"), ("5000-digits", "9" * 5000))
    ),
    Case("29-types", json_file(document(record(Link=[video_link()], Title=None, Likes=[1]))), 0),
    Case(
        "29-date-is-a-number",
        json_file(document(record(Date=1735689600), *THREE)),
        3,
        "1 unreadable",
    ),
    Case("29-list-is-null", json_file({"Post": {"Posts": {"VideoList": None}}}), 0, "0 posts"),
    Case(
        "29-list-is-empty-object", json_file({"Post": {"Posts": {"VideoList": {}}}}), 0, "0 posts"
    ),
    Case(
        "29-list-is-text", json_file({"Post": {"Posts": {"VideoList": "x"}}}), 8, "are not a list"
    ),
    Case("29-null", json_file(b"null"), 8, "does not begin with `{`"),
    Case("29-empty-list", json_file(b"[]"), 8, "does not begin with `{`"),
    Case("29-empty-object", json_file(b"{}"), 8, "has no section of a TikTok export"),
    Case(
        "30-wrong-case-keys",
        json_file(
            {"post": {"POSTS": {"Video_List": [{"date": "2025-01-01 00:00:00", "LINK": "N/A"}]}}}
        ),
        0,
    ),
    Case(
        "30-unknown-layout",
        json_file({"Berichten": {"secret@mail": 1}, "me@mail.example": {}, "Profiel": {}}),
        8,
        "Its sections are: Berichten, (a name that is not shown), Profiel.",
    ),
    Case(
        "30-other-sections-only",
        json_file({"Likes and Favorites": {}, "Comment": {}}),
        0,
        "It holds: Likes and Favorites, Comment.",
    ),
    Case("30-unknown-keys", json_file(document(record(NewThing="x"))), 0, "passed over: NewThing."),
    *(
        Case(f"31-date-{date[:10]}", json_file(document(record(date))), 0)
        for date in (
            "1970-01-01 00:00:00",
            "2038-01-19 03:14:08",
            "9999-12-31 23:59:59",
            "2025-03-30 02:30:00",
        )
    ),
    Case(
        "31-date-zero",
        json_file(document(*THREE, record("0000-00-00 00:00:00"))),
        3,
        "1 unreadable",
    ),
    Case(
        "32-ids",
        json_file(
            document(
                record("2025-01-01 00:00:00", Link="N/A"),
                record("2025-01-01 00:00:00", Link=f"https://www.tiktok.com/video/{'7' * 30}/"),
                record("2025-01-01 00:00:00", Link=photo_link()),
            )
        ),
        0,
        "3 posts",
    ),
    Case(
        "33-key-in-caption",
        json_file(document(*THREE, record(Title=TRAP)) | {"Comment": TRAP}),
        0,
        "4 posts",
    ),
    Case("35-1-m-history-rows", json_after_section(watch_history(1_000_000)), 0, peak=100 * MIB),
]


def list_files(folder: Path) -> set[tuple[str, int]]:
    return {
        (str(path), path.lstat().st_size)
        for path in folder.rglob("*")
        if not path.is_symlink() and path.is_file()
    }


MEASURED = ("01-zip-flat-bomb-that-lies", "22-huge-string")
"""The inputs after memory that are tried by default; the others are read in the same ways."""


def case_params() -> Iterator[Any]:
    for case in CASES:
        late = case.peak is not None and case.name not in MEASURED
        yield pytest.param(case, id=case.name, marks=pytest.mark.complete if late else ())


@pytest.mark.parametrize("case", list(case_params()))
def test_catalogue(
    case: Case,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    home, work, given = (tmp_path / name for name in ("home", "work", "given"))
    home.mkdir()
    given.mkdir()
    for name in ("HOME", "USERPROFILE", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(given)
    path = case.make(given)
    before = list_files(given)

    def command(*arguments: object) -> tuple[int, str]:
        if case.peak is not None and arguments[0] == "inspect":
            ended = run_measured(home, *arguments)
            assert ended.peak < case.peak, f"held {ended.peak / MIB:.0f} MiB"
            return ended.code, ended.out + ended.said
        monkeypatch.setattr(sys, "argv", ["crossover", *map(str, arguments)])
        code = run_app()
        told = capsys.readouterr()
        return code, told.out + told.err

    code, said = command("inspect", path)
    assert (code, case.says in " ".join(said.split())) == (case.code, True), said
    assert "Traceback" not in said
    assert "SIGNED" not in said
    assert "\x1b" not in said
    if case.peak is not None:
        return
    code, said = command("add", path, "-w", work)
    assert code == case.code, said
    assert (work / "posts.json").exists() is (case.code != 8)
    assert list_files(given) == before
    assert {entry.name for entry in tmp_path.iterdir()} <= {"home", "work", "given"}

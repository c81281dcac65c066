"""Planted secrets: whatever an export holds besides the posts, and the links' signatures, come out
nowhere, however a command ends and however much it is asked to say."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.road.conftest import DEMO, Crossover, Run, copy_media

SIGNATURE = "CANARY-SIGNATURE"
PRIVATE = {
    "Direct Message": {
        "Direct Messages": {
            "ChatHistory": {
                "Chat History with CANARY-FRIEND:": [
                    {"Date": "2026-09-02 16:20:11", "From": "x", "Content": "CANARY-MESSAGE"}
                ]
            }
        }
    },
    "Your Activity": {
        "Searches": {
            "SearchList": [{"Date": "2026-01-01 00:00:00", "SearchTerm": "CANARY-SEARCH"}]
        },
        "Login History": {"LoginHistoryList": [{"IP": "CANARY-IP"}]},
    },
    "TikTok Shop": {"Saved Address": {"SavedAddress": [{"Address": "CANARY-ADDRESS"}]}},
}
PROFILE = {"emailAddress": "CANARY-EMAIL@x.example", "telephoneNumber": "+00CANARY-PHONE"}


def planted() -> dict[str, Any]:
    """The demo's export, with a secret wherever one could be."""
    export: dict[str, Any] = json.loads((DEMO / "user_data_tiktok.json").read_text("utf-8"))
    export.update(PRIVATE)
    export["Profile And Settings"]["Profile Info"]["ProfileMap"].update(PROFILE)
    for record in export["Post"]["Posts"]["VideoList"]:
        record["Link"] = "\n".join(
            f"{link}&x-tos-signature={SIGNATURE}" for link in record["Link"].split("\n")
        )
        record["CoverImage"] = (
            f"https://p16-sign-sg.tiktokcdn.com/a/1~x.image?x-signature={SIGNATURE}"
        )
    return export


def as_json(export: object) -> bytes:
    return json.dumps(export, indent=2).encode()


def cut_in_a_message(export: dict[str, Any]) -> bytes:
    """Broken right beside a secret, and before the posts."""
    text = as_json({"Direct Message": export["Direct Message"], **export})
    return text.replace(b'CANARY-MESSAGE"', b'CANARY-MESSAGE" "x', 1)


def cut_in_a_link(export: dict[str, Any]) -> bytes:
    text = as_json({"Post": export["Post"]})
    return text[: text.rindex(SIGNATURE.encode()) + 8]


def odd_records(export: dict[str, Any]) -> bytes:
    records = export["Post"]["Posts"]["VideoList"]
    records[0]["Date"] = f"https://x.example/?x-signature={SIGNATURE}"
    records[1]["Date"] = {"CANARY-DATE": [SIGNATURE]}
    records[3]["CANARY-KEY@x.example"] = "CANARY-VALUE"
    export["CANARY-SECTION@x.example"] = {"CANARY-INNER": 1}
    return as_json(export)


FORMS: dict[str, Callable[[dict[str, Any]], bytes]] = {
    "sound": as_json,
    "broken in a message": cut_in_a_message,
    "cut in a link": cut_in_a_link,
    "odd records": odd_records,
}


@pytest.mark.parametrize(
    "form",
    [
        "sound",
        "broken in a message",
        pytest.param("cut in a link", marks=pytest.mark.complete),
        pytest.param("odd records", marks=pytest.mark.complete),
    ],
)
def test_planted_secrets_come_out_nowhere(run: Run, tmp_path: Path, form: str) -> None:
    given, root, home = (tmp_path / name for name in ("given", "workspace", "home"))
    given.mkdir()
    copy_media(given)  # with words in the sound form, so that notes are planned and sent as well
    if form != "sound":
        for words in given.glob("*.info.json"):
            words.unlink()

    def command(*arguments: object) -> tuple[int, str]:
        if form == "sound" and arguments[0] == "upload":
            done = Crossover(home)(*arguments)
            return done.returncode, done.stdout + done.stderr
        ended = run(*arguments)
        return ended.code, ended.out + ended.said

    export = given / "user_data_tiktok.json"
    export.write_bytes(FORMS[form](planted()))
    sheet, said = tmp_path / "words.csv", ""
    for arguments in (
        ("inspect", given, "-vv"),
        ("inspect", export, "--json", "-vv"),
        ("add", given, "-w", root, "-vv"),
        ("add", given, "-w", root, "-vv"),
        ("plan", "-w", root, "-vv"),
        ("plan", "-w", root, "--json", "-vv"),
        ("preview", "1", "-w", root, "-vv"),
        ("sheet", "out", sheet, "-w", root, "-vv"),
        ("status", "-w", root, "--json"),
        ("upload", "-w", root, "--batch", "2", "-vv"),
    ):
        code, told = command(*arguments)
        assert code in (0, 2, 3, 7, 8), told
        assert told
        said += told
    if form == "sound":
        assert "practised" in said
    assert "CANARY" not in said

    places = (*root.rglob("*"), *home.rglob("*"), sheet)
    held = {path for path in places if path.is_file()}
    leaks = {path.name for path in held if b"CANARY" in path.read_bytes()}
    assert leaks <= {"posts.json"}, "signed links alone, and only where the creator alone can read"
    if leaks:
        posts = root / "posts.json"
        assert "CANARY" not in posts.read_text("utf-8").replace(SIGNATURE, "")
        if os.name != "nt":
            assert posts.stat().st_mode & 0o777 == 0o600

"""README's first command: the whole road on the sample export."""

from __future__ import annotations

import hashlib
import json
import os
import re
from pathlib import Path

import pytest

from tests.preview.pages import read_notes
from tests.road.conftest import DEMO, LETTER, Crossover, Migrated, Typed, copied, kept, temp_files

MARKER = re.compile(r"#([^#\s\[]+)\[话题\]#")


def test_it_ends_well_with_numbers_that_add_up_and_the_profile(migrated: Migrated) -> None:
    done = migrated.done
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    found, move, hold, skip, bad = map(
        int,
        re.findall(
            r"(\d+) posts found = (\d+) move .*\+ (\d+) on hold \+ (\d+) left out \+ (\d+) unread",
            done.stderr,
        )[0],
    )
    assert found == move + hold + skip + bad == 28
    assert move >= 20
    sums = re.findall(r"^ *(\d+)  (practised|on hold|posts found) *$", done.stderr, re.MULTILINE)
    assert sums == [(str(move), "practised"), (str(hold), "on hold"), (str(found), "posts found")]
    profile = re.findall(r"(\S+profile\.html)", done.stderr)[-1]
    assert Path(profile).read_text("utf-8").startswith("<!doctype html>")
    # Nearly all have words: the public page is not where the others come from.
    assert "Next:  crossover preview -w" in done.stderr


def test_it_ends_as_the_readme_shows(migrated: Migrated) -> None:
    readme = Path(__file__).parents[2].joinpath("README.md").read_text("utf-8")
    (shown,) = re.findall(r"ends like this:\n\n```\n(.*?)```", readme, re.DOTALL)
    said = re.sub(r" -w [^)`\n]+", "", migrated.done.stderr)
    said = said.replace(str(migrated.root), "~/crossover/mara.makes")
    lines = iter(line.rstrip() for line in said.splitlines())
    assert all(line in lines for line in shown.splitlines()), said  # each, in this order


def test_what_was_shown_is_what_was_sent(crossover: Crossover, migrated: Migrated) -> None:
    plan = json.loads((migrated.root / "plan.json").read_text("utf-8"))
    sent = [note for note in plan["notes"] if note["action"] == "move"]
    held = crossover.json("rehearsal", "notes", "-w", migrated.root, "--json")
    assert len(sent) == len(held) == plan["notes_total"]
    unknown = 0
    for note, record in zip(sent, held, strict=True):
        assert record["title"] == note["title"]
        assert MARKER.sub(r"#\1", record["desc"]) == note["description"]
        assert record["topics"] == MARKER.findall(record["desc"])
        assert record["topics"] == [t for t in note["topics"] if t in record["topics"]]
        unknown += len(note["topics"]) - len(record["topics"])
        assert record["visibility"] == note["visibility"]
        assert record["type"] == {"video": "video", "photos": "normal"}[note["kind"]]
        shown = [{"sha256": m["sha256"], "bytes": m["bytes"]} for m in note["media"]]
        assert record["media"] == shown
        cover = note["cover"] and {k: note["cover"][k] for k in ("sha256", "bytes")}
        assert record["cover"] == cover
        for file in [*note["media"], *([note["cover"]] if note["cover"] else [])]:
            data = (migrated.root / file["path"]).read_bytes()
            assert hashlib.sha256(data).hexdigest() == file["sha256"]
    assert unknown > 0, "the demo should have tags that the stand-in lacks"


def test_hashtags_that_the_account_does_not_know_are_told_on_every_screen(
    crossover: Crossover, typed: Typed, migrated: Migrated
) -> None:
    plan = json.loads((migrated.root / "plan.json").read_text("utf-8"))
    moved = [note for note in plan["notes"] if note["action"] == "move"]
    held = crossover.json("rehearsal", "notes", "-w", migrated.root, "--json")
    plain = {
        note["number"]: [name for name in note["topics"] if name not in record["topics"]]
        for note, record in zip(moved, held, strict=True)
    }
    status = typed.json("status", "-w", migrated.root, "--json")
    told = {note["number"]: note["plain_topics"] for note in status["notes"]}
    assert told == dict.fromkeys(told) | plain  # None for what is on hold
    some = {number: names for number, names in plain.items() if names}
    total = sum(map(len, some.values()))
    counted = f"{total} hashtags are plain text in {len(some)} notes"
    assert counted in migrated.done.stderr
    said = typed("status", "-w", migrated.root).stderr
    assert counted in said
    names_there = {name for names in some.values() for name in names}
    listed = re.findall(r"#(\S+) \(", said.partition(counted)[2])
    assert set(listed) <= names_there
    assert f"and {len(names_there) - len(listed)} more, which the preview names" in said
    notes = read_notes(migrated.root / "preview.html")
    for number, names in some.items():
        each = ", ".join(f"#{name}" for name in names)
        assert f"plain text there: {each}\n" in migrated.done.stderr
        assert notes[number]["plain_topics"] == names
    assert sum("plain_topics" in note for note in notes.values()) == len(some)
    one = " ".join(typed("preview", "2", "-w", migrated.root).stderr.replace("│", "").split())
    each = ", ".join(f"#{name}" for name in plain["2"])
    assert f"{len(plain['2'])} hashtags are plain text there: {each}. The prac" in one
    assert "kilnopening" in plain["2"]


def test_the_documents_parse_from_the_first_byte(crossover: Crossover, migrated: Migrated) -> None:
    inspected = crossover.json("inspect", DEMO, "--json")
    status = crossover.json("status", "-w", migrated.root, "--json")
    assert inspected["posts"]["total"] == status["found"] == 28
    assert (inspected["posts"]["videos"], inspected["posts"]["photo_posts"]) == (17, 11)


def test_status_counts_every_post_once_and_keeps_the_evidence(
    typed: Typed, migrated: Migrated
) -> None:
    status = typed.json("status", "-w", migrated.root, "--json")
    states = ("unreadable", "skip", "hold", "ready", "uploading", "started", "posted")
    more = ("handed", "failed", "unknown")
    assert sum(status[state] for state in states + more) == status["found"]
    posted = [note for note in status["notes"] if note["state"] == "posted"]
    assert all(note["note_id"] and note["evidence"] for note in posted)
    assert len({note["note_id"] for note in posted}) == len(posted)


def test_run_again_it_sends_nothing_more(
    crossover: Crossover, migrated: Migrated, tmp_path: Path
) -> None:
    root = copied(migrated.root, tmp_path / "workspace")
    before = kept(root / "rehearsal")
    assert len(set(before)) == len(before) == 26
    assert crossover("migrate", DEMO, "--yes", "-w", root).returncode == 0
    assert kept(root / "rehearsal") == before


def test_planning_twice_gives_the_same_plan(typed: Typed, planned: Path) -> None:
    before = (planned / "plan.json").read_bytes()
    made = typed.json("plan", "-w", planned, "--json")
    assert (planned / "plan.json").read_bytes() == before
    assert made["digest"] == json.loads(before)["digest"]
    assert {"to", "site", "found", "move", "skip", "hold", "unreadable", "notes_total"} <= set(made)


def test_nothing_private_leaves_the_posts_file(migrated: Migrated) -> None:
    signatures = ("x-tos-signature", "x-signature", "x-expires", "dpk=")
    secret = re.compile("|".join(signatures))
    for path in migrated.root.rglob("*"):
        if path.is_file() and path.suffix in (".json", ".html", ".log", ".yaml"):
            if path.name == "posts.json":
                assert path.stat().st_mode & 0o077 == 0
            else:
                assert not secret.search(path.read_text("utf-8")), path
    assert not secret.search(migrated.done.stderr)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no permission bits to look at")
def test_whatever_crossover_writes_is_for_its_owner_alone_and_nothing_else_is_touched(
    migrated: Migrated,
) -> None:
    originals = {path.stat().st_ino: path.stat().st_mode for path in DEMO.iterdir()}
    own = {path: path.stat() for path in migrated.root.rglob("*") if path.name != LETTER}
    linked = [stat for path, stat in own.items() if path.is_file() and stat.st_ino in originals]
    assert all(stat.st_mode == originals[stat.st_ino] for stat in linked)
    modes = {
        str(path.relative_to(migrated.root)): stat.st_mode & 0o777
        for path, stat in own.items()
        if stat not in linked
    }
    assert {name: f"{mode:o}" for name, mode in modes.items() if mode & 0o077} == {}
    assert migrated.root.stat().st_mode & 0o777 == 0o777
    assert (migrated.root / LETTER).stat().st_mode & 0o777 == 0o644


def test_nothing_half_made_is_left(migrated: Migrated) -> None:
    assert temp_files(migrated.root) == []
    assert not list((migrated.root / "rehearsal").glob("uploads/*"))


def test_pictures_go_out_without_place_or_camera(migrated: Migrated) -> None:
    jpegs = [p.read_bytes() for p in (migrated.root / "ready").glob("*.jpg")]
    assert jpegs
    assert not any(b"Exif\0\0" in data[:4096] for data in jpegs)


@pytest.mark.parametrize("note", ["7", "7.2", "22"])
def test_one_note_can_be_read_in_the_terminal(typed: Typed, migrated: Migrated, note: str) -> None:
    done = typed("preview", note, "-w", migrated.root)
    assert done.returncode == 0
    assert note in done.stderr

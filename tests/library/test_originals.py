"""`crossover add` and files from a camera roll: what is taken, what is asked, what is named."""

from __future__ import annotations

import json
import random
import shlex
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from crossover.cli.main import run_app
from crossover.library.link_survey import survey, take_fetched, to_fetch
from crossover.library.posts_file import read_library, write_library
from crossover.media.decoder.process import Decoder
from crossover.media.download.outcomes import LinkState, Result
from crossover.media.download.outcomes_file import LinkOutcomes
from crossover.media.likeness.fingerprint_cache import FingerprintCache
from crossover.model.posts import MediaKind, Post
from crossover.storage.checksums import Checksums
from tests.conftest import Run
from tests.media.likeness.made_videos import Frames, brighter, encode, film, noise

NOW = datetime(2026, 11, 22, tzinfo=UTC)
DEAD = "x-tos-expires=1&x-expires=1"


class Creator:
    """An account with fetched copies of its posts, and a camera roll."""

    def __init__(self, folder: Path, run: Run) -> None:
        self.root = folder / "crossover" / "mara"
        self.roll = folder / "roll"
        self.roll.mkdir()
        self._file = folder / "user_data_tiktok.json"
        self._run = run
        self._records: list[dict[str, str]] = []
        self._made: dict[str, Callable[[Path], object]] = {}

    def video(self, frames: Frames | None, cover: Image.Image | None = None) -> None:
        """A post; without frames its video was not fetched in time."""
        key = f"v{len(self._records)}"
        record = {
            "Link": f"https://video-va.tiktokv.com/storage/v1/b/{key}?mime_type=video_mp4&{DEAD}"
        }
        if frames:
            copy = brighter(frames)
            self._made[key] = lambda path: encode(
                path.with_suffix(".mp4"), copy, size=(72, 120), crf=34, rate=20
            )
        if cover:
            address = f"https://p16-sign-va.tiktokcdn.com/tos-useast2a-p-0068/{key}cover"
            record["CoverImage"] = f"{address}~tplv-tiktokx-origin.image?{DEAD}"
            self._made[f"{key}cover"] = lambda path: cover.save(path.with_suffix(".jpg"))
        self._post(record)

    def photos(self, *images: Image.Image) -> None:
        keys = [f"p{len(self._records)}{n}" for n in range(len(images))]
        for key, image in zip(keys, images, strict=True):
            self._made[key] = lambda path, image=image: image.resize((180, 240)).save(  # type: ignore[misc]
                path.with_suffix(".jpg"), quality=50
            )
        base = "https://p16-ttdyd-sign-sg.ibyteimg.com/tos-photomode-sg"
        self._post({"Link": "\n".join(f"{base}/{key}~tplv-noop.jpeg?{DEAD}" for key in keys)})

    def _post(self, record: dict[str, str]) -> None:
        date = f"2025-05-{len(self._records) + 1:02} 12:00:00"
        self._records.append({"Date": date, "WhoCanView": "Everyone"} | record)

    def fetched(self) -> None:
        """Add the export, and lay there what `fetch` would have brought while the links lived."""
        document = {
            "Post": {"Posts": {"VideoList": self._records[::-1]}},
            "Profile": {"Profile Info": {"ProfileMap": {"userName": "mara"}}},
        }
        self._file.write_text(json.dumps(document), "utf-8")
        assert self._run("add", self._file)[0] == 0
        folder = self.root / "media" / "fetched"
        folder.mkdir(parents=True, exist_ok=True)
        library = read_library(self.root / "posts.json")
        for line in survey(library, self.root, datetime(1970, 1, 1, tzinfo=UTC)):
            key = line.wanted.key.rpartition("/")[2]
            if make := self._made.get(key):
                make(folder / line.wanted.stem)
        lines = survey(library, self.root, NOW)
        settled = take_fetched(library, lines, {}, self.root, Checksums())
        write_library(self.root / "posts.json", settled.library)

    def original(self, name: str, frames: Frames, made: str = "2025-04-29T10:00:00+0200") -> Path:
        metadata = {"com.apple.quicktime.creationdate": made}
        return encode(self.roll / name, frames, crf=18, **metadata)  # type: ignore[arg-type]

    def posts(self) -> tuple[Post, ...]:
        return read_library(self.root / "posts.json").posts

    def sources(self, number: int) -> list[str]:
        """Names of the creator's own files that a post has."""
        media = self.posts()[number - 1].media
        return [m.source for m in media if "/fetched/" not in m.path]

    def evidence(self, number: int) -> str:
        return next(e.detail for e in self.posts()[number - 1].evidence if e.what == "file")


@dataclass(frozen=True)
class Typed:
    code: int
    stderr: str


TypeIt = Callable[..., Typed]
"""As `run`, and the screen line by line."""


@pytest.fixture
def type_it(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> TypeIt:
    def typed(*arguments: object) -> Typed:
        monkeypatch.setattr(sys, "argv", ["crossover", *map(str, arguments)])
        return Typed(run_app(), capsys.readouterr().err)

    return typed


@pytest.fixture
def creator(tmp_path: Path, run: Run) -> Creator:
    return Creator(tmp_path, run)


def view(number: int) -> Image.Image:
    return film(8 * number + 1)[0].resize((600, 800))


def test_a_sure_original_is_taken_with_its_evidence_and_beats_the_fetched_copy(
    creator: Creator, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    creator.video(film(1))
    creator.video(film(4))
    creator.fetched()
    original = creator.original("IMG_2034.MOV", film(1))
    creator.original("IMG_2035.MOV", film(9))
    code, screen = run("add", creator.roll)
    assert code == 0
    assert (
        "Known by what they look like (1): IMG_2034.MOV is post 1: 1.8 s both, pictures" in screen
    )
    assert "filmed 2 days before" in screen
    assert "IMG_2035.MOV: no TikTok id in its name, and like no post" in screen
    assert "files for 1" in screen
    first, second = creator.posts()
    assert (creator.root / first.media[0].path).read_bytes() == original.read_bytes()
    assert creator.evidence(1).startswith("by likeness: 1.8 s both, pictures alike 0.9")
    assert second.media[0].path.startswith("media/fetched/")
    # Nothing of it is fetched again, and nothing decoded again.
    assert not to_fetch(survey(read_library(creator.root / "posts.json"), creator.root, NOW))
    monkeypatch.setattr(Decoder, "fingerprint", lambda *_: pytest.fail("looked at twice"))
    code, screen = run("add", creator.roll)
    assert (code, creator.posts()) == (0, (first, second))
    assert "IMG_2034.MOV" not in screen
    # A later export does not take it away either.
    assert run("add", creator.root.parents[1] / "user_data_tiktok.json")[0] == 0
    assert creator.sources(1) == ["IMG_2034.MOV"]


@pytest.mark.usefixtures("at_once")
def test_the_same_clip_posted_twice_is_asked_about_and_settled_by_a_flag(
    creator: Creator, run: Run
) -> None:
    creator.video(film(1))
    creator.video(film(1))
    creator.fetched()
    creator.original("IMG_2034.MOV", film(1))
    before = creator.posts()
    code, screen = run("add", creator.roll)
    assert (code, creator.posts()) == (0, before)
    assert "Perhaps a post's own (2), not used until you say so" in screen
    assert "IMG_2034.MOV, post 1? 1.8 s both" in screen
    assert "as like post 2" in screen
    assert "--pair 1=IMG_2034.MOV" in screen
    assert run("add", creator.roll, "--pair", "2=IMG_2034.MOV")[0] == 0
    assert (creator.sources(1), creator.sources(2)) == ([], ["IMG_2034.MOV"])
    assert creator.evidence(2) == "you named it"
    assert "IMG_2034.MOV" not in run("add", creator.roll)[1]
    assert creator.sources(2) == ["IMG_2034.MOV"]


@pytest.mark.usefixtures("at_once")
def test_what_is_as_like_as_the_original_is_asked_about_and_takes_its_place_by_name(
    creator: Creator, run: Run
) -> None:
    creator.video(film(1))
    creator.fetched()
    first = creator.original("IMG_2034.MOV", film(1))
    assert run("add", first)[0] == 0
    candidate = encode(creator.roll / "IMG_E2034.MOV", film(1), crf=26)
    screen = run("add", creator.roll)[1]
    assert "IMG_E2034.MOV, post 1? 1.8 s both" in screen
    assert "post 1 has IMG_2034.MOV by likeness; --pair takes this one instead" in screen
    assert creator.sources(1) == ["IMG_2034.MOV"]
    # Refusing the rival leaves the post what it has, and asks no more.
    assert run("add", creator.roll, "--no-pair", "1")[0] == 0
    assert creator.sources(1) == ["IMG_2034.MOV"]
    assert "IMG_E2034.MOV, post 1?" not in run("add", creator.roll)[1]
    assert run("add", candidate, "--pair", "1=IMG_E2034.MOV")[0] == 0
    assert creator.sources(1) == ["IMG_E2034.MOV"]
    # What was named is not open any more.
    encode(creator.roll / "IMG_3.MOV", film(1), crf=24)
    assert "IMG_3.MOV: like post 1, which has an original already" in run("add", creator.roll)[1]


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("moved", [False, True])
def test_of_two_rivals_none_is_sure_alone(creator: Creator, run: Run, moved: bool) -> None:
    creator.video(film(1))
    creator.fetched()
    one = creator.original("a/IMG_2034.MOV", film(1))
    other = encode(creator.roll / "FINAL.MOV", film(1), crf=26)
    assert "FINAL.MOV, IMG_2034.MOV, post 1? FINAL.MOV: 1.8 s" in run("add", creator.roll)[1]
    if moved:
        other.unlink()
    screen = run("add", one)[1]
    assert "IMG_2034.MOV, post 1?" in screen
    assert "FINAL.MOV may be it as well" in screen
    assert creator.sources(1) == []
    # Something else in between changes nothing.
    view(5).save(creator.roll / "IMG_5.JPG")
    run("add", creator.roll / "IMG_5.JPG")
    run("add", one)
    assert creator.sources(1) == []
    if not moved:  # the other one refused, nothing is left to ask
        assert run("add", other, "--no-pair", "1")[0] == 0
        run("add", one)
        assert creator.sources(1) == ["IMG_2034.MOV"]


@pytest.mark.usefixtures("at_once")
def test_what_only_the_cover_left_open_is_sure_beside_the_fetched_video(
    creator: Creator, run: Run
) -> None:
    creator.video(film(1), cover=film(1)[5].resize((720, 1200)))
    creator.fetched()
    fetched = next((creator.root / "media" / "fetched").glob("*.mp4"))
    library = read_library(creator.root / "posts.json")
    bare = tuple(replace(post, media=()) for post in library.posts)
    write_library(creator.root / "posts.json", replace(library, posts=bare))
    away = fetched.rename(creator.roll.parent / "away.mp4")
    path = creator.original("IMG_2034.MOV", film(1))
    assert "like the post's cover" in run("add", path)[1]
    away.rename(fetched)
    assert "IMG_2034.MOV is post 1" in run("add", path)[1]


@pytest.mark.usefixtures("at_once")
def test_a_sure_file_can_be_refused_before_it_is_taken(creator: Creator, run: Run) -> None:
    creator.video(film(1))
    creator.fetched()
    path = creator.original("IMG_2034.MOV", film(1))
    for _ in range(2):  # said twice, it is no mistake
        assert run("add", path, "--no-pair", "1")[0] == 0
    assert creator.sources(1) == []
    assert "post 1" not in run("add", path)[1]
    assert creator.sources(1) == []


@pytest.mark.usefixtures("at_once")
def test_an_original_is_not_taken_back_for_a_file_that_is_not_it(
    creator: Creator, run: Run
) -> None:
    creator.video(film(1))
    creator.fetched()
    path = creator.original("IMG_2034.MOV", film(1))
    stranger = creator.original("IMG_9.MOV", film(4))
    run("add", path)
    code, screen = run("add", stranger, "--no-pair", "1")
    assert code == 2
    assert "No file of those you gave is in question for post 1" in screen
    assert creator.sources(1) == ["IMG_2034.MOV"]
    assert run("add", path, "--no-pair", "1")[0] == 0
    assert creator.sources(1) == []


@pytest.mark.usefixtures("at_once")
def test_a_raw_clip_is_named_and_not_used(creator: Creator, run: Run) -> None:
    creator.video(film(1)[4:14])
    creator.fetched()
    creator.original("IMG_2034.MOV", film(1))
    code, screen = run("add", creator.roll)
    assert code == 0
    assert "IMG_2034.MOV, post 1? raw clip, not your edit: 1.8 s, the post 1.0 s" in screen
    assert creator.sources(1) == []


@pytest.mark.usefixtures("at_once")
def test_filmed_after_the_post_is_asked_about(creator: Creator, run: Run) -> None:
    creator.video(film(1))
    creator.fetched()
    creator.original("IMG_2034.MOV", film(1), made="2025-05-03T10:00:00+0200")
    assert "filmed after it was posted" in run("add", creator.roll)[1]
    assert creator.sources(1) == []


def test_files_that_are_elsewhere_or_empty_are_named(creator: Creator, run: Run) -> None:
    creator.video(film(1))
    creator.fetched()
    (creator.roll / ".IMG_2034.MOV.icloud").write_bytes(b"bplist00")
    (creator.roll / "IMG_2035.MOV").touch()
    (creator.roll / "7499512000000000000.mp4").write_text("<!doctype html><title>403</title>")
    (creator.roll / ".notes.txt.icloud").write_bytes(b"bplist00")
    code, screen = run("add", creator.roll)
    assert code == 0
    assert "IMG_2034.MOV: only in iCloud, not on this computer; choose Download Now" in screen
    assert "IMG_2035.MOV: empty: it has 0 bytes" in screen
    assert "7499512000000000000.mp4: by its content it is a web page" in screen
    assert creator.sources(1) == []
    assert "notes" not in screen


@pytest.mark.usefixtures("at_once")
def test_names_of_files_saved_from_tiktok_warn_of_the_watermark_and_are_never_sure(
    creator: Creator, run: Run
) -> None:
    creator.video(film(1))
    creator.fetched()
    creator.original("ssstik.io_@mara_1746100000000.mp4", film(1))
    code, screen = run("add", creator.roll)
    assert code == 0
    assert "Saved from TikTok, by their names (1): they may show its watermark" in screen
    assert "ssstik.io_@mara_1746100000000.mp4, post 1?" in screen
    assert creator.sources(1) == []


@pytest.mark.usefixtures("at_once")
def test_what_was_refused_is_not_asked_again_and_a_wrong_one_is_laid_aside(
    creator: Creator, run: Run
) -> None:
    creator.video(film(1))
    creator.video(film(1))
    creator.fetched()
    path = creator.original("IMG_2034.MOV", film(1))
    code, screen = run("add", path, "--no-pair", "1")
    assert code == 0
    assert "IMG_2034.MOV is post 2" in screen  # nothing else is left
    assert creator.sources(2) == ["IMG_2034.MOV"]
    code, screen = run("add", "--no-pair", "2")
    assert code == 0
    assert path.exists()
    assert "laid aside" not in screen
    assert creator.posts()[1].media[0].path.startswith("media/fetched/0002-01-")  # as before
    code, screen = run("add", creator.roll)
    assert "post 1?" not in screen
    assert "post 2?" not in screen
    code, screen = run("add", "--no-pair", "1")
    assert code == 2
    assert "No file is in question for post 1" in screen


def test_photo_posts_take_all_their_pictures_or_ask(creator: Creator, run: Run) -> None:
    creator.photos(view(1), view(2))
    creator.photos(view(3), view(4))
    creator.fetched()
    for name, number in (("IMG_1.JPG", 2), ("IMG_2.JPG", 1), ("IMG_3.JPG", 3)):
        view(number).save(creator.roll / name, quality=95)
    code, screen = run("add", creator.roll)
    assert code == 0
    assert "IMG_2.JPG, IMG_1.JPG are post 1: 2 of 2 pictures, alike" in screen
    assert "IMG_3.JPG, post 2? 1 of 2 pictures" in screen
    assert "without picture 2" in screen
    assert creator.sources(1) == ["IMG_2.JPG", "IMG_1.JPG"]
    assert creator.sources(2) == []
    pairs = ("--pair", "2=IMG_3.JPG", "--pair", "2=IMG_1.JPG")
    assert run("add", creator.roll, *pairs)[0] == 0
    assert creator.sources(2) == ["IMG_3.JPG", "IMG_1.JPG"]


@pytest.mark.usefixtures("at_once")
def test_with_a_cover_alone_it_is_asked_about(creator: Creator, run: Run) -> None:
    creator.video(None, cover=film(1)[5].resize((720, 1200)))
    creator.fetched()
    creator.original("IMG_2034.MOV", film(1))
    code, screen = run("add", creator.roll)
    assert code == 0
    assert "IMG_2034.MOV, post 1? like the post's cover" in screen
    assert creator.sources(1) == []


def test_what_cannot_be_compared_or_read_is_left_with_a_reason(creator: Creator, run: Run) -> None:
    creator.video(None)
    creator.photos(view(1))
    creator.fetched()
    creator.original("IMG_2034.MOV", film(1))
    (creator.roll / "IMG_1.HEIC").write_bytes(b"\0\0\0\x18ftypheic" + bytes(40))
    (creator.roll / "IMG_2.JPG").write_bytes(b"\xff\xd8\xff" + bytes(40))
    view(1).save(creator.roll / "IMG_3.JPG", quality=95)
    (creator.roll / "IMG_4.JPG").write_bytes((creator.roll / "IMG_3.JPG").read_bytes())
    code, screen = run("add", creator.roll)
    assert code == 0
    assert "IMG_2034.MOV: no TikTok id in its name, and nothing of TikTok's is here" in screen
    assert "after `crossover fetch`, add it again" in screen
    assert "IMG_1.HEIC: no TikTok id in its name, and the HEIC is damaged" in screen
    assert "IMG_2.JPG: no TikTok id in its name, and the JPEG is damaged" in screen
    assert "IMG_4.JPG: the same file as another one (instead: IMG_3.JPG)" in screen
    assert creator.sources(2) == ["IMG_3.JPG"]


def hint(screen: str, label: str) -> list[str]:
    """The words of a printed command after `crossover`, as a shell takes them."""
    line = next(line for line in screen.splitlines() if line.strip().startswith(label))
    return shlex.split(line.partition("crossover ")[2])


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("name", ["IMG_2034.MOV", 'it\'s `so` -w "x".MOV'])
@pytest.mark.parametrize("label", ["If it is:", "If not:"])
def test_printed_commands_can_be_pasted_and_name_the_workspace(
    creator: Creator, type_it: TypeIt, name: str, label: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    creator.video(film(1)[4:14])
    creator.fetched()
    creator.original(name, film(1))
    moved = creator.root.rename(creator.roll.parent / "my move")
    creator.root = moved
    monkeypatch.setattr("crossover.cli.view.screen.line_width", lambda: 40)
    shown = type_it("add", "-w", moved, creator.roll)
    words = hint(shown.stderr, label)
    assert words[0] == "add"
    assert words[-2:] == ["-w", str(moved)]
    assert type_it(*words).code == 0
    assert creator.sources(1) == ([name] if label == "If it is:" else [])
    assert "post 1?" not in type_it("add", "-w", moved, creator.roll).stderr


def test_a_part_of_a_photo_post_is_neither_offered_nor_taken(
    creator: Creator, run: Run, type_it: TypeIt
) -> None:
    creator.photos(view(1), view(2))
    creator.fetched()
    path = creator.roll / "IMG_1.JPG"
    view(1).save(path, quality=95)
    screen = type_it("add", path).stderr
    assert "IMG_1.JPG, post 1? 1 of 2 pictures" in " ".join(screen.split())
    assert "If it is:" not in screen
    before = creator.posts()
    code, said = run("add", path, "--pair", "1=IMG_1.JPG")
    assert code == 2
    assert "Post 1 has 2 pictures, you named 1" in said
    assert creator.posts() == before
    assert run(*hint(screen, "If not:"))[0] == 0
    assert "post 1?" not in run("add", path)[1]


def test_pictures_of_a_post_given_one_after_the_other_are_asked_for_together(
    creator: Creator, run: Run
) -> None:
    creator.photos(view(1), view(2))
    creator.fetched()
    one, two = creator.roll / "IMG_1.JPG", creator.roll / "IMG_2.JPG"
    view(1).save(one, quality=95)
    run("add", one)
    view(2).save(two, quality=95)
    assert "IMG_1.JPG, given before, belongs to it: give all together" in run("add", two)[1]
    assert creator.sources(1) == []
    run("add", creator.roll)
    assert creator.sources(1) == ["IMG_1.JPG", "IMG_2.JPG"]


def test_of_rival_pictures_none_is_sure_alone(creator: Creator, run: Run) -> None:
    creator.photos(view(1))
    creator.fetched()
    paths = [creator.roll / f"IMG_{number}.JPG" for number in (1, 2, 3)]
    for path, quality in zip(paths, (95, 90, 85), strict=True):
        view(1).save(path, quality=quality)
    screen = run("add", creator.roll)[1]
    assert "may be picture 1 as well" in screen
    assert "Not used" not in screen
    for path in paths:
        assert f"{path.name}, post 1?" in run("add", path)[1]
    assert creator.sources(1) == []


@pytest.mark.usefixtures("at_once")
def test_a_broken_file_takes_no_good_copy_away(creator: Creator, run: Run) -> None:
    creator.video(film(1))
    creator.fetched()
    path = creator.original("trunc.mp4", film(1))
    path.write_bytes(path.read_bytes()[:-2000])
    before = creator.posts()
    code, screen = run("add", path, "--pair", "1=trunc.mp4")
    assert (code, creator.posts()) == (2, before)
    assert "trunc.mp4 cannot be post 1's: the video is cut short" in screen


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize(
    ("posts", "expires", "said"),
    [
        ("photos", DEAD, "no video post to compare it with"),
        ("video", "x-expires=1700000000", "no date in it to go by; name its post: --pair"),
        ("video", DEAD, "after `crossover fetch`, add it again"),
    ],
)
def test_why_nothing_can_be_compared_is_told(
    creator: Creator, run: Run, posts: str, expires: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.library.test_originals.DEAD", expires)
    if posts == "photos":
        creator.photos(view(1))
    else:
        creator.video(None)
    creator.fetched()
    encode(creator.roll / "IMG_2034.MOV", film(1))
    screen = run("add", creator.roll)[1]
    assert said in screen
    assert ("crossover fetch" in screen.partition("Not used")[2].partition("Log")[0]) == (
        "fetch" in said
    )


@pytest.mark.usefixtures("at_once")
def test_what_the_server_refused_is_a_dead_link_too(creator: Creator, run: Run) -> None:
    creator.video(None)
    creator.fetched()
    folder = creator.root / "media" / "fetched"
    library = read_library(creator.root / "posts.json")
    wanted = [line.wanted for line in survey(library, creator.root, NOW)]
    gone = Result(LinkState.GONE, "gone from TikTok")
    LinkOutcomes().after([(one, gone) for one in wanted], NOW).save(folder)
    creator.original("IMG_2034.MOV", film(1))
    assert "By date, 1 file may belong to 1 post without files" in run("add", creator.roll)[1]


@pytest.mark.usefixtures("at_once")
def test_a_real_roll_is_told_by_reasons_and_faults_come_first(creator: Creator, run: Run) -> None:
    creator.photos(view(1))
    creator.fetched()
    for number in range(20):
        noise(random.Random(number), (60, 80), 8).save(creator.roll / f"IMG_{number:02}.JPG")
    for number in range(99, 84, -1):
        (creator.roll / f"IMG_{number}.JPG").write_bytes(b"\xff\xd8\xff" + bytes(number))
    (creator.roll / "IMG_2.MOV").touch()
    screen = run("add", creator.roll)[1]
    told = screen.partition("Not used (36); all are named in the log:")[2]
    assert told.index("IMG_2.MOV: empty") < told.index("15 files, such as IMG_85.JPG: no TikTok id")
    assert told.index("15 files") < told.index("20 files, such as IMG_00.JPG: no TikTok id in its")
    assert "IMG_07.JPG" not in told


def test_the_doubts_of_one_post_are_one_entry(creator: Creator, run: Run) -> None:
    creator.video(None, cover=film(1)[5].resize((720, 1200)))
    creator.fetched()
    for number in range(5):
        encode(creator.roll / f"IMG_{number}.MOV", film(1), crf=18 + number)
    screen = run("add", creator.roll)[1]
    assert "Perhaps a post's own (1)" in screen
    assert "IMG_0.MOV, IMG_1.MOV, IMG_2.MOV and 2 more, post 1? IMG_0.MOV: like the" in screen


@pytest.mark.usefixtures("at_once")
def test_files_of_one_name_are_told_apart(creator: Creator, type_it: TypeIt) -> None:
    creator.photos(view(1), view(2))
    creator.photos(view(1), view(2))
    creator.fetched()
    for number in (1, 2):
        (creator.roll / f"10{number}").mkdir()
        view(number).save(creator.roll / f"10{number}" / "IMG_0001.JPG", quality=95)
    screen = type_it("add", creator.roll).stderr
    one, two = Path("101", "IMG_0001.JPG"), Path("102", "IMG_0001.JPG")
    assert f"{one}, {two}, post 1?" in screen
    assert type_it(*hint(screen, "If it is:")).code == 0
    assert creator.sources(1) == ["IMG_0001.JPG", "IMG_0001.JPG"]


@pytest.mark.usefixtures("at_once")
def test_odd_names_stay_on_their_line(creator: Creator, type_it: TypeIt) -> None:
    creator.video(film(1)[4:14])
    creator.fetched()
    try:
        creator.original("IMG\n2.MOV", film(1))
    except OSError:
        pytest.skip("no such names here")
    screen = type_it("add", creator.roll).stderr
    assert "IMG 2.MOV, post 1? raw clip" in screen
    assert "rename the file" in screen
    assert "crossover add" not in screen


def test_links_and_stubs_are_named(creator: Creator, run: Run) -> None:
    creator.video(film(1))
    creator.fetched()
    (creator.roll / ".IMG_9.MOV.icloud").write_bytes(b"bplist00")
    try:
        (creator.roll / "link.MOV").symlink_to(creator.roll.parent / "away.MOV")
    except OSError:
        pytest.skip("no links here")
    screen = run("add", creator.roll)[1]
    assert "link.MOV: a link to another place, which is not followed; name the file" in screen
    code, screen = run("add", creator.roll, "--pair", "1=IMG_9.MOV")
    assert code == 2
    assert "IMG_9.MOV cannot be used: only in iCloud" in screen


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (["--pair", "IMG_2034.MOV"], "does not say which file is which post"),
        (["--pair", "9=IMG_2034.MOV"], "There is no post 9"),
        (["--no-pair", "9"], "There is no post 9"),
        (["--pair", "1=IMG_9.MOV"], "There is no video or picture IMG_9.MOV"),
        (["--pair", "1=IMG_9.dng"], "IMG_9.dng cannot be used: it is a raw picture, which"),
        (["--pair", "2=IMG_2034.MOV"], "Post 2 is a photo post, and IMG_2034.MOV is none"),
        (["--pair", "1=IMG_1.JPG"], "Post 1 is a video, and IMG_1.JPG is none"),
        (["--pair", "1=IMG_2034.MOV", "--pair", "1=IMG_2034.MOV"], "is named twice"),
        (["--pair", "1=IMG_2034.MOV", "--no-pair", "1"], "both paired and refused"),
        (["--pair", "1=COPY.MOV"], "2 files are named COPY.MOV"),
    ],
)
@pytest.mark.usefixtures("at_once")
def test_what_cannot_be_said_changes_nothing(
    creator: Creator, run: Run, flags: Sequence[str], said: str
) -> None:
    creator.video(film(1))
    creator.photos(view(1))
    creator.fetched()
    creator.original("IMG_2034.MOV", film(4))
    noise_picture = noise(random.Random(1), (96, 160), 8)
    noise_picture.save(creator.roll / "IMG_1.JPG")
    for folder in ("a", "b"):
        creator.original(f"{folder}/COPY.MOV", film(4))
    before = creator.posts()
    code, screen = run("add", creator.roll, *flags)
    assert (code, creator.posts()) == (2, before)
    assert said in screen


def test_nothing_to_add_is_said(run: Run) -> None:
    code, screen = run("add")
    assert code == 2
    assert "There is nothing to add" in screen


def test_looks_are_only_a_cache(tmp_path: Path) -> None:
    path = encode(tmp_path / "film.mov", film(1))
    (tmp_path / "looks.json").write_text("{")
    for _ in range(2):
        with FingerprintCache(tmp_path / "looks.json") as fingerprints:
            found = fingerprints.of(path, MediaKind.VIDEO)
    assert json.loads((tmp_path / "looks.json").read_text())["format"] == "crossover/looks"
    encode(path, film(4))
    with FingerprintCache(tmp_path / "looks.json") as fingerprints:
        assert fingerprints.of(path, MediaKind.VIDEO) != found

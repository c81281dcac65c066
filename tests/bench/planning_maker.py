"""A workspace to plan, of any size: words of many shapes, every file there and looked at before.

The posts are those of a made export, so that planning can be compared with reading it. Captions are
put together from those of the title tests and the tags of the topic tests, no two alike.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from crossover.exports.read import read_export
from crossover.library.posts_file import Library, write_library
from crossover.limits.limits import load_limits
from crossover.media.containers.video_coding import VideoCoding
from crossover.media.fit.fitted import FittedPicture, FittedVideo
from crossover.media.fit.ready_index import ReadyIndex, key_of
from crossover.media.fit.recipe import look_recipe
from crossover.model.account import SiteName
from crossover.model.choices import Rules
from crossover.model.notes import Cover
from crossover.model.posts import (
    FILE,
    WORDS,
    Evidence,
    Kind,
    Media,
    MediaKind,
    Origin,
    Post,
    Visibility,
)
from crossover.storage.checksums import Checksums
from crossover.workspace import Workspace

_MAPPING = Path(__file__).parents[1] / "mapping"
_LIMITS = load_limits(SiteName.REHEARSAL)


def write_workspace(root: Path, export: Path, seed: int = 1) -> Workspace:
    """Make a workspace of an export that `write_export` made: one post in twenty for the creator
    alone, one in ten without a caption, every file in `media/` and made fit."""
    workspace = Workspace(root)
    workspace.media.mkdir(parents=True)
    (root / "ready").mkdir()
    chance = random.Random(seed)
    words = _captions(chance)
    checksums = Checksums()
    read = read_export(export)
    with ReadyIndex(root, checksums) as index:
        posts = tuple(
            _fill(replace(post, number=number), next(words), chance, root, index, checksums)
            for number, post in enumerate(read.posts, 1)
        )
    checksums.save(workspace.checksums)
    library = Library(handle=read.profile.handle, posts=posts, made=read.made, listed=True)
    write_library(workspace.posts, library)
    workspace.prepare()
    return workspace


def _captions(chance: random.Random) -> Iterator[str]:
    """Yield captions without end: one or two texts, then up to two lines of three to five
    hashtags."""
    lines = (_MAPPING / "titles" / "captions.jsonl").read_text("utf-8").splitlines()
    texts = [json.loads(line)["caption"] for line in lines]
    lines_of_tags = (_MAPPING / "tag_corpus.txt").read_text("utf-8").splitlines()
    while True:
        said = chance.sample(texts, chance.choice([1, 1, 2]))
        said.append(" ".join(chance.sample(lines_of_tags, chance.randrange(3))))
        yield chance.choice([" ", "\n", "\n\n"]).join(said).strip()


def _fill(
    post: Post,
    words: str,
    chance: random.Random,
    root: Path,
    index: ReadyIndex,
    checksums: Checksums,
) -> Post:
    media = tuple(
        _put_file(post, place, root, index, checksums) for place in range(1, len(post.links) + 1)
    )
    text = words if chance.random() < 0.9 else None
    evidence = [Evidence(FILE, Origin.LINK, "the export links to it", file.path) for file in media]
    if text:
        evidence.append(Evidence(WORDS, Origin.TIME, "the same second", "made_up.info.json"))
    return replace(
        post,
        title=post.title if chance.random() < 0.5 else None,
        text=text,
        visibility=Visibility.ONLY_ME if chance.random() < 0.05 else Visibility.PUBLIC,
        media=media,
        evidence=tuple(evidence),
    )


def _put_file(post: Post, place: int, root: Path, index: ReadyIndex, checksums: Checksums) -> Media:
    """Write a small file in place of a video or picture, and what fitting would give for it."""
    is_video = post.kind is Kind.VIDEO
    kind, ending = (MediaKind.VIDEO, "mp4") if is_video else (MediaKind.IMAGE, "jpg")
    path = f"media/{post.number:05}-{place:02}.{ending}"
    content, size, mtime_ns = _write(root / path, path, checksums)
    media = Media(path, kind, content, size, mtime_ns, f"{post.number}-{place}.{ending}")
    ready = f"ready/{content[:16]}{'-cover' if is_video else ''}.jpg"
    made, size, _ = _write(root / ready, ready, checksums)
    key = key_of(kind, content, look_recipe(kind, Rules(), _LIMITS))
    if is_video:
        cover = Cover(ready, made, size, 1080, 1440)
        coding = VideoCoding("mp4", "h264", 1080, 1920, fps=30.0, sound="aac", sounds=1)
        index.put(key, FittedVideo(1080, 1920, 12.5, coding, cover, cover_at=0.5))
    else:
        index.put(key, FittedPicture(ready, made, size, 1080, 1440))
    return media


def _write(path: Path, content: str, checksums: Checksums) -> tuple[str, int, int]:
    """Write a file; its sha256, size and time."""
    path.write_text(content, "utf-8")
    stat = path.stat()
    made = checksums.remember(path, sha256(content.encode()).hexdigest(), stat)
    return made, stat.st_size, stat.st_mtime_ns

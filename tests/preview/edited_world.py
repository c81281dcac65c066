"""A workspace of small picture posts, twenty of them without words and twenty with a title that was
cut, planned; and a twin to compare with."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest
from PIL import Image

from crossover.cli.steps.plan import plan_asking
from crossover.library.posts_file import Library, write_library
from crossover.model.posts import Media, MediaKind, Post
from crossover.plan.target import TargetChoice, choose_target
from crossover.workspace import Workspace
from tests.makers import post
from tests.once import made_once

WORDLESS = [str(number) for number in range(1, 21)]
CUT = [str(number) for number in range(21, 41)]
_LONG = "The village where my {} sister lives looks like this for exactly one week a year"


def make_world(root: Path) -> None:
    """Write posts and pictures, and plan them."""
    workspace = Workspace(root)
    workspace.media.mkdir(parents=True)
    posts = [*map(_wordless, WORDLESS, [root] * 20), *map(_cut, CUT, [root] * 20)]
    write_library(workspace.posts, Library(handle="mara", posts=tuple(posts), listed=True))
    workspace.prepare()
    with workspace.hold("a test"):
        plan_asking(workspace, choose_target(workspace, TargetChoice("rehearsal")), ask=False)


def _wordless(number: str, root: Path) -> Post:
    return _picture_post(int(number), root, text=None, likes=int(number) % 7 * 100)


def _cut(number: str, root: Path) -> Post:
    return _picture_post(int(number), root, text=_LONG.format(f"{number}th"), likes=5)


def _picture_post(number: int, root: Path, **fields: object) -> Post:
    image = io.BytesIO()
    Image.new("RGB", (90, 120), (number * 6, 90, 200 - number * 4)).save(image, "JPEG")
    path = f"media/{number:04}-01.jpg"
    (root / path).write_bytes(image.getvalue())
    stat = (root / path).stat()
    content = hashlib.sha256(image.getvalue()).hexdigest()
    media = Media(path, MediaKind.IMAGE, content, stat.st_size, stat.st_mtime_ns, "p.jpg")
    return post(number, pictures=1, media=(media,), **fields)


def world_once(factory: pytest.TempPathFactory) -> Path:
    """Nobody may change this workspace."""
    return made_once(factory, "edited-world", lambda folder: make_world(folder / "w")) / "w"

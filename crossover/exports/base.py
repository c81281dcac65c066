"""What a reader of exports promises, and what reading one gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, Protocol

from crossover.exports.archive.bundle import Bundle, LeftOut
from crossover.model.posts import Post, Profile, Unreadable


@dataclass(frozen=True, slots=True)
class ExportProblem:
    """Something the creator should hear about an export as a whole, and what to do about it."""

    code: str
    message: str
    next: str


@dataclass(frozen=True, slots=True)
class Export:
    """One export as read: posts and the profile's public name, nothing else of it.

    `source` is what the creator has, the ZIP, the folder or the bare file, and `file` the name
    inside it (a bare file's own name). `layout` is the path the posts were found at, None when the
    section is absent. `made` is when TikTok made the export, `made_from` how that is known: the
    ZIP's or folder's name, or the links' expiry minus their life. `posts` are oldest first;
    `found` counts posts and unreadable records, while recently `deleted` posts and `stories` are
    counted apart. `left_out` are members that are not followed, `sections` and `unknown_keys`
    names in the file that may be shown: its sections, and those that no layout so far has.
    `problems` are what reading met besides unreadable records.
    """

    format: Literal["json", "txt"]
    source: Path
    file: str
    layout: str | None
    posts_section: Literal["present", "absent"]
    made: datetime | None
    made_from: Literal["name", "links"] | None
    profile: Profile
    posts: tuple[Post, ...]
    unreadable: tuple[Unreadable, ...]
    deleted: int = 0
    stories: int = 0
    left_out: tuple[LeftOut, ...] = ()
    sections: tuple[str, ...] = ()
    unknown_keys: tuple[str, ...] = ()
    problems: tuple[ExportProblem, ...] = ()

    @property
    def found(self) -> int:
        """Every record of the post section, readable or not."""
        return len(self.posts) + len(self.unreadable)

    @property
    def name(self) -> str:
        """What tells it from other exports: its ZIP's name, or the file inside its folder."""
        return self.source.name if self.source.suffix.lower() == ".zip" else self.file


@dataclass(frozen=True, slots=True)
class ExportSource:
    """One export to read: its file's name, when TikTok made it as far as names tell, and how to
    read it, which may raise `ExportError`."""

    name: str
    made: datetime | None
    read: Callable[[], Export]


class ExportReader(Protocol):
    """One per layout family. May be asked any number of times; keeps no state.

    `recognises` is quick, looks at names and the beginnings of files, and must not raise for any
    content. `sources` are the exports in a bundle that it recognises, those that count first. Each
    gives everything in one pass, because the ids of posts in the same second need the whole list: a
    bad record becomes `Unreadable` and never ends the run. It raises `ExportError` when no post
    section can be read at all.
    """

    def recognises(self, bundle: Bundle) -> bool: ...
    def sources(self, bundle: Bundle) -> Iterator[ExportSource]: ...

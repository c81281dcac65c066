"""What the creator says about files: this is that post's, or it is not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from crossover.errors import UsageProblem
from crossover.fetch import has_originals
from crossover.gathering import Gathered
from crossover.library import Library
from crossover.media.keep import BY_NAME
from crossover.media.match import media_kind
from crossover.model import Kind, MediaKind, Post


@dataclass(frozen=True, slots=True)
class Said:
    """`pairs` are posts by number, each with the name or path of a file that is its own; a photo
    post has several. `refused` are posts that what is in question for them is not."""

    pairs: tuple[tuple[int, str], ...] = ()
    refused: tuple[int, ...] = ()


NOTHING_SAID = Said()


def named_files(library: Library, said: Said, found: Gathered) -> dict[str, tuple[Path, ...]]:
    """The files that the creator named for posts, by the posts' ids, in the order said. Raises
    `UsageProblem` for what cannot be so."""
    given = [*found.media.nameless, *(path for odd in found.media.odd for path in odd.paths)]
    for own in found.media.files:
        given += [*own.pictures, *([own.video] if own.video else [])]
    posts = {post.number: post for post in library.posts}
    named: dict[str, tuple[Path, ...]] = {}
    for number, name in said.pairs:
        post = posts.get(number)
        if post is None:
            raise UsageProblem(
                f"There is no post {number}.", next="`crossover plan` lists all posts by number."
            )
        path = _named(name, given)
        if any(path in paths for paths in named.values()):
            raise UsageProblem(f"{name} is named twice.", next="Say one of them.")
        named[post.id] = (*named.get(post.id, ()), path)
    for post in library.posts:
        _check_kind(post, named.get(post.id, ()))
    return named


def _named(name: str, given: Sequence[Path]) -> Path:
    here = [path for path in given if path == Path(name) or path.name == name]
    if len(here) == 1:
        return here[0]
    if not here:
        raise UsageProblem(
            f"There is no video or picture {name} in what you gave.",
            next=f"Give it, or its folder, too: crossover add FOLDER --pair NOTE={name}",
        )
    raise UsageProblem(
        f"{len(here)} files are named {name}.", next=f"Say which: --pair NOTE={here[0]}"
    )


def _check_kind(post: Post, paths: Sequence[Path]) -> None:
    videos = [path for path in paths if media_kind(path) is MediaKind.VIDEO]
    wrong = videos if post.kind is Kind.PHOTOS else []
    if post.kind is Kind.VIDEO:
        wrong = [path for path in paths if path not in videos]
    if wrong:
        kind = "a photo post" if post.kind is Kind.PHOTOS else "a video"
        raise UsageProblem(
            f"Post {post.number} is {kind}, and {wrong[0].name} is none.",
            next="Look at the numbers again: `crossover plan`",
        )
    if videos and len(paths) > 1:
        raise UsageProblem(
            f"Post {post.number} can have one video or several pictures.", next="Say one of them."
        )


def refuse_files(library: Library, said: Said) -> tuple[Library, tuple[int, ...]]:
    """The library without the files that came to the refused posts by likeness or because they
    were named, remembered as not theirs; and the numbers of those that had none such. Raises
    `UsageProblem` for a number that is no post."""
    numbers = set(said.refused)
    if both := numbers.intersection(number for number, _ in said.pairs):
        raise UsageProblem(f"Post {min(both)} is both paired and refused.", next="Say one of them.")
    missing = numbers - {post.number for post in library.posts}
    if missing:
        raise UsageProblem(
            f"There is no post {min(missing)}.", next="`crossover plan` lists all posts by number."
        )
    posts = []
    open_still = []
    for post in library.posts:
        if post.number in numbers:
            if _removable(post):
                post = without_files(post, [media.sha256 for media in post.media])
            else:
                open_still.append(post.number)
        posts.append(post)
    return replace(library, posts=tuple(posts)), tuple(open_still)


def without_files(post: Post, sums: Iterable[str]) -> Post:
    """The post, with files of these sums refused for good; those it has are gone."""
    refused = tuple(dict.fromkeys((*post.not_files, *sums)))
    if not any(media.sha256 in refused for media in post.media):
        return replace(post, not_files=refused)
    evidence = tuple(e for e in post.evidence if e.what != "file")
    return replace(post, media=(), not_files=refused, evidence=evidence)


def _removable(post: Post) -> bool:
    how = {e.how for e in post.evidence if e.what == "file"}
    return bool(post.media) and has_originals(post) and BY_NAME not in how

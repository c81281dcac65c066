"""Merges exports into the posts there are, joins captions to them, and matches files by name.

Pure; `keep` puts the files into the workspace and saves. Numbers and ids, once given, never change.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from crossover.captions.caption import Caption
from crossover.captions.join import join_by_time
from crossover.captions.pairing import (
    apply_pair,
    is_chosen,
    make_candidates,
    merge_captions,
    reopen_joined,
)
from crossover.captions.pairs import Candidate, JoinResult
from crossover.captions.questions import Question, make_questions
from crossover.captions.unpaired import Unpaired, UnpairedReason, explain_unpaired
from crossover.errors import UsageProblem
from crossover.exports.base import Export
from crossover.library.gathering import Gathered, UnmovedFile
from crossover.library.importing import Placed
from crossover.library.merging import Merged, merge
from crossover.library.posts_file import Library
from crossover.library.unsettled_files import fitting_files, with_unsettled_files
from crossover.library.unused import UnusedItem, find_unused
from crossover.media.files.file_names import media_kind
from crossover.media.files.own_files import OwnFiles, paths_of
from crossover.model.next_step import Hint, Placeholder, step
from crossover.model.posts import Kind, MediaKind, Origin, Post


@dataclass(frozen=True, slots=True)
class Added:
    """The library after an `add`, and what the creator should hear of it. The posts of the given
    exports, by id, are new, changed or unchanged, whatever their files."""

    library: Library
    new: frozenset[str]
    changed: frozenset[str]
    unchanged: frozenset[str]
    got_words: int
    got_files: int
    files: Mapping[str, Placed] = field(repr=False)
    leftovers: tuple[UnusedItem, ...] = ()


def add(library: Library, found: Gathered) -> Added:
    """Merge exports, then give every post the words and files that are surely its own.

    Raises `UsageProblem` when an export is of another account. Pure; files are only named.
    """
    merged, changes = _merge_exports(library, found.exports)
    fresh = _own_words(merged.handle, found.words)
    files = {own.tiktok_id: own for own in found.media.files}
    words = merge_captions(merged.posts, _named_only(files), merged.unsettled, fresh)
    joined = join_by_time(reopen_joined(merged.posts), make_candidates(words))
    captioned = _join_captions(merged.posts, joined, words)
    placed = _place_files(captioned, joined, files)
    posts = _with_kinds(captioned, {post: one.paths for post, one in placed.items()})
    posts = _with_questions(_with_unmoved(posts, found.unused, joined, files), joined)
    unpaired = tuple(explain_unpaired(joined.tiktok_ids_left, posts, words))
    posts = with_unsettled_files(posts, joined, unpaired, files, placed)
    return Added(
        library=replace(
            merged,
            posts=tuple(posts),
            unsettled=_unsettled(posts, joined, unpaired, words, merged.unsettled),
            listed=_is_listed(merged.listed, fresh, posts, changes.new),
        ),
        new=changes.new,
        changed=changes.changed - changes.new,
        unchanged=changes.seen - changes.new - changes.changed,
        got_words=sum(a.text != b.text for a, b in zip(captioned, merged.posts, strict=True)),
        got_files=len(placed),
        files=placed,
        leftovers=tuple(find_unused(found, fresh, joined, unpaired, files, merged, placed)),
    )


def name_files(library: Library, files: Mapping[str, tuple[Path, ...]]) -> Added:
    """Give posts, by id, the files that the creator named for them: a video, or pictures in order.

    They stay over every later `add`. Pure; `keep` puts them into the workspace.
    """
    posts = tuple(_with_kinds(library.posts, files))
    placed = {post: Placed(paths, Origin.NAMED, "you named it") for post, paths in files.items()}
    none: frozenset[str] = frozenset()
    return Added(replace(library, posts=posts), none, none, none, 0, len(placed), placed)


def open_questions(library: Library) -> tuple[Question, ...]:
    """Find the posts whose captions are not sure, each with what comes into question for it."""
    words = merge_captions(library.posts, library.unsettled)
    joined = join_by_time(reopen_joined(library.posts), make_candidates(words))
    return make_questions(joined.ambiguous, library.posts, words)


def _merge_exports(library: Library, exports: Iterable[Export]) -> tuple[Library, Merged]:
    """Merge the exports one after the other. Returns the changes of all of them, too."""
    changes = Merged(library.posts, frozenset(), frozenset(), frozenset())
    for export in exports:
        library, one = _merge_export(library, export)
        changes = Merged(
            one.posts, changes.seen | one.seen, changes.new | one.new, changes.changed | one.changed
        )
    return library, changes


def _merge_export(library: Library, export: Export) -> tuple[Library, Merged]:
    """Raises `UsageProblem` for an export of another account."""
    handle = export.profile.handle
    if not _same_handle(library.handle, handle):
        raise UsageProblem(
            f"This export is of @{handle}, but this workspace is of @{library.handle}.",
            next=Hint(
                "Give it a workspace of its own: ",
                step("add", Placeholder("EXPORT"), "-w", Placeholder("DIR")),
            ),
        )
    older = bool(export.made and library.made and export.made < library.made)
    merged = merge(library.posts, export, older=older)
    first, second = (library, export.profile) if older else (export.profile, library)
    # An export without the post section says nothing of posts, nor of what cannot be read.
    # One that TikTok made since the creator said that it has nothing any more says otherwise.
    gone = library.tiktok_gone
    is_back = bool(gone and export.made and export.made > gone)
    counts = library if older or export.posts_section == "absent" else export
    changed = replace(
        library,
        handle=library.handle or handle,
        name=first.name or second.name,
        posts=merged.posts,
        unreadable=counts.unreadable,
        deleted=counts.deleted,
        made=library.made if older else export.made or library.made,
        tiktok_gone=None if is_back else gone,
    )
    return changed, merged


def _same_handle(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one.casefold() == other.casefold()


def _own_words(handle: str | None, words: tuple[Caption, ...]) -> tuple[Caption, ...]:
    """Keep the captions of this account. An export without a profile takes them from one account
    only."""
    if handle is None and len({w.handle.casefold() for w in words if w.handle}) > 1:
        return ()
    return tuple(w for w in words if _same_handle(handle, w.handle))


def _named_only(files: Mapping[str, OwnFiles]) -> tuple[Caption, ...]:
    """TikTok posts known from the name of a file alone: no text, but a kind."""
    captions = []
    for own in files.values():
        kinds = {media_kind(path) for path in paths_of(own)}
        kind = Kind.VIDEO if MediaKind.VIDEO in kinds else Kind.PHOTOS
        several = own.lone_picture or len(kinds) > 1
        name = paths_of(own)[0].name
        captions.append(Caption(own.tiktok_id, None, None, None if several else kind, None, name))
    return tuple(captions)


def _unsettled(
    posts: Iterable[Post],
    joined: JoinResult,
    unpaired: Iterable[Unpaired],
    words: Mapping[str, Caption],
    before: Iterable[Caption],
) -> tuple[Caption, ...]:
    """Keep the captions in question, those that a kind alone keeps from a post, and those that the
    creator refused or gave up and may want back."""
    wanted = dict.fromkeys(i for group in joined.ambiguous for i in group.tiktok_ids)
    lasting = {tiktok_id for post in posts for tiktok_id in post.not_tiktok_ids}
    lasting |= {one.tiktok_id for one in before}
    lasting |= {
        one.words.tiktok_id for one in unpaired if one.why is UnpairedReason.KIND and one.words.text
    }
    wanted |= dict.fromkeys(i for i in joined.tiktok_ids_left if i in lasting)
    return tuple(words[tiktok_id] for tiktok_id in wanted)


def _join_captions(
    posts: Iterable[Post], joined: JoinResult, words: Mapping[str, Caption]
) -> list[Post]:
    """Give each post of a pair its TikTok id and its caption."""
    pairs = {pair.post: pair for pair in joined.pairs}
    return [
        apply_pair(post, pair, words.get(pair.tiktok_id)) if (pair := pairs.get(post.id)) else post
        for post in posts
    ]


def _place_files(
    posts: Iterable[Post], joined: JoinResult, files: Mapping[str, OwnFiles]
) -> dict[str, Placed]:
    """Return the files with a TikTok id in their names for each post of a pair, by its id."""
    own = {pair.post: files[pair.tiktok_id] for pair in joined.pairs if pair.tiktok_id in files}
    return {
        post.id: Placed(paths, Origin.TIKTOK_ID_IN_NAME, _how_known(own[post.id]))
        for post in posts
        if post.id in own and (paths := fitting_files(post, own[post.id]))
    }


def _how_known(own: OwnFiles) -> str:
    where = "its name" if own.tiktok_id in paths_of(own)[0].name else "the file beside it"
    return f"the TikTok id in {where}"


def _with_kinds(posts: Iterable[Post], files: Mapping[str, tuple[Path, ...]]) -> list[Post]:
    """Give posts without a kind that of their files, by the posts' ids."""
    return [
        replace(post, kind=post.kind or _kind_of(paths)) if (paths := files.get(post.id)) else post
        for post in posts
    ]


def _kind_of(paths: tuple[Path, ...]) -> Kind:
    return Kind.VIDEO if media_kind(paths[0]) is MediaKind.VIDEO else Kind.PHOTOS


def _with_questions(posts: Iterable[Post], joined: JoinResult) -> list[Post]:
    """Mark the posts whose captions are not sure, and no others."""
    asked = {post for group in joined.ambiguous for post in group.posts}
    return [replace(p, in_question=p.id in asked and not is_chosen(p)) for p in posts]


def _is_listed(
    before: bool, fresh: Sequence[Caption], posts: Sequence[Post], new: Collection[str]
) -> bool:
    """Whether a listing was given, or words of which most posts have some: who brought those has
    looked for the others. What was read `before` has not the words of `new` posts."""
    if fresh:
        several = max(Counter(one.source for one in fresh).values()) > 1
        if several or sum(bool(post.text) for post in posts) * 2 > len(posts):
            return True
    return before and not any(
        post.id in new and post.may_be_listed and not post.text for post in posts
    )


def _with_unmoved(
    posts: list[Post],
    unused: Iterable[UnmovedFile],
    joined: JoinResult,
    files: Collection[str],
) -> list[Post]:
    """The posts with the formats of their own files that are not moved; forgotten of posts for whose
    TikTok id `files` were given now. Such a file's name is sure of a post without an id only where
    nothing else comes into question; it gives no id."""
    formats: dict[str, list[str]] = defaultdict(list)
    for one in unused:
        if one.tiktok_id and one.format:
            formats[one.tiktok_id].append(one.format)
    by_name = join_by_time(posts if formats else (), map(Candidate, formats))
    own = {pair.post: tuple(formats[pair.tiktok_id]) for pair in by_name.pairs}
    own |= {pair.post: () for pair in joined.pairs if pair.tiktok_id in files}
    return [replace(post, unmoved=own.get(post.id, post.unmoved)) for post in posts]

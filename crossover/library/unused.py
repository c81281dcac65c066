"""What was given and not used, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from crossover.captions.caption import Caption
from crossover.captions.join import Joined
from crossover.library.gathering import Gathered
from crossover.library.importing import Placed, has_named_files
from crossover.library.posts_file import Library
from crossover.media.file_names import OwnFiles, paths_of


@dataclass(frozen=True, slots=True)
class Leftover:
    """Something that was given and not used, and why."""

    what: str
    reason: str


def find_unused(
    found: Gathered,
    fresh: tuple[Caption, ...],
    joined: Joined,
    files: Mapping[str, OwnFiles],
    library: Library,
    placed: Mapping[str, Placed],
) -> Iterator[Leftover]:
    """Everything that was given and is no post's now, with the reason."""
    left = set(joined.tiktok_ids_left)
    said = {post.id for post in library.posts if has_named_files(post)}
    alone = [words for words in fresh if words.tiktok_id in left]
    names = [path.name for i in joined.tiktok_ids_left if i in files for path in paths_of(files[i])]
    for what in (*_counted(alone, found.words), *names):
        yield Leftover(what, "no post of the export was made within a minute of it")
    for pair in joined.pairs:
        if pair.tiktok_id in files and pair.post not in placed:
            reason = "its post is of another kind; perhaps a thumbnail"
            if pair.post in said:
                reason = "you named another file for its post"
            for path in paths_of(files[pair.tiktok_id]):
                yield Leftover(path.name, reason)
    for odd in found.media.odd:
        for path in odd.paths:
            yield Leftover(path.name, odd.reason)
    for one in found.absent:
        yield Leftover(one.name, one.reason)
    for wordless in found.wordless:
        yield Leftover(wordless.source, wordless.reason)
    whose = f"not of @{library.handle}" if library.handle else "and others are of others"
    mine = set(fresh)
    foreign = [words for words in found.words if words not in mine]
    for handle in dict.fromkeys(words.handle for words in foreign):
        of_one = [words for words in foreign if words.handle == handle]
        for what in _counted(of_one, found.words):
            yield Leftover(what, f"it is of @{handle}, {whose}")
    for other in found.unused:
        yield Leftover(other.path.name, f"files ending in {other.path.suffix} are not moved")
    for own in found.media.files:
        for note in own.notes:
            yield Leftover(f"pictures of {own.tiktok_id}", note)


def _counted(some: Iterable[Caption], all_words: Iterable[Caption]) -> Iterator[str]:
    """Each source of them, with how many of its posts they are where it has several."""
    total = Counter(words.source for words in all_words)
    for source, count in Counter(words.source for words in some).items():
        yield f"{count:,} of {total[source]:,} posts in {source}" if total[source] > 1 else source

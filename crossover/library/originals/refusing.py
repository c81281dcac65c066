"""Takes files back from posts: what the creator says is not theirs."""

from __future__ import annotations

from dataclasses import replace

from crossover.errors import UsageProblem
from crossover.library.gathering import Gathered
from crossover.library.originals.finding import Originals, OriginalsContext
from crossover.library.originals.named_files import (
    is_removable,
    refuse_files,
)
from crossover.library.posts_file import Library
from crossover.model.next_step import Hint, Placeholder, step
from crossover.settings.answers import FileChoices


def refuse_in_question(
    library: Library,
    found: Gathered,
    choices: FileChoices,
    originals: Originals,
    context: OriginalsContext,
) -> Library:
    """Refuse what is in question among the files given; where nothing is, what likeness or the
    creator gave the post: when it is among them, or none were given. Raises `UsageProblem` where
    there is nothing to refuse."""
    given = found.media.nameless
    posts = []
    for post in library.posts:
        if post.number in choices.refused:
            sure = (p for one in originals.decided.sure if one.post == post.id for p in one.paths)
            asked = [*sure, *originals.asked.get(post.id, ())]
            own = [media.sha256 for media in post.media] if is_removable(post) else []
            sizes = {media.bytes for media in post.media}
            if asked:
                refused = [context.checksums.of(path) for path in asked]
            elif not given or any(
                path.stat().st_size in sizes and context.checksums.of(path) in own for path in given
            ):
                refused = own
            else:  # refused once more, it is no mistake
                given_sums = (
                    {context.checksums.of(path) for path in given} if post.not_files else set()
                )
                refused = [sha256 for sha256 in post.not_files if sha256 in given_sums]
            if not refused:
                raise _nothing_to_refuse(post.number, has_own=bool(own))
            post = refuse_files(post, refused)
        posts.append(post)
    return replace(library, posts=tuple(posts))


def _nothing_to_refuse(number: int, *, has_own: bool) -> UsageProblem:
    if has_own:
        return UsageProblem(
            f"No file of those you gave is in question for post {number}.",
            next=Hint("To take back the one it has: ", step("add", "--no-pair", str(number))),
        )
    return UsageProblem(
        f"No file is in question for post {number}, so there is nothing to refuse.",
        next=Hint(
            "Give the file with it: ",
            step("add", Placeholder("FILE"), "--no-pair", Placeholder("NOTE")),
        ),
    )

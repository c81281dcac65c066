"""planned.json: what the plan on disk was made of, in checksums, so that it can be told what changed
since. A cache: without it a plan is as good, and only the reason is not known when it is out of
date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from operator import attrgetter
from pathlib import Path

from crossover.errors import CrossoverError
from crossover.library.posts_file import Library
from crossover.limits.limits import Limits
from crossover.model.choices import Rules
from crossover.model.plan_changes import ChangedRule, PlanChanges
from crossover.model.posts import Post
from crossover.settings.edits import Edits
from crossover.settings.rule_table import RULES
from crossover.settings.rule_values import format_value
from crossover.storage.documents import digest, read_document, write_document

_NAME, _VERSION = "planned", 1
_FILES = ("media", "not_files", "unmoved")
_LATER_FILES = ("unclear_files", "other_kind_files")
_SAID = tuple(
    field.name for field in fields(Post) if field.name not in (*_FILES, *_LATER_FILES, "sounded")
)
_NUMBER = re.compile(r"\d{1,9}(\.\d{1,9})?")
_LETTERS = 10
"""Of a checksum: it tells two versions of one thing apart, not one thing from all others."""


@dataclass(frozen=True, slots=True)
class PlanInputs:
    """What a plan was made of. `plan` is the digest of all its inputs. `posts` are checksums of
    their words and of their files by number, `edits` by number of the note, `rules` values by key."""

    plan: str
    rules: Mapping[str, str]
    posts: Mapping[str, tuple[str, str]]
    edits: Mapping[str, str]
    own_topics: str
    unreadable: str
    limits: str
    tiktok_gone: bool


def describe_inputs(
    library: Library, rules: Rules, edits: Edits, limits: Limits, *, plan: str
) -> PlanInputs:
    """Sum up what a plan is made of; `plan` is its digest of them."""
    return PlanInputs(
        plan=plan,
        rules={
            rule.key: format_value(attrgetter(rule.field)(rules))
            for rule in RULES
            if rule.of is Rules
        },
        posts={str(post.number): _sum_post(post) for post in library.posts},
        edits={number: _short(edit) for number, edit in edits.by_note.items()},
        own_topics=_short(rules.topics_own),
        unreadable=_short(library.unreadable),
        limits=_short(limits),
        tiktok_gone=library.tiktok_gone is not None,
    )


def _sum_post(post: Post) -> tuple[str, str]:
    """Sum up words and files, without what is not known: a field that crossover did not read yet
    when the plan was made says nothing of a change."""
    said = {name: what for name in _SAID if (what := getattr(post, name)) not in (None, ())}
    if post.sounded:
        said["sounded"] = True
    files = [getattr(post, name) for name in _FILES]
    files += [[name, what] for name in _LATER_FILES if (what := getattr(post, name))]
    return _short(said), _short(files)


def _short(value: object) -> str:
    return digest(value)[:_LETTERS]


def compare_inputs(before: PlanInputs, now: PlanInputs) -> PlanChanges:
    """Find what changed from one to the other."""
    both = before.posts.keys() & now.posts.keys()
    return PlanChanges(
        rules=tuple(
            ChangedRule(key, before.rules[key], value)
            for key, value in now.rules.items()
            if before.rules.get(key, value) != value
        ),
        new=_numbers(now.posts.keys() - both),
        gone=_numbers(before.posts.keys() - both),
        words=_numbers(post for post in both if before.posts[post][0] != now.posts[post][0]),
        files=_numbers(post for post in both if before.posts[post][1] != now.posts[post][1]),
        edits=tuple(
            sorted(
                (
                    number
                    for number in before.edits.keys() | now.edits.keys()
                    if before.edits.get(number) != now.edits.get(number)
                ),
                key=lambda number: [int(part) for part in number.split(".")],
            )
        ),
        own_topics=before.own_topics != now.own_topics,
        unreadable=before.unreadable != now.unreadable,
        limits=before.limits != now.limits,
        tiktok_gone=before.tiktok_gone != now.tiktok_gone,
    )


def _numbers(posts: Iterable[str]) -> tuple[int, ...]:
    return tuple(sorted(map(int, posts)))


def write_inputs(inputs: PlanInputs, path: Path) -> None:
    """Write planned.json. Raises what `write_document` raises."""
    write_document(path, _NAME, _VERSION, inputs)


def read_inputs(path: Path, plan: str) -> PlanInputs | None:
    """Read what the plan of this digest was made of; None where that is not known."""
    with suppress(CrossoverError):
        found = read_document(path, _NAME, _VERSION, PlanInputs) if path.exists() else None
        return found if found and found.plan == plan and _has_numbers(found) else None
    return None


def _has_numbers(inputs: PlanInputs) -> bool:
    """Whether the file names posts and notes by numbers, as it was written with."""
    return all(_NUMBER.fullmatch(number) for number in (*inputs.posts, *inputs.edits))

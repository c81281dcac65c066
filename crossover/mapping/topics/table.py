"""The table of topics: hashtags, and the words that people on RedNote use for the same.

`mapping/topics.yaml` says at its top how a row is written. Likely, not proved: RedNote's own search
at upload is the judge.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from types import MappingProxyType
from typing import Any

from crossover.mapping.topics.communities import word_of_community
from crossover.model.hashtags import fold_tag
from crossover.package_data import load_data

_SHORTEST_WORD = 4
"""Letters of a word that a plural may be made of: `ass` is no plural."""
_NO_SUBJECTS: Mapping[str, frozenset[str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class TopicRow:
    """One row: `tag` and its `variants` mean the `chinese` topics, in order of fit, and the
    `english` one where people on RedNote use an English word too.

    `is_ambiguous`: it means that only beside other tags of its `field`; `note` says why.
    """

    tag: str
    variants: tuple[str, ...]
    chinese: tuple[str, ...]
    english: str | None
    field: str
    note: str
    is_ambiguous: bool
    line: int

    @property
    def spellings(self) -> tuple[str, ...]:
        """All tags that it is of, the first in front."""
        return (self.tag, *self.variants)


class TopicTable:
    """All rows by their tags, found in every spelling."""

    def __init__(
        self,
        rows: Iterable[TopicRow],
        subjects: Mapping[str, frozenset[str]] = _NO_SUBJECTS,
        never_proposed: Iterable[str] = (),
    ) -> None:
        self.rows = tuple(rows)
        self.subjects = subjects
        self.never_proposed = frozenset(never_proposed)
        by_tag: defaultdict[str, tuple[TopicRow, ...]] = defaultdict(tuple)
        for row in self.rows:
            for spelling in row.spellings:
                by_tag[spelling] += (row,)
        self.by_tag: Mapping[str, tuple[TopicRow, ...]] = dict(by_tag)
        self._found = _FoundRows(self.by_tag, self._search)

    @property
    def find(self) -> Callable[[str], tuple[TopicRow, ...]]:
        """Find the rows of a tag: one, several where it is ambiguous, or none. Spelling, plurals
        and TikTok's communities (`glazetok`) are seen through."""
        return self._found.__getitem__  # no slower than a dict

    def find_sure(self, name: str) -> TopicRow | None:
        """Find the row that a folded tag has wherever it stands. Nothing is remembered: most words
        of a text are no tags."""
        for form in _forms(name):
            if rows := self.by_tag.get(form):
                return next((row for row in rows if not row.is_ambiguous), None)
        return None

    def may_begin(self, name: str) -> bool:
        """Whether a folded text may begin with a tag: a quick look before several slower ones."""
        return name[:4] in self._beginnings or name[:3] in self._beginnings

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        return frozenset(spelling[:4] for spelling in self.by_tag)

    def is_subject(self, name: str, language: str) -> bool:
        """Whether a folded word of a caption in `language` (`en`) alone tells what it is about."""
        return name in self.subjects.get(language, ()) or name in self.subjects.get("any", ())

    @cached_property
    def chinese(self) -> Mapping[str, TopicRow]:
        """The first row of each Chinese topic, ambiguous ones apart."""
        rows = [row for row in self.rows if not row.is_ambiguous]
        return {topic: row for row in reversed(rows) for topic in row.chinese}

    def _search(self, tag: str) -> tuple[TopicRow, ...]:
        name = fold_tag(tag)
        for form in _forms(name):
            if rows := self.by_tag.get(form):
                # Only a tag as it is written is ambiguous on purpose.
                return rows if form == name else tuple(r for r in rows if not r.is_ambiguous)
        word = word_of_community(name)
        return self.find(word) if word else ()


class _FoundRows(dict[str, tuple[TopicRow, ...]]):
    """Rows by every spelling that was asked for."""

    def __init__(
        self,
        known: Mapping[str, tuple[TopicRow, ...]],
        search: Callable[[str], tuple[TopicRow, ...]],
    ) -> None:
        super().__init__(known)
        self._search = search

    def __missing__(self, tag: str) -> tuple[TopicRow, ...]:
        rows = self[tag] = self._search(tag)
        return rows


def _forms(name: str) -> Iterator[str]:
    """A tag as it is, its singulars and its plural."""
    yield name
    if len(name) < _SHORTEST_WORD or not name.isascii():
        return
    if len(name) > _SHORTEST_WORD and name.endswith("s"):
        yield name[:-1]
        if name.endswith("ies"):
            yield f"{name[:-3]}y"
        elif name.endswith("es"):
            yield name[:-2]
    yield f"{name}s"
    if name.endswith("y"):
        yield f"{name[:-1]}ies"


@cache
def load_table() -> TopicTable:
    """Load the table. Only mapping and `crossover topics` need it."""
    table: dict[str, Any] = load_data("crossover.mapping", "topics.yaml")
    return TopicTable(
        (row for field, block in table["fields"].items() for row in parse_rows(field, block)),
        {language: frozenset(words.split()) for language, words in table["subjects"].items()},
        table["never_proposed"].split(),
    )


def parse_rows(field: str, block: str) -> Iterator[TopicRow]:
    """Parse the rows of one field: `tag variant … = 中文 中文 / english  # note`, with `?` before an
    ambiguous tag. Raises `ValueError` for a line that is none."""
    for number, line in enumerate(block.splitlines(), 1):
        if not line.strip():
            continue
        words, _, note = line.partition("  # ")
        tags, equals, topics = words.partition(" = ")
        chinese, _, english = topics.partition(" / ")
        names = tags.lstrip("?").split()
        if not (equals and names and chinese.split()):
            raise ValueError(f"{field}, row {number}: {line!r} is no row")
        yield TopicRow(
            tag=names[0],
            variants=tuple(names[1:]),
            chinese=tuple(chinese.split()),
            english=english.strip() or None,
            field=field,
            note=note.strip(),
            is_ambiguous=tags.startswith("?"),
            line=number,
        )

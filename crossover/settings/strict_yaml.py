"""Strict YAML for files that a person writes: every mistake is reported with its line.

Every value is its text: `no`, `1e3` and `2025-02-06` stay these words.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import yaml

from crossover.errors import UsageProblem
from crossover.storage.os_errors import explain_os_error

T = TypeVar("T")

# libyaml where it is there: ten times as fast, the same answers.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_BYTES = 32 * 1024**2
"""A larger file is not read. The words of ten thousand notes have about ten megabytes."""


MAX_DEPTH = 20
_MOST_DIGITS = 12
NULL = "tag:yaml.org,2002:null"
_OPENS = (
    yaml.BlockMappingStartToken,
    yaml.BlockSequenceStartToken,
    yaml.FlowMappingStartToken,
    yaml.FlowSequenceStartToken,
)
_CLOSES = (yaml.BlockEndToken, yaml.FlowMappingEndToken, yaml.FlowSequenceEndToken)


class InvalidValue(ValueError):
    """A value is not allowed. The message is the reason; `read_value` adds file, line and key."""


@dataclass(frozen=True, slots=True)
class TextFile:
    """The text of a file, and how it was encoded."""

    text: str
    encoding: str

    def encode(self, text: str) -> bytes:
        """Encode a new text as the old one was."""
        return text.encode(self.encoding)


def read_text_file(path: Path) -> TextFile:
    """Read a file that a person wrote. Raises `UsageProblem` where it is no text, or far too
    long."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
        # An editor of Windows may save UTF-16, which begins with its byte order mark.
        wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
        marked = raw.startswith(b"\xef\xbb\xbf")
        encoding = "utf-16" if wide else "utf-8-sig" if marked else "utf-8"
        text = raw.decode(encoding)
    except OSError as exc:
        raise explain_os_error(exc, path, reading=True) from exc
    except UnicodeDecodeError as exc:
        raise UsageProblem(
            f"{path} is no text in UTF-8.", next="Open it in an editor and save it as UTF-8."
        ) from exc
    if len(raw) > MAX_BYTES:
        raise UsageProblem(f"{path} is larger than {MAX_BYTES // 1024**2} MiB.")
    return TextFile(text, encoding)


def is_there(path: Path) -> bool:
    """Whether a file is there that a person wrote. A link that leads nowhere is: reading it tells."""
    return path.exists() or path.is_symlink()


def read_yaml(path: Path) -> yaml.Node | None:
    """Read the one document in `path`, None when it is empty. Raises as `parse_yaml` and
    `read_text_file` do."""
    return parse_yaml(path, read_text_file(path).text)


def parse_yaml(path: Path, text: str) -> yaml.Node | None:
    """Parse the one document in the text of `path`, None when it is empty.

    Raises `UsageProblem` naming file and line; also for anchors, aliases and tags, which nobody
    types by hand and which can make a small file expand without limit.
    """
    try:
        _check_tokens(path, text)
        node: yaml.Node | None = yaml.compose(text, Loader=_LOADER)
    except yaml.reader.ReaderError as exc:
        # libyaml tells its code, and its place in bytes; PyYAML itself the character.
        odd = chr(exc.character) if isinstance(exc.character, int) else exc.character
        before, _, _ = text.partition(odd)
        what = f"a character that no text has (U+{ord(odd):04X})"
        raise line_error(path, before.count("\n") + 1, what) from exc
    except yaml.YAMLError as exc:
        mark = getattr(exc, "problem_mark", None)
        line = min(mark.line + 1, text.count("\n") + 1) if mark else 1
        problem = getattr(exc, "problem", None) or "not readable as YAML"
        at = text[mark.index : mark.index + 1] if mark else ""
        raise line_error(path, line, _explain(problem, at)) from exc
    return node


def _explain(problem: str, at: str) -> str:
    """Say what the parser found wrong in words that help, where it is what people type. `at` is the
    character there."""
    match problem:
        case "found a tab character that violates indentation":
            return "a tab stands where blanks are meant"
        case "found character that cannot start any token" if at == "\t":
            return "a tab stands where blanks are meant"
        case "found character that cannot start any token" if at:
            return f"what begins with `{at}` stands in quotes, as in '{at}...'"
        case "mapping values are not allowed in this context":
            return "here is one colon too many; a text with a colon in it stands in quotes"
        case "but found another document":
            return "here a second document begins, and the file may have one"
        case _:
            return problem


def _check_tokens(path: Path, text: str) -> None:
    # Before composing: libyaml's composer overflows the stack on deep nesting, which ends the process.
    depth = 0
    for token in yaml.scan(text, Loader=_LOADER):
        depth += isinstance(token, _OPENS) - isinstance(token, _CLOSES)
        line = token.start_mark.line + 1
        if depth > MAX_DEPTH:
            raise line_error(path, line, "it is nested too deeply")
        if isinstance(token, yaml.AliasToken | yaml.AnchorToken | yaml.TagToken):
            raise line_error(path, line, "anchors, aliases and tags are not used in this file")


def line_error(path: Path, line: int, what: str) -> UsageProblem:
    """Make the error for a mistake at `line` (from 1) of a file that a person wrote."""
    return UsageProblem(f"{path}, line {line}: {what}.", next="Correct the line and run it again.")


def find_line(node: yaml.Node) -> int:
    """Find the line of a node, from 1."""
    line: int = node.start_mark.line
    return line + 1


def read_mapping(
    path: Path, node: yaml.Node | None, known: Collection[str] | None, *, called: str = "rule"
) -> dict[yaml.Node, yaml.Node]:
    """Read the entries of a mapping; of an empty value, none. `known` are the keys that may stand
    here (None: any), `called` is the word for one of them in messages. Raises `UsageProblem` for an
    unknown key, a key that stands there twice, and a value that is no mapping."""
    if node is None or (isinstance(node, yaml.ScalarNode) and node.value in ("", "null", "~")):
        return {}
    if not isinstance(node, yaml.MappingNode):
        raise line_error(path, find_line(node), "here stand lines of the form `key: value`")
    found: dict[str, yaml.Node] = {}
    entries: dict[yaml.Node, yaml.Node] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise line_error(
                path, find_line(key), "a list or a mapping stands where a key is meant"
            )
        name = str(key.value)
        if known is not None and name not in known:
            listed = f"; known here: {', '.join(sorted(known))}" if known else ""
            what = f"`{name}` is no {called}{nearest(name, known or ())}{listed}"
            raise line_error(path, find_line(key), what)
        if name in found:
            raise line_error(path, find_line(key), f"`{name}` stands here twice")
        found[name] = entries[key] = value
    return entries


def nearest(name: str, known: Collection[str]) -> str:
    """Say which known word is the nearest to `name`, as the end of a sentence; empty without
    one."""
    near = get_close_matches(name, known, 1)
    return f"; the nearest is `{near[0]}`" if near else ""


def index_by_name(entries: dict[yaml.Node, yaml.Node]) -> dict[str, yaml.Node]:
    """Index the entries of `read_mapping` by their keys' text."""
    return {str(key.value): value for key, value in entries.items()}


def read_value(
    path: Path,
    entries: dict[str, yaml.Node],
    key: str,
    default: Any,
    read: Callable[[yaml.Node], Any],
) -> Any:
    """Parse the value of `key` with `read`; `default` without one. Raises `UsageProblem` with file
    and line where `read` raises `InvalidValue`."""
    node = entries.get(key)
    if node is None:
        return default
    try:
        return read(node)
    except InvalidValue as exc:
        raise line_error(path, find_line(node), f"`{key}`: {exc}") from exc


def parse_text(node: yaml.Node) -> str:
    """Parse any text, letter for letter. Raises `InvalidValue` for an empty value, which could mean
    an empty text or none."""
    if not isinstance(node, yaml.ScalarNode):
        raise InvalidValue("a text is meant")
    if node.tag == NULL:
        raise InvalidValue("write '' for an empty text, or take the line out")
    return str(node.value)


W = TypeVar("W", bound=StrEnum)


def member_of(words: Iterable[W]) -> Callable[[yaml.Node], W]:
    """Make a parser for one of these words, as of an enum, which raises `InvalidValue` for
    others."""
    by_word = {str(word): word for word in words}

    def read(node: yaml.Node) -> W:
        word = node.value if isinstance(node, yaml.ScalarNode) else ""
        if word not in by_word:
            raise InvalidValue(f"one of {', '.join(by_word)}{nearest(word, by_word)}")
        return by_word[word]

    return read


def parse_flag(node: yaml.Node) -> bool:
    """Parse `true` or `false`. Raises `InvalidValue` for others."""
    word = node.value if isinstance(node, yaml.ScalarNode) else ""
    if word not in ("true", "false"):
        raise InvalidValue("true or false")
    return word == "true"


def integer_between(low: int, high: int) -> Callable[[yaml.Node], int]:
    """Make a parser for a whole number from `low` to `high`, which raises `InvalidValue` for
    others."""

    def read(node: yaml.Node) -> int:
        text = node.value if isinstance(node, yaml.ScalarNode) else ""
        if not text.isdecimal() or len(text) > _MOST_DIGITS or not low <= int(text) <= high:
            raise InvalidValue(
                f"a whole number from {low} to {high}" if low < high else f"it has to be {low}"
            )
        return int(text)

    return read


def parse_words(node: yaml.Node) -> tuple[str, ...]:
    """Parse a list of words; a `#` in front of one is not part of it. Raises `InvalidValue`."""
    if not isinstance(node, yaml.SequenceNode) or not all(
        isinstance(item, yaml.ScalarNode) for item in node.value
    ):
        raise InvalidValue("a list of words, as in [one, two]")
    return tuple(str(item.value).lstrip("#＃") for item in node.value)

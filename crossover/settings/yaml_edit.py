"""Sets one value in the text of a YAML file, and leaves every other letter of it as it is.

A round trip through a YAML library would write the file anew: its indents, quotes and line breaks
are the creator's. So the value alone is replaced, at the place where the parser found it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import yaml

_COMMENT = re.compile(r"#[^\r\n\x85\u2028\u2029]*")
_END = re.compile(r"^\.\.\.(?=\s|$)", re.MULTILINE)


def set_value(
    text: str, root: yaml.Node | None, keys: Sequence[str], value: str, lines: Sequence[str]
) -> str:
    """Return the text with `value`, which is YAML of one line, at the place that `keys` lead to.
    `root` is what the text was parsed to.

    Where the key is not there yet, `lines` are added for it behind what stands beside it; on the
    way to it they are without indents. Comments within a value of several lines stay behind the new
    one.
    """
    key, *inner = keys
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    for name, node in pairs:
        if name.value == key:
            if inner and isinstance(node, yaml.MappingNode):
                return set_value(text, node, inner, value, lines)
            flow = isinstance(root, yaml.MappingNode) and bool(root.flow_style)
            return _replace(text, name, node, _nest(inner, value), flow=flow)
    if isinstance(root, yaml.MappingNode) and root.flow_style:
        return _add_in_braces(text, root, f"{key}: {_nest(inner, value)}")
    return _add_lines(text, root, lines)


def _nest(keys: Sequence[str], value: str) -> str:
    for key in reversed(keys):
        value = f"{{{key}: {value}}}"
    return value


def _replace(text: str, name: yaml.Node, node: yaml.Node, value: str, *, flow: bool) -> str:
    start, end = node.start_mark.index, _end(text, node)
    head = text[_end(text, name) : start]
    if "\n" not in text[_end(text, name) : end] and "\r" not in text[_end(text, name) : end]:
        blank = "" if text[start - 1 : start].isspace() else " "
        return f"{text[:start]}{blank}{value}{text[end:]}"
    # The value has several lines, or begins on a line of its own.
    colon = _end(text, name) + head.index(":") + 1
    comments = list(_find_comments(text, colon, end, node))
    line_end = _line_end(text, end)
    newline = _newline(text)
    if flow:
        indent = " " * (name.start_mark.column + 1)
        rest = "".join(f"  {comment}{newline}{indent}" for comment in comments)
        return f"{text[:colon]} {value}{rest}{text[end:]}"
    comments += _COMMENT.findall(text[end:line_end])
    on_line, below = [], comments
    if comments and text.find(comments[0], colon) < _line_end(text, colon):
        on_line, below = comments[:1], comments[1:]
    indent = " " * name.start_mark.column
    new = ["  ".join([f" {value}", *on_line]), *(indent + comment for comment in below)]
    return f"{text[:colon]}{newline.join(new)}{text[line_end:]}"


def _find_comments(text: str, start: int, end: int, node: yaml.Node) -> Iterator[str]:
    """Yield the comments between the scalars of a node."""
    for leaf in _leaves(node):
        yield from _COMMENT.findall(text[start : leaf.start_mark.index])
        start = _end(text, leaf)
        if leaf.style in ("|", ">"):  # a comment may stand behind the mark of its style
            first = text[leaf.start_mark.index : _line_end(text, leaf.start_mark.index)]
            yield from _COMMENT.findall(first)
    yield from _COMMENT.findall(text[start:end])


def _leaves(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        yield node
        return
    for item in node.value:
        for part in item if isinstance(item, tuple) else (item,):
            yield from _leaves(part)


def _end(text: str, node: yaml.Node) -> int:
    """Find where the last letter of a node is. The parser's own mark of a block is behind the
    comments that follow."""
    end: int = node.end_mark.index
    if isinstance(node, yaml.CollectionNode) and not node.flow_style:
        return max(_end(text, leaf) for leaf in _last(node))
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        return len(text[:end].rstrip())
    return end


def _last(node: yaml.CollectionNode) -> Iterable[yaml.Node]:
    last = node.value[-1]
    return last if isinstance(last, tuple) else (last,)


def _add_in_braces(text: str, root: yaml.MappingNode, pair: str) -> str:
    if not root.value:
        at = root.start_mark.index + 1
        return f"{text[:at]}{pair}{text[at:]}"
    at = _end(text, root.value[-1][1])
    return f"{text[:at]}, {pair}{text[at:]}"


def _add_lines(text: str, root: yaml.Node | None, lines: Sequence[str]) -> str:
    """Add lines behind a block, indented as it is; at the end of the file for the whole of it."""
    newline = _newline(text)
    column = 0
    ended = _END.search(text)
    at = ended.start() if ended else len(text)
    if isinstance(root, yaml.MappingNode):
        column = root.start_mark.column
        if column:
            at = min(at, _after_line(text, _end(text, root)))
    before, after = text[:at], text[at:]
    if before and not before.endswith(("\n", "\r")):
        before += newline
    added = "".join(f"{' ' * column if line else ''}{line}{newline}" for line in lines)
    return before + added + after


def _line_end(text: str, at: int) -> int:
    """Find the end of the line that has `at`, before its line break."""
    found = re.compile(r"[\r\n]|\Z").search(text, at)
    return found.start() if found else len(text)


def _after_line(text: str, at: int) -> int:
    end = _line_end(text, at)
    return end + (2 if text.startswith("\r\n", end) else 1 if end < len(text) else 0)


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"

"""Reads fault scripts. A mistake is reported with its line, entry and key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any, Final

import yaml

from crossover.rehearsal.faults import answer_faults, connection_faults, payload_faults
from crossover.rehearsal.faults.base import (
    CALLS,
    Fault,
    InvalidValue,
    integer_between,
    number_between,
)
from crossover.rehearsal.faults.script import Script, ScriptEntry

KINDS: Final[tuple[type[Fault], ...]] = (
    connection_faults.Slow,
    connection_faults.ResetBefore,
    connection_faults.ResetInside,
    connection_faults.ResetAfter,
    connection_faults.Stall,
    connection_faults.StoredThenDropped,
    connection_faults.DidItLate,
    connection_faults.HalfAnswer,
    answer_faults.RateLimited,
    answer_faults.ServerError,
    answer_faults.Captcha,
    answer_faults.Business,
    answer_faults.Html,
    answer_faults.HugeBody,
    answer_faults.Redirect,
    payload_faults.PermitExpired,
    payload_faults.BadEtag,
    payload_faults.NoVideoId,
    payload_faults.SlowFirstFrame,
    payload_faults.ListLag,
    payload_faults.StalePages,
    payload_faults.OtherAccount,
    payload_faults.EditedText,
    payload_faults.ReviewRefused,
)
FAULTS: Final = {kind.name: kind for kind in KINDS}
WHEN: Final = ("at", "every", "probability")
KEYS: Final = ("call", "fault", *WHEN, "seed", "count")


class BadScript(Exception):
    """The fault script cannot be used; the text says where and why."""


def read_script(path: Path) -> Script:
    """Read a script from a YAML file. Raises `BadScript`."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as exc:
        raise BadScript(f"{path}: cannot be read: {exc}") from exc
    return parse_script(text, str(path))


def parse_script(text: str, name: str = "faults") -> Script:
    """Parse a script in YAML; `name` stands in messages. Raises `BadScript`."""
    try:
        loader = yaml.SafeLoader(text)
    except yaml.YAMLError as exc:
        raise BadScript(f"{name}: not YAML: {' '.join(str(exc).split())}") from exc
    try:
        root = loader.get_single_node()
        return Script(tuple(_read_entries(loader, root)))
    except RecursionError:
        where = f"line {loader.get_mark().line + 1}"
        raise BadScript(f"{name}, {where}: nested too deeply") from None
    except yaml.YAMLError as exc:
        raise BadScript(f"{name}: not YAML: {' '.join(str(exc).split())}") from exc
    except BadScript as exc:
        raise BadScript(f"{name}, {exc}") from exc
    finally:
        loader.dispose()


def _read_entries(loader: yaml.SafeLoader, root: yaml.Node | None) -> list[ScriptEntry]:
    if root is None:
        raise BadScript("line 1: the file is empty; it needs a list named `faults`")
    found = _read_mapping(loader, root, "line 1")
    _check_keys(found, ("faults",), "line 1")
    if "faults" not in found:
        raise BadScript("line 1: there is no list named `faults`")
    _, listed = found["faults"]
    if not isinstance(listed, yaml.SequenceNode):
        raise BadScript(f"line {_find_line(listed)}: `faults` is not a list")
    return [
        _read_entry(loader, node, f"line {_find_line(node)} (fault {number})")
        for number, node in enumerate(listed.value, 1)
    ]


def _read_entry(loader: yaml.SafeLoader, node: yaml.Node, where: str) -> ScriptEntry:
    pairs = _read_mapping(loader, node, where)
    values = {
        str(key): _construct(loader, value, f"{where}: `{key}`")
        for key, (_, value) in pairs.items()
    }
    call, name = values.get("call"), values.get("fault")
    if call not in (*CALLS, "any"):
        raise BadScript(f"{where}: call is {call!r}; known are {', '.join((*CALLS, 'any'))}")
    kind = FAULTS.get(name) if isinstance(name, str) else None
    if kind is None:
        raise BadScript(f"{where}: fault is {name!r}; known are {', '.join(FAULTS)}")
    if not kind.calls.issuperset(CALLS if call == "any" else (call,)):
        known = ", ".join(name for name in CALLS if name in kind.calls)
        raise BadScript(f"{where}: the fault {name} is for {known}, not for {call}")
    _check_keys(pairs, (*KEYS, *(_to_key(field.name) for field in fields(kind))), where)
    if len(given := [key for key in WHEN if key in values]) > 1:
        raise BadScript(f"{where}: give `{given[0]}` or `{given[1]}`, not both")
    if "seed" in values and "probability" not in values:
        raise BadScript(f"{where}: `seed` needs `probability`")
    return ScriptEntry(
        call=call,
        fault=_make_fault(kind, values, where),
        at=_parse_counts(values["at"], where) if "at" in values else (),
        every=_parse_value(integer_between(1, 10**9), values, "every", where),
        count=_parse_value(integer_between(1, 10**9), values, "count", where),
        probability=_parse_value(number_between(0, 1), values, "probability", where),
        seed=_parse_value(integer_between(0, 2**63), values, "seed", where) or 0,
    )


def _make_fault(kind: type[Fault], values: dict[str, object], where: str) -> Fault:
    found = {}
    for field in fields(kind):
        key = _to_key(field.name)
        if key in values:
            found[field.name] = _parse_value(field.metadata["read"], values, key, where)
        elif field.default is MISSING:
            raise BadScript(f"{where}: {kind.name} needs `{key}`")
    return kind(**found)


def _to_key(name: str) -> str:
    return name.replace("_", "-")


def _parse_value(
    read: Callable[[object], Any], values: dict[str, object], key: str, where: str
) -> Any:
    if key not in values:
        return None
    try:
        return read(values[key])
    except InvalidValue as exc:
        raise BadScript(f"{where}: `{key}` needs {exc}") from None


def _parse_counts(value: object, where: str) -> tuple[int, ...]:
    counts = value if isinstance(value, list) else [value]
    if not counts or any(type(count) is not int or count < 1 for count in counts):
        raise BadScript(f"{where}: `at` needs a whole number from 1 on, or a list of them")
    return tuple(counts)


def _read_mapping(
    loader: yaml.SafeLoader, node: yaml.Node, where: str
) -> dict[object, tuple[yaml.Node, yaml.Node]]:
    if not isinstance(node, yaml.MappingNode):
        raise BadScript(f"{where}: expected `key: value` lines")
    found: dict[object, tuple[yaml.Node, yaml.Node]] = {}
    for key_node, value in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            raise BadScript(f"{where}: line {_find_line(key_node)}: a key is a word")
        key = _construct(loader, key_node, where)
        if key in found:
            raise BadScript(f"{where}: line {_find_line(key_node)}: {key} is given twice")
        found[key] = (key_node, value)
    return found


def _construct(loader: yaml.SafeLoader, node: yaml.Node, where: str) -> Any:
    """Construct a value. PyYAML takes `2020-13-45` for a date by its form, and then fails to make
    one with many kinds of errors."""
    try:
        return loader.construct_object(node, deep=True)
    except (ValueError, LookupError, AttributeError, ArithmeticError, TypeError):
        raise BadScript(f"{where}: line {_find_line(node)}: this value cannot be read") from None


def _check_keys(
    found: dict[object, tuple[yaml.Node, yaml.Node]], keys: tuple[str, ...], where: str
) -> None:
    for key, (node, _) in found.items():
        if key not in keys:
            raise BadScript(
                f"{where}: line {_find_line(node)}: {key!r} is not a key; known: {', '.join(keys)}"
            )


def _find_line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1

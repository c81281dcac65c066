"""Reads fault scripts. A mistake is reported with its line, entry and key."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Final

import yaml

from crossover.rehearsal.faults import answer_faults, connection_faults, payload_faults
from crossover.rehearsal.faults.base import (
    CALLS,
    Fault,
    integer_between,
    number_between,
)
from crossover.rehearsal.faults.script import Script, ScriptEntry
from crossover.rehearsal.faults.script_nodes import (
    BadScript,
    check_keys,
    find_line,
    parse_value,
    read_fields,
    read_mapping,
    read_values,
    to_key,
)
from crossover.rehearsal.studio.switches import read_switches

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
        return _read_script(loader, root)
    except RecursionError:
        where = f"line {loader.get_mark().line + 1}"
        raise BadScript(f"{name}, {where}: nested too deeply") from None
    except yaml.YAMLError as exc:
        raise BadScript(f"{name}: not YAML: {' '.join(str(exc).split())}") from exc
    except BadScript as exc:
        raise BadScript(f"{name}, {exc}") from exc
    finally:
        loader.dispose()


def _read_script(loader: yaml.SafeLoader, root: yaml.Node | None) -> Script:
    if root is None:
        raise BadScript("line 1: the file is empty; it needs a list named `faults`")
    found = read_mapping(loader, root, "line 1")
    check_keys(found, ("faults", "studio"), "line 1")
    if not found:
        raise BadScript("line 1: there is no list named `faults`")
    entries: list[ScriptEntry] = []
    if "faults" in found:
        _, listed = found["faults"]
        if not isinstance(listed, yaml.SequenceNode):
            raise BadScript(f"line {find_line(listed)}: `faults` is not a list")
        entries = [
            _read_entry(loader, node, f"line {find_line(node)} (fault {number})")
            for number, node in enumerate(listed.value, 1)
        ]
    if "studio" not in found:
        return Script(tuple(entries))
    _, node = found["studio"]
    where = f"line {find_line(node)}: `studio`"
    pairs = read_mapping(loader, node, where)
    values = read_values(loader, pairs, where)
    return Script(tuple(entries), read_switches(values, where))


def _read_entry(loader: yaml.SafeLoader, node: yaml.Node, where: str) -> ScriptEntry:
    pairs = read_mapping(loader, node, where)
    values = read_values(loader, pairs, where)
    call, name = values.get("call"), values.get("fault")
    if call not in (*CALLS, "any"):
        raise BadScript(f"{where}: call is {call!r}; known are {', '.join((*CALLS, 'any'))}")
    kind = FAULTS.get(name) if isinstance(name, str) else None
    if kind is None:
        raise BadScript(f"{where}: fault is {name!r}; known are {', '.join(FAULTS)}")
    if not kind.calls.issuperset(CALLS if call == "any" else (call,)):
        known = ", ".join(name for name in CALLS if name in kind.calls)
        raise BadScript(f"{where}: the fault {name} is for {known}, not for {call}")
    check_keys(pairs, (*KEYS, *(to_key(field.name) for field in fields(kind))), where)
    if len(given := [key for key in WHEN if key in values]) > 1:
        raise BadScript(f"{where}: give `{given[0]}` or `{given[1]}`, not both")
    if "seed" in values and "probability" not in values:
        raise BadScript(f"{where}: `seed` needs `probability`")
    return ScriptEntry(
        call=call,
        fault=_make_fault(kind, values, where),
        at=_parse_counts(values["at"], where) if "at" in values else (),
        every=parse_value(integer_between(1, 10**9), values, "every", where),
        count=parse_value(integer_between(1, 10**9), values, "count", where),
        probability=parse_value(number_between(0, 1), values, "probability", where),
        seed=parse_value(integer_between(0, 2**63), values, "seed", where) or 0,
    )


def _make_fault(kind: type[Fault], values: dict[str, object], where: str) -> Fault:
    return kind(**read_fields(fields(kind), values, kind.name, where))


def _parse_counts(value: object, where: str) -> tuple[int, ...]:
    counts = value if isinstance(value, list) else [value]
    if not counts or any(type(count) is not int or count < 1 for count in counts):
        raise BadScript(f"{where}: `at` needs a whole number from 1 on, or a list of them")
    return tuple(counts)

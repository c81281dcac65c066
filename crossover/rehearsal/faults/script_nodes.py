"""Reads the pieces of a fault script: mappings, keys and values, each mistake with its line."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import MISSING, Field
from typing import Any

import yaml

from crossover.rehearsal.faults.base import InvalidValue


class BadScript(Exception):
    """The fault script cannot be used; the text says where and why."""


def read_mapping(
    loader: yaml.SafeLoader, node: yaml.Node, where: str
) -> dict[object, tuple[yaml.Node, yaml.Node]]:
    """Read the key and the value nodes of a mapping, by key. Raises `BadScript`."""
    if not isinstance(node, yaml.MappingNode):
        raise BadScript(f"{where}: expected `key: value` lines")
    found: dict[object, tuple[yaml.Node, yaml.Node]] = {}
    for key_node, value in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            raise BadScript(f"{where}: line {find_line(key_node)}: a key is a word")
        key = construct(loader, key_node, where)
        if key in found:
            raise BadScript(f"{where}: line {find_line(key_node)}: {key} is given twice")
        found[key] = (key_node, value)
    return found


def read_values(
    loader: yaml.SafeLoader, pairs: Mapping[object, tuple[yaml.Node, yaml.Node]], where: str
) -> dict[str, object]:
    """Construct the values of a mapping. Raises `BadScript`."""
    return {
        str(key): construct(loader, value, f"{where}: `{key}`") for key, (_, value) in pairs.items()
    }


def construct(loader: yaml.SafeLoader, node: yaml.Node, where: str) -> Any:
    """Construct a value. PyYAML takes `2020-13-45` for a date by its form, and then fails to make
    one with many kinds of errors. Raises `BadScript`."""
    try:
        return loader.construct_object(node, deep=True)
    except (ValueError, LookupError, AttributeError, ArithmeticError, TypeError):
        raise BadScript(f"{where}: line {find_line(node)}: this value cannot be read") from None


def check_keys(
    found: Mapping[object, tuple[yaml.Node, yaml.Node]], keys: Collection[str], where: str
) -> None:
    """Check that only these keys are there. Raises `BadScript`."""
    for key, (node, _) in found.items():
        if key not in keys:
            raise BadScript(
                f"{where}: line {find_line(node)}: {key!r} is not a key; known: {', '.join(keys)}"
            )


def find_line(node: yaml.Node) -> int:
    """Find the line of a node, from 1."""
    return int(node.start_mark.line) + 1


def read_fields(
    owner: tuple[Field[Any], ...], values: Mapping[str, object], name: str, where: str
) -> dict[str, Any]:
    """Read the fields that a script may set from the values under their keys; those with a default
    may be missing. Raises `BadScript`."""
    found = {}
    for field in owner:
        key = to_key(field.name)
        if key in values:
            found[field.name] = parse_value(field.metadata["read"], values, key, where)
        elif field.default is MISSING:
            raise BadScript(f"{where}: {name} needs `{key}`")
    return found


def to_key(name: str) -> str:
    """Turn the name of a field into the key of a script."""
    return name.replace("_", "-")


def parse_value(
    read: Callable[[object], Any], values: Mapping[str, object], key: str, where: str
) -> Any:
    """Parse the value of a key, None without the key. Raises `BadScript`."""
    if key not in values:
        return None
    try:
        return read(values[key])
    except InvalidValue as exc:
        raise BadScript(f"{where}: `{key}` needs {exc}") from None

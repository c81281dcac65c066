"""Writes YAML that reads back letter for letter."""

from __future__ import annotations

import re
from typing import Any

import yaml

TEXT = "tag:yaml.org,2002:str"

# Code points that are no characters: a run of 32, and the last two of each plane.
_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(
    chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF)
)
# Line ends that YAML would read as a plain one, and what it does not print.
_ESCAPED = re.compile(f"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff{_NONCHARACTERS}]")


class FlowList(list[str | int]):
    """A list that is written on one line, `[one, two]`."""


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002  the signature is PyYAML's
        return True


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    text = text.encode("utf-8", "replace").decode()
    style = '"' if _ESCAPED.search(text) else "|" if "\n" in text else None
    return dumper.represent_scalar(TEXT, text, style=style)


def _represent_flow_list(dumper: yaml.SafeDumper, items: FlowList) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=True)


_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(FlowList, _represent_flow_list)


def to_flow_yaml(value: Any) -> str:
    """Write a text, a number, a list or a dict as YAML on one line, as it may stand anywhere."""
    text: str = yaml.dump(
        [value],
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=2**31,
        default_flow_style=True,
    )
    return text.strip()[1:-1]


def to_yaml(document: Any) -> str:
    """Write texts, numbers, lists and dicts as YAML, in their order; texts of several lines as they
    look. Half an emoji, which no file can hold, becomes a `?`."""
    text: str = yaml.dump(
        document, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=2**31, indent=2
    )
    return text

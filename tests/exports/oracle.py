"""The same reading by ijson, event by event and by its own path: what `read_sections` must find.

It says which records the post list holds, as plain values, and nothing of how fast or how.
"""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

import ijson  # type: ignore[import-untyped]

from crossover.exports.keys import normalise_key

FOLDERS = {"post": "posts", "video": "videos"}


def post_records(data: bytes) -> dict[str, list[Any]]:
    """The records of each post list of a sound document, by section; of lists that stand there
    twice the last."""
    found: dict[str, list[Any]] = {}
    path: list[str | None] = []
    build: ijson.ObjectBuilder | None = None
    depth = 0
    for event, value in ijson.basic_parse(io.BytesIO(data), use_float=False):
        if build is not None:
            build.event(event, value)
            depth += event.startswith("start_") - event.startswith("end_")
            if depth == 0:
                found[str(path[0])] = _plain(build.value)
                build = None
                path[-1] = None
            continue
        match event:
            case "start_map" | "start_array":
                if event == "start_array" and _is_post_list(path):
                    build, depth = ijson.ObjectBuilder(), 1
                    build.event(event, value)
                else:
                    path.append("[]" if event == "start_array" else None)
            case "end_map" | "end_array":
                path.pop()
            case "map_key":
                path[-1] = normalise_key(value)
            case _:
                pass
    return found


def _is_post_list(path: list[str | None]) -> bool:
    return len(path) == 3 and path[0] in FOLDERS and path[1:] == [FOLDERS[path[0]], "videolist"]


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return float(value) if isinstance(value, Decimal) else value

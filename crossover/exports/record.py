"""One record of the post list → a `Post`, in any year's spelling of its keys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from crossover.exports.json_text import Raw, as_list, as_object, as_text
from crossover.exports.keys import filled, lookup
from crossover.exports.links import object_key, post_kind, read_link, split_links, tiktok_id
from crossover.files import utc_text
from crossover.model import Declaration, Kind, Link, Post, Visibility

_DATE = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[ T]([0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.[0-9]+)?"
    r" ?(?:UTC|Z|\+00:00)?"
)
_SHOWABLE = re.compile(r"[0-9A-Za-z :./+-]{1,32}")


class UnreadableRecord(Exception):
    """The record is no post. The message is the reason, and quotes nothing private."""


def read_record(raw: Raw) -> Post:
    """The post of one record; its `id` is its second, twins are told apart later.

    Only the fields below are decoded. A field of an unexpected type counts as not known; only a
    date that cannot be read makes the whole record `UnreadableRecord`.
    """
    record = as_object(raw)
    if record is None:
        raise UnreadableRecord("it is not a record with fields")
    posted_at = read_date(lookup(record, "Date"))
    links = tuple(read_link(url) for url in split_links(_link_value(record)))
    cover = split_links(as_text(lookup(record, "CoverImage")))
    kind = post_kind(links)
    title = _field(record, "Title")
    # No video of a real export has a title so far; should one come, it is the caption.
    is_caption = kind is Kind.VIDEO
    said = _field(record, "WhoCanView")
    return Post(
        id=utc_text(posted_at),
        posted_at=posted_at,
        kind=kind,
        title=None if is_caption else title,
        text=title if is_caption else None,
        visibility=read_visibility(said),
        visibility_said=said,
        declaration=_declaration(record),
        links=links,
        cover_link=read_link(cover[0]) if cover else None,
        object_keys=_object_keys(links),
        tiktok_id=next((found for link in links if (found := tiktok_id(link.url))), None),
    )


def read_date(raw: Raw | None) -> datetime:
    """`Date` is UTC to the second (proved against unix times in cover names). Raises
    `UnreadableRecord` for anything that is not one."""
    if raw is None:
        raise UnreadableRecord("it has no date")
    text = as_text(raw)
    found = _DATE.fullmatch(text.strip()) if text is not None else None
    if found is not None:
        try:
            moment = datetime.fromisoformat(f"{found[1]}T{found[2]}+00:00")
        except ValueError:
            moment = None
        if moment is not None and moment.year >= 1970:
            return moment.astimezone(UTC)
    shown = text.strip() if text is not None else ""
    quoted = f" ({shown})" if _SHOWABLE.fullmatch(shown) and "//" not in shown else ""
    raise UnreadableRecord(f"its date cannot be read{quoted}")


# Expected spellings; not one was seen. "Close friends" and the like are fewer people, so they are
# not among them.
_MUTUAL_FRIENDS = frozenset(
    {
        "friends",
        "your friends",
        "friends only",
        "mutual friends",
        "friends you follow back",
        "followers you follow back",
        "followers that you follow back",
    }
)


def read_visibility(said: str | None) -> Visibility | None:
    """`Everyone` and `Only You` were seen; a friends value is expected, its spelling is not
    known. Anything else is not known, never public."""
    word = (said or "").casefold()
    if word == "everyone":
        return Visibility.PUBLIC
    if word in ("only you", "only me"):
        return Visibility.ONLY_ME
    return Visibility.FRIENDS if word in _MUTUAL_FRIENDS else None


def _declaration(record: Mapping[str, Raw]) -> Declaration:
    """Both labels were empty in all real rows; what a set one holds is not known, so anything
    but `No` counts as set."""
    for key, declaration in (
        ("AIGeneratedContent", Declaration.AI),
        ("ContentDisclosure", Declaration.AD),
    ):
        said = _field(record, key)
        if said is not None and said.casefold() != "no":
            return declaration
    return Declaration.NONE


def _link_value(record: Mapping[str, Raw]) -> str | None:
    """`VideoLink` until August 2022, `Link` since; a list of links would be read too."""
    raw = lookup(record, "Link", "VideoLink")
    items = as_list(raw)
    if items is None:
        return as_text(raw)
    return "\n".join(text for item in items if (text := as_text(item)))


def _object_keys(links: tuple[Link, ...]) -> tuple[str, ...]:
    keys = (object_key(link.url) for link in links)
    return tuple(dict.fromkeys(key for key in keys if key is not None))


def _field(record: Mapping[str, Raw], key: str) -> str | None:
    return filled(as_text(lookup(record, key)))

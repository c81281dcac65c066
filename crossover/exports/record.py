"""Makes a `Post` of one record of the post list, of any year's layout."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from crossover.exports.keys import none_if_empty
from crossover.exports.links import infer_post_kind, parse_link, split_links
from crossover.model.posts import Declaration, Kind, Post, Visibility

_DATE = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[ T]([0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.[0-9]+)?"
    r" ?(?:UTC|Z|\+00:00)?"
)
_COUNT = re.compile(r"\s*([0-9]{1,15})\s*")
_SHOWABLE = re.compile(r"[0-9A-Za-z :./+-]{1,32}")


class UnreadableRecord(Exception):
    """The record is no post. The message is the reason, and quotes nothing private."""


def read_record(fields: Mapping[str, object]) -> Post:
    """Make the post of one record, given with normalised keys. Its `id` is its second; posts of one
    second get ordinals later, in `same_second`.

    A field of an unexpected type counts as not known; only a date that cannot be read raises
    `UnreadableRecord`.
    """
    posted_at = read_date(fields.get("date"))
    read = [parse_link(url) for url in split_links(_read_link_value(fields))]
    links = tuple(one.link for one in read)
    cover = split_links(_read_text(fields, "coverimage"))
    kind = infer_post_kind(links)
    title = _read_field(fields, "title")
    # No video of a real export has a title so far; should one come, it is the caption.
    is_caption = kind is Kind.VIDEO
    said = _read_field(fields, "whocanview")
    return Post(
        id=f"{posted_at.isoformat()[:19]}Z",
        posted_at=posted_at,
        kind=kind,
        title=None if is_caption else title,
        text=title if is_caption else None,
        visibility=read_visibility(said),
        visibility_said=said,
        declaration=_read_declaration(fields),
        links=links,
        cover_link=parse_link(cover[0]).link if cover else None,
        object_keys=tuple(dict.fromkeys(one.object_key for one in read if one.object_key)),
        tiktok_id=next((one.tiktok_id for one in read if one.tiktok_id), None),
        likes=_read_count(fields.get("likes")),
        sound=_read_sound(fields),
        location=_read_field(fields, "location"),
        comments={"yes": True, "no": False}.get(
            (_read_field(fields, "allowcomments") or "").casefold()
        ),
        alt_text=_read_field(fields, "alternatetext"),
    )


def read_date(raw: object) -> datetime:
    """Read `Date`, which is UTC to the second (proved against unix times in cover names). Raises
    `UnreadableRecord` for anything that is not one."""
    if raw is None:
        raise UnreadableRecord("it has no date")
    text = raw if isinstance(raw, str) else None
    found = _DATE.fullmatch(text.strip()) if text is not None else None
    if found is not None:
        try:
            moment = datetime.fromisoformat(f"{found[1]}T{found[2]}+00:00")
        except ValueError:
            moment = None
        if moment is not None and moment.year >= 1970:
            return moment
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
    """Read `WhoCanView`. `Everyone` and `Only You` were seen; a friends value is expected, its
    spelling is not known. Anything else is None (not known), never public."""
    word = (said or "").casefold()
    if word == "everyone":
        return Visibility.PUBLIC
    if word in ("only you", "only me"):
        return Visibility.ONLY_ME
    return Visibility.FRIENDS if word in _MUTUAL_FRIENDS else None


def _read_declaration(fields: Mapping[str, object]) -> Declaration:
    """Read AI label and content disclosure. A disclosure is `Your Brand`, `Branded Content` or both
    with a comma (TXT, May 2025). What a set AI label holds is not known, so anything but `No`
    counts as set."""
    for key, declaration in (
        ("aigeneratedcontent", Declaration.AI),
        ("contentdisclosure", Declaration.AD),
    ):
        said = _read_field(fields, key)
        if said is not None and said.casefold() != "no":
            return declaration
    return Declaration.NONE


def _read_sound(fields: Mapping[str, object]) -> str | None:
    """Read `Sound`, which is `title - author`, and ` - ` where there is none."""
    sound = _read_field(fields, "sound")
    return sound if sound and sound != "-" else None


def _read_count(raw: object) -> int | None:
    """Read `Likes`, which is text of digits; a plain number would be read too."""
    found = _COUNT.fullmatch(str(raw)) if type(raw) in (str, int) else None
    return int(found[1]) if found else None


def _read_link_value(fields: Mapping[str, object]) -> str | None:
    """Read `Link`, until August 2022 `VideoLink`; a list of links would be read too."""
    raw = fields.get("link", fields.get("videolink"))
    if isinstance(raw, list):
        return "\n".join(item for item in raw if isinstance(item, str))
    return raw if isinstance(raw, str) else None


def _read_text(fields: Mapping[str, object], key: str) -> str | None:
    value = fields.get(key)
    return value if isinstance(value, str) else None


def _read_field(fields: Mapping[str, object], key: str) -> str | None:
    return none_if_empty(_read_text(fields, key))

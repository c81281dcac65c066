"""Finds the file with the posts in a bundle, and explains what the bundle is when there is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from heapq import nlargest

from crossover.errors import CrossoverError, ExportError
from crossover.exports.archive.bundle import Bundle, Member, advise_download_again
from crossover.exports.archive.utf8 import decode_to_utf8
from crossover.exports.json.sections import find_section_names
from crossover.exports.json.stream import JsonStream
from crossover.exports.keys import SECTIONS, normalise_key
from crossover.exports.txt.files import MAX_LOOKS, is_lemon8
from crossover.model.next_step import Hint, Placeholder, step

HEAD = 64 * 1024
"""Bytes looked at to tell whether a JSON file of another name is an export."""

LOOSE_LIMIT = 64 * 1024**2
"""Bytes up to which a JSON file of another name is considered."""

_NAMED = re.compile(
    r"user_data(?P<tiktok>_tiktok)?(?P<copy> ?\(\d+\)|[ -]\d+| - copy)?\.json", re.IGNORECASE
)
_KEY = re.compile(rb'"([^"\\]{1,40})"\s*:')
_TXT_RECORD = re.compile(rb"^[^\r\n:]{1,40}: \d{4}-\d\d-\d\d \d\d:\d\d:\d\d", re.MULTILINE)

# What gallery-dl writes of one post has TikTok's own names, `video` and `comment` among them.
_ONE_POST = re.compile(rb'"category"\s*:\s*"tiktok"')

_NAME_THE_ZIP = "Name the ZIP file that TikTok gave you, or the folder it was unpacked to."


def find_json_candidates(bundle: Bundle) -> Iterator[Member]:
    """Yield members that may hold the posts as JSON, likeliest first: by the names TikTok gives
    (`user_data_tiktok.json`, to mid-2024 `user_data.json`; a browser may add ` (1)`), then
    those of the largest other JSON files whose beginning has a section of an export."""
    yield from sorted((m for m in bundle.members if _NAMED.fullmatch(m.base)), key=_candidate_order)
    others = [m for m in bundle.members if _may_be_loose(bundle, m)]
    largest = nlargest(MAX_LOOKS, others, key=lambda m: m.size)  # an export is seldom a small file
    for member in sorted(largest, key=lambda m: (m.depth, m.name)):
        if _is_loose_export(bundle, member):
            yield member


def _candidate_order(member: Member) -> tuple[bool, bool, int, str]:
    found = _NAMED.fullmatch(member.base)
    assert found is not None  # noqa: S101  only named members come here
    return not found["tiktok"], bool(found["copy"]), member.depth, member.name


def _may_be_loose(bundle: Bundle, member: Member) -> bool:
    name = member.base.lower()
    if _NAMED.fullmatch(name) or "lemon8" in name or name.endswith(".info.json"):
        return False
    return bundle.form == "file" or (name.endswith(".json") and member.size <= LOOSE_LIMIT)


def _is_loose_export(bundle: Bundle, member: Member) -> bool:
    head = b"".join(decode_to_utf8([bundle.head(member, HEAD)]))
    if not head.lstrip().startswith(b"{"):
        return False
    keys = [normalise_key(key.decode("utf-8", "replace")) for key in _KEY.findall(head)]
    if not SECTIONS.intersection(keys) or _ONE_POST.search(head):
        return False
    if keys[0] in SECTIONS:  # though what follows may be broken: reading it says where
        return True
    try:
        return (
            next(find_section_names(JsonStream(decode_to_utf8(bundle.blocks(member)))), None)
            is not None
        )
    except CrossoverError:
        return False


def _is_empty_file(bundle: Bundle) -> bool:
    head = b"".join(decode_to_utf8([bundle.head(bundle.members[0], HEAD)]))
    return b"".join(head.split()) in (b"", b"null", b"[]", b"{}")


def unrecognised_error(bundle: Bundle) -> ExportError:
    """Explain why no reader recognises `bundle`, and what to do."""
    name = bundle.path.name or str(bundle.path)
    if any(left.protected for left in bundle.left_out):
        return ExportError(
            f"{name} is protected by a password.",
            next="Download the export again from TikTok, which gives it without one.",
        )
    names = [member.name.lower() for member in bundle.members]
    if is_lemon8(bundle) or any("lemon8" in member for member in names):
        return ExportError(
            f"{name} holds Lemon8 data, not TikTok's: Lemon8 posts are not moved.",
            next="The same download has a file user_data_tiktok.json or a folder TikTok; name the ZIP.",
        )
    if bundle.form == "file" and _is_empty_file(bundle):
        return ExportError(f"{name} has nothing in it.", next=advise_download_again(bundle.path))
    if bundle.form == "file" and _TXT_RECORD.search(bundle.head(bundle.members[0], HEAD)):
        return ExportError(
            f"{name} looks like a list of a TikTok export, but not like the one of your posts.",
            next="Name Posts.txt, the folder TikTok, or the ZIP file as TikTok gave it.",
        )
    if bundle.form == "file":
        return ExportError(f"{name} is not a TikTok export.", next=_NAME_THE_ZIP)
    if bundle.form == "zip" and any(member.endswith(".zip") for member in names):
        return ExportError(
            f"{name} holds another ZIP, which crossover does not open.",
            next="Unpack it, then name the ZIP file that TikTok gave you.",
        )
    if not bundle.members and bundle.left_out:
        left = bundle.left_out[0]
        return ExportError(
            f"{name} holds no files that can be read: {left.name} is left out, because {left.reason}.",
            next=_NAME_THE_ZIP,
        )
    if not bundle.members:
        return ExportError(f"{name} holds no files.", next=_NAME_THE_ZIP)
    if bundle.form == "zip":
        return ExportError(
            f"{name} holds nothing of a TikTok export.",
            next=Hint(
                f"{_NAME_THE_ZIP} If it holds your videos, pictures or captions: unpack it, then add"
                " the folder: ",
                step("add", Placeholder("FOLDER")),
            ),
        )
    return ExportError(f"{name} holds nothing of a TikTok export.", next=_NAME_THE_ZIP)

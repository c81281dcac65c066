"""Links to notes, as creators copy them from RedNote's app or page: which note, on which site."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, urlsplit

from crossover.destinations.own_notes.recognise import NOTE_ID
from crossover.destinations.sites import HOSTS
from crossover.model.account import SiteName

_ADDRESS = re.compile(r"(?:https?|file)://[^\s<>\"'，。！、；：）】》|]+", re.IGNORECASE)
_BARE = re.compile(
    r"(?<![\w.@/-])(?:[a-z0-9-]+\.)*(?:rednote|xiaohongshu|xhslink)\.com/[^\s<>\"'，。！、；：）】》|]+",
    re.IGNORECASE,
)
_SHORT = ("xhslink.com",)
"""Their links name no note: where they lead is known to RedNote alone."""
_NOTE_IN_QUERY = ("id", "noteId", "note_id")
_THIS_COMPUTER = ("127.0.0.1", "localhost", "")
_PRACTICE_NOTE = "note-"

COPY_IT = "open the note in a browser and copy the whole address, such as {example}"


class LinkRefused(ValueError):
    """What was given is no link to a note of the site. The text says why, and what to give."""


@dataclass(frozen=True, slots=True)
class NoteLink:
    """A note on a site: its id, and its address without what only tells who shared it."""

    note_id: str
    url: str


def addresses_in(text: str) -> list[str]:
    """Find the addresses in a text, such as RedNote's app copies it: words around them are left."""
    found = _ADDRESS.findall(text)
    rest = _ADDRESS.sub(" ", text)
    return [*found, *(f"https://{bare}" for bare in _BARE.findall(rest))]


def example_link(site: SiteName) -> str:
    """An address of a note, to show what one looks like."""
    note_id = "64a1f0c2000000001203e5b7"
    if site is SiteName.REHEARSAL:
        return f"#{_PRACTICE_NOTE}{note_id}"
    return HOSTS[site].note_url(note_id)


def parse_note_link(text: str, site: SiteName) -> NoteLink:
    """Read the one note that `text` names: its address, the words that the app copies with it, or
    its bare id. Nothing is asked of the network. Raises `LinkRefused`."""
    plain = text.strip()
    if NOTE_ID.fullmatch(plain):
        return _link(plain, site, None)
    if site is SiteName.REHEARSAL and plain.startswith("#"):
        plain = f"http://127.0.0.1/{plain}"
    links: dict[str, NoteLink] = {}
    for address in addresses_in(plain):
        link = _parse_address(address, site)
        links.setdefault(link.note_id, link)
    if len(links) > 1:
        raise LinkRefused("there are links to several notes; give one")
    if not links:
        how = COPY_IT.format(example=example_link(site))
        raise LinkRefused(f"that is no link to a note; {how}")
    return next(iter(links.values()))


def _parse_address(address: str, site: SiteName) -> NoteLink:
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").casefold()
    except ValueError:
        raise LinkRefused("that address is damaged; copy it once more") from None
    of = _site_of(host)
    how = COPY_IT.format(example=example_link(site))
    if any(_is_within(host, short) for short in _SHORT):
        raise LinkRefused(f"a short link does not tell which note it is: {how}")
    if of is None:
        raise LinkRefused(f"{host} is not {_name(site)}; {how}")
    if of is not site:
        raise LinkRefused(f"that is a note on {_name(of)}, and this account is on {_name(site)}")
    note_id = _note_in(parts, of)
    if note_id is None:
        raise LinkRefused(f"that address leads to no note; {how}")
    return _link(note_id, site, parts)


def link_to(note_id: str, site: SiteName) -> NoteLink:
    """Make the link of a note by its id."""
    return _link(note_id, site, None)


def _link(note_id: str, site: SiteName, parts: SplitResult | None) -> NoteLink:
    note_id = note_id.lower()
    if site is not SiteName.REHEARSAL:
        return NoteLink(note_id, HOSTS[site].note_url(note_id))
    root = f"{parts.scheme}://{parts.netloc}/" if parts and parts.port else ""
    return NoteLink(note_id, f"{root}#{_PRACTICE_NOTE}{note_id}")


def _site_of(host: str) -> SiteName | None:
    if host in _THIS_COMPUTER:
        return SiteName.REHEARSAL
    return next((site for site in HOSTS if _is_within(host, site)), None)


def _is_within(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")


def _name(site: SiteName) -> str:
    return "the practice account" if site is SiteName.REHEARSAL else str(site)


def _note_in(parts: SplitResult, site: SiteName) -> str | None:
    if site is SiteName.REHEARSAL:
        note_id = parts.fragment.removeprefix(_PRACTICE_NOTE)
        return note_id if NOTE_ID.fullmatch(note_id) else None
    folders = [piece for piece in parts.path.split("/") if piece]
    ids = [piece for piece in folders if NOTE_ID.fullmatch(piece)]
    if folders[:1] == ["user"]:
        ids = ids[1:]  # whose page it is
    query = parse_qs(parts.query)
    named = (query[name][0] for name in _NOTE_IN_QUERY if name in query)
    ids += [one for one in named if not ids and NOTE_ID.fullmatch(one)]
    return ids[-1] if ids else None

"""Makes the page of a pack and of one note: a single file each, that asks nothing of any network."""

from __future__ import annotations

from html import escape

from crossover.model.packs import Pack, PackNote


def render_index(pack: Pack) -> str:
    """The page of all notes of a pack, in the order of posting."""
    return "".join(_block(one, f"{one.folder}/") for one in pack.notes)


def render_note(pack: Pack, one: PackNote) -> str:
    """The page of one note, which lies in its folder."""
    return f"<title>{escape(pack.account)}</title>" + _block(one, "")


def _block(one: PackNote, folder: str) -> str:
    files = "".join(f"<li>{escape(folder + name)}" for name in one.media)
    return f"<h2>{escape(one.note.title)}</h2><pre>{escape(one.note.body)}</pre><ul>{files}</ul>"

"""Makes the page of a pack and of one note: a single file each, that asks nothing of any network.

What is copied lies in the page as JSON, letter for letter; what is only shown is made safe to show.
The Chinese labels are those of RedNote's web page (rednote-studio-page, November 2026: likely).
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from urllib.parse import quote

import jinja2

from crossover.destinations.kit.page.checklist import DECLARATIONS, VISIBILITIES, checklist
from crossover.destinations.note_links import example_link
from crossover.model.packs import Pack, PackNote
from crossover.text import safe


def render_index(pack: Pack) -> str:
    """The page of all notes of a pack, in the order of posting. It lies in the pack's folder."""
    title = count_title(len(pack.notes))
    return _render(pack, [(one, f"{one.folder}/") for one in pack.notes], title)


def count_title(notes: int) -> str:
    """Name a page of so many notes."""
    return "1 note to post by hand" if notes == 1 else f"{notes} notes to post by hand"


def render_note(pack: Pack, one: PackNote) -> str:
    """The page of one note, which lies in the folder of its files."""
    return _render(pack, [(one, "")], f"Note {one.note.number} to post by hand")


def _render(pack: Pack, notes: Sequence[tuple[PackNote, str]], title: str) -> str:
    environment = _environment()
    script = _source(environment, "kit.js")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return environment.get_template("index.html").render(
        pack=pack,
        notes=notes,
        title=title,
        css=_source(environment, "kit.css"),
        script=script,
        script_hash=f"sha256-{digest}",
        data=_data(pack, [one for one, _ in notes]),
        visibility=VISIBILITIES,
        declaration=DECLARATIONS,
        example=example_link(pack.site),
    )


def _data(pack: Pack, notes: Sequence[PackNote]) -> str:
    """What the page's script works with, as JSON that ends no script element."""
    value = {
        "id": pack.id,
        "site": pack.site,
        "account": pack.account,
        "notes": [
            {
                "number": one.note.number,
                "id": one.note.id,
                "title": one.note.title,
                "text": one.note.body,
                "topics": [f"#{topic}" for topic in one.note.topics],
            }
            for one in notes
        ],
    }
    text = json.dumps(value, ensure_ascii=True)  # and so no line ends of Unicode's either
    return text.replace("<", "\\u003c").replace("&", "\\u0026")


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader(__package__),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
    )
    environment.filters.update(
        clean=safe,
        clean_lines=lambda text: "\n".join(map(safe, text.split("\n"))),
        checklist=checklist,
        day=lambda moment: f"{moment.day} {moment:%b %Y}",
        href=quote,
        when=_format_moment,
    )
    return environment


def _source(environment: jinja2.Environment, name: str) -> str:
    assert environment.loader is not None  # noqa: S101  given above
    return environment.loader.get_source(environment, name)[0]


def _format_moment(moment: datetime) -> str:
    return f"{moment:%a} {moment.day} {moment:%b %Y, %H:%M}"

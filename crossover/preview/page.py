"""`preview.html`: every note as it will look. A plain file: it loads nothing from elsewhere, and runs
one script, its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from pathlib import Path

import jinja2
import msgspec

from crossover import __version__
from crossover.model.notes import Plan
from crossover.preview.bundle import PageBundle, load_bundle
from crossover.preview.page_data import PageContents, make_page_data
from crossover.preview.page_form import PageData
from crossover.storage.atomic import write_atomic
from crossover.storage.documents import digest_each
from crossover.transfer.report.status import Status

_HEAD_BYTES = 2048
"""The mark stands among the first lines of a page."""
_FROM_DISK = "img-src 'self' file: data:; media-src 'self' file:"
_FROM_SERVER = "img-src 'self' data: blob:; media-src 'self'; connect-src 'self'"
_HEADER_ONLY = "frame-ancestors 'none'"
"""Counts in a header; in a page it is an error of its own."""


@dataclass(frozen=True, slots=True)
class PageMarks:
    """What a page has in common with its plan alone, and with what is known of its notes."""

    plan: str
    known: str


def write_preview(plan: Plan, contents: PageContents, path: Path) -> None:
    """Write the page at `path`, beside the files it shows. Raises like `write_atomic`."""
    data = encode_data(make_page_data(plan, contents))
    marks = PageMarks(_mark(plan), _known_mark(contents.where))
    before, _, behind = _render(_FROM_DISK, marks).partition(_DATA)
    write_atomic(path, before.encode(), data, behind.encode())


def render_served_page() -> str:
    """Make the page that asks a server for its data; it holds nothing of anybody's."""
    return _render(_FROM_SERVER, None).replace(_DATA, "")


def served_policy() -> str:
    """The policy of the page that is served, for its header."""
    return f"{_policy(load_bundle(), _FROM_SERVER)}; {_HEADER_ONLY}"


def encode_data(data: PageData) -> bytes:
    """Encode the data as JSON that ends no script element."""
    return msgspec.json.encode(data).replace(b"<", b"\\u003c")


def shows_plan(path: Path, plan: Plan, where: Status | None = None) -> bool:
    """Whether the page at `path` is the one that `write_preview` makes of this plan, wherever its
    notes stood then, or where they stand now."""
    try:
        with path.open("rb") as page:
            head = page.read(_HEAD_BYTES)
    except OSError:
        return False
    marks = [_mark(plan)] if where is None else [_mark(plan), _known_mark(where)]
    return all(f'content="{mark}"'.encode() in head for mark in marks)


_DATA = "«data»"
"""Stands where the data comes."""


def _render(sources: str, marks: PageMarks | None) -> str:
    bundle = load_bundle()
    return _load_template().render(
        bundle=bundle, policy=_policy(bundle, sources), marks=marks, data=_DATA
    )


def _policy(bundle: PageBundle, sources: str) -> str:
    return (
        f"default-src 'none'; script-src '{bundle.script_hash}'; style-src '{bundle.style_hash}';"
        f" {sources}; base-uri 'none'; form-action 'none'"
    )


@cache
def _load_template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader(__package__, "page"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
    )
    return environment.get_template("page.html")


def _mark(plan: Plan) -> str:
    """Sum the plan, and the crossover that makes the page."""
    return digest_each(chain([__version__, replace(plan, notes=())], plan.notes))


def _known_mark(where: Status) -> str:
    return digest_each(where.notes)

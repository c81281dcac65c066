"""The preview shows other people's words as words: nothing in them runs, loads or leads away."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from crossover.media.fit.fitted import thumbnail_path
from crossover.model.carried import Carried
from crossover.model.choices import Action, Edit, Rules
from crossover.model.notes import State
from crossover.model.posts import Unreadable, Visibility
from crossover.preview.page import write_preview
from crossover.transfer.report.status import status_of
from tests.browser import page_after_loading, screenshot
from tests.makers import edited, entry, plan, post

HOSTILE = (
    "</p><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">",
    '<img src="http://127.0.0.1:{port}/leak.png"><link rel=stylesheet href="http://127.0.0.1:{port}/">',
    '"><svg onload=document.title="owned"><iframe src="http://127.0.0.1:{port}/">',
    "<style>@import 'http://127.0.0.1:{port}/x.css';</style>&#x3c;script&#x3e;",
    "javascript:alert(1) \u202egnp.exe {{{{ 7*7 }}}} {{% raw %}}",
)


@pytest.fixture
def canary() -> Iterator[tuple[int, list[bytes]]]:
    """A listener that nothing should ever reach."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def listen() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                heard.append(connection.recv(200))
                connection.close()

        threading.Thread(target=listen, daemon=True).start()
        yield listener.getsockname()[1], heard


def test_on_a_phone_there_is_room_above_the_heading(tmp_path: Path) -> None:
    made = plan(post(1))
    write_preview(made, status_of(made, {}), tmp_path / "preview.html")
    page, picture = (tmp_path / "preview.html").as_uri(), tmp_path / "s.png"
    screenshot(page, picture, tmp_path / "profile", width=500)  # as narrow as a window gets
    with Image.open(picture) as shown:
        top = shown.convert("L").crop((0, 0, 400, 30)).getextrema()
    assert top[0] == top[1]


def test_a_real_browser_runs_and_loads_nothing_of_hostile_words(
    tmp_path: Path, canary: tuple[int, list[bytes]]
) -> None:
    port, heard = canary
    posts = [
        post(n, text=text.format(port=port), title=text.format(port=port))
        for n, text in enumerate(HOSTILE, 1)
    ]
    made = plan(*posts, unreadable=(Unreadable(1, HOSTILE[0]),))
    write_preview(made, status_of(made, {}), tmp_path / "preview.html")
    html = page_after_loading((tmp_path / "preview.html").as_uri(), tmp_path / "profile")
    assert "<title>Preview · @mara</title>" in html
    assert "&lt;script&gt;document.title" in html
    assert "{{ 7*7 }}" in html
    assert "\u202e" not in html
    assert heard == []


def test_covers_are_shown_from_the_files_beside_the_page(tmp_path: Path) -> None:
    (tmp_path / "ready").mkdir()
    Image.new("RGB", (300, 400), "#ff0000").save(tmp_path / "ready" / "c.jpg")
    made = plan(post(1))
    write_preview(made, status_of(made, {}), tmp_path / "preview.html")
    screenshot((tmp_path / "preview.html").as_uri(), tmp_path / "s.png", tmp_path / "profile")
    with Image.open(tmp_path / "s.png") as seen:
        red = sum(
            count
            for count, colour in seen.convert("RGB").getcolors(2**24) or []
            if isinstance(colour, tuple) and colour[0] > 240 and max(colour[1:3]) < 16
        )
    assert red > 20_000


def test_small_pictures_are_shown_where_they_were_made(tmp_path: Path) -> None:
    made = plan(post(1), post(2, pictures=2))
    first, second = made.notes
    assert first.cover is not None
    small = thumbnail_path(first.cover.path), thumbnail_path(second.media[1].path)
    for path in small:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(b"")
    write_preview(made, status_of(made, {}), tmp_path / "preview.html")
    page = (tmp_path / "preview.html").read_text("utf-8")
    shown = re.findall(r'<img src="([^"]*)"', page)
    assert shown == [small[0], second.media[0].path, second.media[0].path, small[1]]


def test_every_note_has_a_card_and_the_sums_are_on_it(tmp_path: Path) -> None:
    made = plan(
        post(1),
        post(2, pictures=20),
        post(3, visibility=Visibility.ONLY_ME),
        post(4, text=None),
        unreadable=(Unreadable(9, "no date"),),
    )
    write_preview(made, status_of(made, {}), tmp_path / "preview.html")
    html = (tmp_path / "preview.html").read_text("utf-8")
    assert html.count("<article") == len(made.notes) == 5
    assert "5 found = 2 move + 2 on hold + 0 left out + 1 unreadable" in html
    assert "record 9: no date" in html
    assert "Exactly what will be sent, note by note. Making this page sends nothing." in html


def test_what_went_out_is_shown_as_it_was_sent_and_counted_apart(tmp_path: Path) -> None:
    items = [post(1), post(2), post(3), post(4)]
    made = plan(*items, edits=edited(n1=Edit(title="New title", body="New words")))
    carried = Carried("Old words #sea", "c" * 64, ((items[0].media[0].sha256,),))
    rows = {
        (items[0].id, 1): entry(items[0].id, 1, State.POSTED, title="Old title", carried=carried),
        (items[1].id, 1): entry(items[1].id, 1, State.FAILED, title="Words of post 2", reason="no"),
    }
    write_preview(made, status_of(made, rows), tmp_path / "preview.html")
    html = (tmp_path / "preview.html").read_text("utf-8")
    sums = re.findall(r"<li><b>(\d+)</b>([^<]+)</li>", html)
    assert sums == [
        ("4", "posts found"),
        ("2", "will move"),
        ("1", "went out"),
        ("1", "refused"),
        ("0", "on hold"),
        ("0", "left out"),
        ("0", "unreadable"),
    ]
    card = html.partition('id="note-1"')[2].partition("</article>")[0]
    sent, _, since = card.partition('<dl class="since">')
    assert "<h3>Old title</h3>" in sent
    assert "Old words #sea" in sent
    assert "New" not in sent
    assert "<dt>changed since: its title</dt><dd>New title</dd>" in since
    assert "New words" in since
    assert html.index("Went out: stays as it is") < html.index("Refused: not sent again by itself")
    assert "What went out, as it was sent, and exactly what will be sent, note by note." in html
    assert " found = " not in html, "sums of the plan, which are others"


def test_what_is_left_out_after_it_went_out_stays_and_is_told_so(tmp_path: Path) -> None:
    item = post(1)
    made = plan(item, edits=edited(n1=Edit(action=Action.SKIP)))
    rows = {(item.id, 1): entry(item.id, 1, State.POSTED, title="Words of post 1")}
    write_preview(made, status_of(made, rows), tmp_path / "preview.html")
    html = (tmp_path / "preview.html").read_text("utf-8")
    assert "Left out: you said so. It stays as it went out." in html


def test_notes_are_counted_by_name_and_what_is_only_to_know_is_no_warning(tmp_path: Path) -> None:
    made = plan(post(1, pictures=20), rules=Rules(original=True))
    write_preview(made, status_of(made, {}), tmp_path / "preview.html")
    html = (tmp_path / "preview.html").read_text("utf-8")
    assert "<h2>Will move <small>2 notes</small></h2>" in html
    assert '<p class="why know"><b>To know:</b> You claim it as your original work' in html
    assert "<b>1</b>post found" in html


def test_commands_stand_out_and_other_titles_of_a_note_are_listed(tmp_path: Path) -> None:
    made = plan(
        post(1, text="Lisbon in 24 hours. The tram was full of <dogs>, all of them asleep."),
        post(2, text=None, media=()),
    )
    write_preview(made, status_of(made, {}), tmp_path / "preview.html")
    html = (tmp_path / "preview.html").read_text("utf-8")
    _, *others = made.notes[0].title_candidates
    assert others
    listed = "\n".join(others).replace("<", "&lt;").replace(">", "&gt;")
    assert f"<dt>other titles in its words</dt><dd>{listed}</dd>" in html
    assert "<code>crossover captions</code>" in html
    assert "`" not in html

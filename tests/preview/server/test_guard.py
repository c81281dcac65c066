"""Only our own page, with its key, may ask the server anything: a real server process, asked as other
pages and programs could."""

from __future__ import annotations

import socket
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.preview.served import Answer, Served

READS = ("/data", "/changes?since=0", "/frames/1", "/suggestions/1", "/best")
WRITES = ("/edits", "/covers", "/stop")
OTHER_HOSTS = [
    "evil.example",
    "evil.example:{port}",
    "127.0.0.1",
    "localhost",
    "127.0.0.1:1",
    "[::1]:{port}",
    "127.0.0.1:{port}.evil.example",
    "0.0.0.0:{port}",
    "127.1:{port}",
    "LOCALHOST:{port}",
]
OTHER_ORIGINS = [
    "https://evil.example",
    "null",
    "http://127.0.0.1:1",
    "http://localhost",
    "file://",
    "https://127.0.0.1:{port}",
    "http://127.0.0.1:{port}.evil.example",
]
OTHER_FILES = [
    r"edits.yaml",
    r"crossover.yaml",
    r"posts.json",
    r"plan.json",
    r"preview-server.json",
    r"lock",
    r"media",
    r"media/",
    r"logs",
    r"ready/index.json",
    r".",
    r"..",
    r"../../etc/passwd",
    r"/etc/passwd",
    r"//etc/passwd",
    r"media/../plan.json",
    r"ready/../../workspace/plan.json",
    r"%2e%2e/%2e%2e/etc/passwd",
    r"..%2f..%2fetc%2fpasswd",
    r"..\..\plan.json",
    r"%252e%252e/plan.json",
    r"%00",
    r"media/%00.mp4",
    r"media/%ff.mp4",
    r"plan.json%23",
    r"plan.json;",
    r"plan.json?x",
]
FORM = "application/x-www-form-urlencoded"


def is_refused(answer: Answer) -> bool:
    return answer.status == 403 and answer.body.count(b"\n") == 1


def raw_answer(page: Served, lines: list[str]) -> bytes:
    """What comes back for a request of these lines, however odd they are."""
    with socket.create_connection(("127.0.0.1", page.port), 10) as connection:
        connection.sendall("\r\n".join([*lines, "Connection: close", "", ""]).encode())
        answer = b""
        while piece := connection.recv(65536):
            answer += piece
    return answer


@pytest.mark.parametrize("path", READS)
def test_without_the_key_nothing_is_read(page: Served, path: str) -> None:
    assert page.ask(path).status == 200
    assert is_refused(page.ask(path, bare=True))
    for wrong in ("", "x", page.key[:-1], f"{page.key}x", page.file_key, "\xe9"):
        assert is_refused(page.ask(path, bare=True, headers={"X-Crossover-Key": wrong})), wrong


@pytest.mark.parametrize("path", WRITES)
def test_without_the_key_nothing_is_done(page: Served, world: Path, path: str) -> None:
    assert is_refused(page.ask(path, b"{}", bare=True))
    assert is_refused(page.ask(path, b"{}", bare=True, headers={"X-Crossover-Key": page.file_key}))
    assert is_refused(page.ask(f"{path}?X-Crossover-Key={page.key}", b"{}", bare=True))
    assert not (world / "edits.yaml").exists()
    assert page.ask("/best").status == 200, "it goes on"


@pytest.mark.parametrize("host", OTHER_HOSTS)
def test_a_name_that_was_made_to_lead_here_is_refused(page: Served, host: str) -> None:
    name = host.format(port=page.port)
    for path in ("/", "/data", "/favicon.ico"):
        assert is_refused(page.ask(path, headers={"Host": name})), path
    assert page.ask("/data", headers={"Host": f"localhost:{page.port}"}).status == 200


def test_two_hosts_and_none_are_refused(page: Served) -> None:
    here = f"Host: 127.0.0.1:{page.port}"
    for hosts in ([here, "Host: evil.example"], ["Host: evil.example", here], [here, here], []):
        answer = raw_answer(page, ["GET / HTTP/1.1", *hosts])
        assert answer.split(b" ")[1] in (b"400", b"403"), hosts
    assert raw_answer(page, ["GET / HTTP/1.1", here]).split(b" ")[1] == b"200"
    absolute = raw_answer(page, [f"GET http://evil.example:{page.port}/data HTTP/1.1", here])
    assert b"notes" not in absolute


def answers(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=5):
            return True
    except OSError:
        return False


def test_no_other_address_of_this_computer_answers(page: Served) -> None:
    assert answers("127.0.0.1", page.port)
    others = {"127.0.0.2", "::1", *socket.gethostbyname_ex(socket.gethostname())[2]}
    assert [one for one in others - {"127.0.0.1"} if answers(one, page.port)] == []


@pytest.mark.parametrize("origin", ["", *OTHER_ORIGINS])
def test_another_page_is_refused_even_with_the_key(page: Served, origin: str) -> None:
    headers = {"Origin": origin.format(port=page.port)}
    answers = [page.ask(path, headers=headers) for path in ("/", *READS)]
    answers += [page.ask(path, b"{}", headers=headers) for path in WRITES]
    assert all(map(is_refused, answers))
    own = {"Origin": page.origin, "Sec-Fetch-Site": "same-origin"}
    assert page.ask("/data", headers=own).status == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site", "nonsense"])
def test_a_browser_that_says_that_another_page_asks_is_believed(page: Served, site: str) -> None:
    for mode in ("no-cors", "navigate", "cors"):
        headers = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode}
        assert is_refused(page.ask("/", headers=headers))
        assert is_refused(page.ask("/edits", b"{}", headers=headers))
        assert is_refused(page.ask(f"/files/{page.file_key}/x", bare=True, headers=headers))
    assert page.ask("/", bare=True, headers={"Sec-Fetch-Site": "none"}).status == 200


@pytest.mark.parametrize("kind", [FORM, "text/plain", "multipart/form-data; boundary=x", ""])
def test_a_form_of_another_page_changes_nothing(page: Served, world: Path, kind: str) -> None:
    said = b'{"changes":[{"number":"1","field":"title","value":"evil","before":null}]}'
    headers = {"Content-Type": kind} if kind else {}
    assert is_refused(page.ask("/edits", said, bare=True, headers=headers))
    # With the key too: a page of ours sends JSON, and says so.
    headers["X-Crossover-Key"] = page.key
    assert page.ask("/edits", said, bare=True, headers=headers).status == 415
    assert not (world / "edits.yaml").exists()


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "X"])
def test_no_other_method_is_served_and_nothing_is_allowed_to_other_pages(
    page: Served, method: str
) -> None:
    asked = {"Origin": page.origin, "Access-Control-Request-Method": "POST"}
    for path in ("/", "/data", "/edits"):
        answer = page.ask(path, method=method, headers=asked)
        assert answer.status == 403
        assert not [name for name in answer.headers if name.startswith("access-control")]


def test_no_answer_is_kept_framed_or_taken_for_something_else(page: Served) -> None:
    cover = cover_path(page)
    for path in ("/", "/data", cover, "/nowhere", f"/files/{page.file_key}/nowhere"):
        headers = page.ask(path).headers
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert headers["referrer-policy"] == "no-referrer"
        assert "server" not in headers
    assert "frame-ancestors 'none'" in page.ask("/").headers["content-security-policy"]
    assert "sandbox" in page.ask(cover).headers["content-security-policy"]


def test_the_page_itself_holds_nothing_of_the_creators(page: Served) -> None:
    html = page.ask("/", bare=True).body.decode()
    data = page.ask("/data").json
    for secret in (data["handle"], data["notes"][0]["title"], page.key, page.file_key):
        assert secret not in html


def test_a_body_without_end_is_not_read_to_its_end(page: Served, world: Path) -> None:
    large = b'{"changes": "' + b"x" * (9 * 1024**2) + b'"}'
    assert page.ask("/edits", large).status == 413
    assert page.ask("/edits", b"[" * 100_000).status == 400
    assert page.ask("/edits", b"\xff\xfe").status == 400
    assert page.ask("/edits", b"3").status == 400
    assert not (world / "edits.yaml").exists()


# --- files ----------------------------------------------------------------------------------


def cover_path(page: Served) -> str:
    note = page.ask("/data").json["notes"][0]
    return f"/files/{page.file_key}/{note['cover']}"


def test_what_the_notes_name_is_given_in_parts_too(page: Served, world: Path) -> None:
    data = page.ask("/data").json
    assert data["files"] == f"/files/{page.file_key}/"
    (film, *_) = data["notes"][0]["files"]
    whole = page.ask(data["files"] + film["path"], bare=True)
    assert (whole.status, whole.body) == (200, (world / film["path"]).read_bytes())
    assert whole.headers["content-type"] == "video/mp4"
    part = page.ask(data["files"] + film["path"], bare=True, headers={"Range": "bytes=5-9"})
    assert (part.status, part.body) == (206, whole.body[5:10])
    assert page.ask(cover_path(page), bare=True).headers["content-type"] == "image/jpeg"


def test_only_the_key_of_files_opens_files(page: Served) -> None:
    name = cover_path(page).removeprefix(f"/files/{page.file_key}")
    for key in ("", "x", page.key, page.file_key[:-1]):
        assert is_refused(page.ask(f"/files/{key}{name}")), key


@pytest.mark.parametrize("path", ["", *OTHER_FILES])
def test_no_address_leads_to_another_file(page: Served, world: Path, path: str) -> None:
    (world / "media" / "secret.txt").write_text("secret")
    (world / "media" / "link.mp4").unlink(missing_ok=True)
    (world / "media" / "link.mp4").symlink_to("/etc/passwd")
    target = f"/files/{page.file_key}/{path}"
    answer = raw_answer(page, [f"GET {target} HTTP/1.1", f"Host: 127.0.0.1:{page.port}"])
    assert answer.split(b" ")[1] in (b"400", b"403", b"404"), answer[:200]
    for name in ("media/secret.txt", "media/link.mp4"):
        assert page.ask(f"/files/{page.file_key}/{quote(name)}", bare=True).status == 404

"""The sheet as a file: any text comes back as it was, and no cell is a formula (catalogue 40)."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from crossover.errors import UsageProblem
from crossover.sheet.cells import escape, restore
from crossover.sheet.formats import READ, format_sheet, read_sheet, recognises
from crossover.sheet.rows import COLUMNS, Row
from tests.settings.test_strict_yaml import CATALOGUE_41, WILD

CATALOGUE_40 = (
    "=cmd|' /C calc'!A0",
    "+1",
    "-1",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    "  =1",
    "\ufeff=1",
    "\u200b@x",
    "'=1",
    "''=1",
)
TAKEN_FOR_MORE = (
    "10/10",
    "1e5",
    "Mar 5",
    "007",
    "true",
    "FALSE",
    "3-4",
    "12:30",
    "5 May 2024",
    "½",
)
PLAIN = ("Golden hour", "'tis the season", "it's 5 o'clock", "'", "''", "")
TEXTS = st.one_of(
    WILD,
    st.sampled_from([*CATALOGUE_40, *TAKEN_FOR_MORE, *PLAIN, *CATALOGUE_41]),
    st.text("=+-@'＝\t\r\n 1a", max_size=6),
)
SHEET = ["s.csv", "s.yaml"]


def row(number: str = "1", **cells: str) -> Row:
    return dict.fromkeys(COLUMNS, "") | {"number": number} | cells


def round_trip(rows: list[Row], path: Path) -> list[Row]:
    path.write_bytes(format_sheet(rows, path))
    return [found.cells for found in read_sheet(path).rows]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sheets")


@pytest.mark.parametrize("name", SHEET)
@given(texts=st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=4))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_comes_back_byte_for_byte(
    folder: Path, name: str, texts: list[tuple[str, str, str]]
) -> None:
    rows = [row(f"{n}", title=a, body=b, topics=c) for n, (a, b, c) in enumerate(texts, 1)]
    assert round_trip(rows, folder / name) == rows
    first = (folder / name).read_bytes()
    again = [found.cells for found in read_sheet(folder / name).rows]
    assert format_sheet(again, folder / name) == first


@pytest.mark.parametrize("name", SHEET)
def test_ten_thousand_letters_come_back(folder: Path, name: str) -> None:
    rows = [row(title="字👩‍🍳\n" * 2500)]
    assert round_trip(rows, folder / name) == rows


@given(TEXTS)
@example("'")
def test_making_a_cell_safe_can_always_be_undone(text: str) -> None:
    assert restore(escape(text)) == text


@pytest.mark.parametrize("text", CATALOGUE_40, ids=repr)
def test_catalogue_40_no_cell_begins_like_a_formula(text: str) -> None:
    (_, cells) = csv.reader(
        io.StringIO(format_sheet([row(body=text)], Path("s.csv")).decode("utf-8-sig"), newline="")
    )
    cell = cells[COLUMNS.index("body")]
    assert cell == f"'{text}"


@pytest.mark.parametrize("text", TAKEN_FOR_MORE)
def test_no_cell_is_taken_for_a_number_or_a_day(text: str) -> None:
    assert escape(text) == f"'{text}"


@pytest.mark.parametrize("text", PLAIN)
def test_what_nobody_mistakes_is_left_alone(text: str) -> None:
    assert escape(text) == text == restore(text)


def test_the_number_of_a_part_is_no_day_in_february() -> None:
    written = format_sheet([row("17.2"), row("17")], Path("s.csv")).decode("utf-8-sig")
    assert [line.partition(",")[0] for line in written.splitlines()] == ["number", "'17.2", "17"]


def test_it_opens_with_a_double_click_and_in_every_csv_reader(folder: Path) -> None:
    content = format_sheet([row(title="日本 👋", body="a\nb")], folder / "s.csv")
    assert content.startswith(b"\xef\xbb\xbfnumber,date,")
    assert content.endswith(b"\r\n")
    records = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert [(r["title"], r["body"]) for r in records] == [("日本 👋", "a\nb")]


# --- as spreadsheets save it ----------------------------------------------------------------

SAVED = 'number{0}title{0}body\r\n1{0}Zoë\'s café{0}"two\nlines"\r\n'


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_every_way_excel_saves_is_read(folder: Path, delimiter: str, encoding: str) -> None:
    path = folder / "saved.csv"
    path.write_bytes(SAVED.format(delimiter).encode(encoding))
    sheet = read_sheet(path)
    assert [f.cells for f in sheet.rows] == [
        {"number": "1", "title": "Zoë's café", "body": "two\nlines"}
    ]
    assert sheet.narrow is (encoding == "cp1252")
    assert any("cp1252" in remark for remark in sheet.remarks) is sheet.narrow


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Привет", "cp1251"),
        ("Γειά σου", "cp1253"),
        ("你好世界", "gb18030"),
        ("zażółć gęślą jaźń", "cp1250"),
    ],
)
def test_another_character_set_is_refused_and_not_guessed(
    folder: Path, text: str, encoding: str
) -> None:
    path = folder / "other.csv"
    path.write_bytes(f"number,title\n1,{text}\n".encode(encoding))
    with pytest.raises(UsageProblem) as caught:
        read_sheet(path)
    assert "CSV UTF-8" in caught.value.next


def test_order_more_and_fewer_columns_are_taken_and_said(folder: Path) -> None:
    path = folder / "mine.csv"
    path.write_text("sep=;\nMine;Body; NUMBER \nx;words;3\n;;\n\ny;more;4;\n", "utf-8")
    sheet = read_sheet(path)
    assert [(f.where, f.cells) for f in sheet.rows] == [
        ("row 2", {"number": "3", "body": "words"}),
        ("row 5", {"number": "4", "body": "more"}),
    ]
    assert ["mine" in sheet.remarks[0], "title, title_candidate, topics" in sheet.remarks[1]] == [
        True,
        True,
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04rest", "workbook"),
        (b"\xd0\xcf\x11\xe0rest", "workbook"),
        (b"a,b\n1,2\n", "names of the columns"),
        (b"number,date\n1,2\n", "names of the columns"),
        (b"number,title,title\n1,2,3\n", "title stands there twice"),
        (b"number,title\n1,a,b\n", "row 2: it has more cells"),
        (b'number,title\n1,a\n2,"open\n3,b\n', "row 3: it cannot be read as CSV"),
        (b'number,title\n1,"a"b\n', "row 2: it cannot be read as CSV"),
        (b"number,title\n1,\x81\x8d\n", "character set"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_row(folder: Path, content: bytes, said: str) -> None:
    path = folder / "bad.csv"
    path.write_bytes(content)
    with pytest.raises(UsageProblem) as caught:
        read_sheet(path)
    assert said in caught.value.message
    assert "bad.csv" in caught.value.message


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        ("notes: [{title: x}]", 1, "without its `number`"),
        ("version: 1\nnotes:\n- number: 1\n  titel: x", 4, "`titel` is no column"),
        ("version: 1\nnotes:\n- number: 1\n  title:", 4, "`title`: write ''"),
        ("version: 1\nnotes: {1: x}", 2, "a list of notes"),
        ("version: 1\nnotes:\n- number: 1\n\ttitle: x", 4, ""),
        ("notes:\n- &a {number: 1}\n- *a", 2, "aliases"),
        ("notes:\n- {number: 1, number: 2}", 2, "twice"),
    ],
)
def test_catalogue_42_a_mistake_in_a_yaml_sheet_is_named_by_line(
    folder: Path, content: str, line: int, said: str
) -> None:
    path = folder / "bad.yaml"
    path.write_text(content)
    with pytest.raises(UsageProblem) as caught:
        read_sheet(path)
    assert f"bad.yaml, line {line}: " in caught.value.message
    assert said in caught.value.message


@pytest.mark.parametrize("name", ["s.xlsx", "s.ods", "s"])
def test_a_name_that_is_no_sheets_is_refused(folder: Path, name: str) -> None:
    for attempt in (lambda: format_sheet([], Path(name)), lambda: read_sheet(Path(name))):
        with pytest.raises(UsageProblem) as caught:
            attempt()
        assert "csv" in (caught.value.message + caught.value.next).casefold()


def test_a_sheet_is_told_from_other_files_by_its_columns(tmp_path: Path) -> None:
    for name in SHEET:
        path = tmp_path / name
        path.write_bytes(format_sheet([row(title="x" * 9000)], path))
        assert recognises(path)
    others = {
        "links.csv": "number,url\n1,x\n",
        "crossover.yaml": "version: 1\nonly_me: hold\n",
        "edits.yaml": "version: 1\nnotes:\n  1: {title: x}\n",
        "notes.txt": "number of people: 3, title unknown",
        "broken.csv": '"',
        "Posts.txt": "Date: 2025-01-01\n",
    }
    for name, content in others.items():
        (tmp_path / name).write_text(content)
        assert not recognises(tmp_path / name), name
    (tmp_path / "folder.csv").mkdir()
    assert not recognises(tmp_path / "folder.csv")
    assert set(READ) == {".csv", ".tsv", ".txt", ".yaml", ".yml"}


# --- a real spreadsheet ---------------------------------------------------------------------

LIBREOFFICE = shutil.which("soffice")


@pytest.mark.skipif(LIBREOFFICE is None, reason="LibreOffice (soffice) is not installed")
def test_libreoffice_opens_it_and_saves_it_unharmed(tmp_path: Path) -> None:
    assert LIBREOFFICE
    # What tabs, control characters and lone carriage returns become is LibreOffice's business;
    # no note has any.
    texts = [
        *(t for t in (*CATALOGUE_40, *TAKEN_FOR_MORE, *PLAIN) if t.isprintable()),
        "two\nlines",
        'say "hi"; and, so on',
        "👨‍👩‍👧‍👦 مرحبا 字",
        "x" * 10_000,
    ]
    rows = [row(f"7.{n}", title=text, body=text[::-1]) for n, text in enumerate(texts, 1)]
    path = tmp_path / "s.csv"
    path.write_bytes(format_sheet(rows, path))
    saved = tmp_path / "saved"
    for source, form in (
        (path, ["ods", "--infilter=CSV:44,34,76,1"]),
        (saved / "s.ods", ["csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false"]),
    ):
        told = ["--outdir", str(saved), str(source)]
        command = [LIBREOFFICE, "--headless", "--convert-to", *form, *told]
        subprocess.run(command, check=True, capture_output=True, timeout=200)
    found = read_sheet(saved / "s.csv").rows
    assert [(f.cells["number"], f.cells["title"], f.cells["body"]) for f in found] == [
        (r["number"], r["title"], r["body"]) for r in rows
    ]

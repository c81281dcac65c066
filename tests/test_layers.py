"""How the code is laid out: imports go one way and in no circle, a library has one home, a class
one name, and nothing reads a sentence to decide. Each check is shown to find a planted fault.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.layers import (
    Module,
    code_in_packages,
    commands_of_commands,
    decisions_by_sentence,
    import_circles,
    read_package,
    repeated_names,
    screens_below,
    strayed_libraries,
    upward_imports,
)

PACKAGE = Path(__file__).parents[1] / "crossover"

LAYERS: dict[str, int] = {
    "model": 0,
    "errors": 0,
    "storage": 0,
    "runtime": 0,
    "text": 0,
    "package_data": 0,
    "limits": 0,
    "look": 0,
    "exports": 1,
    "captions": 1,
    "media": 1,
    "mapping": 1,
    "settings": 1,
    "accounts": 1,
    "destinations": 1,
    "workspace": 2,
    "library": 2,
    "plan": 2,
    "preview": 2,
    "schedule": 2,
    "sheet": 2,
    "transfer": 2,
    "guide": 2,
    "cli": 3,
}
# Within layer 2, who may know whom.
MIDDLE = {
    "workspace": {"settings"},
    "library": {"workspace"},
    "plan": {"library", "workspace"},
    "preview": {"guide", "library", "plan", "schedule", "transfer", "workspace"},
    "schedule": set(),
    "sheet": {"library", "plan", "workspace"},
    "transfer": {"library", "plan", "schedule", "workspace"},
    "guide": {"workspace", "library", "plan", "schedule", "transfer"},
}
# A program of its own: it shares no mistake with the client.
ALONE = "rehearsal"

HOMES: dict[str, set[str]] = {
    "typer": {"cli"},
    "rich": {"cli"},
    "jinja2": {"destinations/kit/page", "preview", "rehearsal"},
    "httpx": {"destinations/api/http"},
    "httpcore": {"media/download"},
    "PIL": {"media/decoder"},
    "pillow_heif": {"media/decoder/pictures/opening.py"},
    "av": {"media/decoder"},
    "playwright": {"destinations/studio"},
    "yaml": {
        "settings",
        "sheet/yaml_file.py",
        "package_data.py",
        "rehearsal",
    },
    "sqlite3": {"accounts/ledger", "rehearsal"},
    "isal": {"exports/archive/unzip.py"},
    "msgspec": {"exports", "media/decoder/jobs.py", "preview", "storage/documents.py"},
    "filelock": {"storage/lock.py", "rehearsal"},
    "regex": {"text.py", "mapping", "sheet"},
    "platformdirs": {"accounts/data_folder.py", "workspace.py"},
    "starlette": {"rehearsal", "preview"},
    "uvicorn": {"rehearsal", "preview"},
    "anyio": {"rehearsal"},
    "yt_dlp": {"captions/ytdlp.py"},
}

Planted = Callable[[dict[str, str]], list[Module]]
"""The modules of a package `p` made of these files, by their paths without `.py`."""


@pytest.fixture(scope="module")
def crossover() -> list[Module]:
    return read_package(PACKAGE)


@pytest.fixture(scope="module")
def product(crossover: list[Module]) -> list[Module]:
    return [module for module in crossover if module.room != ALONE]


@pytest.fixture
def planted(tmp_path: Path) -> Planted:
    def made(files: dict[str, str]) -> list[Module]:
        for name, text in files.items():
            path = tmp_path / "p" / f"{name}.py"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        return read_package(tmp_path / "p")

    return made


def test_every_part_stands_in_the_table(product: list[Module]) -> None:
    assert {module.room for module in product} - {"__init__", "__main__"} == set(LAYERS)


def test_a_module_imports_only_from_layers_below_it(crossover: list[Module]) -> None:
    assert upward_imports(crossover, LAYERS, MIDDLE) == []


@pytest.mark.parametrize(
    ("place", "line", "fine"),
    [
        ("exports/a", "from p.exports.b import x", True),
        ("exports/a", "from p.text import x", True),
        ("exports/a", "from p import text", True),
        ("exports/a", "from p.captions.b import x", False),
        ("exports/a", "from ..plan import b", False),
        ("text", "import p.errors", True),
        ("plan/a", "from p.library.b import x", True),
        ("library/a", "from p.plan.b import x", False),
        ("library/a", "if TYPE_CHECKING:\n    from p.plan.b import x", False),
        ("library/a", "def f():\n    import p.cli.b", False),
        ("rehearsal/a", "from p import __version__", True),
        ("rehearsal/a", "from p.text import x", False),
        ("cli/a", "from p.rehearsal.b import x", False),
    ],
)
def test_an_import_upwards_is_found(planted: Planted, place: str, line: str, fine: bool) -> None:
    rooms = {f"{room}/b": "" for room in (*LAYERS, ALONE) if room not in ("text", "errors")}
    modules = planted({"__init__": "", "text": "", "errors": "", **rooms, place: line})
    assert (upward_imports(modules, LAYERS, MIDDLE) == []) is fine


def test_a_library_has_one_home(crossover: list[Module]) -> None:
    assert strayed_libraries(crossover, HOMES) == []


def test_a_library_away_from_home_is_found(planted: Planted) -> None:
    modules = planted(
        {
            "text": "import regex, re, rich",
            "media/decoder/a": "from PIL.Image import open",
            "media/a": "from PIL import Image",
            "sheet/a": "import sqlite3, newcomer",
        }
    )
    assert strayed_libraries(modules, HOMES) == [
        "media/a.py imports PIL",
        "sheet/a.py imports newcomer",
        "sheet/a.py imports sqlite3",
        "text.py imports rich",
    ]


def test_no_files_import_each_other(crossover: list[Module]) -> None:
    assert import_circles(crossover) == []


def test_circles_are_found_however_long_and_whoever_the_imports_are_for(planted: Planted) -> None:
    modules = planted(
        {
            "room/__init__": "",
            "room/a": "from p.room import b",
            "room/b": "if TYPE_CHECKING:\n    from .c import x",
            "room/c": "def later():\n    from p.room.a import x",
            "one": "import p.other",
            "other": "from p import one",
            "beside": "from p.room.a import x",
        }
    )
    assert import_circles(modules) == [
        "p.one -> p.other -> p.one",
        "p.room.a -> p.room.b -> p.room.c -> p.room.a",
    ]


def test_no_command_imports_a_command(product: list[Module]) -> None:
    assert commands_of_commands(product, "cli/commands") == []


def test_a_command_that_imports_a_command_is_found(planted: Planted) -> None:
    modules = planted(
        {
            "cli/commands/__init__": "",
            "cli/commands/add": "from p.cli.commands import sheet, plan\nfrom p.cli.view import x",
            "cli/commands/plan": "def plan():\n    from .sheet import take",
            "cli/commands/sheet": "",
            "cli/view": "",
            "cli/app": "from p.cli.commands import add",
        }
    )
    assert commands_of_commands(modules, "cli/commands") == [
        "add imports plan",
        "add imports sheet",
        "plan imports sheet",
    ]


def test_only_the_command_line_writes_on_the_screen(product: list[Module]) -> None:
    assert screens_below(product, "cli", {"rich", "typer"}) == []


def test_a_screen_below_the_command_line_is_found(planted: Planted) -> None:
    modules = planted(
        {
            "cli/a": "import rich\nprint()",
            "plan/a": "from rich.table import Table",
            "plan/b": "def f(x):\n    x.print()\n    print(x)",
        }
    )
    assert screens_below(modules, "cli", {"rich", "typer"}) == [
        "plan/a.py imports a library of screens",
        "plan/b.py prints",
    ]


def test_a_class_name_is_unique_in_the_product(product: list[Module]) -> None:
    assert repeated_names(product) == {}


def test_a_second_class_or_type_of_one_name_is_found(planted: Planted) -> None:
    modules = planted(
        {
            "a": "class Line: pass\nclass _Own: pass\nPATHS = dict[str, str]",
            "b": "Line = Callable[[int], None]\nclass _Own: pass\nclass Word: pass",
            "c/d": "Word = str | int\nPATHS = list[str]",
        }
    )
    assert repeated_names(modules) == {"Line": ["a.py", "b.py"], "Word": ["b.py", "c/d.py"]}


def test_an_init_holds_no_code(crossover: list[Module]) -> None:
    assert code_in_packages(crossover) == []


def test_code_in_an_init_is_found(planted: Planted) -> None:
    modules = planted(
        {
            "__init__": '"""What it is."""\n__version__ = "1"',
            "a/__init__": '"""What it is."""\nfrom p.a.b import x',
            "a/b": "x = 1",
            "c/__init__": "def f(): pass",
        }
    )
    assert code_in_packages(modules) == ["a/__init__.py", "c/__init__.py"]


def test_nothing_reads_a_sentence_to_decide(crossover: list[Module]) -> None:
    assert decisions_by_sentence(crossover) == []


@pytest.mark.parametrize(
    "line",
    [
        "if note.reason == 'only you': pass",
        "found = [one for one in some if one.reason != UNLIKE]",
        "wait = NO_WORDS in (note.reason or '')",
        "odd = problem.message not in known",
        "alike = any(one.how.startswith(ALIKE) for one in evidence)",
        "head = exc.message.lower().partition(':')[0]",
        "if re.search('blocked', exc.message): pass",
        "if _PATTERN.match(left.reason): pass",
        "match note.reason:\n    case 'x': pass",
        "match result:\n    case NotKnown(reason='x'): pass",
    ],
)
def test_a_decision_by_a_sentence_is_found(planted: Planted, line: str) -> None:
    assert len(decisions_by_sentence(planted({"a": line}))) == 1


@pytest.mark.parametrize(
    "line",
    [
        "if post.origin_of_files is Origin.NAMED or one.how is Origin.LINK: pass",
        "if note.reason and note.state is State.HOLD: say(note.reason.rstrip('.'))",
        "by_reason[item.reason].append(item)",
        "match result:\n    case NotKnown(reason=reason): say(reason)",
        "codes = {problem.code for problem in note.problems}\nif 'no-words' in codes: pass",
    ],
)
def test_a_value_that_decides_and_a_sentence_that_is_shown_are_fine(
    planted: Planted, line: str
) -> None:
    assert decisions_by_sentence(planted({"a": line})) == []

"""What README, CHANGELOG and docs/ name is there: files, commands, flags, modules, tests, links."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from crossover.cli.app import app
from crossover.cli.lazy import LazyCommand

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
FOLDERS = ("crossover", "tests", "docs", "sample_exports")
TREE = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.*")]

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


def text_of(page: Path) -> str:
    return page.read_text("utf-8")


def code_of(page: Path) -> Iterator[str]:
    """What stands in backticks, and each line of a block of code."""
    fence = re.compile(r"^```.*?\n(.*?)^```", re.MULTILINE | re.DOTALL)
    for block in fence.findall(text_of(page)):
        yield from block.replace("\\\n", " ").splitlines()
    yield from re.findall(r"`([^`\n]+)`", fence.sub("", text_of(page)))


def commands() -> dict[str, set[str]]:
    """Every command by its words, with its flags; "" is the bare `crossover`."""
    found: dict[str, set[str]] = {}

    def look(command: Any, words: str) -> None:
        if isinstance(command, LazyCommand):
            command = command.load()
        flags = {
            flag for option in command.params for flag in (*option.opts, *option.secondary_opts)
        }
        found[words] = {flag for flag in flags if flag.startswith("-")} | {"-h", "--help"}
        for name, below in getattr(command, "commands", {}).items():
            look(below, f"{words} {name}".strip())

    look(typer.main.get_command(app), "")
    return found


COMMANDS = commands()


def calls_of(page: Path) -> Iterator[list[str]]:
    """The words after each `crossover` that begins a command."""
    for code in code_of(page):
        for said in re.findall(
            r"(?:^|&& |\./|bin/)crossover(?: +([^#;|&]*))?$", code.split("  #")[0]
        ):
            yield said.split()


@each_page
def test_every_command_that_is_named_exists_with_its_flags(page: Path) -> None:
    for words in calls_of(page):
        name = ""
        for word in words:
            if f"{name} {word}".strip() not in COMMANDS:
                break
            name = f"{name} {word}".strip()
        rest = words[len(name.split()) :]
        said = f"crossover {' '.join(words)}"
        assert name or not rest or rest[0].startswith("-") or rest == ["COMMAND", "--help"], said
        flags = {word.split("=")[0] for word in rest if re.match(r"--?[a-z]", word)}
        assert name == "" or flags <= COMMANDS[name], said


@each_page
def test_every_flag_that_is_named_alone_belongs_to_a_command(page: Path) -> None:
    known = set().union(*COMMANDS.values()) | ELSEWHERE
    for code in code_of(page):
        if flag := re.match(r"--[a-z][a-z-]+", code):
            assert flag.group() in known, code


ELSEWHERE = {
    *("--flat-playlist", "--write-info-json"),  # yt-dlp's
    "--write-metadata",  # gallery-dl's
    *("--complete", "--full", "--out", "--no-line"),  # of the tests and benches
    *(
        "--embedded",
        "--leashed",
        "--name",
        "--allow-upload-cookies",
        "--editor",
    ),  # of `python -m crossover.rehearsal`
}


@each_page
def test_every_file_of_the_project_that_is_named_exists(page: Path) -> None:
    for code in code_of(page):
        for path in re.findall(rf"(?<![\w/.])(?:{'|'.join(FOLDERS)})/[\w./-]*\w/?", code):
            assert (ROOT / path).exists(), path
        if re.fullmatch(r"(?:\w+/)*\w+\.py", code):
            assert any(f"/{code}" in path.as_posix() for path in TREE), code
        if page.name == "architecture.md" and re.fullmatch(r"(?:\w+/)+(?:\w+\.\w+)?", code):
            assert any(f"/{code}" in f"{path.as_posix()}/" for path in TREE), code


@each_page
def test_every_module_and_test_that_is_named_exists(page: Path) -> None:
    tests = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    for code in code_of(page):
        for name in re.findall(r"\b((?:crossover|tests)(?:\.[A-Za-z_]\w*)+)", code):
            assert names_something(name), name
        if re.fullmatch(r"test_\w+", code):
            assert f"def {code}(" in tests, code


def names_something(dotted: str) -> bool:
    """A module, or something in one; or a key of a request, which is told apart by `rehearsal.cut`."""
    if dotted in ("crossover.rehearsal.cut", "crossover.yaml"):
        return True
    try:
        importlib.import_module(dotted)
    except ModuleNotFoundError:
        module, _, inside = dotted.rpartition(".")
        return hasattr(importlib.import_module(module), inside)
    return True


@each_page
def test_every_link_leads_to_a_file_and_a_heading(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", text_of(page)):
        if target.startswith("https://"):
            continue
        name, _, heading = target.partition("#")
        there = page.parent / name if name else page
        assert there.exists(), target
        if heading:
            titles = re.findall(r"^#+ (.*)$", text_of(there), re.MULTILINE)
            assert heading in {title.lower().replace(" ", "-") for title in titles}, target


def test_every_page_is_listed_for_its_readers_and_in_the_readme() -> None:
    listed = set(re.findall(r"\]\((\w[\w-]*\.md)\)", text_of(ROOT / "docs" / "README.md")))
    assert listed == {path.name for path in (ROOT / "docs").glob("*.md")} - {"README.md"}
    assert "](docs/README.md)" in text_of(ROOT / "README.md")


def test_the_words_of_the_glossary_stand_once_and_by_the_alphabet() -> None:
    tables = text_of(ROOT / "docs" / "glossary.md").split("\n## ")[1:]
    assert len(tables) == 2
    words = [
        re.findall(r"^\| ([^|]+?)(?: \(.*?\))? \|", table, re.MULTILINE)[1:] for table in tables
    ]
    for some in words:
        assert some == sorted(some, key=str.lower)
    both = [word for some in words for word in some]
    assert len(both) == len(set(both))


def test_every_library_that_the_docs_ask_for_has_the_floor_of_the_package() -> None:
    (floor,) = set(re.findall(r"yt-dlp\[curl-cffi\]>=([\d.]+)", text_of(ROOT / "pyproject.toml")))
    assert floor in text_of(ROOT / "docs" / "words.md")

"""The page's files become one script and one style, by rules that are easy to see."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

import pytest

from crossover.preview.bundle import join_modules, load_bundle

PAGE = resources.files("crossover.preview") / "page"


def write(folder: Path, **modules: str) -> Path:
    for name, text in modules.items():
        (folder / f"{name}.js").write_text(text, "utf-8")
    return folder


def test_what_is_imported_comes_first_and_once(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        main='import { b } from "./b.js";\nimport { c } from "./c.js";\nb(c);\n',
        b='import { c } from "./c.js";\nexport function b() {}\n',
        c="export const c = 1;\n",
    )
    assert join_modules(folder, "main.js") == (
        '"use strict";\n// c.js\nconst c = 1;\n\n// b.js\nfunction b() {}\n\n// main.js\nb(c);\n'
    )


def test_modules_in_a_circle_are_refused(tmp_path: Path) -> None:
    folder = write(
        tmp_path, main='import { b } from "./b.js";\n', b='import { a } from "./main.js";\n'
    )
    with pytest.raises(ValueError, match=r"main\.js -> b\.js -> main\.js"):
        join_modules(folder, "main.js")


def test_a_name_that_two_modules_declare_is_refused(tmp_path: Path) -> None:
    folder = write(
        tmp_path, main='import { b } from "./b.js";\nconst same = 1;\n', b="function same() {}\n"
    )
    with pytest.raises(ValueError, match=r"b\.js and main\.js both declare same"):
        join_modules(folder, "main.js")


def test_every_file_of_the_page_is_in_the_bundle() -> None:
    script = load_bundle().script
    folder = Path(str(PAGE / "script"))
    for file in folder.rglob("*.js"):
        assert f"// {file.relative_to(folder).as_posix()}\n" in script
    assert "import " not in re.sub(r"^//.*$", "", script, flags=re.M).split("\n\n")[0]
    assert not re.search(r"^(import|export) ", script, re.M)
    assert "</script" not in script
    assert "</style" not in load_bundle().style


def test_the_page_says_everything_in_both_languages() -> None:
    said = {}
    for language in ("en", "zh"):
        text = (PAGE / "script" / "words" / f"{language}.js").read_text("utf-8")
        said[language] = re.findall(r'^  "([^"]+)":', text, re.M)
        assert len(said[language]) == len(set(said[language]))
    assert said["en"] == said["zh"]


def test_every_key_that_the_script_names_is_said() -> None:
    text = (PAGE / "script" / "words" / "en.js").read_text("utf-8")
    said = set(re.findall(r'^  "([^"]+)":', text, re.M))
    script = load_bundle().script
    named = set(re.findall(r'\bt\("([^"]+)"', script))
    assert named - said == set()
    beginnings = re.findall(r"\bt\(`([a-z-]+)\$\{", script)
    assert all(any(key.startswith(beginning) for key in said) for beginning in beginnings)


def test_every_problem_of_a_post_is_said_in_chinese_too() -> None:
    text = (PAGE / "script" / "words" / "problems_zh.js").read_text("utf-8")
    said = set(re.findall(r'^  "([a-z-]+)":', text, re.M))
    errors = (Path(__file__).parents[2] / "docs" / "errors.md").read_text("utf-8")
    table = errors.partition("## Problems of a post")[2].partition("\n## ")[0]
    assert said == set(re.findall(r"^\| `([a-z-]+)` \|", table, re.M))

"""The words of the practice studio: the same in both languages, and none that nothing shows."""

from __future__ import annotations

import re
from pathlib import Path

import crossover.rehearsal.studio

SCRIPT = Path(crossover.rehearsal.studio.__file__).parent / "page" / "script"
WORDS = SCRIPT / "words"
USED = re.compile(r'"([a-z]+(?:[.-][a-z-]+)*)"|`([a-z]+\.)\$\{(\w+)\}([a-z-]*)`')


def keys(language: str) -> list[str]:
    return re.findall(
        r'^ *"?([a-z][\w.-]*)"?: ', (WORDS / f"{language}.js").read_text("utf-8"), re.M
    )


def test_both_languages_have_the_same_words() -> None:
    assert keys("zh") == keys("en")
    assert len(set(keys("zh"))) == len(keys("zh")) > 50


def test_every_word_is_shown_somewhere() -> None:
    scripts = [path for path in SCRIPT.rglob("*.js") if path.parent != WORDS]
    found = [match for path in scripts for match in USED.findall(path.read_text("utf-8"))]
    whole = {literal for literal, *_ in found if literal}
    made = [re.compile(rf"{re.escape(head)}[\w-]+{tail}") for _, head, _, tail in found if head]
    unused = [
        key
        for key in keys("zh")
        if key not in whole and not any(one.fullmatch(key) for one in made)
    ]
    assert unused == []

"""Of which file a result was made: known for good, also of a crossover that kept it elsewhere."""

from __future__ import annotations

from pathlib import Path

from crossover.library.posts_file import Library
from crossover.media.fit.fitted import Unfit
from crossover.media.fit.origins import Origins
from crossover.storage.documents import write_document
from tests.makers import fitted, post


def test_results_of_former_recipes_keep_their_source(tmp_path: Path) -> None:
    made = fitted(Library(posts=(post(1, pictures=1),)))
    ((source, kind),) = made
    now = Origins(tmp_path).add(made)
    assert Origins(tmp_path).of(now[source]) == source
    Origins(tmp_path).add({(source, kind): Unfit("broken")})
    assert Origins(tmp_path).of(now[source]) == source
    assert Origins(tmp_path).of("f" * 64) == "f" * 64


def test_the_index_of_an_earlier_crossover_is_taken(tmp_path: Path) -> None:
    """As it was before origins were kept; what makes files fit writes that index anew."""
    (tmp_path / "ready").mkdir()
    index = tmp_path / "ready/index.json"
    picture = {"fitted": {"path": "ready/a.jpg", "sha256": "b" * 64, "bytes": 1}, "mtime_ns": 1}
    old = {"recipe": "1 pixels=1", "pictures": {"a" * 64: picture}, "videos": {}}
    write_document(index, "ready", 1, old)
    Origins(tmp_path)
    index.unlink()
    assert Origins(tmp_path).of("b" * 64) == "a" * 64

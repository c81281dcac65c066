"""What was made is kept while anything refers to it, and swept when nothing does."""

from __future__ import annotations

from pathlib import Path

from crossover.media.fit.fitted import FittedPicture, Unfit
from crossover.media.fit.ready_index import KEPT_RECIPES, ReadyIndex, key_of
from crossover.storage.checksums import Checksums

HERE, GONE = "a" * 64, "b" * 64


def made(root: Path, sha256: str, recipe: str) -> FittedPicture:
    path = f"ready/{sha256[:16]}-{recipe}.jpg"
    (root / path).write_text(recipe)
    return FittedPicture(path, sha256, len(recipe), 3, 4)


def put_some(root: Path, index: ReadyIndex) -> None:
    """Two recipes of a content that is here, one of a content that is gone, and what it cannot be."""
    for sha256, recipe in ((HERE, "one"), (HERE, "two"), (GONE, "one")):
        index.put(key_of("image", sha256, recipe), made(root, sha256, recipe))
    index.put(key_of("video", GONE, "one"), Unfit("damaged", lasting=True))


def test_what_no_post_has_any_more_is_swept_and_other_recipes_stay(tmp_path: Path) -> None:
    (tmp_path / "ready").mkdir()
    of_earlier = tmp_path / f"ready/{'c' * 16}.jpg"
    own = tmp_path / "ready/my notes.txt"
    of_earlier.touch()
    own.touch()
    with ReadyIndex(tmp_path, Checksums()) as index:
        put_some(tmp_path, index)
        index.sweep({HERE}, ())
    assert {path.name for path in (tmp_path / "ready").iterdir()} == {
        f"{HERE[:16]}-one.jpg",
        f"{HERE[:16]}-two.jpg",
        "index.json",
        "my notes.txt",
    }
    with ReadyIndex(tmp_path, Checksums()) as index:
        assert isinstance(index.get(key_of("image", HERE, "two"), FittedPicture), FittedPicture)
        assert index.get(key_of("image", GONE, "one"), FittedPicture) is None
        assert index.get(key_of("video", GONE, "one"), FittedPicture) is None


def test_a_file_that_the_plan_on_disk_refers_to_is_never_swept(tmp_path: Path) -> None:
    (tmp_path / "ready").mkdir()
    with ReadyIndex(tmp_path, Checksums()) as index:
        put_some(tmp_path, index)
        index.sweep({HERE}, {f"ready/{GONE[:16]}-one.jpg"})
    assert (tmp_path / f"ready/{GONE[:16]}-one.jpg").exists()


def test_of_many_recipes_the_newest_stay_and_the_one_of_the_plan(tmp_path: Path) -> None:
    (tmp_path / "ready").mkdir()
    recipes = [f"recipe{n}" for n in range(KEPT_RECIPES + 3)]
    with ReadyIndex(tmp_path, Checksums()) as index:
        for recipe in recipes:
            index.put(key_of("image", HERE, recipe), made(tmp_path, HERE, recipe))
        index.sweep({HERE}, {f"ready/{HERE[:16]}-{recipes[1]}.jpg"})
        left = [
            recipe for recipe in recipes if index.get(key_of("image", HERE, recipe), FittedPicture)
        ]
    assert left == [recipes[1], *recipes[3:]]
    assert len(list((tmp_path / "ready").glob("*.jpg"))) == len(left)

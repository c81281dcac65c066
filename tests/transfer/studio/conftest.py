from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.transfer.studio.world import StudioWorld, studio_world


@pytest.fixture(scope="package")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StudioWorld]:
    """A window that is signed in, for all tests. Each has notes of its own."""
    with studio_world(tmp_path_factory.mktemp("studio")) as made:
        made.open_signed_in()
        yield made


@pytest.fixture
def own_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StudioWorld]:
    """A world for one test, which leaves its account held or its window closed."""
    with studio_world(tmp_path_factory.mktemp("studio")) as made:
        made.open_signed_in()
        yield made

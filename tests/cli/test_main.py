"""How a command ends that is stopped while it asks."""

from __future__ import annotations

from typing import Never

import pytest
import typer

from crossover.cli.main import run_app


def test_the_line_of_a_question_ends_before_more_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def ask(**_: object) -> Never:
        raise typer.Abort

    monkeypatch.setattr("crossover.cli.app.app", ask)
    with pytest.raises(KeyboardInterrupt):
        run_app()
    assert capsys.readouterr().err == "\n"

from __future__ import annotations

import json
from typing import Any

import pytest

from crossover.media.decoder import worker
from crossover.media.decoder.jobs import Job
from crossover.media.decoder.process import Decoder
from crossover.media.fit.fitted import Unfit
from crossover.storage.documents import to_json_line


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    decode_at_once(monkeypatch)


def decode_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Decode in this process: the child takes longer to start than the rest of a test."""

    def ask(self: Decoder, job: Job, *_: object) -> dict[str, Any] | Unfit:
        answer = json.loads(to_json_line(worker.answer(job)))
        return Unfit(answer["error"]) if "error" in answer else answer

    monkeypatch.setattr(Decoder, "_ask", ask)

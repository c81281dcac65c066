"""A hashtag becomes a topic only when RedNote knows one of the very name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from crossover.model.account import Account, SiteName
from tests.destinations.makers import Network, answer, note, permit, picture, rednote
from tests.fakes import FakeMemory


def hits(*names: str) -> Any:
    return answer(
        {
            "topic_info_dtos": [
                {"id": f"id-{n}", "name": name, "link": "https://x", "type": "official"}
                for n, name in enumerate(names)
            ]
        }
    )


def common(network: Network, root: Path, *names: str) -> dict[str, Any]:
    made = note(topics=names, media=(picture(root),))
    with rednote(network, root) as site:
        prepared = site.prepare(made, FakeMemory(), lambda _: None)
        site.prepare(made, FakeMemory(), lambda _: None)
    value = prepared.payload.call.json["common"]
    assert isinstance(value, dict)
    return value


@pytest.mark.parametrize(
    ("ours", "theirs", "known"),
    [
        ("latteart", "latteart", True),
        ("LatteArt", " latteart ", True),
        ("cafe\u0301", "caf\u00e9", True),
        ("latte", "latteart", False),
        ("latteart", "", False),
    ],
)
def test_a_hit_counts_when_its_name_equals_ours(
    tmp_path: Path, ours: str, theirs: str, known: bool
) -> None:
    network = Network(topics=hits("other", theirs), permit=permit(), put=answer(raw=b""))
    said = common(network, tmp_path, ours)
    if known:
        # Our spelling goes out: it is the one that was shown.
        assert said["desc"].endswith(f" #{ours}[话题]# ")
        assert said["hash_tag"] == [
            {"id": "id-1", "name": ours, "link": "https://x", "type": "topic"}
        ]
    else:
        assert said["desc"].endswith(f" #{ours}")
        assert said["hash_tag"] == []


def test_what_goes_out_as_plain_text_is_told_each_name_once(tmp_path: Path) -> None:
    made = note(topics=("sea", "fogtok", "Latte", "fogtok"), media=(picture(tmp_path),))
    network = Network(topics=hits("sea", "latte"), permit=permit(), put=answer(raw=b""))
    with rednote(network, tmp_path) as site:
        prepared = site.prepare(made, FakeMemory(), lambda _: None)
    assert prepared.plain_topics == ("fogtok",)
    desc = prepared.payload.call.json["common"]["desc"]
    assert desc == "Golden hour #sea[话题]# #fogtok #Latte[话题]# #fogtok"


def test_a_topic_is_looked_up_once_a_run(tmp_path: Path) -> None:
    network = Network(topics=hits("sea"), permit=permit(), put=answer(raw=b""))
    common(network, tmp_path, "sea", "fogtok")
    bodies = [b for b in network.bodies if b.startswith(b'{"keyword"')]
    assert [json.loads(body)["keyword"] for body in bodies] == ["sea", "fogtok"]


def test_damaged_hits_are_passed_over(tmp_path: Path) -> None:
    odd = answer({"topic_info_dtos": [None, {"id": 7, "name": "sea"}, {"id": "", "name": "sea"}]})
    network = Network(topics=odd, permit=permit(), put=answer(raw=b""))
    assert common(network, tmp_path, "sea")["hash_tag"] == []


def test_an_account_is_known_by_its_user_id() -> None:
    network = Network(
        probe=answer({"name": "Mara"}), user=answer({"userId": "5f", "userName": "Mara"})
    )
    with rednote(network) as site:
        assert site.whoami() == Account(SiteName.REHEARSAL, "5f", "Mara")
    for request in network.requests:
        assert "x-s" not in request.headers

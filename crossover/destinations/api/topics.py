"""Which hashtags RedNote knows as topics. Its page can make new ones; no call for it is known
(likely)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from crossover.destinations.answers.call import Call
from crossover.destinations.api.http.calls import ask
from crossover.destinations.api.http.client import HttpClient
from crossover.destinations.sites import Role
from crossover.destinations.topic_names import same_name


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of the site's: what a note must say to make a hashtag clickable."""

    id: str
    name: str
    link: str


class Topics:
    """Looks topics up, each once a run."""

    def __init__(self, client: HttpClient) -> None:
        self._client = client
        self._found: dict[str, Topic | None] = {}

    def find(self, names: Iterable[str]) -> Mapping[str, Topic]:
        """The topics among `names`, by the name asked for. Raises like `ask`."""
        found = {name: self._find(name) for name in names}
        return {name: topic for name, topic in found.items() if topic}

    def _find(self, name: str) -> Topic | None:
        key = same_name(name)
        if key not in self._found:
            answer = ask(self._client, _search(name))
            self._found[key] = _hit(answer["data"]["topic_info_dtos"], key)
        return self._found[key]


def _search(name: str) -> Call:
    return Call(
        name="topic search",
        role=Role.API,
        method="POST",
        path="/web_api/sns/v1/search/topic",
        json={
            "keyword": name,
            "suggest_topic_request": {"title": "", "desc": f"#{name}"},
            "page": {"page_size": 20, "page": 1},
        },
        needs=lambda answer: isinstance(answer["data"]["topic_info_dtos"], list),
    )


def _hit(listed: list[Any], key: str) -> Topic | None:
    for entry in listed:
        match entry:
            case {"id": str(topic_id), "name": str(name)} if topic_id and same_name(name) == key:
                link = entry.get("link")
                return Topic(topic_id, name, link if isinstance(link, str) else "")
            case _:
                pass
    return None

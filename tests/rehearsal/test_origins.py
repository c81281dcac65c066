"""Which web pages may call: ours, and nobody else's."""

from __future__ import annotations

import pytest

from crossover.rehearsal.server.app import PORT

from .makers import COOKIES, PERMIT, Practice

QUERY = {"scene": "image"}


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_a_page_of_ours_may_call_and_read_the_answer(practice: Practice, name: str) -> None:
    origin = f"http://{name}:{PORT}"
    asked = practice.http.options(
        "/@upload/spectrum/x",
        headers={
            "Origin": origin,
            "Access-Control-Request-Method": "PUT",
            "Access-Control-Request-Headers": "x-cos-security-token",
        },
    )
    assert asked.status_code == 204
    assert "PUT" in asked.headers["Access-Control-Allow-Methods"]
    assert asked.headers["Access-Control-Allow-Headers"] == "x-cos-security-token"
    answer = practice.http.get(PERMIT, params=QUERY, headers=COOKIES | {"Origin": origin})
    for said in (asked, answer):
        assert said.headers["Access-Control-Allow-Origin"] == origin
        assert said.headers["Access-Control-Allow-Credentials"] == "true"
        assert "ETag" in said.headers["Access-Control-Expose-Headers"]
        assert said.headers["Vary"] == "Origin"


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "null", f"https://127.0.0.1:{PORT}", f"http://127.0.0.1:{PORT + 1}"],
)
def test_a_page_from_elsewhere_may_not(practice: Practice, origin: str) -> None:
    answer = practice.http.get(PERMIT, params=QUERY, headers=COOKIES | {"Origin": origin})
    assert answer.status_code == 403
    assert not any(name.startswith("access-control") for name in answer.headers)
    assert practice.state()["calls"] == {}


@pytest.mark.parametrize("origin", ["https://creator.xiaohongshu.com", "https://www.rednote.com"])
def test_a_client_that_names_rednotes_own_origin_is_served_and_a_page_there_is_not(
    practice: Practice, origin: str
) -> None:
    headers = COOKIES | {"Origin": origin}
    answer = practice.http.get(PERMIT, params=QUERY, headers=headers)
    assert answer.json()["success"]
    assert "Access-Control-Allow-Origin" not in answer.headers
    preflight = {"Origin": origin, "Access-Control-Request-Method": "PUT"}
    asked = practice.http.options("/@upload/spectrum/x", headers=preflight)
    assert asked.status_code >= 400
    assert "Access-Control-Allow-Origin" not in asked.headers

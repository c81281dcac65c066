"""The first frame of a video: asked for until it is there, then good as a cover."""

from __future__ import annotations

import pytest

from .makers import COOKIES, JPEG, MP4, SIGNED, Json, Practice, video

NEWER = "/@api/web_api/sns/capa/postgw/query_transcode"
OLDER = "/@www/fe_api/burdock/v2/note/query_transcode"


def upload_video(practice: Practice) -> tuple[str, str]:
    """File id and video id."""
    permit = practice.permit("video")
    answer = practice.put(permit, MP4)
    return permit["fileIds"][0], answer.headers["X-Ros-Video-Id"]


def ask_frame(practice: Practice, video_id: str) -> Json:
    query = {"video_id": video_id, "need_transcode": "false", "resource_type": "0"}
    answer: Json = practice.http.get(NEWER, params=query, headers=SIGNED).json()
    return answer


def ask_frame_older(practice: Practice, video_id: object) -> Json:
    body = {"videoId": video_id}
    answer: Json = practice.http.post(OLDER, json=body, headers=COOKIES).json()
    return answer


def test_it_is_there_at_the_second_question_in_both_forms(practice: Practice) -> None:
    _, video_id = upload_video(practice)
    first, second, third = (
        ask_frame(practice, video_id)["data"],
        ask_frame_older(practice, video_id)["data"],
        ask_frame_older(practice, int(video_id))["data"],
    )
    none = {"hasFirstFrame": False, "has_first_frame": False, "firstFrameFileId": ""}
    assert first == none
    assert second == third
    assert second["hasFirstFrame"] is second["has_first_frame"] is True
    assert second["firstFrameFileId"].startswith("spectrum/")


def test_a_note_may_name_it_as_its_cover_once_it_is_there(practice: Practice) -> None:
    file_id, video_id = upload_video(practice)
    other_file, other_id = upload_video(practice)
    ask_frame(practice, video_id)
    frame = ask_frame(practice, video_id)["data"]["firstFrameFileId"]
    ask_frame_older(practice, other_id)
    strange = ask_frame_older(practice, other_id)["data"]["firstFrameFileId"]
    assert practice.create(video(file_id, strange))["result"] == -9059
    assert practice.create(video(file_id, frame))["success"]
    assert practice.create(video(other_file, "spectrum/guessed"))["result"] == -9059
    assert practice.create(video(other_file, practice.file(JPEG), title="B"))["success"]


@pytest.mark.parametrize("video_id", ["", "x", "-1", "123456789012345678", "9" * 40])
def test_an_unknown_video_is_a_bad_parameter(practice: Practice, video_id: str) -> None:
    assert ask_frame(practice, video_id)["code"] == -9059
    assert ask_frame_older(practice, video_id)["code"] == -9059


def test_the_newer_form_is_signed_and_both_want_a_session(practice: Practice) -> None:
    assert practice.http.get(NEWER, headers=COOKIES).status_code == 406
    assert practice.http.post(OLDER, json={}).json()["code"] == -100

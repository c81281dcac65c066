"""Only the site's own hosts are ever uploaded to."""

from __future__ import annotations

import pytest

from crossover.destinations.sites import HOSTS, AddressRefused, rehearsal_hosts
from crossover.model.account import SiteName

REAL = HOSTS[SiteName.REDNOTE]


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("ros-upload.xiaohongshu.com", "https://ros-upload.xiaohongshu.com/spectrum/a"),
        ("https://ros-upload.rednote.com/", "https://ros-upload.rednote.com/spectrum/a"),
        ("ros-upload-d4.xhscdn.com:443", "https://ros-upload-d4.xhscdn.com/spectrum/a"),
    ],
)
def test_an_upload_address_of_rednotes_is_used_over_https(address: str, url: str) -> None:
    assert REAL.upload_url(address, "spectrum/a") == url


@pytest.mark.parametrize(
    "address",
    [
        "http://ros-upload.xiaohongshu.com",
        "evilxiaohongshu.com",
        "xiaohongshu.com.evil.test",
        "ros-upload.xiaohongshu.com.",
        "ros-upload.xiaohongshu.com:8443",
        "ros-upload.xiaohongshu.com@evil.test",
        "user:pass@ros-upload.xiaohongshu.com",
        "evil.test/.xiaohongshu.com",
        "evil.test#.xiaohongshu.com",
        "evil.test\\.xiaohongshu.com",
        "evil.test?.xiaohongshu.com",
        "ros-upload.xiaohongshu.com\n",
        "ros-upload.xiаohongshu.com",  # a Cyrillic letter
        "127.0.0.1",
        "127.0.0.1:9/@upload",
        "http://[::1]/",
        "file:///etc/passwd",
        "",
    ],
)
def test_any_other_upload_address_is_refused(address: str) -> None:
    with pytest.raises(AddressRefused):
        REAL.upload_url(address, "spectrum/a")


@pytest.mark.parametrize("file_id", ["", "/a", "../a", "a/../b", "a?b", "a#b", "a b", "a//b", "é"])
def test_a_file_id_that_would_bend_the_address_is_refused(file_id: str) -> None:
    with pytest.raises(AddressRefused):
        REAL.upload_url("ros-upload.xiaohongshu.com", file_id)


def test_a_rehearsal_takes_uploads_at_its_own_port_only() -> None:
    hosts = rehearsal_hosts(4711)
    assert hosts.upload_url("127.0.0.1:4711/@upload", "s/a") == "http://127.0.0.1:4711/@upload/s/a"
    assert hosts.upload_url(hosts.upload, "s/a") == "http://127.0.0.1:4711/@upload/s/a"
    for address in (
        "127.0.0.1:4712/@upload",
        "127.0.0.1:4711",
        "localhost:4711/@upload",
        "https://127.0.0.1:4711/@upload",
        "ros-upload.xiaohongshu.com",
    ):
        with pytest.raises(AddressRefused):
            hosts.upload_url(address, "s/a")

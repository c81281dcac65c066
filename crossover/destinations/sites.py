"""The hosts of each site as data, and which upload addresses are to be trusted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from crossover.model.account import SiteName


class Role(StrEnum):
    """What a host is for. Each has a client of its own, so that nothing meant for one goes to
    another."""

    API = "api"
    CREATOR = "creator"
    UPLOAD = "upload"


class AddressRefused(Exception):
    """An upload address that is none of the site's. Nothing was sent to it."""


# Spelled out instead of parsed: what matches has no user, no odd port, no second reading.
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_UPLOAD_ADDRESS = re.compile(
    rf"(?:https://)?((?:{_LABEL}\.)+(?:xiaohongshu\.com|rednote\.com|xhscdn\.com))(?::443)?/?"
)
_FILE_ID = re.compile(r"[A-Za-z0-9_=~-][A-Za-z0-9_.=~-]*(?:/[A-Za-z0-9_=~-][A-Za-z0-9_.=~-]*)*")


@dataclass(frozen=True, slots=True)
class Hosts:
    """Base URLs of one site, without a slash at the end (mainland: firm, global: firm but for
    `upload`, which is likely and only used when a permit names no address).

    A note can be looked at under `notes` with its id appended. `loopback` is the only upload
    address of a rehearsal, empty on a real site. `label` is what a creator calls the site.
    """

    api: str
    creator: str
    upload: str
    notes: str
    origin: str
    loopback: str = ""
    label: str = "RedNote"

    def base(self, role: Role) -> str:
        """The base URL for calls of a role. Files go where their permit says: `upload_url`."""
        return {Role.API: self.api, Role.CREATOR: self.creator}[role]

    def upload_url(self, address: str, file_id: str) -> str:
        """The URL to send a file to. `address` and `file_id` come from the network: raises
        `AddressRefused` for any host but the site's own upload hosts, before anything is sent."""
        if not _FILE_ID.fullmatch(file_id):
            raise AddressRefused("the file id has letters that do not belong into an address")
        if self.loopback:
            if address.removeprefix("http://").rstrip("/") != self.loopback:
                raise AddressRefused("the upload address is not this rehearsal's")
            return f"http://{self.loopback}/{file_id}"
        known = _UPLOAD_ADDRESS.fullmatch(address)
        if known is None:
            raise AddressRefused("the upload address is not one of RedNote's")
        return f"https://{known[1]}/{file_id}"

    def note_url(self, note_id: str) -> str:
        return self.notes + note_id


HOSTS = {
    SiteName.XIAOHONGSHU: Hosts(
        api="https://edith.xiaohongshu.com",
        creator="https://creator.xiaohongshu.com",
        upload="https://ros-upload.xiaohongshu.com",
        notes="https://www.xiaohongshu.com/explore/",
        origin="https://creator.xiaohongshu.com",
    ),
    SiteName.REDNOTE: Hosts(
        api="https://webapi.rednote.com",
        creator="https://creator.rednote.com",
        upload="https://ros-upload.rednote.com",
        notes="https://www.rednote.com/explore/",
        origin="https://creator.rednote.com",
    ),
}


def rehearsal_hosts(port: int) -> Hosts:
    """The roles of a rehearsal on loopback, told apart by the first part of the path."""
    root = f"127.0.0.1:{port}"
    return Hosts(
        api=f"http://{root}/@api",
        creator=f"http://{root}/@creator",
        upload=f"http://{root}/@upload",
        notes=f"http://{root}/#note-",
        origin=f"http://{root}",
        loopback=f"{root}/@upload",
        label="the practice account",
    )

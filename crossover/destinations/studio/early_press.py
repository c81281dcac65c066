"""What it means for a note that it was published while its page was still being filled in."""

from __future__ import annotations

from datetime import datetime, timedelta

from crossover.model.account import Marker
from crossover.model.results import Posted, PublishResult

_CLOCK_STEP = timedelta(seconds=2)
"""A list tells times in whole seconds, and its clock is looked at about once a second."""


def as_before_press(marker: Marker, began: datetime, result: PublishResult) -> Marker:
    """The account as it was when the page began to be filled in, at `began` by the site's clock: from
    a marker that was taken after the press, of which came `result`.

    The note that RedNote named is left out. Where it named none, what is new counts as not there
    before, so that it is found when the note is looked for, and stays listed, so that a note like one
    of the plan is seen.
    """
    if isinstance(result, Posted):
        new = {result.receipt.note_id}
        listed = tuple(one for one in marker.listed if one.id not in new)
    else:
        since = began - _CLOCK_STEP
        new = {one.id for one in marker.listed if one.time is not None and one.time >= since}
        listed = marker.listed
    ids = tuple(one for one in marker.note_ids if one not in new)
    return Marker(ids, min(began, marker.server_time), listed)

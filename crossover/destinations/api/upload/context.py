"""What all uploads of one run share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from crossover.destinations.api.http.client import HttpClient
from crossover.destinations.api.upload.permits import Permits
from crossover.destinations.api.upload.upload_host import UploadHost
from crossover.destinations.api.upload.video_ids import Videos
from crossover.destinations.throttle import Throttle


@dataclass(frozen=True, slots=True)
class UploadContext:
    """Files lie below `root`, and the parts of one have `part_bytes` or more: the further away the
    host is, the more. `margin` is how long before the end of its permit a begun upload is neither
    taken up nor gone on with, and a remembered file no longer used."""

    client: HttpClient
    host: UploadHost
    permits: Permits
    videos: Videos
    throttle: Throttle
    root: Path
    part_bytes: int
    margin: timedelta

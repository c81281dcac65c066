from __future__ import annotations

from tests.captions.tiktok_page import tiktok

__all__ = ["tiktok"]

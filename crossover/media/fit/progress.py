"""How far making files fit is."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum


class FitStage(StrEnum):
    """What `fit_media` does, in this order. Amounts are contents."""

    CHECK = "check"
    """Are the files those that were added?"""
    LOOK = "look"
    """Pictures are made fit; videos looked into, and their covers made."""
    SHAPE = "shape"
    """Pictures get the shape that the rules want, or become videos."""
    COVER = "cover"
    """Covers that somebody chose are made."""
    WATERMARK = "watermark"
    """Videos are looked through for TikTok's watermark."""
    REMUX = "remux"
    """Videos are put into an MP4 that plays at once."""
    CONVERT = "convert"
    """Videos are converted. Amounts are seconds of film."""


FitProgress = Callable[[FitStage, int, int], None]
"""Told how much of how much is done of a stage. A stage that has nothing to do is not told of."""

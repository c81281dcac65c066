"""Which pictures are neither too wide nor too tall."""

from __future__ import annotations


def is_in_shape(size: tuple[int, int], wide: int, tall: int) -> bool:
    """Whether the width is at most `wide` percent of the height, and the height at most `tall`
    percent of the width."""
    width, height = size
    return width * 100 <= height * wide and height * 100 <= width * tall

"""The pictures of which a rule makes something else than they are: another shape, or a video."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from crossover.limits.limits import Limits
from crossover.media.decoder.process import Decoder
from crossover.media.fit.fitted import FittedPicture, Unfit
from crossover.media.fit.picture_shape import is_in_shape
from crossover.media.fit.progress import FitStage
from crossover.media.fit.ready_index import FOLDER, key_of
from crossover.media.fit.recipe import shape_recipe
from crossover.media.fit.stage import FitTask, FitTools, run_stage
from crossover.model.choices import Animated, PictureShape, Rules
from crossover.model.posts import Media, MediaKind
from crossover.model.uploads import Progress


def make_shaped_pictures(
    pictures: Iterable[tuple[Media, FittedPicture]], rules: Rules, tools: FitTools
) -> dict[tuple[str, MediaKind], FittedPicture]:
    """Make anew the pictures that are out of shape or move, where `shape` and `animated` say so; by
    content, as it then stands. All others are not in it: a rule that is changed costs nothing for
    them."""
    tasks = {
        (source.sha256, source.kind): _shaping(source, rules, tools)
        for source, picture in pictures
        if _is_meant(picture, rules, tools.limits)
    }
    on_progress = partial(tools.on_progress, FitStage.SHAPE)
    made = run_stage(list(tasks.values()), tools.index, tools.pool, on_progress)
    return {
        content: picture
        for content, task in tasks.items()
        if isinstance(picture := made[task.key], FittedPicture)
    }


def _is_meant(picture: FittedPicture, rules: Rules, limits: Limits) -> bool:
    if picture.moves and rules.animated is Animated.VIDEO:
        return True
    return rules.shape is not PictureShape.KEEP and not is_in_shape(
        (picture.width, picture.height),
        limits.image_width_percent_of_height.value,
        limits.image_height_percent_of_width.value,
    )


def _shaping(source: Media, rules: Rules, tools: FitTools) -> FitTask[FittedPicture]:
    recipe = shape_recipe(rules, tools.limits)
    name = f"{FOLDER}/{source.sha256[:16]}-{recipe}.jpg"

    def shape(decoder: Decoder, _: Progress) -> FittedPicture | Unfit:
        path = tools.root / source.path
        return decoder.picture(path, tools.root, name, tools.limits, rules.shape, rules.animated)

    return FitTask(key_of("shaped", source.sha256, recipe), FittedPicture, shape)

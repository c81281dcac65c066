"""A small drawing board: flat shapes, soft light and pots, in units where the picture is 100 wide."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

from PIL import Image, ImageChops, ImageColor, ImageDraw

Point = tuple[float, float]

CREAM, SAND, BLUSH, PEACH = "#f6ead7", "#e9cfa6", "#efc1ab", "#f7b58a"
CLAY, RUST, BROWN, COFFEE = "#c8694a", "#9c4a32", "#6e4632", "#4a2e22"
SAGE, LEAF, FOREST = "#9db39a", "#5d8465", "#3f5b4b"
FOAM, SKY, SEA, TEAL, DEEP, NAVY = "#e8f3ef", "#bfdfe6", "#4f9fb3", "#2f6f7e", "#1f4660", "#182a44"
MUSTARD, PLUM, ROSE, INK, WHITE = "#e0a83f", "#6b3f55", "#d98a94", "#2c2a33", "#fffaf2"


def mix(a: str, b: str, t: float) -> str:
    """The colour `t` of the way from `a` to `b`."""
    t = min(1.0, max(0.0, t))
    one, two = ImageColor.getrgb(a)[:3], ImageColor.getrgb(b)[:3]
    return "#" + "".join(f"{round(x + (y - x) * t):02x}" for x, y in zip(one, two, strict=True))


def curve(points: Sequence[Point], steps: int = 10, *, closed: bool = False) -> list[Point]:
    """A smooth line through the points."""
    n = len(points)
    out: list[Point] = []
    for i in range(n if closed else n - 1):
        p = [
            points[j % n] if closed else points[min(max(j, 0), n - 1)] for j in range(i - 1, i + 3)
        ]
        for s in range(steps):
            t = s / steps
            w = (
                -0.5 * t**3 + t**2 - 0.5 * t,
                1.5 * t**3 - 2.5 * t**2 + 1,
                -1.5 * t**3 + 2 * t**2 + 0.5 * t,
                0.5 * t**3 - 0.5 * t**2,
            )
            out.append(
                (
                    sum(a * q[0] for a, q in zip(w, p, strict=True)),
                    sum(a * q[1] for a, q in zip(w, p, strict=True)),
                )
            )
    if not closed:
        out.append(points[-1])
    return out


class Canvas:
    """Drawn at twice its size and made smaller at the end, so that edges are smooth."""

    def __init__(self, width: int, height: int, *, finer: int = 2) -> None:
        self.finer = finer
        self.h = 100 * height / width
        self.k = width * finer / 100
        self.image = Image.new("RGB", (width * finer, height * finer), CREAM)
        self.draw = ImageDraw.Draw(self.image, "RGBA")

    def finish(self, vignette: float = 0.16) -> Image.Image:
        if vignette:
            mask = Image.radial_gradient("L").resize(self.image.size)
            mask = mask.point([int(max(0, v - 120) * vignette * 1.6) for v in range(256)])
            self.image.paste(ImageColor.getrgb("#2a1a20"), (0, 0), mask)
        return self.image.reduce(self.finer)

    # Flat shapes

    def rgba(self, colour: str, alpha: float) -> tuple[int, int, int, int]:
        r, g, b = ImageColor.getrgb(colour)[:3]
        return r, g, b, round(255 * min(1.0, max(0.0, alpha)))

    def poly(self, points: Sequence[Point], colour: str, alpha: float = 1) -> None:
        self.draw.polygon([(x * self.k, y * self.k) for x, y in points], self.rgba(colour, alpha))

    def blob(self, points: Sequence[Point], colour: str, alpha: float = 1) -> None:
        self.poly(curve(points, closed=True), colour, alpha)

    def oval(self, x: float, y: float, rx: float, ry: float, colour: str, alpha: float = 1) -> None:
        k = self.k
        box = ((x - rx) * k, (y - ry) * k, (x + rx) * k, (y + ry) * k)
        self.draw.ellipse(box, self.rgba(colour, alpha))

    def disc(self, x: float, y: float, r: float, colour: str, alpha: float = 1) -> None:
        self.oval(x, y, r, r, colour, alpha)

    def ring(
        self, x: float, y: float, rx: float, ry: float, colour: str, width: float, alpha: float = 1
    ) -> None:
        k = self.k
        box = ((x - rx) * k, (y - ry) * k, (x + rx) * k, (y + ry) * k)
        self.draw.ellipse(box, outline=self.rgba(colour, alpha), width=max(1, round(width * k)))

    def box(
        self,
        x0: float,
        y0: float,
        x1: float,
        y1: float,
        colour: str,
        alpha: float = 1,
        *,
        round_by: float = 0,
    ) -> None:
        k = self.k
        fill = self.rgba(colour, alpha)
        self.draw.rounded_rectangle((x0 * k, y0 * k, x1 * k, y1 * k), round_by * k, fill)

    def line(self, points: Sequence[Point], colour: str, width: float, alpha: float = 1) -> None:
        k = self.k
        flat = [(x * k, y * k) for x, y in points]
        fill = self.rgba(colour, alpha)
        self.draw.line(flat, fill, max(1, round(width * k)), "curve")
        if alpha == 1:
            for x, y in (flat[0], flat[-1]):
                r = width * k / 2
                self.draw.ellipse((x - r, y - r, x + r, y + r), fill)

    # Light

    def fade(
        self,
        top: str,
        bottom: str,
        y0: float = 0,
        y1: float | None = None,
        *,
        x0: float = 0,
        x1: float = 100,
    ) -> None:
        """A patch that goes from one colour to another, downwards."""
        k = self.k
        y1 = self.h if y1 is None else y1
        left, upper, right, lower = (round(v * k) for v in (x0, y0, x1, y1))
        size = (max(1, right - left), max(1, lower - upper))
        mask = Image.linear_gradient("L").resize(size)
        patch = Image.new("RGB", size, top)
        patch.paste(ImageColor.getrgb(bottom), (0, 0), mask)
        self.image.paste(patch, (left, upper))

    def glow(
        self, x: float, y: float, rx: float, colour: str, alpha: float, ry: float | None = None
    ) -> None:
        k = self.k
        ry = rx if ry is None else ry
        size = (max(2, round(2 * rx * k)), max(2, round(2 * ry * k)))
        mask = Image.radial_gradient("L").resize(size)
        # The gradient reaches 180 in the middle of each side; beyond it, nothing is painted.
        mask = mask.point([int(max(0.0, 1 - v / 179) ** 1.4 * 255 * alpha) for v in range(256)])
        self.image.paste(
            ImageColor.getrgb(colour), (round((x - rx) * k), round((y - ry) * k)), mask
        )

    def shadow(self, x: float, y: float, rx: float, ry: float, alpha: float = 0.45) -> None:
        self.glow(x, y, rx, "#3a2420", alpha, ry)

    # Things that come back in many pictures

    def hills(
        self,
        y: float,
        rise: float,
        colour: str,
        seed: int,
        *,
        foot: str | None = None,
        shift: float = 0,
    ) -> None:
        rng = random.Random(seed)
        waves = [(rng.uniform(0.6, 1.4) * n, rng.uniform(0, 6.3), 1 / n) for n in (1, 2, 4)]
        top: list[Point] = []
        for x in range(-2, 104, 2):
            lift = sum(math.sin(f * (x + shift) / 16 + p) * a for f, p, a in waves)
            top.append((x, y - rise * lift / 1.75))
        self.poly([*top, (102, self.h + 2), (-2, self.h + 2)], colour)
        if foot:
            self.glow(50, self.h, 75, foot, 0.5, self.h - y + rise)

    def peaks(self, tops: Sequence[Point], y: float, colour: str, light: str) -> None:
        """Pointed mountains with one bright side each."""
        for x, top in tops:
            wide = (y - top) * 0.85
            self.poly([(x, top), (x + wide, y), (x - wide, y)], colour)
            zig = [
                (x, top),
                (x - wide, y),
                (x - wide * 0.45, y),
                (x - wide * 0.2, top + (y - top) * 0.55),
            ]
            self.poly([*zig, (x - wide * 0.02, top + (y - top) * 0.4)], light)

    def sea(
        self,
        y0: float,
        y1: float,
        near: str,
        far: str,
        *,
        t: float = 0,
        seed: int = 1,
        shine: str = FOAM,
    ) -> None:
        self.fade(far, near, y0, y1)
        rng = random.Random(seed)
        for i in range(26):
            deep = (i / 26) ** 1.5
            y = y0 + 1.5 + (y1 - y0 - 2) * deep
            x = (rng.uniform(-10, 100) + 9 * math.sin(6.28 * t + i)) % 116 - 8
            wide = 3 + 9 * deep * rng.uniform(0.5, 1.4)
            self.oval(x, y, wide, 0.18 + 0.5 * deep, shine, 0.28)

    def sparkle(self, x: float, y0: float, y1: float, colour: str, t: float = 0) -> None:
        """The sun's path on water."""
        for i in range(16):
            part = i / 16
            y = y0 + (y1 - y0) * part
            wide = (3 + 9 * part) * (0.6 + 0.4 * math.sin(i * 2.1 + 6.28 * t * 2))
            self.oval(
                x + 1.5 * math.sin(i * 1.7), y, wide, 0.5 + 0.5 * part, colour, 0.5 - 0.2 * part
            )

    def cloud(self, x: float, y: float, s: float, colour: str = WHITE, alpha: float = 0.9) -> None:
        layer = [
            (0, 0, 9, 4),
            (-7, 1.4, 6, 2.8),
            (7, 1.2, 7, 3),
            (-2, -2.5, 5.5, 3.6),
            (4, -1.8, 4.5, 3),
        ]
        mask = Image.new("L", (round(40 * s * self.k), round(20 * s * self.k)), 0)
        pen = ImageDraw.Draw(mask)
        k = s * self.k
        for dx, dy, rx, ry in layer:
            cx, cy = (20 + dx) * k, (10 + dy) * k
            pen.ellipse((cx - rx * k, cy - ry * k, cx + rx * k, cy + ry * k), round(255 * alpha))
        at = (round((x - 20 * s) * self.k), round((y - 10 * s) * self.k))
        self.image.paste(ImageColor.getrgb(colour), at, mask)

    def leaf(
        self, x: float, y: float, turn: float, long: float, wide: float, colour: str, vein: str = ""
    ) -> None:
        """`turn` in degrees, 0 is to the right, 90 is up."""
        a = math.radians(turn)
        ux, uy, vx, vy = math.cos(a), -math.sin(a), math.sin(a), math.cos(a)

        def at(u: float, v: float) -> Point:
            return x + ux * u * long + vx * v * wide, y + uy * u * long + vy * v * wide

        side = [(u / 12, math.sin(math.pi * (u / 12) ** 0.8) / 2) for u in range(13)]
        self.poly([at(u, v) for u, v in side] + [at(u, -v) for u, v in reversed(side)], colour)
        if vein:
            self.line([at(0, 0), at(0.9, 0)], vein, max(0.25, wide * 0.06))

    def steam(self, x: float, y: float, high: float, t: float = 0.3, alpha: float = 0.16) -> None:
        for strand in (-1, 1):
            for i in range(22):
                part = i / 22
                sway = math.sin(part * 7 - 6.28 * t + strand) * (0.6 + 2.2 * part)
                self.glow(
                    x + strand * 1.6 + sway,
                    y - high * part,
                    1.6 + 2 * part,
                    WHITE,
                    alpha * math.sin(math.pi * (0.12 + 0.88 * part)) * 1.6,
                )

    def bird(self, x: float, y: float, s: float, colour: str = INK, flap: float = 0.4) -> None:
        for side in (-1, 1):
            wing = [(x, y), (x + side * s * 0.5, y - s * flap), (x + side * s, y - s * flap * 0.4)]
            self.line(curve(wing, 6), colour, max(0.35, s * 0.12))

    def pine(self, x: float, y: float, high: float, colour: str) -> None:
        self.box(x - high * 0.025, y - high * 0.2, x + high * 0.025, y, BROWN)
        for i in range(4):
            top = y - high + high * 0.19 * i
            wide = high * (0.11 + 0.055 * i)
            self.poly(
                [(x, top), (x + wide, top + high * 0.32), (x - wide, top + high * 0.32)],
                mix(colour, INK, 0.06 * i),
            )

    def house(
        self,
        x: float,
        y: float,
        wide: float,
        high: float,
        wall: str,
        roof: str,
        *,
        lit: str = "",
        rows: int = 2,
    ) -> None:
        self.box(x, y - high, x + wide, y, wall)
        self.box(x + wide * 0.82, y - high, x + wide, y, INK, 0.1)
        peak = [
            (x - wide * 0.08, y - high),
            (x + wide * 0.5, y - high - wide * 0.42),
            (x + wide * 1.08, y - high),
        ]
        self.poly(peak, roof)
        for row in range(rows):
            for side in (0.28, 0.66):
                wx, wy = x + wide * side, y - high + high * (0.14 + 0.8 * row / max(rows, 1))
                self.box(
                    wx - wide * 0.09,
                    wy,
                    wx + wide * 0.09,
                    wy + wide * 0.26,
                    lit or DEEP,
                    1,
                    round_by=wide * 0.03,
                )
                if lit:
                    self.glow(wx, wy + wide * 0.13, wide * 0.4, lit, 0.35)

    def pot(
        self,
        x: float,
        base: float,
        high: float,
        radii: Sequence[float],
        body: str,
        glaze: str = "",
        *,
        cut: float = 0.5,
        drip: float = 1.0,
        bands: Sequence[tuple[float, str]] = (),
        specks: int = 0,
        handle: float = 0,
        inside: str = "",
        seed: int = 1,
        turn: float = 0,
        flat: float = 0.16,
    ) -> None:
        """A turned pot: radii from foot to rim, glaze from the rim down to `cut`, handle on one side."""
        k = self.k
        rng = random.Random(seed)
        wide = max(radii) + 1
        size = (round(2 * wide * k), round((high + 2) * k))
        side = curve([(r, i / (len(radii) - 1)) for i, r in enumerate(radii)], 12)

        def radius(t: float) -> float:
            return min(side, key=lambda p: abs(p[1] - t))[0]

        def at(px: float, t: float) -> Point:
            return (px + wide) * k, (high * (1 - t) + 1) * k

        foot, rim = radii[0], radii[-1]
        if handle:
            hx = x + math.copysign(radius(0.55), handle)
            for r, w in ((1.0, 0.26),):
                self.ring(
                    hx,
                    base - high * 0.52,
                    abs(handle) * r,
                    high * 0.29,
                    mix(glaze or body, INK, 0.12),
                    abs(handle) * w,
                )
        mask = Image.new("L", size, 0)
        ImageDraw.Draw(mask).polygon(
            [at(r, t) for r, t in side] + [at(-r, t) for r, t in reversed(side)], 255
        )
        fx, fy = at(0, 0)
        ImageDraw.Draw(mask).ellipse(
            (fx - foot * k, fy - foot * flat * k, fx + foot * k, fy + foot * flat * k), 255
        )
        paint = Image.new("RGB", size, body)
        pen = ImageDraw.Draw(paint, "RGBA")
        if glaze:
            edge = []
            for i in range(41):
                px = -wide + 2 * wide * i / 40
                sag = math.sin(i * 0.9 + seed) * 0.03 + math.sin(i * 0.37 + seed * 2) * 0.05
                edge.append(at(px, cut - drip * (sag + 0.03 * (1 - (px / wide) ** 2))))
            pen.polygon([(0, 0), *edge, (size[0], 0)], glaze)
            pen.line(edge, self.rgba(mix(glaze, INK, 0.35), 0.5), max(1, round(0.35 * k)))
        for t, colour in bands:
            r = radius(t) + 0.3
            bx, by = at(0, t)
            pen.arc(
                (bx - r * k, by - r * flat * 1.4 * k, bx + r * k, by + r * flat * 1.4 * k),
                0,
                180,
                colour,
                max(2, round(0.9 * k)),
            )
        for _ in range(specks):
            sx, sy, sr = (
                rng.uniform(0, size[0]),
                rng.uniform(0, size[1]),
                rng.uniform(0.12, 0.32) * k,
            )
            pen.ellipse((sx - sr, sy - sr, sx + sr, sy + sr), self.rgba(COFFEE, 0.55))
        if turn:
            for i in range(5):
                t = 0.12 + 0.17 * i
                r = radius(t)
                px = math.sin(turn * 6.28 + i * 0.8) * r * 0.8
                bx, by = at(px, t)
                pen.ellipse(
                    (bx - r * 0.3 * k, by - 0.35 * k, bx + r * 0.3 * k, by + 0.35 * k),
                    self.rgba(WHITE, 0.3),
                )
        across = Image.linear_gradient("L").rotate(90).resize(size)
        dark = across.point([int(max(0, v - 110) * 0.62) for v in range(256)])
        paint.paste(ImageColor.getrgb("#2a1620"), (0, 0), dark)
        shine = across.point([int(max(0, 70 - abs(v - 62)) * 1.1) for v in range(256)])
        paint.paste(ImageColor.getrgb("#fff8ec"), (0, 0), shine)
        corner = (round((x - wide) * k), round((base - high - 1) * k))
        self.image.paste(paint, corner, ImageChops.lighter(mask, mask))
        lip = glaze or body
        self.oval(x, base - high, rim, rim * flat, mix(lip, WHITE, 0.25))
        self.oval(x, base - high + 0.1, rim * 0.88, rim * flat * 0.8, inside or mix(lip, INK, 0.55))

    def cat(
        self,
        x: float,
        y: float,
        s: float,
        fur: str,
        patch: str,
        *,
        t: float = 0,
        awake: bool = False,
    ) -> None:
        """A cat's head, `s` half its width."""
        for side in (-1, 1):
            ear = [
                (x + side * s * 0.92, y - s * 1.05),
                (x + side * s * 0.95, y - s * 0.1),
                (x + side * s * 0.2, y - s * 0.62),
            ]
            self.poly(ear, patch if side > 0 else fur)
            inner = [
                (x + side * s * 0.82, y - s * 0.8),
                (x + side * s * 0.8, y - s * 0.3),
                (x + side * s * 0.4, y - s * 0.58),
            ]
            self.poly(inner, ROSE, 0.7)
        self.oval(x, y, s, s * 0.82, fur)
        self.blob(
            [
                (x + s * 0.1, y - s * 0.78),
                (x + s * 0.75, y - s * 0.5),
                (x + s * 0.97, y),
                (x + s * 0.5, y - s * 0.02),
            ],
            patch,
        )
        self.oval(x, y + s * 0.34, s * 0.42, s * 0.3, WHITE, 0.85)
        for side in (-1, 1):
            ex, ey = x + side * s * 0.42, y - s * 0.02
            if awake:
                self.oval(ex, ey, s * 0.14, s * 0.18, INK)
                self.disc(ex + s * 0.04, ey - s * 0.06, s * 0.05, WHITE)
            else:
                lid = [(ex - s * 0.2, ey), (ex, ey + s * 0.13), (ex + s * 0.2, ey)]
                self.line(curve(lid, 6), INK, s * 0.06)
            for n in (-1, 1):
                whisker = [
                    (x + side * s * 0.4, y + s * 0.32),
                    (x + side * s * 1.2, y + s * (0.3 + 0.14 * n)),
                ]
                self.line(whisker, WHITE, max(0.25, s * 0.03))
        self.poly([(x - s * 0.1, y + s * 0.2), (x + s * 0.1, y + s * 0.2), (x, y + s * 0.32)], ROSE)
        mouth = [
            (x - s * 0.16, y + s * 0.4),
            (x, y + s * 0.33),
            (x + s * 0.16, y + s * 0.4 + 0.1 * math.sin(6.28 * t)),
        ]
        self.line(curve(mouth, 5), INK, s * 0.04)

    def plant(
        self,
        x: float,
        y: float,
        high: float,
        colour: str,
        *,
        kind: str = "tall",
        t: float = 0,
        seed: int = 1,
    ) -> None:
        rng = random.Random(seed)
        sway = 3 * math.sin(6.28 * t + seed)
        if kind == "tall":
            for i in range(9):
                turn = 90 + (i - 4) * 17 + sway + rng.uniform(-4, 4)
                long = high * (1 - 0.07 * abs(i - 4)) * rng.uniform(0.85, 1.05)
                shade = mix(colour, FOREST if i % 2 else SAGE, 0.4)
                self.leaf(x, y, turn, long, high * 0.17, shade, mix(shade, WHITE, 0.3))
        elif kind == "round":
            for i in range(11):
                turn = math.radians(20 + 14 * i + sway)
                long = high * rng.uniform(0.55, 1)
                px, py = x + math.cos(turn) * long * 0.8, y - math.sin(turn) * long
                self.line(
                    curve([(x, y), (x + (px - x) * 0.3, y + (py - y) * 0.6), (px, py)], 6),
                    mix(colour, INK, 0.2),
                    0.6,
                )
                shade = mix(colour, SAGE if i % 2 else FOREST, 0.35)
                self.oval(px, py, high * 0.15, high * 0.14, shade)
                self.line(
                    [(px, py + high * 0.1), (px, py - high * 0.1)], mix(shade, WHITE, 0.25), 0.3
                )
        else:
            for i in range(7):
                dx = (i - 3) * high * 0.16
                drop = high * rng.uniform(0.6, 1.1)
                stem = curve(
                    [
                        (x + dx * 0.5, y),
                        (x + dx * 1.3, y + drop * 0.2),
                        (x + dx * 1.5 + sway * 0.3, y + drop),
                    ],
                    8,
                )
                self.line(stem, mix(colour, INK, 0.2), 0.5)
                for j, (px, py) in enumerate(stem[2::2]):
                    self.leaf(
                        px,
                        py,
                        -70 + (60 if j % 2 else -60),
                        high * 0.16,
                        high * 0.1,
                        mix(colour, SAGE, 0.15 * (j % 3)),
                    )

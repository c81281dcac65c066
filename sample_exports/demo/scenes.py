"""What Mara's camera saw: every picture and clip, each a function of a canvas and a moment 0 to 1."""

from __future__ import annotations

import math
import random
from collections.abc import Callable

from canvas import (
    BLUSH,
    BROWN,
    CLAY,
    COFFEE,
    CREAM,
    DEEP,
    FOAM,
    FOREST,
    INK,
    LEAF,
    MUSTARD,
    NAVY,
    PLUM,
    ROSE,
    RUST,
    SAGE,
    SAND,
    SEA,
    SKY,
    TEAL,
    WHITE,
    Canvas,
    curve,
    mix,
)
from PIL import Image

# One shape on one line: a picture is easier to follow so.
# fmt: off

Scene = Callable[[Canvas, float], None]
Still = Callable[[Canvas], None]
SCENES: dict[str, Scene] = {}


def scene(draw: Scene) -> Scene:
    SCENES[draw.__name__.replace("_", "-")] = draw
    return draw


def still(draw: Still) -> Still:
    keep(draw.__name__.replace("_", "-"), draw)
    return draw


def keep(name: str, draw: Still) -> None:
    SCENES[name] = lambda c, _moment: draw(c)


def wave(t: float, turns: float = 1, start: float = 0) -> float:
    return math.sin(6.283 * (t * turns + start))


VASE = (5.5, 8.5, 10.5, 9.5, 6, 3.6, 4.6)
BOTTLE = (6, 8, 8.2, 6.8, 3, 2.2, 2.6)
BOWL = (4.5, 9, 12.5, 14.5, 15.5)
JAR = (8, 9.5, 10, 9.4, 7.5, 7.8)
MUG = (5.6, 6.4, 6.6, 6.6, 6.5)


def wall(c: Canvas, top: str, bottom: str, table: str, y: float) -> None:
    c.fade(top, bottom, 0, y)
    c.fade(mix(table, WHITE, 0.12), mix(table, INK, 0.25), y, c.h)
    c.box(0, y, 100, y + 0.7, WHITE, 0.18)


def planks(c: Canvas, colour: str, *, wide: float = 20, seed: int = 3) -> None:
    rng = random.Random(seed)
    x = 0.0
    while x < 100:
        tone = mix(colour, INK, rng.uniform(0, 0.16))
        c.fade(mix(tone, WHITE, 0.06), tone, 0, c.h, x0=x, x1=min(100, x + wide))
        for _ in range(5):
            gx, gy = x + rng.uniform(2, wide - 2), rng.uniform(0, c.h)
            c.line([(gx, gy), (gx + rng.uniform(-0.6, 0.6), gy + rng.uniform(14, 50))], INK, 0.3, 0.1)
        c.line([(x, 0), (x, c.h)], INK, 0.5, 0.35)
        x += wide


def window_light(c: Canvas, x: float, y: float, s: float, alpha: float = 0.2) -> None:
    for col in range(2):
        for row in range(2):
            px, py = x + col * 15 * s + row * 5 * s, y + row * 22 * s + col * 3 * s
            pane = [(px, py), (px + 13 * s, py + 2.6 * s), (px + 17.5 * s, py + 22 * s), (px + 4.5 * s, py + 19.4 * s)]
            c.poly(pane, "#fff3cf", alpha)


def string_lights(c: Canvas, y: float, sag: float, colour: str, t: float, n: int = 9) -> None:
    wire = [(x, y + sag * (1 - ((x - 50) / 50) ** 2)) for x in range(-4, 108, 4)]
    c.line(wire, INK, 0.35)
    for i in range(n):
        x = 100 * (i + 0.5) / n
        ly = y + sag * (1 - ((x - 50) / 50) ** 2) + 1.8
        c.glow(x, ly, 6, colour, 0.55 + 0.25 * wave(t, 1, i / 3))
        c.disc(x, ly, 1.2, mix(colour, WHITE, 0.6))


def boat(c: Canvas, x: float, y: float, s: float, hull: str, sail: str, lean: float = 0) -> None:
    c.poly([(x + lean * 3, y - 22 * s), (x + 0.5, y - 2 * s), (x + 12 * s, y - 2.5 * s)], sail)
    c.poly([(x - 1 * s + lean * 3, y - 19 * s), (x - 1 * s, y - 2 * s), (x - 8 * s, y - 2.5 * s)], mix(sail, hull, 0.25))
    c.line([(x - 0.2 * s + lean * 3, y - 23 * s), (x, y)], hull, 0.6 * s)
    c.poly([(x - 11 * s, y - 1.6 * s), (x + 13 * s, y - 1.6 * s), (x + 9 * s, y + 3 * s), (x - 8 * s, y + 3 * s)], hull)


def lighthouse(c: Canvas, x: float, y: float, s: float, stripe: str) -> None:
    def half(v: float) -> float:
        return (5.5 - 2.2 * v) * s

    high = 40 * s
    for i in range(5):
        a, b = i / 5, (i + 1) / 5
        band = [(x - half(a), y - high * a), (x + half(a), y - high * a), (x + half(b), y - high * b), (x - half(b), y - high * b)]
        c.poly(band, WHITE if i % 2 else stripe)
    c.poly([(x + half(0) * 0.3, y), (x + half(0), y), (x + half(1), y - high), (x + half(1) * 0.3, y - high)], INK, 0.14)
    c.box(x - 4.4 * s, y - high - 1.4 * s, x + 4.4 * s, y - high, INK)
    c.box(x - 2.4 * s, y - high - 7 * s, x + 2.4 * s, y - high - 1.4 * s, "#ffe9a8")
    c.poly([(x - 3.6 * s, y - high - 7 * s), (x + 3.6 * s, y - high - 7 * s), (x, y - high - 11.5 * s)], stripe)


def shelf(c: Canvas, y: float, pots: int, seed: int, *, shift: float = 0, scale: float = 1) -> None:
    rng = random.Random(seed)
    c.box(0, y, 100, y + 2.4, mix(BROWN, SAND, 0.3))
    c.box(0, y + 2.4, 100, y + 5, INK, 0.12)
    colours = [CLAY, CREAM, TEAL, SAGE, MUSTARD, BLUSH, DEEP, WHITE, RUST]
    for i in range(pots):
        x = 100 * (i + 0.5) / pots * 1.3 - 15 + shift
        shape = rng.choice([VASE, BOTTLE, BOWL, JAR, MUG])
        size = rng.uniform(0.55, 0.8) * scale
        high = {VASE: 24, BOTTLE: 28, BOWL: 12, JAR: 18, MUG: 14}[shape] * size
        body, glaze = rng.sample(colours, 2)
        plain = rng.random() < 0.3
        c.pot(x, y + 0.6, high, [r * size for r in shape], body, "" if plain else glaze, cut=rng.uniform(0.3, 0.65), seed=i + seed, specks=rng.choice([0, 30]), handle=4 * size if shape == MUG else 0)


# Clips


@scene
def wheel(c: Canvas, t: float) -> None:
    wall(c, "#efe0c9", "#e3bfa0", BROWN, 128)
    window_light(c, 50, 12, 1.15, 0.28)
    shelf(c, 50, 5, 12, scale=0.9)
    c.box(14, 126, 86, 150, "#8d8f8d", round_by=6)
    c.oval(50, 127, 37, 9, "#b9bab5")
    c.oval(50, 128, 33, 7.4, "#7d7a76")
    c.oval(50, 126, 24, 5.4, "#d2d0c8")
    for i in range(6):
        a = 6.283 * (t * 2 + i / 6)
        c.oval(50 + 19 * math.cos(a), 126 + 4.2 * math.sin(a), 1.8, 0.5, INK, 0.25)
    grow = 0.5 - 0.5 * math.cos(3.1416 * min(1, t * 1.1))
    radii = [12 + (s - 12) * grow for s in (9, 14, 17.5, 17, 13, 12 + 3 * grow)]
    c.pot(50, 126, 15 + 33 * grow, radii, "#a4725a", turn=t * 2 + 0.01, inside="#5a3b30", bands=[(0.3, "#8d5d48"), (0.55, "#8d5d48"), (0.78, "#8d5d48")])
    for i in range(7):
        c.oval(22 + 9 * i, 133 + (i % 3), 1.2 + (i % 2), 0.6, "#a4725a")
    c.box(0, 158, 100, c.h, INK, 0.18)


def coffee_cup(c: Canvas, x: float, y: float, r: float, cup: str, saucer: str) -> None:
    c.shadow(x + 3, y + 5, r * 1.75, r * 1.75, 0.6)
    c.disc(x, y, r * 1.45, saucer)
    c.disc(x, y, r * 1.2, mix(saucer, INK, 0.08))
    c.box(x + r * 0.8, y - r * 0.16, x + r * 1.45, y + r * 0.16, mix(cup, INK, 0.08), round_by=r * 0.14)
    c.disc(x, y, r, cup)
    c.disc(x, y, r * 0.88, COFFEE)
    c.disc(x, y, r * 0.85, "#8a5632")
    c.glow(x - r * 0.2, y - r * 0.3, r * 0.7, "#b67a4b", 0.6)


def heart(c: Canvas, x: float, y: float, s: float, colour: str) -> None:
    points = [
        (x, y + s),
        (x - s * 0.95, y + s * 0.05),
        (x - s * 0.75, y - s * 0.65),
        (x - s * 0.25, y - s * 0.65),
        (x, y - s * 0.3),
        (x + s * 0.25, y - s * 0.65),
        (x + s * 0.75, y - s * 0.65),
        (x + s * 0.95, y + s * 0.05),
    ]
    c.blob(points, colour)


@scene
def latte(c: Canvas, t: float) -> None:
    planks(c, "#a87b55")
    c.glow(20, 10, 80, "#ffe4b0", 0.4)
    c.box(62, 8, 118, 44, CREAM, round_by=2)
    c.leaf(66, 40, 60, 30, 10, SAGE, LEAF)
    coffee_cup(c, 48, 92, 31, WHITE, "#7fa3a0")
    done = min(1, t * 1.25)
    for i in range(5):
        part = min(1, max(0, done * 5 - i))
        if part > 0:
            s = (19 - 3.4 * i) * part
            heart(c, 48, 93 - 3.0 * i + 2 * (1 - part), s, "#f6e3c4" if i % 2 == 0 else "#8a5632")
    c.line([(14, 140), (52, 150)], "#b9b4aa", 2.2)
    c.oval(57, 151.4, 7, 4, "#c9c4ba")
    for i in range(5):
        c.oval(80 + 5 * math.cos(i * 2), 146 + 6 * math.sin(i * 2.3), 2.1, 1.5, COFFEE)
    c.disc(20, 40, 11, "#c98f52")
    c.disc(20, 40, 9.6, "#d9a566")
    for i in range(8):
        c.disc(20 + 5.5 * math.cos(i * 2.4), 40 + 5.5 * math.sin(i * 1.9), 1.1, COFFEE)


@scene
def sunrise(c: Canvas, t: float) -> None:
    day = 0.25 + 0.75 * t
    c.fade(mix("#2b2850", "#7fb3c8", day), mix("#b4566a", "#ffd9a0", day), 0, 100)
    sun = 108 - 34 * t
    c.glow(58, sun, 62, mix("#ff8f6b", "#ffe7b0", day), 0.85)
    c.disc(58, sun, 8.5, mix("#ff9d72", "#fff3d0", day))
    for i in range(4):
        c.cloud((18 + 27 * i + 5 * t) % 118 - 8, 30 + 14 * (i % 3), 0.8 + 0.2 * (i % 2), mix("#8a4a70", "#ffe6cf", day), 0.45)
    c.sea(100, 152, mix("#20304f", "#3f8296", day), mix("#b4667a", "#f2c9a0", day), t=t, seed=5)
    c.sparkle(58, 101, 150, mix("#ff9d72", "#fff0c4", day), t)
    c.blob([(-12, 106), (-4, 84), (10, 86), (20, 95), (34, 101), (30, 106)], mix("#1c1c38", "#3d5a60", day))
    c.blob([(-15, 190), (-12, 150), (18, 146), (50, 152), (84, 147), (115, 152), (115, 190)], mix("#2a2440", "#b08a68", day))
    for i in range(3):
        c.bird(30 + 12 * i + 6 * t, 62 - 6 * i, 3.6, INK, 0.35 + 0.25 * wave(t, 3, i / 3))


@scene
def cat_bowl(c: Canvas, t: float) -> None:
    wall(c, "#c9d3c1", "#b3c1ac", "#b98a62", 120)
    c.box(10, 14, 58, 74, WHITE)
    c.fade("#bfe0ea", "#f3ead2", 17, 71, x0=13, x1=55)
    c.box(13, 58, 55, 71, LEAF)
    c.disc(22, 58, 8, LEAF)
    c.disc(46, 57, 6, FOREST)
    c.box(33, 14, 35, 74, WHITE)
    c.plant(84, 20, 34, LEAF, kind="hang", t=t, seed=4)
    c.box(74, 10, 94, 21, CLAY, round_by=3)
    c.shadow(50, 145, 46, 9)
    breath = 0.7 * wave(t, 1)
    c.oval(50, 104 - breath, 29, 20 + breath, "#d98f4e")
    for i in range(4):
        c.oval(38 + 8 * i, 92 - breath + abs(i - 1.5) * 2, 1.4, 7, "#b86f36")
    c.cat(33, 103 - breath, 13, "#e3a05c", "#fff1dc", t=t)
    tail = [(74, 108), (84, 100 + 3 * wave(t, 1)), (88, 116), (84 + 3 * wave(t, 1, 0.2), 130)]
    c.pot(50, 146, 36, (17, 31, 37, 39, 39.5), CREAM, "#4d7f8f", cut=0.42, specks=90, flat=0.1, seed=3, inside="#d98f4e")
    c.oval(50, 104 - breath, 31, 8, "#d98f4e")
    c.cat(34, 103 - breath, 13, "#e3a05c", "#fff1dc", t=t)
    c.line(curve(tail, 8), "#d98f4e", 4.6)
    c.oval(60, 108, 6.5, 4, "#fff1dc")


@scene
def cliff(c: Canvas, t: float) -> None:
    c.fade("#6fb4cf", "#e7f1e6", 0, 82)
    for i in range(3):
        c.cloud((15 + 42 * i + 12 * t) % 130 - 12, 20 + 12 * i, 1.1 - 0.2 * i)
    c.sea(80, c.h, "#2c7f93", "#8cc4cf", t=t, seed=9)
    c.blob([(40, 190), (42, 152), (38, 128), (46, 106), (44, 84), (56, 70), (80, 66), (112, 66), (112, 190)], "#c98f5c")
    for i, tone in enumerate(("#b0703f", "#d9a871", "#a9693d", "#dcb07c")):
        y = 86 + 20 * i
        c.blob([(44 - i, y), (70, y - 3), (112, y - 1), (112, y + 7), (70, y + 6), (46 - i, y + 5)], tone)
    c.blob([(43, 84), (56, 69), (80, 65), (112, 64), (112, 75), (82, 73), (60, 78)], "#7d9a5c")
    lighthouse(c, 84, 67, 0.8, "#c2503f")
    c.line(curve([(100, 73), (80, 72), (62, 76), (52, 82)], 8), SAND, 1.3)
    for i in range(9):
        push = 1.6 * wave(t, 1, i / 5)
        c.oval(37 + 1.2 * math.sin(i * 2) + push, 112 + 8 * i, 6 + 2 * (i % 3), 1.6, WHITE, 0.75)
    c.blob([(8, 160), (14, 148), (22, 150), (28, 162), (18, 168)], "#8f5f3c")
    c.oval(18 + wave(t), 165, 15, 2.6, WHITE, 0.8)
    for i in range(3):
        c.bird(16 + 9 * i + 8 * t, 60 - 7 * (i % 2), 3.4, WHITE, 0.35 + 0.3 * wave(t, 3, i / 3))


def stall(c: Canvas, x0: float, x1: float, top: float, floor: float, a: str, b: str, t: float) -> None:
    c.box(x0 + 3, top, x0 + 5.4, floor, BROWN)
    c.box(x1 - 5.4, top, x1 - 3, floor, BROWN)
    n = 8
    wide = (x1 - x0) / n
    for i in range(n):
        colour = a if i % 2 else b
        left = x0 + wide * i
        c.poly([(left + 3 * (1 - i / 4), top), (left + wide + 3 * (1 - (i + 1) / 4), top), (left + wide, top + 16), (left, top + 16)], colour)
        c.oval(left + wide / 2, top + 16, wide / 2, 3 + 0.5 * wave(t, 1, i / 8), colour)
    c.box(x0, top, x1, top + 16, INK, 0.05)


@scene
def market(c: Canvas, t: float) -> None:
    c.fade("#a9d3dc", "#f6e6c4", 0, 120)
    c.house(-6, 122, 34, 66, "#f0d7b2", "#b4583f")
    c.house(66, 122, 40, 74, "#e7bda6", "#a14e3c", rows=2)
    c.house(30, 122, 34, 52, "#dfe3d2", "#b86b48")
    c.fade("#cdb292", "#9d8266", 120, c.h)
    for row in range(2):
        y = 14 + 14 * row
        rope = [(x, y + 7 * math.sin(math.pi * x / 100)) for x in range(0, 104, 4)]
        c.line(rope, BROWN, 0.4)
        for i in range(8):
            x = 6 + 12.5 * i
            ry = y + 7 * math.sin(math.pi * x / 100)
            colour = (CLAY, MUSTARD, TEAL, WHITE, ROSE)[(i + row * 2) % 5]
            c.poly([(x - 4, ry), (x + 4, ry), (x + 1.6 * wave(t, 1, i / 6), ry + 9)], colour)
    stall(c, 10, 90, 66, 160, "#2f6f7e", WHITE, t)
    c.box(8, 122, 92, 127, mix(BROWN, SAND, 0.4))
    c.fade("#b98d62", "#8a6243", 127, 162, x0=11, x1=89)
    for i, (shape, high, body, glaze) in enumerate(((VASE, 25, CREAM, TEAL), (BOWL, 11, CLAY, WHITE), (BOTTLE, 28, "#d9c2a0", MUSTARD), (JAR, 17, SAGE, CREAM), (MUG, 12, WHITE, ROSE))):
        s = 0.72
        c.pot(20 + 15 * i, 123.6, high * 0.9, [r * s for r in shape], body, glaze, seed=i + 3, handle=3.4 if shape == MUG else 0, specks=20)
    for i in range(4):
        c.box(18 + 18 * i, 131, 29 + 18 * i, 138, WHITE, 0.9, round_by=1)
        c.box(20 + 18 * i, 134, 27 + 18 * i, 135, INK, 0.5)
    c.disc(-2, 150, 12, LEAF)
    c.disc(101, 148, 14, FOREST)


@scene
def rain(c: Canvas, t: float) -> None:
    c.fade("#54687a", "#9fb0b3", 0, 132)
    c.hills(86, 9, "#6f8590", 4)
    c.hills(102, 7, "#587078", 9)
    for x, high in ((12.0, 30), (22, 22), (84, 34), (93, 24)):
        c.pine(x, 118, high, "#3e585c")
    c.glow(62, 96, 10, "#ffd991", 0.7)
    c.house(56, 108, 14, 12, "#4c5c62", "#39474e", lit="#ffd991", rows=1)
    rng = random.Random(8)
    for _ in range(60):
        x, y0, speed = rng.uniform(6, 94), rng.uniform(0, 130), rng.choice([1, 2])
        y = (y0 + 130 * speed * t) % 130
        c.line([(x, y), (x + 0.3, y + rng.uniform(3, 9))], WHITE, 0.4, 0.4)
        c.disc(x, y, rng.uniform(0.4, 0.9), FOAM, 0.6)
    frame = "#7a5540"
    for x0, y0, x1, y1 in ((0.0, 0, 100.0, 5), (0, 0, 5, 134), (95, 0, 100, 134), (48.5, 0, 51.5, 134), (0, 62, 100, 65)):
        c.box(x0, y0, x1, y1, frame)
    c.fade("#a97a56", "#5c3d2e", 130, c.h)
    c.box(0, 130, 100, 133, "#c2946c")
    c.glow(50, 160, 70, "#ffcf8a", 0.25)
    for i, (wide, tone) in enumerate(((36, TEAL), (32, MUSTARD), (34, PLUM))):
        c.box(9 + i * 1.5, 147 - 6.4 * i, 9 + wide, 153 - 6.4 * i, tone, round_by=1)
        c.box(9 + wide - 4, 148 - 6.4 * i, 9 + wide - 0.6, 152 - 6.4 * i, CREAM)
    c.shadow(70, 156, 20, 5)
    c.pot(68, 156, 19, [r * 1.55 for r in MUG], "#e8d9c0", CLAY, cut=0.35, handle=7, specks=60, inside="#a05a2c")
    c.steam(68, 134, 30, t)


@scene
def snow(c: Canvas, t: float) -> None:
    c.fade("#131c3c", "#4b4f7d", 0, 125)
    rng = random.Random(3)
    for _ in range(45):
        c.disc(rng.uniform(0, 100), rng.uniform(0, 70), rng.uniform(0.15, 0.4), WHITE, 0.7)
    c.glow(77, 27, 24, "#fff2cf", 0.5)
    c.disc(77, 27, 7.5, "#fff4d8")
    c.disc(74, 25.5, 6.6, "#232a50")
    c.hills(96, 9, "#5c6796", 6)
    c.hills(108, 6, "#8f9ac0", 2)
    for x, wide, high, tone in ((3.0, 22, 30, "#6d4a55"), (28, 18, 40, "#7c6152"), (49, 24, 28, "#54576f"), (76, 20, 38, "#6b4f49")):
        c.house(x, 130, wide, high, tone, "#e9eef6", lit="#ffcf70")
    c.hills(132, 4, "#dfe6f3", 5)
    for x, high in ((10.0, 26), (90, 32), (64, 18)):
        c.pine(x, 142, high, "#2f5650")
        c.poly([(x, 142 - high), (x + high * 0.06, 142 - high * 0.85), (x - high * 0.06, 142 - high * 0.85)], WHITE)
    string_lights(c, 70, 14, "#ffcf70", t, 10)
    c.oval(50, 178, 70, 22, "#f3f6fc")
    c.disc(38, 155, 8, WHITE)
    c.disc(38, 143, 5.6, WHITE)
    c.box(32.5, 136.6, 43.5, 138.2, INK)
    c.box(34.6, 131, 41.4, 137, INK)
    c.line([(33, 147), (43, 147.4)], RUST, 2)
    c.disc(36.4, 142, 0.7, INK)
    c.disc(40, 142, 0.7, INK)
    c.poly([(38, 143), (38, 144.2), (44, 144)], "#e8853f")
    for i in range(90):
        x = (rng.uniform(0, 100) + 3 * wave(t, 1, i / 9)) % 100
        y = (rng.uniform(0, c.h) + c.h * t * rng.choice([1, 1, 2])) % c.h
        c.disc(x, y, rng.uniform(0.4, 1.1), WHITE, 0.85)


@scene
def studio(c: Canvas, t: float) -> None:
    c.fade("#f3e3c8", "#dcbfa0", 0, c.h)
    slide = 16 - 22 * t
    window_light(c, 12 + slide * 0.4, 20, 2.1, 0.3)
    for i, y in enumerate((52, 92, 132)):
        shelf(c, y, 6, 31 + 7 * i, shift=slide * (0.7 + 0.2 * i), scale=1.15)
    c.line([(74 + slide * 0.5, 0), (74 + slide * 0.5, 8)], INK, 0.6)
    c.poly([(68 + slide * 0.5, 15), (80 + slide * 0.5, 15), (76 + slide * 0.5, 8), (72 + slide * 0.5, 8)], MUSTARD)
    c.glow(74 + slide * 0.5, 16, 26, "#fff0bd", 0.6)
    c.plant(12 + slide, 2, 34, LEAF, kind="hang", t=t, seed=6)
    c.fade("#8f6547", "#5f412f", 152, c.h)
    c.box(0, 150, 100, 153, "#b78760")
    for i in range(3):
        x = 18 + 30 * i + slide * 1.3
        c.pot(x, 166, 16, (8, 8.4, 8.4, 8.2), "#d7cfc0", bands=[(0.4, TEAL), (0.5, TEAL)])
        for j in range(4):
            c.line([(x - 3 + 2 * j, 152), (x - 6 + 4 * j, 134)], BROWN if j % 2 else MUSTARD, 0.9)
            c.oval(x - 6 + 4 * j, 133, 1, 2.6, COFFEE)


@scene
def plants(c: Canvas, t: float) -> None:
    c.fade("#fdf0cf", "#f2d6ae", 0, c.h)
    c.box(12, 10, 88, 118, WHITE)
    c.fade("#a8d8e2", "#eef3da", 14, 114, x0=16, x1=84)
    c.disc(66, 38, 9, "#fff2bf")
    c.glow(66, 38, 26, "#fff6cf", 0.7)
    c.box(16, 96, 84, 114, SAGE)
    for x in (20, 34, 52, 74):
        c.disc(x, 96, 9, mix(SAGE, LEAF, 0.4))
    c.box(48.6, 10, 51.4, 118, WHITE)
    c.box(12, 60, 88, 62.5, WHITE)
    c.box(4, 118, 96, 125, "#e6cba4", round_by=1)
    c.box(4, 125, 96, 130, INK, 0.1)
    c.plant(24, 104, 40, LEAF, t=t, seed=2)
    c.pot(24, 120, 18, (7, 8.6, 9.6, 10), CLAY, bands=[(0.7, WHITE), (0.55, WHITE)])
    c.plant(51, 104, 26, "#4f8a6b", kind="round", t=t, seed=5)
    c.pot(51, 120, 17, (6, 9.5, 10, 8.6), "#dfe8e6", "#3f7f93", cut=0.55, seed=8)
    c.plant(77, 108, 20, FOREST, t=t + 0.3, seed=9)
    c.pot(77, 120, 14, (6, 7.4, 8), MUSTARD, specks=40)
    c.fade("#c99d73", "#a87b57", 146, c.h)
    c.cat(82, 139, 10, "#e3a05c", "#fff1dc", t=t, awake=True)
    c.box(0, 146, 100, 149, "#deb78e")
    for x in (77, 87):
        c.oval(x, 146.4, 2.8, 2, "#fff1dc")
    tip = 5 * max(0.0, wave(t, 0.5))
    c.pot(26, 160 - tip * 0.3, 25, (11, 12, 11, 8), "#5f8f9b", handle=-7)
    c.line([(35, 152 - tip), (52, 132 - tip)], "#5f8f9b", 3)
    c.oval(53, 131 - tip, 4, 2, "#4a7681")
    for i in range(6):
        y = 136 + (i * 5 + 40 * t) % 26
        c.oval(56 + i % 3 * 1.7 + (y - 136) * 0.1, y, 0.7, 1.3, SKY)


@scene
def beach(c: Canvas, t: float) -> None:
    c.fade("#f1d9ab", "#e3bf86", 0, c.h)
    rng = random.Random(2)
    for _ in range(120):
        c.disc(rng.uniform(0, 100), rng.uniform(70, c.h), rng.uniform(0.2, 0.5), BROWN, 0.25)
    push = 5 * wave(t)
    for gap, tone, alpha in ((17, "#c9a877", 0.6), (12, WHITE, 0.95), (7.5, "#8fd0cf", 1), (0, "#4fb0b9", 1), (-20, "#2f8ea3", 1), (-38, "#25758f", 1)):
        edge = [(x, 58 + gap + push * (1 - abs(gap) / 60) + 4 * math.sin(x / 13 + gap * 0.3) + 2 * math.sin(x / 5 + gap)) for x in range(-2, 104, 2)]
        c.poly([*edge, (104, -2), (-4, -2)], tone, alpha)
    for i in range(12):
        c.oval((13 * i + 14 * t) % 110 - 5, 6 + 4 * (i % 9), 5, 0.6, WHITE, 0.4)
    c.shadow(70, 132, 33, 33, 0.5)
    for i in range(12):
        a, b = 6.283 * i / 12 + 0.1, 6.283 * (i + 1) / 12 + 0.1
        slice_ = [(64, 122)] + [(64 + 27 * math.cos(a + (b - a) * j / 5), 122 + 27 * math.sin(a + (b - a) * j / 5)) for j in range(6)]
        c.poly(slice_, "#e2604f" if i % 2 else WHITE)
    c.disc(64, 122, 2, MUSTARD)
    c.box(10, 96, 32, 150, "#3f7f93", round_by=1.5)
    for i in range(5):
        c.box(10, 100 + 10 * i, 32, 103 + 10 * i, CREAM)
    c.disc(21, 107, 7.4, "#e9c26f")
    c.disc(21, 107, 4.2, "#d3a44d")
    for x in (38, 43):
        c.oval(x, 150 + x % 3, 1.9, 4.2, TEAL)
    for i in range(5):
        c.oval(12 + i * 3.4, 164 - i * 1.7 * (i % 2), 1.6, 1.2, (ROSE, WHITE, CLAY)[i % 3])


@scene
def glaze(c: Canvas, t: float) -> None:
    wall(c, "#e9ded0", "#d8c7b6", "#7d6a5d", 132)
    shelf(c, 40, 5, 77, scale=0.85)
    dip = wave(min(1.0, t * 1.15), 0.5)
    base = 92 + 34 * dip
    wet = t > 0.44
    c.shadow(50, 154, 44, 8)
    c.line([(70, 20), (57, base - 40)], "#8f9494", 1.8)
    c.line([(78, 22), (60, base - 30)], "#7d8282", 1.8)
    c.oval(50, 118, 31, 8, "#1e4a63")
    c.pot(50, base, 44, [r * 1.45 for r in VASE], "#e6d2b8", "#2f7f9c" if wet else "", cut=-0.2 if wet else 0.5, seed=4, inside="#b79a7a")
    for i in range(3):
        if wet:
            y = base + 3 + (i * 7 + 44 * t) % 18
            c.oval(45 + 5 * i, y, 0.8, 1.5, "#2f7f9c")
    front = [(50 + 33 * math.cos(a / 20 * math.pi), 118 + 8 * math.sin(a / 20 * math.pi)) for a in range(21)]
    c.poly(front, "#2c6c8c")
    c.poly([(17, 118), (24, 151), (76, 151), (83, 118), *front], "#d4cfc3")
    c.oval(50, 151, 26, 4.4, "#c4beb1")
    for i in range(5):
        c.oval(28 + 10 * i, 128 + 5 * (i % 2), 1.3, 4 + i % 3 * 2, "#2c6c8c")
    c.poly([(66, 124), (82, 119), (76, 150), (66, 154)], INK, 0.08)


@scene
def boat_sunset(c: Canvas, t: float) -> None:
    c.fade("#4a2c5e", "#f07f5f", 0, 60)
    c.fade("#f07f5f", "#ffcf88", 60, 104)
    c.glow(44, 96, 60, "#ffe0a0", 0.8)
    c.disc(44, 96, 21, "#ffdf9c")
    for i in range(5):
        y = 22 + 13 * i
        c.oval((20 + 37 * i + 5 * t) % 120 - 10, y, 26 - 2 * i, 1.5, mix("#a14a70", "#ffb07c", i / 5), 0.7)
    c.sea(104, c.h, "#3a2752", "#e58763", t=t, seed=6, shine="#ffcf9a")
    c.sparkle(44, 105, 170, "#ffe6b0", t)
    x = 62 - 12 * t
    boat(c, x, 116 + 0.7 * wave(t), 1.45, "#2b1c3c", "#3c2a50", wave(t) * 0.5)
    c.oval(x, 123, 18, 1.8, "#2b1c3c", 0.6)
    for i in range(4):
        c.bird(18 + 7 * i + 5 * t, 46 - 4 * (i % 3), 2.8, "#2b1c3c", 0.4 + 0.25 * wave(t, 2, i / 4))


@scene
def mugs(c: Canvas, t: float) -> None:
    c.fade("#f0bd55", "#e39a3c", 0, c.h)
    c.disc(50, 84, 44, "#f7d27e")
    for i in range(18):
        a = 6.283 * (i / 18 + t * 0.11)
        c.line([(50 + 48 * math.cos(a), 84 + 48 * math.sin(a)), (50 + 55 * math.cos(a), 84 + 55 * math.sin(a))], "#f7d27e", 2)
    c.oval(50, 152, 60, 12, "#b56a2b", 0.35)
    colours = ((TEAL, CREAM), (WHITE, "#d2604c"), ("#e7c6b5", PLUM))
    for i, (body, top) in enumerate(colours):
        start = i * 0.22
        part = min(1.0, max(0.0, (t - start) / 0.24))
        bounce = (1 - part) ** 2 * 120 - (6 * math.sin(part * 9.4) * (1 - part))
        base = 150 - 29 * i - bounce
        side = 8 if i % 2 == 0 else -8
        if t >= start or i == 0:
            c.pot(50 + (i - 1) * 2, base, 29, [r * 2.6 for r in MUG], body, top, cut=0.5, handle=side, seed=i + 2, specks=70, flat=0.13)
    rng = random.Random(11)
    for i in range(26):
        x, y = rng.uniform(0, 100), (rng.uniform(0, 150) + 60 * t) % 150
        c.box(x, y, x + 1.8, y + 1.8, (WHITE, TEAL, CLAY, ROSE)[i % 4], 0.85)


@scene
def parcel(c: Canvas, t: float) -> None:
    planks(c, "#d8b995", wide=25, seed=8)
    c.glow(85, 10, 90, WHITE, 0.45)
    c.shadow(52, 100, 52, 50, 0.55)
    c.box(14, 52, 86, 134, "#b98a5a", round_by=1)
    c.box(18, 56, 82, 130, "#8d6540")
    open_ = 1 - min(1.0, t * 1.2)
    for side in (-1, 1):
        edge = 50 + side * 36
        reach = edge + side * 17 * (0.25 + 0.75 * (1 - open_))
        c.poly([(edge, 53), (reach, 58), (reach, 128), (edge, 133)], "#cfa172")
    for i in range(22):
        rng = random.Random(i)
        x, y = rng.uniform(22, 78), rng.uniform(60, 126)
        c.blob([(x - 9, y), (x - 2, y - 6), (x + 9, y - 1), (x + 2, y + 6)], mix("#f7e7da", ROSE, rng.uniform(0, 0.35)))
    rise = 6 * (1 - open_)
    c.shadow(51, 98, 26, 30, 0.5)
    c.pot(50, 122 - rise, 46, [r * 1.7 for r in VASE], "#efe3cf", "#3c7c74", cut=0.5, specks=80, seed=7)
    for x, y, turn in ((24, 122, 40), (30, 126, 80), (74, 124, 120), (80, 120, 150)):
        c.leaf(x, y, turn, 20, 7, SAGE, LEAF)
    c.box(30, 146, 70, 166, WHITE, round_by=2)
    heart(c, 38, 155, 4, CLAY)
    for i in range(3):
        c.box(46, 151 + 4 * i, 65 - 5 * (i % 2), 152.2 + 4 * i, INK, 0.4)
    for i in range(7):
        s = 2.2 * max(0.0, wave(t, 1, i / 7))
        x, y = 20 + 11 * i, 40 - 14 * math.sin(i * 1.3) ** 2
        c.poly([(x, y - 2 * s), (x + 0.5 * s, y), (x, y + 2 * s), (x - 0.5 * s, y)], WHITE)
        c.poly([(x - 2 * s, y), (x, y + 0.5 * s), (x + 2 * s, y), (x, y - 0.5 * s)], WHITE)


@scene
def beach_wheel(c: Canvas, t: float) -> None:
    c.fade("#5cb8d6", "#dff3ee", 0, 78)
    c.disc(20, 24, 8, "#fff6cf")
    c.glow(20, 24, 30, "#fffbe2", 0.8)
    c.cloud(70 + 5 * t, 26, 1.3)
    c.cloud(40 + 7 * t, 48, 0.8)
    c.sea(78, 120, "#49b8b4", "#2d86a6", t=t, seed=4)
    boat(c, 82 - 6 * t, 82, 0.42, "#f4efe6", WHITE)
    shore = [(x, 118 + 2 * math.sin(x / 11) + 1.6 * wave(t)) for x in range(-2, 104, 2)]
    c.poly([*[(x, y - 2.6) for x, y in shore], (104, 180), (-4, 180)], WHITE)
    c.poly([*shore, (104, 180), (-4, 180)], "#efd3a0")
    c.fade("#efd3a0", "#dcb679", 128, c.h)
    c.shadow(50, 166, 42, 8)
    for x in (30, 50, 70):
        c.line([(50 + (x - 50) * 0.7, 140), (x, 165)], "#8f6242", 3)
    c.box(24, 134, 76, 143, "#a8764f", round_by=3)
    c.oval(50, 134, 26, 6, "#c2916a")
    c.oval(50, 132, 19, 4.4, "#ddd6c8")
    lean = 0.6 * wave(t, 2)
    c.pot(50 + lean, 132, 40, (8, 13, 16, 15, 9, 6.5, 8.5), "#b4775a", turn=t * 2 + 0.01, bands=[(0.25, "#9c624a"), (0.5, "#9c624a")])
    for i in range(2):
        c.bird(66 + 12 * i - 8 * t, 60 - 8 * i, 4.4, WHITE, 0.4 + 0.3 * wave(t, 2, i / 2))
    c.oval(12, 158, 6, 2, "#e7a48a")
    c.leaf(86, 170, 60, 16, 5, SAGE, LEAF)


# Pictures


@still
def kiln(c: Canvas) -> None:
    wall(c, "#4a3b40", "#6b4f47", "#40302c", 108)
    c.box(18, 26, 82, 112, "#8a8580", round_by=4)
    c.box(22, 30, 78, 108, "#a9a39b", round_by=3)
    c.box(29, 40, 71, 98, "#3a1d14", round_by=2)
    c.fade("#ffcf70", "#e8612c", 42, 96, x0=31, x1=69)
    for i, y in enumerate((67, 94)):
        c.box(31, y, 69, y + 2, "#7a2f18")
        for j in range(3):
            c.pot(38 + 12 * j, y + 0.4, 13 + 5 * ((i + j) % 2), [r * 0.5 for r in (VASE, BOWL, JAR)[(i + j) % 3]], "#c9491f")
    c.glow(50, 70, 62, "#ff9a4a", 0.5)
    c.box(74, 62, 78, 74, INK, round_by=1)
    c.disc(86, 44, 4, "#d2cfc8")
    c.line([(86, 44), (88.4, 41.8)], RUST, 0.7)
    for x in (24, 76):
        c.box(x - 3, 112, x + 3, 120, "#5c5652")


@still
def shelf_six(c: Canvas) -> None:
    c.fade("#e6ded2", "#cdbfae", 0, c.h)
    window_light(c, 30, 6, 1.6, 0.35)
    for y, row in ((56, ((VASE, CREAM, TEAL), (BOWL, CLAY, ""), (BOTTLE, SAGE, WHITE))), (108, ((JAR, "#d9c2a0", RUST), (MUG, WHITE, MUSTARD), (VASE, BLUSH, PLUM)))):
        c.box(6, y, 94, y + 3, "#9a6f4c")
        c.box(6, y + 3, 94, y + 7, INK, 0.14)
        for i, (shape, body, top) in enumerate(row):
            high = {VASE: 36, BOTTLE: 40, BOWL: 15, JAR: 26, MUG: 19}[shape]
            c.pot(22 + 28 * i, y + 1, high, [r * 0.95 for r in shape], body, top, handle=5 if shape == MUG else 0, seed=i + 5, specks=40 if i == 1 else 0)


@still
def one_vase(c: Canvas) -> None:
    c.fade("#3b4a4f", "#20292e", 0, c.h)
    c.glow(30, 34, 66, "#c9d3c8", 0.35)
    c.box(26, 104, 74, c.h, "#e0d8ca")
    c.box(60, 104, 74, c.h, INK, 0.2)
    c.oval(50, 104, 24, 3, "#efe8db")
    c.shadow(58, 105, 22, 4, 0.7)
    for turn, long in ((60, 30), (78, 38), (97, 34), (118, 27)):
        rad = math.radians(turn)
        c.line([(50, 58), (50 + long * math.cos(rad), 58 - long * math.sin(rad))], "#8a7a4d", 0.6)
        for j in range(7):
            part = 0.45 + 0.09 * j
            c.leaf(50 + long * part * math.cos(rad), 58 - long * part * math.sin(rad), turn + (45 if j % 2 else -45), 6, 2.6, "#d9b56c")
    c.pot(50, 104, 48, [r * 1.5 for r in VASE], "#d8c7ae", "#54808a", cut=0.5, specks=90, seed=2)


@still
def tram(c: Canvas) -> None:
    c.fade("#9fd0e0", "#f7ead0", 0, 90)
    for side in (0, 1):
        for i in range(3):
            wide = 20 - 5 * i
            x = 9 * i + 2 * i * i if side == 0 else 100 - wide - 9 * i - 2 * i * i
            tone = (("#efc6a5", "#f3e4c3", "#d9e2da"), ("#e9d29b", "#e3a78f", "#cfdde0"))[side][i]
            top = 14 + 16 * i
            c.box(x, top, x + wide, 120, tone)
            c.box(x, top, x + wide, top + 2.4, "#b4583f")
            for r in range(4 - i):
                for k in range(2):
                    wx = x + wide * (0.2 + 0.42 * k)
                    c.box(wx, top + 8 + 17 * r, wx + wide * 0.2, top + 17 + 17 * r, DEEP, 0.85)
                    c.box(wx - 0.8, top + 17 + 17 * r, wx + wide * 0.2 + 0.8, top + 18.2 + 17 * r, INK, 0.5)
    c.poly([(38, 84), (62, 84), (104, c.h), (-4, c.h)], "#b7a893")
    for part in (0.3, 0.7):
        c.line([(38 + 24 * part, 84), (-4 + 108 * part, c.h)], "#6c6258", 1)
    c.line([(0, 26), (50, 40), (100, 22)], INK, 0.35)
    c.shadow(50, 116, 26, 5)
    c.line([(50, 40), (50, 60)], INK, 0.6)
    c.box(34, 56, 66, 114, "#f0c02f", round_by=4)
    c.box(34, 56, 66, 66, "#fbf3df", round_by=4)
    c.box(34, 88, 66, 91, "#fbf3df")
    for x0, x1 in ((36.5, 44.5), (45.5, 54.5), (55.5, 63.5)):
        c.box(x0, 68, x1, 86, "#38505c", round_by=1)
        c.poly([(x0 + 1, 86), (x0 + 4, 68), (x0 + 6, 68), (x0 + 3, 86)], WHITE, 0.25)
    c.box(41, 58.5, 59, 63, INK, round_by=1)
    c.disc(50, 98, 3.4, "#fff6cf")
    c.ring(50, 98, 3.4, 3.4, BROWN, 0.7)
    c.box(36, 108, 64, 114, BROWN, round_by=1)
    for i in range(6):
        x = 3 + 6 * i
        c.box(x, 34 + i, x + 4, 41 + i, (WHITE, ROSE, SKY, MUSTARD)[i % 4])


@still
def tiles(c: Canvas) -> None:
    c.fade("#f4efe0", "#e7e0cd", 0, c.h)
    blue, pale = "#2a5c98", "#7fa6cb"
    s, f = 34.0, 1.36
    for row in range(5):
        for col in range(3):
            x, y = col * s + s / 2 - 1, row * s + s / 2 - 10
            wear = random.Random(row * 7 + col).uniform(0, 0.1)
            c.box(x - s / 2, y - s / 2, x + s / 2, y + s / 2, mix("#f7f3e6", SAND, wear * 3))
            for i in range(4):
                turn = 45 + 90 * i
                a = math.radians(turn)
                c.leaf(x, y, turn, 15 * f, 7.4 * f, blue)
                c.leaf(x + 2 * math.cos(a), y - 2 * math.sin(a), turn, 9.4 * f, 3.4 * f, pale)
                c.leaf(x, y, turn + 45, 8.6 * f, 3.4 * f, MUSTARD if (row + col) % 2 else pale)
                cx, cy = x + s / 2 * (1 if i in (0, 3) else -1), y + s / 2 * (1 if i > 1 else -1)
                c.disc(cx, cy, 4.2 * f, blue)
                c.disc(cx, cy, 2.8 * f, "#f7f3e6")
                c.disc(cx, cy, 1.4 * f, MUSTARD)
            c.disc(x, y, 2.2 * f, "#f7f3e6")
            c.disc(x, y, 1.2 * f, blue)
            c.line([(x - s / 2, y - s / 2), (x + s / 2, y - s / 2)], BROWN, 0.35, 0.5)
            c.line([(x - s / 2, y - s / 2), (x - s / 2, y + s / 2)], BROWN, 0.35, 0.5)
    c.poly([(60, 0), (100, 0), (100, c.h), (34, c.h)], "#fff3c9", 0.16)


@still
def pastel(c: Canvas) -> None:
    c.fade("#e9e4da", "#cfc8ba", 0, c.h)
    for i in range(12):
        x, y = (i * 37) % 100, (i * 53) % 130
        c.line(curve([(x, y), (x + 14, y + 7), (x + 22, y + 22)], 6), WHITE, 0.6, 0.8)
    coffee_cup(c, 66, 38, 18, "#fbf7ef", "#34628a")
    c.shadow(40, 98, 40, 38, 0.5)
    c.disc(38, 94, 33, "#fbf7ef")
    c.ring(38, 94, 29, 29, "#34628a", 1.1)
    for x, y in ((27, 88), (48, 84), (39, 106)):
        for i in range(16):
            a = i / 16 * 6.283
            c.disc(x + 10.5 * math.cos(a), y + 10.5 * math.sin(a), 2, "#c98a45")
        c.disc(x, y, 11, "#d69a52")
        c.disc(x, y, 8.8, "#f5c84d")
        for i in range(9):
            c.oval(x + 5.4 * math.cos(i * 2.6), y + 5 * math.sin(i * 1.9), 1.8, 1.2, "#8a4a22", 0.85)
        c.glow(x - 3, y - 3, 5, "#fff0b0", 0.6)
    c.box(76, 84, 92, 124, "#b8483f", round_by=1)
    c.box(78, 86, 90, 122, "#c65a4f")
    c.leaf(10, 40, 60, 24, 9, SAGE, LEAF)
    c.leaf(14, 38, 20, 18, 7, LEAF, SAGE)


@still
def bridge(c: Canvas) -> None:
    c.fade("#5b4a86", "#f4a06c", 0, 84)
    c.glow(26, 76, 46, "#ffe0a0", 0.85)
    c.disc(26, 74, 7, "#fff0c9")
    c.hills(82, 4, "#7a4f72", 7)
    c.sea(84, c.h, "#493a66", "#e29a72", t=0.2, seed=12, shine="#ffd9a8")
    c.sparkle(26, 85, 128, "#ffe6b4", 0.4)
    red = "#a8323a"
    c.line([(-2, 76), (102, 66)], red, 1.6)
    for x, high, wide in ((38.0, 58, 1.6), (84, 52, 1.4)):
        deck = 76 - 10 * x / 100
        for dx in (-2, 2):
            c.line([(x + dx, deck + 13), (x + dx, deck - high * 0.66)], red, wide)
        for y in (10.0, 22, 34):
            c.line([(x - 2, deck - y), (x + 2, deck - y - 4)], red, 0.8)
    for a, b in (((-30, 62), (38, 36)), ((38, 36), (84, 34)), ((84, 34), (130, 58))):
        mid = ((a[0] + b[0]) / 2, max(a[1], b[1]) + (30 if b[0] == 84 else 8))
        rope = curve([a, ((a[0] + mid[0]) / 2, (a[1] + mid[1]) / 2 + 3), mid, ((b[0] + mid[0]) / 2, (b[1] + mid[1]) / 2 + 3), b], 8)
        c.line(rope, red, 0.8)
        for x, y in rope[::3]:
            c.line([(x, y), (x, 76 - 10 * x / 100)], red, 0.3)
    boat(c, 66, 100, 0.6, "#2b1c3c", "#f3d9b8")
    c.bird(54, 28, 3, INK)
    c.bird(62, 22, 2.4, INK)
    c.box(0, 118, 100, c.h, "#2e2442")
    for i in range(14):
        c.box(4 + 7 * i, 111, 5 + 7 * i, 119, "#2e2442")
    c.box(0, 110, 100, 111.6, "#2e2442")


CUPS: tuple[tuple[tuple[float, ...], str, str, str, float, float], ...] = (
    (MUG, "#efe3cf", "#2f6f7e", "#d9e4e1", 0.45, 6),
    ((5, 7.4, 7.8, 7, 6.2), "#c98a6a", "#f4e9d8", "#f1cdb6", 0.3, 0),
    ((6.6, 6.8, 6, 6.4, 7.6), "#e8dcc6", "#b4533b", "#e7c9a9", 0.55, 6),
    ((5.6, 6, 6.2, 6.4, 6.8), "#3c3a40", "#8fb4b0", "#c4cfc9", 0.6, -6),
    ((4.4, 7.6, 8.6, 8.4, 7.8), "#f3ece0", "#e0a83f", "#f7e6bd", 0.4, 0),
    ((6.4, 6.2, 5.8, 6.2, 7), "#d7c1a2", "#6b3f55", "#dcc3cc", 0.5, 6),
    ((7.2, 7.4, 7.2, 6.6, 6), "#f6efe3", "#e39aa0", "#f6dcdc", 0.35, -6),
    ((5.2, 5.6, 6.4, 7.4, 8.4), "#b97456", "#24465f", "#c9d6dd", 0.5, 0),
    ((6.2, 6.8, 6.8, 6.4, 6.4), "#efe7d6", "#5d8465", "#d6e0cc", 0.25, 6),
    ((4, 6.4, 7.6, 8.2, 8.4), "#5b4036", "#ead7b5", "#d8c2a4", 0.45, 0),
    ((6.8, 7.6, 7.2, 6.8, 7.2), "#e6ebe8", "#4d6fa0", "#cdd9e8", 0.6, 6),
    ((6, 6, 6, 6, 6), "#d99f7c", "#fff6e6", "#eec5a8", 0.65, -6),
    ((5, 6.6, 6, 6.6, 7.2), "#f4ead9", "#c2503f", "#f2cfc4", 0.5, 6),
    ((7.6, 8, 7, 6, 5.6), "#cfd8cf", "#3f5b4b", "#bfd0c2", 0.4, 0),
    ((5.4, 6.8, 7.4, 7.2, 6.6), "#2c4a58", "#e9cfa6", "#9fb9c0", 0.3, 6),
    ((6.4, 7, 7.4, 7.6, 7.6), "#f1e2cf", "#a06aa0", "#e3d2e6", 0.55, -6),
    ((4.6, 5.4, 6, 7, 7.4), "#a9684c", "#9fc1b4", "#e0bfa7", 0.5, 0),
    ((6.6, 6.6, 6.4, 6.4, 6.8), "#f8f2e6", "#37343c", "#dcd7d2", 0.7, 6),
    ((5.8, 7.8, 8.2, 7.4, 6.8), "#e3c49a", "#d0743c", "#f6d9b0", 0.35, 6),
    ((6, 6.6, 7, 7.2, 7.4), "#f6e6d4", "#3d8fa3", "#fbd9b4", 0.5, -6),
)


def cup_portrait(number: int) -> Still:
    shape, body, top, ground, cut, handle = CUPS[number]

    def draw(c: Canvas) -> None:
        style = number % 5
        floor = 96.0
        c.fade(mix(ground, WHITE, 0.35), ground, 0, floor)
        c.fade(mix(ground, top, 0.28), mix(ground, top, 0.5), floor, c.h)
        if style == 0:
            c.disc(50, 58, 36, mix(ground, WHITE, 0.5))
        elif style == 1:
            c.box(24, 22, 76, floor, mix(ground, body, 0.4), round_by=26)
            c.box(24, 60, 76, floor, mix(ground, body, 0.4))
        elif style == 2:
            window_light(c, 26, 12, 1.7, 0.5)
        elif style == 3:
            for i in range(4):
                c.leaf(88, 100 - 8 * i, 120 + 17 * i, 44, 11, mix(SAGE, ground, 0.25 + 0.1 * i), mix(ground, WHITE, 0.3))
        else:
            c.box(0, 0, 50, floor, mix(ground, top, 0.22))
        if number % 3 == 0:
            c.box(22, 96, 78, 106, mix(body, WHITE, 0.4), round_by=1)
            c.box(22, 101, 78, 106, INK, 0.08)
        elif number % 3 == 1:
            c.shadow(54, 99, 40, 6, 0.5)
            c.oval(50, 98, 31, 6, mix(top, WHITE, 0.3))
            c.oval(50, 97.2, 27, 4.6, mix(top, WHITE, 0.45))
        c.shadow(55, 97.5, 27, 4, 0.55)
        bands = [(0.22, top), (0.3, top)] if number % 4 == 1 else [(0.15, mix(top, WHITE, 0.4))] if number % 4 == 3 else []
        filled = "#7a4a2c" if number % 3 else mix(top, INK, 0.45)
        high = 42.0 + 6 * math.sin(number * 1.7)
        c.pot(
            50 - handle * 0.5,
            97,
            high,
            [r * 2.8 for r in shape],
            body,
            top,
            cut=cut,
            specks=(120, 0, 60)[number % 3],
            handle=handle * 1.55,
            inside=filled,
            seed=number + 1,
            bands=bands,
            flat=0.15,
            drip=1.0 + (number % 4) * 0.6,
        )
        if number % 3 == 2:
            c.steam(50 - handle * 0.5, 97 - high, 32, number / 7)

    return draw


for _number in range(20):
    keep(f"cup-{_number + 1}", cup_portrait(_number))


@still
def layers(c: Canvas) -> None:
    c.fade("#f4b58c", "#fbe6c6", 0, 74)
    c.glow(66, 42, 34, "#fff3cf", 0.8)
    c.disc(66, 42, 7, WHITE)
    for i, (y, rise, seed) in enumerate(((58, 10, 11), (70, 9, 5), (82, 9, 17), (96, 8, 23), (112, 7, 31))):
        tone = mix("#e0a493", "#31505a", i / 4)
        c.hills(y, rise, tone, seed)
        if i < 4:
            c.glow(50, y + 16, 80, "#fde4cc", 0.3, 10)
    for x, high in ((8, 24), (16, 17), (24, 21), (86, 27), (94, 18)):
        c.pine(x, 126, high, "#22404a")
    c.box(0, 124, 100, c.h, "#203c46")


@still
def tent(c: Canvas) -> None:
    c.fade("#0f1a38", "#3c4d78", 0, 96)
    rng = random.Random(21)
    for i in range(180):
        x = rng.uniform(0, 100)
        y = rng.uniform(0, 84) if i % 2 else min(84.0, max(0.0, 90 - x * 0.9 + rng.gauss(0, 8)))
        c.disc(x, y, rng.uniform(0.12, 0.5), WHITE, rng.uniform(0.4, 1))
    c.line([(70, 16), (84, 25)], WHITE, 0.35, 0.8)
    c.peaks([(20, 58), (58, 48), (92, 62)], 102, "#2a3860", "#46568a")
    c.hills(100, 5, "#1a2846", 4)
    for x, high in ((6, 34), (15, 24), (90, 38), (80, 22)):
        c.pine(x, 116, high, "#12233a")
    c.box(0, 112, 100, c.h, "#16233a")
    c.glow(48, 108, 42, "#ffb860", 0.6)
    c.poly([(48, 84), (74, 118), (24, 118)], "#f2a64a")
    c.poly([(48, 84), (74, 118), (60, 118)], "#c97f34")
    c.poly([(46, 92), (52, 118), (38, 118)], "#ffe3a0")
    c.disc(84, 122, 1.4, "#ffb860")
    c.glow(84, 120, 12, "#ffb860", 0.7)


@still
def path(c: Canvas) -> None:
    c.fade("#9fcbd8", "#eef1dc", 0, 62)
    c.cloud(30, 20, 1.2)
    c.cloud(78, 32, 0.9)
    c.peaks([(72, 26), (38, 34)], 66, "#7f99a0", "#eef2ee")
    c.hills(62, 6, "#8fae7c", 3)
    c.hills(76, 7, "#7a9c68", 13)
    c.hills(94, 6, "#648a58", 7)
    trail = curve([(57, 62), (50, 70), (60, 80), (46, 94), (58, 110), (48, 136)], 10)
    left = [(x - 0.6 - (y - 62) * 0.09, y) for x, y in trail]
    right = [(x + 0.6 + (y - 62) * 0.11, y) for x, y in reversed(trail)]
    c.poly(left + right, "#ecd8ae")
    for x, y, high in ((10.0, 90.0, 26), (20, 98, 32), (84, 92, 30), (93, 104, 42), (4, 116, 48), (74, 80, 15), (30, 80, 14)):
        c.pine(x, y, high, "#3c6650")
    rng = random.Random(4)
    for i in range(34):
        x, y = rng.uniform(0, 100), rng.uniform(106, 132)
        c.disc(x, y, 0.9, (WHITE, MUSTARD, ROSE)[i % 3])
    c.disc(50.5, 91, 1.4, BROWN)
    c.box(49, 92.4, 52, 98, "#c2503f", round_by=1)
    c.line([(50, 98), (49.6, 102)], NAVY, 0.9)
    c.line([(51.4, 98), (51.8, 102)], NAVY, 0.9)


@still
def lake(c: Canvas) -> None:
    c.fade("#7fb2cc", "#f1e3cb", 0, 66)
    c.peaks([(24, 22), (80, 30), (52, 14)], 66, "#6a7f90", "#f3f1ea")
    c.hills(64, 3, "#4a6f62", 8)
    for i in range(16):
        c.pine(3 + 6.4 * i, 68, 8 + 5 * math.sin(i * 1.9) ** 2, "#34594f")
    top = c.image.crop((0, 0, c.image.width, round(68 * c.k)))
    mirror = top.transpose(Image.Transpose.FLIP_TOP_BOTTOM).resize((c.image.width, round(52 * c.k)))
    c.image.paste(mirror, (0, round(68 * c.k)))
    c.box(0, 68, 100, 120, "#2f6f7e", 0.3)
    for i in range(14):
        c.oval((i * 29) % 100, 72 + 3.4 * i, 6 + i, 0.35, WHITE, 0.35)
    c.box(0, 120, 100, c.h, "#5c4a3a")
    for i in range(7):
        c.box(14.5 * i, 118, 14.5 * i + 13.6, c.h, mix("#a57e5a", BROWN, 0.25 * (i % 3)))
    c.poly([(40, 92), (66, 92), (58, 98), (46, 98)], "#c2503f")
    c.line([(43, 94), (63, 94)], SAND, 0.8)


@still
def camp_mug(c: Canvas) -> None:
    c.fade("#f7c79b", "#fdeeda", 0, 84)
    c.peaks([(22, 36), (72, 26)], 92, "#b58f96", "#f3dcd0")
    c.hills(84, 5, "#8d8f80", 6)
    c.hills(94, 4, "#66735f", 15)
    c.blob([(-8, 140), (-6, 112), (20, 104), (52, 106), (86, 102), (108, 112), (108, 140)], "#6b6462")
    c.blob([(10, 114), (40, 108), (66, 110), (50, 118), (22, 120)], "#837b77")
    c.shadow(52, 109, 24, 4, 0.6)
    c.pot(50, 109, 34, (15, 15.4, 15.6, 15.8, 16.2), "#e9eee9", "#31566b", cut=0.88, drip=0, handle=9, specks=120, inside="#5a3620", flat=0.14)
    c.steam(50, 74, 40, 0.2, 0.2)
    for x, turn in ((84, 70), (88, 95), (92, 115)):
        c.leaf(x, 112, turn, 18, 4, "#8a9a62", FOREST)


@still
def loaf(c: Canvas) -> None:
    c.fade("#4d4340", "#2e2827", 0, c.h)
    c.glow(20, 16, 90, "#e8c9a0", 0.4)
    c.shadow(54, 92, 52, 30, 0.8)
    c.box(8, 54, 92, 112, "#b98a5c", round_by=6)
    for i in range(5):
        c.line(curve([(10, 62 + 10 * i), (50, 60 + 10 * i + 2 * (i % 2)), (90, 63 + 10 * i)], 6), "#9a6c42", 0.6)
    c.box(88, 78, 112, 88, "#b98a5c", round_by=4)
    c.shadow(52, 86, 40, 22, 0.6)
    c.blob([(14, 78), (22, 56), (50, 46), (78, 56), (86, 78), (74, 94), (50, 98), (26, 94)], "#a8662f")
    c.blob([(18, 76), (26, 58), (50, 50), (74, 58), (82, 76), (70, 88), (50, 91), (30, 88)], "#c98545")
    c.glow(40, 62, 26, "#f0c48a", 0.6)
    for i in range(5):
        x = 28 + 11 * i
        c.leaf(x - 3, 82 - 5 * math.sin(i), 70, 26, 6.4, "#f3dcb4")
        c.leaf(x - 2.4, 81 - 5 * math.sin(i), 70, 24, 3, "#e0b47c")
    rng = random.Random(6)
    for _ in range(160):
        c.disc(rng.gauss(50, 22), rng.gauss(76, 18), rng.uniform(0.2, 0.5), WHITE, 0.6)
    for i in range(6):
        c.leaf(70 + 3 * i, 34 - i, 120 + 6 * i, 20, 4, "#d9b56c", "#b48c43")
    c.line([(66, 40), (92, 8)], "#b48c43", 0.8)


@still
def starter(c: Canvas) -> None:
    wall(c, "#dbe3dc", "#c3d0c6", "#caa276", 98)
    c.box(0, 22, 100, 25, "#a87f58")
    for i, tone in enumerate((CLAY, "#e9dcc6", TEAL, MUSTARD)):
        c.pot(14 + 24 * i, 22.6, 13 + 3 * (i % 2), [r * 0.75 for r in (MUG, JAR)[i % 2]], tone, handle=3.6 if i % 2 == 0 else 0)
    c.shadow(52, 113, 34, 6)
    c.box(28, 52, 72, 113, "#e3ecea", 0.9, round_by=6)
    c.fade("#f3e4c6", "#e6cfa4", 70, 110, x0=31, x1=69)
    c.blob([(31, 74), (38, 68), (50, 70), (60, 66), (69, 72), (69, 80), (31, 80)], "#f3e4c6")
    rng = random.Random(9)
    for _ in range(42):
        x, y, r = rng.uniform(33, 67), rng.uniform(72, 107), rng.uniform(0.6, 2)
        c.disc(x, y, r, "#cfae78", 0.8)
        c.disc(x - r * 0.2, y - r * 0.2, r * 0.6, "#fbf0d8", 0.8)
    c.box(33, 54, 36, 110, WHITE, 0.55, round_by=1)
    c.box(26, 76, 74, 78.4, "#d2604c")
    c.blob([(26, 54), (30, 44), (50, 40), (70, 44), (74, 54), (50, 57)], WHITE)
    for i in range(5):
        for j in range(2):
            c.disc(34 + 8 * i, 47 + 4 * j + (i % 2), 0.9, "#d2604c")
    c.line([(28, 55), (72, 55)], BROWN, 1)
    c.line([(86, 112), (92, 60)], "#b4835a", 2)
    c.oval(92.5, 56, 4, 7, "#c4936a")


@still
def toast(c: Canvas) -> None:
    c.fade("#cfdde0", "#b6cad0", 0, c.h)
    for i in range(-2, 14):
        c.box(0, 10 * i, 100, 10 * i + 3, WHITE, 0.45)
        c.box(10 * i, 0, 10 * i + 3, c.h, WHITE, 0.45)
    c.shadow(50, 74, 48, 48, 0.5)
    c.disc(48, 70, 41, "#f6efe3")
    c.disc(48, 70, 34, "#ece2d1")
    for i in range(30):
        a = i / 30 * 6.283
        c.disc(48 + 37.5 * math.cos(a), 70 + 37.5 * math.sin(a), 0.9, TEAL)
    c.blob([(26, 86), (22, 62), (28, 48), (48, 44), (66, 48), (72, 62), (68, 86), (48, 92)], "#9a5d2c")
    c.blob([(29, 84), (25.5, 63), (31, 51), (48, 47.6), (64, 51), (68.6, 63), (65, 84), (48, 88.6)], "#f1dcb0")
    rng = random.Random(12)
    for _ in range(60):
        c.oval(rng.uniform(31, 63), rng.uniform(54, 84), rng.uniform(0.5, 1.8), rng.uniform(0.4, 1.2), "#d9b982")
    c.blob([(36, 66), (44, 58), (58, 61), (62, 72), (52, 80), (40, 77)], "#b02a3c")
    c.glow(47, 66, 8, "#e8707c", 0.8)
    c.box(78, 14, 82, 60, "#c9c4ba", round_by=2)
    c.box(77, 58, 83, 92, "#6e4632", round_by=2)
    c.disc(14, 20, 13, "#f6efe3")
    c.disc(14, 20, 10, "#c1862e")
    c.glow(10, 16, 8, "#ffdf8f", 0.7)
    c.leaf(14, 122, 30, 26, 9, LEAF, SAGE)


@still
def night_stall(c: Canvas) -> None:
    c.fade("#1a2140", "#3d3a5c", 0, c.h)
    for i in range(3):
        c.house(-4 + 38 * i, 92, 30, 42 + 8 * (i % 2), "#3a3854", "#282743", lit="#ffcf70")
    string_lights(c, 8, 12, "#ffd27a", 0.1, 8)
    c.glow(50, 84, 60, "#ffb65c", 0.55)
    stall(c, 10, 90, 42, 112, "#b3363b", "#f5ead6", 0.2)
    c.fade("#ffdf9e", "#c98d4f", 60, 92, x0=15, x1=85)
    for i in range(5):
        c.pot(22 + 14 * i, 92, 13 + 5 * (i % 2), [r * 0.6 for r in (MUG, VASE, BOWL, JAR, BOTTLE)[i]], (TEAL, CREAM, RUST, SAGE, WHITE)[i], (CREAM, CLAY, WHITE, DEEP, MUSTARD)[i], seed=i + 2)
    for i in range(4):
        x = 24 + 18 * i
        c.line([(x, 61), (x, 68)], INK, 0.4)
        heart(c, x, 71, 2.6, RUST)
    c.box(8, 91, 92, 96, "#8d5f3c")
    c.fade("#7a4f33", "#4f3324", 96, 118, x0=11, x1=89)
    for i in range(14):
        c.leaf(11 + 5.8 * i, 98, -60 - 60 * (i % 2), 7, 3, "#2f5a48")
    c.oval(50, 132, 70, 14, "#e5ebf6")
    rng = random.Random(15)
    for _ in range(60):
        c.disc(rng.uniform(0, 100), rng.uniform(0, 125), rng.uniform(0.3, 0.9), WHITE, 0.85)


@still
def hot_drink(c: Canvas) -> None:
    c.fade("#5b2530", "#2f1720", 0, c.h)
    for x, y, r in ((14, 22, 9), (34, 12, 6), (78, 20, 11), (92, 46, 7), (8, 58, 6), (58, 30, 5)):
        c.disc(x, y, r, "#ffc46b", 0.28)
        c.disc(x, y, r * 0.8, "#ffdf9c", 0.2)
    c.fade("#7c5138", "#4a2e22", 100, c.h)
    c.box(0, 100, 100, 101, "#a06f4c")
    c.glow(84, 74, 26, "#ffcf70", 0.8)
    c.box(79, 82, 89, 108, "#f3e7d0", round_by=1)
    c.oval(84, 82, 5, 1.2, "#fff6df")
    c.leaf(84, 80.6, 90, 10, 4, "#ffb648")
    c.leaf(84, 80, 90, 6, 2.2, "#fff3c4")
    c.shadow(46, 112, 34, 6, 0.7)
    c.pot(44, 112, 44, [r * 3.1 for r in MUG], "#274b47", "#efe3cf", cut=0.62, handle=11, specks=60, inside="#5c3220", seed=5)
    for i in range(6):
        c.disc(34 + 4.4 * i, 68 - 1.6 * (i % 2), 2.8, WHITE)
    c.steam(44, 64, 44, 0.6, 0.2)
    c.line([(58, 70), (66, 50)], "#9a5b33", 2.4)
    for i in range(3):
        c.oval(16 + 6 * i, 120 + 2 * (i % 2), 3.4, 1.6, "#8a4a2a")
    c.leaf(70, 124, 10, 24, 6, "#3f6b52", SAGE)


@still
def ornaments(c: Canvas) -> None:
    c.fade("#dfe6e0", "#c3d0c8", 0, c.h)
    for i in range(26):
        x = 100 * i / 25
        y = 10 + 10 * math.sin(x / 100 * 3.14)
        c.leaf(x, y, -50 - 80 * (i % 2), 15, 3.4, mix("#4a7560", FOREST, 0.3 * (i % 3)), SAGE)
        c.leaf(x, y, 40 + 80 * (i % 2), 10, 3, "#4a7560")
    for i, (x, long, kind) in enumerate(((14, 44, 0), (33, 70, 1), (52, 50, 2), (70, 80, 0), (88, 54, 1))):
        c.line([(x, 16), (x, long)], "#b4583f", 0.5)
        tone = (CREAM, CLAY, WHITE, "#7fa3a0", MUSTARD)[i]
        if kind == 0:
            star = [(x + (11 if j % 2 == 0 else 5) * math.sin(j * math.pi / 5), long + 11 - (11 if j % 2 == 0 else 5) * math.cos(j * math.pi / 5)) for j in range(10)]
            c.shadow(x + 2, long + 14, 14, 14, 0.35)
            c.poly(star, tone)
            c.disc(x, long + 3, 0.9, INK)
            c.disc(x, long + 11, 2, mix(tone, INK, 0.15))
        elif kind == 1:
            c.shadow(x + 2, long + 12, 13, 13, 0.35)
            c.disc(x, long + 9, 9.4, tone)
            for j in range(8):
                c.disc(x + 5.6 * math.cos(j * 0.785), long + 9 + 5.6 * math.sin(j * 0.785), 1, mix(tone, INK, 0.3))
            c.glow(x - 3, long + 5, 6, WHITE, 0.6)
        else:
            c.shadow(x + 2, long + 14, 13, 13, 0.35)
            heart(c, x, long + 10, 10, tone)
            c.leaf(x, long + 14, 90, 12, 4, SAGE)
    for i in range(5):
        c.disc(8 + 21 * i, 22 + 4 * (i % 2), 1.6, "#b3363b")


@still
def gifts(c: Canvas) -> None:
    planks(c, "#7c5b4a", seed=14)
    c.glow(50, 40, 80, "#ffdfb0", 0.35)
    for x, y, wide, high, paper, band in ((8, 14, 46, 40, "#d8bd93", "#b3363b"), (46, 50, 46, 50, "#2f5a56", "#efe3cf"), (6, 68, 38, 34, "#efe3cf", "#2f5a56")):
        c.shadow(x + wide / 2 + 3, y + high / 2 + 4, wide * 0.75, high * 0.75, 0.6)
        c.box(x, y, x + wide, y + high, paper)
        c.box(x + wide * 0.44, y, x + wide * 0.56, y + high, band)
        c.box(x, y + high * 0.42, x + wide, y + high * 0.54, band)
        for side in (-1, 1):
            c.leaf(x + wide / 2, y + high * 0.48, 90 - side * 50, 15, 8, band, mix(band, INK, 0.3))
            c.leaf(x + wide / 2, y + high * 0.48, -90 + side * 40, 13, 4, band)
        c.disc(x + wide / 2, y + high * 0.48, 2.4, mix(band, INK, 0.15))
    for x, y, turn in ((62, 30, 30), (66, 34, 65), (72, 34, 110), (20, 120, 20), (30, 122, 50)):
        c.leaf(x, y, turn, 20, 5.6, LEAF, SAGE)
    for x, y in ((64, 36), (70, 30), (24, 122), (76, 116), (84, 112)):
        c.disc(x, y, 2.3, "#b3363b")
        c.disc(x - 0.7, y - 0.7, 0.6, WHITE)
    star = [(78 + (8 if j % 2 == 0 else 3.6) * math.sin(j * math.pi / 5), 118 - (8 if j % 2 == 0 else 3.6) * math.cos(j * math.pi / 5)) for j in range(10)]
    c.poly(star, "#e9d9bd")


@still
def blue_door(c: Canvas) -> None:
    c.fade("#a5d4e3", "#d6ebe9", 0, 20)
    c.fade("#fbf4e6", "#eadfc9", 14, 112)
    c.box(0, 12, 100, 17, "#b86b48")
    for i in range(11):
        c.oval(5 + 9.4 * i, 17, 4.9, 2.4, "#c67a53")
    c.box(0, 98, 100, 112, "#3f78ad")
    c.fade("#d8c8ae", "#b9a688", 112, c.h)
    for i in range(7):
        c.line([(50 + (16 * i - 48) * 0.9, 112), (50 + (16 * i - 48) * 1.8, c.h)], BROWN, 0.4, 0.5)
    c.box(33, 40, 65, 112, "#e7dcc6", round_by=3)
    c.box(36, 44, 62, 112, "#2f6ea8", round_by=2)
    for x in (38.5, 50.5):
        for y in (48.0, 70, 91):
            c.box(x, y, x + 9, y + 18, "#255b8d", round_by=0.6)
    c.disc(59.6, 82, 1.2, MUSTARD)
    c.box(30, 111, 68, 116, "#cdbb9d")
    c.box(74, 48, 96, 84, "#e7dcc6")
    c.box(76, 50, 94, 82, "#35505c")
    c.cat(85, 75, 6, "#e3a05c", "#fff1dc", awake=True)
    c.oval(85, 81, 6, 4, "#e3a05c")
    c.box(84.6, 50, 85.4, 68, "#e7dcc6")
    c.box(72, 82, 98, 86, "#b86b48")
    for bloom in (74, 80, 86, 92, 97):
        c.leaf(bloom, 90, 100 if bloom % 4 else 70, 8, 4, LEAF)
        c.disc(bloom, 83 - bloom % 3, 1.9, "#d2476b")
    rng = random.Random(18)
    vine = curve([(4, 112), (10, 80), (6, 50), (18, 30), (40, 26), (62, 30)], 10)
    c.line(vine, BROWN, 1.1)
    for i in range(150):
        x, y = vine[rng.randrange(8, len(vine))]
        x, y = x + rng.gauss(0, 4.4), y + rng.gauss(0, 4)
        if i % 3:
            c.disc(x, y, rng.uniform(1, 2), ("#d2476b", "#e0638a", "#b93a63")[i % 3 - 1])
        else:
            c.leaf(x, y, rng.uniform(0, 360), 4.4, 2.6, LEAF)
    for x, shape, high, tone in ((14, VASE, 24, CLAY), (27, JAR, 13, "#4d7f8f"), (74, BOWL, 10, "#e0a83f"), (88, VASE, 19, "#efe3cf")):
        c.shadow(x + 2, 121, 12, 3)
        c.pot(x, 121, high, [r * 0.72 for r in shape], tone, seed=int(x))
    c.plant(27, 109, 15, LEAF, seed=3)
    c.box(42, 30, 57, 38, "#7a5540", round_by=1)
    c.pot(49.5, 37, 6, (1.6, 2.4, 1.8, 1.1), CREAM)
    c.poly([(64, 44), (100, 20), (100, 112), (70, 112)], INK, 0.05)


@still
def brittany_light(c: Canvas) -> None:
    c.fade("#4f7f9f", "#d3e2e2", 0, 82)
    c.cloud(24, 26, 1.5)
    c.cloud(84, 42, 1.1)
    c.sea(80, c.h, "#1f5a74", "#6fa6b4", t=0.4, seed=3)
    c.blob([(26, 112), (34, 94), (48, 86), (70, 88), (84, 96), (96, 114), (60, 122)], "#7a6a64")
    c.blob([(36, 98), (48, 87), (70, 89), (80, 96), (60, 100)], "#94a36c")
    c.house(64, 92, 15, 11, "#f1ebdf", "#4c5a68", rows=1)
    lighthouse(c, 54, 92, 1.65, "#c2403a")
    c.poly([(54, 18), (104, 2), (104, 26)], "#fff2bf", 0.35)
    for i in range(9):
        c.oval(26 + 9 * i, 119 + 2.5 * math.sin(i * 2), 7, 1.8, WHITE, 0.85)
    for x, y in ((16, 60), (26, 52), (34, 64), (84, 70)):
        c.bird(x, y, 3.6, WHITE, 0.5)


@still
def brittany_boats(c: Canvas) -> None:
    c.fade("#bfe0e6", "#f3ecd6", 0, 50)
    for i, tone in enumerate(("#f2e8d5", "#e5b7a0", "#cfdad6", "#f0d79e", "#d9dfe6", "#eacbb5")):
        c.house(-2 + 17.5 * i, 56, 16, 18 + 5 * (i % 3), tone, "#55626c", rows=1)
    c.box(0, 54, 100, 58, "#9b8f80")
    c.sea(58, c.h, "#2a7186", "#86bcc2", t=0.1, seed=14)
    for x, y, s, hull, sail in ((22, 74, 0.75, "#c2403a", "#f7f1e4"), (74, 80, 0.95, "#24465f", "#e9b04c"), (40, 106, 1.45, "#f3ede0", "#cf6a4c")):
        c.oval(x, y + 4 * s, 15 * s, 1.8 * s, INK, 0.25)
        boat(c, x, y, s, hull, sail)
        c.poly([(x - 9 * s, y + 4 * s), (x + 10 * s, y + 4 * s), (x + 2, y + 18 * s)], mix(sail, SEA, 0.4), 0.3)
    c.disc(86, 112, 3.4, "#e2604f")
    c.box(83, 111.4, 89, 112.8, WHITE)
    c.line([(86, 109), (86, 104)], INK, 0.5)


@still
def hydrangeas(c: Canvas) -> None:
    c.fade("#8f9aa0", "#6f7a80", 0, c.h)
    rng = random.Random(5)
    for row in range(13):
        x = -8.0 + 6 * (row % 2)
        while x < 104:
            wide = rng.uniform(10, 18)
            c.box(x, 11 * row - 6, x + wide, 11 * row + 4, mix("#a5a099", "#7f8487", rng.random()), round_by=2)
            x += wide + 1
    c.box(24, 14, 66, 72, "#ded7c9", round_by=2)
    c.box(28, 18, 62, 70, "#2d4252")
    for x0 in (28, 46):
        c.poly([(x0 + 2, 70), (x0 + 8, 18), (x0 + 12, 18), (x0 + 6, 70)], WHITE, 0.16)
    c.box(44, 18, 46, 70, WHITE)
    c.box(28, 42, 62, 44, WHITE)
    for x0, x1 in ((6, 23), (67, 84)):
        c.box(x0, 14, x1, 72, "#5d87a8")
        for i in range(9):
            c.box(x0 + 2, 18 + 5.8 * i, x1 - 2, 20.4 + 5.8 * i, "#4a7191")
    for _ in range(44):
        c.leaf(rng.uniform(-4, 104), rng.uniform(88, 134), rng.uniform(20, 160), 16, 9, mix(LEAF, FOREST, rng.random()), SAGE)
    for x, y, r, tone in (
        (12, 94, 11, "#7f8fd0"),
        (36, 84, 12, "#a887c9"),
        (62, 92, 13, "#6f9ad6"),
        (88, 86, 11, "#d58bb0"),
        (24, 116, 13, "#d58bb0"),
        (50, 114, 11, "#8ea6e0"),
        (78, 116, 14, "#a887c9"),
    ):
        c.disc(x, y, r, mix(tone, INK, 0.25))
        for _ in range(60):
            a, d = rng.uniform(0, 6.28), r * math.sqrt(rng.random())
            px, py = x + d * math.cos(a), y + d * math.sin(a)
            c.disc(px, py, 2, mix(tone, WHITE, rng.uniform(0, 0.5)))
            c.disc(px, py, 0.45, mix(tone, INK, 0.3))


@still
def galette(c: Canvas) -> None:
    c.fade("#2f4f64", "#22394a", 0, c.h)
    for i in range(12):
        c.box(0, 12 * i, 100, 12 * i + 1, WHITE, 0.12)
    c.shadow(46, 68, 50, 50, 0.7)
    c.disc(44, 66, 42, "#f4ecdd")
    c.disc(44, 66, 36, "#e7dcc8")
    c.poly([(18, 48), (34, 36), (56, 37), (71, 50), (70, 82), (56, 95), (32, 94), (17, 82)], "#6e4a30")
    c.poly([(24, 52), (36, 43), (54, 44), (65, 54), (64, 80), (54, 88), (34, 88), (23, 79)], "#8f6440")
    c.blob([(28, 66), (32, 54), (46, 50), (58, 56), (61, 70), (52, 82), (36, 81)], "#fdf8ee")
    c.disc(45, 67, 8, "#f2b32e")
    c.glow(42, 64, 5, "#fff0b0", 0.9)
    for i in range(7):
        c.leaf(30 + 5 * i, 88 - 3 * (i % 2), 30 + 40 * i, 6, 2.6, LEAF)
    c.shadow(86, 36, 20, 20, 0.6)
    c.disc(84, 32, 15, "#d9a873")
    c.disc(84, 32, 12.4, "#e8b23e")
    for i in range(8):
        c.disc(84 + 8 * math.cos(i * 2.4) * 0.8, 32 + 8 * math.sin(i * 1.7), 0.8, WHITE, 0.9)
    c.box(88, 62, 91, 112, "#c9c4ba", round_by=1.4)
    c.box(80, 62, 82.4, 112, "#c9c4ba", round_by=1.2)
    for i in range(4):
        c.box(78.6 + 1.4 * i, 56, 79.4 + 1.4 * i, 68, "#c9c4ba")
    c.poly([(8, 114), (40, 110), (44, 134), (4, 134)], "#b3363b")
    c.poly([(12, 116), (37, 113), (40, 134), (9, 134)], "#f4ecdd")


@still
def huts(c: Canvas) -> None:
    c.fade("#8cc7d6", "#f3efdc", 0, 96)
    c.cloud(22, 22, 1.1)
    c.cloud(76, 32, 1.3)
    for i, tone in enumerate(("#d2604c", "#f0c85f", "#4d8fa3", "#e9a9a4", "#7fa886")):
        x, wide = 2 + 20 * i, 17
        c.shadow(x + 10, 99, 12, 3)
        c.box(x, 60, x + wide, 98, tone)
        for j in range(1, 6):
            c.line([(x + wide * j / 6, 60), (x + wide * j / 6, 98)], INK, 0.25, 0.25)
        c.poly([(x - 1.6, 61), (x + wide / 2, 44), (x + wide + 1.6, 61)], WHITE)
        c.poly([(x + 1.4, 61), (x + wide / 2, 48), (x + wide - 1.4, 61)], mix(tone, WHITE, 0.25))
        c.box(x + 4.5, 70, x + wide - 4.5, 98, WHITE, 0.95)
        c.box(x + 5.6, 71.4, x + wide - 5.6, 98, mix(tone, INK, 0.2))
        c.disc(x + wide / 2, 56, 1.8, WHITE)
    c.fade("#f0dcb4", "#e0c08a", 98, c.h)
    for i in range(6):
        c.box(36 + 0.6 * i, 100 + 6 * i, 58 - 0.4 * i + i, 103 + 6 * i, "#b99468", round_by=0.6)
    c.poly([(70, 118), (86, 112), (90, 122), (74, 128)], "#4d8fa3")
    c.disc(18, 118, 5, WHITE)
    for i in range(3):
        c.leaf(18, 118, 30 + 120 * i, 5, 4, ("#d2604c", MUSTARD, TEAL)[i])


@still
def avenue(c: Canvas) -> None:
    c.fade("#f7e2b5", "#fbeed5", 0, c.h)
    c.glow(50, 62, 40, WHITE, 0.9)
    c.poly([(47, 66), (53, 66), (92, c.h), (8, c.h)], "#d9b98c")
    c.poly([(0, 70), (47, 66), (8, c.h), (0, c.h)], "#c58b3e")
    c.poly([(100, 70), (53, 66), (92, c.h), (100, c.h)], "#b97a34")
    rng = random.Random(10)
    for i in range(6):
        near = (i / 5) ** 1.4
        for side in (-1, 1):
            x = 50 + side * (6 + 44 * near)
            y = 67 + 48 * near
            wide = 0.8 + 4 * near
            c.poly([(x - wide * 0.5, y), (x + wide * 0.5, y), (x + wide * 0.25, y - 20 - 50 * near), (x - wide * 0.25, y - 20 - 50 * near)], mix("#8a6a52", COFFEE, near))
            for _ in range(16):
                r = (2 + 9 * near) * rng.uniform(0.5, 1)
                tone = mix(rng.choice(["#e08a2e", "#d2602c", "#eab244", "#b9482c"]), "#fbe6c0", 0.45 * (1 - near))
                c.disc(x + rng.gauss(0, 4 + 9 * near), y - 24 - 54 * near + rng.gauss(0, 4 + 9 * near), r, tone, 0.92)
    for _ in range(90):
        y = rng.uniform(72, c.h)
        c.leaf(rng.uniform(0, 100), y, rng.uniform(0, 360), 0.8 + (y - 66) * 0.05, 0.5 + (y - 66) * 0.025, rng.choice(["#e08a2e", "#b9482c", "#eab244"]))
    c.disc(51, 79, 1.1, COFFEE)
    c.box(49.7, 80, 52.3, 86, "#2f6f7e", round_by=0.8)
    c.line([(50.4, 86), (50.2, 89)], INK, 0.7)
    c.line([(51.6, 86), (52, 89)], INK, 0.7)


@still
def mushrooms(c: Canvas) -> None:
    c.fade("#2f4438", "#1f2c26", 0, c.h)
    for x, y, r in ((20, 20, 16.0), (70, 12, 20), (90, 48, 12), (44, 40, 10)):
        c.glow(x, y, r, "#b9c98a", 0.4)
    for x in (8, 30, 78, 94):
        c.box(x - 2, 0, x + 2, 96, "#26332c")
    c.blob([(-8, 140), (-8, 104), (24, 98), (56, 103), (108, 96), (108, 140)], "#4a5a34")
    c.hills(110, 2, "#5d7040", 12)
    for x, y, s in ((34, 108, 1.5), (62, 112, 1.05), (78, 108, 0.75), (16, 114, 0.7)):
        c.shadow(x, y, 14 * s, 3 * s, 0.6)
        c.blob([(x - 4 * s, y), (x - 3 * s, y - 14 * s), (x - 3.4 * s, y - 26 * s), (x + 3.4 * s, y - 26 * s), (x + 3 * s, y - 14 * s), (x + 4.4 * s, y)], "#f3e7d0")
        c.oval(x, y - 25 * s, 14 * s, 3 * s, "#dcc7a8")
        cap = [(x - 16 * s, y - 24 * s), (x - 12 * s, y - 36 * s), (x, y - 42 * s), (x + 12 * s, y - 36 * s), (x + 16 * s, y - 24 * s), (x, y - 27 * s)]
        c.blob(cap, "#c03a2c")
        c.glow(x - 5 * s, y - 35 * s, 9 * s, "#f08a6a", 0.7)
        for dx, dy, r in ((-8.0, -32.0, 1.8), (-1, -38, 2.1), (6, -31, 2.3), (-3, -30, 1.4), (11, -27.4, 1.3)):
            c.oval(x + dx * s, y + dy * s, r * s, r * s * 0.8, WHITE)
    rng = random.Random(2)
    for _ in range(40):
        c.leaf(rng.uniform(0, 100), rng.uniform(110, 134), rng.uniform(0, 360), 6, 3, rng.choice(["#b9703a", "#8d4f2c", "#d29a4c", "#5d7040"]))


@still
def leaves(c: Canvas) -> None:
    c.fade("#f4ead8", "#e9dbc2", 0, c.h)
    rng = random.Random(30)
    tones = ("#b9482c", "#e08a2e", "#d9a83c", "#7f8f4c", "#8d3f34", "#c96f3c")
    for row in range(5):
        for col in range(4):
            x = 13 + 25 * col + rng.uniform(-3, 3)
            y = 16 + 26 * row + rng.uniform(-3, 3)
            tone, turn = rng.choice(tones), rng.uniform(40, 140)
            a = math.radians(turn)
            bx, by = x - 9 * math.cos(a), y + 9 * math.sin(a)
            c.shadow(x + 1.4, y + 1.8, 10, 10, 0.3)
            kind = (row + col) % 3
            if kind == 0:
                c.leaf(bx, by, turn, 20, 11, tone, mix(tone, INK, 0.3))
            elif kind == 1:
                for d in (-70, -35, 0, 35, 70):
                    c.leaf(bx, by, turn + d, 18 - abs(d) * 0.08, 6.4, tone, mix(tone, INK, 0.3))
            else:
                for j in range(5):
                    px, py = bx + 3.6 * j * math.cos(a), by - 3.6 * j * math.sin(a)
                    for d in (-52, 52):
                        c.leaf(px, py, turn + d, 8 - j * 0.6, 4, tone)
                c.leaf(bx, by, turn, 21, 3.4, tone, mix(tone, INK, 0.3))
            c.line([(bx, by), (bx - 4 * math.cos(a), by + 4 * math.sin(a))], mix(tone, INK, 0.3), 0.6)


@still
def bicycle(c: Canvas) -> None:
    c.fade("#e8c9a0", "#f4e3c8", 0, 96)
    for i in range(9):
        for j in range(5):
            c.box(12 * j - 6 * (i % 2), 11 * i, 12 * j - 6 * (i % 2) + 11, 11 * i + 10, mix("#d99f6c", "#c67f52", ((i * 3 + j * 5) % 7) / 7))
    c.box(56, 0, 100, 97, "#f0e2c9")
    c.box(64, 14, 92, 60, "#3c5660")
    c.box(77, 14, 79, 60, "#f0e2c9")
    c.box(62, 59, 94, 63, "#a8764f")
    for i in range(6):
        c.plant(66 + 5 * i, 60, 10, LEAF, seed=i)
        c.disc(66 + 5 * i, 53 - 2 * (i % 2), 1.8, (CLAY, MUSTARD)[i % 2])
    c.fade("#b8a58e", "#94836f", 96, c.h)
    c.shadow(48, 118, 44, 4)
    for x in (26, 72):
        c.ring(x, 101, 16, 16, INK, 1.5)
        c.ring(x, 101, 14.6, 14.6, "#d8d2c6", 0.5)
        for i in range(10):
            a = i * 0.628
            c.line([(x, 101), (x + 14.6 * math.cos(a), 101 + 14.6 * math.sin(a))], "#d8d2c6", 0.22)
    frame = "#2f7f78"
    for line in ([(26, 101), (40, 74)], [(40, 74), (64, 76)], [(40, 74), (48, 101)], [(48, 101), (64, 76)], [(26, 101), (48, 101)], [(62, 66), (72, 101)]):
        c.line([(float(x), float(y)) for x, y in line], frame, 1.7)
    c.line([(40, 74), (38, 67)], INK, 1.2)
    c.box(32, 64, 43, 67, BROWN, round_by=1.5)
    c.line(curve([(62, 66), (66, 62), (60, 61)], 6), INK, 1.2)
    c.box(64, 66, 84, 80, "#c9975c", round_by=2)
    for i in range(4):
        c.line([(64, 69 + 3 * i), (84, 69 + 3 * i)], "#9a6c3c", 0.5)
    for i in range(5):
        c.leaf(67 + 3.4 * i, 67, 60 + 15 * i, 13, 6, ("#e08a2e", "#b9482c", "#d9a83c")[i % 3])
    c.disc(48, 101, 3, "#d8d2c6")


@still
def kintsugi(c: Canvas) -> None:
    c.fade("#ded5c8", "#bfb3a4", 0, c.h)
    window_light(c, 16, 10, 2.2, 0.35)
    c.fade("#a1866c", "#7c6450", 104, c.h)
    c.shadow(56, 113, 36, 6, 0.7)
    c.pot(50, 112, 66, [r * 2.05 for r in VASE], "#39505a", "#6f8f92", cut=0.42, seed=6, specks=50)
    gold = "#e3b84f"
    for line in (((36, 52), (42, 64), (38, 74), (48, 84), (44, 96), (50, 109)), ((42, 64), (54, 68), (60, 62), (68, 68)), ((48, 84), (58, 88), (64, 82)), ((38, 74), (31, 80))):
        c.line(list(line), "#8a6420", 1.4)
        c.line(list(line), gold, 0.9)
    c.line([(14, 116), (34, 122)], BROWN, 1)
    c.oval(37, 122.8, 3.4, 1.2, gold)
    c.oval(84, 120, 8, 3, "#e7dcc8")
    c.oval(84, 119.4, 6, 2, gold)


@still
def night_window(c: Canvas) -> None:
    c.fade("#222b3f", "#151b2a", 0, c.h)
    c.box(16, 14, 84, 88, "#4a3b36")
    c.fade("#24385c", "#4d6488", 18, 84, x0=20, x1=80)
    c.disc(66, 34, 5, "#fdf3d4")
    c.glow(66, 34, 16, "#fdf3d4", 0.5)
    rng = random.Random(44)
    for _ in range(30):
        c.disc(rng.uniform(22, 78), rng.uniform(20, 62), 0.3, WHITE)
    for i in range(4):
        c.house(20 + 15 * i, 84, 13, 10 + 4 * (i % 2), "#22304a", "#1a253b", lit="#ffcf70" if i == 2 else "#31415f", rows=1)
    c.box(48.6, 14, 51.4, 88, "#4a3b36")
    c.box(16, 48, 84, 50.6, "#4a3b36")
    c.fade("#5a4234", "#33251f", 100, c.h)
    c.glow(24, 92, 40, "#ffb65c", 0.7)
    c.line([(12, 104), (12, 78), (24, 70)], "#c9c4ba", 1)
    c.poly([(20, 66), (32, 72), (26, 80), (16, 74)], MUSTARD)
    c.oval(12, 104, 6, 1.6, "#c9c4ba")
    c.box(38, 104, 88, 116, "#6d6a68", round_by=4)
    c.oval(63, 104, 24, 5, "#8b8884")
    c.oval(63, 103, 15, 3, "#bdb8ae")
    c.pot(63, 103, 19, [r * 0.95 for r in BOWL], "#a9785c", inside="#5a3b30", bands=[(0.4, "#8d5d48")])
    c.pot(26, 112, 11, [r * 0.8 for r in MUG], CREAM, TEAL, handle=4)


@still
def small_to_large(c: Canvas) -> None:
    c.fade("#f7d3ae", "#fbeedd", 0, 92)
    c.glow(82, 40, 60, "#fff4d4", 0.9)
    c.disc(82, 40, 12, "#fff8e4")
    c.hills(88, 4, "#d9a98c", 9)
    c.fade("#c48d68", "#98674a", 96, c.h)
    c.box(0, 95, 100, 98, "#dba985")
    tones = (("#b9785a", ""), ("#d8c3a2", CLAY), ("#efe3cf", SAGE), ("#c98a6a", TEAL), ("#f3e7d3", "#c2503f"))
    x = 9.0
    for i, (body, top) in enumerate(tones):
        s = 0.55 + 0.27 * i
        c.shadow(x + 3 * s, 108, 11 * s, 2.6 * s, 0.5)
        c.pot(x, 107, 27 * s, [r * s * 0.92 for r in VASE], body, top, seed=i + 11, cut=0.5, specks=20 * i)
        x += 10 + 6.4 * i


def film(picture: Still) -> Still:
    """A thin white frame and a light leak, as from the corner shop's prints."""

    def draw(c: Canvas) -> None:
        picture(c)
        c.glow(0, c.h * 0.4, 36, "#ff8a4a", 0.4, 90)
        c.glow(100, 0, 50, "#ffd27a", 0.25)
        for x0, y0, x1, y1 in ((0, 0, 100, 4), (0, c.h - 4, 100, c.h), (0, 0, 4, c.h), (96, 0, 100, c.h)):
            c.box(x0, y0, x1, y1, "#fdfaf2")

    return draw


def _lido(c: Canvas) -> None:
    c.fade("#58b7bd", "#2f95a8", 0, c.h)
    rng = random.Random(7)
    for _ in range(46):
        x, y = rng.uniform(30, 100), rng.uniform(0, c.h)
        c.line(curve([(x, y), (x + 4, y + rng.uniform(-3, 3)), (x + 9, y + 1)], 5), WHITE, 0.5, 0.5)
    c.box(0, 0, 34, c.h, "#f0dfc2")
    for i in range(12):
        c.line([(0, 12 * i), (34, 12 * i)], BROWN, 0.25, 0.4)
    c.box(31, 0, 36, c.h, "#fbf4e6")
    for y in (64, 76):
        c.line(curve([(28, y), (34, y - 1), (42, y), (44, y + 0.5)], 6), "#c9d0d0", 1.3)
    c.shadow(18, 36, 20, 20, 0.4)
    for i in range(10):
        a, b = i * 0.628, (i + 1) * 0.628
        c.poly([(15, 30), (15 + 18 * math.cos(a), 30 + 18 * math.sin(a)), (15 + 18 * math.cos(b), 30 + 18 * math.sin(b))], "#e9b04c" if i % 2 else WHITE)
    c.ring(70, 52, 12, 12, "#e2604f", 5.4)
    for i in range(4):
        a = 0.4 + i * 1.571
        c.disc(70 + 9.4 * math.cos(a), 52 + 9.4 * math.sin(a), 2.9, WHITE)
    c.oval(58, 104, 10, 4.4, "#d99a78")
    c.disc(68, 100, 4.6, COFFEE)
    c.oval(52, 104, 5, 3.6, "#c2403a")
    c.line([(70, 103), (80, 108)], "#d99a78", 2.2)
    c.line([(66, 96), (74, 90)], "#d99a78", 2.2)


def _lemons(c: Canvas) -> None:
    c.fade("#79b9d6", "#cfe6ea", 0, c.h)
    c.box(0, 96, 100, c.h, "#fbf4e6")
    c.box(0, 94, 100, 97, "#c67a53")
    branch = curve([(-4, 30), (26, 34), (58, 26), (104, 44)], 12)
    c.line(branch, "#6b5136", 2.2)
    c.line(curve([(58, 26), (66, 52), (60, 78)], 8), "#6b5136", 1.4)
    c.line(curve([(26, 34), (22, 60), (30, 84)], 8), "#6b5136", 1.4)
    rng = random.Random(13)
    for _ in range(56):
        x, y = rng.choice([(rng.uniform(0, 100), 30 + rng.gauss(0, 7)), (62 + rng.gauss(0, 6), rng.uniform(34, 80)), (25 + rng.gauss(0, 6), rng.uniform(40, 84))])
        c.leaf(x, y, rng.uniform(180, 360), 15, 6.4, mix(LEAF, FOREST, rng.random()), SAGE)
    for x, y, s in ((20, 58, 1.1), (34, 88, 1.2), (58, 62, 1), (66, 86, 1.25), (84, 52, 1.05), (48, 40, 0.9)):
        c.shadow(x + 1, y + 2, 11 * s, 12 * s, 0.35)
        c.blob([(x - 6.4 * s, y), (x - 4.4 * s, y - 7 * s), (x, y - 9 * s), (x + 4.4 * s, y - 7 * s), (x + 6.4 * s, y), (x + 4 * s, y + 7 * s), (x, y + 10 * s), (x - 4 * s, y + 7 * s)], "#f2c62f")
        c.glow(x - 2 * s, y - 3 * s, 5 * s, "#fff2a0", 0.9)
        c.leaf(x, y - 9 * s, 40, 10, 5, LEAF, SAGE)


def _towels(c: Canvas) -> None:
    c.fade("#f3dfb6", "#e9cc96", 0, c.h)
    rng = random.Random(20)
    for row in range(4):
        for col in range(3):
            x, y = 19 + 31 * col + rng.uniform(-3, 3), 22 + 31 * row + rng.uniform(-3, 3)
            tone = ("#d2604c", "#4d8fa3", "#e9b04c", "#7fa886", "#c98aa0")[(row * 3 + col) % 5]
            c.box(x + 2, y - 8, x + 12, y + 13, mix(tone, WHITE, 0.45), round_by=0.8)
            for i in range(4):
                c.box(x + 2, y - 6 + 5 * i, x + 12, y - 4.6 + 5 * i, tone)
            c.shadow(x - 1, y + 3, 13, 13, 0.5)
            for i in range(8):
                a, b = i * 0.7854 + row, (i + 1) * 0.7854 + row
                c.poly([(x - 4, y), (x - 4 + 10 * math.cos(a), y + 10 * math.sin(a)), (x - 4 + 10 * math.cos(b), y + 10 * math.sin(b))], tone if i % 2 else WHITE)
            c.disc(x - 4, y, 0.9, INK)


def _palms(c: Canvas) -> None:
    c.fade("#6a4c93", "#f58f6c", 0, 70)
    c.fade("#f58f6c", "#ffd08a", 70, 98)
    c.disc(62, 84, 15, "#ffe6a8")
    c.glow(62, 84, 46, "#ffdc9a", 0.6)
    c.sea(98, 118, "#5c3a66", "#e88d6c", t=0.3, seed=8, shine="#ffd9a8")
    c.box(0, 117, 100, c.h, "#2c1d38")
    for x, y, s, lean in ((28, 42, 1.15, -6), (74, 60, 0.85, 5), (12, 66, 0.7, -3)):
        c.line(curve([(x - lean, 122), (x - lean * 0.7, 92), (x, y)], 8), "#2c1d38", 2 * s)
        for i in range(9):
            a = math.radians(-20 + 27.5 * i)
            tip = (x + 24 * s * math.cos(a), y - 14 * s * math.sin(a) + 5 * s)
            mid = (x + 13 * s * math.cos(a), y - 13 * s * math.sin(a) - 3 * s)
            rib = curve([(x, y), mid, tip], 7)
            c.line(rib, "#2c1d38", 0.8 * s)
            for px, py in rib[3:]:
                c.line([(px, py), (px + 1.5 * math.cos(a) * s, py + 5 * s)], "#2c1d38", 0.7 * s)
    c.bird(46, 34, 3, "#2c1d38")
    c.bird(53, 29, 2.4, "#2c1d38")


for _name, _print in (("lido", _lido), ("lemons", _lemons), ("towels", _towels), ("palms", _palms)):
    keep(f"film-{_name}", film(_print))


@still
def first_bowl(c: Canvas) -> None:
    """The lopsided one from before the account had a name."""
    c.fade("#d5c9c4", "#b9aaa6", 0, 96)
    c.fade("#7d6d68", "#5f524f", 96, c.h)
    c.shadow(52, 107, 38, 6)
    c.blob([(22, 66), (26, 88), (38, 104), (62, 106), (74, 90), (82, 60), (60, 66), (40, 62)], "#a87760")
    c.blob([(22, 66), (40, 60), (62, 64), (82, 60), (66, 72), (40, 74)], "#6d4838")
    c.blob([(60, 66), (82, 60), (75, 88), (63, 104), (66, 82)], INK, 0.16)
    for i in range(4):
        c.line(curve([(28 + 2 * i, 80 + 6 * i), (48, 84 + 6 * i), (74 - 3 * i, 79 + 6 * i)], 6), "#8d5d48", 0.8)

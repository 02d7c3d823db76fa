"""Drawn people: vector faces that differ by seed, and the rooms behind them (SVG, 640 by 480)."""
from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Literal

Hair = Literal["bun", "short", "curls", "bob", "long", "bald"]
WIDTH, HEIGHT = 640, 480


@dataclass(frozen=True)
class Look:
    """`skin`, `shade`, `hair`, `cloth`, `under` are CSS colours; `cloth` is worn over `under`."""

    skin: str
    shade: str
    hair: str
    style: Hair
    cloth: str
    under: str
    eyes: str = "#3a2a20"
    beard: bool = False
    glasses: bool = False


LOOKS = (
    Look("#e6b692", "#c9926e", "#35241d", "bun", "#2c3f52", "#d8d3c8"),
    Look("#c99468", "#a4734a", "#17120f", "short", "#4a4238", "#c9c2b4", beard=True),
    Look("#e9c1a2", "#cb9a79", "#4a3020", "short", "#5d7353", "#5d7353", beard=True),
    Look("#f0cdb2", "#d3a58a", "#a9a7a5", "bob", "#22304a", "#e9ecef", eyes="#46606e", glasses=True),
    Look("#a86e47", "#875332", "#191210", "curls", "#a44e33", "#a44e33"),
    Look("#ecc4a6", "#cd9d7f", "#8a4a24", "long", "#3f6a63", "#f0ece2", eyes="#4d6b45"),
    Look("#e3b896", "#c3936f", "#6d675f", "bald", "#3d4350", "#c8d2da", glasses=True),
    Look("#c68f63", "#a06c44", "#241812", "long", "#6c4a6e", "#6c4a6e"),
)
WALLS = (("#d9cbb2", "#8d7a63"), ("#c9d2d6", "#77858e"), ("#d5d9c8", "#818a72"), ("#ddd3cd", "#8c7d77"))
THINGS = ("#b98a4a", "#7c8b8f", "#c9a86a", "#5c6f70", "#a46f45", "#d8cbb4", "#8b5e4b", "#4f6a7a")


def look(seed: int) -> Look:
    return LOOKS[seed % len(LOOKS)]


@dataclass(frozen=True)
class Face:
    """What moves or differs from one person to the next, in the drawing's units."""

    wide: float
    jaw: float
    eyes_apart: float
    nose: float
    mouth: float
    brow: float

    @classmethod
    def of(cls, seed: int) -> Face:
        r = Random(f"face {seed}")
        return cls(r.uniform(62, 70), r.uniform(38, 47), r.uniform(23, 28), r.uniform(28, 35), r.uniform(19, 25),
                   r.uniform(3.6, 5.6))  # fmt: skip


PORTRAIT = "175 34 290 376"  # the part of the drawing that an identity photograph shows


def portrait_svg(seed: int) -> str:
    return person_svg(seed).replace(f'viewBox="0 0 {WIDTH} {HEIGHT}"', f'viewBox="{PORTRAIT}"')


def person_svg(seed: int, eyes_open: bool = True, mouth_open: float = 0.0) -> str:
    """Head and shoulders on nothing. `mouth_open` from 0 to 1."""
    it, face = look(seed), Face.of(seed)
    parts = [
        _gradients(it), _hair_behind(it, face), _shoulders(it), _head(it, face), _eyes(it, face, eyes_open),
        _nose_and_mouth(it, face, mouth_open), _beard(it, face, mouth_open), _hair_before(it, face),
        _glasses(face) if it.glasses else "",
    ]  # fmt: skip
    return svg("".join(parts))


def svg(inside: str, width: float = WIDTH, height: float = HEIGHT) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">{inside}</svg>'


def room_svg(seed: int) -> str:
    """A wall, a window, shelves with things on them: to be blurred, as a camera does."""
    r = Random(f"room {seed}")
    light, dark = WALLS[seed % len(WALLS)]
    mirrored = 'transform="translate(640 0) scale(-1 1)"' if r.random() < 0.5 else ""
    things = "".join(
        f'<rect x="{x}" y="{y - h}" width="{w}" height="{h}" rx="3" fill="{r.choice(THINGS)}"/>'
        for y in (110, 216)
        for x, w, h in ((448 + 44 * i, r.randint(18, 34), r.randint(36, 64)) for i in range(4))
    )
    return svg(
        f'<defs><linearGradient id="w" x2="1" y2="1"><stop stop-color="{light}"/><stop offset="1" stop-color="{dark}"/>'
        f'</linearGradient></defs><rect width="640" height="480" fill="url(#w)"/><g {mirrored}>'
        '<rect x="24" y="0" width="150" height="240" fill="#f7efdd"/><path d="M99 0v240M24 110h150" stroke="#8d8374" '
        'stroke-width="8"/><path d="M430 110h230v9H430zM430 216h230v9H430z" fill="#4f4338"/>'
        f'{things}<rect x="-10" y="350" width="220" height="140" fill="#5f4c3b"/></g>'
    )


def _gradients(it: Look) -> str:
    return (
        f'<defs><linearGradient id="s" gradientUnits="userSpaceOnUse" x1="254" y1="150" x2="388" y2="190"><stop '
        f'offset=".45" stop-color="{it.skin}"/>'
        f'<stop offset="1" stop-color="{it.shade}"/></linearGradient><linearGradient id="c" y2="1" x2=".3">'
        f'<stop stop-color="{it.under}"/><stop offset="1" stop-color="{it.cloth}"/></linearGradient></defs>'
    )


def _shoulders(it: Look) -> str:
    return (
        f'<path d="M284 262h72v72c0 26-72 26-72 0z" fill="{it.shade}"/>'
        f'<path d="M92 490c6-84 38-122 108-140 40-11 66-20 84-32 10 30 62 30 72 0 18 12 44 21 84 32 70 18 102 '
        f'56 108 140z" '
        f'fill="url(#c)"/><path d="M240 490l14-136 30-34c12 34 60 34 72 0l30 34 14 136z" fill="{it.cloth}"/>'
        f'<path d="M284 320c10 34 62 34 72 0" fill="none" stroke="{it.under}" stroke-width="7" stroke-linecap="round"/>'
        '<path d="M200 352c-26 34-36 84-38 138M440 352c26 34 36 84 38 138" fill="none" stroke="#000" '
        'stroke-opacity=".16" stroke-width="5"/>'
    )


def _head(it: Look, f: Face) -> str:
    ears = "".join(
        f'<ellipse cx="{320 + side * (f.wide + 2)}" cy="206" rx="10" ry="19" fill="{it.shade}"/>' for side in (-1, 1)
    )
    return (
        f'{ears}<path d="M{320 - f.wide} 178c0-60 30-88 {f.wide}-88s{f.wide} 28 {f.wide} 88c0 42-8 68-22 88-14 18-28 '
        f'{f.jaw - 10}-{f.wide - 22} {f.jaw - 10}s-{f.wide - 36}-{f.jaw - 28}-{f.wide - 22}-{f.jaw - 10}c-14-20'
        f'-22-46-22-88z" '
        f'fill="url(#s)"/>'
        f'<ellipse cx="320" cy="178" rx="{f.wide}" ry="86" fill="url(#s)"/>'
        f'<path d="M{320 - f.wide} 190c2 56 20 {76 + f.jaw / 3} {f.wide} {84 + f.jaw / 3} {f.wide - 20}-8 '
        f'{f.wide - 2}-28 '
        f'{f.wide}-{84 + f.jaw / 3}z" fill="url(#s)"/>'
        + "".join(f'<ellipse cx="{320 + s * 40}" cy="224" rx="15" ry="9" fill="#d9735f" '
        f'opacity=".14"/>' for s in (-1, 1))
    )


def _eyes(it: Look, f: Face, open_: bool) -> str:
    out: list[str] = []
    for side in (-1, 1):
        x = 320 + side * f.eyes_apart
        if open_:
            out.append(
                f'<ellipse cx="{x}" cy="190" rx="11" ry="6.6" fill="#fbf8f4"/><circle cx="{x}" cy="190" r="6" '
                f'fill="{it.eyes}"/><circle cx="{x}" cy="190" r="2.8" fill="#120d0a"/>'
                f'<circle cx="{x + 2}" cy="187.6" r="1.6" fill="#fff"/>'
            )
        out.append(
            f'<path d="M{x - 12} {188 if open_ else 191}q12 {-10 if open_ else 7} 24 0" fill="none" stroke="#2a1d17" '
            f'stroke-width="2.6" stroke-linecap="round"/><path d="M{x - 14} {172}q14-9 28 0" fill="none" '
            f'stroke="{it.hair}" stroke-width="{f.brow}" stroke-linecap="round"/>'
        )
    return "".join(out)


def _nose_and_mouth(it: Look, f: Face, opened: float) -> str:
    base, half = 192 + f.nose, f.mouth
    return (
        f'<path d="M318 192c-3 {f.nose * .5:.1f}-9 {f.nose * .8:.1f}-7 {f.nose} 4 5 14 5 18 0" fill="none" '
        f'stroke="{it.shade}" stroke-width="3.6" stroke-linecap="round"/>'
        f'<path d="M{320 - half} {base + 22}q{half} {10 + opened * 16} {half * 2} 0q-{half} {4 - opened * 8}'
        f'-{half * 2} 0z" '
        f'fill="{"#5d2723" if opened > .2 else "#a85a50"}" stroke="#a85a50" stroke-width="3" stroke-linejoin="round"/>'
    )


def _beard(it: Look, f: Face, opened: float) -> str:
    if not it.beard:
        return ""
    lip = 208 + f.nose
    return (
        f'<path d="M{320 - f.wide + 1} 212c6 52 26 {74 + f.jaw / 3} {f.wide - 1} {78 + f.jaw / 3} {f.wide - 27}-4 '
        f'{f.wide - 7}-26 {f.wide - 1}-{78 + f.jaw / 3}c-12 14-20 18-30 {lip - 214:.0f}-14-8-48-8-62 0'
        f'-10-10-26-14-{f.wide - 39}-{lip - 214:.0f}z" fill="{it.hair}" opacity=".9"/>'
        f'<path d="M{320 - f.mouth} {lip + 6}q{f.mouth} {11 + opened * 16} {f.mouth * 2} 0q-{f.mouth} 5'
        f'-{f.mouth * 2} 0z" '
        'fill="#8c4a42"/>'
    )


def _hair_behind(it: Look, f: Face) -> str:
    w = f.wide
    return {
        "bun": f'<circle cx="346" cy="72" r="33" fill="{it.hair}"/><ellipse cx="320" cy="170" rx="{w + 8}" ry="92" '
               f'fill="{it.hair}"/>',
        "short": "",
        "curls": "".join(f'<circle cx="{320 + dx}" cy="{170 + dy}" r="30" fill="{it.hair}"/>' for dx, dy in (
            (-78, -22), (-84, 22), (-78, 64), (-52, -64), (0, -84), (52, -64), (78, -22), (84, 22), (78, 64),
            (-28, -80), (28, -80))),
        "bob": f'<path d="M{316 - w} 268c-16-70-14-190 {w + 4}-190s{w + 20} 120 {w + 4} 190z" fill="{it.hair}"/>',
        "long": f'<path d="M{306 - w} 372c-14-110-16-296 {w + 14}-296s{w + 28} 186 {w + 14} 296z" fill="{it.hair}"/>',
        "bald": f'<path d="M{316 - w} 214c-10-60 0-70 8-84h{2 * w - 8}c8 14 18 24 8 84z" fill="{it.hair}"/>',
    }[it.style]  # fmt: skip


def _hair_before(it: Look, f: Face) -> str:
    w = f.wide
    cap = {
        "bun": f"M{318 - w} 182c-4-74 26-106 {w + 2}-106s{w + 2} 32 {w + 2} 106c-8-34-18-52-30-62-26 20-66 26"
        f"-86 24-10 10-18 18-20 38z",
        "short": f"M{317 - w} 176c-6-66 20-98 {w + 3}-98s{w + 8} 32 {w + 3} 98c-6-18-10-34-14-44-30-12-84-12"
        f"-112 0-6 12-10 26-12 44z",
        "curls": f"M{318 - w} 168c0-60 26-88 {w + 2}-88s{w + 2} 28 {w + 2} 88c-12-30-30-40-{w}-40s-{w - 10} 10"
        f"-{w + 4} 40z",
        "bob": f"M{317 - w} 210c-6-92 24-132 {w + 3}-132s{w + 9} 40 {w + 3} 132c-4-44-14-66-34-86-30 26-82 24"
        f"-98 30-8 14-10 30-12 56z",
        "long": f"M{317 - w} 214c-6-98 24-136 {w + 3}-136s{w + 9} 38 {w + 3} 136c-6-44-26-76-{w + 3}-96"
        f"-{w - 24} 20-{w - 6} 52-{w + 3} 96z",
        "bald": "",
    }[it.style]
    return f'<path d="{cap}" fill="{it.hair}"/>' if cap else ""


def _glasses(f: Face) -> str:
    lenses = "".join(
        f'<rect x="{320 + side * f.eyes_apart - 18}" y="176" width="36" height="29" rx="12"/>' for side in (-1, 1)
    )
    arms = f"M{320 - f.eyes_apart - 18} 186L{320 - f.wide} 182M{320 + f.eyes_apart + 18} 186L{320 + f.wide} 182"
    bridge = f"M{320 - f.eyes_apart + 18} 188q{f.eyes_apart - 18}-6 {2 * f.eyes_apart - 36} 0"
    return f'<g fill="#fff" fill-opacity=".12" stroke="#23262b" stroke-width="3">{lenses}<path d="{arms}{bridge}"/></g>'

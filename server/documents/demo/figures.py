"""Drawings for the made portfolios, as SVG: the ring in its states, the lathe, scratches, the bench."""
from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Literal

from server.documents.demo.faces import svg

Finish = Literal["raw", "emery", "polished"]
INK = "#1b2430"
FONT = 'font-family="Libertinus Serif"'


@dataclass(frozen=True)
class Metal:
    """CSS colours from dark to light."""

    dark: str
    middle: str
    light: str


METALS = {
    "gold": Metal("#8a5f12", "#d9a63a", "#fff3c4"),
    "silver": Metal("#5d666e", "#b6bfc6", "#ffffff"),
}


def ring(metal: str, stone: bool, finish: Finish, labels: bool = False) -> str:
    """The ring seen from the front, 420 by 300: with a claw-set stone, or with an oval plate."""
    m = METALS[metal]
    body = (
        f'{_ring_paint(m, finish)}<rect width="420" height="300" fill="#232a33"/>'
        f'<path d="M-10 270q120-34 230-14t220-12v70H-10z" fill="#6f2a2e"/>'
        f'<path d="M210 72a98 98 0 1 0 .1 0zm0 24a74 74 0 1 1-.1 0z" fill="url(#m)" fill-rule="evenodd"/>'
        f'<path d="M138 118a98 98 0 0 1 60-30" fill="none" stroke="{m.light}" stroke-width="5" '
        f'stroke-linecap="round" opacity="{0.95 if finish == "polished" else 0.25}"/>'
        f"{_stone(m) if stone else _plate(m)}{_marks(finish)}{_labels(stone) if labels else ''}"
    )
    return svg(body, 420, 300)


def _ring_paint(m: Metal, finish: Finish) -> str:
    stops = {
        "raw": ((0, m.dark), (0.5, m.middle), (1, m.dark)),
        "emery": ((0, m.middle), (0.5, m.light), (0.6, m.middle), (1, m.dark)),
        "polished": ((0, m.dark), (0.22, m.light), (0.4, m.middle), (0.55, m.dark), (0.72, m.light), (1, m.middle)),
    }[finish]
    gradient = "".join(f'<stop offset="{at}" stop-color="{colour}"/>' for at, colour in stops)
    return (
        f'<defs><linearGradient id="m" x2="1" y2="1">{gradient}</linearGradient><clipPath id="k">'
        '<path d="M210 72a98 98 0 1 0 .1 0zm0 24a74 74 0 1 1-.1 0z" clip-rule="evenodd"/></clipPath></defs>'
    )


def _stone(m: Metal) -> str:
    return (
        f'<path d="M180 84l12-30h36l12 30-30 14z" fill="{m.middle}" stroke="{m.dark}" stroke-width="1.5"/>'
        '<path d="M186 44l12-12h24l12 12-24 32z" fill="#eaf6fb"/><path d="M186 44h48l-24 32z" fill="#b9dcea"/>'
        '<path d="M198 32l-2 12 14 32 14-32-2-12" fill="none" stroke="#fff" stroke-width="1.2"/>'
        f'<path d="M184 56l3-14M236 56l-3-14M203 60l2-12M217 60l-2-12" stroke="{m.light}" stroke-width="4" '
        'stroke-linecap="round"/>'
    )


def _plate(m: Metal) -> str:
    lines = "".join(f'<path d="M{166 + 6 * i} 56l-4 34" stroke="{m.dark}" opacity=".35"/>' for i in range(17))
    return (
        f'<path d="M142 100q10-30 30-46h76q20 16 30 46l-34 10h-68z" fill="url(#m)"/>'
        f'<ellipse cx="210" cy="72" rx="58" ry="24" fill="{m.middle}" stroke="{m.dark}" stroke-width="2"/>{lines}'
    )


def _marks(finish: Finish) -> str:
    if finish == "polished":
        return '<path d="M276 92l4 11 11 4-11 4-4 11-4-11-11-4 11-4z" fill="#fff"/>'
    r = Random(finish)
    out: list[str] = []
    for _ in range(150 if finish == "raw" else 90):
        x, y, length = r.uniform(105, 315), r.uniform(68, 272), r.uniform(4, 13 if finish == "raw" else 30)
        slope = r.uniform(-9, 9) if finish == "raw" else 2
        out.append(f"M{x:.1f} {y:.1f}l{length:.1f} {slope:.1f}")
    pits = "".join(
        f'<circle cx="{r.uniform(110, 310):.0f}" cy="{r.uniform(90, 268):.0f}" r="{r.uniform(1, 2.6):.1f}"/>'
        for _ in range(46 if finish == "raw" else 0)
    )
    return f'<g clip-path="url(#k)"><path d="{"".join(out)}" stroke="#2a1c08" opacity=".45"/>{pits}</g>'


def _labels(stone: bool) -> str:
    marks = ((1, 118, 150, 52, 120), (2, 210, 246, 330, 204), (3, 232 if stone else 262, 52 if stone else 66, 336, 40),
             (4, 290, 226, 372, 262))  # fmt: skip
    return "".join(
        f'<path d="M{x} {y}L{tx} {ty}" stroke="#fff" stroke-width="1.4"/>'
        f'<circle cx="{tx}" cy="{ty}" r="15" fill="#fff"/>'
        f'<text x="{tx}" y="{ty + 6}" text-anchor="middle" font-size="18" {FONT} fill="{INK}">{number}</text>'
        for number, x, y, tx, ty in marks
    )


def lathe(metal: str) -> str:
    """The polishing lathe from the side, 420 by 260: the piece is held below the axis, where the wheel leaves it."""
    return svg(
        '<rect width="420" height="260" fill="#f6f5f2"/><path d="M232 60h150q20 0 20 20v130H300" fill="#dfe3e6" '
        f'stroke="{INK}" stroke-width="2"/><path d="M330 60V22h46v38" fill="#c8ced3" stroke="{INK}" stroke-width="2"/>'
        '<path d="M353 48V8m-9 12l9-13 9 13" fill="none" stroke="#0d5478" stroke-width="4"/>'
        f'<circle cx="200" cy="128" r="86" fill="#efe0c2" stroke="{INK}" stroke-width="2"/>'
        + "".join(f'<circle cx="200" cy="128" r="{r}" fill="none" stroke="#b99f6b" stroke-dasharray="3 4"/>'
                  for r in (30, 44, 58, 72))
        + f'<circle cx="200" cy="128" r="14" fill="#8b949b" stroke="{INK}" stroke-width="2"/>'
        '<path d="M258 86a72 72 0 0 0-92-20m18-10l-20 11 12 18" fill="none" stroke="#0d5478" stroke-width="4"/>'
        f'<circle cx="122" cy="190" r="20" fill="none" stroke="{METALS[metal].middle}" stroke-width="8"/>'
        '<path d="M20 244q40-50 84-44l10 14q-30 22-52 40z" fill="#dba884"/>'
        f'<g {FONT} font-size="15" fill="{INK}"><text x="378" y="20">air</text><text x="306" y="150">aspiration</text>'
        '<text x="20" y="150">pièce sous l’axe</text><text x="118" y="30">sens de rotation</text></g>',
        420, 260,
    )  # fmt: skip


def scratches(grits: tuple[int, ...], metal: str) -> str:
    """The surface under the magnifier after each grit, 460 by 150: finer, and turned a quarter each time."""
    m, side, out = METALS[metal], 132, [""]
    for index, grit in enumerate(grits):
        r, left = Random(f"grit {grit}"), 10 + index * (side + 18)
        lines = "".join(
            f"M{r.uniform(-10, side):.1f} {r.uniform(-30, side):.1f}l{'60 6' if index % 2 == 0 else '6 60'}"
            for _ in range(40 + grit // 12)
        )
        out.append(
            f'<svg x="{left}" y="6" width="{side}" height="108" viewBox="0 0 {side} 108">'
            f'<rect width="{side}" height="108" '
            f'fill="{m.middle}"/><path d="{lines}" stroke="{m.dark}" stroke-width="{max(0.3, 500 / grit * 0.9):.2f}" '
            f'opacity=".75"/></svg><text x="{left + side / 2}" y="136" text-anchor="middle" font-size="15" {FONT} '
            f'fill="{INK}">grain {grit}</text>'
        )
    return svg("".join(out), 460, 150)


def bench() -> str:
    """The workplace from above, 460 by 230."""
    places = (
        (14, 14, 120, 84, "1. Contrôle", "loupe, balance"), (148, 14, 120, 84, "2. Émeri", "limes, bâtons"),
        (282, 14, 164, 84, "3. Tour à polir", "brosses, feutres"),
        (282, 130, 164, 84, "4. Nettoyage", "ultrasons, vapeur"),
        (148, 130, 120, 84, "5. Séchage", "sciure, air tiède"), (14, 130, 120, 84, "6. Contrôle final", "lampe, loupe"),
    )  # fmt: skip
    boxes = "".join(
        f'<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="6" fill="#e3eff5" stroke="#0d5478"/>'
        f'<text x="{x + w / 2}" y="{y + 38}" text-anchor="middle" font-size="15" font-weight="bold">{what}</text>'
        f'<text x="{x + w / 2}" y="{y + 60}" text-anchor="middle" font-size="14">{tools}</text>'
        for x, y, w, h, what, tools in places
    )
    arrows = "M134 56h12M268 56h12M364 98v30M282 172h-12M148 172h-12"
    return svg(
        f'<rect width="460" height="230" fill="#f6f5f2"/><path d="{arrows}" stroke="#0d5478" stroke-width="3"/>'
        f'<g {FONT} fill="{INK}">{boxes}</g>', 460, 230,
    )  # fmt: skip


def roughness(steps: tuple[tuple[str, float], ...]) -> str:
    """Mean roughness Ra in micrometres after each step, as bars, 460 by 190."""
    most, out = max(value for _, value in steps), [""]
    wide = 420 / len(steps)
    for index, (name, value) in enumerate(steps):
        high, x = 130 * value / most, 26 + index * wide
        out.append(
            f'<rect x="{x}" y="{152 - high:.1f}" width="{wide * 0.6:.1f}" height="{high:.1f}" fill="#0d5478"/>'
            f'<text x="{x + wide * 0.3:.1f}" y="{146 - high:.1f}" text-anchor="middle" font-size="13">'
            f'{str(value).replace(".", ",")}</text>'
            f'<text x="{x + wide * 0.3:.1f}" y="172" text-anchor="middle" font-size="13">{name}</text>'
        )
    return svg(f'<path d="M14 152h436" stroke="{INK}"/><g {FONT} fill="{INK}">{"".join(out)}</g>', 460, 190)

"""Any text that a person may write, as a paper can show it: nothing in it is hidden, turned round or off the page.

What no font can show is shown as its code, "[U+F0B7]". Marks that only change the order of reading go, except the
overrides, which stand as codes: what somebody saw turned round on a screen is then seen to have been so. Which letters
the fonts lack is not asked here: `typesetting` learns it from typst, and comes back with `stand_in`.
"""
from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any, Final, cast
from unicodedata import bidirectional, category, combining, east_asian_width

STACKED: Final = 4  # marks over or under one letter, of which real scripts have three at most; more cover other lines
MARKS: Final = 8  # and all that belong to one letter
LONG_WORD, PIECE = 20, 8  # letters without a place to break; where a longer word may break
LONGEST_PIECE = 32  # with what holds letters together, such as an emoji of several
LONG_GLUED = 60  # the same for words that spaces of no break hold together

OPEN, CLOSE = "\u2068", "\u2069"  # first strong isolate, and its end
MAY_BREAK: Final = "\u200b"
LINE_END = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# Word processors write bullets and ticks in the private places of fonts that nobody else has (Symbol, Wingdings).
BULLETS: Final = {
    "\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf0a8": "◻", "\uf06f": "□", "\uf076": "❖",
    "\uf0e0": "→", "\uf02d": "–", "\uf0a3": "£", "\uf0b4": "×", "\uf0fb": "✗", "\uf0fe": "☑", "\uf020": " ",
}  # fmt: skip
OVERRIDES: Final = "\u202d\u202e"
EMPTY: Final = "\u115f\u1160\u17b4\u17b5\u3164\uffa0"  # letters without a shape: a name of them would be no name
JOINERS: Final = frozenset("\u00ad\u200b\u200c\u200d")  # scripts and emoji need them
JOINED, HOLDING = JOINERS | {CLOSE}, JOINERS | {OPEN}  # what stays with the letter before it, with the one after it
# What takes no place on a line, or hangs past its end, is kept short: a line that never fills would never end.
BLANKS: Final = re.compile(r"([^\S\n]{8})[^\S\n]+")
NOTHING: Final = re.compile("([\u00ad\u200b-\u200d]{2})[\u00ad\u200b-\u200d]+")
EMPTY_LINES: Final = re.compile(r"(\n[^\S\n]*\n[^\S\n]*\n)\s+(?=\S|$)")
# A hyphen before a letter is a place to break: names such as Lachapelle-Montmorency stay whole around it.
WORD = re.compile(rf"(?:[^\s{MAY_BREAK}-]|-(?![^\W\d_])){{{LONG_WORD + 1},}}")
GLUED = re.compile(rf"(?:[^\s{MAY_BREAK}]|[\xa0\u2007\u202f]){{{LONG_GLUED + 1},}}")
ISOLATED = re.compile(f"({OPEN}[^{OPEN}{CLOSE}\n]*{CLOSE})")
STAND_INS = re.compile(r"(\[U\+[0-9A-F]{4,6}\])\1+")
TOKEN = re.compile(r"\[U\+[0-9A-F]{4,6}(?:\xa0×\d+)?\]|.", re.DOTALL)  # a code stays whole


def legible(text: str) -> str:
    """The same said twice is the same: idempotent."""
    plain = LINE_END.sub("\n", text).translate({0x09: " ", **{ord(k): v for k, v in BULLETS.items()}})
    shown = _paired("".join(map(_shown, plain)))
    for run in (BLANKS, NOTHING, EMPTY_LINES):
        shown = run.sub(r"\1", shown)
    return _breakable(_flat(shown))


def stand_in(text: str, unknown: Collection[str] | Callable[[str], bool]) -> str:
    """The text with the code of each of these characters in its place."""
    lacks = unknown if callable(unknown) else unknown.__contains__
    return _gathered("".join(_code(c) if lacks(c) else c for c in text))


def apart(text: str) -> str:
    """Words set among others: those of a script that runs from right to left keep to themselves."""
    if not _turns(text):
        return text
    lines = legible(text).replace(OPEN, "").replace(CLOSE, "").split("\n")
    return "\n".join(f"{OPEN}{line}{CLOSE}" if _turns(line) else line for line in lines)


def each_text(value: Any, change: Callable[[str], str], besides: Collection[str] = ()) -> Any:
    """The same data with each text in it changed, but what stands under these keys."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        items = cast("Mapping[str, Any]", value).items()
        return {key: one if key in besides else each_text(one, change, besides) for key, one in items}
    if isinstance(value, list | tuple):
        return [each_text(one, change, besides) for one in cast("list[Any]", value)]
    return value


def _turns(text: str) -> bool:
    return any(bidirectional(c) in ("R", "AL", "AN") for c in text)


def _shown(c: str) -> str:
    kind = category(c)
    if kind in ("Cs", "Co") or (kind == "Cc" and c != "\n") or c in OVERRIDES or c in EMPTY:
        return _code(c)
    if kind != "Cf" or c in JOINERS or c in (OPEN, CLOSE):
        return c
    return c if bidirectional(c) in ("AL", "AN", "R", "L") and c not in "\u200e\u200f\u061c" else ""


def _code(c: str) -> str:
    return f"[U+{ord(c):04X}]"


def _gathered(text: str) -> str:
    """The same code many times over, once with how many."""
    return STAND_INS.sub(lambda run: f"{run[1][:-1]}\u00a0×{len(run[0]) // len(run[1])}]", text)


def _paired(text: str) -> str:
    """Isolates that hold words of another direction, each to its end: others would reach what stands around."""
    if OPEN not in text and CLOSE not in text:
        return text
    return "".join(
        part if i % 2 and _turns(part) else part.replace(OPEN, "").replace(CLOSE, "")
        for i, part in enumerate(ISOLATED.split(text))
    )


def _flat(text: str) -> str:
    """No tower of marks: those too many stand beside as codes."""
    if not any(category(c)[0] == "M" for c in text):
        return _gathered(text)
    out: list[str] = []
    marks = stacked = 0
    for c in text:
        if category(c)[0] != "M":
            if c not in JOINERS or c == MAY_BREAK:
                marks = stacked = 0
        else:
            marks, stacked = marks + 1, stacked + (combining(c) != 0)
            if marks > MARKS or stacked > STACKED:
                c = _code(c)
        out.append(c)
    return _gathered("".join(out))


def _breakable(text: str) -> str:
    """A long word may break: without a place to, it would run out of its column or off the page."""
    return GLUED.sub(lambda run: _pieces(run[0]), WORD.sub(lambda word: _pieces(word[0]), text))


def _pieces(word: str) -> str:
    out: list[str] = []
    length, whole, before = 0, 0, ""
    for c in TOKEN.findall(word):
        joined = c in JOINED or before in HOLDING or category(c[0])[0] == "M"
        if east_asian_width(c[0]) in "WF" and not joined:
            length = whole = 0
        elif (length >= PIECE and not joined) or whole >= LONGEST_PIECE:
            out.append(MAY_BREAK)
            length = whole = 0
        out.append(c)
        length, whole, before = length + (0 if joined else len(c)), whole + len(c), c
    return "".join(out)

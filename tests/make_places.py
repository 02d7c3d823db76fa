"""`make places`: the tables of communes and countries that birth places are looked up in (`server/people/places`), made
from packages that are pinned in the Makefile: INSEE's Code officiel géographique, as Etalab publishes it (Licence
Ouverte). Its history ends in 2019: what has ended since is told by what today's list no longer has.
"""
from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from babel import Locale

from server.storage.names import normal

FOLDER = Path("server/people/places")
HISTORY_ENDS, LIST_OF = "2020-01-01", "2026-01-01"
BIRTHS = "1943-01-01"
"""Before this day no change is known: a code that begins with it has always been there."""
AS_BABEL_SAYS: Mapping[str, str] = {
    "116": "CZ", "129": "VA", "148": "BY", "151": "MD", "156": "MK", "203": "IQ", "206": "SY", "225": "BN", "238": "KP",
    "239": "KR", "241": "LA", "257": "KG", "261": "PS", "262": "TL", "312": "CD", "316": "LY", "323": "CF", "324": "CG",
    "391": "SZ", "408": "DO", "414": "SV", "512": "SB", "515": "MH",
}
"""Countries that INSEE calls otherwise."""
ALSO: Mapping[str, str] = {
    "120": "ME", "133": "GI", "157": "XK", "230": "HK", "232": "MO", "349": "SS", "389": "EH", "425": "BM", "430": "GL",
    "432": "PR",
}
"""Countries and territories that the list leaves out."""


def communes(history: Iterable[Mapping[str, Any]], today: Iterable[Mapping[str, Any]]) -> list[tuple[str, ...]]:
    """Code, name, first day, and the first day without it; empty where there is none. In the order of codes."""
    kinds = ("commune-actuelle", "arrondissement-municipal")
    now = {(one["code"], one["nom"]) for one in today if one["type"] in kinds}
    found = [(one["code"], one["nom"], one.get("dateDebut", ""), one.get("dateFin", ""))
             for one in history if one["type"] == "COM"]
    known = {(code, name) for code, name, _since, until in found if not until}
    ended = [(code, name, since, until or ("" if (code, name) in now else LIST_OF))
             for code, name, since, until in found]
    of_code = {code for code, *_ in found}
    new = [(code, name, HISTORY_ENDS if code in of_code else "", "") for code, name in now - known]
    return _joined(sorted({*ended, *new}))


def _joined(rows: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """A commune that only its borders changed of is one row."""
    found: list[tuple[str, ...]] = []
    for code, name, since, until in rows:
        if found and found[-1][:2] == (code, name) and found[-1][3] == since != "":
            since = found.pop()[2]
        found.append((code, name, since, until))
    return found


def countries(of_insee: Mapping[str, str]) -> list[tuple[str, str]]:
    """INSEE's code, and the letters by which the language says its name."""
    named = {_plain(words): letters for letters, words in Locale("fr").territories.items()
             if re.fullmatch("[A-Z]{2}", letters)}
    found = {code: AS_BABEL_SAYS.get(code) or named[_plain(words)] for code, words in of_insee.items()}
    return sorted((f"99{code}", letters) for code, letters in {**found, **ALSO}.items())


def _plain(name: str) -> str:
    return " ".join(re.findall(r"\w+", re.sub(r"\(.*\)", "", normal(name).split(",")[0])))


def main(history: str, today: str, of_insee: str) -> None:
    read = [json.loads(Path(one).read_text("utf-8")) for one in (history, today, of_insee)]
    for name, rows in (("communes", communes(read[0], read[1])), ("countries", countries(read[2]))):
        text = "".join("\t".join(row) + "\n" for row in rows)
        (FOLDER / f"{name}.tsv").write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    main(*sys.argv[1:])

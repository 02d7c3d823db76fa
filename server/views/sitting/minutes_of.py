"""The minutes of a sitting and the extract for one candidate, in words (R3.9): written from the journal, with nothing
decided or computed here. Papers are in French."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from evaluation.deadlines import day_of
from evaluation.sitting.terms import BY_HAND, Place, SittingMode
from server.documents.legible import apart, each_text
from server.documents.minutes_pdf import MemberLine, MinutesItem, MinutesPaper, MinutesSignature
from server.views.sitting.minutes_reading import ItemRead, MemberRead, MinutesReading, SignatureRead, number_of_sitting
from server.views.sitting.ruling_words import after, blocks, course, decision, dissents, listed, rule, settled
from server.views.when import day_words, hour_words

TITLE: Final = "Procès-verbal du jury de certification"
EXTRACT: Final = "Extrait du procès-verbal du jury de certification"
ADDENDUM: Final = "Complément au procès-verbal {number}, qui reste tel quel. Ce complément ne change aucune décision."
SEATS: Final[Mapping[Place, str]] = {
    "president": "Présidence de l’instance de certification", "employers": "Organisations d’employeurs",
    "employees": "Organisations de salariés"}
SHORT: Final[Mapping[Place, str]] = {
    "president": "Présidence", "employers": "Employeurs", "employees": "Salariés"}
MODES: Final[Mapping[SittingMode, str]] = {
    "remote": "à distance", "on_site": "sur place", "mixed": "à distance et sur place"}
LEVELS: Final[Mapping[str, str]] = {
    "passkey": "signature électronique simple, avec une clé d’accès",
    "one_time_code": "signature électronique simple, avec un code à usage unique",
    "mailed_code": "signature électronique simple, avec un code envoyé par courriel",
    BY_HAND: "signé à la main, copie jointe",
}
NOT_SIGNED: Final = "n’a pas signé"
HAND_SIGNED: Final = "Ce procès-verbal est signé à la main : la copie signée est jointe et gardée avec lui."
UNRELATED: Final = "Aucun membre n’a dit connaître personnellement un candidat."
COMPOSED: Final = (
    "Le jury de certification réunit un représentant des organisations de salariés, un représentant des organisations "
    "d’employeurs et la présidence de l’instance de certification. Aucun d’eux n’a siégé dans le jury d’évaluation.")
SEALED: Final = ("Ce document porte un cachet électronique : un lecteur de PDF dit de qui il est et si le document est "
                 "resté tel quel. Le cachet est celui de l’organisme ; les signatures des membres sont simples.")
DEMONSTRATION: Final = "Cachet de démonstration : il ne prouve rien. Les signatures des membres sont simples."


def minutes_paper(reading: MinutesReading) -> MinutesPaper:
    """The whole."""
    return _apart({
        **_head(reading, TITLE),
        "jury": [_member(reading, one) for one in reading.members], "jury_notes": list(_notes(reading)),
        "items": [_item(reading, one, f"{count}. {reading.name(one.person)}")
                  for count, one in enumerate(reading.items, 1)],
        "removed": [f"{reading.name(person)} : {reading.text(words)}" for person, words in reading.removed],
        "own_words": [reading.text(one) for one in reading.added],
        "signatures": [_signature(reading, one) for one in reading.signatures],
        "signed_by_hand": HAND_SIGNED if reading.by_hand else ""})


def with_signatures(paper: MinutesPaper, signed: MinutesPaper) -> MinutesPaper:
    """The same words, with the signatures that another paper of the same minutes has."""
    return {**paper, "signatures": signed["signatures"], "signed_by_hand": signed["signed_by_hand"]}


def extract_paper(reading: MinutesReading, candidacy: str) -> MinutesPaper:
    """For one candidate: it names nobody else, says nothing of how the members voted, and how to appeal."""
    alone = reading.about(candidacy)
    (item,) = alone.items
    told = _item(alone, item, alone.name(item.person), own=True)
    return _apart({**_head(alone, EXTRACT), "jury_notes": [COMPOSED], "items": [told]})


def _apart(paper: MinutesPaper) -> MinutesPaper:
    """Letters that would run into one another stand apart, as on every paper."""
    found: MinutesPaper = each_text(paper, apart)
    return found


def _head(reading: MinutesReading, title: str) -> MinutesPaper:
    number = number_of_sitting(reading.sitting, reading.on, reading.number)
    amended = number_of_sitting(reading.sitting, reading.on, reading.amends) if reading.amends is not None else ""
    shown = "aperçu, sans numéro" if reading.draft else number
    return {
        "title": title if reading.amends is None else f"Complément au {title[:1].lower()}{title[1:]}",
        "by": reading.body, "by_line": ", ".join(reading.address[1:]), "number_label": "Procès-verbal n°",
        "number": shown, "subtitle": _held(reading),
        "amends": ADDENDUM.format(number=amended) if amended else "",
        "jury": [], "jury_notes": [], "items": [], "removed": [], "own_words": [], "signatures": [],
        "signed_by_hand": "", "sealed": "" if reading.draft else (DEMONSTRATION if reading.demonstration else SEALED),
        "footer": f"{title}, {shown}", "draft": "Aperçu" if reading.draft else "", "dated": reading.on.isoformat()}


def _held(reading: MinutesReading) -> str:
    """"Séance du vendredi 11 décembre 2026, de 14 h 00 à 15 h 10, à distance."."""
    until = f", de {hour_words(reading.began_at, 'fr')} à {hour_words(reading.ended_at, 'fr')}" \
        if reading.ended_at is not None and day_of(reading.ended_at) == reading.on else \
        f", à partir de {hour_words(reading.began_at, 'fr')}"
    where = f" : {' '.join(reading.place.split())}" if reading.place and reading.mode != "remote" else ""
    return f"Séance du {day_words(reading.on, 'fr')}{until}, {MODES[reading.mode]}{where}."


# The jury


def _member(reading: MinutesReading, one: MemberRead) -> MemberLine:
    delegated = " (par délégation écrite)" if one.by_delegation else ""
    return {"seat": SEATS[one.place] + delegated, "name": reading.name(one.person), "state": _sat(reading, one)}


def _sat(reading: MinutesReading, one: MemberRead) -> str:
    if one.instead_of is None:
        return "a siégé" if _judged(reading, one) else "n’a pas siégé"
    count = len(one.candidacies) if one.candidacies is not None else 0
    only = f", pour {count} candidature{'s' if count > 1 else ''}" if one.candidacies is not None else ""
    return f"remplace {reading.name(one.instead_of)}{only}"


def _judged(reading: MinutesReading, one: MemberRead) -> bool:
    ruled = [each.ruling for each in reading.items if each.ruling is not None]
    return not ruled or any(one.person in each.by for each in ruled)


def _notes(reading: MinutesReading) -> Iterable[str]:
    """Who took no part in what (R1.4)."""
    kept = [(who, one) for one in reading.items for who in one.recused]
    if not kept and reading.items:
        yield UNRELATED
    for who, one in kept:
        yield f"{reading.name(who)} n’a pas pris part à la décision sur {reading.name(one.person)}."


# The candidates


def _item(reading: MinutesReading, one: ItemRead, heading: str, *, own: bool = False) -> MinutesItem:
    """`own`: for the candidate."""
    framework, ruling = one.framework, one.ruling
    code = one.code or framework.code
    before = f", enregistrée auparavant sous {framework.code}" if code != framework.code else ""
    facts = [("Naissance", one.born),
             ("Certification", f"{framework.title} ({code}, version {framework.version}{before})"),
             ("Présenté par", one.provider), ("Épreuve", day_words(one.held_on, "fr"))]
    return {
        "heading": heading, "facts": [(label, value) for label, value in facts if value],
        "course": [*([] if own else one.course), *course(one)],
        "blocks": blocks(one), "rule": rule(framework) if ruling is not None and ruling.award != "withheld" else "",
        "settled": settled(reading, one), "decision": decision(one), "after": list(after(reading, one, own=own)),
        "dissents": [] if own else list(dissents(reading, one))}


def _signature(reading: MinutesReading, one: SignatureRead) -> MinutesSignature:
    time = _moment(one.at) if one.at is not None else ""
    level = LEVELS.get(one.level or "", "") if time else ""
    if level and one.apart:
        level += f" ; n’a pas décidé sur {listed([reading.name(each) for each in one.apart])}"
    if one.not_signing is not None:
        level = NOT_SIGNED
    return {"seat": SHORT[one.place], "name": reading.name(one.person), "time": time, "level": level,
            "unsigned": _unsigned(reading, one)}


def _unsigned(reading: MinutesReading, one: SignatureRead) -> str:
    noted = one.not_signing
    if noted is None:
        return ""
    why = " ".join(reading.text(noted.words).split())
    return f"{reading.name(one.person)} {NOT_SIGNED} : {why} (noté par {reading.name(noted.by)}, {_moment(noted.at)})"


def _moment(at: int) -> str:
    return f"{day_words(day_of(at), 'fr')}, {hour_words(at, 'fr')}"

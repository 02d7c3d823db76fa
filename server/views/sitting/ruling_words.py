"""What the certification jury ruled on one candidacy, in the words of its papers (R1.6, R8.1, R9.1, R9.2)."""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Final

from evaluation.candidacy.terms import HearingEnding
from evaluation.deadlines import last_day_of_appeal
from evaluation.framework import CompetencyBlock, Framework
from evaluation.grading import BlockOutcome
from evaluation.sitting.terms import Ruling
from server.documents.minutes_pdf import MinutesBlock, SettledLine
from server.views.session.grid_paper import MARKS, OUTCOMES
from server.views.sitting.minutes_reading import ItemRead, MinutesReading
from server.views.when import day_words, hour_words

NOT_HEARD: Final = {
    HearingEnding.ABSENT: "Le candidat ne s’est pas présenté à l’épreuve.",
    HearingEnding.STOPPED: "L’épreuve a été arrêtée.",
    HearingEnding.NEVER_BEGUN: "L’épreuve n’a pas commencé.",
    HearingEnding.UNFINISHED: "L’épreuve n’est pas allée à son terme.",
}
AGAIN: Final = ("Une décision antérieure est réexaminée après un recours. Elle reste inscrite à côté de celle-ci, et "
                "aucun bloc déjà attribué n’est retiré.")
UNDECIDED: Final = "Rien n’est encore décidé."
UNANIMOUS: Final = "Décision des trois membres, conforme au résultat calculé."
MAJORITY: Final = "Décision de la majorité des trois membres, conforme au résultat calculé."
RESERVE: Final = "Sous réserve de validation par la commission."
WITHHELD: Final = ("Le jury ne statue pas pour l’instant : la décision est suspendue. Elle sera prise par une nouvelle "
                   "séance.")


def listed(several: Sequence[str]) -> str:
    """"BC1, BC2 et BC3"."""
    return several[0] if len(several) == 1 else f"{', '.join(several[:-1])} et {several[-1]}"


def decision(one: ItemRead) -> str:
    """In one sentence."""
    ruling = one.ruling
    if ruling is None:
        return ""
    if ruling.award == "full":
        return "Le jury attribue la certification."
    if ruling.award == "partial":
        return _partial(ruling)
    return WITHHELD if ruling.award == "withheld" else "Le jury n’attribue pas la certification."


def _partial(ruling: Ruling) -> str:
    if not ruling.blocks:
        return "Le jury n’attribue pas la certification : aucun nouveau bloc n’est acquis."
    codes = listed(sorted(ruling.blocks))
    several = len(ruling.blocks) > 1
    return (f"Le jury attribue partiellement la certification : {'les blocs' if several else 'le bloc'} {codes} "
            f"{'sont acquis' if several else 'est acquis'}.")


def after(reading: MinutesReading, one: ItemRead, *, own: bool) -> Iterable[str]:
    """What follows. `own`: for the candidate, who learns how to appeal, and not how the members voted."""
    ruling = one.ruling
    if ruling is None:
        return
    if ruling.words is not None:
        yield reading.text(ruling.words)
    yield from _kept(ruling)
    if ruling.award == "withheld":
        return
    if not own:
        yield MAJORITY if ruling.dissents else UNANIMOUS
    missing = [each.code for each in ruling.result.blocks if not each.validated and not each.kept]
    if missing:
        several = f"{'aux blocs' if len(missing) > 1 else 'au bloc'} {listed(missing)}"
        only = " seulement" if len(missing) < len(ruling.result.blocks) else ""
        yield f"Le candidat peut se présenter en rattrapage {several}{only}."
    yield RESERVE
    if own:
        yield _appeal(reading, one, ruling)


def _kept(ruling: Ruling) -> Iterable[str]:
    for each in ruling.kept:
        until = f", valable jusqu’au {day_words(each.until, 'fr')}" if each.until is not None else ""
        yield (f"Bloc {each.block} conservé : acquis le {day_words(each.ruled_on, 'fr')}, version {each.version}"
               f"{until}.")


def _appeal(reading: MinutesReading, one: ItemRead, ruling: Ruling) -> str:
    until = last_day_of_appeal(ruling.ruled_on, one.framework.delays)
    to = ", ".join(one.framework.appeal_address) or reading.body
    return (f"Recours : par lettre recommandée, en disant vos raisons, postée au plus tard le "
            f"{day_words(until, 'fr')}, à {to}.")


def course(one: ItemRead) -> Iterable[str]:
    """How it came before the jury, and what the jury asked."""
    if one.again:
        yield AGAIN
    if one.ruling is None:
        yield UNDECIDED
    elif one.ruling.ending in NOT_HEARD:
        yield NOT_HEARD[one.ruling.ending]
    if one.asked is not None:
        began, ended = (hour_words(at, "fr") for at in one.asked)
        yield f"Le jury d’évaluation, convoqué, a répondu aux questions du jury de certification de {began} à {ended}."


def dissents(reading: MinutesReading, one: ItemRead) -> Iterable[str]:
    """Of who asked that it be kept."""
    for each in one.ruling.dissents if one.ruling is not None else ():
        if each.words is not None:
            yield f"{reading.name(each.person)} ne partage pas cette décision : « {reading.text(each.words)} »"


# Blocks and competencies


def blocks(one: ItemRead) -> list[MinutesBlock]:
    """None where nothing was marked."""
    ruling = one.ruling
    if ruling is None or not (ruling.marks or ruling.kept):
        return []
    return [_block(one.framework.block(each.code), each) for each in ruling.result.blocks]


def _block(block: CompetencyBlock, found: BlockOutcome) -> MinutesBlock:
    title = f"{block.code}. {block.title}"
    if found.kept:
        return {"title": title, "acquired": "", "outcome": "Conservé", "reasons": []}
    return {"title": title, "acquired": f"{found.acquired} sur {found.total}", "outcome": OUTCOMES[found.validated],
            "reasons": [_sentence(reason.in_french()) for reason in found.reasons]}


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:] + ("" if words.endswith(".") else ".")


def rule(framework: Framework) -> str:
    """What validates a block, as the framework has it."""
    told = list[str]()
    for share in dict.fromkeys(one.share for one in framework.blocks):
        same = [one for one in framework.blocks if one.share == share]
        wanted = [f"{listed(one.mandatory)} pour {one.code}" for one in same if one.mandatory]
        codes = listed([one.code for one in same])
        told.append(f"{_percent(share)} des compétences au moins pour {codes}"
                    f"{', dont ' + ' ; '.join(wanted) if wanted else ''}")
    return f"Règle appliquée : {' ; '.join(told)}."


def _percent(share: Fraction) -> str:
    part = share * 100
    return f"{part.numerator} %" if part.denominator == 1 else f"{share.numerator}/{share.denominator}"


def settled(reading: MinutesReading, one: ItemRead) -> list[SettledLine]:
    """The competencies that the certification jury marked itself, with its reasons."""
    return [{"code": each.competency, "title": one.framework.competency(each.competency).title,
             "mark": MARKS[each.mark.value], "words": reading.text(each.words)}
            for each in (one.ruling.settled if one.ruling is not None else ())]

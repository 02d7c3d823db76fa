"""The signed deliberation grid as a paper: `DeliberationGrid` from a candidate's record. Papers are in French.

Nothing is decided or computed here: marks, outcomes and reasons are those of the record (R3.6 to R3.8).
"""
from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from evaluation.deadlines import day_of
from evaluation.session.state import SessionState
from server.documents.legible import apart, each_text
from server.documents.record_pdf import BlockLines, CompetencyLine, DeliberationGrid, SignatureLine
from server.views.session import labels
from server.views.session.contract.basic_types import Person
from server.views.session.contract.deliberation_types import BlockOutcome
from server.views.session.contract.record_types import (
    ClockLine,
    DatedSignature,
    GridRow,
    RecordDeliberation,
    RecordIncident,
    RecordView,
)
from server.views.when import day_words, hour_words

MARKS = {"A": "Acquise", "NA": "Non acquise"}
OUTCOMES = {True: "Validé", False: "Non validé", None: "Sans résultat"}


def grid_paper(record: RecordView, state: SessionState, head: str, position: int) -> DeliberationGrid:
    """`record` is read in French, with the grids' door open, and the hearing closed. `head` is the hash of the
    journal's record at `position`, the one that closed the hearing. ValueError without a deliberation."""
    record = cast("RecordView", each_text(record, apart))
    table = record["deliberation"]
    if table is None:
        raise ValueError("this record shows no deliberation")
    framework = state.framework
    whole = next((one for one in table["recommendations"] if one["block"] is None), None)
    return {
        "awarding_body": {"name": framework.appeal_address[0], "line": ", ".join(framework.appeal_address[1:])},
        "reference": {"label": f"Épreuve du {record['day']} à {record['hour']}",
                      "number": record["candidate"]["name"]},
        "title": "Grille de délibération",
        "day": state.date,
        "subtitle": f"{record['certification']}, {framework.code}, version {framework.version}. "
                    f"Séance du {record['day']} à {record['hour']}, {record['mode_words']}.{_transcribed(record)}",
        "jury": [{"seat": _capital(one["role_words"]), "name": one["name"], "state": _state(one)}
                 for one in record["jury"]],
        "jury_notes": [f"{one['name']} ne prend pas part à cette délibération." for one in record["jury"]
                       if one["recused"]],
        "candidate": {"heading": _heading(record["candidate"]), "name": record["candidate"]["name"],
                      "facts": _facts(record)},
        "blocks": [_block(block, table) for block in table["blocks"]],
        "result": f"Résultat calculé : {table['outcome_words'].lower()}. "
                  f"Le jury préconise : {whole['advice_words'] if whole else ''}.",
        "comments": [whole["words"]] if whole and whole["words"] else [],
        "course": _course(record),
        "incidents": [_incident(one) for one in record["incidents"]],
        "signatures": [_signature(one, record) for one in table["signatures"]],
        "footer": f"Empreinte du journal : {' '.join(head[i:i + 4] for i in (0, 4, 8))} (position {position}). "
                  "Vérifier : visiojury verify",
    }


def _transcribed(record: RecordView) -> str:
    return f" {record['transcribed']}" if record["transcribed"] else ""


def _heading(candidate: Person) -> str:
    known = candidate["role_words"] != labels.CANDIDATES[""]
    return _capital(candidate["role_words"]) if known else "Candidature"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _state(person: Person) -> str:
    if person["recused"]:
        return "récusation"
    return "préside le jury" if person["president"] else ""


def _facts(record: RecordView) -> list[tuple[str, str]]:
    identity = record["identity"]
    sought = [block["code"] for block in record["blocks"] if not block["kept"]]
    kept = [block["code"] for block in record["blocks"] if block["kept"]]
    facts = [("Nom", record["candidate"]["name"]), ("Blocs présentés", ", ".join(sought))]
    if kept:
        facts.append(("Blocs conservés", ", ".join(kept)))
    if identity and identity["decision"]:
        facts.append(("Identité", f"{identity['decision']} (décision de {identity['by']}, {identity['hour']})"))
    facts.append(("Feuille de présence", record["sheet"]))
    return facts + [("Aménagement", words) for words in record["extra"]]


def _block(block: BlockOutcome, table: RecordDeliberation) -> BlockLines:
    rows = [row for grid in table["grids"] if grid["code"] == block["code"] for row in grid["rows"]]
    advice = next((one for one in table["recommendations"] if one["block"] == block["code"]), None)
    return {
        "code": block["code"], "title": block["title"], "competencies": [_competency(row) for row in rows],
        "outcome": "Conservé" if block["kept"] else OUTCOMES[block["validated"]], "reasons": block["reasons"],
        "recommendation": " : ".join(one for one in (advice["advice_words"], advice["words"]) if one) if advice else "",
    }


def _competency(row: GridRow) -> CompetencyLine:
    disputed = row["disputed"] or not row["reached"]
    against = [own for own in row["own"].values() if own["mark"] == "NA"] if row["proposed"] == "NA" else []
    said = [own["words"] or "" for own in against] + ["Non démontrée." for own in against if own["not_shown"]]
    return {
        "code": row["competency"], "title": row["title"], "mandatory": row["mandatory"],
        "mark": "En litige" if disputed or row["proposed"] is None else MARKS[row["proposed"]],
        "reason": row["dispute_words"] or "" if disputed else _once(said),
    }


def _once(sentences: Iterable[str]) -> str:
    """Each once, in order: jurors often give the same reason."""
    return " ".join(dict.fromkeys(one for one in sentences if one))


def _course(record: RecordView) -> list[tuple[str, str]]:
    return [(clock["phase"], _ran(clock)) for clock in record["attempts"][-1]["clocks"]]


def _ran(clock: ClockLine) -> str:
    besides = (("dépassement", clock["overrun"]), ("pauses", clock["paused"]), ("temps rendu", clock["given_back"]))
    told = [f"{clock['elapsed']} sur {clock['planned']}", *(f"{words} {value}" for words, value in besides if value)]
    return ", ".join(told)


def _incident(one: RecordIncident) -> str:
    clock = f", {one['clock_words']}" if one["clock_words"] else ""
    suspected = "Présomption de fraude. " if one["suspected_fraud"] else ""
    words = f" {one['words']}" if one["words"] else ""
    asked = "".join(f" {answer['question']} {answer['words']}" for answer in one["answers"])
    return (f"{one['hour']}, {one['phase_words']}{clock} : {suspected}{one['kind_words']}.{words}{asked} "
            f"Noté par {one['by']}.{_script(one)}")


def _script(one: RecordIncident) -> str:
    """What came of it in the room: the candidate's answer, and the president's decision."""
    script = one["script"]
    if script is None:
        return ""
    said = script["answer"] or "mots effacés"
    answered = {"given": f" Réponse signée de la personne : {said}",
                "missed": f" Aucune réponse n’a pu être prise : {said}",
                "declined": " La personne a choisi de ne pas répondre sur le moment."}
    decided = {"go_on": " La présidence a décidé de continuer.", "stop": " La présidence a décidé d’arrêter."}
    how, course = script["how"], script["course"]
    return (answered[how] if how else "") + (decided[course] if course else "")


def _signature(one: DatedSignature, record: RecordView) -> SignatureLine:
    person = next((juror for juror in record["jury"] if juror["seat"] == one["seat"]), None)
    seat = _capital(person["role_words"]) if person else ""
    at = one["refused_at"] if one["refused"] else one["signed_at"]
    time = f"{day_words(day_of(at), 'fr')}, {hour_words(at, 'fr')}" if at is not None else ""
    time = f"sur papier, transcrit ; confirmé le {time}" if one["on_paper"] and time else time
    return {"seat": seat, "name": one["name"], "time": time, "refused": one["refused"], "words": one["words"] or ""}

"""The identity check as each seat sees it: `IdentityView` (jury, organizer) and `CandidateIdentity` of view.d.ts.

Whether the candidate agreed to a comparison of faces is theirs alone: the jury's view has no word about it (X1).
"""
from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, get_args

from evaluation.codec import decode
from evaluation.rules import N_
from evaluation.session.gates import courses_after, explained, identity_settled
from evaluation.session.hearing_parts import CaptureRef, Document
from evaluation.session.measured import Check, Failure, Gesture, IdentityDocument, Measured, Side, SignalName, SignalRow
from evaluation.session.on_site import is_on_site
from evaluation.session.phases import OVER, PRIVATE, Phase
from evaluation.session.state import Hearing
from evaluation.session.terms import IDENTITY_KINDS, CopyKind, IdentityFinding
from server.checking.progress import SHOW, WAITING
from server.checking.supplied import back_missing, sides_of
from server.identity.findings import SIDES
from server.identity.words import TROUBLE
from server.views.session import labels
from server.views.session.contract import identity_types as told
from server.views.session.contract.identity_types import (
    AcceptedKind,
    AskedCheck,
    CandidateIdentity,
    CaptureView,
    DocumentView,
    FaceConsent,
    FindingChoice,
    IdentityCheck,
    IdentityView,
    KindOfDocument,
    SaidAt,
    Signals,
    WantedSide,
)
from server.views.session.reading import Reading
from server.views.session.signal_rows import flaw_view, quality_view, row_view

SIDE_KIND: Mapping[Side, CopyKind] = {"front": "identity_front", "back": "identity_back"}
SIDE_WORDS: Mapping[Side, str] = {"front": N_("Recto, côté photo"), "back": N_("Verso")}
ORDER: tuple[SignalName, ...] = get_args(SignalName)
PASSPORT_PAGE = N_("La double page avec la photo")
KIND_WORDS: Mapping[IdentityDocument, str] = {
    "new_card": N_("Carte d’identité, format carte bancaire"), "old_card": N_("Carte d’identité, ancien grand format"),
    "passport": N_("Passeport"), "residence_permit": N_("Titre de séjour"), "licence": N_("Permis de conduire"),
}
ADVICE = N_("Tenez le document par les bords, sans rien couvrir. Sur votre écran l’image est inversée comme dans un "
            "miroir ; le jury la voit à l’endroit.")
GESTURES: Mapping[Gesture, tuple[str, str]] = {
    "turn_head": (N_("Tourner la tête"), N_("Tournez lentement la tête d’un côté, puis de l’autre.")),
    "hand_across_face": (N_("Passer la main devant le visage"),
                         N_("Passez lentement une main devant votre visage.")),
    "tilt_card": (N_("Incliner la carte"), N_("Inclinez lentement le document, d’avant en arrière.")),
}
"""For the juror who asks, for the candidate who is asked."""
FAILURES: Mapping[str, str] = {
    **TROUBLE, "failed": TROUBLE["died"],
    "no_stream": N_("Aucune image n’est arrivée de la caméra de la personne évaluée. Vérifiez qu’elle est "
                    "allumée, puis demandez de nouveau, ou comparez à l’œil."),
}
CONSENT: tuple[str, ...] = (
    N_("Le jury compare votre visage à la photo de votre pièce d’identité. Une machine peut l’aider, si vous "
       "l’acceptez : elle mesure la ressemblance des deux images, le jury regarde, et le président décide."),
    N_("Ce qu’elle calcule de votre visage disparaît aussitôt. Il reste une mesure et deux petites images, chiffrées, "
       "que seuls le jury, l’organisation et l’organisme certificateur peuvent voir, effacées après le délai de "
       "recours."),
    N_("Si vous dites non, le jury compare à l’œil. Cela ne change rien pour vous, et ne lui est pas signalé."),
    N_("Vous pouvez retirer votre accord à tout moment, même après l’épreuve : ici ou, depuis un autre appareil une "
       "fois la session close, en répondant au courriel de votre convocation. Ces images sont alors effacées."),
)
QUESTION = N_("Acceptez-vous qu’une machine compare votre visage à cette photo ?")
YES, NO = N_("Oui, j’accepte cette comparaison"), N_("Non, je préfère que le jury compare à l’œil")
WITHDRAW = N_("Ne plus comparer mon visage")


# Documents -------------------------------------------------------------------------------------------------------


def newest(documents: tuple[Document, ...]) -> list[Document]:
    """The last supplied of each kind, in the order of the kinds."""
    by_kind = {document.kind: document for document in documents}
    return [by_kind[kind] for kind in labels.DOCUMENTS if kind in by_kind]


def document_view(reading: Reading, document: Document, title: str = "") -> DocumentView:
    return {
        "id": document.id, "kind": document.kind, "title": title or reading.label(labels.DOCUMENTS, document.kind),
        "pages": document.pages, "supplied_at": document.at,
    }


def copies_view(reading: Reading, hearing: Hearing) -> list[DocumentView]:
    return [_copy(reading, hearing, one) for one in newest(hearing.documents) if one.kind in IDENTITY_KINDS]


def _copy(reading: Reading, hearing: Hearing, copy: Document) -> DocumentView:
    """A copy with what was seen on it (R6.2): looked at by a machine, settled by a person, before the identity is
    decided: afterwards there is nothing to accept."""
    front = copy.kind == "identity_front"
    found = None
    if copy.flaws is not None:
        found = [flaw_view(reading.locale, "front" if front else "back", code) for code in copy.flaws]
        if front and back_missing(hearing):
            found.append(flaw_view(reading.locale, "back", "back_missing"))
    return {
        **document_view(reading, copy), "identity": copy.identity, "quality": quality_view(reading.locale, found),
        "accepted_by": reading.name(copy.accepted_by) if copy.accepted_by else None,
        "decided": identity_settled(hearing),
    }


# The jury's ------------------------------------------------------------------------------------------------------


RENEWED = N_("Une nouvelle copie est arrivée. Ce qui a pu être mesuré sur l’ancienne ne s’affiche plus : demandez une "
             "nouvelle vérification.")


def identity_view(reading: Reading, hearing: Hearing) -> IdentityView:
    """R6.3: the copies, the captures, what was measured, the opinions, the president's decision."""
    decision = hearing.identity
    others = [s for s in reading.state.jurors_sitting(hearing.id) if s.id != reading.state.president_of(hearing.id)]
    return {
        "state": "decided" if decision else "undecided",
        "finding": decision.finding if decision else None,
        "course": decision.course if decision else None,
        "decided_words": decision_words(reading, hearing),
        "words": reading.words(decision.words) if decision else None,
        "decided_at": decision.at if decision else None,
        "by": reading.name(decision.by) if decision else None,
        "opinions": [
            {"seat": seat, "name": reading.name(seat), "conform": one.conform, "words": reading.words(one.words)}
            for seat, one in hearing.opinions.items()
        ],
        "dissent": [reading.name(seat) for seat in decision.dissent] if decision else [],
        "waiting_for": [
            reading.name(s.id) for s in others
            if decision is None and s.id in reading.state.present and s.id not in hearing.opinions
            and s.id != reading.seat.id
        ],
        "copies": copies_view(reading, hearing),
        "captures": [_capture(reading, one) for one in hearing.captures],
        "sides": [{"side": side, "words": _side_words(reading, hearing, side)} for side in sides_of(hearing)],
        "gestures": [{"gesture": name, "words": reading.say(words[0])} for name, words in GESTURES.items()],
        "check": _check(reading, hearing.check) if hearing.check else None,
        "gesture": hearing.gesture,
        "on_site": _seen_kinds(reading, hearing),
        "findings": [_choice(finding) for finding in get_args(IdentityFinding)],
        "failure": _failure(reading, hearing.check_failure) if hearing.check_failure else None,
        "renewed": _renewed(reading, hearing),
        "signals": signals_view(reading, hearing.signals[-1]) if hearing.signals else None,
    }


def _seen_kinds(reading: Reading, hearing: Hearing) -> list[KindOfDocument]:
    """Which documents the jury may say that it saw with its own eyes; none where a camera shows them (X13)."""
    if not is_on_site(reading.state, hearing, hearing.candidate.id):
        return []
    return [{"identity": kind, "words": reading.say(KIND_WORDS[kind])}
            for kind in reading.state.framework.identity.documents]


def _capture(reading: Reading, capture: CaptureRef) -> CaptureView:
    return {"id": capture.id, "at": capture.at, "seat": capture.seat, "by": reading.name(capture.by)}


def _choice(finding: IdentityFinding) -> FindingChoice:
    courses = courses_after(finding)
    return {"finding": finding, "courses": list(courses), "needs_words": any(map(explained, courses))}


def decision_words(reading: Reading, hearing: Hearing) -> str | None:
    decision = hearing.identity
    if decision is None:
        return None
    finding, course = reading.label(labels.FINDINGS, decision.finding), reading.label(labels.COURSES, decision.course)
    said = reading.say(N_("{finding} : {course}"), finding=finding, course=course)
    if decision.seen is None:
        return said
    return reading.say(N_("{said} ({document}, vue sur place)"), said=said,
                       document=reading.say(KIND_WORDS[decision.seen]))


def _check(reading: Reading, check: Check) -> IdentityCheck:
    return {"side": check.side, "source": check.source, "at": check.at, "by": reading.name(check.by),
            "words": reading.say(WAITING[check.side])}


def _failure(reading: Reading, failure: Failure) -> SaidAt:
    return {"at": failure.at, "words": reading.say(FAILURES[failure.why])}


def _renewed(reading: Reading, hearing: Hearing) -> SaidAt | None:
    """When the newest copy came, where what had been measured is no longer shown because of it."""
    last = hearing.past_signals[-1] if hearing.past_signals else None
    newest = max((one.at for one in hearing.documents if one.kind in IDENTITY_KINDS), default=0)
    if last is None or hearing.check or hearing.signals or hearing.identity or newest < last.at:
        return None
    return {"at": newest, "words": reading.say(RENEWED)}


def _side_words(reading: Reading, hearing: Hearing, side: Side) -> str:
    front = hearing.document("identity_front")
    passport = front is not None and front.identity == "passport"
    return reading.say(PASSPORT_PAGE if passport and side == "front" else SIDE_WORDS[side])


def signals_view(reading: Reading, measured: Measured) -> Signals:
    """The rows of one check, in the order in which they are looked at. There is no sum of them."""
    date = reading.words(measured.expiry)
    values: dict[str, Any] = {"date": date} if date else {}
    rows: list[told.SignalRow] = [
        {
            **row_view(reading.locale, row, values),
            "copy": row.copy.id if row.copy else None, "live": row.live.id if row.live else None,
        }
        for row in sorted((*measured.rows, *_apart(reading, measured)), key=lambda row: ORDER.index(row.name))
    ]
    return {"position": measured.position, "at": measured.at, "taken_at": measured.taken_at, "side": measured.side,
            "rows": rows}


def _apart(reading: Reading, measured: Measured) -> tuple[SignalRow, ...]:
    """Faces compared with the candidate's consent, while it holds and the row is kept."""
    text = reading.words(measured.apart)
    return () if text is None else (decode(SignalRow, json.loads(text)),)


# The candidate's -------------------------------------------------------------------------------------------------


def candidate_identity(reading: Reading, hearing: Hearing, *, supplies: bool) -> CandidateIdentity:
    """What to supply, the separate yes or no, what to show now. A yes is shown as long as it can be taken back: to the
    end, and after it."""
    view: CandidateIdentity = {"state": "decided" if hearing.identity else "undecided"}
    if hearing.face_consent == "yes" or (supplies and hearing.phase not in PRIVATE | OVER):
        view["consent"] = consent_view(reading, hearing)
    if not supplies:
        return view
    view["copies"] = copies_view(reading, hearing)
    view["kinds"] = [_kind(reading, one) for one in reading.state.framework.identity.documents]
    if hearing.phase is Phase.WELCOME:
        check, gesture = hearing.check, hearing.gesture
        view["check"] = _to_show(reading, check) if check else None
        view["gesture"] = {"gesture": gesture, "words": reading.say(GESTURES[gesture][1])} if gesture else None
    return view


def _to_show(reading: Reading, check: Check) -> AskedCheck:
    return {"side": check.side, "source": check.source, "at": check.at, "words": reading.say(SHOW[check.side]),
            "advice": reading.say(ADVICE)}


def _kind(reading: Reading, kind: IdentityDocument) -> AcceptedKind:
    sides: list[WantedSide] = [
        {"side": side, "kind": SIDE_KIND[side], "lines": SIDES[kind].lines_on == side,
         "words": reading.say(PASSPORT_PAGE if kind == "passport" else SIDE_WORDS[side])}
        for side in SIDES[kind].needed
    ]
    return {"identity": kind, "words": reading.say(KIND_WORDS[kind]), "sides": sides}


def consent_view(reading: Reading, hearing: Hearing) -> FaceConsent:
    return {
        "state": hearing.face_consent, "text": [reading.say(one) for one in CONSENT],
        "question": reading.say(QUESTION), "yes": reading.say(YES), "no": reading.say(NO),
        "withdraw": reading.say(WITHDRAW), "over": identity_settled(hearing),
    }

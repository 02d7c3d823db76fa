"""What the clerk, and the commission, do with one certificate: each act with its form, if the rules would do it now."""
from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from aiohttp import web

from evaluation.body.terms import Meeting
from evaluation.candidacy.kind import CANDIDACY
from evaluation.offices import Act, OfficeRole
from evaluation.people import SOME_PAPER, SOME_WORDS
from evaluation.quotes import Quote
from evaluation.register.correcting import CorrectCertificate, IssueDuplicate, RevokeCertificate
from evaluation.register.kind import REGISTER
from evaluation.register.posting import AFTER, FateNoted, NoteFate
from evaluation.register.state import Certificate, RegisterState
from evaluation.rules import N_, Refusal
from server.http import parts
from server.http.form_fields import Choice, Day, Text, Upload
from server.http.forms import Form, Sent
from server.http.office.acting import Papers, made_id
from server.http.office.citing import quote_at
from server.http.office.door import DESK
from server.http.office.offices import MEETING, as_recorded, meeting_of
from server.journals.quoting import reference
from server.people.certificate_holder import Holder
from server.people.issuing_certificates import certificate_code

LINES: Final = 4
FATES: Final[tuple[tuple[FateNoted, str], ...]] = (
    ("received", N_("Il est reçu.")), ("passed_on", N_("L’entreprise l’a remis à la personne.")),
    ("undeliverable", N_("Il est revenu : adresse inconnue, ou personne ne l’a retiré.")),
    ("company_gone", N_("L’entreprise n’existe plus : ce qui devait lui être adressé ira aux personnes elles-mêmes.")))
FATE: Final = Form((
    Choice("fate", N_("Ce qui est arrivé"), choices=FATES), Day("on", N_("Quel jour")),
    Text("words", N_("Précision"), required=False, lines=2, most=1000)), N_("Noter"))
DUPLICATE: Final = Form((
    Choice("reason", N_("Pourquoi"), choices=(
        ("lost", N_("perdu")), ("stolen", N_("volé")), ("damaged", N_("abîmé")),
        ("never_arrived", N_("jamais arrivé")))),
    Text("words", N_("Précision"), required=False, lines=2, most=1000)), N_("Établir un duplicata"))
CORRECT: Final = Form((
    Text("name", N_("Prénoms et nom à écrire"), N_("Tous les prénoms, puis le nom de naissance."), most=200),
    Text("used", N_("Nom d’usage"), N_("S’il est autre."), required=False, most=100),
    Choice("reason", N_("Pourquoi"), choices=(
        ("typing_error", N_("faute de frappe")), ("civil_status", N_("changement d’état civil")))),
    Upload("paper", N_("Acte ou pièce qui le montre"), N_("Nécessaire pour un changement d’état civil."),
           required=False)), N_("Établir le nouveau certificat"))
REVOKE: Final = Form((
    Text("words", N_("Motif"), N_("Gardé au registre. La page publique dit que le document est retiré, sans le motif."),
         lines=LINES, most=5000), *MEETING), N_("Retirer ce certificat"), sure=True)

AWARD_WAITS: Final = N_("L’attribution est suspendue, ou ne vaut plus : {number} n’est pas remplacé. Il reste au "
                        "registre tel qu’il est ; corrigez-le une fois le dossier décidé, si l’attribution vaut.")


@dataclass(frozen=True)
class Doing:
    """The act under way: where, on which certificate, under which office."""

    request: web.Request
    state: RegisterState
    one: Certificate
    holder: Holder | None
    office: Quote


@dataclass(frozen=True)
class CertificateAct:
    """`title` names it on its page and its button; `example` asks the rules; `fields` makes the command's from the
    form. `done` is what the certificate's page says then. `rests_on_award`: not while its award is withheld, or where
    it holds no more."""

    name: str
    title: str
    told: str
    command: str
    form: Form
    example: Callable[[Doing], Any]
    fields: Callable[[Doing, Sent, Papers], Awaitable[dict[str, Any]]]
    done: str
    by_commission: bool = False
    rests_on_award: bool = False


def _fates(doing: Doing) -> tuple[tuple[FateNoted, str], ...]:
    return tuple(one for one in FATES if _allows(doing, NoteFate(
        doing.one.number, one[0], doing.request[DESK].today, doing.office)))


def _some_fate(doing: Doing) -> Any:
    known = _fates(doing)
    return NoteFate(doing.one.number, known[0][0] if known else next(iter(AFTER)), doing.request[DESK].today,
                    doing.office)


async def _fate_fields(doing: Doing, sent: Sent, _kept: Papers) -> dict[str, Any]:
    values = sent.values
    return {"number": doing.one.number, "fate": values["fate"], "on": values["on"].isoformat(),
            "words": values["words"]}


async def _duplicate_fields(doing: Doing, sent: Sent, _kept: Papers) -> dict[str, Any]:
    return {"number": doing.one.number, "reason": sent.values["reason"], "words": sent.values["words"]}


async def _correct_fields(doing: Doing, sent: Sent, kept: Papers) -> dict[str, Any]:
    values = sent.values
    if not await award_holds(doing.request, doing.one):
        raise Refusal("R8.3", AWARD_WAITS, number=doing.one.text)
    holder = (doing.holder or Holder("")).named(values["name"], values["used"])
    code = certificate_code(parts.vault(doing.request), made_id(doing.request, sent, "certificate code"))
    return {"number": doing.one.number, "holder": holder.as_words(), "code": code, "reason": values["reason"],
            "award": reference(doing.one.award), "paper": await kept.keep("paper")}


async def _revoke_fields(doing: Doing, sent: Sent, kept: Papers) -> dict[str, Any]:
    return {"number": doing.one.number, "words": sent.values["words"],
            "meeting": await meeting_of(sent, kept.keep)}


def _correction(doing: Doing) -> Any:
    return CorrectCertificate(doing.one.number, SOME_WORDS, "-" * 32, "civil_status", doing.one.award, doing.office,
                              SOME_PAPER)


def _revocation(doing: Doing) -> Any:
    return RevokeCertificate(doing.one.number, SOME_WORDS, doing.office,
                             Meeting(doing.request[DESK].today, SOME_PAPER))


ACTS: Final = (
    CertificateAct(
        "fate", N_("Noter ce qu’il est devenu"), "", "NoteFate", FATE, _some_fate, _fate_fields, "fate-noted"),
    CertificateAct(
        "duplicate", N_("Établir un duplicata"), N_("Il porte le même numéro, et dit qu’il est un duplicata."),
        "IssueDuplicate", DUPLICATE, lambda doing: IssueDuplicate(doing.one.number, "lost", doing.office),
        _duplicate_fields, "duplicated"),
    CertificateAct(
        "correct", N_("Corriger le nom"),
        N_("Un nouveau certificat le remplace, sous un autre numéro. Celui-ci reste au registre : la page publique dit "
           "qu’il ne vaut plus, sans dire l’ancien nom."),
        "CorrectCertificate", CORRECT, _correction, _correct_fields, "certificate-righted",
        rests_on_award=True),
    CertificateAct(
        "revoke", N_("Retirer ce certificat"),
        N_("Sur décision de la commission. Il ne se rétablit pas : une nouvelle attribution aurait un autre numéro."),
        "RevokeCertificate", REVOKE, _revocation, _revoke_fields, "revoked", by_commission=True),
)


async def acts_of(doing: Doing, *, by_commission: bool) -> tuple[CertificateAct, ...]:
    """Those that the rules would do now under this office."""
    holds = await award_holds(doing.request, doing.one)
    return tuple(one for one in ACTS if one.by_commission == by_commission and (holds or not one.rests_on_award)
                 and _allows(doing, one.example(doing)))


async def award_holds(request: web.Request, one: Certificate) -> bool:
    """Whether the award that it was issued on still does: no case is open on it, and none took it back."""
    state = await parts.journals(request).state(CANDIDACY, one.candidacy)
    return state is None or CANDIDACY.stands(state, one.award.position)


def _allows(doing: Doing, command: Any) -> bool:
    return REGISTER.allows(doing.state, command, doing.request[DESK].person, parts.now(doing.request))


def form_of(doing: Doing, act: CertificateAct) -> Form:
    """With what can be chosen now."""
    if act.name == "fate":
        known = _fates(doing)
        fields = tuple(replace(one, choices=known) if one.name == "fate" else one for one in act.form.fields)
        return replace(act.form, fields=fields)
    return as_recorded(doing.request, act.form, Act.DECISION) if act.by_commission else act.form


async def office_for(request: web.Request, *, by_commission: bool) -> Quote | None:
    """The grant under which they act: the clerk's; of the commission's acts a member's or a delegate's before it."""
    at = request[DESK]
    found = [one for one in at.offices if one.role is OfficeRole.CLERK]
    if by_commission:
        found = [*(one for one in at.offices if one.role is OfficeRole.COMMISSION_MEMBER or Act.DECISION in one.acts),
                 *found]
    return await quote_at(request, at.body.id, at.body.offices[found[0].id].position) if found else None

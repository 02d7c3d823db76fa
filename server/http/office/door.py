"""Who comes to the pages of the offices: whoever signed in with more than a mailed link and holds, today, an office
that opens the page. To everybody else there is no such page.
"""
from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from aiohttp import web

from evaluation.body.access import may_keep_registers, may_see_sign_ins
from evaluation.body.kind import BODY
from evaluation.body.reading_rights import Register
from evaluation.body.state import BodyState
from evaluation.deadlines import day_of
from evaluation.offices import TITLES, Office, held
from evaluation.rules import N_
from server.http import parts
from server.http.errors import STATUS_TEXTS
from server.http.home import AtHome, Home, space_path
from server.http.language import locale_of
from server.http.office.case_marks import mark_of_address
from server.http.office.whose_desk import DESK as DESK
from server.http.office.whose_desk import Asking as Asking
from server.http.office.whose_desk import AtDesk as AtDesk
from server.http.office.whose_desk import Unasked as Unasked
from server.http.pages import form_page
from server.http.problem import Problem
from server.i18n import Locale, say
from server.people.ways_in import is_strong
from server.views.desk import Desk, DeskPage

ROUTE: Final = "/space/{person}/office/"
HEARINGS, RESULTS, CASES, REFERENCE = N_("Épreuves"), N_("Résultats"), N_("Dossiers"), N_("Gestion")
"""Words under which pages of the navigation are found."""
PLACES: Final[tuple[tuple[str, str, Register, str], ...]] = (
    ("delays", N_("Délais"), Register.DELAYS, ""),
    ("days", N_("Journées de jury"), Register.DAYS, HEARINGS),
    ("candidacies", N_("Candidatures"), Register.CANDIDACIES, HEARINGS),
    ("juries", N_("Jurys à désigner"), Register.JURIES, HEARINGS),
    ("jurors", N_("Jurés"), Register.JURORS, HEARINGS),
    ("adjustments", N_("Aménagements"), Register.ADJUSTMENTS, HEARINGS),
    ("sittings", N_("Jurys de certification"), Register.SITTINGS, RESULTS),
    ("batches", N_("Validation des résultats"), Register.BATCHES, RESULTS),
    ("certificates", N_("Certificats"), Register.CERTIFICATES, RESULTS),
    ("appeals", N_("Recours"), Register.APPEALS, RESULTS),
    ("cases", N_("Dossiers"), Register.CASES, CASES),
    ("decisions", N_("Décisions"), Register.DECISIONS, CASES),
    ("bars", N_("Interdictions"), Register.BARS, CASES),
    ("examinations", N_("Inscriptions à examiner"), Register.EXAMINATIONS, CASES),
    ("findings", N_("Constats"), Register.FINDINGS, CASES),
    ("people", N_("Personnes et fonctions"), Register.OFFICES, REFERENCE),
    ("providers", N_("Organismes de formation"), Register.PROVIDERS, REFERENCE),
    ("frameworks", N_("Référentiels"), Register.FRAMEWORKS, REFERENCE),
)
"""Address, words, the register that the page shows, and under which words it is found."""
IMPACT: Final = "impact"
LET_IN, SIGN_INS = "let-in", "sign-ins"
OF_SIGN_IN: Final[tuple[tuple[str, str, Callable[[Iterable[Office]], bool]], ...]] = (
    (LET_IN, N_("Donner un accès"), bool), (SIGN_INS, N_("Connexions"), may_see_sign_ins))
"""Address, words, and who of these offices comes there."""
DONE: Final[Mapping[str, str]] = {
    "scan-attached": N_("La copie est jointe."),
    "transcribed": N_("C’est enregistré. Chaque juré le relit et le confirme dans son espace."),
    "granted": N_("La fonction est attribuée. Si cette personne ne s’est jamais connectée, donnez-lui un accès."),
    "ended": N_("La fonction a pris fin."),
    "delegated": N_("La délégation est enregistrée."), "accredited": N_("La convention est enregistrée."),
    "renewed": N_("La convention est renouvelée."), "agreement-ended": N_("La fin de la convention est enregistrée."),
    "in-force": N_("Le référentiel est en vigueur à la date dite."),
    "decided": N_("La décision est enregistrée."),
    "superseded": N_("Le remplacement est enregistré."), "bar-set": N_("L’interdiction est enregistrée."),
    "bar-ended": N_("L’interdiction est levée."),
    "match-decided": N_("La réponse est enregistrée."),
    "carried-out": N_("C’est fait : la décision est suivie d’effet."),
    "candidacy-opened": N_("La candidature est enregistrée. Enregistrez maintenant ce que le jury a attribué."),
    "registered": N_("L’inscription est enregistrée."), "corrected": N_("La correction est enregistrée."),
    "withdrawn": N_("Le désistement est enregistré."),
    "convening": N_("Les convocations partent. Cette page dit ce qu’il advient de chacune."),
    "followed-up": N_("Le suivi est noté."),
    "late-agreed": N_("L’accord et le motif sont enregistrés."),
    "adjustment-asked": N_("La demande est transmise au référent handicap. Dites au candidat de lui remettre l’avis "
                           "médical, depuis son espace."),
    "opinion-seen": N_("C’est noté."),
    "adjustment-decided": N_("La décision est enregistrée. Le candidat en reçoit un courriel, et les journées "
                             "planifiées en tiennent compte."),
    "outcome": N_("Le résultat est enregistré."), "certificate": N_("Le certificat est enregistré."),
    "laid": N_("Les candidats sont sur la liste, aux heures choisies."),
    "hearing-added": N_("Le candidat est sur la liste de cette journée."),
    "hearing-moved": N_("L’heure est changée."), "hearing-removed": N_("Cette épreuve est annulée."),
    "move-agreed": N_("L’accord du candidat est enregistré."), "mode-changed": N_("C’est enregistré."),
    "late-noted": N_("Le retard est noté."), "aid-added": N_("L’aide humaine a une place dans cette épreuve."),
    "aid-removed": N_("Cette aide n’a plus de place dans cette épreuve."),
    "day-moved": N_("La journée est déplacée : chaque candidat garde son heure."),
    "failure-noted": N_("L’incident est noté pour chaque épreuve choisie. Un seul dossier les réunit, dans la liste "
                        "des dossiers."),
    "reordered": N_("L’ordre est changé."), "place-named": N_("Le lieu est enregistré."),
    "observer-added": N_("L’observateur a une place."), "observer-removed": N_("L’observateur n’a plus de place."),
    "deputy-named": N_("La suppléance est enregistrée."), "deputy-dismissed": N_("La suppléance a pris fin."),
    "day-planned": N_("La journée est prévue. Ce qui manque encore est ci-dessous."),
    "juror-entered": N_("Cette personne est dans le vivier."),
    "juror-proposed": N_("La proposition est enregistrée : le secrétariat de l’organisme certificateur la confirme."),
    "juror-changed": N_("La fiche est à jour."), "juror-retired": N_("Cette personne est sortie du vivier."),
    "link-declared": N_("Le lien est enregistré."), "link-ended": N_("Le lien est retiré."),
    "jury-asked": N_("La demande est enregistrée : la commission désigne le jury."),
    "jury-appointed": N_("C’est décidé : le jury prend place dans sa journée."),
    "substitute-appointed": N_("C’est décidé : le remplaçant prend place dans la journée."),
    "letter-handed": N_("La remise est notée."),
    "batch-presented": N_("Le lot est présenté à la commission. Cette page dit ce qu’elle en décide."),
    "batch-decided": N_("C’est décidé : chaque candidat concerné en reçoit un courriel."),
    "taken-back": N_("La décision est retirée."),
    "brief-written": N_("Cette version est donnée au jury, qui l’adopte ou demande à la revoir."),
    "brief-published": N_("Le cahier des charges est publié : les candidats le lisent dans leur espace."),
    "paper-supplied": N_("Le document est au dossier."), "late-accepted": N_("Le jury voit maintenant ce document."),
    "piece-noted": N_("C’est noté."), "agreement-noted": N_("L’accord est consigné."),
    "appeal-recorded": N_("Le recours est enregistré. Un dossier s’ouvre : la commission dit s’il est recevable."),
    "absence-excused": N_("L’absence est excusée."), "reservation-settled": N_("La réserve est levée."),
    "finding-recorded": N_("Le constat est enregistré. Dites maintenant qui corrige, et pour quand."),
    "finding-assigned": N_("L’action corrective est confiée."), "finding-closed": N_("Le constat est clos."),
    "sitting-convened": N_("La séance est convoquée. Cette page dit ce qui est attendu maintenant."),
    "sitting-convened-part": N_("La séance est convoquée, mais une partie des candidatures choisies n’a pas pu être "
                                "mise à l’ordre du jour : ajoutez-les de nouveau."),
    "sitting-noted": N_("C’est enregistré. Cette page dit ce qui est attendu maintenant."),
    "sitting-members": N_("C’est décidé : les membres prennent place dans la séance, et chacun reçoit sa convocation."),
    "case-opened": N_("Le dossier est ouvert. Cette page dit ce qui est attendu maintenant."),
    "issuing": N_("Les certificats s’établissent. Cette page dit ce qu’il advient de chacun."),
    "posted": N_("L’envoi est noté."), "fate-noted": N_("C’est noté."),
    "duplicated": N_("Le duplicata se prépare : il est à envoyer dès qu’il est prêt."),
    "certificate-righted": N_("Le nouveau certificat est au registre : celui d’avant ne vaut plus."),
    "revoked": N_("Le certificat est retiré : la page publique le dit dès maintenant."),
    "deposit-made": N_("Le fichier est prêt : téléchargez-le, déposez-le, puis donnez ici l’accusé de réception."),
    "receipt-read": N_("L’accusé de réception est lu. Ce qui a été refusé est à corriger, puis à renvoyer."),
    "case-noted": N_("C’est enregistré au dossier. Cette page dit ce qui est attendu maintenant."),
}
"""What a page says after a form was sent (`?done=`)."""


def desk_for(register: Register) -> AtHome:
    """A door for `entry`: open to who sees some of this register. Problem 404 to anybody else, as of an address that is
    not there."""

    async def allows(home: Home, request: web.Request) -> bool:
        found = await at_desk(home, request)
        if found is None or found.sees(register) == frozenset():
            raise not_there()
        request[DESK] = found
        return True

    return AtHome(allows)


async def at_desk(home: Home, request: web.Request) -> AtDesk | None:
    """None for who holds no office today, or came by a mailed link alone."""
    return await held_by(home, request) if is_strong(home.login) else None


async def held_by(home: Home, request: web.Request) -> AtDesk | None:
    """The desk that the address names; where it names none, that of the office held last."""
    asked = request.match_info.get("body")
    return next((one for one in await desks_of(home, request) if asked in (None, one.body.id)), None)


async def desks_of(home: Home, request: web.Request) -> tuple[AtDesk, ...]:
    """The offices of today in each awarding body, however the person came in: who came by a mailed link is told to sign
    in for them."""
    return await desks_held(request, home.person)


async def desks_held(request: parts.OfTheApplication, person: str) -> tuple[AtDesk, ...]:
    """Likewise, of anybody."""
    today, found = day_of(parts.now(request)), list[AtDesk]()
    rows = await parts.rows(request).page(Register.OFFICES, person=person, order="at", descending=True)
    for stream in dict.fromkeys(row.stream for row in rows):
        body = await parts.journals(request).state(BODY, stream)
        mine = held(body.all_offices(), person, today) if body is not None else ()
        if body is not None and mine:
            found.append(AtDesk(person, body, mine, today))
    return tuple(replace(one, several=len(found) > 1) for one in found)


def keeps(at: AtDesk) -> bool:
    """Whether the awarding body's registers are theirs to keep."""
    return may_keep_registers(at.offices) is not None


def not_there() -> Problem:
    return Problem(404, *STATUS_TEXTS[404])


# The frame


def base(request: web.Request) -> str:
    """What the address of each page begins with."""
    return request[DESK].address


async def show(request: web.Request, template: str, *, status: int = 200, here: str, **context: Any) -> web.Response:
    """A page of the offices. `here` is the place of the navigation that it belongs to. Whichever candidacy the address
    names, an open case of it is told first."""
    done = DONE.get(request.query.get("done", ""), "") if request.method == "GET" else ""
    locale = locale_of(request)
    return form_page(request, template, status=status, desk=await desk_of(request, here), base=base(request),
                     done=say(locale, done, {}) if done else "", case_mark=await mark_of_address(request), **context)


def places_of(at: AtDesk, locale: Locale, here: str = "") -> tuple[DeskPage, ...]:
    """The pages that they may see, and those of letting others in (`letting_in`)."""
    space = space_path(at.person)
    found = [(at.address + path, path, words, group) for path, words, register, group in PLACES
             if at.sees(register) != frozenset()]
    if keeps(at):
        found.append((at.address + IMPACT, IMPACT, N_("Données personnelles"), REFERENCE))
    found += [(space + path, path, words, REFERENCE) for path, words, comes in OF_SIGN_IN if comes(at.offices)]
    return tuple(DeskPage(address, say(locale, words, {}), path == here, say(locale, group, {}) if group else "")
                 for address, path, words, group in found)


async def desk_of(request: web.Request, here: str) -> Desk:
    at, locale = request[DESK], locale_of(request)
    profile = await parts.accounts(request).profile(at.person) or {}
    space = space_path(at.person)
    offices = dict.fromkeys(title_of(one, at.body, locale) for one in at.offices)
    return Desk(space, str(profile.get("name", "")), (*offices, *((at.body.name,) if at.several else ())),
        (DeskPage(space, say(locale, N_("Ce qui vous attend"), {})), *places_of(at, locale, here)))


def title_of(office: Office, body: BodyState, locale: Locale) -> str:
    """"responsable de l’organisation, BJO Formation"."""
    title = say(locale, TITLES[office.role], {})
    provider = body.providers.get(office.provider or "")
    return f"{title}, {provider.name}" if provider is not None else title

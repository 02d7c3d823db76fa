"""The facts that an impact assessment needs (X1; GDPR, art. 35), as they hold here: who sees which list, how long
things are kept, who else receives data. Each is asked of the code, the settings and the frameworks in force.
"""
from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from evaluation.body.reading_rights import ALL_OF_IT, Register, reads
from evaluation.body.terms import Certification
from evaluation.framework import Framework
from evaluation.offices import ACTS, AT_PROVIDER, TITLES, Act, Office, OfficeRole
from evaluation.rules import N_
from server.config import Config
from server.i18n import Locale, say, say_plural

SOMEBODY, SOMEWHERE = "somebody", "somewhere"
"""Who and what provider an office is imagined with, to ask what it opens."""
LOCAL = frozenset({"", "localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True)
class Seen:
    """A list, which offices see it whole, and which see their own provider's lines of it."""

    title: str
    whole: Sequence[str]
    own: Sequence[str]


@dataclass(frozen=True)
class Delay:
    """How long something is kept: from when on, and where that is set."""

    what: str
    since: str
    lasts: str
    setting: str


@dataclass(frozen=True)
class Version:
    """The delays of one version of a certification; none where its file is not the one that was put in force."""

    title: str
    delays: Sequence[Delay]
    known: bool


@dataclass(frozen=True)
class Recipient:
    """A server of somebody's that data reach. `where` is its name, "" for this machine."""

    what: str
    where: str
    gets: str


def who_sees(titles: Mapping[Register, str], locale: Locale) -> list[Seen]:
    """Each list, by its title, in the order given."""
    offices = [*_plain(locale), *_delegations(locale)]
    found = list[Seen]()
    for register, title in titles.items():
        rights = [(words, reads((office,), register)) for words, office in offices]
        found.append(Seen(
            say(locale, title, {}), [words for words, seen in rights if seen is ALL_OF_IT],
            [words for words, seen in rights if seen is not ALL_OF_IT and seen]))
    return found


def _plain(locale: Locale) -> Iterable[tuple[str, Office]]:
    for role in OfficeRole:
        if role is not OfficeRole.DELEGATE:
            yield say(locale, TITLES[role], {}), _office(role)


def _delegations(locale: Locale) -> Iterable[tuple[str, Office]]:
    for act in Act:
        yield (say(locale, N_("délégation pour {act}"), {"act": say(locale, ACTS[act], {})}),
               _office(OfficeRole.DELEGATE, act))


def _office(role: OfficeRole, *acts: Act) -> Office:
    return Office(SOMEBODY, SOMEBODY, role, date.min, provider=SOMEWHERE if role in AT_PROVIDER else None, acts=acts)


# How long


def _days(locale: Locale, n: int) -> str:
    return say_plural(locale, "{n} jour", "{n} jours", n, {})


def _months(locale: Locale, n: int) -> str:
    return say_plural(locale, "{n} mois", "{n} mois", n, {})


AFTER_APPEAL = N_("la fin du délai de recours")


def version_of(certification: Certification, framework: Framework | None, locale: Locale) -> Version:
    """`framework` is None where the file that was put in force is not here."""
    title = f"{certification.code}, {certification.version} : {certification.title}"
    delays = list[Delay]()
    if framework is not None:
        delays += [
            Delay(say(locale, N_("Délai de recours"), {}),
                  say(locale, N_("le jour du jury de certification qui a statué"), {}),
                  _months(locale, framework.delays.appeal_months), "appeal_months"),
            Delay(say(locale, N_("Copies des pièces d’identité, images prises à la caméra, mesures de ressemblance"),
                      {}),
                  say(locale, AFTER_APPEAL, {}), _days(locale, framework.delays.evidence_days), "evidence_days")]
    delays.append(Delay(
        say(locale, N_("Avis médical"), {}), say(locale, N_("la dernière décision sur l’aménagement"), {}),
        _months(locale, certification.opinion_months), "opinion_months"))
    return Version(title, delays, framework is not None)


def settings_delays(config: Config, locale: Locale) -> list[Delay]:
    """What config.toml sets, for all certifications."""
    kept, limits = config.retention, config.limits
    rows = (
        (N_("Dossiers, évaluations formatives, cahiers des charges, papiers numérisés"), AFTER_APPEAL,
         kept.document_days, "retention.document_days"),
        (N_("Qui a ouvert quel document ou emporté quelle liste"), N_("l’ouverture"), kept.opening_days,
         "retention.opening_days"),
        (N_("Journal des connexions"), N_("la connexion"), kept.sign_in_days, "retention.sign_in_days"),
        (N_("Réponses déjà données, courriels partis ou abandonnés"), N_("la réponse, ou l’écriture du courriel"),
         kept.answer_days, "retention.answer_days"),
        (N_("Actes faits pour plusieurs à la fois (convocations), et leur suite pour chacun"),
         N_("la fin de l’acte pour tous"), kept.mass_act_days, "retention.mass_act_days"),
        (N_("Fichiers de candidats importés"), N_("leur vérification"), kept.import_days, "retention.import_days"),
        (N_("Accès d’un navigateur à un espace, sans y revenir"), N_("la dernière visite"), limits.login_days,
         "limits.login_days"),
        (N_("Le même, au plus"), N_("l’entrée dans l’espace"), limits.login_most_days, "limits.login_most_days"),
    )
    in_years = (
        (N_("Papiers qui nomment plusieurs personnes (procès-verbaux)"),
         N_("leur cachet ; un effacement demandé avant les laisse"), kept.paper_years, "retention.paper_years"),
        (N_("Noms portés au registre des certificats, et leurs papiers"),
         N_("la décision du jury de certification ; un effacement demandé avant les laisse"), kept.certificate_years,
         "retention.certificate_years"),
    )
    return [*(Delay(say(locale, what, {}), say(locale, since, {}), _days(locale, days), setting)
              for what, since, days, setting in rows),
            *(Delay(say(locale, what, {}), say(locale, since, {}), say_plural(locale, "{n} an", "{n} ans", years, {}),
                    setting) for what, since, years, setting in in_years)]


# Who else


def recipients(config: Config, locale: Locale) -> list[Recipient]:
    """Other servers that the settings name: where one is not used, it is not there."""
    found = list[tuple[str, str, str]]()
    if config.storage.database != "sqlite":
        found.append((N_("Base de données"), urlsplit(config.storage.database).hostname or "",
                      N_("tout ce que garde la base ; noms et textes y sont chiffrés")))
    if config.mail.kind == "smtp":
        found.append((N_("Envoi des courriels"), config.mail.smtp_host,
                      N_("adresses, noms et contenu des courriels")))
    if config.mail_returns.domain:
        found.append((N_("Retour des courriels"), config.mail_returns.domain,
                      N_("adresses auxquelles un courriel n’a pas pu être remis")))
    found += [(N_("Découverte d’adresse (STUN)"), host, N_("adresse IP du navigateur"))
              for host in _hosts(config.ice.stun_urls)]
    found += [(N_("Relais audio et vidéo (TURN)"), host,
               N_("adresse IP du navigateur ; son et image, chiffrés, sans pouvoir les lire"))
              for host in _hosts(config.ice.turn_urls)]
    if config.openid.issuer:
        found.append((N_("Fournisseur d’identité"), urlsplit(config.openid.issuer).hostname or config.openid.issuer,
                      N_("moment des connexions de qui exerce une fonction et passe par lui")))
    return [Recipient(say(locale, what, {}), "" if where in LOCAL else where, say(locale, gets, {}))
            for what, where, gets in found]


def _hosts(urls: Iterable[str]) -> Iterable[str]:
    """Of `turn:HOST:PORT?transport=udp`, `stun:[IPv6]`: each once."""
    return dict.fromkeys(urlsplit("//" + url.partition(":")[2]).hostname or url for url in urls)

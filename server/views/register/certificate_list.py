"""The lists of certificates: what was issued, and where each paper is (R8.2)."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from evaluation.register.terms import CertificateKind
from evaluation.rules import N_
from server.i18n import Locale, say
from server.views.body.periods import short_day
from server.views.table import BY_NAME, Cell, Choice, Column, Filter, State, Table

STATUSES: Final[Mapping[str, tuple[str, State, str]]] = {
    "to_print": (N_("document en préparation"), "info", "clock"),
    "to_post": (N_("à envoyer"), "warn", "mail"),
    "posted": (N_("envoyé"), "info", "mail"),
    "received": (N_("reçu"), "ok", "check-o"),
    "passed_on": (N_("remis par l’entreprise"), "ok", "check-o"),
    "undeliverable": (N_("revenu, à renvoyer"), "bad", "alert"),
    "company_gone": (N_("entreprise disparue, à envoyer au titulaire"), "bad", "alert"),
    "replaced": (N_("remplacé"), "", "x"),
    "revoked": (N_("retiré"), "bad", "stop"),
}
"""In words, with the state of the tag and its icon."""
KINDS: Final[Mapping[CertificateKind, str]] = {
    "certificate": N_("Certificat"), "attestation": N_("Attestation de blocs")}


@dataclass(frozen=True)
class CertificateLine:
    """`name` is as the register keeps it, empty where it cannot be read. `due` is the last day for the paper to arrive,
    None where nothing is due."""

    href: str
    number: str
    name: str
    kind: CertificateKind
    code: str
    blocks: tuple[str, ...]
    status: str
    issued: date
    due: date | None
    today: date


def status_cell(status: str, locale: Locale, small: str = "") -> Cell:
    words, state, icon = STATUSES[status]
    return Cell(say(locale, words, {}), small=small, state=state, icon=icon)


def due_cell(due: date | None, today: date, locale: Locale) -> Cell:
    """Told late once the day has passed."""
    if due is None:
        return Cell("")
    late = due < today
    return Cell(short_day(due, locale), small=say(locale, N_("en retard"), {}) if late else "",
                state="bad" if late else "", icon="alert" if late else "")


def _kind(line: CertificateLine, locale: Locale) -> Cell:
    return Cell(say(locale, KINDS[line.kind], {}), small=", ".join(line.blocks) if line.kind == "attestation" else "")


CERTIFICATES: Table[CertificateLine] = Table(
    "issued_certificates", "certificats", N_("Certificats"), (
        Column("number", N_("Numéro"), lambda line, _locale: Cell(line.number, href=line.href, own=True), "key"),
        Column("name", N_("Titulaire"), lambda line, locale: Cell(
            line.name or say(locale, N_("nom effacé"), {}), own=bool(line.name)), BY_NAME),
        Column("kind", N_("Document"), _kind),
        Column("code", N_("Certification"), lambda line, _locale: Cell(line.code, own=True), "about"),
        Column("issued", N_("Établi le"), lambda line, locale: Cell(short_day(line.issued, locale)), "at"),
        Column("due", N_("À remettre avant le"), lambda line, locale: due_cell(line.due, line.today, locale), "due_at"),
        Column("status", N_("Où il en est"), lambda line, locale: status_cell(line.status, locale), "status")),
    nothing=N_("Aucun certificat n’est établi."),
    filters=(
        Filter("only", N_("Lesquels"), (
            Choice("to_post", N_("à envoyer"), {"status": ("to_post", "undeliverable", "company_gone")}),
            Choice("away", N_("envoyés, sans nouvelle"), {"status": "posted"}),
            Choice("there", N_("reçus ou remis"), {"status": ("received", "passed_on")}),
            Choice("ended", N_("remplacés ou retirés"), {"status": ("replaced", "revoked")}))),),
    sort="issued", descending=True, by_person=True, person=lambda line: line.name)

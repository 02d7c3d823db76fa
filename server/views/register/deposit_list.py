"""The lists of the deposit at the Caisse des Dépôts (X12)."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from evaluation.register.depositing import SENT, TO_SEND
from evaluation.register.terms import DepositStatus
from evaluation.rules import N_
from server.i18n import Locale, say
from server.views.body.periods import short_day
from server.views.register.certificate_list import due_cell
from server.views.table import BY_NAME, Cell, Choice, Column, Filter, State, Table

STATUSES: Final[Mapping[DepositStatus, tuple[str, State, str]]] = {
    "to_deposit": (N_("à déposer"), "warn", "clock"),
    "sent": (N_("envoyé, sans réponse"), "info", "clock"),
    "deposited": (N_("déposé"), "ok", "check-o"),
    "refused": (N_("refusé, à corriger et renvoyer"), "bad", "alert"),
    "listed": (N_("ne se dépose pas"), "", "info"),
    "not_to_deposit": (N_("rien à déposer"), "", "x"),
    "to_take_back": (N_("à retirer du dépôt"), "warn", "alert"),
    "taking_back": (N_("retrait demandé, sans réponse"), "info", "clock"),
    "taking_back_refused": (N_("retrait refusé, à renvoyer"), "bad", "alert"),
    "taken_back": (N_("retiré du dépôt"), "", "x"),
}
"""In words, with the state of the tag and its icon."""


@dataclass(frozen=True)
class DepositLine:
    """`why` it was refused, as the receipt says."""

    href: str
    number: str
    name: str
    code: str
    ruled_on: date
    status: DepositStatus
    why: str
    due: date | None
    today: date


def _status(line: DepositLine, locale: Locale) -> Cell:
    words, state, icon = STATUSES[line.status]
    return Cell(say(locale, words, {}), small=line.why, state=state, icon=icon)


DEPOSITS: Table[DepositLine] = Table(
    "deposits", "depot", N_("Dépôt des attributions"), (
        Column("number", N_("Numéro"), lambda line, _locale: Cell(line.number, href=line.href, own=True), "key"),
        Column("name", N_("Titulaire"), lambda line, locale: Cell(
            line.name or say(locale, N_("nom effacé"), {}), own=bool(line.name)), BY_NAME),
        Column("code", N_("Certification"), lambda line, _locale: Cell(line.code, own=True), "about"),
        Column("ruled", N_("Obtenu le"), lambda line, locale: Cell(short_day(line.ruled_on, locale))),
        Column("due", N_("À déposer avant le"), lambda line, locale: due_cell(line.due, line.today, locale), "due_at"),
        Column("status", N_("Où il en est"), _status, "status")),
    nothing=N_("Aucun certificat n’est établi."),
    filters=(
        Filter("only", N_("Lesquels"), (
            Choice("owed", N_("à déposer"), {"status": TO_SEND["creation"]}),
            Choice("away", N_("envoyés, sans réponse"), {"status": tuple(SENT.values())}),
            Choice("back", N_("à retirer du dépôt"), {"status": TO_SEND["suppression"]}),
            Choice("there", N_("déposés"), {"status": "deposited"}),
            Choice("listed", N_("attestations de blocs, qui ne se déposent pas"), {"status": "listed"}))),),
    sort="due", by_person=True, person=lambda line: line.name)

"""What is written to whoever's turn it is on the board of delays (X6): how much of what, never of whom, and no link
that lets in.

Fields: first_name, body, late, soon, waits (each may be empty), url (of the board).
"""
from __future__ import annotations

from collections.abc import Callable, Mapping

from evaluation.rules import N_
from server.mail.letter_parts import Fields, Letter, Link
from server.mail.notice_letters import HELLO

STEPS: Mapping[str, str] = {
    "late": N_("En retard"), "soon": N_("Bientôt à échéance"),
    "waits": N_("Sans délai fixé, en attente depuis longtemps"),
}


def delays_due(fields: Fields) -> Letter:
    return Letter(
        N_("Rappel : des délais attendent une suite"),
        (HELLO, N_("Voici ce qui attend une suite de vous, ou que vous y veilliez, pour {body} :")),
        (N_("Le tableau des délais dit pour qui, jusqu’à quand et ce qu’on attend. Connectez-vous comme d’habitude "
            "pour l’ouvrir."),
         N_("Rien n’est perdu en cas de retard. Une ligne quitte le tableau dès que la chose est faite : elle n’est "
            "alors plus rappelée.")),
        link=Link(N_("Ouvrir le tableau des délais"), str(fields["url"])),
        facts=tuple((label, str(fields[step])) for step, label in STEPS.items() if fields[step]))


DELAY_LETTERS: Mapping[str, Callable[[Fields], Letter]] = {"delays_due": delays_due}

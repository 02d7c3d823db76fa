"""What is written to a candidate about their result (R8.1): what the certification jury ruled, that it could not rule
yet, that the commission returned or validated it.

No subject says how it went: it is read over a shoulder. The letter that counts is the paper that goes with it.
"""
from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from evaluation.rules import N_
from server.mail.letter_parts import Fields, Letter, Link
from server.mail.notice_letters import HELLO, OPEN_SPACE, PERSONAL

ENCLOSED = N_("La lettre est jointe à ce courriel, et reste dans votre espace.")
RESERVE = N_("Ce résultat vous est notifié sous réserve de validation par la commission paritaire (CPNEFP).")
APPEAL = N_("Si vous n’êtes pas d’accord, la lettre dit à qui et comment exercer un recours : il se poste au plus tard "
            "le {until}.")
SAYS: Final[Mapping[str, str]] = {
    "full": N_("Le jury de certification vous attribue la certification entière."),
    "partial": N_("Le jury de certification vous attribue une partie de la certification : {blocks}. Ce qui est obtenu "
                  "reste acquis dans les conditions que dit la lettre."),
    "none": N_("Le jury de certification ne vous attribue pas la certification. La lettre dit pourquoi, bloc par bloc, "
               "et comment vous représenter."),
    "absent": N_("Votre absence à l’épreuve a été constatée, et rien n’a pu être attribué. La lettre dit comment vous "
                 "représenter."),
    "stopped": N_("Votre épreuve a été arrêtée avant sa fin, et rien n’a pu être attribué. La lettre dit comment vous "
                  "représenter."),
}


def _facts(fields: Fields) -> tuple[tuple[str, str], ...]:
    facts = ((N_("Certification"), "certification"), (N_("Épreuve du"), "held"),
             (N_("Jury de certification du"), "ruled"))
    return tuple((label, str(fields[name])) for label, name in facts if fields.get(name))


def _letter(fields: Fields, subject: str, before: tuple[str, ...], after: tuple[str, ...]) -> Letter:
    return Letter(subject, (HELLO, *before), (*after, PERSONAL), link=Link(OPEN_SPACE, str(fields["url"])),
                  facts=_facts(fields))


def result(fields: Fields) -> Letter:
    """Fields: first_name, body, certification, held, ruled, says (of `SAYS`), blocks, until (the last day to appeal),
    replaces (the day of the letter before, or empty), url."""
    again = (N_("Cette lettre remplace celle du {replaces}."),) if fields.get("replaces") else ()
    return _letter(fields, N_("Votre résultat : une lettre de {body}"),
                   (*again, SAYS[str(fields["says"])], RESERVE, ENCLOSED), (APPEAL,))


def result_put_off(fields: Fields) -> Letter:
    """Fields: as above."""
    return _letter(
        fields, N_("Votre résultat : une lettre de {body}"),
        (N_("Le jury de certification s’est réuni, et n’a pas pu statuer sur votre candidature : l’attribution est "
            "suspendue. Rien n’est décidé, ni pour vous, ni contre vous."), ENCLOSED),
        (N_("La lettre dit ce qui est attendu. Le jury de certification statue dès que cela est réglé, et {body} vous "
            "écrit de nouveau."),))


def result_returned(fields: Fields) -> Letter:
    """Fields: as above; again (the last day of the next letter)."""
    return _letter(
        fields, N_("Votre résultat change : une lettre de {body}"),
        (N_("La commission n’a pas validé le résultat qui vous avait été annoncé sous cette réserve : il ne vaut plus. "
            "La lettre dit pourquoi."), ENCLOSED),
        (N_("Le jury de certification statue de nouveau, et {body} vous écrit au plus tard le {again}. Vous n’avez "
            "rien à faire."),))


def result_validated(fields: Fields) -> Letter:
    """Fields: as above; what follows of an award (`follows`: certificate, attestation, or nothing) by the day `by`."""
    follows = {
        "certificate": (N_("Votre certificat part au plus tard le {by}."),),
        "attestation": (N_("L’attestation de vos blocs part au plus tard le {by}."),)}.get(str(fields["follows"]), ())
    said = N_("La commission a validé le résultat que {body} vous avait annoncé. Il est définitif.")
    return _letter(fields, N_("Votre résultat est validé"), (said,), follows)


def result_reopened(fields: Fields) -> Letter:
    """To who registered the candidate, beside `result_returned`. Fields: as above; name (the candidate's)."""
    return _letter(
        fields, N_("Un résultat que vous suivez change"),
        (N_("La commission n’a pas validé le résultat de {name} : il ne vaut plus. Le candidat en est averti."),),
        (N_("Le jury de certification statue de nouveau, et le candidat reçoit son résultat au plus tard le {again}. "
            "Vous n’avez rien à faire."),))


AWARD_LETTERS: Final[Mapping[str, Callable[[Fields], Letter]]] = {
    one.__name__: one for one in (result, result_put_off, result_returned, result_validated, result_reopened)}

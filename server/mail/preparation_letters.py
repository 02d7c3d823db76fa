"""What is written long before the day, until the notice: to a juror who is appointed (R1.2), of the brief (R4.1)."""
from __future__ import annotations

from collections.abc import Callable, Mapping

from evaluation.rules import N_
from server.mail.letter_parts import Fields, Letter, Link
from server.mail.notice_letters import HELLO, OPEN_SPACE, PERSONAL, WRITE_TO, when


def appointed(fields: Fields) -> Letter:
    """To a juror. Fields: first_name, certification, day, hour (may be empty), place, role, url, organizer,
    organizer_email."""
    return Letter(
        N_("Vous êtes membre du jury du {day}"),
        (HELLO, N_("L’organisme certificateur vous a donné une place dans le jury pour {certification} : {role}. Dites "
                   "dans votre espace si vous pourrez siéger :")),
        (N_("Si vous ne pouvez pas siéger, dites-le le plus tôt possible : une autre personne prendra votre place. "
            "Vous n’avez pas à donner de raison."),
         N_("Votre convocation viendra plus tard ; l’heure, qui est celle de Paris, peut changer jusque-là."),
         WRITE_TO, PERSONAL),
        link=Link(OPEN_SPACE, str(fields["url"])), facts=when(fields))


def brief_to_adopt(fields: Fields) -> Letter:
    """To a juror who has not answered to the newest version. Fields: as `appointed`, and months."""
    return Letter(
        N_("Un cahier des charges attend votre réponse : jury du {day}"),
        (HELLO, N_("Le cahier des charges des candidats au jury pour {certification} est écrit. Lisez-le dans votre "
                   "espace, puis dites si vous l’adoptez ou ce qui doit changer :")),
        (N_("Les candidats le reçoivent quand le jury l’a adopté, et ont ensuite {months} mois pour leurs livrets : "
            "répondez sans attendre."), WRITE_TO, PERSONAL),
        link=Link(OPEN_SPACE, str(fields["url"])), facts=when(fields))


def brief_published(fields: Fields) -> Letter:
    """To a candidate. Fields: as `appointed`, and deadline (the last day for portfolios, empty once it is over)."""
    due = N_("Déposez vos livrets dans votre espace jusqu’au {deadline} inclus. Le jury lit ce qui y est ce jour-là à "
             "minuit, heure de Paris ; jusque-là, vous pouvez les remplacer.")
    return Letter(
        N_("Le cahier des charges de votre épreuve du {day} est publié"),
        (HELLO, N_("Le cahier des charges de votre épreuve pour {certification} est publié. Lisez-le dans votre "
                   "espace, qui dit aussi ce qu’il faut y déposer :")),
        (*((due,) if fields.get("deadline") else ()), WRITE_TO, PERSONAL),
        link=Link(OPEN_SPACE, str(fields["url"])), facts=when(fields))


PREPARATION_LETTERS: Mapping[str, Callable[[Fields], Letter]] = {
    "appointed": appointed, "brief_to_adopt": brief_to_adopt, "brief_published": brief_published,
}

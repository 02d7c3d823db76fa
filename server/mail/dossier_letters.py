"""What is written about a case (R7.1, R7.2, R9.2): to the candidate, to who assists them, to the parties whose opinion
is asked.

No subject says what the case is about: it is read over a shoulder. No letter names another candidate, and none to a
juror says what the candidate answered.
"""
from __future__ import annotations

from collections.abc import Callable, Mapping

from evaluation.rules import N_
from server.mail.letter_parts import Fields, Letter, Link
from server.mail.notice_letters import HELLO, OPEN_SPACE, PERSONAL

WRITE_BACK = N_("Une question ? Écrivez à {writer}, de {body} : {writer_email}.")
ENCLOSED = N_("La lettre est jointe à ce courriel, et dans votre espace.")
ALREADY_KEPT = N_("Tout ce que vous avez déjà déposé ou écrit est conservé.")


def _facts(fields: Fields, *more: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """What is known of it."""
    facts = ((N_("Certification"), "certification"), (N_("Dossier"), "dossier"), *more)
    return tuple((label, str(fields[name])) for label, name in facts if fields.get(name))


def _open(fields: Fields) -> Link:
    return Link(OPEN_SPACE, str(fields["url"]))


def _after(fields: Fields, *said: str) -> tuple[str, ...]:
    return (*said, *((WRITE_BACK,) if fields.get("writer_email") else ()), PERSONAL)


# To the candidate. Fields of each: first_name, body, certification, dossier (its number), url; writer, writer_email
# where a clerk writes.


def case_opened(fields: Fields) -> Letter:
    """A case is opened after the day, or changes into one that may lead to a sanction."""
    return Letter(
        N_("Votre candidature : {body} vous informe"),
        (HELLO, N_("{body} a ouvert un dossier au sujet de votre candidature. Rien n’est décidé, et vous n’avez rien à "
                   "faire pour le moment. Votre résultat attend la fin de ce dossier.")),
        _after(fields, N_("Avant toute décision, vous recevez par écrit ce qui est noté, et vous pouvez répondre. Vous "
                          "pouvez déjà lire le dossier et écrire dans votre espace."), ALREADY_KEPT),
        link=_open(fields), facts=_facts(fields))


def case_notice(fields: Fields) -> Letter:
    """Fields: as above, and days."""
    return Letter(
        N_("Une lettre de {body} demande votre réponse"),
        (HELLO, N_("{body} vous écrit au sujet de votre candidature. Rien n’est décidé : la lettre dit ce qui est "
                   "noté, ce qui pourrait suivre et comment répondre."), ENCLOSED),
        _after(fields,
               N_("Vous avez {days} jours pour répondre par écrit, ou pour demander à être entendu, sans compter le "
                  "jour où ce courriel vous parvient. Votre espace dit le dernier jour et ouvre le dossier. Vous "
                  "pouvez y inviter une personne de votre choix pour vous assister."), ALREADY_KEPT),
        link=_open(fields), facts=_facts(fields))


def case_summons(fields: Fields) -> Letter:
    """Fields: as above, and day, hour, place."""
    return Letter(
        N_("Rendez-vous le {day} à {hour}, avant toute décision"),
        (HELLO, N_("{body} veut vous entendre avant de décider. Vous pouvez venir avec une personne de "
                   "votre choix. L’heure est celle de Paris.")),
        _after(fields, N_("Si vous ne pouvez pas venir, dites-le avant ce jour. Vous pouvez aussi répondre par écrit "
                          "dans votre espace.")),
        link=_open(fields), facts=_facts(fields, (N_("Date"), "day"), (N_("Heure"), "hour"), (N_("Lieu"), "place")))


def case_decision(fields: Fields) -> Letter:
    """Fields: as above, and until (the last day to appeal; empty where nothing was decided)."""
    appeal = N_("La lettre dit aussi à qui et comment exercer un recours, si vous n’êtes pas d’accord : il se poste au "
                "plus tard le {until}.")
    return Letter(
        N_("Votre dossier : la réponse de {body}"),
        (HELLO, N_("Le dossier ouvert au sujet de votre candidature est terminé. {body} vous remet son rapport : ce "
                   "qui est décidé, et pourquoi."), ENCLOSED),
        _after(fields, *((appeal,) if fields.get("until") else ()),
               N_("Ouvrez votre espace et dites que vous avez reçu ce rapport.")),
        link=_open(fields), facts=_facts(fields))


def case_ended(fields: Fields) -> Letter:
    """Nothing is held against the candidate."""
    return Letter(
        N_("Votre dossier est terminé, sans suite"),
        (HELLO, N_("Le dossier ouvert au sujet de votre candidature est terminé sans suite : rien n’est retenu contre "
                   "vous, et vous n’avez rien à faire.")),
        _after(fields, N_("Ce dossier ne retient plus votre résultat. Vous pouvez encore le lire dans votre espace.")),
        link=_open(fields), facts=_facts(fields))


def appeal_received(fields: Fields) -> Letter:
    """Fields: as above, and received (a day)."""
    return Letter(
        N_("Votre lettre est enregistrée"),
        (HELLO, N_("{body} a reçu votre recours. La commission dit d’abord s’il est recevable, puis l’examine : "
                   "chaque étape vous est annoncée.")),
        _after(fields, N_("Ce que vous aviez obtenu jusque-là vous reste acquis.")),
        link=_open(fields), facts=_facts(fields, (N_("Reçu le"), "received")))


def appeal_admitted(fields: Fields) -> Letter:
    return Letter(
        N_("Votre lettre est examinée"),
        (HELLO, N_("La commission a jugé votre recours recevable : elle l’examine maintenant. Vous n’avez rien à "
                   "faire, {body} vous écrira quand elle aura décidé.")),
        _after(fields), link=_open(fields), facts=_facts(fields))


def appeal_refused(fields: Fields) -> Letter:
    return Letter(
        N_("Réponse à votre lettre"),
        (HELLO, N_("La commission a jugé que votre recours n’est pas recevable : il n’est pas examiné, et la décision "
                   "qu’il visait reste valable.")),
        _after(fields, N_("{body} vous remet aussi un rapport qui en dit les raisons.")),
        link=_open(fields), facts=_facts(fields))


# To others


def case_news(fields: Fields) -> Letter:
    """To who assists. Fields: first_name, name (of the candidate), body, url."""
    return Letter(
        N_("Du nouveau dans un dossier que vous suivez"),
        (HELLO, N_("{body} vient d’écrire à {name}, que vous assistez. La lettre se lit dans votre espace :")),
        (PERSONAL,), link=_open(fields))


def assistant_invited(fields: Fields) -> Letter:
    """Fields: as `case_news`. Nothing of the facts: who is asked has not said yes."""
    return Letter(
        N_("{name} vous demande votre aide"),
        (HELLO, N_("{name} vous demande de l’assister dans un dossier qui concerne sa candidature, chez {body}. Dites "
                   "dans votre espace si vous acceptez :")),
        (N_("Tant que vous n’avez pas accepté, vous ne voyez rien du dossier et rien ne vous engage. Si vous acceptez, "
            "vous le lisez, vous pouvez répondre avec {name}, et vous ne prenez part à aucune décision."),
         N_("Si vous ne connaissez pas cette personne, refusez ou ne faites rien."), PERSONAL),
        link=_open(fields))


def party_asked(fields: Fields) -> Letter:
    """Fields: first_name, body, certification, dossier, until (a day), url."""
    return Letter(
        N_("Votre avis est demandé jusqu’au {until}"),
        (HELLO, N_("Une suite est proposée dans un dossier auquel vous prenez part. Dites si vous êtes d’accord, ou "
                   "pourquoi vous ne l’êtes pas :")),
        (N_("Sans réponse, un rappel vous est envoyé, et après le {until} il est noté que vous n’avez pas répondu : ce "
            "n’est pas un accord, et le dossier suit son cours."), PERSONAL),
        link=_open(fields), facts=_facts(fields))


def party_again(fields: Fields) -> Letter:
    """Fields: as `party_asked`."""
    return Letter(
        N_("Rappel : votre avis est attendu jusqu’au {until}"),
        (HELLO, N_("Une suite est proposée dans un dossier auquel vous prenez part, et votre avis manque encore :")),
        (N_("Après le {until}, il est noté que vous n’avez pas répondu : ce n’est pas un accord, et le dossier suit "
            "son cours. Si vous avez répondu entre-temps, ne faites rien."), PERSONAL),
        link=_open(fields), facts=_facts(fields))


def case_not_arrived(fields: Fields) -> Letter:
    """To the clerk. Fields: first_name, certification, dossier, url, why."""
    return Letter(
        N_("Une lettre n’est pas arrivée : dossier {dossier}"),
        (HELLO, N_("La lettre qui informe le candidat n’est pas arrivée (réponse du courrier : {why}). Le délai de "
                   "réponse ne court pas.")),
        (N_("Imprimez la lettre depuis la page du dossier, envoyez-la en recommandé ou remettez-la en main propre, "
            "puis notez sa remise dans le dossier : le délai court alors depuis ce jour."),),
        link=_open(fields), facts=_facts(fields))


def case_letter_back(fields: Fields) -> Letter:
    """To the clerk, of a summons or a decision. Fields: as `case_not_arrived`."""
    return Letter(
        N_("Une lettre n’est pas arrivée : dossier {dossier}"),
        (HELLO, N_("La lettre que vous avez envoyée au candidat n’est pas arrivée (réponse du courrier : {why}). Elle "
                   "reste ouverte dans son espace.")),
        (N_("Imprimez-la depuis la page du dossier, et envoyez-la en recommandé ou remettez-la en main propre."),),
        link=_open(fields), facts=_facts(fields))


DOSSIER_LETTERS: Mapping[str, Callable[[Fields], Letter]] = {one.__name__: one for one in (
    case_opened, case_notice, case_summons, case_decision, case_ended, appeal_received, appeal_admitted, appeal_refused,
    case_news, assistant_invited, party_asked, party_again, case_not_arrived,
    case_letter_back)}

"""What the platform writes to people: a subject and short paragraphs, drawn once as text and once as HTML.

A letter is data: words, at most one code, at most one link. The two layouts in `templates/` draw every letter.
"""
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from evaluation.rules import N_
from server.i18n import Locale, say
from server.mail.award_letters import AWARD_LETTERS
from server.mail.delay_letters import DELAY_LETTERS
from server.mail.dossier_letters import DOSSIER_LETTERS
from server.mail.letter_parts import Enclosure, Fields, Letter, Link
from server.mail.notice_letters import NOTICE_LETTERS
from server.mail.preparation_letters import PREPARATION_LETTERS
from server.mail.sitting_letters import SITTING_LETTERS

TEMPLATES = Path(__file__).parent / "templates"


def takeover_code(fields: Fields) -> Letter:
    """X11. Fields: first_name, code, minutes."""
    return Letter(
        N_("Votre code Visiojury : {code}"),
        (N_("Bonjour {first_name},"),
         N_("Quelqu’un veut reprendre votre place depuis un autre navigateur. Si c’est vous, écrivez ce code dans la "
            "page qui vous le demande :")),
        (N_("Ce code sert une fois, pendant {minutes} minutes. L’autre navigateur sera déconnecté."),
         N_("Si ce n’est pas vous, ne donnez ce code à personne et prévenez la personne qui organise la session : "
            "sans ce code, personne ne peut prendre votre place.")),
        code=str(fields["code"]))


def space_code(fields: Fields) -> Letter:
    """X15. Fields: first_name, code, minutes."""
    return Letter(
        N_("Votre code Visiojury : {code}"),
        (N_("Bonjour {first_name},"),
         N_("Quelqu’un vient d’ouvrir votre lien dans un navigateur que nous ne connaissons pas. Si c’est vous, "
            "écrivez ce code dans la page qui vous le demande :")),
        (N_("Ce code sert une fois, pendant {minutes} minutes, dans ce navigateur seulement. Il y ouvre votre espace."),
         N_("Si ce n’est pas vous, ne donnez ce code à personne : sans lui, rien de votre espace n’est montré. Votre "
            "lien est peut-être entre d’autres mains ; prévenez la personne qui vous l’a envoyé.")),
        code=str(fields["code"]))


def signing_code(fields: Fields) -> Letter:
    """R3.9. Fields: first_name, code, minutes."""
    return Letter(
        N_("Votre code Visiojury : {code}"),
        (N_("Bonjour {first_name},"),
         N_("Pour signer le procès-verbal du jury de certification, écrivez ce code dans la page qui vous le "
            "demande :")),
        (N_("Ce code sert une fois, pendant {minutes} minutes, dans ce navigateur seulement. Il vaut votre signature : "
            "ne le donnez à personne."),
         N_("Si vous n’avez rien demandé, ne faites rien : sans ce code, rien n’est signé en votre nom.")),
        code=str(fields["code"]))


def space_elsewhere(fields: Fields) -> Letter:
    """X15: a further browser has opened the space. Fields: first_name, url (where a link is asked for)."""
    return Letter(
        N_("Votre espace Visiojury est ouvert dans un autre navigateur"),
        (N_("Bonjour {first_name},"),
         N_("Votre espace vient d’être ouvert dans un autre navigateur, avec le code envoyé à cette adresse. Si c’est "
            "vous, il n’y a rien à faire.")),
        (N_("Si ce n’est pas vous : ouvrez votre espace, puis « Ma sécurité », en bas de la page, et « Fermer "
            "tous les autres ». Changez aussi le mot de passe de votre courrier électronique, que quelqu’un "
            "d’autre lit peut-être."),
         N_("Si vous n’avez plus de lien, demandez-en un à l’adresse ci-dessus.")),
        link=Link(N_("Demander un nouveau lien"), str(fields["url"])))


def space_link(fields: Fields) -> Letter:
    """X15: asked for by the person. Fields: first_name, url."""
    return Letter(
        N_("Votre nouveau lien Visiojury"),
        (N_("Bonjour {first_name},"),
         N_("Voici le lien que vous avez demandé. Il mène à votre espace : ce qui vous attend, et toutes vos places. "
            "Il est personnel : ne le transmettez pas.")),
        (N_("Il reste valable tant que quelque chose est ouvert à votre nom. Les liens reçus auparavant fonctionnent "
            "encore."),
         N_("Si vous n’avez rien demandé, ne faites rien : ce lien n’est allé qu’à vous.")),
        link=Link(N_("Ouvrir mon espace"), str(fields["url"])))


def nothing_open(fields: Fields) -> Letter:
    """X15: a link was asked for by a person of whom nothing is open. Fields: first_name."""
    return Letter(
        N_("Votre espace Visiojury : rien n’est ouvert"),
        (N_("Bonjour {first_name},"),
         N_("Vous avez demandé un lien vers votre espace. Rien n’y est ouvert à votre nom en ce moment : il n’y a pas "
            "de lien à vous envoyer. Tout ce qui a été enregistré est conservé.")),
        (N_("Si une épreuve ou un jury devait vous attendre, écrivez à la personne qui l’organise : son adresse est "
            "dans votre convocation."),
         N_("Si vous n’avez rien demandé, ne faites rien.")))


def link_again(fields: Fields) -> Letter:
    """The organizer sends a link again. Fields: first_name, certification, day, url."""
    return Letter(
        N_("Votre lien pour l’épreuve du {day}"),
        (N_("Bonjour {first_name},"),
         N_("Voici le lien qui mène à votre espace, d’où vous entrez à votre place pour {certification}, le {day}. Il "
            "est personnel : ne le transmettez pas.")),
        (N_("Il reste valable tant que quelque chose est ouvert à votre nom. Vous pouvez l’ouvrir dès maintenant pour "
            "essayer votre caméra et votre micro. Les liens reçus auparavant fonctionnent encore."),),
        link=Link(N_("Ouvrir mon espace"), str(fields["url"])))


def link_renewed(fields: Fields) -> Letter:
    """The organizer replaces a link (X11). Fields: first_name, certification, day, url."""
    return Letter(
        N_("Votre nouveau lien pour l’épreuve du {day}"),
        (N_("Bonjour {first_name},"),
         N_("La personne qui organise la session a remplacé votre lien pour {certification}, le {day}. Voici le "
            "nouveau : il mène à votre espace, d’où vous entrez à votre place. Il est personnel : ne le transmettez "
            "pas.")),
        (N_("Les liens reçus auparavant pour cette session ne s’ouvrent plus, et le navigateur qui avait ouvert votre "
            "place est déconnecté. Rien de ce qui était enregistré n’est perdu. Vos autres places restent ouvertes."),
         N_("Si vous ne savez pas pourquoi, appelez la personne qui organise la session.")),
        link=Link(N_("Ouvrir mon espace"), str(fields["url"])))


def access_given(fields: Fields) -> Letter:
    """X15. Somebody gives a person a link to set up what they sign in with. It is not in the letter. Fields:
    first_name, by."""
    return Letter(
        N_("Un accès vous est donné sur Visiojury"),
        (N_("Bonjour {first_name},"),
         N_("Un lien qui sert une fois vient d’être fait pour vous par {by}, pour choisir comment vous connecter. Il "
            "vous est remis en personne : il n’est dans aucun courriel.")),
        (N_("Tant que ce lien n’a pas servi, rien ne change. Quand il a servi, vos anciens moyens de connexion ne "
            "marchent plus."),
         N_("Si vous n’avez rien demandé, appelez tout de suite {by}, et ne donnez ce lien à personne.")))


def adjustment_decided(fields: Fields) -> Letter:
    """R10.1: what is arranged, never why; `arranged` is empty where nothing is. Fields: first_name, arranged."""
    if not fields["arranged"]:
        return Letter(
            N_("Votre demande d’aménagement est décidée"),
            (N_("Bonjour {first_name},"), N_("Le référent handicap a décidé : rien n’est aménagé pour votre épreuve.")),
            (N_("Il vous en dit la raison lui-même. Vous pouvez lui faire une nouvelle demande depuis votre espace."),))
    return Letter(
        N_("Votre épreuve est aménagée"),
        (N_("Bonjour {first_name},"), N_("Le référent handicap a décidé de ce qui est aménagé pour votre épreuve :"),
         N_("{arranged}.")),
        (N_("Le jury l’apprend, sans la raison. Le contenu de l’épreuve ne change pas."),
         N_("Si votre convocation est déjà arrivée, elle reste bonne : seules les durées changent.")))


LETTERS: Mapping[str, Callable[[Fields], Letter]] = {
    "takeover_code": takeover_code, "space_code": space_code, "signing_code": signing_code,
    "space_elsewhere": space_elsewhere,
    "space_link": space_link, "nothing_open": nothing_open, "link_again": link_again, "link_renewed": link_renewed,
    "access_given": access_given, "adjustment_decided": adjustment_decided, **NOTICE_LETTERS,
    **PREPARATION_LETTERS, **DOSSIER_LETTERS, **AWARD_LETTERS, **SITTING_LETTERS,
    **DELAY_LETTERS}


@cache
def _layouts() -> Environment:
    return Environment(loader=FileSystemLoader(TEMPLATES), autoescape=lambda name: name == "letter.html",
                       undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def compose(template: str, fields: Fields, *, key: str, sender: Address, to: Address, written_at: float,
            reply_to: Address | None = None, enclosed: Sequence[Enclosure] = ()) -> EmailMessage:
    """The message of an outbox row. `fields["locale"]` is its language, `written_at` seconds since the epoch. An answer
    goes to `reply_to`, or else to the sender. What is `enclosed` comes after the words.

    `key` makes the Message-ID, the same at each attempt (RFC 5322 §3.6.4), so that a letter sent twice is seen as one.
    KeyError for a template that does not exist or a field that is missing.
    """
    letter = LETTERS[template](fields)
    locale: Locale = "en" if fields.get("locale") == "en" else "fr"
    words = _translated(letter, locale, fields)
    message = EmailMessage()
    message["From"], message["To"] = sender, to
    if reply_to is not None:
        message["Reply-To"] = reply_to
    message["Subject"] = " ".join(str(words["subject"]).split())  # a name cannot add a header
    message["Date"] = format_datetime(datetime.fromtimestamp(written_at, UTC))
    message["Message-ID"] = f"<{key}@{sender.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(_layouts().get_template("letter.txt").render(words))
    message.add_alternative(_layouts().get_template("letter.html").render(words), subtype="html")
    for one in enclosed:
        kind, _, subtype = one.media_type.partition("/")
        message.add_attachment(one.data, kind, subtype, filename=one.name, params=dict(one.parameters))
    message["Content-Language"] = locale  # last: `add_alternative` moves such headers into the first part
    return message


def _translated(letter: Letter, locale: Locale, fields: Fields) -> dict[str, object]:
    def words(text: str) -> str:
        return say(locale, text, fields)

    return {
        "locale": locale, "subject": words(letter.subject), "code": letter.code,
        "before": [words(one) for one in letter.before], "after": [words(one) for one in letter.after],
        "link": Link(words(letter.link.label), letter.link.url) if letter.link else None,
        "facts": [(words(label), value) for label, value in letter.facts],
        "points": [(words(one.heading), one.lines) for one in letter.points if one.lines],
        "automatic": words(N_("Courriel envoyé automatiquement par Visiojury.")),
    }

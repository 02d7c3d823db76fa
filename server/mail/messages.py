"""What the platform writes to people: a subject and short paragraphs, drawn once as text and once as HTML.

A letter is data: words, at most one code, at most one link. The two layouts in `templates/` draw every letter.
"""
from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from evaluation.rules import N_
from server.i18n import Locale, say

TEMPLATES = Path(__file__).parent / "templates"
Fields = Mapping[str, str | int]


@dataclass(frozen=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True)
class Letter:
    """French msgids; the letter's fields fill their places. `code` is set large, `link` is the one thing to press."""

    subject: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    code: str | None = None
    link: Link | None = None


def takeover_code(fields: Fields) -> Letter:
    """X11. Fields: first_name, code, minutes."""
    return Letter(
        N_("Votre code Visiojury : {code}"),
        (N_("Bonjour {first_name},"),
         N_("Quelqu’un vient d’ouvrir votre lien depuis un autre navigateur. Si c’est vous, écrivez ce code dans la "
            "page qui vous le demande :")),
        (N_("Ce code sert une fois, pendant {minutes} minutes. L’autre navigateur sera déconnecté."),
         N_("Si ce n’est pas vous, ne donnez ce code à personne et prévenez la personne qui organise la session : "
            "sans ce code, personne ne peut prendre votre place.")),
        code=str(fields["code"]))


def link_again(fields: Fields) -> Letter:
    """The organizer sends a link again. Fields: first_name, certification, day, url."""
    return Letter(
        N_("Votre lien pour l’épreuve du {day}"),
        (N_("Bonjour {first_name},"),
         N_("Voici votre lien pour {certification}, le {day}. Il est personnel : ne le transmettez pas.")),
        (N_("Il reste valable jusqu’à la fin de la session. Vous pouvez l’ouvrir dès maintenant pour essayer votre "
            "caméra et votre micro. Les liens reçus auparavant fonctionnent encore."),),
        link=Link(N_("Ouvrir ma page"), str(fields["url"])))


def link_renewed(fields: Fields) -> Letter:
    """The organizer replaces a link (X11). Fields: first_name, certification, day, url."""
    return Letter(
        N_("Votre nouveau lien pour l’épreuve du {day}"),
        (N_("Bonjour {first_name},"),
         N_("La personne qui organise la session a remplacé votre lien pour {certification}, le {day}. Voici le "
            "nouveau. Il est personnel : ne le transmettez pas.")),
        (N_("Les liens reçus auparavant ne s’ouvrent plus, et le navigateur qui avait ouvert votre place est "
            "déconnecté. Rien de ce qui était enregistré n’est perdu."),
         N_("Si vous ne savez pas pourquoi, appelez la personne qui organise la session.")),
        link=Link(N_("Ouvrir ma page"), str(fields["url"])))


def access_given(fields: Fields) -> Letter:
    """X15. Somebody gives a person a link to set up what they sign in with. It is not in the letter. Fields:
    first_name, by."""
    return Letter(
        N_("Un accès vous est donné sur Visiojury"),
        (N_("Bonjour {first_name},"),
         N_("{by} vient de faire pour vous un lien qui sert une fois, pour choisir comment vous connecter. Ce lien "
            "vous est remis en personne : il n’est dans aucun courriel.")),
        (N_("Tant que ce lien n’a pas servi, rien ne change. Quand il a servi, vos anciens moyens de connexion ne "
            "marchent plus."),
         N_("Si vous n’avez rien demandé, appelez tout de suite {by}, et ne donnez ce lien à personne.")))


LETTERS: Mapping[str, Callable[[Fields], Letter]] = {
    "takeover_code": takeover_code, "link_again": link_again, "link_renewed": link_renewed,
    "access_given": access_given}


@cache
def _layouts() -> Environment:
    return Environment(loader=FileSystemLoader(TEMPLATES), autoescape=lambda name: name == "letter.html",
                       undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def compose(template: str, fields: Fields, *, key: str, sender: Address, to: Address,
            written_at: float) -> EmailMessage:
    """The message of an outbox row. `fields["locale"]` is its language, `written_at` seconds since the epoch.

    `key` makes the Message-ID, the same at each attempt (RFC 5322 §3.6.4), so that a letter sent twice is seen as one.
    KeyError for a template that does not exist or a field that is missing.
    """
    letter = LETTERS[template](fields)
    locale: Locale = "en" if fields.get("locale") == "en" else "fr"
    words = _translated(letter, locale, fields)
    message = EmailMessage()
    message["From"], message["To"] = sender, to
    message["Subject"] = " ".join(str(words["subject"]).split())  # a name cannot add a header
    message["Date"] = format_datetime(datetime.fromtimestamp(written_at, UTC))
    message["Message-ID"] = f"<{key}@{sender.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(_layouts().get_template("letter.txt").render(words))
    message.add_alternative(_layouts().get_template("letter.html").render(words), subtype="html")
    message["Content-Language"] = locale  # last: `add_alternative` moves such headers into the first part
    return message


def _translated(letter: Letter, locale: Locale, fields: Fields) -> dict[str, object]:
    def words(text: str) -> str:
        return say(locale, text, fields)

    return {
        "locale": locale, "subject": words(letter.subject), "code": letter.code,
        "before": [words(one) for one in letter.before], "after": [words(one) for one in letter.after],
        "link": Link(words(letter.link.label), letter.link.url) if letter.link else None,
        "automatic": words(N_("Courriel envoyé automatiquement par Visiojury.")),
    }

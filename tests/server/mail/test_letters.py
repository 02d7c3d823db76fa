"""What a letter says, in both languages and both forms."""

from __future__ import annotations

from email.headerregistry import Address

import pytest

from server.mail.award_letters import AWARD_LETTERS, SAYS
from server.mail.dossier_letters import DOSSIER_LETTERS
from server.mail.messages import LETTERS, compose
from server.mail.sitting_letters import SITTING_LETTERS

DAY: dict[str, str | int] = {"first_name": "Lina", "certification": "CQP Polissage", "day": "lundi 16 mars 2026",
                             "hour": "9 h 15", "organizer": "Claire Fabre", "organizer_email": "cf@example.org"}
OPEN: dict[str, str | int] = {
    "first_name": "Lina", "certification": "CQP Polissage", "dossier": "2026-0A1B2C3D", "body": "CNHBJO", "days": 15,
    "until": "lundi 18 mai 2026", "writer": "Laurence Chevillon", "writer_email": "lc@example.org",
    "name": "Ève O’Brien", "day": "lundi 16 mars 2026", "hour": "9 h 15", "place": "58, rue du Louvre",
    "received": "mardi 3 mars 2026",
    "why": "5.1.1", "url": "https://jury.example.org/i/abc"}
RULED: dict[str, str | int] = {
    "first_name": "Lina", "body": "CNHBJO", "certification": "CQP Polissage", "held": "lundi 16 mars 2026",
    "ruled": "mercredi 1 avril 2026", "says": "partial", "blocks": "BC1", "until": "lundi 1 juin 2026", "replaces": "",
    "again": "samedi 30 mai 2026", "follows": "certificate", "by": "mardi 30 juin 2026",
    "url": "https://jury.example.org/i/abc", "name": "Lina Morel"}
FIELDS: dict[str, dict[str, str | int]] = {
    "takeover_code": {"first_name": "Lina", "code": "012345", "minutes": 15},
    "space_code": {"first_name": "Lina", "code": "543210", "minutes": 10},
    "signing_code": {"first_name": "Lina", "code": "654321", "minutes": 10},
    "space_elsewhere": {"first_name": "Lina", "url": "https://jury.example.org/link"},
    "space_link": {"first_name": "Lina", "url": "https://jury.example.org/i/abc"},
    "nothing_open": {"first_name": "Lina"},
    "access_given": {"first_name": "Lina", "by": "Claire Fabre"},
    "adjustment_decided": {"first_name": "Lina", "arranged": "questions : 10 min de plus"},
    "link_again": {"first_name": "Lina", "certification": "CQP Polissage", "day": "lundi 16 mars 2026",
                   "url": "https://jury.example.org/i/abc"},
    "link_renewed": {"first_name": "Lina", "certification": "CQP Polissage", "day": "lundi 16 mars 2026",
                   "url": "https://jury.example.org/i/abc"},
    "notice": {**DAY, "url": "https://jury.example.org/i/abc", "prevention": "Votre propre travail.\nSans aide.",
               "sanctions": "L’élimination"},
    "convened": {**DAY, "url": "https://jury.example.org/i/abc", "role": "observation"},
    "notice_changed": {**DAY, "url": "https://jury.example.org/i/abc", "mode": "mixed"},
    "convened_changed": {**DAY, "url": "https://jury.example.org/i/abc", "role": "observation", "mode": "mixed"},
    "body_informed": {**DAY, "provider": "Haute École", "count": 12},
    "moved": DAY, "postponed": {**DAY, "said": "Coupure de courant."}, "taken_off": {**DAY, "hours": "9 h 15, 11 h 15"},
    "cancelled": {**DAY, "said": "Le jury est incomplet."}, "not_arrived": {**DAY, "why": "5.1.1"},
    "taken_late": {**DAY, "last": "dimanche 1 mars 2026"}, "acknowledge_again": DAY,
    "appointed": {**DAY, "url": "https://jury.example.org/i/abc", "role": "jurée"},
    "brief_to_adopt": {**DAY, "url": "https://jury.example.org/i/abc", "months": 3},
    "brief_published": {**DAY, "url": "https://jury.example.org/i/abc", "deadline": "samedi 20 juin 2026"},
    "papers_again": {**DAY, "missing": "Livret A"}, "prepare_again": DAY,
    **dict.fromkeys(DOSSIER_LETTERS, OPEN), **dict.fromkeys(AWARD_LETTERS, RULED),
    **{one: {**OPEN, "mode": "mixed", "role": "les employeurs", "count": 3} for one in SITTING_LETTERS},
    "delays_due": {"first_name": "Laurence", "body": "CNHBJO", "late": "Établir le certificat (2)",
                   "soon": "Déposer à la Caisse des Dépôts (1)", "waits": "",
                   "url": "https://jury.example.org/space/p-clerk/office/delays"},
}


def letter(template: str, locale: str = "fr", **other: str | int):
    return compose(template, {"locale": locale, **FIELDS[template], **other}, key="k1",
                   sender=Address("Visiojury", addr_spec="no-reply@example.org"),
                   to=Address("Lina Morel", addr_spec="lina@example.org"), written_at=1_773_648_000)


def parts_of(message) -> tuple[str, str]:
    text, html = (part.get_content() for part in message.iter_parts())
    return text, html


def test_the_code_stands_alone_on_its_line():
    message = letter("takeover_code")
    text, html = parts_of(message)
    assert message["Subject"] == "Votre code Visiojury : 012345"
    assert text.splitlines()[:6] == [
        "Bonjour Lina,", "",
        "Quelqu’un veut reprendre votre place depuis un autre navigateur. Si c’est vous, écrivez ce code dans la page "
        "qui vous le demande\u00a0:", "", "    012345", "",
    ]
    assert ">012345</p>" in html


def test_a_message_is_known_by_its_key():
    message = letter("link_again")
    assert (message["Message-ID"], message["Auto-Submitted"], message["Content-Language"]) == (
        "<k1@example.org>", "auto-generated", "fr")
    assert message["To"] == "Lina Morel <lina@example.org>"
    assert message["Date"] == "Mon, 16 Mar 2026 08:00:00 +0000"


@pytest.mark.parametrize("template", sorted(LETTERS))
def test_every_letter_is_in_two_forms_and_two_languages(template: str):
    french, english = parts_of(letter(template)), parts_of(letter(template, "en"))
    assert "Bonjour" in french[0]
    for form in (0, 1):
        assert str(FIELDS[template].get("url", FIELDS[template].get("code", "Lina"))) in french[form]
        assert "{" not in french[form].split("</style>")[-1]
        assert english[form] != french[form]
        assert "Bonjour" not in english[form]


@pytest.mark.parametrize("template", sorted(DOSSIER_LETTERS))
@pytest.mark.parametrize("locale", ["fr", "en"])
def test_no_subject_says_what_a_case_is_about(template: str, locale: str):
    """It is read over a shoulder."""
    subject = str(letter(template, locale)["Subject"]).casefold()
    for word in ("fraud", "sanction", "accus", "incident", "éliminat", "interdi", "disqualif", "soup", "susp", "faits"):
        assert word not in subject


@pytest.mark.parametrize("template", sorted(AWARD_LETTERS))
@pytest.mark.parametrize("locale", ["fr", "en"])
def test_no_subject_says_how_it_went(template: str, locale: str):
    """It is read over a shoulder."""
    said = {str(letter(template, locale, says=says)["Subject"]) for says in SAYS}
    assert len(said) == 1


@pytest.mark.rule("R8.1")
def test_a_result_is_told_under_its_reserve():
    """And only the whole of it is told as the whole."""
    text = {says: parts_of(letter("result", says=says))[0] for says in SAYS}
    assert all("sous réserve de validation par la commission paritaire (CPNEFP)" in one for one in text.values())
    assert [says for says, one in text.items() if "la certification entière" in one] == ["full"]
    assert all("au plus tard le lundi 1 juin 2026" in one for one in text.values())
    assert "remplace celle du mardi 7 avril" in parts_of(letter("result", replaces="mardi 7 avril"))[0]


def test_a_new_notice_is_promised_only_where_one_is_owed():
    said = [parts_of(letter("moved", owed=owed))[0] for owed in ("", "agreed", "today")]
    assert ["une nouvelle vous sera envoyée" in one for one in said] == [True, False, False]
    assert ["Vous avez accepté" in one for one in said] == [False, True, False]


def test_a_place_keeps_its_lines():
    """An address is read line by line."""
    text, html = parts_of(letter("notice", place="Salle 3\n12 rue <Haute>"))
    assert "Salle 3\n12 rue <Haute>" in text.replace("\r", "")
    assert "Salle 3<br>12 rue &lt;Haute&gt;" in html


def test_a_name_is_never_markup_nor_a_header():
    message = letter("takeover_code", first_name="<b>L</b>\nBcc: all@example.org", code="1\nBcc: x@example.org")
    assert message["Bcc"] is None
    assert "<b>L" not in parts_of(message)[1]


def test_a_field_that_is_missing_is_an_error():
    with pytest.raises(KeyError):
        compose("takeover_code", {"locale": "fr"}, key="k", sender=Address("", addr_spec="a@example.org"),
                to=Address("", addr_spec="b@example.org"), written_at=0)

"""A new link on demand (X15): a person whose link is old or lost writes their e-mail address, and is mailed one.

The answer is the same, and as soon, whether the address is known or not: nobody learns who is.
"""
from __future__ import annotations

import re

from aiohttp import web

from evaluation.rules import N_
from server.http import parts
from server.http.bodies import FORM, read_form
from server.http.entry import PUBLIC, entry
from server.http.language import locale_of
from server.http.login import link_of
from server.http.mailed_codes import slow_codes_down
from server.http.pages import form_page
from server.http.security_log import note
from server.i18n import say
from server.security_events import SecurityEvent

ADDRESS = re.compile(r"[^@\s]{1,64}@[^@\s]{1,189}")
"""What could be an e-mail address (RFC 5321 §4.5.3.1): whether it is one, the letter shows."""


@entry(PUBLIC)
async def show(request: web.Request) -> web.StreamResponse:
    """`GET /link`: one field."""
    return form_page(request, "public/new_link.html", sent=False, email="", refusal="")


@entry(PUBLIC, takes=(FORM,), most="limits.form_bytes")
async def ask(request: web.Request) -> web.StreamResponse:
    """`POST /link`."""
    email = (await read_form(request)).get("email", "").strip()
    if not ADDRESS.fullmatch(email):
        refusal = say(locale_of(request), N_("Écrivez votre adresse électronique en entier, comme nom@exemple.fr. Rien "
                                             "n’a été envoyé."), {})
        return form_page(request, "public/new_link.html", status=422, sent=False, email=email, refusal=refusal)
    whose = parts.vault(request).digest("email", email.casefold().encode())
    slow_codes_down(request, f"link:{whose}")
    note(request, SecurityEvent.LINK_ASKED)
    request.app[parts.NEW_LINKS].ask(email, locale_of(request), link_of(parts.public_url(request)))
    return form_page(request, "public/new_link.html", sent=True, email=email, refusal="")

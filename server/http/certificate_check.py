"""`certificate`: whether a printed certificate is one of the register's, for whoever has it before them (X10). Its
number and code are both needed; a wrong code is answered as a number that was never given."""
from __future__ import annotations

import hmac
import re
from hashlib import sha256
from typing import Final
from urllib.parse import quote

from aiohttp import web

from evaluation.body.kind import BODY
from evaluation.rules import N_
from server.http import parts
from server.http.bodies import FORM, read_form
from server.http.entry import PUBLIC, entry
from server.http.language import locale_of
from server.http.pages import form_page, page
from server.http.problem import Problem
from server.i18n import say
from server.people.certificate_holder import holder_of
from server.storage.rows import Entry
from server.views.register.public_certificate import public_certificate

INDEX: Final = "issued_certificates"
NO_CODE: Final = sha256(b"").hexdigest()
"""What the code of a number that was never given is compared with."""
NOT_THERE: Final = N_("Aucun document ne porte ce numéro avec ce code.")
TYPED_WRONG: Final = N_("Aucun document ne porte ce numéro avec ce code. Vérifiez les deux sur le document : le numéro "
                        "avec ses tirets, le code en entier.")
LOOK_AGAIN: Final = N_("Scannez le code imprimé sur le document, ou vérifiez l’adresse que vous avez écrite.")


@entry(PUBLIC)
async def form(request: web.Request) -> web.StreamResponse:
    """`GET /certificate`: for who holds the paper, and types what is printed on it."""
    return form_page(request, "public/certificate_form.html", number="", code="", refusal="")


@entry(PUBLIC, takes=(FORM,), most="limits.form_bytes")
async def look(request: web.Request) -> web.StreamResponse:
    """`POST /certificate`: to its page, which is the one that the printed address leads to."""
    sent = await read_form(request)
    number, code = sent.get("number", "").strip(), re.sub(r"[\s.-]", "", sent.get("code", "")).upper()
    if await _checked(request, number, code) is None:
        return form_page(request, "public/certificate_form.html", status=422, number=number,
                         code=sent.get("code", "").strip(), refusal=say(locale_of(request), TYPED_WRONG, {}))
    return web.Response(status=303, headers={"Location": f"/certificate/{quote(number, safe='')}/{code}"})


@entry(PUBLIC)
async def show(request: web.Request) -> web.StreamResponse:
    """`GET /certificate/{number}/{code}`."""
    row = await _checked(request, request.match_info["number"], request.match_info["code"].replace(" ", ""))
    if row is None:
        raise Problem(404, NOT_THERE, LOOK_AGAIN, ways=(("/certificate", N_("Écrire le numéro et le code")),))
    ref = str(row.data["holder"])
    holder = holder_of((await parts.vault(request).read_words([ref])).get(ref, ""))
    shown = public_certificate(row.key, row.data, holder, str(row.about), locale_of(request))
    body = await parts.journals(request).state(BODY, row.body or "")
    return page(request, "public/certificate.html", certificate=shown, issuer=body.name if body is not None else "")


async def _checked(request: web.Request, number: str, code: str) -> Entry | None:
    """The same is looked up and compared whatever is asked. None where number or code is wrong."""
    row = await parts.rows(request).one(INDEX, number)
    known = str(row.data["code"]) if row is not None else NO_CODE
    same = hmac.compare_digest(sha256(code.encode()).hexdigest(), known)
    return row if row is not None and same else None

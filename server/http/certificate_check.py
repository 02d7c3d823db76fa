"""`certificate`: whether a printed certificate is one of the register's, for whoever has it before them (X10). Its
number and code are both needed; a wrong code is answered as a number that was never given."""
from __future__ import annotations

import hmac
from hashlib import sha256
from typing import Final

from aiohttp import web

from evaluation.rules import N_
from server.http import parts
from server.http.entry import PUBLIC, entry
from server.http.language import locale_of
from server.http.pages import page
from server.http.problem import Problem
from server.people.certificate_holder import holder_of
from server.storage.rows import Entry
from server.views.register.public_certificate import public_certificate

INDEX: Final = "issued_certificates"
NO_CODE: Final = sha256(b"").hexdigest()
"""What the code of a number that was never given is compared with."""
NOT_THERE: Final = N_("Aucun document ne porte ce numéro avec ce code.")
LOOK_AGAIN: Final = N_("Scannez le code imprimé sur le document, ou vérifiez l’adresse que vous avez écrite.")


@entry(PUBLIC)
async def show(request: web.Request) -> web.StreamResponse:
    """`GET /certificate/{number}/{code}`."""
    row = await _checked(request)
    if row is None:
        raise Problem(404, NOT_THERE, LOOK_AGAIN)
    ref = str(row.data["holder"])
    holder = holder_of((await parts.vault(request).read_words([ref])).get(ref, ""))
    shown = public_certificate(row.key, row.data, holder, str(row.about), locale_of(request))
    return page(request, "public/certificate.html", certificate=shown)


async def _checked(request: web.Request) -> Entry | None:
    """The same is looked up and compared whatever is asked. None where number or code is wrong."""
    number, code = request.match_info["number"], request.match_info["code"].replace(" ", "")
    row = await parts.rows(request).one(INDEX, number)
    known = str(row.data["code"]) if row is not None else NO_CODE
    same = hmac.compare_digest(sha256(code.encode()).hexdigest(), known)
    return row if row is not None and same else None

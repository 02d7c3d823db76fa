"""Every way a request can fail, as one answer: JSON for scripts (view.d.ts), a page in plain words for people."""
from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler

from evaluation.codec import FieldError
from evaluation.journal import BrokenJournal
from evaluation.rules import N_, Forbidden, Refusal
from server import logs
from server.addresses import who_at
from server.documents.document_refusals import DocumentRefusal
from server.http import parts
from server.http.entry import LET_IN, VISIT, NotOpen
from server.http.home import HOME, space_path
from server.http.language import locale_of
from server.http.pages import environment, page
from server.http.problem import Problem, Ways
from server.http.requestlog import pattern
from server.http.security_log import note
from server.i18n import say
from server.journals.write_path import KeyReused
from server.media.engine import MediaRefusal
from server.security_events import SecurityEvent
from server.storage.disk_space import NoSpace
from server.storage.journal import StaleVersion
from server.storage.vault import Unreadable

log = logs.logger(__name__)

RELOAD = N_("Rechargez la page et recommencez. Si cela se reproduit, prévenez la personne qui organise la session.")
STATUS_TEXTS: Mapping[int, tuple[str, str]] = {
    400: (N_("Le serveur n’a pas compris cette demande. Rien n’a été changé."), RELOAD),
    404: (N_("Cette page n’existe pas, ou plus."),
          N_("Vérifiez son adresse, ou reprenez plus haut : le lien reçu par courriel mène à votre espace.")),
    405: (N_("Cette adresse ne répond pas à ce genre de demande. Rien n’a été changé."), RELOAD),
    408: (N_("La demande a mis trop de temps à arriver. Rien n’a été enregistré."),
          N_("Vérifiez votre connexion et recommencez.")),
    413: (N_("L’envoi est trop volumineux. Rien n’a été enregistré."),
          N_("Réduisez la taille du fichier, puis envoyez-le de nouveau.")),
    500: (N_("Le serveur a rencontré une panne. Ce qui était marqué « enregistré » l’est toujours."), RELOAD),
}
MEDIA_TEXTS: Mapping[int, tuple[str, str]] = {
    403: (N_("Vous ne participez pas au son et à l’image en ce moment."),
          N_("La page se remettra en liaison quand ce sera à vous.")),
    404: (N_("Cette image n’est pas diffusée en ce moment."), N_("La page réessaie d’elle-même.")),
    504: (N_("L’image n’est pas arrivée à temps. Rien n’a été enregistré."),
          N_("Vérifiez que la caméra est allumée et recommencez.")),
}
BROKEN = (web.RequestPayloadError, ConnectionError, UnicodeEncodeError)
"""What broke on its way (perhaps nobody listens any more), and bytes that are no text where a text is looked up."""

# What is kept stands against the request. Of a file that is spoiled the vault has written the line in the log.
KEPT_TEXTS: Mapping[type[Exception], tuple[int, str, str]] = {
    StaleVersion: (409, N_("Quelqu’un d’autre a agi juste avant vous : votre demande n’a pas été faite."),
                   N_("Regardez la page, puis recommencez si c’est toujours utile.")),
    BrokenJournal: (503, N_("Le journal de cette session est abîmé : elle est fermée pour ne rien perdre."),
                    N_("Prévenez la personne qui organise la session.")),
    Unreadable: (503, N_("Cette pièce est abîmée sur le serveur : elle ne peut pas être montrée."),
                 N_("Prévenez la personne qui organise la session : la pièce peut être rétablie depuis une sauvegarde, "
                    "ou envoyée de nouveau.")),
    NoSpace: (507, N_("Le disque du serveur est plein : rien de cette demande n’a été enregistré. Ce qui était déjà "
                      "marqué « enregistré » l’est toujours."),
              N_("Prévenez la personne qui organise la session : recommencez quand la place sera libérée.")),
}


@web.middleware
async def explain_failures(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except Exception as error:
        if isinstance(error, web.HTTPException) and error.status < 400:
            raise
        problem = as_problem(error, request)
        _note_bypass(request, error, problem)
        if problem.status == 429:
            await _hold_back(request)
        return answer(request, problem)


MALFORMED = frozenset({400, 413, 415})


def _note_bypass(request: web.Request, error: Exception, problem: Problem) -> None:
    """What was tried past the checks of a page (ASVS 5.0, 16.3.3). What is refused at the door has its own line."""
    visit = request.get(VISIT)
    whose = {"seat": visit.seat.id, "session": visit.session} if visit is not None else {}
    if HOME in request:
        whose["person"] = request[HOME].person
    whose["route"] = pattern(request)
    if isinstance(error, DocumentRefusal):
        note(request, SecurityEvent.FILE_REFUSED, kind=error.code, **whose)
    elif isinstance(error, Refusal) and not isinstance(error, Forbidden):
        note(request, SecurityEvent.RULE_REFUSED, rule=error.rule, **whose)
    elif problem.status == 403 and LET_IN in request and not isinstance(problem, NotOpen):
        note(request, SecurityEvent.ACT_FORBIDDEN, rule=problem.rule, **whose)
    elif problem.status in MALFORMED:
        note(request, SecurityEvent.MALFORMED, status=problem.status, **whose)


async def _hold_back(request: web.Request) -> None:
    """Who does not stop hears it later, and few at once: however many connections ask in a loop, it costs next to
    nothing. A server that stops lets all of them go: what it waits for is what is under way."""
    limits = parts.limits(request)
    who = (request[VISIT].seat.id if VISIT in request else f"space {request[HOME].person}" if HOME in request
           else who_at(parts.client_address(request)))
    stopping = request.app[parts.STOPPING]
    async with request.app[parts.PLACES].place("refused", who, limits.requests_at_once):
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), limits.refused_seconds)


def as_problem(error: Exception, request: web.Request) -> Problem:
    if isinstance(error, Problem):
        return error
    if isinstance(error, Forbidden):
        return Problem(403, error.text, rule=error.rule, values=error.values)
    if isinstance(error, Refusal):
        return Problem(422, error.text, rule=error.rule, values=error.values)
    if isinstance(error, FieldError):
        return Problem(400, error.text, field=error.field, values=error.values)
    if isinstance(error, KeyReused):
        return Problem(400, N_("Cet identifiant a déjà servi pour une autre demande."), field="Idempotency-Key")
    for kind, told in KEPT_TEXTS.items():
        if isinstance(error, kind):
            return Problem(*told)
    if isinstance(error, DocumentRefusal):
        return Problem(422, error.text, field="file", values=error.values)
    if isinstance(error, MediaRefusal):
        log.info("media.refused", route=pattern(request), status=error.status,
                 error=re.sub(r"\W+", "_", error.reason)[:64])
        text, todo = MEDIA_TEXTS.get(error.status, STATUS_TEXTS[400])
        return Problem(error.status, text, todo)
    if isinstance(error, BROKEN):
        return Problem(400, *STATUS_TEXTS[400])
    if isinstance(error, web.HTTPException):
        text, todo = STATUS_TEXTS.get(error.status, STATUS_TEXTS[400])
        allow = {"Allow": error.headers["Allow"]} if "Allow" in error.headers else {}
        return Problem(error.status, text, todo, headers=allow)
    log.error("http.failed", route=pattern(request), exc_info=error)
    return Problem(500, *STATUS_TEXTS[500])


def answer(request: web.Request, problem: Problem) -> web.Response:
    locale = locale_of(request)
    text = say(locale, problem.text, problem.values)
    todo = say(locale, problem.todo, problem.values) if problem.todo else ""
    if _wants_page(request):
        response = page(request, "public/problem.html", status=problem.status, text=text, todo=todo,
                        ways=[(address, say(locale, words, {})) for address, words in _ways(request, problem)])
    else:
        body: dict[str, Any] = {"refusal": f"{text} {todo}".strip()}
        body |= {name: value for name, value in (("rule", problem.rule), ("field", problem.field)) if value is not None}
        response = web.json_response(body, status=problem.status, headers={"Content-Language": locale})
    response.headers.update(problem.headers)
    return response


def _ways(request: web.Request, problem: Problem) -> Ways:
    """Where its page leads: from an address that is not there, to the person's space or the front page."""
    if problem.ways or problem.status != 404:
        return problem.ways
    return ((space_path(request[HOME].person), N_("Mon espace")),) if HOME in request else (("/", N_("Première page")),)


@cache
def page_of_refusal(status: int) -> bytes:
    """The page for what no handler has seen, and whose headers nobody could read: in the language of the règlement."""
    text, todo = STATUS_TEXTS.get(status, STATUS_TEXTS[400 if status < 500 else 500])
    template = environment("fr").get_template("public/problem.html")
    shown = {"own_address": "/", "own_query": "", "ended_seat": None, "ways": (), "text": say("fr", text, {}),
             "todo": say("fr", todo, {})}
    return template.render(shown).encode()


def _wants_page(request: web.Request) -> bool:
    return "text/html" in request.headers.get("Accept", "")

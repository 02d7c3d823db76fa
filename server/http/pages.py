"""Templates into HTML. Every page gets the same few things: its language, gettext, `static()`, dates."""
from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, cast

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from server.http.endings import ENDED_SEAT
from server.http.language import kept_query, locale_of, own_address
from server.http.static import assets
from server.i18n import Locale, js_catalogue, translator

WEB = Path(__file__).resolve().parents[2] / "web"
TEMPLATES = WEB / "templates"


@cache
def oldest_browsers() -> str:
    """"Chrome 108, Firefox 121, …": the oldest ones in which the pages work."""
    with (WEB / "browsers.toml").open("rb") as file:
        return ", ".join(f"{name} {version}" for name, version in tomllib.load(file)["oldest"].items())


@cache
def environment(locale: Locale) -> Environment:
    env = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined,
                      extensions=["jinja2.ext.i18n"], trim_blocks=True, lstrip_blocks=True)
    env.install_gettext_translations(translator(locale), newstyle=True)  # type: ignore[attr-defined]
    shared: dict[str, Any] = {"locale": locale, "static": assets().url, "texts": js_catalogue(locale),
                              "browsers": oldest_browsers()}
    cast("dict[str, Any]", env.globals).update(shared)
    return env


def page(request: web.Request, template: str, *, status: int = 200, **context: Any) -> web.Response:
    """`template` is a path under `web/templates`. The context has this page's own address with its query, for the
    language switch, and the path of a seat that has just ended in this browser."""
    locale = locale_of(request)
    context = {"own_address": own_address(request), "own_query": kept_query(request),
               "ended_seat": request.get(ENDED_SEAT), **context}
    text = environment(locale).get_template(template).render(context)
    return web.Response(text=text, status=status, content_type="text/html", charset="utf-8",
                        headers={"Content-Language": locale})


def form_page(request: web.Request, template: str, *, status: int = 200, **context: Any) -> web.Response:
    """A page whose form is sent without a script. Under `no-referrer` the form's Origin is "null", and browsers without
    Sec-Fetch-Site have nothing else to show that it is ours. `strict-origin` sends where we are, and never the address,
    which may hold a link's secret."""
    response = page(request, template, status=status, **context)
    response.headers["Referrer-Policy"] = "strict-origin"
    return response

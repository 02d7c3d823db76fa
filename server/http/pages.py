"""Templates into HTML. Every page gets the same few things: its language, gettext, `static()`, dates."""
from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, cast

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from server.http.language import locale_of
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
    """`template` is a path under `web/templates`. `path` in the context is this page's, for the language switch."""
    locale = locale_of(request)
    text = environment(locale).get_template(template).render(path=request.path, **context)
    return web.Response(text=text, status=status, content_type="text/html", charset="utf-8",
                        headers={"Content-Language": locale})


def form_page(request: web.Request, template: str, *, status: int = 200, **context: Any) -> web.Response:
    """A page whose form is sent without a script. Under `no-referrer` the form's Origin is "null", and browsers without
    Sec-Fetch-Site have nothing else to show that it is ours."""
    response = page(request, template, status=status, **context)
    response.headers["Referrer-Policy"] = "same-origin"
    return response

"""Lines of the log of sign-ins in words."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from evaluation.rules import N_
from server.i18n import Locale, say
from server.storage.sign_ins import Means, Result, SignIn
from server.views.when import iso, moment_words

MEANS: Final[Mapping[Means, str]] = {
    Means.PASSKEY: N_("clé d’accès"), Means.PASSWORD: N_("mot de passe et code"),
    Means.OPENID: N_("fournisseur d’identité"), Means.FIRST: N_("lien du premier accès"),
    Means.RECOVERY: N_("lien d’accès remis en personne"),
}
RESULTS: Final[Mapping[Result, str]] = {
    Result.DONE: N_("connexion"), Result.WRONG: N_("refusé"), Result.COUNT_BACK: N_("refusé : clé peut-être copiée"),
    Result.UNKNOWN: N_("refusé : personne inconnue ici"), Result.ISSUED: N_("lien donné"),
    Result.ADDED: N_("ajouté"), Result.REMOVED: N_("retiré"),
}
STATES: Final[Mapping[Result, str]] = {
    Result.DONE: "ok", Result.WRONG: "warn", Result.COUNT_BACK: "bad", Result.UNKNOWN: "warn", Result.ISSUED: "info",
    Result.ADDED: "info", Result.REMOVED: "info",
}


def line_words(line: SignIn, now: int, locale: Locale) -> dict[str, str]:
    return {
        "at": moment_words(line.at, now, locale), "iso": iso(line.at), "means": say(locale, MEANS[line.means], {}),
        "result": say(locale, RESULTS[line.result], {}), "state": STATES[line.result],
        "address": line.address or "", "browser": line.browser,
    }

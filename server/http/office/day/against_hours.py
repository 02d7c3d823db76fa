"""What stands against an hour, beside the field in which it was typed: what is grave is refused, all else is said once
and may be meant."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from evaluation.clashes import Conflict
from evaluation.rules import N_
from server.http.form_fields import Several
from server.http.forms import Form, Sent, Wrong
from server.http.office.day.laid_view import Words
from server.http.office.day.one_day import OneDay

ANYWAY: Final = Several("anyway", N_("Si c’est voulu"), choices=(
    ("yes", N_("Garder cette heure, malgré ce qui est signalé")),), required=False)


def asked_when_wrong(form: Form, sent: Sent | None) -> Form:
    """The form as it is shown: whether something is meant is asked once it has been said."""
    told = sent is not None and ANYWAY.name in {*sent.typed, *sent.wrong}
    return replace(form, fields=tuple(one for one in form.fields if told or one.name != ANYWAY.name))


def check_told(day: OneDay, sent: Sent, found: Iterable[Conflict]) -> None:
    """Raises Wrong."""
    names = {one.id: day.name(one.candidate.person) for one in day.state.hearings.values()}
    said = Words(day.locale, names, day.people).all(found)
    grave = [one.words for one in said if one.grave]
    if grave or (said and not sent.values[ANYWAY.name]):
        field = "hour" if grave else ANYWAY.name
        sent.refuse(field, "{said}", {"said": " ".join(grave or [one.words for one in said])})
        raise Wrong

"""How the page of a case shows who assists the candidate, or is asked to, and the forms by which that begins and ends.
"""
from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from aiohttp import web

from evaluation.rules import N_
from server.http import forms
from server.http.form_fields import Email, Text
from server.http.forms import Form
from server.http.own_cases import Found
from server.views.body.own_case import Reader
from server.views.form import FormView

ASSISTANT: Final = Form((
    Text("first_name", N_("Son prénom"), most=100), Text("name", N_("Son nom"), most=100),
    Email("email", N_("Son adresse électronique"), N_(
        "L’invitation part à cette adresse. Elle ne dit rien des faits."))), N_("Inviter cette personne"))
END: Final = Form((Text("person", N_("Personne"), most=64),), N_("Ne plus être assisté par cette personne"))


@dataclass(frozen=True)
class AssistantShown:
    """`accepted`: else they have not answered yet. `end` ends it, where the reader may."""

    name: str
    accepted: bool
    end: FormView | None


def assistants_shown(request: web.Request, found: Found, reader: Reader, here: str) -> tuple[AssistantShown, ...]:
    part, may = found.part, found.role == "candidate"
    asked = part.invited if found.opened else ()
    known = [(one, True) for one in part.assistants] + [(one, False) for one in asked]
    return tuple(AssistantShown(
        reader.who(person), accepted,
        forms.view(request, END, f"{here}/assistant/end", prefix=f"end-{number}-", person=person) if may else None)
        for number, (person, accepted) in enumerate(known))

"""The kinds of incident that a framework names, each behind its door, and what they are called (R6.5, R7.1)."""
from __future__ import annotations

from evaluation.case_rules import incident_door
from evaluation.framework import Framework
from evaluation.session.terms import FRAUD_KINDS, MALFUNCTION_KINDS
from server.i18n import Locale, say
from server.views.session import labels


def offered(framework: Framework, locale: Locale, *, fraud: bool) -> list[tuple[str, str]]:
    """Codes and words, of the door of suspected fraud or of malfunctions. The framework's words stay in French."""
    if framework.case.kinds:
        return [(one.code, one.title) for one in framework.case.of_door(incident_door(suspected_fraud=fraud))]
    kinds = FRAUD_KINDS if fraud else MALFUNCTION_KINDS
    return [(one, say(locale, labels.INCIDENTS[one], {})) for one in kinds]


def kind_words(framework: Framework, locale: Locale, kind: str, *, fraud: bool) -> str:
    found = dict(offered(framework, locale, fraud=fraud))
    return found.get(kind) or say(locale, labels.INCIDENTS.get(kind, kind), {})


def asks(framework: Framework, kind: str, *, fraud: bool) -> tuple[str, ...]:
    """What the form of a kind asks beside the facts."""
    found = framework.case.kind(incident_door(suspected_fraud=fraud), kind)
    return found.asks if found else ()

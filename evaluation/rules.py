"""The rules of the règlement by id, and the one way to refuse.

A function that applies a rule carries `@rule("R5.2")`. It either raises `Refusal` (and returns None when all is well),
or returns what stands against the person (an empty tuple, or zero, when nothing does): `permits` names that neutral
answer, so that a test can put a function that always permits in its place and see a marked test fail.
"""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

Value = str | int


def N_(text: str) -> str:  # noqa: N802 (the customary name: gettext extracts what it marks)
    """Mark a French text for translation; it is translated where it is shown, not here."""
    return text


class Refusal(Exception):
    """A command the rules do not allow.

    `rule` is the id, `text` a French msgid with `{named}` places, `values` what fills them.
    """

    def __init__(self, rule: str, text: str, **values: Value) -> None:
        super().__init__(f"{rule}: {text.format(**values)}")
        self.rule, self.text, self.values = rule, text, values


class Forbidden(Refusal):
    """Whoever asks may not do this at all, whatever the moment."""


@dataclass(frozen=True)
class Reason:
    """Why something is as it is, in words: the rule's id, a French msgid, what fills its places."""

    rule: str
    text: str
    values: tuple[tuple[str, Value], ...] = ()

    def in_french(self) -> str:
        return self.text.format(**dict(self.values))


@dataclass(frozen=True)
class Applied:
    """One function that applies one rule."""

    rule: str
    function: Callable[..., object]
    permits: object


APPLIED: list[Applied] = []
F = TypeVar("F", bound=Callable[..., object])


def rule(*ids: str, permits: object = None) -> Callable[[F], F]:
    """Say which rules a function applies. `permits` is what it returns when it has nothing against."""

    def mark(function: F) -> F:
        for one in ids:
            if one not in RULES:
                raise ValueError(f"no rule {one}")
            APPLIED.append(Applied(one, function, permits))
        return function

    return mark


@dataclass(frozen=True)
class Rule:
    """`clause` is the règlement's section, or the law, or "ours"; `says` paraphrases it in one line."""

    clause: str
    says: str


RULES: dict[str, Rule] = {
    "R1.1": Rule("§1", "A certification is a versioned framework; a record keeps the version it began with."),
    "R1.2": Rule("§1", "Three jurors: employees, employers, a trainer who did not train the candidate."),
    "R1.3": Rule("§1", "The certification jury: both representatives and the president; nobody sits in both juries."),
    "R1.4": Rule("§1", "A juror who personally knows a candidate takes no part in the deliberation."),
    "R1.5": Rule("§1", "Jurors are trained to apply the same scale, and again when that is long ago."),
    "R1.6": Rule("§1", "The whole certification, some blocks if registered, or nothing."),
    "R1.7": Rule("§1", "Only a provider with an agreement in force, on the day of the act and of the session, plans."),
    "R2.3": Rule("§11", "An observer sees and hears, never the grids, and neither marks nor speaks."),
    "R2.4": Rule("§11", "What an observer finds is recorded, with who corrects it by when."),
    "R3.1": Rule("§3", "Two of the three jurors designate the president among the two representatives, first of all."),
    "R3.2": Rule("§3", "Called in, identity, reminder, attendance sheet, presentation, in this order."),
    "R3.3": Rule("§3", "Presentation: a ceiling, no floor, time not carried over, over the listed points."),
    "R3.4": Rule("§3", "Questions: a floor and a ceiling; what nobody examined is pointed out."),
    "R3.5": Rule("§3", "Each juror fills in their own grid; formative evaluations are consultative."),
    "R3.6": Rule("§3", "The candidate leaves; own grids freeze; the three agree on each competency."),
    "R3.7": Rule("§3", "Results are compiled per block automatically, with the reasons."),
    "R3.8": Rule("§3", "Recommendations per block and for the whole; then all is handed on."),
    "R3.9": Rule("§3", "The certification jury looks whether all went properly, deliberates, signs the minutes."),
    "R4.1": Rule("§4", "The candidate is informed three months ahead, the règlement in hand."),
    "R4.3": Rule("§4", "The prerequisites are looked at in an interview, before the registration."),
    "R4.2": Rule("§4", "The notice to attend is taken by the mail server at least 15 days before the session."),
    "R4.4": Rule("§4", "The organizer plans, moves what has not begun, proposes postponing, settles problems."),
    "R4.5": Rule("§4", "Taking part is compulsory: an absence is recorded after the appointed hour."),
    "R4.6": Rule("§4", "Each part of the portfolio has at most the framework's number of pages."),
    "R4.7": Rule("§4", "The defence lasts 45 minutes; an overrun is written down."),
    "R5.1": Rule("§5", "Two marks, acquired and not acquired, and no third."),
    "R5.2": Rule("§5", "BC1: at least 60 % acquired and its mandatory competencies."),
    "R5.3": Rule("§5", "BC2: at least 60 % acquired and its mandatory competencies."),
    "R5.4": Rule("§5", "The certification needs all its blocks."),
    "R6.1": Rule("§6", "The prevention message is acknowledged before the candidate enters."),
    "R6.2": Rule("§6", "The copy of the identity document is seen by jury, organizer and awarding body alone."),
    "R6.3": Rule("§6", "Identity is checked at the camera; the president decides after hearing the jurors."),
    "R6.4": Rule("§6", "The jury may require that the candidate stays visible."),
    "R6.5": Rule("§6", "Suspected fraud is written into the record, and the candidate told the sanctions."),
    "R6.6": Rule("§6", "A bar: no presenting of this certification for the framework's years, from the decision."),
    "R6.7": Rule("§6", "The candidate is dismissed and told when results come."),
    "R7.1": Rule("§7", "An incident is written down with its phase and clock."),
    "R7.2": Rule("§7", "Told, heard, proposed, answered, then decided by the commission; silence is no agreement."),
    "R8.1": Rule("§8", "The results are notified within the framework's delay from the day of the hearing."),
    "R8.2": Rule("§8", "The certificate goes to the company, which passes it on, within two months of the validation."),
    "R8.3": Rule("§8", "A certificate follows an award and has a number of its own."),
    "R9.1": Rule("§9", "Who has not obtained all presents what is missing again; the rest is kept."),
    "R9.2": Rule("§9", "An appeal within the delay from the jury that ruled; till then all it may need is kept."),
    "R10.1": Rule("§10", "Extra time and an aid; the content never changes."),
    "X1": Rule("GDPR, CNIL 2023-058", "The journal holds no personal data; erasing a person leaves it verifiable."),
    "X4": Rule("ours", "A try-out before the day: camera, sound and network, as often as wanted."),
    "X5": Rule("ours", "The journal is chained by hashes and verified by one command."),
    "X6": Rule("art. 641, 642 CPC", "How delays are counted."),
    "X7": Rule("ours", "Marks sealed until the deliberation; an NA has a reason; three sign; departures are reasoned."),
    "X8": Rule("ours", "Kept blocks count."),
    "X9": Rule("ours", "A technical failure is nobody's fault: lost time is counted and given back."),
    "X10": Rule("ours", "A certificate can be checked by its number and code; never by an old name."),
    "X11": Rule("ours", "A link never shuts a person out: a click opens it, one live seat, takeover by mailed code."),
    "X12": Rule("L. 6113-8", "What the deposit of awards needs is registered, and corrected with its trace."),
    "X13": Rule("ours", "Remote, on site, or both; what is signed on paper is scanned, and confirmed by each."),
    "X15": Rule("ours", "Whoever holds no office may nothing; a delegate does what is delegated, nothing more."),
}

"""The forms of one candidate's page in a sitting: who decides on whom, the questions, the decision and its answers."""
from __future__ import annotations

from typing import Final

from evaluation.deadlines import day_of
from evaluation.grading import Mark
from evaluation.rules import N_
from evaluation.sitting.settling import open_disputes, to_mark
from evaluation.sitting.state import Item
from server.http.form_fields import Choice, Day, Hour, Text
from server.http.forms import Form

RECUSE: Final = Form((
    Text("words", N_("Pourquoi"), N_("Écrit au journal de la séance. Le candidat ne le lit pas."), lines=3,
         most=2000),),
    N_("Me récuser pour ce candidat"), sure=True)
TURN: Final = Form((), N_("Passer à ce candidat"))
SUMMON: Final = Form((
    Day("day", N_("Jour")), Hour("hour", N_("Heure, à Paris")),
    Text("words", N_("Ce dont vous voulez parler"), N_("Lu par les trois jurés."), required=False, lines=3, most=2000)),
    N_("Convoquer le jury d’évaluation"))
OPEN: Final = Form((), N_("Faire entrer le jury d’évaluation"))
CLOSE: Final = Form((), N_("Terminer les questions"))
AGREE: Final = Form((), N_("Je suis d’accord"))
DISAGREE: Final = Form((
    Text("dissent", N_("Votre opinion, si vous voulez qu’elle soit gardée"), N_("Écrite au procès-verbal."),
         required=False, lines=3, most=5000),), N_("Je ne suis pas d’accord"), sure=True)
COURSE: Final = Choice("course", N_("Ce que vous proposez"), choices=(
    ("award", N_("Ce que les règles calculent")), ("withhold", N_("Suspendre l’attribution"))))
WORDS: Final = Text(
    "words", N_("Vos motifs"), N_("Nécessaires pour suspendre, ou pour revenir sur ce qui est décidé."), required=False,
    lines=3, most=5000)
FORMS: Final = ("recuse", "turn", "summon", "questions", "close", "agree", "disagree", "propose")
ANSWERS: Final = ("agree", "disagree")
"""What these answer is the proposal that the page shows, by its number."""
LETTER: Final = N_("– ce que la lettre au candidat peut en dire (facultatif)")
TO_AWARD: Final = N_("– nécessaire, sauf pour suspendre")
TO_SETTLE: Final = N_("– nécessaires si vous tranchez autrement")
NO_MARK: Final = ("", N_("Comme le jury d’évaluation"))
ACQUIRED: Final = (("A", N_("Acquise")), ("NA", N_("Non acquise")))


def proposing(item: Item, now: int) -> Form:
    """With a mark and its reasons for each competency that is in dispute, or that may be settled once the evaluation
    jury was questioned."""
    day = day_of(now)
    disputed = open_disputes(item, (), day)
    titles = {one.code: one.title for block in item.framework.blocks for one in block.competencies}
    ruled = [one.code for one in item.framework.competencies(to_mark(item, day))]
    wanted = [code for code in ruled if code in disputed or item.questioned]
    settling = [field for code in wanted for field in _settling(code, titles[code], code in disputed)]
    letters = [Text(f"letter-{code}", f"{code} {titles[code]}", required=False, needed=LETTER, lines=2, most=2000)
               for code in ruled if code in disputed or item.recommended.marks.get(code) == Mark.NOT_ACQUIRED]
    return Form((*settling, COURSE, WORDS, *letters), N_("Soumettre aux deux autres membres"))


def _settling(code: str, title: str, disputed: bool) -> tuple[Choice, Text]:
    choices = ACQUIRED if disputed else (NO_MARK, *ACQUIRED)
    return (Choice(f"mark-{code}", f"{code} {title}", required=False, needed=TO_AWARD if disputed else "",
                   choices=choices),
            Text(f"why-{code}", N_("Vos raisons"), required=False, needed=TO_AWARD if disputed else TO_SETTLE, lines=2,
                 most=2000))

"""Jury's days that ended with candidates heard, past the pages: what they handed on waits for a sitting, whose
representatives are in the pool; and one whose sitting has ruled, and the commission validated."""
from __future__ import annotations

from collections.abc import Mapping, Sequence

from evaluation.body.granting import GrantOffice
from evaluation.body.pool import EnterJuror
from evaluation.body.terms import Juror
from evaluation.codec import encode
from evaluation.deadlines import day_of, end_of
from evaluation.offices import Office, OfficeRole
from evaluation.people import SYSTEM, JurorCategory, Role, Seat
from server.http import parts
from tests.evaluation.frameworks import POLISHING
from tests.pace import patient
from tests.server import bodies
from tests.server.http.house import House, commission
from tests.server.http.office.sitting_desk import Desk
from tests.server.http.sittingwork import MEMBERS
from tests.serving import eventually

LINA, NOE, MAIA = "cand", "cand2", "cand3"
"""Their seats: one whose grid the jury could not agree on, one who lacks a block, one who lacks all."""
NAMES = {LINA: "Lina Morel", NOE: "Noé Second", MAIA: "Maïa-Constance de Lachapelle-Montmorency d’Hautecombe"}
REPRESENTATIVES = {**MEMBERS, "presides-too": "Odile Marchand", "employers-too": "Rose Martin"}
"""Who may decide; the last two sit for the others."""
DISPUTED = "C1.2"
LACKING: Mapping[str, Sequence[str]] = {NOE: ("C2.1",), MAIA: ("C1.2", "C2.1")}


async def three_heard(home: House) -> None:
    """To the third signature of each, today."""
    await _registered(home)
    await _held(home, {1: LINA, 2: NOE, 3: MAIA})
    await Desk(home).people()


async def two_ruled(home: House) -> None:
    """Noé has a block, Maïa nothing; both read it in their letters, and Noé's attestation is issued."""
    await _registered(home)
    await _held(home, {2: NOE, 3: MAIA})
    desk = Desk(home)
    await desk.people()
    await desk.convene(candidacies=[desk.candidacy(NOE), desk.candidacy(MAIA)])
    await desk.seated_by_pages()
    home.clock.ahead += 86_400_000
    three = [desk.member(name) for name in ("presides", "employees", "employers")]
    for member in three:
        await desk.do(member, "DeclareImpartial", candidacies=[desk.candidacy(NOE), desk.candidacy(MAIA)])
    await desk.do(three[0], "OpenSitting")
    for seat in (NOE, MAIA):
        await desk.do(three[0], "ProposeDecision", candidacy=desk.candidacy(seat))
        for member in three[1:]:
            await desk.do(member, "AnswerDecision", candidacy=desk.candidacy(seat), agrees=True, number=1)
    await desk.done("act/present")
    await desk.signed("presides", "employees", "employers")
    await desk.sealed()
    await _validated(desk)


async def _validated(desk: Desk) -> None:
    ruled = [desk.candidacy(NOE), desk.candidacy(MAIA)]
    status, where = await desk.office_send("batches/present", outcomes=ruled)
    assert status == 303, where
    page = where.partition("office/")[2].partition("?")[0]
    assert (await desk.desks.send(bodies.MEMBER, f"{page}/validate", page))[0] == 303
    await desk.home.settled()
    assert (await desk.office_send("certificates/issue", candidacies=ruled[:1]))[0] == 303

    async def issued() -> bool:
        rows = desk.home.app[parts.ROWS]
        return await rows.count("certificates") == 1 and not await rows.count("certificate_prints")

    await eventually(issued, patient(20))
    await desk.home.settled()


async def others_enter(home: House) -> None:
    """Whoever may sit for those who ruled."""
    desk, journals = Desk(home), home.app[parts.JOURNALS]
    for name in ("presides-too", "employers-too"):
        words = REPRESENTATIVES[name]
        await home.app[parts.ACCOUNTS].save_person(desk.member(name), {
            "name": words, "first_name": words.split()[0], "email": f"{desk.member(name)}@example.org"})
    await bodies.do(journals, bodies.CLERK, EnterJuror(Juror(desk.member("employers-too"), (JurorCategory.EMPLOYERS,))))
    await bodies.do(journals, bodies.CLERK, GrantOffice(Office(
        "o-presides-too", desk.member("presides-too"), OfficeRole.PRESIDENT_DELEGATE, bodies.SINCE, None, None,
        bodies.PAPER)))


async def heard_again(home: House, candidacy: str) -> None:
    """Another jury hears Noé, weeks later, on what a new candidacy of his seeks: all of it is acquired now."""
    home.session, journals = "s2", home.app[parts.JOURNALS]
    organizer = "p-s1-org"

    def seat(name: str, role: Role, category: JurorCategory | None = None, person: str = "", hearing: str | None = None
             ) -> Seat:
        return Seat(home.seat(name), person or home.person(name), role, category, hearing)

    jurors = [seat("emp", Role.JUROR, JurorCategory.EMPLOYEES), seat("own", Role.JUROR, JurorCategory.EMPLOYERS),
              seat("tra", Role.JUROR, JurorCategory.TRAINER)]
    for one, name in zip(jurors, ("Awa Traoré", "Bruno Patron", "Sofia Petit"), strict=True):
        await home.app[parts.ACCOUNTS].save_person(one.person, {
            "name": name, "first_name": name.split()[0], "email": f"{one.id}@example.org"})
    now = home.clock()
    await home.act("org", "PlanSession", session=home.session, date=day_of(now).isoformat(), observers=[],
                   organizer=encode(seat("org", Role.ORGANIZER, person=organizer)),
                   **await bodies.planned_under(journals, organizer))
    await commission(home.app).appoints(home.session, jurors)
    noe = seat(NOE, Role.CANDIDATE, person=f"p-s1-{NOE}", hearing=home.hearing())
    await home.act("org", "AddHearing", hearing=home.hearing(), candidate=encode(noe),
                   starts_at=min(now + 60_000, end_of(day_of(now)) - 1000),
                   candidacy=await bodies.quote(journals, candidacy, bodies.REGISTRATION))
    await _held(home, {1: NOE}, lacking={})
    home.session = "s1"


async def _held(home: House, seats: Mapping[int, str], lacking: Mapping[str, Sequence[str]] = LACKING) -> None:
    """By the number of their hearing."""
    for juror in ("emp", "own"):
        await home.act(juror, "DesignatePresident", choice=home.seat("emp"))
    for name in ("emp", "own", "tra", *seats.values()):
        await home.act(SYSTEM, "Join", seat=home.seat(name))
    for number, seat in seats.items():
        await _heard(home, home.hearing(number), seat, lacking.get(seat, ()))
    await home.settled()


async def _registered(home: House) -> None:
    """All three under their names, Maïa beside those whom the day has."""
    seat = Seat(home.seat(MAIA), home.person(MAIA), Role.CANDIDATE, hearing=home.hearing(3))
    now = home.clock()
    await home.act("org", "AddHearing", hearing=home.hearing(3), candidate=encode(seat),
                   starts_at=min(now + 3 * 60_000, end_of(day_of(now)) - 1000),
                   candidacy=await bodies.registered(home.app[parts.JOURNALS], seat.person, home.person("org"),
                                                 name=NAMES[MAIA]))
    for name, words in NAMES.items():
        await home.app[parts.ACCOUNTS].save_person(home.person(name), bodies.civil(words).as_profile())


async def _heard(home: House, hearing: str, seat: str, lacking: Sequence[str]) -> None:
    await home.act(seat, "AcknowledgePrevention", hearing=hearing, wording="w")
    await home.act(seat, "EnterWaitingRoom", hearing=hearing)
    await home.act("emp", "CallIn", hearing=hearing)
    for juror in ("own", "tra"):
        await home.act(juror, "GiveIdentityOpinion", hearing=hearing, conform=True)
    await home.act("emp", "DecideIdentity", hearing=hearing, finding="conform", course="proceed")
    for point in range(len(POLISHING.reminder)):
        await home.act("emp", "CheckReminder", hearing=hearing, point=point, said=True)
    await home.act(seat, "SignSheet", hearing=hearing, words=NAMES[seat])
    await home.act("emp", "StartPresentation", hearing=hearing)
    await home.act("emp", "StartQuestions", hearing=hearing)
    blocks = (await home.state()).hearing(hearing).blocks
    codes = [one.code for block in POLISHING.blocks if block.code in blocks for one in block.competencies]
    marks = {code: "NA" if code in lacking else "A" for code in codes}
    await _marked(home, hearing, marks, doubted=seat == LINA)
    await _agreed(home, hearing, marks, disputed=seat == LINA)
    for juror in ("own", "tra", "emp"):
        await home.act(juror, "SignDeliberation", hearing=hearing)


async def _marked(home: House, hearing: str, marks: Mapping[str, str], *, doubted: bool) -> None:
    for juror in ("emp", "own", "tra"):
        for code, agreed in marks.items():
            mark = "NA" if doubted and code == DISPUTED and juror == "tra" else agreed
            await home.act(juror, "SetMark", hearing=hearing, competency=code, mark=mark,
                           words="Le grain de la reprise se voit encore." if mark == "NA" else None)
    await home.act("emp", "DismissCandidate", hearing=hearing, words="Le jury a tout examiné.")
    for juror in ("emp", "own", "tra"):
        await home.act(juror, "CloseGrid", hearing=hearing)


async def _agreed(home: House, hearing: str, marks: Mapping[str, str], *, disputed: bool) -> None:
    """On all but what is disputed; with what the rules compute as their advice."""
    await home.act("emp", "OpenDeliberation", hearing=hearing)
    agreed = {code: mark for code, mark in marks.items() if not (disputed and code == DISPUTED)}
    await home.act("emp", "ProposeConsensus", hearing=hearing, marks=agreed)
    for juror in ("own", "tra"):
        await home.act(juror, "ConfirmConsensus", hearing=hearing, marks=agreed)
    if disputed:
        await home.act("emp", "DeclareDispute", hearing=hearing, competencies=[DISPUTED],
                       words="Deux voient une reprise acquise, le troisième non.")
    state = await home.state()
    for block in (*state.hearing(hearing).blocks, None):
        lacks = [code for code, mark in marks.items()
                 if mark == "NA" and block in (None, POLISHING.block_of(code).code)]
        await home.act("emp", "Recommend", hearing=hearing, block=block, advice="refuse" if lacks else "award",
                       words="Voir la grille.")

"""A world in which every sealed column of one case holds a token of its own, so that a leak has a name."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from conferences import fields, policies
from conferences.case import repeats
from conferences.checklist import assessments
from conferences.checklist.assessments import Answer
from conferences.fields import FormField
from conferences.imports import bringing, checking, unplaced
from conferences.meeting import actions, agenda, documents, meetings
from conferences.models import (
    About,
    Action,
    Base,
    Case,
    ContributionKind,
    DeclineCode,
    FirstContact,
    HasSealed,
    Listing,
    Nature,
    Part,
    Referral,
    RiskNow,
    Role,
    Sameness,
    Urgency,
)
from conferences.person import enquiries, identity, people
from conferences.person.people import PersonDetails
from conferences.reaching import Care, Contact, Point, Safe, Way
from conferences.referral import advocates, outside, reassessing, referrals, sampling, told
from conferences.sealing import unseal_bytes
from conferences.triage import diverting, triage
from conferences.triage.asking import Given
from conferences.wall import colleagues, staff, walls
from conferences.wall.colleagues import Colleague
from conferences.wall.staff import Home
from tests import make
from tests.imports import files, lists
from tests.make import World


@dataclass
class Seeded:
    """The seeded case and what hangs on it; tokens read `Zq<case><word>`."""

    world: World
    case: Case
    referral: Referral
    listing: Listing
    housing: Action
    police: Action


def token(case: str, word: str) -> str:
    """Returns an improbable word for one place in one case."""
    return f"Zq{case}{word}"


def seed(world: World, case: str, *, days: int = 9) -> Seeded:
    """Takes one case down the whole path with a token in every place a person can type."""
    referral = _referral(world, case)
    _ask_elsewhere(world, case, referral)
    s, now = world.session, world.now
    question, ask = token(case, "question"), ["item_20", "part_children"]
    triage.return_with_question(s, world.ben, referral, question=question, ask=ask, now=now)
    answers = {
        "item_20": Given("yes", token(case, "answered")),
        "part_children": Given(words=token(case, "answeredpart")),
    }
    triage.reply(s, world.amara, referral, words=token(case, "reply"), answers=answers, now=now)
    _asked_to_decline(world, case, referral)
    _assessed_again(world, case, referral)
    _alerted_and_read(world, case, referral)
    meeting = make.conference(world, days=days)
    turn = triage.accept(s, world.ben, referral, meeting, now=now)
    agenda.issue(s, world.ben, meeting, now=now)
    meetings.open_meeting(s, world.chidi, meeting, now=now)
    meetings.contribute(
        s, world.chidi, turn, world.agencies["POL"], kind=ContributionKind.SHARED,
        statement=token(case, "shared"), nature=Nature.FACT, now=now,
    )  # fmt: skip
    meetings.summarise(s, world.chidi, turn, summary=token(case, "summary"), version=None, now=now)
    housing, police = _promises(world, case, turn)
    said = make.conclusion(
        outcome_reason=token(case, "outcomereason"),
        victims_voice=token(case, "voice"), victims_voice_missing=token(case, "voicemissing"),
        child_line=token(case, "childline"), child_line_missing=token(case, "childmissing"),
        perpetrator_line=token(case, "perpline"), perpetrator_line_missing=token(case, "perpmissing"),
    )  # fmt: skip
    meetings.conclude(s, world.chidi, turn, said, now=now)
    _at_home(world, case)
    _outside(world, case)
    _list(world, case)
    return Seeded(world, referral.case, referral, turn, housing, police)


def _at_home(world: World, case: str) -> None:
    """What somebody says of their own home, and of a colleague without an account."""
    s, now = world.session, world.now
    user, code = {"one": (world.dana, "HSG"), "two": (world.noor, "IDV")}[case]
    home = Home(*(f"{real} {token(case, word)}" for real, word in (
        ("01632 960444", "ownphone"), ("9", "ownline"), ("ZZ99 4DD", "ownpostcode"),
        (f"{case}@made-up.example", "ownmail"))))  # fmt: skip
    staff.keep_household(s, user, home, now=now)
    kept = Home(*(f"{real} {token(case, word)}" for real, word in (
        ("01632 960445", "theirphone"), ("7", "theirline"), ("ZZ99 4DE", "theirpostcode"),
        (f"their-{case}@made-up.example", "theirmail"))))  # fmt: skip
    given = Colleague(token(case, "colleague"), kept)
    colleagues.add(s, user, world.agencies[code], given, now=now)


def _assessed_again(world: World, case: str, referral: Referral) -> None:
    s, now = world.session, world.now
    row = reassessing.begin(s, world.noor, referral, "s-dash", now=now)
    given = [Answer("1", "yes", "police", token(case, "furthernote"))]
    reassessing.answer(s, world.noor, row, given, now=now)
    reassessing.finish(s, world.noor, row, refer=True, why=token(case, "furtherwhy"), now=now)


def _asked_to_decline(world: World, case: str, referral: Referral) -> None:
    """The coordinator asks to decline and the chair does not agree, each with words."""
    words = {name: token(case, f"decline{name}") for name in ("reason", "signpost", "advice")}
    s, code = world.session, DeclineCode.OTHER
    triage.decline(s, world.ben, referral, code=code, **words, now=world.now)
    why = token(case, "refusedwhy")
    triage.confirm_decline(s, world.chidi, referral, agreed=False, reason=why, now=world.now)


def _ask_elsewhere(world: World, case: str, row: Referral) -> None:
    s, why, area = world.session, token(case, "enquirywhy"), world.northmoor.id
    enquiries.ask(s, world.ben, row.case, area_id=area, about="both", reason=why, now=world.now)


def _alerted_and_read(world: World, case: str, referral: Referral) -> None:
    """Listed for alerts only; the decision is drawn, and the chair does not agree."""
    s, policy = world.session, policies.in_force(world.session, world.area.id, world.now.date())
    policy.audit_share = 100
    why = token(case, "alertwhy")
    diverting.alert_only(s, world.ben, referral, reason=why, now=world.now)
    drawn = sampling.to_read(s, world.chidi)[-1]
    noted = token(case, "samplenote")
    sampling.review(s, world.chidi, drawn, agrees=False, note=noted, now=world.now)


def _referral(world: World, case: str) -> Referral:
    s, now, who = world.session, world.now, world.amara
    row = make.draft(world)
    assessments.judge_first(s, who, row, view="serious", why=token(case, "firstview"), now=now)
    given = [Answer(str(n), "yes", "police", token(case, "note")) for n in range(1, 16)]
    given.append(Answer("20", "dont_know", "police", token(case, "before")))
    assessments.transcribe(s, who, row, given, on=now.date(), by=token(case, "paperby"), now=now)
    assessments.judge_last(s, who, row, refer=True, why=token(case, "lastview"), now=now)
    _name_people(world, case, row)
    referrals.save_contact(s, who, row, _ways(case), now=now)
    for part, word in ((Part.PERPETRATOR, "harm"), (Part.CHILD, "kid"), (Part.OTHER_ADULT, "kin")):
        about = people.in_part(row.case, part)[0]
        referrals.save_contact(s, who, row, _ways(case, word), about=about, now=now)
    care = Care(**_said_with(case, ""))
    referrals.save_address(s, who, row, token(case, "address"), care=care, now=now)
    referrals.save_reason(
        s, who, row, reason=token(case, "reason"), wishes=token(case, "wishes"), urgency=Urgency.STANDARD,
        history={"incidents": ["2026-11-20"], "incident_kind": "other"}, now=now,
    )  # fmt: skip
    why = token(case, "sharingwhy")
    referrals.save_sharing(s, who, row, consent="refused", basis="public_task", why=why, now=now)
    _fill_the_form(world, case, row)
    referrals.submit(s, who, row, now=now)
    (ring,) = [one.row for one in advocates.to_ring(s, world.noor, now=now) if one.row.referral_id == row.id]
    noted, outcome = token(case, "rangnote"), FirstContact.NOT_CONTACTABLE
    advocates.record_contact(s, world.noor, ring, outcome=outcome, note=noted, now=now)
    people.look_at_address(s, world.noor, row.case, reason=token(case, "lookedwhy"), now=now)
    stranger = make.a_user(
        s, world.agencies["EDU"], Role.FRONTLINE, "Stranger Danger", f"{case}@edu.example", now, None
    )
    people.exclude(s, world.ben, row.case, user_id=stranger.id, reason=token(case, "wallwhy"), now=now)
    unplaced.keep(s, make.draft(world, by=stranger), [("Car", token(case, "unplaced"))])
    victim, harming = (people.in_part(row.case, part)[0].person for part in (Part.VICTIM, Part.PERPETRATOR))
    why = token(case, "identitywhy")
    identity.decide(s, world.ben, victim, harming, Sameness.DIFFERENT, reason=why, now=now)
    repeats.confirm(s, world.ben, row, is_repeat=False, reason=token(case, "repeatwhy"), now=now)
    _walls(world, case, row.case)
    return row


def _ways(case: str, whose: str = "") -> Contact:
    """A safe, an unsafe and an unknown way, each with a token in every place that says whose it is."""
    points = [
        Point(
            way=way,
            value=token(case, f"{whose}{way.value}"),
            safety=safety,
            message=safety,
            **_said_with(case, f"{whose}{way.value}"),
        )
        for way, safety in zip(Way, Safe, strict=True)
    ]
    return Contact(token(case, f"{whose}rule"), tuple(points))


def _said_with(case: str, way: str) -> dict[str, Any]:
    return {word: token(case, f"{way}{word}") for word in ("times", "code_word", "who_else")}


def _name_people(world: World, case: str, row: Referral) -> None:
    for part, name in (
        (Part.VICTIM, "victim"), (Part.PERPETRATOR, "perp"), (Part.CHILD, "child"),
        (Part.OTHER_ADULT, "adult"),
    ):  # fmt: skip
        person = PersonDetails(
            name=f"{token(case, name)} {token(case, name)}b", known_as=token(case, f"{name}alias"),
            former_names=token(case, f"{name}former"),
            born="1991-07-19", gender=token(case, f"{name}gender"),
            language=token(case, f"{name}language"), relationship=token(case, f"{name}relation"),
            lives_with=token(case, f"{name}lives"), detail=token(case, f"{name}detail"),
        )  # fmt: skip
        referrals.save_person(world.session, world.amara, row, part, person, now=world.now)


def _outside(world: World, case: str) -> None:
    """Two referrals that arrived through a link: one waits, one was not taken on."""
    s, now = world.session, world.now
    for word in ("arrived", "untaken"):
        link = outside.give_link(
            s, world.ben, world.agencies["EDU"], token_hash=token(case, word).encode(), days=7, now=now
        )
        row = outside.arrive(s, link, make.outside_body(reason=token(case, "arrived")), now=now)
        if word == "untaken":
            outside.refuse(s, world.ben, row, reason=token(case, "untakenwhy"), now=now)


def _list(world: World, case: str) -> None:
    """Brings a list and leaves it undecided, with a token wherever a file or a person can say something."""
    headings = [*lists.HEADINGS, token(case, "listheading")]
    row = lists.TESTA | {"Referring agency": token(case, "listagency"), "Summary": token(case, "listcell")}
    body = files.workbook(
        headings, [row.get(one, "") for one in headings], sheets=(token(case, "listsheet"),)
    )
    (batch,) = bringing.bring(
        world.session, world.ben, body, file_name=f"{token(case, 'listfile')}.xlsx",
        source=token(case, "listsource"), now=world.now,
    )  # fmt: skip
    checking.explain_columns(
        world.session, world.ben, batch, columns=batch.columns, unnamed_agency=None,
        meant={token(case, "listagency"): world.agencies["POL"].id.hex}, now=world.now,
    )  # fmt: skip


def _fill_the_form(world: World, case: str, row: Referral) -> None:
    """Answers every field of every part; what is typed is a token that says its data class."""
    for sheet in fields.form().sheets.values():
        if sheet.page:
            continue
        given = {one.key: _said(case, one) for one in sheet.fields}
        for about in told.rows_for(row, sheet):
            told.save(world.session, world.amara, row, sheet, given, row=about, now=world.now)


def _said(case: str, one: FormField) -> Any:
    if one.kind in ("line", "text"):
        only = f"only{one.agencies[0].replace('_', '')}" if one.agencies else one.data_class.value.lower()
        return token(case, f"told{only}")
    if one.kind in ("day", "partial"):
        return "2026-12-20" if one.coming else "2026-11-20"
    if one.kind == "many":
        return [next(iter(one.choices))]
    return next(iter(one.choices), None)


def _walls(world: World, case: str, row: Case) -> None:
    """Somebody named and let in again, and a restriction to a few that has ended."""
    s, ben, now = world.session, world.ben, world.now
    walls.exclude(s, ben, row, named=token(case, "named"), reason=token(case, "wallwhy"), now=now)
    walls.exclude(s, ben, row, named=token(case, "wasnamed"), reason=token(case, "wallwhy"), now=now)
    walls.lift(s, ben, row, row.exclusions[-1].id, reason=token(case, "lifted"), now=now)
    walls.restrict(s, ben, row, user_id=world.chidi.id, reason=token(case, "few"), now=now)
    walls.open_again(s, ben, row, reason=token(case, "lifted"), now=now)


def _promises(world: World, case: str, turn: Listing) -> tuple[Action, Action]:
    s, now = world.session, world.now
    made = []
    for code in ("HSG", "POL"):
        word = code.lower()
        risk = meetings.record_risk(
            s, world.chidi, turn, about=About.VICTIM, statement=token(case, f"{word}risk"), now=now
        )
        promise = actions.Promise(
            what=token(case, f"{word}what"), owner=token(case, f"{word}owner"),
            due_on=now.date() + timedelta(days=3), evidence=token(case, f"{word}evidence"),
        )  # fmt: skip
        made.append(actions.agree(s, world.chidi, turn, world.agencies[code], risk, promise, now=now))
    extra = actions.Promise("Zqdone", "Zqdoneowner", now.date(), "Zqdoneevidence")
    done = actions.agree(s, world.chidi, turn, world.agencies["POL"], turn.risks[0], extra, now=now)
    actions.note(s, world.dana, made[0], words=token(case, "hsgnote"), now=now)
    actions.complete(s, world.ben, done, outcome=token(case, "poloutcome"), risk_now=RiskNow.SAME, now=now)
    other = actions.agree(s, world.chidi, turn, world.agencies["POL"], turn.risks[0], extra, now=now)
    actions.not_done(s, world.ben, other, reason=token(case, "polreason"), now=now)
    return made[0], made[1]


def copies(seeded: Seeded) -> list[Any]:
    """Asks for the chair's agenda and Housing's plan of the seeded case."""
    w = seeded.world
    later = w.now + timedelta(minutes=1)
    return [
        documents.ask_for_agenda(w.session, w.chidi, seeded.listing.conference, now=later),
        documents.ask_for_plan(w.session, w.dana, w.agencies["HSG"], now=later),
    ]


def everything_sealed(session: Session) -> dict[str, str]:
    """Opens every sealed value in the database: {table.column: all of it as text}."""
    found: dict[str, str] = {}
    for mapper in Base.registry.mappers:
        kind = mapper.class_
        columns = [c.name.removesuffix("_sealed") for c in mapper.columns if c.name.endswith("_sealed")]
        for row in session.scalars(select(kind)) if columns else ():
            if not isinstance(row, HasSealed) and row.data_key is None:
                continue
            for column in columns:
                opened = unseal_bytes(session, row, column)
                if opened:
                    key = f"{kind.__tablename__}.{column}"
                    found[key] = found.get(key, "") + "\n" + opened.decode("utf-8", "replace")
    return found

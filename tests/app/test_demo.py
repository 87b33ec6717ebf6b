"""The fictional area: made only where it may be, always with a meeting tomorrow, and obviously made up."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError
from sqlalchemy import create_engine, func, select, text
from sqlalchemy.orm import Session

from app import db
from app.auth import accounts, passwords
from app.cli.installation import mark
from app.demo import PASSWORD, load, script, sign_ins
from app.demo.days import Shift, until_tomorrow
from app.embedded import Embedded
from conferences import births, policies
from conferences.checklist import assessments
from conferences.errors import NotFound, Refused
from conferences.meeting import agenda
from conferences.models import (
    Action,
    ActionStatus,
    Area,
    Case,
    Conference,
    Document,
    Listing,
    Referral,
    ReferralStatus,
    User,
)
from conferences.person import people
from conferences.sealing import Keyring
from conferences.triage import queue_views
from conferences.visibility import find, visible_to
from tests import server
from tests.browse import Browse
from tests.house.seeded import everything_sealed

LONDON = ZoneInfo("Europe/London")


@pytest.fixture(scope="module")
def installed(embedded: Embedded, worker: str) -> Iterator[str]:
    """The name of a database of its own, for what only its owner can say."""
    name = server.copy_of_template(embedded, f"demo_{worker}")
    yield name
    engine = create_engine(db.dialect_url(embedded.url("postgres", "postgres")), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'DROP DATABASE "{name}"'))
    engine.dispose()


@pytest.fixture(scope="module")
def demo(embedded: Embedded, installed: str, keyring: Keyring) -> Iterator[Session]:
    """A demonstration loaded once; its tests only read."""
    mark(embedded.url("marac_owner", installed), demo=True, now=THEN)
    engine = db.engine_for(embedded.url("marac_app", installed), pool_size=1)
    with db.session_factory(engine, keyring)() as opened:
        load(opened, now=THEN)
        opened.commit()
        yield opened
    engine.dispose()


THEN = datetime(2026, 11, 23, 14, 20, tzinfo=UTC)


def user(session: Session, email: str) -> User:
    found = accounts.find(session, email)
    assert found is not None
    return found


def next_meeting(session: Session, now: datetime) -> Conference:
    ben = user(session, "ben@council.example")
    wanted = visible_to(ben, Conference).where(Conference.starts_at > now).order_by(Conference.starts_at)
    found = session.scalars(wanted.limit(1)).one()
    assert isinstance(found, Conference)
    return found


def case(session: Session, reference: str) -> Case:
    return session.scalars(select(Case).where(Case.reference == reference)).one()


@pytest.mark.parametrize(
    ("now", "starts"),
    [
        # An ordinary Monday, a Saturday, the evening before, and a minute after midnight in summer.
        ("2026-11-23T14:20+00:00", "2026-11-24T10:00+00:00"),
        ("2026-11-21T09:00+00:00", "2026-11-22T10:00+00:00"),
        ("2026-12-01T23:59+00:00", "2026-12-02T10:00+00:00"),
        ("2026-07-14T23:01+00:00", "2026-07-16T10:00+01:00"),
        # Christmas week and the new year.
        ("2026-12-24T11:00+00:00", "2026-12-25T10:00+00:00"),
        ("2026-12-31T11:00+00:00", "2027-01-01T10:00+00:00"),
        # The clocks change tonight, in spring and in autumn; a leap day; years later.
        ("2027-03-27T12:00+00:00", "2027-03-28T10:00+01:00"),
        ("2026-10-24T12:00+01:00", "2026-10-25T10:00+00:00"),
        ("2028-02-28T12:00+00:00", "2028-02-29T10:00+00:00"),
        ("2031-05-05T08:00+01:00", "2031-05-06T10:00+01:00"),
    ],
)
def test_the_next_meeting_is_tomorrow_at_ten(now: str, starts: str) -> None:
    at = datetime.fromisoformat(now)
    told = [told for told in script.meetings(until_tomorrow(at)) if told.by == "ben"]
    upcoming = sorted(meeting.starts_at for meeting in told if meeting.starts_at > at)
    assert upcoming[0] == datetime.fromisoformat(starts)
    assert upcoming[0].astimezone(LONDON).strftime("%H:%M") == "10:00"


@pytest.mark.parametrize(
    "now", ["2026-12-24T11:00+00:00", "2027-03-27T12:00+00:00", "2026-07-14T23:01+00:00"]
)
def test_it_loads_whatever_day_it_is_and_nothing_lies_in_the_future(session: Session, now: str) -> None:
    at = datetime.fromisoformat(now)
    load(session, now=at)
    meeting = next_meeting(session, at)
    assert meeting.starts_at.astimezone(LONDON).date() == at.astimezone(LONDON).date() + timedelta(days=1)
    newest = session.scalar(text("SELECT max(at) FROM audit_entry"))
    assert newest is not None
    assert newest < at
    assert policies.deadlines_of(session, meeting).cutoff < meeting.starts_at.date()


def test_the_issued_agenda_has_children_first_and_one_case_added_since(demo: Session) -> None:
    ben, meeting = user(demo, "ben@council.example"), next_meeting(demo, THEN)
    rows = agenda.listings_for(demo, ben, meeting)
    order = ["AS-0412", "AS-0463", "AS-0431", "AS-0440", "AS-0441"]
    assert [row.case.reference for row in rows] == order
    assert meeting.agenda_version == 1


def test_the_queue_holds_every_kind_of_waiting(demo: Session) -> None:
    ben = user(demo, "ben@council.example")
    waiting = {row.case_reference: row for row in queue_views.queue(demo, ben, now=THEN)}
    assert list(waiting) == ["AS-0455", "AS-0469", "AS-0473", "AS-0476", "AS-0474"]
    assert waiting["AS-0455"].why_here == ("emergency", "professional_judgement")
    assert waiting["AS-0455"].perpetrators == 3
    assert waiting["AS-0455"].consent == "refused"
    assert waiting["AS-0476"].why_here == ("below_the_line",)
    assert waiting["AS-0474"].paused


@pytest.mark.parametrize(
    ("reference", "lowest", "highest", "grounds"),
    [
        ("AS-0288", 16, 17, {"visible_high_risk", "professional_judgement", "potential_escalation"}),
        ("AS-0412", 11, 16, {"professional_judgement", "potential_escalation", "repeat"}),
        ("AS-0431", 18, 20, {"visible_high_risk", "professional_judgement"}),
        ("AS-0440", 16, 18, {"visible_high_risk", "professional_judgement"}),
        ("AS-0441", 14, 20, {"visible_high_risk"}),
        ("AS-0455", 9, 20, {"professional_judgement"}),
        ("AS-0463", 14, 17, {"visible_high_risk", "professional_judgement"}),
        ("AS-0470", 15, 17, {"visible_high_risk", "professional_judgement"}),
        ("AS-0473", 7, 10, {"professional_judgement"}),
        ("AS-0476", 5, 5, set()),
    ],
)
def test_each_checklist_says_what_the_story_says(
    demo: Session, reference: str, lowest: int, highest: int, grounds: set[str]
) -> None:
    referral = demo.scalars(select(Referral).where(Referral.case_id == case(demo, reference).id)).one()
    result = assessments.result_of(demo, referral.assessment)
    assert result is not None
    assert (result["score_min"], result["score_max"]) == (lowest, highest)
    assert {ground["id"] for ground in result["grounds"]} == grounds


def test_the_draft_has_fourteen_of_twenty_four_answers(demo: Session) -> None:
    amara = user(demo, "amara@education.example")
    drafts = visible_to(amara, Referral).where(Referral.status == ReferralStatus.DRAFT)
    progress = assessments.progress(demo, demo.scalars(drafts).one())
    assert (progress.answered, progress.total) == (14, 24)


def test_actions_stand_in_every_place_but_superseded(demo: Session) -> None:
    standing = set(demo.scalars(select(Action.status)))
    assert standing == set(ActionStatus) - {ActionStatus.SUPERSEDED}


def test_last_years_actions_keep_what_became_of_them(demo: Session) -> None:
    rows = demo.scalars(select(Action).where(Action.case_id == case(demo, "AS-0288").id)).all()
    became = {row.agency.code: row.status for row in rows}
    assert became == {
        "IDV": ActionStatus.DONE,
        "HSG": ActionStatus.NOT_POSSIBLE,
        "CHS": ActionStatus.NOT_DONE,
    }
    assert {row.agency.code for row in rows if row.confirmed_at} == {"HSG"}


def test_ages_are_those_of_the_story(demo: Session) -> None:
    juno = people.victim_of(case(demo, "AS-0463"))
    assert juno is not None
    assert births.age_words(people.details_of(demo, juno).born, THEN.date()) == "16"


def test_loading_twice_changes_nothing(demo: Session) -> None:
    before = demo.scalar(text("SELECT count(*) FROM audit_entry"))
    load(demo, now=THEN + timedelta(days=3))
    assert demo.scalar(text("SELECT count(*) FROM audit_entry")) == before
    assert demo.scalar(select(func.count(Area.id))) == 3


def test_a_database_with_an_area_that_is_no_demonstration_is_refused(session: Session) -> None:
    load(session, now=THEN)
    with pytest.raises(Refused, match="not a demonstration"):
        load(session, now=THEN)


def test_an_installation_that_is_no_demonstration_is_refused_even_when_empty(
    embedded: Embedded, worker: str, keyring: Keyring
) -> None:
    name = server.copy_of_template(embedded, f"real_{worker}")
    mark(embedded.url("marac_owner", name), demo=False, now=THEN)
    engine = db.engine_for(embedded.url("marac_app", name), pool_size=1)
    with db.session_factory(engine, keyring)() as opened:
        with pytest.raises(Refused, match="not a demonstration"):
            load(opened, now=THEN)
        assert opened.scalar(select(func.count(Area.id))) == 0
    engine.dispose()


def test_each_role_signs_in_with_the_one_password(demo: Session) -> None:
    found = sign_ins()
    roles = ["Frontline worker", "Coordinator", "Chair", "Agency representative", "Independent adviser"]
    assert [role for role, _, _ in found] == [*roles, "Administrator"]
    assert len(PASSWORD) >= 15
    for _, email, password in found:
        person = user(demo, email)
        assert password == PASSWORD
        assert passwords.matches(person.password_hash, password)
        assert accounts.code_secret(demo, person) is not None
    secrets = [accounts.code_secret(demo, person) for person in demo.scalars(select(User))]
    assert len(set(secrets)) == len(secrets) == 15


PHONE = re.compile(r"(?<![\w:.-])\+?\d[\d ]{8,14}\d(?!\w|[:.-]\d)")
DRAMA = re.compile(r"07700 900\d{3}|01632 960\d{3}")
POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")
EMAIL = re.compile(r"[\w.+-]+@[\w.-]+\.[a-z]{2,}")


def test_every_number_address_and_postcode_is_from_the_fictional_ranges(demo: Session) -> None:
    held = everything_sealed(demo)
    held["area.help_phone"] = "\n".join(demo.scalars(select(Area.help_phone)))
    phones = {found for words in held.values() for found in PHONE.findall(words)}
    assert len(phones) > 12
    assert [phone for phone in phones if not DRAMA.fullmatch(phone)] == []
    emails = {found for words in held.values() for found in EMAIL.findall(words)}
    assert len(emails) == 15
    assert [email for email in emails if not email.endswith(".example")] == []
    where = {column: set(POSTCODE.findall(words)) for column, words in held.items() if POSTCODE.search(words)}
    # The sealed copy a person is compared by holds the postcode of where they are, and no more of it.
    assert where == {"safe_address.address": {"ZZ99 9ZZ"}, "person_facts.facts": {"ZZ99 9ZZ"}}


def test_what_looks_real_would_be_noticed() -> None:
    assert PHONE.findall("Ring 020 7946 0018 or 07912 345678.") == ["020 7946 0018", "07912 345678"]
    assert not DRAMA.fullmatch("07912 345678")
    assert POSTCODE.findall("Flat 2, SW1A 1AA") == ["SW1A 1AA"]


@pytest.mark.parametrize("kind", [Case, Referral, Listing, Action, Document])
def test_ned_knows_of_nothing_of_his_own_case(demo: Session, kind: type[Any]) -> None:
    ned, walled = user(demo, "ned@housing.example"), case(demo, "AS-0470")
    known = demo.scalars(visible_to(ned, kind)).all()
    assert [row for row in known if getattr(row, "case_id", row.id) == walled.id] == []
    for row in demo.scalars(select(kind)):
        if getattr(row, "case_id", row.id) == walled.id:
            with pytest.raises(NotFound):
                find(demo, ned, kind, row.id)


def test_housing_still_sees_the_action_ned_may_not_know_of(demo: Session) -> None:
    dana, ned = user(demo, "dana@housing.example"), user(demo, "ned@housing.example")
    hers = {row.case.reference for row in demo.scalars(visible_to(dana, Action))}
    his = {row.case.reference for row in demo.scalars(visible_to(ned, Action))}
    assert hers - his == {"AS-0470"}
    assert his == {"AS-0288", "AS-0399", "AS-0402"}


def test_no_page_of_neds_names_his_own_case(client: Browse, session: Session) -> None:
    load(session, now=client.moment)
    client.become(user(session, "ned@housing.example"))
    for path in ("/", "/actions", "/referrals", "/conferences", "/cases", "/documents"):
        page = client.get(path).text
        for word in ("AS-0470", "Marigold", "with the director alone"):
            assert word not in page, f"{word} on {path}"


def test_a_slip_in_a_file_is_an_error() -> None:
    with pytest.raises(ValidationError):
        script.CaseTold.model_validate({"reference": "AS-1", "wish": "a misspelt key"})


def test_births_move_with_the_story_as_precise_as_they_were() -> None:
    on = Shift(timedelta(days=400))
    assert on.birth(None) is None
    assert on.birth("1987") == "1988"
    assert on.birth("2001-05") == "2002-08"
    assert on.birth("2010-10-03") == "2011-11-07"
    assert on.day(date(2026, 12, 2)) == date(2028, 1, 6)

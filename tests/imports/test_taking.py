"""A list becomes cases, referrals, hearings and actions; what it leaves out stays unknown."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from conferences.calendars import local_day
from conferences.case import repeats
from conferences.checklist import assessments
from conferences.errors import NotAllowed, NotFound, Refused
from conferences.imports import bringing, checking, making, taking, undoing
from conferences.meeting import meetings
from conferences.models import (
    Action,
    ActionStatus,
    AdvocateReferral,
    BatchStatus,
    Case,
    Conference,
    Decision,
    Draw,
    ImportBatch,
    Listing,
    ListingStatus,
    Part,
    Referral,
    ReferralStatus,
    Role,
)
from conferences.person import people
from conferences.sealing import unseal
from conferences.visibility import find, visible_to
from tests import make
from tests.imports.lists import KEZIA, LOCK, TESTA, brought, checked, rows_of, take, taken, verdicts
from tests.make import World


def seen(world: World, kind: type) -> list:
    """What Ben may know of, of one kind."""
    world.session.expire_all()
    return list(world.session.scalars(visible_to(world.ben, kind)))


def test_a_row_becomes_a_case_a_referral_a_hearing_and_an_action(world: World) -> None:
    batch = taken(
        world, TESTA | LOCK | {"Children": "Pim; Oona", "DASH score": "16", "Summary": "He has a key."}
    )
    assert batch.status is BatchStatus.TAKEN
    (case,), (referral,) = seen(world, Case), seen(world, Referral)
    (turn,), (action,) = seen(world, Listing), seen(world, Action)
    s = world.session
    assert [people.name_of(s, row) for row in case.involvements] == [
        *("Testa Marrowby", "Derrin Quillfeather", "Pim", "Oona"),
    ]
    assert people.details_of(s, people.victim_of(case)).born == "1992-05-04"
    assert (referral.status, referral.agency.code) == (ReferralStatus.ACCEPTED, "POL")
    assert local_day(referral.submitted_at) == date(2025, 11, 24)
    assert "Checklist score in the earlier list: 16." in unseal(s, referral, "reason")
    assert referral.qualifies is None
    assert assessments.result_of(s, referral.assessment) is None
    assert (turn.status, turn.outcome, turn.concluded_by_id) == (ListingStatus.HEARD, None, None)
    assert local_day(turn.conference.starts_at) == date(2025, 12, 10)
    assert meetings.summary_of(s, turn) == "He has a key."
    assert (action.agency.code, action.status, action.due_on) == (
        "HSG",
        ActionStatus.DONE,
        date(2025, 12, 17),
    )
    assert local_day(action.completed_at) == date(2025, 12, 16)
    assert unseal(s, action, "owner") == making.NO_OWNER


def test_a_declined_row_is_a_declined_referral_that_was_never_heard(world: World) -> None:
    taken(world, TESTA | {"Meeting date": "", "Decision": "Declined"})
    (referral,) = seen(world, Referral)
    assert referral.status is ReferralStatus.DECLINED
    assert seen(world, Listing) == []


def test_rows_with_one_reference_are_one_case_and_each_hearing_its_own(world: World) -> None:
    again = TESTA | {"Date referred": "01/06/2026", "Meeting date": "10/06/2026"}
    taken(world, TESTA | LOCK, TESTA | LOCK | {"Action": "Ring her", "Action agency": "IDVA"}, again)
    assert len(seen(world, Case)) == 1
    assert len(seen(world, Referral)) == 2
    assert len(seen(world, Listing)) == 2
    assert len(seen(world, Action)) == 2


def test_rows_without_a_reference_about_the_same_two_people_are_one_case(world: World) -> None:
    nameless = TESTA | {"Ref": ""}
    taken(world, nameless, nameless | {"Date referred": "01/06/2026", "Meeting date": "10/06/2026"}, KEZIA)
    assert len(seen(world, Case)) == 2


def test_one_reference_for_two_pairs_of_people_is_put_right_by_a_person(world: World) -> None:
    other = KEZIA | {"Ref": "12", "Victim DOB": "03/03/1990"}
    batch = taken(world, TESTA, other)
    assert verdicts(world, batch) == ["new", "wrong"]
    assert rows_of(world, batch)[1].problems == ["reference:other_people"]


def test_two_people_of_one_name_are_two_cases(world: World) -> None:
    taken(world, TESTA, TESTA | {"Ref": "13", "Victim DOB": "09/09/1971"})
    assert len(seen(world, Case)) == 2


def test_the_same_list_twice_changes_nothing(world: World) -> None:
    taken(world, TESTA | LOCK, KEZIA)
    again = checked(world, TESTA | LOCK, KEZIA)
    assert verdicts(world, again) == ["here", "here"]
    with pytest.raises(Refused, match="no row"):
        taking.begin(world.session, world.ben, again, joins_matches=False, now=world.now)
    assert len(seen(world, Case)) == 2


def test_a_row_twice_in_one_list_is_taken_once(world: World) -> None:
    batch = taken(world, TESTA, TESTA)
    assert verdicts(world, batch) == ["new", "here"]
    assert rows_of(world, batch)[1].notes == ["twice_in_list"]


def test_a_later_list_adds_only_what_is_new_to_the_same_case(world: World) -> None:
    taken(world, TESTA | LOCK)
    later = taken(world, TESTA | LOCK, TESTA | LOCK | {"Action": "Ring her", "Action agency": "IDVA"})
    assert verdicts(world, later) == ["here", "new"]
    assert [len(seen(world, kind)) for kind in (Case, Referral, Listing, Action)] == [1, 1, 1, 2]


def test_the_same_rows_from_another_source_are_said_to_match(world: World) -> None:
    taken(world, TESTA)
    other = checked(world, TESTA, source="The police’s list")
    assert verdicts(world, other) == ["matches"]


def test_an_open_action_arrives_at_its_agency(world: World) -> None:
    taken(world, TESTA | LOCK | {"Action status": "In progress", "Date completed": ""})
    world.session.expire_all()
    (row,) = world.session.scalars(visible_to(world.dana, Action))
    assert row.status is ActionStatus.IN_PROGRESS


def test_a_list_of_actions_finds_the_hearing_by_its_reference(world: World) -> None:
    taken(world, TESTA)
    only = {"Ref": "12"} | LOCK
    batch = taken(world, only, {"Ref": "99"} | LOCK)
    assert verdicts(world, batch) == ["new", "wrong"]
    assert rows_of(world, batch)[1].problems == ["reference:no_such_case"]
    (action,) = seen(world, Action)
    assert action.listing_id == seen(world, Listing)[0].id


def test_good_rows_are_taken_and_bad_ones_listed_beside_them(world: World) -> None:
    batch = taken(
        world, TESTA, KEZIA | {"Meeting date": "31/02/2026"}, KEZIA | {"Referring agency": "The Moon"}
    )
    assert verdicts(world, batch) == ["new", "wrong", "wrong"]
    assert [row.problems for row in rows_of(world, batch)[1:]] == [
        ["heard_on:not_a_day"],
        ["agency:no_such_agency"],
    ]
    assert len(seen(world, Case)) == 1


def test_nothing_of_a_list_is_visible_to_anybody_before_all_of_it_is(world: World) -> None:
    batch = checked(world, TESTA | LOCK, KEZIA, TESTA | {"Ref": "14", "Victim DOB": "1950"})
    taking.begin(world.session, world.ben, batch, joins_matches=False, now=world.now)
    step = taking.take_some(world.session, world.ben, batch.id, most=2, now=world.now)
    assert (step.done, step.over) == (2, False)
    for user in world.cast().values():
        for kind in (Case, Referral, Listing, Action, Conference):
            rows = world.session.scalars(visible_to(user, kind)).all()
            assert all(row.area_id == world.northmoor.id for row in rows if hasattr(row, "area_id")), kind
    (withheld,) = world.session.scalars(select(Referral).where(Referral.import_id == batch.id).limit(1))
    with pytest.raises(NotFound):
        find(world.session, world.ben, Referral, withheld.id)
    assert taking.take_some(world.session, world.ben, batch.id, most=2, now=world.now).over
    assert len(seen(world, Case)) == 3


def test_taking_that_broke_off_shows_nothing_and_goes_on_where_it_stopped(world: World) -> None:
    batch = checked(world, TESTA, KEZIA, TESTA | {"Ref": "14", "Victim DOB": "1950"})
    taking.begin(world.session, world.ben, batch, joins_matches=False, now=world.now)
    taking.take_some(world.session, world.ben, batch.id, most=2, now=world.now)
    taking.give_up(world.session, batch.id, now=world.now)
    assert batch.status is BatchStatus.CHECKED
    assert batch.failed_at == world.now
    assert seen(world, Case) == []
    take(world, batch)
    assert len(seen(world, Case)) == 3
    assert batch.failed_at is None


def test_a_row_that_matches_is_added_to_that_case_only_when_somebody_says_so(world: World) -> None:
    live = make.sent_referral(world, victim="Testa Marrowby")
    apart = checked(world, TESTA)
    assert verdicts(world, apart) == ["matches"]
    take(world, apart)
    assert len(seen(world, Case)) == 2
    joined = taken(world, TESTA | {"Meeting date": "17/12/2025"}, source="Another", joins=True)
    assert rows_of(world, joined)[0].case_id in {live.case_id, *(case.id for case in seen(world, Case))}
    assert len(seen(world, Case)) == 2


def test_history_added_to_a_case_makes_its_new_referral_a_repeat(world: World) -> None:
    live = make.sent_referral(world, history={"incidents": ["2026-11-20"], "incident_kind": "other"})
    assert repeats.judge(world.session, world.ben, live, now=world.now).decision.kind == "new"
    taken(world, TESTA, joins=True)
    world.session.expire_all()
    judged = repeats.judge(world.session, world.ben, live, now=world.now)
    assert judged.decision.kind == "repeat"
    assert judged.evidence[0].heard_on == date(2025, 12, 10)


def test_a_case_ben_may_not_know_of_matches_nothing(world: World) -> None:
    live = make.sent_referral(world)
    people.exclude(world.session, world.ben, live.case, user_id=world.ben.id, reason="Related", now=world.now)
    batch = checked(world, TESTA)
    assert verdicts(world, batch) == ["new"]
    assert rows_of(world, batch)[0].case_id is None


def test_what_ben_may_no_longer_know_of_is_not_already_here_to_him(world: World) -> None:
    taken(world, TESTA)
    (case,) = seen(world, Case)
    people.exclude(world.session, world.ben, case, user_id=world.ben.id, reason="Related", now=world.now)
    assert verdicts(world, checked(world, TESTA)) == ["new"]


def test_a_list_is_nobody_elses(world: World) -> None:
    batch = brought(world, TESTA)
    for name in ("amara", "chidi", "dana", "noor", "ada", "erin"):
        with pytest.raises(NotFound):
            find(world.session, world.cast()[name], ImportBatch, batch.id)
    with pytest.raises(NotAllowed):
        bringing.bring(
            world.session, world.chidi, b"Ref,Victim\r\n1,A", file_name=None, source="x", now=world.now
        )


def test_what_the_columns_mean_is_remembered_for_the_source_and_its_headings(world: World) -> None:
    batch = brought(world, TESTA)
    columns = list(batch.columns)
    columns[columns.index("score")] = "left_out"
    meant = {"The Moon": world.agencies["HSG"].id.hex}
    s = world.session
    checking.explain_columns(
        s, world.ben, batch, columns=columns, unnamed_agency=world.agencies["POL"], meant=meant, now=world.now
    )
    later = brought(world, TESTA | {"Referring agency": "The Moon"}, source="old  TRACKER")
    assert later.columns == columns
    assert later.unnamed_agency_id == world.agencies["POL"].id
    assert bringing.meant_by(s, bringing.remembered_for(s, later)) == meant
    assert brought(world, TESTA, source="Another").columns != columns


def test_an_agency_is_known_by_name_code_usual_word_and_what_somebody_said_it_means(world: World) -> None:
    said = ("Housing", "HSG", "ASHMERE POLICE", "police", "Children's Social Care", "The Moon")
    rows = [
        TESTA | {"Ref": str(n), "Victim DOB": f"19{n + 50}", "Referring agency": name}
        for n, name in enumerate(said)
    ]
    batch = checked(world, *rows, meant={"the moon": world.agencies["EDU"].id.hex})
    assert verdicts(world, batch) == ["new"] * 6


def test_the_words_of_a_list_are_kept_only_until_it_is_decided(world: World) -> None:
    batch, aside = checked(world, TESTA, KEZIA | {"Victim name": ""}), brought(world, KEZIA)
    assert all(row.raw_sealed for row in rows_of(world, batch))
    take(world, batch)
    bringing.discard(world.session, world.ben, aside, now=world.now)
    for decided in (batch, aside):
        assert [row.raw_sealed for row in rows_of(world, decided)] == [None] * decided.rows


def test_a_list_nobody_decides_on_is_forgotten_after_a_week(world: World) -> None:
    old = brought(world, TESTA)
    brought(world, KEZIA, now=world.now + timedelta(days=8))
    world.session.expire_all()
    assert old.status is BatchStatus.DISCARDED
    assert rows_of(world, old)[0].raw_sealed is None


def test_every_case_of_a_list_has_a_line_in_the_trail(world: World, session: Session) -> None:
    from conferences.models import AuditEntry

    taken(world, TESTA, KEZIA)
    kinds = [entry.kind for entry in session.scalars(select(AuditEntry)) if entry.area_id == world.area.id]
    assert kinds.count("case.imported") == 2
    for kind in ("import.read", "import.checked", "import.taking", "import.taken"):
        assert kinds.count(kind) == 1


def test_a_child_is_in_the_case_by_name(world: World) -> None:
    taken(world, TESTA | {"Children": "Pim; 2"})
    (case,) = seen(world, Case)
    assert [people.name_of(world.session, row) for row in people.in_part(case, Part.CHILD)] == ["Pim"]


def test_whoever_bears_a_name_of_the_list_is_shut_out_before_the_case_is_seen(world: World) -> None:
    """Case 6, from an old list: Ned represents Housing, and Housing was given an action about him."""
    housing = world.agencies["HSG"]
    email = "ned@hsg.example"
    ned = make.a_user(world.session, housing, Role.REPRESENTATIVE, "Ned Quillfeather", email, world.now, None)
    harmed = TESTA | LOCK
    harmed |= {"Perpetrator name": "Ned Quillfeather", "Action status": "Open", "Date completed": ""}
    batch = taken(world, harmed, KEZIA)
    world.session.expire_all()
    for kind in (Case, Referral, Listing, Action):
        assert world.session.scalars(visible_to(ned, kind)).all() == []
    assert len(world.session.scalars(visible_to(world.dana, Action)).all()) == 1
    assert undoing.undo(world.session, world.ben, batch, now=world.now) == (2, 0)


def test_what_could_not_be_done_and_what_was_not_done_stay_apart(world: World) -> None:
    """Case 1, from an old list: the landlord changed, and nobody wrote to him."""
    lock = LOCK | {"Action status": "Not possible", "Date completed": ""}
    letter = LOCK | {"Action": "Write to him", "Action status": "Not done", "Date completed": ""}
    batch = taken(world, TESTA | lock, TESTA | letter)
    assert [row.notes for row in rows_of(world, batch)] == [[], []]
    found = {row.status: row for row in seen(world, Action)}
    assert set(found) == {ActionStatus.NOT_POSSIBLE, ActionStatus.NOT_DONE}
    assert all(unseal(world.session, row, "reason") for row in found.values())
    assert found[ActionStatus.NOT_POSSIBLE].confirmed_by_id == world.ben.id


def test_the_cost_of_a_row_stays_what_it_is(world: World) -> None:
    """Counted at the database: thousands of rows take minutes only while each asks few questions."""
    batch = checked(world, *[TESTA | {"Action": f"Ring on day {at}"} for at in range(20)])
    taking.begin(world.session, world.ben, batch, joins_matches=False, now=world.now)
    asked: list[object] = []
    connection = world.session.connection()
    event.listen(connection, "before_cursor_execute", lambda *about: asked.append(about[2]))
    taking.take_some(world.session, world.ben, batch.id, most=50, now=world.now)
    assert batch.done == 20
    assert len(asked) < 20 * 25


def test_history_sends_nobody_to_be_rung_and_draws_no_lot(world: World) -> None:
    def made() -> list[int | None]:
        kinds = (AdvocateReferral, Draw, Decision)
        return [world.session.scalar(select(func.count()).select_from(kind)) for kind in kinds]

    before = made()
    taken(world, TESTA, KEZIA | {"Decision": "Declined", "Meeting date": ""})
    assert made() == before

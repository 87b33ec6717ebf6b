"""The queue in columns: the same few queries at any length, filters, and what stands beside a referral."""

from typing import Any

from sqlalchemy import event

from conferences.models import Gate, Urgency
from conferences.person import people
from conferences.triage import queue_views
from conferences.triage.queue_views import Filters
from tests import make
from tests.make import World


def queries_for(world: World) -> int:
    counted: list[Any] = []

    def count(*_args: Any) -> None:
        counted.append(1)

    connection = world.session.connection()
    world.session.flush()
    world.session.expire_all()
    event.listen(connection, "before_cursor_execute", count)
    try:
        queue_views.queue(world.session, world.ben, now=world.now)
    finally:
        event.remove(connection, "before_cursor_execute", count)
    return len(counted)


def test_the_queue_asks_the_same_few_questions_however_long_it_is(world: World) -> None:
    make.sent_referral(world)
    few = queries_for(world)
    for _ in range(5):
        make.sent_referral(world, children=("Pim",))
    assert queries_for(world) == few
    assert few <= 12


def test_filters_keep_what_they_name(world: World) -> None:
    urgent = make.sent_referral(world, urgency=Urgency.EMERGENCY, children=("Pim",))
    below = make.sent_referral(world, yes=3, judged_high=False)
    rows = queue_views.queue(world.session, world.ben, now=world.now)

    def kept(**about: Any) -> set[Any]:
        return {row.referral_id for row in rows if Filters(**about).keeps(row)}

    assert kept() == {urgent.id, below.id}
    assert kept(urgency="emergency") == kept(children="yes") == {urgent.id}
    assert kept(ground="below_the_line") == kept(children="no") == {below.id}
    assert kept(agency=world.agencies["HSG"].id) == kept(waited=1) == set()


def test_what_belongs_on_another_route_today_comes_after_emergencies_and_before_the_rest(
    world: World,
) -> None:
    plain, other, urgent = (make.sent_referral(world) for _ in range(3))
    other.gate, urgent.urgency = Gate.UNDER_16, Urgency.EMERGENCY
    world.session.flush()
    rows = queue_views.queue(world.session, world.ben, now=world.now)
    assert [row.referral_id for row in rows] == [urgent.id, other.id, plain.id]


def test_one_who_is_shut_out_finds_neither_row_nor_agency(world: World) -> None:
    row = make.sent_referral(world)
    people.exclude(world.session, world.ben, row.case, user_id=world.chidi.id, reason="Kin", now=world.now)
    rows = queue_views.queue(world.session, world.chidi, now=world.now)
    assert (rows, queue_views.agencies(rows), queue_views.beside(rows, row.id)) == ([], [], (None, None))


def test_what_stands_beside_a_referral(world: World) -> None:
    ids = [make.sent_referral(world, victim=f"{name} Person").id for name in ("A", "B", "C")]
    rows = queue_views.queue(world.session, world.ben, now=world.now)
    order = [row.referral_id for row in rows]
    assert set(order) == set(ids)
    assert queue_views.beside(rows, order[0]) == (None, order[1])
    assert queue_views.beside(rows, order[1]) == (order[0], order[2])
    assert queue_views.beside(rows, order[2]) == (order[1], None)

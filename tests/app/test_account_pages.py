"""Somebody says where they live, and nobody can try out who is in a case by it."""

from collections.abc import Iterator
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session, sessionmaker

from app import comparing, jobs
from conferences.models import AuditEntry, Exclusion
from conferences.wall import staff
from conferences.wall.staff import Home
from tests import make
from tests.browse import Browse
from tests.house import work
from tests.make import World
from tests.sign_in import as_user

HOME = {"phones": "01632 960333\n07700 900123", "line": "14 Elm Road", "postcode": "ZZ99 1AA",
        "mails": "dana@made-up.example"}  # fmt: skip


@pytest.fixture
def working(sessions: sessionmaker[Session]) -> Iterator[None]:
    with jobs.working_on(sessions):
        yield


def asked(world: World) -> list[tuple[str, Any]]:
    wanted = text("SELECT task_name, args FROM procrastinate_jobs ORDER BY id")
    return [(name, args) for name, args in world.session.execute(wanted)]


def test_her_home_is_kept_and_compared_by_the_worker(client: Browse, world: World, working: None) -> None:
    case = make.sent_referral(world).case
    as_user(client, world, world.dana)
    assert client.submit("/account/household", HOME).headers["location"] == "/account"
    page = unescape(client.get("/account").text)
    assert all(words in page for words in ("01632 960333\n07700 900123", "14 Elm Road", "ZZ99 1AA"))
    assert world.session.query(Exclusion).count() == 0
    ((name, given),) = asked(world)
    assert (name, given) == ("conflicts.look_at_user", {"user_id": world.dana.id.hex})
    comparing.look_at_user(**given)
    world.session.expire_all()
    assert [(row.case_id, row.user_id) for row in world.session.query(Exclusion)] == [
        (case.id, world.dana.id)
    ]


def test_trying_a_telephone_out_takes_the_same_whether_or_not_it_is_in_a_case(
    client: Browse, world: World
) -> None:
    make.sent_referral(world)
    as_user(client, world, world.dana)
    done = []
    for phone in ("07700 900999", "07700 900998", "07700 900123"):
        world.session.commit()
        with work.noted(world.session.connection()) as noted:
            assert client.submit("/account/household", {"phones": phone}).status_code == 303
        done.append(noted)
    assert done[1] == done[2]


@pytest.mark.parametrize(
    ("path", "typed", "sentence"),
    [
        ("household", {"phones": "ring the bell"}, "Write each telephone number in full, one on a line"),
        ("household", HOME | {"postcode": "Z"}, "Write one postcode in full"),
        ("household", HOME | {"mails": "at home"}, "Write each mail address in full, one on a line"),
    ],
)
def test_what_was_typed_comes_back(
    client: Browse, world: World, path: str, typed: dict[str, str], sentence: str
) -> None:
    staff.keep_household(world.session, world.dana, Home(phones="01632 960555"), now=world.now)
    as_user(client, world, world.dana)
    answer = client.submit(f"/account/{path}", typed)
    assert answer.status_code == 422
    page = unescape(answer.text)
    assert "<title>Error: " in page
    assert sentence in page
    assert all(words in page for words in typed.values())
    assert "01632 960555" not in page
    assert asked(world) == []


def test_the_trail_has_no_number(client: Browse, world: World) -> None:
    as_user(client, world, world.dana)
    client.submit("/account/household", HOME)
    (entry,) = world.session.query(AuditEntry).filter_by(kind="household.given")
    assert (entry.subject_id, entry.fields) == (world.dana.id, None)


def test_a_job_for_somebody_who_is_gone_says_so(world: World, working: None) -> None:
    with pytest.raises(Exception, match="No row"):
        comparing.look_at_user(UUID(int=7).hex)

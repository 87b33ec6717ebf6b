"""Who may know of a case, through the browser: in the draft, and on the case."""

from typing import Any
from uuid import uuid4

import pytest

from conferences.models import Case, Exclusion, Part, Referral, Restriction, Sameness
from conferences.person import identity, people
from conferences.wall import walls
from tests import make
from tests.app.test_case_pages import a_case, press, text_of
from tests.browse import Browse
from tests.make import World
from tests.sign_in import as_user


def in_draft(client: Browse, referral: Referral, step: str, **typed: Any) -> Any:
    """Sends one of the forms of a draft about who may know."""
    form = {"form_key": uuid4().hex, **typed}
    return client.post_form(f"/referrals/{referral.id.hex}/{step}", form, page="/help")


def one_wall(world: World, case: Case, **who: Any) -> str:
    people.exclude(world.session, world.ben, case, reason="Her cousin.", now=world.now, **who)
    world.session.commit()
    return case.exclusions[0].id.hex


def test_shutting_somebody_out_ends_the_case_for_them(client: Browse, world: World) -> None:
    case = a_case(world)
    as_user(client, world, world.ben)
    who = f"person-{world.noor.id.hex}"
    assert press(client, case, "exclusions", who=who, why="A relative of theirs.").status_code == 303
    words = text_of(client.get(f"/cases/{case.id.hex}/exclusions"))
    assert "Noor Hadley A relative of theirs." in words
    as_user(client, world, world.noor)
    assert client.get(f"/cases/{case.id.hex}").status_code == 404
    assert case.reference not in client.get("/cases").text


def test_another_case_of_the_same_people_is_named_where_it_is_open_to_more(
    client: Browse, world: World
) -> None:
    earlier, case = a_case(world), a_case(world)
    one, same = (people.in_part(row, Part.PERPETRATOR)[0].person for row in (earlier, case))
    identity.decide(world.session, world.ben, one, same, Sameness.SAME, reason="One man", now=world.now)
    one_wall(world, case, user_id=world.noor.id)
    as_user(client, world, world.ben)
    page = client.get(f"/cases/{case.id.hex}/exclusions").text
    assert f'href="/cases/{earlier.id.hex}/exclusions"' in page
    assert "Whoever must not know of this case can read of the same people there." in page


def test_an_action_of_an_agency_shut_out_since_is_nobodys_and_said_so(client: Browse, world: World) -> None:
    action = make.action(world)
    place = f"/cases/{action.case_id.hex}/exclusions"
    as_user(client, world, world.ben)
    assert "Nobody sees these actions" not in client.get(place).text
    one_wall(world, action.case, agency_id=world.agencies["HSG"].id)
    page = client.get(place).text
    assert "Nobody sees these actions any more" in page
    assert f'href="/actions/{action.id.hex}"' in page


def test_an_agency_is_shut_out_as_a_whole(client: Browse, world: World) -> None:
    case = a_case(world)
    as_user(client, world, world.ben)
    press(client, case, "exclusions", who=f"agency-{world.agencies['POL'].id.hex}", why="He works there.")
    as_user(client, world, world.chidi)
    assert client.get(f"/cases/{case.id.hex}").status_code == 404


def test_shutting_out_twice_is_harmless(client: Browse, world: World) -> None:
    case = a_case(world)
    as_user(client, world, world.ben)
    who = f"person-{world.noor.id.hex}"
    for _ in range(2):
        assert press(client, case, "exclusions", who=who, why="A relative.", form_key="k").status_code == 303
    assert press(client, case, "exclusions", who=who, why="A relative.").status_code == 422
    assert world.session.query(Exclusion).count() == 1


def test_a_coordinator_who_steps_aside_leaves_the_case(client: Browse, world: World) -> None:
    case = a_case(world)
    as_user(client, world, world.ben)
    typed = {"who": f"person-{world.ben.id.hex}", "why": "I know her.", "form_key": "k"}
    for _ in range(2):
        answer = press(client, case, "exclusions", **typed)
        assert answer.status_code == 303
        assert answer.headers["location"] == "/cases"
    assert client.get(f"/cases/{case.id.hex}").status_code == 404


@pytest.mark.parametrize("who", ["", "nonsense", "person-x", "agency-" + "0" * 32])
def test_nobody_chosen_comes_back_with_the_words(client: Browse, world: World, who: str) -> None:
    case = a_case(world)
    as_user(client, world, world.ben)
    answer = press(client, case, "exclusions", who=who, why="These words are kept.")
    assert answer.status_code == 422
    assert "Choose a person or an agency" in answer.text
    assert "These words are kept." in answer.text


def test_everything_missing_is_said_at_once(client: Browse, world: World) -> None:
    case = a_case(world)
    as_user(client, world, world.ben)
    answer = press(client, case, "exclusions")
    assert "Choose a person or an agency" in answer.text
    assert "Say why they must not know of this case" in answer.text
    assert "only somebody else can let you back" in answer.text


def test_somebody_elsewhere_cannot_be_chosen(client: Browse, world: World) -> None:
    case = a_case(world)
    as_user(client, world, world.ben)
    assert press(client, case, "exclusions", who=f"person-{world.erin.id.hex}", why="No.").status_code == 422


@pytest.mark.parametrize("name", ["chidi", "noor"])
def test_only_a_coordinator_shuts_out(client: Browse, world: World, name: str) -> None:
    case = a_case(world)
    as_user(client, world, world.cast()[name])
    answer = press(client, case, "exclusions", who=f"person-{world.ben.id.hex}", why="No.")
    assert answer.status_code == 403
    assert world.session.query(Exclusion).count() == 0


def test_a_name_nobody_here_has_is_kept_for_the_day_they_come(client: Browse, world: World) -> None:
    case = a_case(world)
    as_user(client, world, world.ben)
    assert press(client, case, "exclusions", named="Ned Sampleworth", why="He hurts her.").status_code == 303
    page = client.get(f"/cases/{case.id.hex}/exclusions")
    assert "Ned Sampleworth He hurts her." in text_of(page)
    assert "1 is shut out." in text_of(client.get(f"/cases/{case.id.hex}"))


def test_somebody_chosen_and_a_name_together_are_asked_about(client: Browse, world: World) -> None:
    case = a_case(world)
    as_user(client, world, world.ben)
    who = f"person-{world.noor.id.hex}"
    answer = press(client, case, "exclusions", who=who, named="Ned", why="Which?")
    assert answer.status_code == 422
    assert "but not both" in answer.text


def test_an_exclusion_ends_with_a_reason(client: Browse, world: World) -> None:
    case = a_case(world)
    wall = one_wall(world, case, user_id=world.noor.id)
    as_user(client, world, world.ben)
    assert "Noor Hadley" in client.get(f"/cases/{case.id.hex}/exclusions/{wall}").text
    assert press(client, case, f"exclusions/{wall}", why=" ").status_code == 422
    for _ in range(2):
        answer = press(client, case, f"exclusions/{wall}", why="Another Noor.", form_key="k")
        assert answer.headers["location"] == f"/cases/{case.id.hex}/exclusions"
    assert press(client, case, f"exclusions/{wall}", why="Twice is harmless.").status_code == 303
    as_user(client, world, world.noor)
    assert client.get(f"/cases/{case.id.hex}").status_code == 200


@pytest.mark.parametrize("wall", ["nonsense", "0" * 32])
def test_an_exclusion_that_is_not_there_cannot_be_ended(client: Browse, world: World, wall: str) -> None:
    case = a_case(world)
    as_user(client, world, world.ben)
    assert client.get(f"/cases/{case.id.hex}/exclusions/{wall}").status_code == 404
    assert press(client, case, f"exclusions/{wall}", why="Why not?").status_code == 404


def test_another_cases_exclusion_cannot_be_ended_here(client: Browse, world: World) -> None:
    wall = one_wall(world, a_case(world), user_id=world.noor.id)
    as_user(client, world, world.ben)
    assert press(client, a_case(world), f"exclusions/{wall}", why="Wrong case.").status_code == 404
    assert world.session.query(Exclusion).filter(Exclusion.lifted_at.is_not(None)).count() == 0


def test_a_case_is_kept_to_a_few_and_opened_again(client: Browse, world: World) -> None:
    case = a_case(world)
    as_user(client, world, world.ben)
    who = f"person-{world.chidi.id.hex}"
    assert press(client, case, "restriction", among=who, because="Her boss is named.").status_code == 303
    words = text_of(client.get(f"/cases/{case.id.hex}/exclusions"))
    for name in ("Chidi Ravenhall", "Ben Oakhurst", "Amara Blythe"):
        assert f"{name} Her boss is named." in words
    as_user(client, world, world.noor)
    assert client.get(f"/cases/{case.id.hex}").status_code == 404
    as_user(client, world, world.ben)
    assert client.get(f"/cases/{case.id.hex}/restriction/lift").status_code == 200
    assert press(client, case, "restriction/lift", why="").status_code == 422
    for _ in range(2):
        assert press(client, case, "restriction/lift", why="He has left.", form_key="k").status_code == 303
    as_user(client, world, world.noor)
    assert client.get(f"/cases/{case.id.hex}").status_code == 200


def test_the_referrer_says_so_before_anyone_sees_the_case(client: Browse, world: World) -> None:
    row = make.filled_draft(world)
    as_user(client, world, world.amara)
    tasks = client.get(f"/referrals/{row.id.hex}").text
    assert "Is there anyone who must not see this?" in tasks
    who = f"agency-{world.agencies['IDV'].id.hex}"
    answer = in_draft(client, row, "exclusions", who=who, why="His sister works there.")
    assert answer.headers["location"] == f"/referrals/{row.id.hex}/exclusions"
    assert "Everyone at Ashmere IDVA" not in client.get(answer.headers["location"]).text
    assert in_draft(client, row, "submit").status_code == 303
    as_user(client, world, world.noor)
    assert row.case.reference not in client.get("/cases").text
    as_user(client, world, world.amara)
    answer = client.get(f"/referrals/{row.id.hex}/exclusions")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/referrals/{row.id.hex}")


def test_the_referrer_takes_back_what_was_a_mistake(client: Browse, world: World) -> None:
    row = make.filled_draft(world)
    as_user(client, world, world.amara)
    in_draft(client, row, "exclusions", named="Ned", why="He hurts her.")
    wall = row.case.exclusions[0].id.hex
    assert "He hurts her." in client.get(f"/referrals/{row.id.hex}/exclusions/{wall}").text
    assert in_draft(client, row, f"exclusions/{wall}", why="A slip.").status_code == 303
    world.session.refresh(row.case)
    assert row.case.exclusions == []


def test_the_referrer_cannot_shut_out_their_own_agency(client: Browse, world: World) -> None:
    row = make.filled_draft(world)
    as_user(client, world, world.amara)
    answer = in_draft(
        client, row, "exclusions", who=f"agency-{world.agencies['EDU'].id.hex}", why="All of them."
    )
    assert answer.status_code == 422
    assert "Name the people, not your own agency." in answer.text
    assert world.session.query(Exclusion).count() == 0


def test_a_few_without_anyone_who_decides_is_refused(client: Browse, world: World) -> None:
    row = make.filled_draft(world)
    as_user(client, world, world.amara)
    noor = f"person-{world.noor.id.hex}"
    answer = in_draft(client, row, "restriction", among=noor, because="Only she.")
    assert answer.status_code == 422
    assert "Leave at least one coordinator or chair" in answer.text
    assert world.session.query(Restriction).count() == 0
    ben = f"person-{world.ben.id.hex}"
    assert in_draft(client, row, "restriction", among=ben, because="Only they.").status_code == 303
    assert in_draft(client, row, "restriction", among=noor, because="And she.").status_code == 303
    assert in_draft(client, row, "restriction/lift", why="All may know.").status_code == 303


def test_the_chair_decides_where_no_coordinator_may_know(client: Browse, world: World) -> None:
    case = a_case(world)
    people.exclude(world.session, world.ben, case, user_id=world.ben.id, reason="My sister", now=world.now)
    as_user(client, world, world.chidi)
    assert client.get(f"/cases/{case.id.hex}/exclusions").status_code == 200
    row = world.session.query(Referral).filter_by(case_id=case.id).one()
    typed = {"question": "Which school?", "version": str(row.version)}
    asked = client.post_form(f"/queue/{row.id.hex}/return", typed, page="/help")
    assert asked.status_code == 303
    himself = f"person-{world.chidi.id.hex}"
    assert press(client, case, "exclusions", who=himself, why="I too").status_code == 422
    assert walls.deciders(world.session, case) == [world.chidi]
    wall = case.exclusions[0].id.hex
    answer = press(client, case, f"exclusions/{wall}", why="She is not her sister.")
    assert answer.headers["location"] == f"/cases/{case.id.hex}"
    assert client.get(answer.headers["location"]).status_code == 200
    assert client.get(f"/cases/{case.id.hex}/exclusions").status_code == 403


def test_a_name_alike_waits_for_a_person_to_look(client: Browse, world: World) -> None:
    case = a_case(world, perpetrator="Noor Hadley")
    as_user(client, world, world.noor)
    assert client.get(f"/cases/{case.id.hex}").status_code == 404
    as_user(client, world, world.ben)
    assert "Somebody is shut out for being like a person here." in client.get(f"/cases/{case.id.hex}").text
    assert "To be looked at" in client.get(f"/cases/{case.id.hex}/exclusions").text
    wall = case.exclusions[0].id.hex
    looking = text_of(client.get(f"/cases/{case.id.hex}/exclusions/{wall}"))
    assert "Is it somebody in the case, or close to them?" in looking
    assert "Let them know of it again?" not in looking
    assert looking.index("Yes, keep them out") < looking.index("If it is not")
    for _ in range(2):
        assert press(client, case, f"exclusions/{wall}/confirm", form_key="k").status_code == 303
    assert press(client, case, "exclusions/nonsense/confirm").status_code == 404
    assert "To be looked at" not in client.get(f"/cases/{case.id.hex}/exclusions").text
    as_user(client, world, world.chidi)
    assert press(client, case, f"exclusions/{wall}/confirm").status_code == 403


def test_somebody_alike_waits_on_the_queue_the_referral_and_my_work(client: Browse, world: World) -> None:
    row = make.sent_referral(world, perpetrator="Noor Hadley")
    look, words = f"/cases/{row.case_id.hex}/exclusions", "Somebody alike to look at"
    as_user(client, world, world.ben)
    assert words in client.get("/queue").text
    for path in ("/", f"/queue/{row.id.hex}"):
        assert look in client.get(path).text, path
    as_user(client, world, world.chidi)  # who may not say who knows of it, while a coordinator can
    for path in ("/", "/queue", f"/queue/{row.id.hex}"):
        page = client.get(path).text
        assert words not in page, path
        assert look not in page, path
    walls.confirm(world.session, world.ben, row.case, row.case.exclusions[0].id, now=world.now)
    as_user(client, world, world.ben)
    for path in ("/", "/queue", f"/queue/{row.id.hex}"):
        page = client.get(path).text
        assert words not in page, path
        assert look not in page, path


def test_a_chair_looks_where_no_coordinator_may_know(client: Browse, world: World) -> None:
    row = make.sent_referral(world, perpetrator="Ben Oakhurst")
    as_user(client, world, world.chidi)
    assert f"/cases/{row.case_id.hex}/exclusions" in client.get("/").text

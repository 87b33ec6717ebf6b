"""The parts of a referral that are one form each: each saves, refuses, and keeps what was typed."""

from typing import Any

import pytest

from app.pages.referral.views.tasks import TASKS
from conferences.checklist import assessments
from conferences.models import Referral, Urgency
from conferences.person import contacts, people
from conferences.reaching import Safe
from conferences.referral import referrals, sending
from conferences.sealing import unseal_json
from tests import make
from tests.browse import Browse
from tests.make import World
from tests.sign_in import as_user

LONG = "x" * 10_000
GOOD: dict[str, dict[str, Any]] = {
    "judgement": {"view": "worried", "why": "Her phone is off."},
    "final": {"refer": "yes", "why": "It is worse than the answers."},
    "victim": {"name": "زینب ‌Ó Súilleabháin", "born-year": "1991"},
    "contact": {
        "points-0-value": "07700 900555",
        "points-0-safety": "unknown",
        "points-0-times": "School hours",
    },
    "address": {"words": "12 Hidden Row"},
    "reason": {"reason": "Two calls\nin a week.", "urgency": "emergency", "escalating": "yes"},
    "sharing": {"consent": "refused", "basis": "vital_interests", "why": "She may be killed."},
}
BAD: list[tuple[str, dict[str, Any], str]] = [
    ("judgement", {"why": "Her phone is off."}, "Select what you think"),
    ("judgement", {"view": "certain"}, "Select what you think"),
    ("judgement", {"view": "worried", "why": LONG}, "must be 4000 characters or fewer"),
    ("final", {"why": "Her phone is off."}, "Select yes if you think this should go to the meeting"),
    ("final", {"refer": "yes"}, "Say what makes you think so, in a sentence"),
    ("victim", {"known_as": "Tess"}, "Enter their name, or what people call them"),
    (
        "victim",
        {"name": "Testa", "born-day": "31", "born-month": "2", "born-year": "1991"},
        "real date of birth",
    ),
    ("victim", {"name": "Testa", "born-day": "31", "born-year": "1991"}, "real date of birth"),
    ("victim", {"name": "Testa", "born-day": "3"}, "Date of birth must include a year"),
    ("victim", {"name": "Testa", "born-year": "2031"}, "The date of birth must be in the past"),
    ("victim", {"name": ["Testa", "Tess"]}, "Give one answer only for name"),
    ("contact", {"points-0-value": "07700 900555"}, "Select whether it is safe to use this"),
    ("contact", {"points-0-value": "7" * 301}, "must be 300 characters or fewer"),
    ("contact", {"points-0-way": "phone"}, "Give a way to reach them, or the rule for agencies"),
    (
        "contact",
        {"points-0-safety": "safe", "points-0-after": "3pm", "points-0-before": "2pm"},
        "Say from when it is safe, and until when later that day",
    ),
    ("contact", {"points-0-after": "teatime"}, "Write the time from which it is safe like 9:30am"),
    ("address", {"words": " "}, "Write where they are now, or go back to leave it out"),
    ("address", {"words": "x" * 1001}, "must be 1000 characters or fewer"),
    ("reason", {"urgency": "standard"}, "Say why you are referring now"),
    ("reason", {"reason": "Now.", "urgency": "soon"}, "Select whether this can wait for the next meeting"),
    ("reason", {"reason": LONG, "urgency": "standard"}, "must be 4000 characters or fewer"),
    (
        "reason",
        {"reason": "Now.", "urgency": "standard", "repeat": "yes"},
        "Enter the date of the last referral",
    ),
    ("sharing", {"basis": "public_task"}, "Select whether the person agreed"),
    ("sharing", {"consent": "given"}, "Select the lawful basis for sharing"),
    ("sharing", {"consent": "refused", "basis": "public_task"}, "Say why sharing is necessary"),
]


def stored(world: World, referral: Referral, name: str) -> dict[str, Any]:
    if name == "address":
        victim = people.victim_of(referral.case)
        assert victim is not None
        return {"held": people.has_address(world.session, victim.person)}
    return TASKS[name].stored(world.session, referral)


@pytest.fixture
def draft(world: World) -> Referral:
    return make.filled_draft(world)


@pytest.mark.parametrize("name", GOOD)
def test_a_part_is_saved_and_shown_again(client: Browse, world: World, draft: Referral, name: str) -> None:
    as_user(client, world, world.amara)
    answer = client.post_form(f"/referrals/{draft.id.hex}/{name}", GOOD[name])
    then = "/checklist/1" if name == "judgement" else ""
    assert (answer.status_code, answer.headers["location"]) == (303, f"/referrals/{draft.id.hex}{then}")
    again = client.get(f"/referrals/{draft.id.hex}/{name}").text
    said = {"judgement": "Her phone is off.", "final": "It is worse", "victim": "Súilleabháin"}
    said |= {"contact": "07700 900555", "reason": "Two calls\nin a week.", "sharing": "She may be killed."}
    assert said.get(name, "Who may see this") in again


def test_each_part_is_stored_as_it_was_typed(client: Browse, world: World, draft: Referral) -> None:
    as_user(client, world, world.amara)
    s = world.session
    for name, typed in GOOD.items():
        client.post_form(f"/referrals/{draft.id.hex}/{name}", typed)
    s.expire_all()
    assert unseal_json(s, draft.assessment, "first_judgement") == {
        "view": "worried",
        "why": "Her phone is off.",
    }
    victim = people.victim_of(draft.case)
    assert victim is not None
    assert people.details_of(s, victim).born == "1991"
    (point,) = contacts.contact_of(s, victim.person).points
    assert (point.value, point.safety, point.times) == ("07700 900555", Safe.UNKNOWN, "School hours")
    reason = "See where she is now"
    where = people.look_at_address(s, world.amara, draft.case, reason=reason, now=world.now)
    assert where is not None
    assert (where.words, where.safety) == ("12 Hidden Row", Safe.UNKNOWN)
    assert draft.urgency is Urgency.EMERGENCY
    assert referrals.sharing_of(s, draft)["basis"] == "vital_interests"


def test_an_address_is_never_shown_again_here(client: Browse, world: World, draft: Referral) -> None:
    as_user(client, world, world.amara)
    client.post_form(f"/referrals/{draft.id.hex}/address", GOOD["address"])
    for page in ("address", "check", ""):
        assert "12 Hidden Row" not in client.get(f"/referrals/{draft.id.hex}/{page}".rstrip("/")).text


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.parametrize("who", ["ben", "dana", "erin", "ada"])
def test_nobody_else_may_know_of_a_draft(
    client: Browse, world: World, draft: Referral, name: str, who: str
) -> None:
    before = stored(world, draft, name)
    as_user(client, world, world.cast()[who])
    where = f"/referrals/{draft.id.hex}/{name}"
    assert client.get(where).status_code == 404
    assert client.post_form(where, GOOD[name]).status_code == 404
    world.session.expire_all()
    assert stored(world, draft, name) == before


@pytest.mark.parametrize("name", GOOD)
def test_what_was_sent_is_not_changed(client: Browse, world: World, name: str) -> None:
    sent = make.sent_referral(world)
    before = stored(world, sent, name)
    as_user(client, world, world.amara)
    answer = client.post_form(f"/referrals/{sent.id.hex}/{name}", GOOD[name], page="/referrals")
    assert answer.status_code == 409
    assert "This referral has been sent." in answer.text
    world.session.expire_all()
    assert stored(world, sent, name) == before
    as_user(client, world, world.ben)
    assert client.post_form(f"/referrals/{sent.id.hex}/{name}", GOOD[name]).status_code == 403


@pytest.mark.parametrize(("name", "typed", "sentence"), BAD)
def test_bad_input_comes_back_with_what_was_typed(
    client: Browse, world: World, draft: Referral, name: str, typed: dict[str, Any], sentence: str
) -> None:
    before = stored(world, draft, name)
    as_user(client, world, world.amara)
    answer = client.post_form(f"/referrals/{draft.id.hex}/{name}", typed)
    assert answer.status_code == 422
    assert answer.text.count(sentence) >= 2, "in the summary and at the field"
    assert "<title>Error: Form" in answer.text
    for value in typed.values():
        if isinstance(value, str) and value.strip() and value not in ("certain", "soon"):
            assert value in answer.text
    world.session.expire_all()
    assert stored(world, draft, name) == before


@pytest.mark.parametrize("name", GOOD)
def test_saving_twice_is_harmless(client: Browse, world: World, draft: Referral, name: str) -> None:
    as_user(client, world, world.amara)
    places = [client.post_form(f"/referrals/{draft.id.hex}/{name}", GOOD[name]) for _ in range(2)]
    assert [place.status_code for place in places] == [303, 303]
    assert places[0].headers["location"] == places[1].headers["location"]


def test_unseen_characters_are_dropped_and_other_scripts_kept(
    client: Browse, world: World, draft: Referral
) -> None:
    as_user(client, world, world.amara)
    typed = {"reason": "He said\x00\x07 \u202eعربي 中文 😀", "urgency": "standard"}
    assert client.post_form(f"/referrals/{draft.id.hex}/reason", typed).status_code == 303
    world.session.expire_all()
    assert referrals.reason_of(world.session, draft) == "He said عربي 中文 😀"


def test_a_form_drawn_before_another_change_shows_both(client: Browse, world: World, draft: Referral) -> None:
    as_user(client, world, world.amara)
    where = f"/referrals/{draft.id.hex}/reason"
    page = client.get(where).text
    version = page.split('name="version" value="')[1].split('"')[0]
    client.post_form(where, {"reason": "What the other tab says.", "urgency": "standard"})
    answer = client.post_form(
        where, {"reason": "What this tab says.", "urgency": "standard", "version": version}
    )
    assert answer.status_code == 409
    assert "What the other tab says." in answer.text
    assert "What this tab says." in answer.text
    world.session.expire_all()
    assert referrals.reason_of(world.session, draft) == "What the other tab says."
    newer = answer.text.split('name="version" value="')[1].split('"')[0]
    typed = {"reason": "What this tab says.", "urgency": "standard", "version": newer}
    assert client.post_form(where, typed).status_code == 303


def test_another_date_is_added_without_script(client: Browse, world: World, draft: Referral) -> None:
    as_user(client, world, world.amara)
    where = f"/referrals/{draft.id.hex}/reason"
    typed = {"reason": "Unsaved words", "incidents-0-on-day": "1", "more": "1"}
    answer = client.post_form(where, typed)
    assert answer.status_code == 200
    assert "Unsaved words" in answer.text
    assert 'id="incidents-1-on-day"' in answer.text
    assert "There is a problem" not in answer.text


def test_dates_of_incidents_are_kept_in_order_and_the_future_refused(
    client: Browse, world: World, draft: Referral
) -> None:
    as_user(client, world, world.amara)
    where = f"/referrals/{draft.id.hex}/reason"

    def typed(year: str) -> dict[str, str]:
        two = {"incidents-0-on-day": "20", "incidents-0-on-month": "nov", "incidents-0-on-year": year}
        two |= {"incidents-1-on-day": "3", "incidents-1-on-month": "10", "incidents-1-on-year": "2026"}
        return {"reason": "Again.", "urgency": "standard"} | two

    refused = client.post_form(where, typed("2027"))
    assert refused.status_code == 422
    assert 'href="#incidents-0-on-day">An incident cannot be in the future' in refused.text
    second = {"incidents-1-on-day": "3", "incidents-1-on-month": "10", "incidents-1-on-year": "2027"}
    refused = client.post_form(where, typed("2025") | second)
    assert 'href="#incidents-1-on-day">An incident cannot be in the future' in refused.text
    assert client.post_form(where, typed("2026")).status_code == 303
    world.session.expire_all()
    assert sending.history_of(world.session, draft)["incidents"] == ["2026-10-03", "2026-11-20"]


def test_changing_from_the_check_leads_back_to_it(client: Browse, world: World, draft: Referral) -> None:
    as_user(client, world, world.amara)
    answer = client.post_form(f"/referrals/{draft.id.hex}/judgement?from=check", GOOD["judgement"])
    assert answer.headers["location"] == f"/referrals/{draft.id.hex}/check"


def test_contact_waits_for_the_person(client: Browse, world: World) -> None:
    empty = make.draft(world)
    as_user(client, world, world.amara)
    answer = client.post_form(f"/referrals/{empty.id.hex}/contact", GOOD["contact"])
    assert answer.status_code == 422
    assert "Say first who is at risk" in answer.text
    assert assessments.progress(world.session, empty).answered == 0


def test_an_unknown_referral_is_not_found(client: Browse, world: World) -> None:
    as_user(client, world, world.amara)
    for ref in ("0" * 32, "not-one", "../x", "\u2028"):
        assert client.get(f"/referrals/{ref}/reason").status_code == 404


@pytest.mark.parametrize(
    ("phone", "warned"), [("07700 900555", False), ("0770", True), ("ask her sister", True)]
)
def test_an_odd_number_is_kept_and_pointed_out(
    client: Browse, world: World, draft: Referral, phone: str, warned: bool
) -> None:
    as_user(client, world, world.amara)
    typed = {"points-0-safety": "safe", "points-0-value": phone}
    assert client.post_form(f"/referrals/{draft.id.hex}/contact", typed).status_code == 303
    page = client.get(f"/referrals/{draft.id.hex}/check").text
    assert phone in page
    assert ("check this number" in page) is warned


def test_a_birth_day_is_said_as_far_as_it_is_known(client: Browse, world: World, draft: Referral) -> None:
    as_user(client, world, world.amara)
    where = f"/referrals/{draft.id.hex}"
    client.post_form(f"{where}/victim", {"name": "Testa", "born-month": "March", "born-year": "1991"})
    assert "3/1991" in client.get(f"{where}/check").text
    assert 'name="born-month" type="text" value="3"' in client.get(f"{where}/victim").text


def test_everything_to_put_right_is_said_at_once(client: Browse, world: World, draft: Referral) -> None:
    """Without agreement a basis and a reason are both needed, and the page says so together."""
    as_user(client, world, world.amara)
    where = f"/referrals/{draft.id.hex}"
    sharing = client.post_form(f"{where}/sharing", {"consent": "refused"})
    assert 'href="#basis">Select the lawful basis for sharing</a>' in sharing.text
    assert 'href="#why">Say why sharing is necessary and proportionate without consent</a>' in sharing.text
    last = client.post_form(f"{where}/reason", {"repeat": "yes", "urgency": "standard"})
    assert 'href="#reason">Say why you are referring now</a>' in last.text
    assert 'href="#last_referral_on-day">Enter the date of the last referral' in last.text
    soon = {"incidents-0-on-day": "1", "incidents-0-on-month": "1", "incidents-0-on-year": "2031"}
    late = {f"last_referral_on-{part}": soon[f"incidents-0-on-{part}"] for part in ("day", "month", "year")}
    both = client.post_form(f"{where}/reason", GOOD["reason"] | soon | late)
    assert "An incident cannot be in the future<" in both.text
    assert "The last referral cannot be in the future<" in both.text

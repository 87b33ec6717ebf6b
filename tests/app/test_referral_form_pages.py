"""The parts of a referral that come from the form's definitions, on the screen."""

import pytest

from conferences import fields
from conferences.models import Part, Referral
from conferences.person import people
from conferences.referral import referrals, told
from tests import make
from tests.browse import Browse
from tests.make import World
from tests.sign_in import as_user

NEEDS = {
    "interpreter": "yes",
    "ethnicity": "declined",
    "disability": ["learning", "mental"],
    "pronouns": "she",
}


@pytest.fixture
def draft(world: World) -> Referral:
    return make.filled_draft(world, children=("Pim",))


def at(draft: Referral, part: str) -> str:
    return f"/referrals/{draft.id.hex}/form/{part}"


def kept(world: World, draft: Referral) -> dict[str, object]:
    world.session.expire_all()
    victim = people.victim_of(draft.case)
    assert victim is not None
    return told.read(world.session, victim) | told.read(world.session, draft)


def test_a_part_is_saved_shown_again_and_checked(client: Browse, world: World, draft: Referral) -> None:
    as_user(client, world, world.amara)
    saved = client.post_form(at(draft, "needs"), NEEDS)
    assert (saved.status_code, saved.headers["location"]) == (303, f"/referrals/{draft.id.hex}")
    assert kept(world, draft) == NEEDS
    page = client.get(at(draft, "needs")).text
    assert 'value="learning" checked' in page
    assert 'value="declined" selected' in page
    check = client.get(f"/referrals/{draft.id.hex}/check").text
    assert "Learning, Mental health" in check
    assert f"{at(draft, 'needs')}?from=check" in check
    assert client.post_form(f"{at(draft, 'needs')}?from=check", NEEDS).headers["location"].endswith("/check")


def test_every_part_opens_and_says_why_each_thing_is_asked(
    client: Browse, world: World, draft: Referral
) -> None:
    as_user(client, world, world.amara)
    for part in fields.form().sheets.values():
        if part.page or part.each:
            continue
        page = client.get(at(draft, part.key))
        assert page.status_code == 200, part.key
        assert page.text.count("Why we ask") == len(part.fields), part.key


@pytest.mark.parametrize(
    ("part", "typed", "said"),
    [
        ("needs", {"ethnicity": "martian"}, "Choose from the answers shown"),
        ("events", {"latest_on-day": "31", "latest_on-month": "2", "latest_on-year": "2026"}, "real date"),
        ("events", {"latest_on-day": "1", "latest_on-month": "1", "latest_on-year": "2027"}, "in the future"),
        ("events", {"latest_what": "x" * 4001}, "4000 characters or fewer"),
        ("about", {"joint_agencies": ["f" * 32], "referrer_job": "Nurse"}, "Choose from the answers shown"),
        ("needs", {"pregnant_due-year": "1700"}, "Check the year"),
    ],
)
def test_bad_input_comes_back(
    client: Browse, world: World, draft: Referral, part: str, typed: dict[str, object], said: str
) -> None:
    as_user(client, world, world.amara)
    answer = client.post_form(at(draft, part), typed)  # type: ignore[arg-type]
    assert answer.status_code == 422
    assert said in answer.text
    assert "<title>Error: " in answer.text
    assert kept(world, draft) == {}
    if "referrer_job" in typed:
        assert 'value="Nurse"' in answer.text


def test_nobody_else_and_nothing_sent(client: Browse, world: World, draft: Referral) -> None:
    for who in ("ben", "noor", "erin", "ada"):
        as_user(client, world, world.cast()[who])
        assert client.get(at(draft, "needs")).status_code == 404
        assert client.post_form(at(draft, "needs"), NEEDS).status_code == 404
    assert kept(world, draft) == {}
    referrals.submit(world.session, world.amara, draft, now=world.now)
    as_user(client, world, world.amara)
    assert client.post_form(at(draft, "needs"), NEEDS, page="/referrals").status_code == 409
    assert kept(world, draft) == {}


def test_twice_is_harmless_and_an_older_form_shows_both(
    client: Browse, world: World, draft: Referral
) -> None:
    as_user(client, world, world.amara)
    version = client.get(at(draft, "life")).text.split('name="version" value="')[1].split('"')[0]
    for _ in range(2):
        assert client.post_form(at(draft, "life"), {"employer": "Ashmere Bakery"}).status_code == 303
    answer = client.post_form(at(draft, "life"), {"employer": "The school", "version": version})
    assert answer.status_code == 409
    assert "Ashmere Bakery" in answer.text
    assert 'value="The school"' in answer.text


def test_what_is_asked_about_a_person_is_theirs_alone(client: Browse, world: World, draft: Referral) -> None:
    as_user(client, world, world.amara)
    child = people.in_part(draft.case, Part.CHILD)[0]
    where = at(draft, f"child/{child.id.hex}")
    saved = client.post_form(where, {"school": "Ashmere Primary", "social_care": "protection"})
    assert (saved.status_code, saved.headers["location"]) == (303, f"/referrals/{draft.id.hex}/children")
    assert "Change more about them" in client.get(f"/referrals/{draft.id.hex}/children").text
    perpetrator = people.in_part(draft.case, Part.PERPETRATOR)[0]
    for strange in (f"child/{perpetrator.id.hex}", "child", f"needs/{child.id.hex}", "victim", "nothing"):
        assert client.get(at(draft, strange)).status_code == 404, strange
        assert client.post_form(at(draft, strange), {}).status_code == 404, strange
    assert "must never be told" in client.get(at(draft, f"perpetrator/{perpetrator.id.hex}")).text


def test_parts_arise_from_answers(client: Browse, world: World) -> None:
    draft = make.draft(world)
    as_user(client, world, world.amara)
    hub = client.get(f"/referrals/{draft.id.hex}").text
    assert "The interpreter" not in hub
    assert "without agreement" not in hub
    assert hub.count("Cannot start yet") >= 3
    assert hub.count("Something is missing") == 1, "the page to check can be read, and names what"
    assert client.get(at(draft, "needs")).status_code == 404
    draft = make.filled_draft(world, yes=17)
    client.post_form(at(draft, "needs"), {"interpreter": "yes"})
    client.post_form(
        f"/referrals/{draft.id.hex}/sharing", {"consent": "refused", "basis": "public_task", "why": "Life."}
    )
    hub = client.get(f"/referrals/{draft.id.hex}").text
    for title in ("The interpreter", "Deciding to share without agreement", "Stalking", "forced marriage"):
        assert title in hub, title


def test_sharing_without_agreement_cannot_be_sent_until_it_is_decided_in_full(
    client: Browse, world: World, draft: Referral
) -> None:
    as_user(client, world, world.amara)
    here = f"/referrals/{draft.id.hex}"
    client.post_form(f"{here}/sharing", {"consent": "refused", "basis": "public_task", "why": "Her life."})
    refused = client.submit(f"{here}/submit", {})
    assert refused.status_code == 422
    assert "Say what could happen if they are told" in refused.text
    assert 'href="#without-agreement"' in refused.text
    make.without_agreement(world, draft, share_tell="yes")
    assert referrals.missing(world.session, draft) == [
        ("without-agreement", "Say when they will be told, and by whom.")
    ]
    make.without_agreement(world, draft, share_tell="no")
    assert client.submit(f"{here}/submit", {}).status_code == 303


def test_an_address_in_free_text_and_the_police_are_pointed_out_before_sending(
    client: Browse, world: World, draft: Referral
) -> None:
    as_user(client, world, world.amara)
    here = f"/referrals/{draft.id.hex}"
    assert "Is there an address in your words?" not in client.get(f"{here}/check").text
    client.post_form(at(draft, "events"), {"latest_what": "He came to 12 Sample Road again."})
    client.post_form(at(draft, "voice"), {"police_wish": "no", "afraid_of": "Him, at ZZ99 9ZZ."})
    page = client.get(f"{here}/check").text
    assert "“Who are they afraid of, and of what?”, “What happened then?”" in page
    assert "Is there an address in your words?" in page
    assert "The police may record a crime" in page
    assert "They do not want the police to contact them" in page
    assert client.submit(f"{here}/submit", {}).status_code == 303


def test_each_reader_sees_what_is_theirs_and_danger_opens_with_safe_contact(
    client: Browse, world: World, draft: Referral
) -> None:
    s, who = world.session, world.amara
    for part, answers in (
        ("life", {"employer": "Ashmere Bakery", "nhs_number": "999 000 1111", "police_reference": "PX 77"}),
        ("voice", {"safe_people": "Her sister in the next town.", "police_wish": "no"}),
    ):
        told.save(s, who, draft, told.sheet(part), answers, now=world.now)
    referrals.submit(s, who, draft, now=world.now)
    case, queue = f"/cases/{draft.case_id.hex}", f"/queue/{draft.id.hex}"
    for name, page in (("ben", queue), ("ben", case), ("chidi", case), ("noor", case)):
        as_user(client, world, world.cast()[name])
        text = client.get(page).text
        assert "Ashmere Bakery" in text, name
        assert "999 000 1111" not in text, name
        assert ("PX 77" in text) is (name == "chidi"), name
        assert "Her sister in the next town." not in text, name
        assert "Her sister in the next town." in client.submit(f"{page}/contact", {}).text, name
    for name in ("dana", "erin", "ada"):
        as_user(client, world, world.cast()[name])
        assert "Ashmere Bakery" not in client.get(case).text, name

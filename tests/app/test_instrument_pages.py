"""The checklists on the screen: anyone signed in can read the rules, and a draft says that it is one."""

import re
from html import unescape

import pytest

import risk
from tests import make
from tests.browse import Browse
from tests.make import World


def words(page: str) -> str:
    """The text of a page in one line."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page)).split())


def read(client: Browse, path: str) -> str:
    """What a page says that must be there."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    return words(answer.text)


def test_a_stranger_is_sent_to_sign_in(client: Browse, world: World) -> None:
    for path in ("/instruments", "/instruments/safelives-dash-ric"):
        assert client.get(path).headers["location"].startswith("/sign-in")


def test_the_list_shows_every_checklist_with_its_status(client: Browse, world: World) -> None:
    client.become(world.dana)
    page = client.get("/instruments").text
    for one in risk.editions():
        assert one.title in unescape(page)
    assert page.count("Ready to use") == 11
    assert page.count("Not verified") == 4
    assert page.count("Replaced") == 2


@pytest.mark.parametrize("name", [one.name for one in risk.editions()])
def test_every_shipped_version_can_be_read(client: Browse, world: World, name: str) -> None:
    client.become(world.ada)
    slug, version = name.split("@")
    edition = risk.edition(slug, version)
    said = read(client, f"/instruments/{slug}?version={version}")
    for item in edition.items:
        assert item.topic in said
    for line in (*edition.rules.limits, *edition.unverified, *(source.title for source in edition.sources)):
        assert " ".join(line.split()) in said
    assert edition.definition_hash in said
    assert edition.licence.note in said
    assert ("cannot be the only reason to refer" in said) is (edition.status == "draft")


def test_the_rules_are_said_in_words_with_their_source(client: Browse, world: World) -> None:
    client.become(world.amara)
    said = read(client, "/instruments/safelives-dash-ric")
    assert "The line is 14 yes answers (SafeLives, referral criteria: definitions)." in said
    assert "Professional judgement a worker judges that it should be referred, and says why" in said
    assert "at least 3 events between the same people in 365 days" in said
    assert "A repeat is any abuse between the same people within 12 months of the last referral." in said
    assert "Unless the age of the person at risk is at least 16" in said
    assert "SafeLives national criteria (usual)" in said
    assert (
        "13 yes, the others no 13 below the referral count on what is known no One short of the line" in said
    )
    assert "14 yes, the others no 14 high yes The line is 14." in said
    assert "13 yes, the others don’t know 13 to 24 no level yet no One more yes would reach the line" in said


def test_groups_of_items_are_named_by_number(client: Browse, world: World) -> None:
    client.become(world.amara)
    said = read(client, "/instruments/lap-lethality-screen")
    assert "(at least 1" not in said
    assert "at least 1 yes among items 1 to 3 or at least 4 yes among items 4 to 11" in said
    weighted = read(client, "/instruments/danger-assessment")
    assert "Cannot be yes together with item 3a." in weighted
    assert "Asked when item 5 is yes." in weighted
    assert "Yes when the number is 2 or more." in read(client, "/instruments/odara")
    assert "Two children, every other no 1 no level no" in read(client, "/instruments/odara")
    family = "12 yes, in a family 12 requires judgement no The questions are for intimate partners"
    assert family in read(client, "/instruments/dvsat")


def test_a_level_without_questions_says_when_it_is_looked_at_again(client: Browse, world: World) -> None:
    client.become(world.amara)
    said = read(client, "/instruments/viogen-vpr")
    assert "It has no questions here" in said
    assert "The police system gives extreme nothing is added up extreme no The level is taken over" in said
    assert "looked at again after 72 hours" in said


def test_an_older_version_is_found_by_its_name(client: Browse, world: World) -> None:
    client.become(world.amara)
    page = client.get("/instruments/viogen-vpr").text
    assert 'href="/instruments/viogen-vpr?version=2014.1"' in page
    assert "Do not start a new one." in read(client, "/instruments/viogen-vpr?version=2014.1")


@pytest.mark.parametrize(
    "path", ["no-such-list", "viogen-vpr?version=1999.1", "%00", "viogen-vpr?version=%00"]
)
def test_what_is_not_shipped_is_not_found(client: Browse, world: World, path: str) -> None:
    client.become(world.amara)
    assert client.get(f"/instruments/{path}").status_code == 404


def test_the_result_and_the_help_lead_there(client: Browse, world: World) -> None:
    sent = make.sent_referral(world)
    client.become(world.amara)
    assert (
        'href="/instruments/safelives-dash-ric?version=2009.1"'
        in client.get(f"/referrals/{sent.id.hex}").text
    )
    assert 'href="/instruments"' in client.get("/help").text
    client.cookies.clear()
    assert 'href="/instruments"' not in client.get("/help").text

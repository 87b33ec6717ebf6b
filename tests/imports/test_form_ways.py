"""A Word form's agreement, telephone and address: read where plain, and what is unknown is never safe."""

from typing import Any

import pytest

from conferences.errors import Refused
from conferences.imports import consent, documents, forms, reach, unplaced
from conferences.models import Part, Referral
from conferences.person import contacts, people
from conferences.reaching import Contact, Point, Safe, Way
from conferences.referral import completeness, referral_views, referrals, told
from conferences.referral.completeness import Done
from tests.browse import Browse
from tests.imports.test_forms import Rows, form
from tests.make import World
from tests.sign_in import as_user

NUMBER = "07700 900123"


@pytest.mark.parametrize(
    ("values", "points", "used"),
    [
        ({"victim_phone": NUMBER}, [], ""),
        ({"victim_phone": NUMBER, "safe_call": "Yes"}, [Point(value=NUMBER, safety=Safe.SAFE)],
         "victim_phone safe_call"),
        ({"victim_mobile": NUMBER, "safe_call": "no"}, [Point(value=NUMBER, safety=Safe.UNSAFE)],
         "victim_mobile safe_call"),
        ({"victim_phone": NUMBER, "safe_call": "Not known"}, [Point(value=NUMBER)], "victim_phone safe_call"),
        ({"victim_phone": NUMBER, "safe_call": "Yes, not evenings"}, [], ""),
        ({"victim_phone": f"{NUMBER} (not safe to call)"}, [Point(value=NUMBER, safety=Safe.UNSAFE)],
         "victim_phone"),
        ({"victim_phone": f"{NUMBER} - safe"}, [Point(value=NUMBER, safety=Safe.SAFE)], "victim_phone"),
        ({"victim_phone": f"{NUMBER} - not safe", "safe_call": "Yes"}, [], ""),
        ({"victim_phone": f"{NUMBER} after school", "safe_call": "Yes"}, [], ""),
        ({"victim_phone": f"{NUMBER} / 01632 960555", "safe_call": "Yes"}, [], ""),
        ({"victim_phone": NUMBER, "victim_mobile": "07700 900124", "safe_call": "Yes"}, [], ""),
        ({"victim_phone": "ask the school", "safe_call": "Yes"}, [], ""),
        ({"safe_call": "No"}, [], ""),
        ({"victim_phone": NUMBER, "safe_call": "Yes", "safe_message": "No", "safe_times": "School\nhours",
          "who_else": "x" * 201, "code_word": "kettle", "safe_text": "Yes", "safe_withheld": "No"},
         [Point(value=NUMBER, safety=Safe.SAFE, message=Safe.UNSAFE, text=Safe.SAFE, withheld=Safe.UNSAFE,
                times="School hours", code_word="kettle")],
         "victim_phone safe_call safe_message safe_times code_word safe_text safe_withheld"),
        ({"victim_phone": NUMBER, "safe_message": "Yes", "code_word": "kettle"}, [], ""),
        ({"victim_mail": "t@home.example"}, [], ""),
        ({"victim_mail": "t@home.example", "safe_mail": "No"},
         [Point(way=Way.MAIL, value="t@home.example", safety=Safe.UNSAFE)], "victim_mail safe_mail"),
        ({"victim_mail": "t at home", "safe_mail": "Yes"}, [], ""),
    ],
)  # fmt: skip
def test_a_way_is_read_only_with_the_words_that_say_how_safe_it_is(
    values: dict[str, str], points: list[Point], used: str
) -> None:
    assert reach.of_victim(values) == reach.Reached(Contact(None, tuple(points)), frozenset(used.split()))


@pytest.mark.parametrize(
    ("words", "beside", "found"),
    [
        ("Yes", False, "given"),
        ("☒ Yes ☐ No", False, "given"),
        ("No", False, "refused"),
        ("No", True, None),
        ("Refused", True, "refused"),
        ("Not safe to ask", True, "not_safe_to_ask"),
        ("Not asked", False, None),
        ("Yes, verbally", False, None),
        ("☒ Yes ☒ No", False, None),
        ("", False, None),
    ],
)
def test_whether_they_agreed_is_read_only_where_it_can_mean_one_thing(
    words: str, beside: bool, found: str | None
) -> None:
    kept, used = consent.said({"consent": words, "consent_basis": "Vital interests"}, reason_beside=beside)
    assert kept.get("consent") == found
    assert used == (frozenset({"consent", "consent_basis"}) if found else frozenset())


def read(*parts: str | Rows) -> dict[str, str]:
    return forms.understand(documents.read(form(*parts)), []).values


@pytest.mark.parametrize(
    "parts",
    [
        ("Victim details", [("GP", "Market Street", "Telephone", NUMBER)]),
        ("Victim details", "School: Ashmere Primary", f"Telephone: {NUMBER}"),
        ("Victim and perpetrator details", f"Telephone: {NUMBER}"),
        ("Victim’s family", f"Telephone: {NUMBER}"),
        ("Victim details", f"Mother’s telephone: {NUMBER}"),
        ("About you", f"Telephone: {NUMBER}", f"Home telephone: {NUMBER}", "Safe to call?: Yes"),
        ("Present address: 1 Hidden Row",),
    ],
)
def test_a_telephone_that_may_be_somebody_elses_is_nobodys(parts: tuple[Any, ...]) -> None:
    assert {key for key in read(*parts) if key in reach.LABELS} == set()


def test_whether_the_one_who_causes_harm_agreed_is_nobodys_agreement() -> None:
    for parts in (("Perpetrator details", "Consent given: Yes"), ("Has the perpetrator consented?: Yes",)):
        assert "consent" not in read(*parts)


def test_after_their_own_particulars_it_is_theirs_again() -> None:
    parts = ("Victim details", "School: Ashmere Primary", "Name: Testa Marrowby", f"Telephone: {NUMBER}")
    assert read(*parts)["victim_phone"] == NUMBER


def drafted(world: World, *parts: str | Rows) -> tuple[Referral, dict[str, str]]:
    referral, _ = forms.draft_from(world.session, world.amara, form(*parts), now=world.now)
    left = {one.label: one.words for one in unplaced.of(world.session, referral)}
    return referral, left


def ways(world: World, referral: Referral, part: Part) -> tuple[Point, ...]:
    (row,) = people.in_part(referral.case, part)
    return contacts.contact_of(world.session, row.person).points


VICTIM: Rows = [
    ("Name", "Testa Marrowby", "DOB", "04/05/1992"),
    ("Address", "1 Hidden Row", "Postcode", "ZZ99 9ZZ"),
    ("Telephone", NUMBER, "Safe to call?", "☐ Yes ☒ No"),
    ("Email", "t@home.example", "Safe to write?", "☐ Yes ☐ No"),
]
HARM: Rows = [("Name", "Derrin Quillfeather", "Mobile", "07700 900888")]
BOTH = ("Victim details", VICTIM, "Perpetrator details", HARM)


def test_what_is_plain_stands_in_the_draft_and_the_rest_beside_it(world: World) -> None:
    s = world.session
    agreed = ("Consent", "Has the victim consented to the referral?: ☐ Yes ☒ Refused",
              "If no, why not?: She is afraid.", "Date of consent: 20/11/2026")  # fmt: skip
    referral, left = drafted(world, *BOTH, *agreed)
    assert ways(world, referral, Part.VICTIM) == (Point(value=NUMBER, safety=Safe.UNSAFE),)
    assert ways(world, referral, Part.PERPETRATOR) == (Point(value="07700 900888"),)
    where = people.look_at_address(s, world.amara, referral.case, reason="To check", now=world.now)
    assert where is not None
    assert (where.words, where.safety) == ("1 Hidden Row\nZZ99 9ZZ", Safe.UNKNOWN)
    assert referrals.sharing_of(s, referral) == {"consent": "refused", "basis": None, "why": None}
    assert told.read(s, referral)["share_said"] == "She is afraid."
    assert left == {"Email of the person at risk": "t@home.example", "Date of consent": "20/11/2026"}


def test_agreement_without_a_basis_is_not_the_whole_of_it(world: World) -> None:
    referral, _ = drafted(world, *BOTH, "Sharing", "Consent given: Yes")
    assert ("sharing", "Give the lawful basis for sharing.") in completeness.missing(world.session, referral)
    assert referral_views.parts_done(world.session, referral)["sharing"] is Done.IN_PROGRESS
    whole, _ = drafted(world, *BOTH, "Sharing", "Consent given: Yes", "Lawful basis: Public task")
    assert "sharing" not in {part for part, _ in completeness.missing(world.session, whole)}
    with pytest.raises(Refused, match="whether the person agreed"):
        referrals.note_sharing(world.session, world.amara, whole, consent="perhaps", now=world.now)
    without, _ = drafted(world, *BOTH, "Sharing", "Consent given: Refused", "Lawful basis: Public task")
    assert "sharing" in {part for part, _ in completeness.missing(world.session, without)}


def test_a_number_of_both_is_safe_for_neither(world: World) -> None:
    """The form calls it safe for her, and names it as his: a person has to look."""
    hers: Rows = [("Name", "Testa Marrowby"), ("Telephone", NUMBER), ("Safe to call?", "Yes"),
                  ("Address", "1 Hidden Row"), ("Safe to write?", "Yes")]  # fmt: skip
    his: Rows = [
        ("Name", "Derrin Quillfeather"),
        ("Telephone", "+44 7700 900123"),
        ("Address", "1 Hidden Row"),
    ]
    referral, left = drafted(world, "Victim details", hers, "Perpetrator details", his)
    assert ways(world, referral, Part.VICTIM) == ()
    assert ways(world, referral, Part.PERPETRATOR) == (Point(value="+44 7700 900123"),)
    assert left == {
        "Telephone of the person at risk": NUMBER,
        "Whether it is safe to ring": "Yes",
        "Where they are now": "1 Hidden Row",
        "Whether it is safe to write to them": "Yes",
    }


def test_ways_of_somebody_without_a_name_wait(world: World) -> None:
    referral, left = drafted(
        world, "Victim details", f"Telephone: {NUMBER}", "Safe to call?: Yes", "Address: 1 Hidden Row",
        "Perpetrator name: Derrin Quillfeather",
    )  # fmt: skip
    assert people.victim_of(referral.case) is None
    assert set(left) == {
        "Telephone of the person at risk", "Whether it is safe to ring", "Where they are now",
    }  # fmt: skip


def test_what_is_left_is_shown_beside_the_part_it_is_for(client: Browse, world: World) -> None:
    referral, _ = drafted(world, *BOTH, "Sharing", "Consent given: Yes, verbally")
    as_user(client, world, world.amara)
    here = f"/referrals/{referral.id.hex}"
    for part, words in (("contact", "t@home.example"), ("sharing", "Yes, verbally")):
        assert words in client.get(f"{here}/{part}").text
    for part in ("victim", "address", "reason", "check"):
        page = client.get(f"{here}/{part}").text
        assert "t@home.example" not in page
        assert "verbally" not in page

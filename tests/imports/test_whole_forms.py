"""A whole Word form: the parts of the referral are filled, boxes read, and other words kept to be placed."""

import io

import docx
import pytest
from docx.oxml import parse_xml

from conferences.imports import documents, forms, unplaced
from conferences.imports.placing import answer_of, ticked
from conferences.models import Part, ReferralStatus
from conferences.person import people
from conferences.referral import referrals, told
from conferences.sealing import unseal
from tests import make
from tests.browse import Browse
from tests.imports.test_forms import Rows, form
from tests.make import World
from tests.sign_in import as_user

VICTIM: Rows = [
    ("Name", "Testa Marrowby", "DOB", "04/05/1992"),
    ("Ethnic origin", "White British", "Disability", "Mobility; Mental health"),
    ("Interpreter required?", "☒ Yes ☐ No", "Preferred language", "Polish"),
    ("Is the victim pregnant?", "Yes ☐ No ☒", "Tenure", "☐ Owner ☒ Council tenancy"),
    ("Address", "1 Hidden Row, ZZ99 9ZZ", "Telephone", "07700 900123"),
    ("Immigration status", "Awaiting a letter", "GP", "Market Street"),
]
HARM: Rows = [
    ("Name", "Derrin Quillfeather", "Date of birth", "1987"),
    ("Relationship", "Ex-partner", "Last known address", "His mother’s"),
    ("Access to weapons", "Yes", "Details of weapons", "A shotgun, with a certificate"),
]
CHILDREN: Rows = [("Name", "DOB", "School"), ("Pim", "11/2/2020", "Ashmere Primary")]
PARTS = (
    "Referral", "Line manager: Head of year", "Crime ref: 44/1234", "Victim details", VICTIM,
    "Perpetrator details", HARM, "Children in the home", CHILDREN,
    "Reason for referral", "He waits at the gate on most days of the week.", "Last week he came in.",
    "Views of the victim", "She wants to walk home without looking back.",
    "Safety planning", "The school keeps the children inside until she comes to fetch them.",
    "Anything else", "He knows the caretaker.",
)  # fmt: skip


def test_every_part_is_filled_and_every_other_word_is_kept(world: World) -> None:
    s = world.session
    referral, read = forms.draft_from(s, world.amara, form(*PARTS), now=world.now)
    victim = people.victim_of(referral.case)
    (harming,) = people.in_part(referral.case, Part.PERPETRATOR)
    assert told.read(s, victim) == {
        "ethnicity": "white_british",
        "disability": ["mobility", "mental"],
        "interpreter": "yes",
        "pregnant": "no",
        "tenure": "council",
        "gp_practice": "Market Street",
    }
    assert told.read(s, harming) == {
        "whereabouts": "His mother’s",
        "weapons": "yes",
        "weapons_what": "A shotgun, with a certificate",
    }
    assert people.has_address(s, victim.person)
    assert victim.person.safe_contact is None
    about = told.read(s, referral)
    assert (about["manager_name"], about["crime_reference"]) == ("Head of year", "44/1234")
    assert about["safety_plan"] == "The school keeps the children inside until she comes to fetch them."
    assert people.details_of(s, victim).language == "Polish"
    assert unseal(s, referral, "wishes") == "She wants to walk home without looking back."
    why = "He waits at the gate on most days of the week.\nLast week he came in."
    assert referrals.reason_of(s, referral) == why
    assert [(one.label, one.words) for one in unplaced.of(s, referral)] == [
        ("Children in the home", "Name | DOB | School"),
        ("Children in the home", "Pim | 11/2/2020 | Ashmere Primary"),
        ("Anything else", "He knows the caretaker."),
        ("Right to stay in the country", "Awaiting a letter"),
        ("Telephone of the person at risk", "07700 900123"),
    ]
    assert read.left == [(one.label, one.words) for one in unplaced.of(s, referral)]


def test_no_word_of_a_form_is_lost(world: World) -> None:
    """Whatever the shape: each word stands in the draft, or among what is to be placed."""
    wide: Rows = [("a1", "a2", "a3", "a4", "a5")]
    loose: Rows = [("", "b1"), ("c" * 90, "c2")]
    body = form("Victim name: Testa Marrowby", "d1", "e1 " * 40, wide, loose, "f" * 90 + ": f2")
    referral, _ = forms.draft_from(world.session, world.amara, body, now=world.now)
    kept = " ".join(f"{one.label} {one.words}" for one in unplaced.of(world.session, referral))
    for word in ("a1", "a3", "a5", "b1", "c" * 90, "c2", "e1 e1", "f" * 90, "f2"):
        assert word in kept


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("☒ Yes ☐ No", ["Yes"]),
        ("Yes ☒ No ☐", ["Yes"]),
        ("☐ Yes ☐ No", []),
        ("☑ Mobility\n☐ Learning\n☑ Other", ["Mobility", "Other"]),
        ("Yes", None),
    ],
)
def test_boxes_before_and_behind_their_words(words: str, found: list[str] | None) -> None:
    assert ticked(words) == found


def test_an_old_form_keeps_its_ticks_beside_the_words() -> None:
    made = docx.Document()
    table = made.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "Victim ethnicity"
    said = table.cell(0, 1).paragraphs[0]
    for state, words in (
        ("<w:default w:val='0'/>", "Asian "),
        ("<w:default w:val='0'/><w:checked/>", "Mixed"),
    ):
        space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        said._p.append(
            parse_xml(
                f"<w:r {space}><w:fldChar w:fldCharType='begin'><w:ffData><w:checkBox>{state}</w:checkBox>"
                "</w:ffData></w:fldChar></w:r>"
            )
        )
        said.add_run(words)
    written = io.BytesIO()
    made.save(written)
    read = forms.understand(documents.read(written.getvalue()), [])
    assert (read.form, read.left) == ({"ethnicity": "mixed"}, [])


@pytest.mark.parametrize(
    ("key", "words", "found"),
    [
        ("ethnicity", "unknown", "not_known"),
        ("orientation", "n/a", None),
        ("pregnant", "Not known", "dont_know"),
        ("latest_on", "20/11/2026", "2026-11-20"),
        ("done_idva", "November 2026", "2026-11"),
        ("done_idva", "11/2026", "2026-11"),
        ("joint_agencies", "Housing, Police", ["h1", "p1"]),
    ],
)
def test_words_become_answers_or_stay_words(key: str, words: str, found: object) -> None:
    called = {"housing": "h1", "police": "p1"}
    one = forms.FORM[key]
    try:
        assert answer_of(one, words, lambda name: called.get(name.strip().lower())) == found
    except ValueError:
        assert (key, words) == ("done_idva", "November 2026")


def test_what_is_said_of_two_people_at_once_is_left_to_a_person() -> None:
    body = form("Perpetrator 1", [("Occupation", "Postman")], "Perpetrator 2", [("Occupation", "Guard")])
    read = forms.understand(documents.read(body), [])
    assert read.form == {}
    assert [words for _, words in read.left] == ["Postman", "Guard"]


def test_placing_is_the_authors_and_what_is_left_is_forgotten_when_it_is_sent(
    client: Browse, world: World
) -> None:
    s, row = world.session, make.filled_draft(world)
    unplaced.keep(s, row, [("Car", "A red one"), ("Address", "1 Hidden Row")])
    here, (car, _) = f"/referrals/{row.id.hex}", unplaced.of(s, row)
    as_user(client, world, world.amara)
    assert "2 pieces of the Word form to place" in client.get(here).text
    assert "1 Hidden Row" in client.get(f"{here}/from-word").text
    assert "1 Hidden Row" not in client.get(f"{here}/check").text
    empty = client.submit(f"{here}/from-word", {})
    assert (empty.status_code, "Tick what you have placed" in empty.text) == (422, True)
    for _ in range(2):
        assert client.submit(f"{here}/from-word", {"placed": car.id}).status_code == 303
    s.expire_all()
    assert [one.words for one in unplaced.of(s, row)] == ["1 Hidden Row"]
    assert "1 piece of the Word form to place" in client.get(f"{here}/check").text
    for who in (world.ben, world.dana, world.erin):
        assert as_user(client, world, who).get(f"{here}/from-word").status_code == 404
    as_user(client, world, world.amara)
    assert client.submit(f"{here}/submit", {}).status_code == 303
    s.expire_all()
    assert (row.status, row.unplaced_sealed) == (ReferralStatus.SUBMITTED, None)
    assert client.get(f"{here}/from-word").headers["location"] == here, "there is only its result to see"

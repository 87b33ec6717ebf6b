"""Those of an agency without an account: kept by who answers for it, and their homes shown to nobody."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from conferences.errors import NotAllowed, NotFound, Refused
from conferences.models import AuditEntry, Case, Employee
from conferences.permissions import Permission, may
from conferences.visibility import find, visible_to
from conferences.wall import colleagues, conflicts, pasting, staff, walls
from conferences.wall.colleagues import Colleague
from conferences.wall.staff import Home
from tests import after, make
from tests.make import World

ELM = Home("01632 960333", "14 Elm Road", "ZZ99 1AA", "ned@made-up.example")


def listed(world: World, name: str, home: Home | None = None) -> Employee:
    """Dana puts somebody on Housing's list, who is compared."""
    s, housing = world.session, world.agencies["HSG"]
    row = colleagues.add(s, world.dana, housing, Colleague(name, home or Home()), now=world.now)
    conflicts.look_at_colleagues(s, housing, now=world.now)
    return row


def shown(world: World, case: Case) -> list[tuple[str, str]]:
    return [(one.who, one.why) for one in walls.shown(world.session, case)[0]]


def on_list(world: World) -> list[tuple[str, tuple[str, ...]]]:
    found = colleagues.listed(world.session, world.dana, world.agencies["HSG"])
    return [(one.name, one.kept) for one in found]


def test_somebody_without_an_account_is_named_to_the_coordinator(world: World) -> None:
    before = make.sent_referral(world, perpetrator="Ned Sampleworth").case
    for _ in range(2):
        listed(world, "Edward Sampleworth")
    listed(world, " Mina  Alderoak ")
    later = make.sent_referral(world, perpetrator="Mina Alderoak").case
    for case, name in ((before, "Edward Sampleworth"), (later, "Mina Alderoak")):
        ((who, why),) = shown(world, case)
        assert who == name
        assert why.endswith("Works at Housing without an account")
        assert not walls.is_shut_out(case, world.agencies["HSG"])


@pytest.mark.parametrize(
    ("home", "why"),
    [
        (Home(phones="+44 7700 900123"), f"{conflicts.HOME}; Same telephone number"),
        (Home(line="14 Elm Rd", postcode="zz99 1aa"), f"{conflicts.HOME}; Same address"),
    ],
)
def test_the_home_of_a_colleague_is_compared_before_and_after(world: World, home: Home, why: str) -> None:
    before = make.sent_referral(world, address="14 Elm Road, ZZ99 1AA").case
    listed(world, "Otto Penrose", home)
    later = make.sent_referral(world, address="14 Elm Road, ZZ99 1AA").case
    expected = [("Otto Penrose", f"{why}; Works at Housing without an account")]
    assert (shown(world, before), shown(world, later)) == (expected, expected)


def test_the_mail_address_of_a_colleague_is_compared_before_and_after(world: World) -> None:
    before = after.mailed(world, "elsie@made-up.example")
    listed(world, "Otto Penrose", Home(mails="ELSIE@made-up.example"))
    later = after.mailed(world, "Elsie <elsie+home@made-up.example>")
    why = "Their mail address is one in this case; Works at Housing without an account"
    assert shown(world, before) == shown(world, later) == [("Otto Penrose", why)]


def test_a_home_is_kept_sealed_and_only_its_kind_is_said(world: World) -> None:
    row = listed(world, "Ned Sampleworth", ELM)
    assert on_list(world) == [("Ned Sampleworth", ("phones", "line", "postcode", "mails"))]
    s = world.session
    colleagues.change(s, world.dana, row, "Edward Sampleworth", None, now=world.now)
    assert on_list(world) == [("Edward Sampleworth", ("phones", "line", "postcode", "mails"))]
    colleagues.change(s, world.dana, row, "Edward Sampleworth", Home(phones="01632 960444"), now=world.now)
    assert on_list(world) == [("Edward Sampleworth", ("phones",))]
    s.flush()
    raw = str(s.execute(text("SELECT e::text, a::text FROM employee e, audit_entry a")).all())
    assert not any(word in raw for word in ("Sampleworth", "960444", "Elm"))


def test_whoever_left_is_compared_no_more_and_their_home_is_forgotten(world: World) -> None:
    s = world.session
    row = listed(world, "Ned Sampleworth", ELM)
    for _ in range(2):
        colleagues.end(s, world.dana, row, now=world.now)
    assert (on_list(world), row.phones_sealed, row.removed_by_id) == ([], None, world.dana.id)
    assert s.query(AuditEntry).filter_by(kind="colleague.ended").count() == 1
    assert shown(world, make.sent_referral(world, perpetrator="Ned Sampleworth").case) == []
    with pytest.raises(NotFound):
        find(s, world.dana, Employee, row.id)
    s.flush()
    with pytest.raises(IntegrityError, match="whoever_left_has_no_home"), s.begin_nested():
        s.execute(text("UPDATE employee SET mails_sealed = 'x'"))


def test_only_who_answers_for_the_agency_keeps_its_list(world: World) -> None:
    s, housing = world.session, world.agencies["HSG"]
    row = listed(world, "Ned Sampleworth")
    for user in (world.ben, world.chidi, world.noor, world.erin, world.amara):
        assert s.scalars(visible_to(user, Employee)).all() == []
        for verb in (
            lambda user=user: colleagues.listed(s, user, housing),
            lambda user=user: colleagues.add(s, user, housing, Colleague("Orla"), now=world.now),
            lambda user=user: colleagues.change(s, user, row, "Orla", None, now=world.now),
            lambda user=user: colleagues.end(s, user, row, now=world.now),
            lambda user=user: colleagues.bring(s, user, housing, [Colleague("Orla")], now=world.now),
        ):
            with pytest.raises(NotAllowed):
                verb()
    for user in (world.dana, world.ada):
        assert s.scalars(visible_to(user, Employee)).one() is row
    assert not may(world.amara, Permission.NAME_COLLEAGUES, world.agencies["EDU"])  # a frontline worker
    assert not may(world.erin, Permission.NAME_COLLEAGUES, world.agencies["CNL"])
    assert [one.id for one in colleagues.agencies(s, world.dana)] == [housing.id]


def test_the_administrator_of_one_area_keeps_no_list_of_another(world: World) -> None:
    elsewhere = world.erin.agency
    assert elsewhere is not None
    assert not may(world.ada, Permission.NAME_COLLEAGUES, elsewhere)
    assert {one.area_id for one in colleagues.agencies(world.session, world.ada)} == {world.area.id}


def test_two_of_one_name_have_to_be_told_apart(world: World) -> None:
    listed(world, "Ned Sampleworth", ELM)
    listed(world, "ned sampleworth", ELM)
    other = listed(world, "Ned P Sampleworth")
    assert len(on_list(world)) == 2
    with pytest.raises(Refused, match="on the list"):
        listed(world, "Ned Sampleworth", Home(phones="01632 960444"))
    with pytest.raises(Refused, match="on the list"):
        colleagues.change(world.session, world.dana, other, "Ned Sampleworth", None, now=world.now)


def test_many_are_brought_at_once_and_twice_changes_nothing(world: World) -> None:
    s, housing = world.session, world.agencies["HSG"]
    listed(world, "Ned Sampleworth", Home(phones="01632 960555"))
    words = "ned sampleworth\tned@made-up.example\nMina Alderoak\n\nOrla Penrose"
    for expected in (2, 0):
        assert colleagues.bring(s, world.dana, housing, pasting.read(words), now=world.now) == expected
    assert on_list(world) == [("Mina Alderoak", ()), ("Ned Sampleworth", ("mails",)), ("Orla Penrose", ())]
    assert s.query(AuditEntry).filter_by(kind="colleague.changed").count() == 1
    with pytest.raises(Refused, match="there twice"):
        colleagues.bring(s, world.dana, housing, pasting.read("Pat\n pat "), now=world.now)


def test_five_hundred_are_enough(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(colleagues, "MOST", 2)
    for name in ("Ned", "Mina"):
        listed(world, name)
    with pytest.raises(Refused, match="500 names"):
        listed(world, "Orla")


@pytest.mark.parametrize(
    ("line", "home"),
    [
        ("Ned Sampleworth", Home()),
        (
            "Ned Sampleworth,01632 960333,ned@made-up.example",
            Home(phones="01632 960333", mails="ned@made-up.example"),
        ),
        ("Ned Sampleworth\tHousing officer\t14 Elm Road\tZZ99 1AA", Home(None, "14 Elm Road", "ZZ99 1AA")),
        ('Ned Sampleworth;"14 Elm Road, ZZ99 1AA"', Home(None, "14 Elm Road, ZZ99 1AA", "ZZ99 1AA")),
        ("Ned Sampleworth\tRose Cottage\tzz991aa", Home(None, "Rose Cottage", "ZZ99 1AA")),
        ("Ned Sampleworth\t01632 960333\t+44 7700 900123", Home("01632 960333\n+44 7700 900123")),
    ],
)
def test_a_line_of_a_spreadsheet_is_read_by_how_its_cells_look(line: str, home: Home) -> None:
    assert pasting.read(line) == [Colleague("Ned Sampleworth", home)]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("", "at least one name"),
        ("Ned\n" * 501, "at most 500"),
        ("Mina\n07700 900123\tNed", "Line 2 does not begin with a name."),
        ("ned@made-up.example", "Line 1 does not begin with a name."),
        ("Ned\t14 Elm Road", "Line 1: Write the postcode too."),
        ('Mina\n"Ned', "Ned"),
    ],
)
def test_a_line_that_could_never_be_compared_is_named(words: str, sentence: str) -> None:
    if sentence == "Ned":  # a quotation mark that is never closed is a letter of the name
        assert [one.name for one in pasting.read(words)] == ["Mina", "Ned"]
        return
    with pytest.raises(Refused, match=sentence):
        pasting.read(words)


def test_every_list_that_names_somebody_is_compared_again(world: World) -> None:
    s, police = world.session, world.agencies["POL"]
    gone = listed(world, "Ned Sampleworth")
    colleagues.add(s, world.ada, police, Colleague("Mina Alderoak"), now=world.now)
    colleagues.end(s, world.dana, gone, now=world.now)
    assert colleagues.lists(s) == [(police.id, world.ada.id)]
    everybody = staff.with_a_place(s)
    assert {world.dana.id, world.erin.id} <= set(everybody)
    assert len(everybody) == len(set(everybody))

"""A register in memory: found by the keys the database keeps, and few of those found are strangers."""

from conferences.matching import Facts, Register
from conferences.matching.lines import read_back, stored

PEOPLE = {
    "lena": Facts("Lena Ainsworth", born="1991-03-12", phones=("07700 900123",), sex="F"),
    "kasia": Facts("Katarzyna Nowak", born="1984-11-02", former_names=("Wójcik",)),
    "wei": Facts("Zhang Wei", born="1979-06-30", address_lines=("12 Elm Road",), postcodes=("ZZ99 1AA",)),
    "tunde": Facts("Babatunde Adeyemi", born="1991-03-12", aliases=("Tunde",)),
    "sadie": Facts("Sadie Ó Súilleabháin", born="2001", sex="F"),
}


def register() -> Register[str]:
    """Everyone above."""
    held: Register[str] = Register(read_back)
    for id_, facts in PEOPLE.items():
        held.add(id_, stored(facts), facts)
    return held


def found(asked: Facts) -> list[str]:
    """Who is shown for a question."""
    return [one.id for one in register().find(asked)]


def test_everyone_is_found_by_their_own_record() -> None:
    assert {id_: found(facts) for id_, facts in PEOPLE.items()} == {id_: [id_] for id_ in PEOPLE}


def test_a_record_comes_back_as_it_was_stored() -> None:
    assert [read_back(stored(facts)) for facts in PEOPLE.values()] == list(PEOPLE.values())


def test_one_is_found_by_another_spelling_and_a_swapped_date() -> None:
    assert found(Facts("Leena Ainsworth", born="1991-12-03")) == ["lena"]
    assert found(Facts("Kasia Wojcik", born="1984-11-02")) == ["kasia"]
    assert found(Facts("张伟", born="1979-06-30")) == ["wei"]
    assert found(Facts("ADEYEMI, Tunde", born="1992-03-12")) == ["tunde"]
    assert found(Facts("Sadie O'Sullivan", born="2001-05-06")) == ["sadie"]


def test_nobody_is_found_for_a_stranger_or_in_an_empty_register() -> None:
    assert found(Facts("Ruth Osei", born="1991-03-12")) == []
    empty: Register[str] = Register(read_back)
    assert empty.find(PEOPLE["lena"]) == []


def test_people_may_be_added_after_asking() -> None:
    held = register()
    assert held.find(Facts("Ruth Osei", born="1991-03-12")) == []
    held.add("ruth", stored(Facts("Ruth Osei", born="1991-03-12")), Facts("Ruth Osei", born="1991-03-12"))
    assert [one.id for one in held.find(Facts("Ruth Osei", born="1991-03-12"))] == ["ruth"]


def test_namesakes_of_other_dates_do_not_crowd_out_the_one_who_married() -> None:
    held = register()
    for number in range(200):
        namesake = Facts(
            "Lena Brayshaw", born=f"{1989 + number % 5}-{5 + number % 8:02d}-{14 + number % 9:02d}"
        )
        held.add(f"namesake {number}", stored(namesake), namesake)
    asked = Facts("Lena Brayshaw", born="1991-03-12", phones=("07700 900123",), sex="F")
    assert [one.id for one in held.find(asked)] == ["lena"]

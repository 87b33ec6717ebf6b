"""How people of England and Wales are written down in an office: who is one person, and who is not."""

import pytest

from conferences.matching import Facts, Register, choose, keys, reaching

BORN = "1986-03-17"
HOME = {"phones": ("01632 960123",), "address_lines": ("12 Elm Road",), "postcodes": ("ZZ99 1AA",)}


def who(name: str, born: str | None = BORN, **more: object) -> Facts:
    """A person of this name."""
    return Facts(name=name, born=born, **more)  # type: ignore[arg-type]


def offered(one: Facts, other: Facts) -> bool:
    """Whether a worker would be shown the one for the other, whichever of them came first."""
    there, back = choose(one, [("held", other)]), choose(other, [("held", one)])
    assert bool(there) == bool(back)
    return bool(there)


# Each line: as typed, as held. Typed on a phone, read by a machine from paper, said at a counter.
ONE_PERSON = """
Stephanie Hargreavrs | Stephanie Hargreaves
Dnaielle Rowbottom | Danielle Rowbottom
Michele Thackery | Michelle Thackray
Gi11ian Clegg | Gillian Clegg
VVarren Bames | Warren Barnes
Kayleigh Dunhill | Kayleigh Dunnill
Peggy Hepworth | Margaret Hepworth
Kit Beaumont | Christopher Beaumont
Tez Balmforth | Terence Balmforth
Cindy Boswell | Cinderella Boswell
Lorraine Swift-Barker | Lorraine Swift
Imogen Lane-Fox | Imogen Fox-Lane
Annemarie Gledhill | Anne Marie Gledhill
Louise Quarmby | Mary Louise Quarmby
THOMAS Grace | Grace Thomas
Kathryn Reed | Catherine Reid
Sinead Callaghan | Sinead O'Callaghan
Padraig MacDonagh | Padraig McDonagh
Eefa Doyle | Aoife Doyle
John O'Sullivan | Sean Ó Súilleabháin
Patrick Walsh | Pádraig Breathnach
Biddy Maughan | Bridget Mongan
Ellen Docherty | Helen Doherty
Huw Price | Huw ap Rhys
Nia Dafydd | Nia ferch Dafydd
Catherine Hughes | Catrin Huws
Luned Fychan | Eluned Vaughan
Harpreet Kaur Gill | Harpreet Kaur
Fatima Khatun | Fatema Khatun
Mohammed Shafiqul Islam | Md Shafiqul Islam
Nurjahan Choudhury | Noor Jahan Chowdhury
Laxmi Aiyar | Lakshmi Iyer
Mina Sharma | मीना शर्मा
Leila Almasri | Layla al-Masri
Khaled Saeed Mansouri | Khalid bin Saeed Al Mansoori
Kareem Haddad | Abdul Kareem Haddad
Abdelkader Benali | Abd el-Kader Benali
Husayn Jabir | Hussein Jaber
Seun Adebayo | Oluwaseun Adebayo
Ebele Nnamdi | Grace Ebele Nnamdi
Adesola Osunbowale | Adéṣọlá Ọ̀ṣúnbọ̀wálé
Kobina Agyemang | Kwabena Agyeman
Fatoumata Jalloh | Fatou Jallow
Cabdiraxmaan Xasan Faarax | Abdirahman Hassan Farah
Hodan Mohamed | Hodan Mohamed Ali
Bisrat Weldemikael | Bisrat Woldemichael
Agnieszka Wisniewski | Agnieszka Wiśniewska
Gosia Zajac | Małgorzata Zając
Jana Novak | Jana Nováková
Nikolai Grigorenko | Mykola Hryhorenko
Natalia Melnyk | Наталія Мельник
Rasa Kazlauskas | Rasa Kazlauskienė
George Lacatus | Gheorghe Lăcătuș
Meihua Li | Li Mei Hua
Chang Hsiu-ying | Zhang Xiuying
Huang Meiling | Wong Mei Ling
Huong Nguyen | Nguyễn Thị Hương
Maria Santos | Maria João Ferreira dos Santos
Hatije Chelik | Hatice Çelik
"""

# Each line: two people of one household, one hostel or one name, born on the days that are given.
TWO_PEOPLE = """
Hodan Farah Hassan 1988-04-02 | Liban Farah Hassan 1988-04-02
Feven Tekle Yohannes 1990-01-01 | Senait Tekle Yohannes 1990-01-01
Fernanda Pereira Silva 1984-05-09 | Luciana Pereira Silva 1987-02-11
Abdirahman Samatar Osman 1979-08-11 | Bashir Abdirahman Samatar 1979-08-16
Ladan Osman Samatar 1979-08-11 | Halima Samatar Osman 1979-08-11
Jasbir Singh Gill 1970-01-20 | Jasbir Kaur Gill 1973-06-12
Phan Van Hieu 1984-02-03 | Phan Thi Ha 1984-02-03
Jade Holmes 1996-04-12 | Jasmine Holmes 1996-04-12
Amy Shaw 1992-05-19 | Emma Shaw 1992-05-19
Leanne Marsh 1990-06-14 | Leah Marsh 1992-06-14
Ian Redstead 2002-06-09 | John Redstead 2002-06-09
Michael Garvey 1962-04-08 | Michael Garvey 1986-10-21
Karl Brook 1984-07-12 | Carla Brook 1986-02-02
Hasan Ali 1998-05-05 | Husain Ali 1998-05-05
Taiwo Adeyemi 1991-02-02 | Kehinde Adeyemi 1991-02-02
Mercy Nwosu 1984-04-02 | A Nwosu 1984-04-02
Samuel Tesfay 1997-01-01 | Simon Tesfalem 1995-01-01
Chan Ka Wai 1990-05-05 | Chan Ka Wing 1992-07-21
Oleksandr Bondarenko 1985-04-13 | Oleksandra Bondarenko 1988-01-30
"""


def _lines(table: str) -> list[tuple[str, str]]:
    return [
        (one.strip(), other.strip())
        for one, _, other in (line.partition("|") for line in table.split("\n") if line)
    ]


@pytest.mark.parametrize(("typed", "held"), _lines(ONE_PERSON))
def test_one_person_of_one_birthday_is_offered_however_the_name_is_put(typed: str, held: str) -> None:
    asked, kept = who(typed), who(held)
    assert offered(asked, kept)
    assert keys(asked, asking=True) & keys(kept)


@pytest.mark.parametrize(("one", "other"), _lines(TWO_PEOPLE))
def test_two_people_of_one_home_and_telephone_are_not_offered_as_one(one: str, other: str) -> None:
    (name, _, born), (other_name, _, other_born) = one.rpartition(" "), other.rpartition(" ")
    assert not offered(who(name, born, **HOME), who(other_name, other_born, **HOME))


def test_namesakes_of_one_street_are_two_people_and_one_home_or_telephone_speaks_for_a_wrong_date() -> None:
    street = {"postcodes": ("ZZ99 1AA",)}
    one, other = who("Orla Fenwright", "1990-02-14", **street), who("Orla Fenwright", "1993-08-28", **street)
    assert not offered(one, other)
    assert offered(who("Orla Fenwright", "1990-02-14", **HOME), who("Orla Fenwright", "1993-08-28", **HOME))


def test_a_name_chosen_in_english_needs_the_birthday_and_one_thing_more() -> None:
    jimmy, chi_ming = (who(name, phones=("07700 900115",)) for name in ("Jimmy Cheung", "Cheung Chi Ming"))
    assert offered(jimmy, chi_ming)
    assert not offered(who("Jimmy Cheung"), who("Cheung Chi Ming"))
    assert not offered(who("Jimmy Cheung", None, **HOME), who("Cheung Chi Ming", None, **HOME))
    assert not offered(who("Jimmy Cheung", **HOME), who("Tommy Cheung", **HOME))


def test_two_slips_in_a_surname_are_not_forgiven_where_only_an_age_speaks() -> None:
    assert offered(who("Trevor Sutley"), who("Trevor Tatley"))
    assert not offered(who("Trevor Sutley", "1986"), who("Trevor Tatley", "1986"))


@pytest.mark.parametrize(
    "typed",
    ["01632 960123 ext 2", "(01632) 960123 x12", "01632 960123 extn. 5", "+44 1632 960123 (ext 40)"],
)  # fmt: skip
def test_an_extension_is_no_part_of_the_number(typed: str) -> None:
    assert reaching.phone(typed) == "01632960123"


def test_of_many_namesakes_only_those_are_compared_whose_birthday_or_telephone_can_be_meant() -> None:
    held: Register[str] = Register(lambda record: people[record.decode()])
    people = {
        f"other {day}": who("Sarah Taylor", f"1970-{day % 12 + 1:02d}-{day % 28 + 1:02d}")
        for day in range(200)
    }
    people["swapped"] = who("Sarah Taylor", "1986-06-05")
    people["wrong date, same telephone"] = who("Sarah Taylor", "1989-11-30", phones=("07700 900123",))
    for ident, facts in people.items():
        held.add(ident, ident.encode(), facts)
    found = held.find(who("Sarah Taylor", "1986-05-06", phones=("07700 900123",)))
    assert {candidate.id for candidate in found} == {"swapped", "wrong date, same telephone"}

"""People as they truly are, before anybody writes anything down."""

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tests.matching.world.stock import Stock, stock

TODAY = date(2026, 11, 23)
WESTERN_MIDDLE = {"english": 0.35, "gaelic": 0.3, "welsh": 0.3, "polish": 0.2, "west_african": 0.35}
# What a woman is called after, and the name a brother of hers bears.
OF_WOMEN = {"Kaur": "Singh", "Begum": "Ahmed", "Bibi": "Hussain", "Khatun": "Miah", "Sultana": "Sultan"}
OF_WOMEN |= {"Parveen": "Ali", "Nessa": "Uddin", "Nahar": "Islam", "Jahan": "Rahman", "Banu": "Shah"}
OF_WOMEN |= {"Ara": "Haque", "Khanam": "Khan"}
STREETS = ("Larch", "Mill", "Station", "Quarry", "Heron", "Orchard", "Foundry", "Chapel", "Weir", "Saddler")
STREETS += ("Tanner", "Bramble", "Kestrel", "Viaduct", "Cooper", "Linden", "Gasworks", "Friary", "Drover")
WAYS = ("Road", "Street", "Lane", "Close", "Avenue", "Court", "Terrace", "Drive", "Row", "Gardens")


@dataclass(frozen=True, slots=True)
class Name:
    """The parts of a name; `before` is what many brothers share, as Mohammed."""

    first: str
    last: str
    middle: str = ""
    before: str = ""
    surname_first: bool = False

    def full(self) -> str:
        """The name as its bearer writes it."""
        given = " ".join(part for part in (self.before, self.first, self.middle) if part)
        return f"{self.last} {given}" if self.surname_first else f"{given} {self.last}"


@dataclass(frozen=True, slots=True)
class Home:
    """Where people live together, and the telephone they share if they do."""

    line: str
    postcode: str
    phone: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody: names, day of birth, telephone and home."""

    group: str
    sex: str
    name: Name
    born: date
    phone: str
    home: Home

    @property
    def stock(self) -> Stock:
        """The names of the tradition this person's name is of."""
        return stock(self.group)

    def called(self, **parts: object) -> "Person":
        """The same person under a name with other parts."""
        return replace(self, name=replace(self.name, **parts))  # type: ignore[arg-type]


def sex(chance: random.Random) -> str:
    """Female more often than not, as in the rooms these registers serve."""
    return "female" if chance.random() < 0.6 else "male"


def phone(chance: random.Random) -> str:
    """A number from a range no operator has: a million of them differ and nobody's telephone rings."""
    return f"06{chance.randrange(10**9):09d}"


def home(chance: random.Random) -> Home:
    """A home in a postcode area that does not exist."""
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    inward = f"{chance.randrange(10)}{chance.choice(letters)}{chance.choice(letters)}"
    line = f"{chance.randint(1, 180)} {chance.choice(STREETS)} {chance.choice(WAYS)}"
    return Home(line, f"ZZ{chance.randint(10, 99)} {inward}", phone(chance))


def born(chance: random.Random, youngest: int = 16, oldest: int = 82) -> date:
    """A day of birth, younger adults more often; ages in years."""
    age = youngest + (oldest - youngest) * chance.random() ** 1.2
    return TODAY - timedelta(days=int(age * 365.25))


def surname_of(sex: str, last: str) -> str:
    """A family's name as a woman or a man of it bears it."""
    if sex == "female":
        last = {"Singh": "Kaur"}.get(last, last)
        return f"{last[:-1]}a" if last.endswith(("ski", "cki", "sky")) else last
    if last in OF_WOMEN:
        return OF_WOMEN[last]
    return f"{last[:-1]}i" if last.endswith(("ska", "cka")) else last


def borne_by_women(last: str) -> bool:
    """Whether a surname has the form only a daughter bears: Ní Mhurchú, NicLeòid."""
    return last.startswith(("Ní ", "Nic ")) or (last.startswith("Nic") and last[3:4].isupper())


def named(chance: random.Random, group: str, sex: str, last: str | None = None) -> Name:
    """A name as the tradition gives it, in the family of that name if one is given."""
    names = stock(group)
    first = names.forenames(sex).draw(chance)
    last = surname_of(sex, last or names.surnames.draw(chance))
    key = "women" if sex == "female" else "men"
    middle, before = "", ""
    if group == "south_asian_muslim":
        if sex == "female" and chance.random() < 0.35:
            last = chance.choice(names.parts["endings_women"])
        if chance.random() < (0.12 if sex == "female" else 0.4) and first != "Mohammed":
            before = chance.choice(names.parts[f"beginnings_{key}"])
    elif group == "sikh_hindu" and last not in ("Singh", "Kaur") and chance.random() < 0.45:
        middle = chance.choice(names.parts[f"middle_{key}"])
    elif group == "arabic" and chance.random() < 0.45:
        middle = names.men.draw(chance)
    elif chance.random() < WESTERN_MIDDLE.get(group, 0):
        middle = names.forenames(sex).draw(chance)
    if middle == first:
        middle = ""
    return Name(first, last, middle, before, group == "chinese" and chance.random() < 0.5)


def person(
    chance: random.Random,
    group: str,
    *,
    sex_of: str | None = None,
    last: str | None = None,
    day: date | None = None,
    lives: Home | None = None,
) -> Person:
    """Somebody of the tradition, with what is given and the rest by chance."""
    which = sex_of or sex(chance)
    lives = lives or home(chance)
    number = lives.phone if chance.random() < 0.4 else phone(chance)
    return Person(group, which, named(chance, group, which, last), day or born(chance), number, lives)

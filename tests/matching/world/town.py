"""The town: who is on its register, in which households, and how well each was written down."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from tests.matching.world.lines import Record
from tests.matching.world.persons import Home, Person, home, person
from tests.matching.world.stock import SHARES

DOB, PHONE, HOME = "dob", "phone", "home"
EVERYTHING = frozenset((DOB, PHONE, HOME))


class Town:
    """A register that grows, one person or one household at a time."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.records: list[Record] = []

    def enter(
        self,
        someone: Person,
        *,
        keep: frozenset[str] = frozenset(),
        name: str | None = None,
        aliases: tuple[str, ...] = (),
        former: tuple[str, ...] = (),
        dob: str | None = None,
    ) -> str:
        """Writes somebody down, some of it missing unless it is to be kept, and returns the record's id."""
        chance = self.chance
        number = someone.phone if PHONE in keep or chance.random() < 0.65 else None
        housed = HOME in keep or chance.random() < 0.75
        day = dob if dob is not None else self.day(someone.born, DOB in keep)
        self.records.append(
            Record(
                id=f"p{len(self.records):07d}",
                name=name or someone.name.full(),
                aliases=aliases,
                former_names=former,
                dob=day or None,
                phone=number,
                postcode=someone.home.postcode if housed else None,
                address_line=someone.home.line if housed else None,
                sex=someone.sex,
            )
        )
        return self.records[-1].id

    def day(self, day: date, keep: bool) -> str:
        """A day of birth as it was taken down: nine times of ten in full."""
        drawn = 0.0 if keep else self.chance.random()
        if drawn < 0.9:
            return day.isoformat()
        return day.isoformat()[: 7 if drawn < 0.93 else 4] if drawn < 0.96 else ""

    def group(self) -> str:
        """A tradition, as often as it is met in the register."""
        return self.chance.choices(list(SHARES), list(SHARES.values()))[0]

    def fill(self, people: int) -> None:
        """Fills the register with households until it holds so many people."""
        while len(self.records) < people:
            for someone in household(self.chance, self.group()):
                if len(self.records) < people:
                    self.enter(someone, **self._habits(someone))

    def _habits(self, someone: Person) -> dict[str, object]:  # the odd alias, former name or script
        chance = self.chance
        drawn = chance.random()
        names = someone.stock
        if drawn < 0.06:
            other = names.nicknames.get(someone.name.first) or (names.forenames(someone.sex).draw(chance),)
            return {"aliases": (f"{chance.choice(other)} {someone.name.last}",)}
        if drawn < 0.16 and someone.sex == "female":
            before = someone.called(last=names.surnames.draw(chance))
            return {"former": (before.name.full(),)}
        if drawn > 0.9:
            return {"name": written(someone) or someone.name.full()}
        return {}


def written(someone: Person) -> str | None:
    """The name in its own script, where the tables know it."""
    scripts = someone.stock.scripts
    first, last = scripts.get(someone.name.first), scripts.get(someone.name.last)
    if not first or not last:
        return None
    return last + first if someone.group == "chinese" else f"{first} {last}"


def household(chance: random.Random, group: str) -> Iterator[Person]:
    """People living together: alone, as a couple, as a family, or forty in a hostel."""
    drawn = chance.random()
    lives = home(chance)
    if drawn < 0.0012:
        for _ in range(chance.randint(20, 60)):
            mate = person(chance, chance.choice((group, *SHARES)), lives=lives)
            yield Person(mate.group, mate.sex, mate.name, mate.born, lives.phone, lives)
        return
    head = person(chance, group, lives=lives)
    yield head
    if drawn < 0.5:
        return
    partner_sex = "male" if head.sex == "female" else "female"
    last = head.name.last if chance.random() < 0.6 else None
    near = head.born + timedelta(days=chance.randint(-2500, 2500))
    yield person(chance, group, sex_of=partner_sex, last=last, day=near, lives=lives)
    if drawn > 0.75:
        yield from children(chance, head, lives)


def children(chance: random.Random, parent: Person, lives: Home) -> Iterator[Person]:
    """One to three children, sometimes twins, sometimes a son with his father's name."""
    years = chance.randint(19, 38)
    for number in range(chance.randint(1, 3)):
        day = parent.born + timedelta(days=int((years + 2 * number) * 365.25) + chance.randrange(300))
        if day > date(2024, 12, 31):
            return
        child = person(chance, parent.group, last=parent.name.last, day=day, lives=lives)
        if parent.sex == child.sex == "male" and chance.random() < 0.08:
            child = Person(child.group, child.sex, parent.name, day, child.phone, lives)
        yield child
        if chance.random() < 0.03:
            yield person(chance, parent.group, last=parent.name.last, day=day, lives=lives)


def plainly_named(chance: random.Random, group: str, **given: object) -> Person:
    """Somebody whose surname no reader takes for a forename, in whatever order the two are written."""
    while True:
        someone = person(chance, group, **given)  # type: ignore[arg-type]
        names = someone.stock
        both = {*names.women.names, *names.men.names} & set(names.surnames.names)
        if not (group == "chinese" and someone.name.last in both):
            return someone


def unlike(chance: random.Random, someone: Person, **given: object) -> Person:
    """Another person of the family, none of whose given names can be taken for this one's."""
    one = someone.name
    for _ in range(500):
        made = person(chance, someone.group, last=one.last, **given)  # type: ignore[arg-type]
        other = made.name
        pairs = ((one.first, other.first), (one.first, other.middle), (one.middle, other.first))
        if not any(a and b and someone.stock.may_be_one(a, b) for a, b in pairs):
            return made
    raise ValueError(f"every forename is like {one.first}")

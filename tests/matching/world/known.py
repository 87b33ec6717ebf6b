"""Questions about people on the register: slips, dates, households where the right one must be told apart."""

from collections.abc import Callable

from tests.matching.world import slips
from tests.matching.world.asking import agreeing, ask, modes
from tests.matching.world.lines import Query, Question
from tests.matching.world.persons import Name, Person, born, person
from tests.matching.world.town import DOB, EVERYTHING, HOME, Town, plainly_named, unlike

Kind = Callable[[Town, str], Question]
DATED = frozenset((DOB,))


def about(query: Query, kind: str, group: str, expected: str, forbidden: tuple[str, ...] = ()) -> Question:
    """A question that one record answers."""
    return Question(query, kind, group, expected, forbidden)


def short(someone: Person) -> bool:
    """Whether the name is so short that a slip in it needs something else that agrees."""
    words = (someone.name.first, someone.name.last)
    return max(len(slips.plain(word)) for word in words) < 5


def slipped(town: Town, someone: Person, count: int) -> str:
    """The name with so many slips, none of which makes it another name: Rakesh for Ramesh is his brother."""
    names = someone.stock
    known = {*names.women.names, *names.men.names, *names.surnames.names}
    for _ in range(100):
        typed = slips.misspell_name(town.chance, someone.name.full(), count)
        if not set(typed.split()) & known - set(someone.name.full().split()):
            return typed
    return typed


def misspelled(town: Town, group: str, count: int, kind: str) -> Question:
    """A name with so many slips, and the day of birth."""
    someone = person(town.chance, group)
    told = modes(town.chance, "one" if short(someone) else "")
    typed = slipped(town, someone, count)
    ident = town.enter(someone, keep=DATED | agreeing(told))
    return about(ask(town.chance, someone, told, name=typed), kind, group, ident)


def one_typo(town: Town, group: str) -> Question:
    """One slip in the name."""
    return misspelled(town, group, 1, "one typo")


def two_typos(town: Town, group: str) -> Question:
    """Two slips in the name."""
    return misspelled(town, group, 2, "two typos")


def swapped_day(town: Town, group: str) -> Question:
    """Day and month taken for each other."""
    someone = _swappable(town, group)
    told = modes(town.chance)
    ident = town.enter(someone, keep=DATED | agreeing(told))
    day = slips.swapped(someone.born).isoformat()
    return about(ask(town.chance, someone, told, dob=day), "swapped day and month", group, ident)


def _swappable(town: Town, group: str) -> Person:
    while True:
        someone = person(town.chance, group)
        if slips.can_swap(someone.born):
            return someone


def wrong_year(town: Town, group: str) -> Question:
    """A slip in the year of birth."""
    someone = person(town.chance, group)
    told = modes(town.chance)
    ident = town.enter(someone, keep=DATED | agreeing(told))
    day = slips.slipped_year(town.chance, someone.born).isoformat()
    return about(ask(town.chance, someone, told, dob=day), "slip in the year", group, ident)


def partial_date(town: Town, group: str) -> Question:
    """Only the month or the year of birth is known on one side; telephone or home agrees."""
    someone = person(town.chance, group)
    told = modes(town.chance, "one")
    less = someone.born.isoformat()[: town.chance.choice((4, 7))]
    if town.chance.random() < 0.5:
        ident = town.enter(someone, keep=EVERYTHING, dob=less)
        query = ask(town.chance, someone, told)
    else:
        ident = town.enter(someone, keep=EVERYTHING)
        query = ask(town.chance, someone, told, dob=less)
    return about(query, "partial date of birth", group, ident)


def only_age(town: Town, group: str) -> Question:
    """An age instead of a day of birth; telephone or home agrees."""
    someone = person(town.chance, group)
    told = modes(town.chance, "one")
    ident = town.enter(someone, keep=EVERYTHING)
    return about(ask(town.chance, someone, told, aged=True), "age only", group, ident)


def no_date(town: Town, group: str) -> Question:
    """No day of birth on one side; telephone or home agrees."""
    someone = person(town.chance, group)
    told = modes(town.chance, "one")
    if town.chance.random() < 0.5:
        ident = town.enter(someone, keep=EVERYTHING, dob="")
        query = ask(town.chance, someone, told)
    else:
        ident = town.enter(someone, keep=EVERYTHING)
        query = ask(town.chance, someone, told, undated=True)
    return about(query, "no date of birth", group, ident)


def initials(town: Town, group: str) -> Question:
    """Initials with the exact day of birth: J. Smith, or J.S. with something else that agrees."""
    someone = person(town.chance, group)
    name = someone.name
    given = [word[0] for word in (name.before, name.first, name.middle) if word]
    if town.chance.random() < 0.6 or not name.last.isalpha():
        typed = (
            f"{'. '.join(given)}. {name.last}"
            if town.chance.random() < 0.5
            else f"{name.first[0]} {name.last}"
        )
        told = modes(town.chance)
    else:
        letters = [*given, name.last[0]]
        typed = town.chance.choice((".".join(letters) + ".", "".join(letters), " ".join(letters)))
        told = modes(town.chance, "one")
    ident = town.enter(someone, keep=DATED | agreeing(told))
    return about(ask(town.chance, someone, told, name=typed), "initials", group, ident)


def twin_sex(town: Town, someone: Person) -> str | None:
    """Two twins of three are of one sex."""
    return someone.sex if town.chance.random() < 0.4 else None


def one_of_twins(town: Town, group: str) -> Question:
    """Both twins are on the register; one of them is asked for."""
    someone = plainly_named(town.chance, group)
    twin = unlike(town.chance, someone, sex_of=twin_sex(town, someone), day=someone.born, lives=someone.home)
    told = modes(town.chance)
    ident = town.enter(someone, keep=DATED | agreeing(told))
    other = town.enter(twin, keep=DATED)
    return about(ask(town.chance, someone, told), "one of twins", group, ident, (other,))


def father_or_son(town: Town, group: str) -> Question:
    """Father and son of one name are both on the register; one of them is asked for."""
    father, son = namesakes(town, group)
    asked, other = (father, son) if town.chance.random() < 0.5 else (son, father)
    told = modes(town.chance)
    ident = town.enter(asked, keep=DATED | agreeing(told))
    forbidden = town.enter(other, keep=DATED)
    query = ask(town.chance, asked, told, aged=town.chance.random() < 0.15 and HOME in agreeing(told))
    return about(query, "father or son", group, ident, (forbidden,))


def namesakes(town: Town, group: str) -> tuple[Person, Person]:
    """A father and a son of the same name, nineteen to forty years apart."""
    father = person(town.chance, group, sex_of="male", day=born(town.chance, 42, 80))
    while True:
        day = born(town.chance, 1, 60)
        years = day.year - father.born.year
        if 19 <= years <= 40 and slips.clearly_apart(day, father.born):
            break
    number = father.home.phone if town.chance.random() < 0.5 else father.phone
    return father, Person(group, "male", father.name, day, number, father.home)


def family_member(town: Town, group: str) -> Question:
    """A household is on the register; one of it is asked for, his telephone and home agree."""
    someone = plainly_named(town.chance, group)
    told = modes(town.chance, "both")
    ident = town.enter(someone, keep=DATED | agreeing(told))
    others = []
    for _ in range(town.chance.randint(1, 3)):
        other = unlike(town.chance, someone, lives=someone.home)
        if slips.clearly_apart(other.born, someone.born):
            others.append(town.enter(other, keep=DATED))
    return about(ask(town.chance, someone, told), "one of a household", group, ident, tuple(others))


def one_of_namesakes(town: Town, group: str) -> Question:
    """Two or three of one name are on the register, born on other days; one of them is asked for."""
    someone = person(town.chance, group)
    told = modes(town.chance)
    ident = town.enter(someone, keep=DATED | agreeing(told))
    others: list[str] = []
    for _ in range(town.chance.randint(1, 2)):
        other = person(town.chance, group, sex_of=someone.sex)
        if slips.clearly_apart(other.born, someone.born):
            other = Person(group, other.sex, someone.name, other.born, other.phone, other.home)
            others.append(town.enter(other, keep=DATED))
    return about(ask(town.chance, someone, told), "one of namesakes", group, ident, tuple(others))


def one_of_a_hostel(town: Town, group: str) -> Question:
    """A hostel under one telephone is on the register; one who lives there is asked for, with a slip."""
    chance = town.chance
    someone = plainly_named(chance, group)
    someone = Person(group, someone.sex, someone.name, someone.born, someone.home.phone, someone.home)
    ident = town.enter(someone, keep=EVERYTHING)
    mates = []
    for _ in range(chance.randint(4, 15)):
        mate = unlike(chance, someone, lives=someone.home)
        mate = Person(group, mate.sex, mate.name, mate.born, someone.phone, someone.home)
        if chance.random() < 0.7:
            mate = mate.called(last=mate.stock.surnames.draw(chance))
        if slips.clearly_apart(mate.born, someone.born):
            mates.append(town.enter(mate, keep=EVERYTHING))
    typed = someone.name.full() if short(someone) else slipped(town, someone, 1)
    query = ask(chance, someone, modes(chance, "both"), name=typed)
    return about(query, "one of a hostel", group, ident, tuple(mates))


def two_slips_apart(town: Town, group: str) -> Question:
    """A typo in the name and day and month taken for each other; telephone or home agrees."""
    someone = _swappable(town, group)
    told = modes(town.chance, "one")
    ident = town.enter(someone, keep=DATED | agreeing(told))
    typed = slipped(town, someone, 1)
    query = ask(town.chance, someone, told, name=typed, dob=slips.swapped(someone.born).isoformat())
    return about(query, "typo and swapped date", group, ident)


def other_order(town: Town, group: str) -> Question:
    """Surname and forename in the other order, sometimes with a comma."""
    someone = person(town.chance, group)
    name, told = someone.name, modes(town.chance)
    given = " ".join(part for part in (name.before, name.first, name.middle) if part)
    swapped = f"{given} {name.last}" if name.surname_first else f"{name.last} {given}"
    if not name.surname_first and town.chance.random() < 0.5:
        swapped = f"{name.last}, {given}"
    ident = town.enter(someone, keep=DATED | agreeing(told))
    return about(ask(town.chance, someone, told, name=swapped), "order swapped", group, ident)


def missing_middle(town: Town, group: str) -> Question:
    """A middle name, or the Mohammed before a name, that only one side has."""
    someone = person(town.chance, group)
    while not (someone.name.middle or someone.name.before):
        if group == "chinese":
            western = someone.stock.parts["western_women" if someone.sex == "female" else "western_men"]
            someone = someone.called(middle=town.chance.choice(western))
        else:
            someone = person(town.chance, group)
    name, told = someone.name, modes(town.chance)
    bare = Name(name.first, name.last, surname_first=name.surname_first).full()
    recorded, typed = town.chance.sample((name.full(), bare), 2)
    ident = town.enter(someone, keep=DATED | agreeing(told), name=recorded)
    return about(ask(town.chance, someone, told, name=typed), "missing middle name", group, ident)


KINDS: tuple[Kind, ...] = (
    one_typo,
    two_typos,
    swapped_day,
    wrong_year,
    partial_date,
    only_age,
    no_date,
    initials,
    one_of_twins,
    father_or_son,
    family_member,
    one_of_namesakes,
    one_of_a_hostel,
    two_slips_apart,
    other_order,
    missing_middle,
)

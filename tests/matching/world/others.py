"""Questions about people who are not on the register while someone close to them, or like them, is."""

from tests.matching.world.asking import ask, modes
from tests.matching.world.known import DATED, Kind, namesakes, twin_sex
from tests.matching.world.lines import Query, Question
from tests.matching.world.otherwise import respelled
from tests.matching.world.persons import Person, born, person
from tests.matching.world.slips import clearly_apart
from tests.matching.world.stock import stock
from tests.matching.world.town import EVERYTHING, Town, plainly_named, unlike


def absent(query: Query, kind: str, group: str, *forbidden: str) -> Question:
    """A question no record answers."""
    return Question(query, kind, group, None, forbidden)


def twin(town: Town, group: str) -> Question:
    """Her twin is on the register: one surname, day of birth, home and often telephone."""
    someone = plainly_named(town.chance, group)
    asked = unlike(town.chance, someone, sex_of=twin_sex(town, someone), day=someone.born, lives=someone.home)
    ident = town.enter(someone, keep=EVERYTHING)
    return absent(ask(town.chance, asked, modes(town.chance, "home")), "twin", group, ident)


def sibling(town: Town, group: str) -> Question:
    """A brother or sister of another age is on the register."""
    someone = plainly_named(town.chance, group)
    while True:
        asked = unlike(town.chance, someone, lives=someone.home)
        apart = abs((asked.born - someone.born).days)
        if 300 < apart < 20 * 365 and clearly_apart(asked.born, someone.born):
            break
    ident = town.enter(someone, keep=EVERYTHING)
    return absent(ask(town.chance, asked, modes(town.chance, "home")), "brother or sister", group, ident)


def father_and_son(town: Town, group: str) -> Question:
    """Only one of father and son with the same name and home is on the register; the other is asked for."""
    asked, someone = town.chance.sample(namesakes(town, group), 2)
    ident = town.enter(someone, keep=EVERYTHING)
    query = ask(town.chance, asked, modes(town.chance, "home"), aged=town.chance.random() < 0.15)
    return absent(query, "father and son", group, ident)


def parent(town: Town, group: str) -> Question:
    """A parent is asked for whose child is on the register, or the other way round."""
    while True:
        elder = plainly_named(town.chance, group, day=born(town.chance, 36, 75))
        child = unlike(town.chance, elder, day=born(town.chance, 2, 55), lives=elder.home)
        years = child.born.year - elder.born.year
        if 17 <= years <= 40 and clearly_apart(child.born, elder.born):
            break
    asked, someone = town.chance.sample((elder, child), 2)
    ident = town.enter(someone, keep=EVERYTHING)
    return absent(ask(town.chance, asked, modes(town.chance, "both")), "parent and child", group, ident)


def partner(town: Town, group: str) -> Question:
    """Husband and wife: one surname, one home, one telephone."""
    someone = plainly_named(town.chance, group)
    while True:
        sex = "male" if someone.sex == "female" else "female"
        asked = unlike(town.chance, someone, sex_of=sex, lives=someone.home)
        if clearly_apart(asked.born, someone.born):
            break
    shared = Person(asked.group, asked.sex, asked.name, asked.born, someone.phone, someone.home)
    ident = town.enter(someone, keep=EVERYTHING)
    return absent(ask(town.chance, shared, modes(town.chance, "both")), "husband and wife", group, ident)


def homonym(town: Town, group: str) -> Question:
    """Somebody else of the same name, sometimes in another spelling, born on another day."""
    someone = person(town.chance, group)
    while True:
        day = born(town.chance)
        if clearly_apart(day, someone.born):
            break
    asked = person(town.chance, group, sex_of=someone.sex, day=day)
    asked = Person(group, someone.sex, someone.name, day, asked.phone, asked.home)
    if town.chance.random() < 0.3:
        asked, _ = respelled(town.chance, asked)
    ident = town.enter(someone, keep=DATED)
    return absent(ask(town.chance, asked, modes(town.chance, "apart")), "homonym", group, ident)


def hostel_mate(town: Town, group: str) -> Question:
    """Somebody who lived in the same hostel, under its one telephone; half of them share a name."""
    someone = plainly_named(town.chance, group)
    while True:
        last = someone.name.last if town.chance.random() < 0.5 else None
        asked = person(town.chance, group, last=last, lives=someone.home)
        like = stock(group).may_be_one(asked.name.first, someone.name.first)
        if clearly_apart(asked.born, someone.born) and not like:
            break
    number = someone.home.phone
    someone, asked = (
        Person(group, mate.sex, mate.name, mate.born, number, someone.home) for mate in (someone, asked)
    )
    ident = town.enter(someone, keep=EVERYTHING)
    for _ in range(town.chance.randint(3, 12)):
        mate = person(town.chance, town.group(), lives=someone.home)
        town.enter(Person(mate.group, mate.sex, mate.name, mate.born, number, mate.home))
    return absent(ask(town.chance, asked, modes(town.chance, "both")), "shared a hostel", group, ident)


def common_token(town: Town, group: str) -> Question:
    """Somebody who shares the surname and the day of birth, and nothing else."""
    someone = plainly_named(town.chance, group)
    asked = unlike(town.chance, someone, sex_of=someone.sex, day=someone.born)
    ident = town.enter(someone, keep=DATED)
    return absent(
        ask(town.chance, asked, modes(town.chance, "apart")), "one surname and birthday", group, ident
    )


def newcomer(town: Town, group: str) -> Question:
    """Somebody new, mostly with a full day of birth, else with an age."""
    someone = person(town.chance, group)
    aged = town.chance.random() < 0.1
    return absent(ask(town.chance, someone, modes(town.chance), aged=aged), NEW, group)


NEW = "new person"
VETOES: tuple[Kind, ...] = (
    twin,
    sibling,
    father_and_son,
    parent,
    partner,
    homonym,
    hostel_mate,
    common_token,
)

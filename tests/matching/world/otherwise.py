"""Questions about people on the register under another spelling, short name, married name or alias."""

import random

from tests.matching.world import slips
from tests.matching.world.asking import agreeing, ask, modes
from tests.matching.world.known import DATED, Kind, about, short
from tests.matching.world.lines import Question
from tests.matching.world.persons import Person, borne_by_women, person, surname_of
from tests.matching.world.stock import SHARES, stock
from tests.matching.world.town import PHONE, Town, written


def respelled(chance: random.Random, someone: Person) -> tuple[Person, int]:
    """The person under another spelling of forename, surname or both, and how many changed."""
    names, name = someone.stock, someone.name
    firsts = names.spellings.get(name.first, ())
    lasts = [last for last in _surnames(someone) if someone.sex == "female" or not borne_by_women(last)]
    both = bool(firsts and lasts and chance.random() < 0.35)
    changed = 0
    if firsts and (both or not lasts or chance.random() < 0.5):
        someone, changed = someone.called(first=chance.choice(firsts)), 1
    if lasts and (both or not changed):
        last = surname_of(someone.sex, chance.choice(lasts))
        someone, changed = someone.called(last=last), changed + 1
    return someone, changed


def _surnames(someone: Person) -> tuple[str, ...]:
    families = someone.stock.surname_spellings
    last = someone.name.last
    masculine = f"{last[:-1]}i" if last.endswith(("ska", "cka")) else last
    return families.get(last, ()) or families.get(masculine, ())


def spelled_otherwise(town: Town, group: str) -> Question:
    """The same name in another spelling, transliteration or language, and the day of birth."""
    while True:
        someone = person(town.chance, group)
        other, changed = respelled(town.chance, someone)
        if changed:
            break
    told = modes(town.chance, "one" if changed == 2 or short(someone) else "")
    recorded, typed = town.chance.sample((someone.name.full(), other.name.full()), 2)
    ident = town.enter(someone, keep=DATED | agreeing(told), name=recorded)
    return about(ask(town.chance, someone, told, name=typed), "spelled otherwise", group, ident)


def own_script(town: Town, group: str) -> Question:
    """One side has the name in its own script."""
    scripts = stock(group).scripts
    while True:
        someone = person(town.chance, group)
        names = stock(group)
        firsts = [name for name in names.forenames(someone.sex).names if name in scripts]
        lasts = [name for name in names.surnames.names if name in scripts]
        someone = someone.called(
            first=town.chance.choice(firsts), last=town.chance.choice(lasts), middle="", before=""
        )
        script = written(someone)
        if script and someone.name.first != someone.name.last:
            break
    told = modes(town.chance)
    recorded, typed = town.chance.sample((someone.name.full(), script), 2)
    ident = town.enter(someone, keep=DATED | agreeing(told), name=recorded)
    return about(ask(town.chance, someone, told, name=typed), "own script", group, ident)


def _nicknamed(town: Town, group: str) -> tuple[Person, Person]:
    names = stock(group)
    while True:
        someone = person(town.chance, group)
        short_names = names.nicknames.get(someone.name.first)
        if short_names:
            return someone, someone.called(first=town.chance.choice(short_names))


def _heard_in(familiar: Person, someone: Person) -> bool:
    """Whether the short name is a part of the full one, so that who never met it can still place it."""
    return slips.plain(familiar.name.first) in slips.plain(someone.name.first)


def short_name(town: Town, group: str) -> Question:
    """What the person is called for short, and the day of birth; more where the short name tells little."""
    someone, familiar = _nicknamed(town, group)
    told = modes(town.chance, "" if _heard_in(familiar, someone) else "one")
    recorded, typed = someone.name.full(), familiar.name.full()
    if town.chance.random() < 0.25:
        recorded, typed = typed, recorded
    ident = town.enter(someone, keep=DATED | agreeing(told), name=recorded)
    return about(ask(town.chance, someone, told, name=typed), "short name", group, ident)


def short_name_and_year(town: Town, group: str) -> Question:
    """A short name and a slip in the year; telephone or home agrees."""
    someone, familiar = _nicknamed(town, group)
    told = modes(town.chance, "one")
    ident = town.enter(someone, keep=DATED | agreeing(told))
    day = slips.slipped_year(town.chance, someone.born).isoformat()
    query = ask(town.chance, familiar, told, dob=day)
    return about(query, "short name and slip in the year", group, ident)


def _married(town: Town, group: str) -> tuple[Person, Person]:
    """A woman, mostly, before and after she took another surname."""
    chance = town.chance
    someone = person(chance, group, sex_of="female" if chance.random() < 0.85 else "male")
    while True:
        theirs = group if chance.random() < 0.75 else chance.choice(list(SHARES))
        last = surname_of(someone.sex, stock(theirs).surnames.draw(chance))
        if last != someone.name.last:
            first = someone.name.surname_first and theirs == group
            return someone, someone.called(last=last, surname_first=first)


def former_on_record(town: Town, group: str) -> Question:
    """The record knows the former name; she is asked for under it."""
    before, after = _married(town, group)
    told = modes(town.chance)
    former = before.name.full() if town.chance.random() < 0.75 else before.name.last
    ident = town.enter(after, keep=DATED | agreeing(told), former=(former,))
    return about(ask(town.chance, before, told), "former name on record", group, ident)


def former_in_question(town: Town, group: str) -> Question:
    """The record has the former name; the question has both."""
    before, after = _married(town, group)
    told = modes(town.chance)
    ident = town.enter(before, keep=DATED | agreeing(told))
    given, last = after.name.full(), before.name.last
    way = town.chance.choice(("alias", "née", "formerly", "hyphen"))
    if way == "alias" or after.name.surname_first:
        query = ask(town.chance, after, told, aliases=(before.name.full(),))
    elif way == "hyphen":
        query = ask(town.chance, after, told, name=f"{given}-{last}")
    else:
        written = f"{given} née {last}" if way == "née" else f"{given} (formerly {last})"
        query = ask(town.chance, after, told, name=written)
    return about(query, "former name in question", group, ident)


def married_unknown(town: Town, group: str) -> Question:
    """Nobody wrote down that the surname changed; day of birth and telephone agree."""
    before, after = _married(town, group)
    while before.name.first in stock(group).surnames.names:
        # Dong Li who became Hong Li could as well be her sister.
        before, after = _married(town, group)
    told = modes(town.chance, PHONE)
    ident = town.enter(before, keep=DATED | agreeing(told))
    return about(ask(town.chance, after, told), "surname changed, not told", group, ident)


def alias(town: Town, group: str) -> Question:
    """A name of one's own choosing that the record, or the question, has as an alias."""
    someone = person(town.chance, group)
    other = person(town.chance, group, sex_of=someone.sex)
    told = modes(town.chance)
    if town.chance.random() < 0.5:
        ident = town.enter(someone, keep=DATED | agreeing(told), aliases=(other.name.full(),))
        query = ask(town.chance, someone, told, name=other.name.full())
    else:
        ident = town.enter(someone, keep=DATED | agreeing(told))
        query = ask(town.chance, someone, told, name=other.name.full(), aliases=(someone.name.full(),))
    return about(query, "alias", group, ident)


KINDS: tuple[Kind, ...] = (
    spelled_otherwise,
    spelled_otherwise,
    short_name,
    short_name_and_year,
    former_on_record,
    former_in_question,
    married_unknown,
    alias,
)
# Chinese has no short names of its own in the tables; its people are asked for in other spellings instead.
WITHOUT_SHORT = tuple(kind for kind in KINDS if kind not in (short_name, short_name_and_year))


def kinds_for(group: str) -> tuple[Kind, ...]:
    """The kinds of question that can be asked in a tradition."""
    kinds = KINDS if stock(group).nicknames else WITHOUT_SHORT
    return (*kinds, own_script) if stock(group).scripts else kinds

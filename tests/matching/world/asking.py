"""How people are asked for: what of the telephone and the home still agrees, and the habits of typing."""

import random
from datetime import date, timedelta

from tests.matching.world.lines import Query
from tests.matching.world.persons import TODAY, Person, home, phone
from tests.matching.world.town import HOME, PHONE

TITLES = {"female": ("Mrs", "Ms", "Miss"), "male": ("Mr",)}
SAME, OTHER, NONE = "same", "other", "none"


def modes(chance: random.Random, support: str = "") -> dict[str, str]:
    """Whether telephone and home agree with the record, differ or are not told.

    `one` promises that at least one agrees, `phone`, `home` and `both` name which; `apart` that neither does.
    """
    number = chance.choices((SAME, OTHER, NONE), (35, 15, 50))[0]
    lives = chance.choices((SAME, OTHER, NONE), (35, 25, 40))[0]
    if support == "apart":
        number, lives = (OTHER if mode == SAME else mode for mode in (number, lives))
    if support == "one" and SAME not in (number, lives):
        support = chance.choice((PHONE, HOME))
    return {
        PHONE: SAME if support in (PHONE, "both") else number,
        HOME: SAME if support in (HOME, "both") else lives,
    }


def agreeing(told: dict[str, str]) -> frozenset[str]:
    """What the record must hold for it to agree."""
    return frozenset(part for part, mode in told.items() if mode == SAME)


def typed_phone(chance: random.Random, number: str) -> str:
    """The number in one of the ways people type it."""
    spaced = f"{number[:5]} {number[5:]}"
    return chance.choice(
        (number, number, spaced, f"+44{number[1:]}", f"{number[:5]} {number[5:8]} {number[8:]}")
    )


def typed_name(chance: random.Random, someone_sex: str, name: str) -> str:
    """The name in one of the ways people type it: mostly as it is."""
    drawn = chance.random()
    if drawn < 0.06:
        return f"{chance.choice(TITLES[someone_sex])} {name}"
    if drawn < 0.1:
        return name.upper()
    return name.lower() if drawn < 0.13 else name


def years_old(day: date, on: date) -> int:
    """Age in whole years."""
    return on.year - day.year - ((on.month, on.day) < (day.month, day.day))


def ask(
    chance: random.Random,
    someone: Person,
    told: dict[str, str],
    *,
    name: str | None = None,
    dob: str | None = None,
    aged: bool = False,
    undated: bool = False,
    aliases: tuple[str, ...] = (),
) -> Query:
    """Somebody is asked for; the id is given when all questions are shuffled."""
    on = TODAY - timedelta(days=chance.randrange(120))
    number = someone.phone if told[PHONE] == SAME else phone(chance)
    lives = someone.home if told[HOME] == SAME else home(chance)
    return Query(
        query_id="",
        name=typed_name(chance, someone.sex, name or someone.name.full()),
        aliases=aliases,
        dob=None if aged or undated else dob or someone.born.isoformat(),
        age=years_old(someone.born, on) if aged else None,
        phone=None if told[PHONE] == NONE else typed_phone(chance, number),
        postcode=None if told[HOME] == NONE else lives.postcode,
        address_line=None if told[HOME] == NONE else lives.line,
        sex=someone.sex,
        asked_on=on.isoformat(),
    )

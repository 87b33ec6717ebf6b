"""What is known of one person, any of which may be missing."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from conferences.matching.birth import Birth, read_birth
from conferences.matching.contact import Contact, read_contact
from conferences.matching.names import Name, generation, parse
from conferences.matching.sieving import Sieve

MOST_NAMES = 8  # names read of one person; nobody is known by more that could be typed on a form


@dataclass(frozen=True)
class Facts:
    """A person as asked for or as held: names, birth or age, telephones, mail, addresses, sex."""

    name: str | None = None
    aliases: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()
    born: str | None = None
    age: int | None = None
    asked_on: date | None = None
    phones: tuple[str, ...] = ()
    postcodes: tuple[str, ...] = ()
    address_lines: tuple[str, ...] = ()
    sex: str | None = None
    mails: tuple[str, ...] = ()

    @cached_property
    def names(self) -> tuple[tuple[Name, str], ...]:
        """Every name and what it is: `name`, `alias` or `former`; a lone word is read beside the name."""
        main = parse(self.name or "")
        found = [(main, "name")] if main.words else []
        for text in self.former_names:
            found += [(name, "former") for name in _beside(parse(text), main, former=True)]
        for text in self.aliases:
            found += [(name, "alias") for name in _beside(parse(text), main, former=False)]
        return tuple(dict.fromkeys(found))[:MOST_NAMES]

    @cached_property
    def sieve(self) -> Sieve:
        """What lets through only those whose names could be found to be this person's."""
        return Sieve(name for name, _ in self.names)

    @property
    def generation(self) -> str | None:
        """`younger` or `elder` where the name says junior or senior."""
        return generation(self.name or "")

    @cached_property
    def birth(self) -> Birth | None:
        """When they were born, as precisely as it is known."""
        return read_birth(self.born, self.age, self.asked_on)

    @cached_property
    def contact(self) -> Contact:
        """Telephones, postcodes, address lines and mail addresses in one spelling each."""
        return read_contact(self.phones, self.postcodes, self.address_lines, self.mails)

    @cached_property
    def sexed(self) -> str | None:
        """`f`, `m`, or None where it is not known or neither."""
        letter = (self.sex or "").strip().lower()[:1]
        return {"w": "f", "f": "f", "m": "m"}.get(letter)


def _beside(name: Name, main: Name, *, former: bool) -> list[Name]:
    """Reads an alias of one word as a first name, and a former name of one word as a surname."""
    if not name.words:
        return []
    if len(name.words) > 1 or not main.words:
        return [name]
    as_family = [Name(main.given, name.words)] if main.given else [name]
    as_given = [Name(name.words, main.family)] if main.family else [name]
    return as_family if former else [*as_given, *as_family]

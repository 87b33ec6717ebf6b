"""When two cases are about the same two people: one rule, for merging and for lists from elsewhere."""

import pytest

from conferences.imports.pairs import cases_with
from conferences.matching import Facts
from conferences.models import Part, Sameness
from conferences.person import identity, pairs, people
from tests import make
from tests.make import World

SARAH, JOHN = ("Sarah Jones", "1992-05-04"), ("John Smith", "1987-03-02")
TESTA, DERRIN = ("Testa Marrowby", "1992-05-04"), ("Derrin Quillfeather", None)


def facts(known: tuple[str, str | None]) -> Facts:
    return Facts(name=known[0], born=known[1])


@pytest.mark.parametrize(
    ("victims", "perpetrators", "same"),
    [
        ((SARAH, SARAH), (JOHN, JOHN), True),
        ((SARAH, ("Sara Jones", "1992-04-05")), (JOHN, ("Jon Smith", "1987")), True),
        ((TESTA, ("MARROWBY Testa", "1992-05-04")), (DERRIN, ("Derin Quilfeather", None)), True),
        ((("Testa Marrowby", None),) * 2, (DERRIN, DERRIN), True),
        # Two common names with nothing else are met by chance.
        ((("Sarah Jones", None),) * 2, (("John Smith", None),) * 2, False),
        # His brother, his father, and a woman of her name with another date.
        ((SARAH, SARAH), (JOHN, ("David Smith", "1987-03-02")), False),
        ((SARAH, SARAH), (JOHN, ("John Smith", "1959-03-02")), False),
        ((SARAH, ("Sarah Jones", "1992-11-23")), (JOHN, JOHN), False),
        # However sure the one, the other has to be alike too.
        ((TESTA, TESTA), (DERRIN, ("Otto Quillfeather", None)), False),
        ((TESTA, TESTA), (DERRIN, ("Derrin", None)), False),
    ],
)
def test_the_two_together_are_surely_the_same_or_they_are_not(
    victims: tuple[tuple[str, str | None], ...], perpetrators: tuple[tuple[str, str | None], ...], same: bool
) -> None:
    strengths = [pairs.strength(facts(one), facts(other)) for one, other in (victims, perpetrators)]
    assert pairs.are_one_pair(strengths[0], strengths[1:]) is same


def test_what_somebody_decided_comes_before_the_matcher(world: World) -> None:
    s = world.session
    one, other = make.sent_referral(world).case, make.sent_referral(world, perpetrator="D. Q.").case
    assert not pairs.same_pair(s, one, other)
    his = [people.in_part(case, Part.PERPETRATOR)[0].person for case in (one, other)]
    identity.decide(s, world.ben, *his, Sameness.SAME, reason="His own words", now=world.now)
    assert pairs.same_pair(s, one, other)
    hers = [people.in_part(case, Part.VICTIM)[0].person for case in (one, other)]
    identity.decide(s, world.ben, *hers, Sameness.DIFFERENT, reason="Twins", now=world.now)
    assert not pairs.same_pair(s, one, other)


def test_a_row_of_a_list_finds_the_newest_case_it_may_know_of(world: World) -> None:
    s = world.session
    first, second = (make.sent_referral(world).case for _ in range(2))
    second.opened_at = first.opened_at.replace(minute=first.opened_at.minute + 1)
    make.sent_referral(world, perpetrator="Otto Quillfeather")
    s.flush()
    row = {"misspelt": (facts(("Testa Maroby", "1992-05-04")), facts(("Derrin Quilfeather", None)))}
    assert cases_with(s, world.ben, row) == {"misspelt": second.id}
    people.exclude(s, world.ben, second, user_id=world.ben.id, reason="My sister", now=world.now)
    assert cases_with(s, world.ben, row) == {"misspelt": first.id}
    assert cases_with(s, world.erin, row) == {}
    brother = {"brother": (facts(TESTA), facts(("Barnaby Quillfeather", None)))}
    assert cases_with(s, world.ben, brother) == {}
    year = {"year": (facts(("Testa Marrowby", "1992")), facts(DERRIN))}
    assert cases_with(s, world.ben, year) == {"year": first.id}

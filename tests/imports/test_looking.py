"""What the person who brought a list still sees of it."""

from conferences.imports import looking
from conferences.models import Case, Verdict
from conferences.person import people
from conferences.visibility import visible_to
from tests.imports.lists import KEZIA, TESTA, taken
from tests.make import World


def test_a_row_of_a_case_they_were_shut_out_of_since_is_gone_and_not_counted(world: World) -> None:
    s, now = world.session, world.now
    alone, batch = taken(world, KEZIA | {"Ref": "R9"}), taken(world, TESTA)
    for who, seen in ((None, 1), (world.dana, 1), (world.ben, 0)):
        if who is not None:
            hidden = s.scalars(visible_to(world.chidi, Case).where(Case.import_id == batch.id)).one()
            people.exclude(s, world.ben, hidden, user_id=who.id, reason="His sister", now=now)
        rows, more = looking.page(s, world.ben, batch, None, 1, now=now)
        assert (len(rows), more) == (seen, False)
        assert looking.counts(s, batch, world.ben)[Verdict.NEW] == seen
        assert looking.sizes(s, world.ben, [alone, batch]) == {alone.id: 1, batch.id: seen}
    assert looking.counts(s, batch)[Verdict.NEW] == 1

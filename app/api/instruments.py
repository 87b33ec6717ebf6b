"""The shipped checklists: what each asks, in our own short topics."""

import risk
from app.api.answers import InstrumentBrief, InstrumentOut, ItemOut
from app.api.creating import api_router, scope
from conferences.errors import NotFound
from risk import doors

router = api_router("instruments")


@router.get("/instruments", dependencies=scope("instruments:read"))
def list_instruments() -> list[InstrumentBrief]:
    """Every shipped version with its status, sources and hash, by name and then oldest first."""
    return [InstrumentBrief.model_validate(one) for one in doors.list_instruments()]


@router.get("/instruments/{slug}", dependencies=scope("instruments:read"))
def get_instrument(slug: str) -> InstrumentOut:
    """The newest version of one checklist, with its items."""
    try:
        edition = risk.edition(slug)
    except risk.UnknownInstrument as unknown:
        raise NotFound from unknown
    return InstrumentOut(
        slug=edition.slug,
        version=edition.version,
        title=edition.title,
        status=edition.status,
        definition_hash=edition.definition_hash,
        summary=edition.summary,
        owner=edition.owner,
        items=[ItemOut.model_validate(item) for item in edition.items],
    )

"""Copies of documents: asked for, made by the worker, fetched by their reader alone."""

from starlette.responses import Response

from app import copies
from app.api import typed
from app.api.answers import DocumentOut
from app.api.creating import PREFIX, Create, api_router, scope
from app.auth.who import CurrentUser, Db, Now
from conferences.errors import NotFound
from conferences.meeting import actions
from conferences.meeting.document_views import copies_for
from conferences.models import Conference, Document, DocumentStatus
from conferences.visibility import find

router = api_router("documents")
READ = scope("documents:read")


def _out(row: Document) -> DocumentOut:
    ready = row.status is DocumentStatus.READY
    return DocumentOut(
        id=row.id.hex,
        kind=row.kind,
        status=row.status,
        number=row.number,
        version=row.version,
        asked_at=row.asked_at,
        made_at=row.made_at,
        destroy_on=row.destroy_on,
        sha256=row.sha256,
        file=f"{PREFIX}/documents/{row.id.hex}/file" if ready else None,
    )


@router.get("/documents", dependencies=READ)
def list_documents(session: Db, user: CurrentUser) -> list[DocumentOut]:
    """The newest copies made for this person."""
    return [_out(row) for row in copies_for(session, user)]


@router.post("/documents/action-plan", dependencies=READ, status_code=202)
def ask_for_plan(c: Create, body: typed.PlanIn | None = None) -> DocumentOut:
    """Asks for an action plan: the person's own agency's, or the one a coordinator or chair names."""
    row = c.once("/documents", lambda: _plan(c, body), lambda id: find(c.session, c.user, Document, id))
    return _out(row)


def _plan(c: Create, body: typed.PlanIn | None) -> Document:
    wanted = (body.agency_id if body else None) or c.user.agency_id
    agency = next((one for one in actions.agencies_of(c.session, c.user) if one.id == wanted), None)
    if agency is None:
        raise NotFound
    return copies.ask_for_plan(c.session, c.user, agency, now=c.now)


@router.post("/documents/agenda", dependencies=READ, status_code=202)
def ask_for_agenda(body: typed.AgendaIn, c: Create) -> DocumentOut:
    """Asks for the person's own copy of an agenda as it was last issued."""
    row = c.once("/documents", lambda: _agenda(c, body), lambda id: find(c.session, c.user, Document, id))
    return _out(row)


def _agenda(c: Create, body: typed.AgendaIn) -> Document:
    conference = find(c.session, c.user, Conference, body.conference_id)
    return copies.ask_for_agenda(c.session, c.user, conference, now=c.now)


@router.get("/documents/{ref}", dependencies=READ)
def get_document(ref: str, session: Db, user: CurrentUser) -> DocumentOut:
    """Says whether a copy can be fetched yet."""
    return _out(find(session, user, Document, ref))


@router.get(
    "/documents/{ref}/file",
    dependencies=READ,
    response_class=Response,
    responses={200: {"content": {"application/pdf": {}}, "description": "The PDF"}},
)
def get_document_file(ref: str, session: Db, user: CurrentUser, now: Now) -> Response:
    """Hands over the PDF; each fetch is recorded."""
    return copies.download(session, user, find(session, user, Document, ref), now=now)

"""Lists of past cases: brought, explained, checked, taken, undone. Only who brought a list knows of it."""

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel
from starlette.responses import JSONResponse, RedirectResponse, Response

from app import importing, receipts
from app.auth.who import CurrentUser, Db, Now
from app.forms import Filled, TypedForm, UploadForm, fill, form_key
from app.forms.refusals import attempt
from app.pages.office.views import imports as shown
from app.pages.office.views.imports import Bringing, Nothing, Taking
from app.templating import render
from conferences.imports import bringing, doubting, examples, looking, undoing
from conferences.models import BatchStatus, ImportBatch, User
from conferences.permissions import Permission, require
from conferences.visibility import find

router = APIRouter(default_response_class=Response)
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.get("/imports")
def list_imports(request: Request, session: Db, user: CurrentUser) -> Response:
    """Shows the lists a coordinator brought."""
    rows = shown.batch_rows(session, user)
    return render(request, "imports/list.html", rows=rows)


@router.get("/imports/new")
def ask_file(request: Request, user: CurrentUser) -> Response:
    """Asks for a list."""
    require(user, Permission.BRING_LIST)
    return render(request, "imports/new.html", form=Filled[Bringing]())


@router.post("/imports/new")
def take_file(request: Request, sent: UploadForm, session: Db, user: CurrentUser, now: Now) -> Response:
    """Reads a list; a workbook with several sheets is several lists."""
    require(user, Permission.BRING_LIST)
    led_to = receipts.once(session, user, form_key(sent.typed), now)
    if led_to:
        return RedirectResponse(led_to, 303)

    def verb(given: Bringing) -> list[ImportBatch]:
        name, source = given.file, given.source
        return bringing.bring(session, user, sent.body, file_name=name, source=source, now=now)

    tried = attempt(session, fill(Bringing, {**sent.typed, "file": [sent.file_name]}), verb)
    if tried.value is None:
        return tried.redraw(request, "imports/new.html")
    led_to = f"/imports/{tried.value[0].id.hex}" if len(tried.value) == 1 else "/imports"
    return RedirectResponse(receipts.remember(session, user, form_key(sent.typed), led_to, now), 303)


def _handed(body: bytes, name: str, kind: str) -> Response:
    return Response(body, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@router.get("/imports/example.csv")
def hand_csv(user: CurrentUser) -> Response:
    """Hands over a small list of made-up people as CSV."""
    require(user, Permission.BRING_LIST)
    return _handed(examples.as_csv(), "example-list.csv", "text/csv; charset=utf-8")


@router.get("/imports/example.xlsx")
def hand_workbook(user: CurrentUser) -> Response:
    """Hands over a small list of made-up people as a workbook."""
    require(user, Permission.BRING_LIST)
    return _handed(examples.as_workbook(), "example-list.xlsx", WORKBOOK)


@router.get("/imports/{ref}")
def show_import(
    request: Request, ref: str, session: Db, user: CurrentUser, now: Now, show: str = "", page: str = "1"
) -> Response:
    """Shows a list where it stands: its columns, its rows, or how far the taking is."""
    batch = find(session, user, ImportBatch, ref)
    if batch.status is BatchStatus.READ:
        return ask_columns(request, ref, session, user, now)
    if batch.status is BatchStatus.TAKING:
        return render(request, "imports/taking.html", **shown.progress(session, batch, now))
    number = int(page) if page.isdecimal() and 0 < int(page) <= 1000 else 1
    about = shown.page(session, user, batch, show, number, now)
    return render(request, "imports/checked.html", form=Filled[Taking](), **about)


@router.get("/imports/{ref}/columns")
def ask_columns(request: Request, ref: str, session: Db, user: CurrentUser, now: Now) -> Response:
    """Asks what the columns of a list mean."""
    batch = find(session, user, ImportBatch, ref)
    about = shown.columns_page(session, user, batch, now)
    return render(request, "imports/columns.html", form=shown.columns_form(session, batch), **about)


@router.post("/imports/{ref}/columns")
def take_columns(
    request: Request, ref: str, typed: TypedForm, session: Db, user: CurrentUser, now: Now
) -> Response:
    """Keeps what the columns mean and checks every row."""
    batch = find(session, user, ImportBatch, ref)

    tried = attempt(
        session,
        shown.explaining(typed, batch),
        lambda given: shown.explain(session, user, batch, given, now),
    )
    if tried.refused:
        about = shown.columns_page(session, user, batch, now)
        return tried.redraw(request, "imports/columns.html", **about)
    return RedirectResponse(f"/imports/{batch.id.hex}", 303)


def _decide(
    request: Request,
    session: Db,
    user: User,
    now: Now,
    ref: str,
    typed: TypedForm,
    model: type[BaseModel],
    verb: Callable[[ImportBatch, Any], object],
) -> Response:
    batch = find(session, user, ImportBatch, ref)
    tried = attempt(session, fill(model, typed), lambda given: verb(batch, given))
    if tried.refused:
        about = shown.page(session, user, batch, "", 1, now)
        return tried.redraw(request, "imports/checked.html", **about)
    return RedirectResponse(f"/imports/{batch.id.hex}", 303)


@router.post("/imports/{ref}/take")
def take(request: Request, ref: str, typed: TypedForm, session: Db, user: CurrentUser, now: Now) -> Response:
    """Begins to take a checked list."""

    def verb(batch: ImportBatch, given: Taking) -> None:
        joins = shown.joins(session, batch, given)
        importing.ask_to_take(session, user, batch, joins_matches=joins, now=now)

    return _decide(request, session, user, now, ref, typed, Taking, verb)


@router.post("/imports/{ref}/discard")
def discard(
    request: Request, ref: str, typed: TypedForm, session: Db, user: CurrentUser, now: Now
) -> Response:
    """Puts a list aside without taking it."""

    def verb(batch: ImportBatch, given: Nothing) -> None:
        bringing.discard(session, user, batch, now=now)

    return _decide(request, session, user, now, ref, typed, Nothing, verb)


@router.post("/imports/{ref}/doubts")
def decide_doubts(
    request: Request, ref: str, typed: TypedForm, session: Db, user: CurrentUser, now: Now
) -> Response:
    """Keeps which doubtful rows are taken."""
    batch = find(session, user, ImportBatch, ref)
    tried = attempt(
        session,
        shown.deciding(typed),
        lambda given: doubting.decide(session, user, batch, given.rows, rest=given.rest, now=now),
    )
    if tried.refused:
        return tried.redraw(request, "imports/checked.html", **shown.page(session, user, batch, "", 1, now))
    return RedirectResponse(f"/imports/{batch.id.hex}", 303)


@router.get("/imports/{ref}/undo")
def ask_undo(request: Request, ref: str, session: Db, user: CurrentUser, now: Now) -> Response:
    """Says what undoing a list would do, before it is done."""
    batch = find(session, user, ImportBatch, ref)
    if not undoing.may_be_undone(batch, now):
        return RedirectResponse(f"/imports/{batch.id.hex}", 303)
    return render(request, "imports/undo.html", **shown.undo_page(session, user, batch))


@router.post("/imports/{ref}/undo")
def undo(request: Request, ref: str, typed: TypedForm, session: Db, user: CurrentUser, now: Now) -> Response:
    """Undoes a whole list."""

    def verb(batch: ImportBatch, given: Nothing) -> object:
        return undoing.undo(session, user, batch, now=now)

    return _decide(request, session, user, now, ref, typed, Nothing, verb)


@router.get("/imports/{ref}/state")
def tell_state(ref: str, session: Db, user: CurrentUser, now: Now, done: str = "") -> JSONResponse:
    """Tells a waiting page whether the taking has moved on since it was drawn."""
    batch = find(session, user, ImportBatch, ref)
    moved = batch.status is not BatchStatus.TAKING or str(batch.done) != done
    return JSONResponse({"ready": moved, "done": batch.done})


@router.get("/imports/{ref}/to-put-right.csv")
def hand_problems(ref: str, session: Db, user: CurrentUser, now: Now) -> Response:
    """Hands over the rows to put right, with nothing in them that a spreadsheet would work out."""
    batch = find(session, user, ImportBatch, ref)
    body = looking.problems_as_csv(session, user, batch, now=now)
    return _handed(body, "rows-to-put-right.csv", "text/csv; charset=utf-8")

"""Whether the service lives, and whether it can serve; free of anything about a person."""

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse

from app import readiness
from app.auth.who import Now

router = APIRouter(prefix="/healthz", include_in_schema=False)


@router.get("/live")
def live() -> JSONResponse:
    """Answers 200 while the process runs."""
    return JSONResponse({"live": True})


@router.get("/ready")
def ready(request: Request, now: Now) -> JSONResponse:
    """Answers 200 only when the service can serve, and names what is missing otherwise."""
    state = request.app.state
    found = readiness.checks(state.sessions, state.keyring)
    serves = all(found.values())
    worker = readiness.worker_seen(state.sessions, now=now)
    return JSONResponse({"ready": serves, **found, "worker": worker}, 200 if serves else 503)

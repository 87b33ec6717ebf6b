"""Answers to any shipped checklist in, the explanation out; nothing is stored."""

import json
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.responses import Response

import risk
from app.api.creating import api_router, scope
from app.api.typed import Body
from app.auth.who import Now
from app.errors import problem
from conferences.calendars import local_day
from conferences.errors import NotFound
from risk import doors

router = api_router("instruments")


class ScoreRequest(Body):
    """What the engine is asked; names, codes and context keys are those of docs/reference/scoring.md."""

    instrument: str | None = None
    version: str | None = None
    profile: str | None = None
    answers: dict[str, Any]
    context: dict[str, Any] | None = None


async def as_sent(request: Request) -> bytes:
    """The body before anyone has read it: a key that is there twice is lost in the reading."""
    return await request.body()


@router.post(
    "/instruments/{slug}/score", dependencies=scope("instruments:read"), response_model=risk.Explanation
)
def score_answers(
    slug: str, asked: ScoreRequest, sent: Annotated[bytes, Depends(as_sent)], now: Now
) -> Response:
    """The explanation that `marac score` writes; a bad answer is named by its key."""
    if slug not in {edition.slug for edition in risk.editions()}:
        raise NotFound
    if asked.instrument not in (None, slug):
        return _refused("instrument: is another one than in the address")
    try:
        request = doors.read_json(sent) | {"instrument": slug}
    except risk.RiskError as error:
        return _refused(str(error))
    result = doors.score_request(request, today=local_day(now))
    if "error" in result:
        return _refused(result["error"])
    # Escapes keep half a character, which JSON can spell and UTF-8 cannot, from breaking the answer.
    return Response(json.dumps(result), media_type="application/json")


def _refused(sentence: str) -> Response:
    place, _, wrong = sentence.partition(": ")
    return problem(422, sentence, fields=[{"field": place, "message": wrong}])

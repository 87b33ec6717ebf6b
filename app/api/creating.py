"""The frame of every API module: prefix, problems, and creating something once however often it is sent."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any, Protocol, TypeVar
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Request, Response
from fastapi.params import Depends as Needed
from fastapi.routing import APIRoute

from app.api.answers import Problem
from app.auth.who import CurrentUser, Db, Now, needs
from app.receipts import once, remember

PREFIX = "/api/v1"
_SAID = {
    401: "No living bearer token",
    403: "The token lacks the scope, or the person’s role does not include this",
    404: "There is no such thing, or this person may not know of it",
    409: "The thing has moved on, or somebody else changed it first",
    413: "Too long",
    422: "Something that was sent is not acceptable",
}


class HasId(Protocol):
    """Anything with an identifier."""

    id: Any


T = TypeVar("T", bound=HasId)


def _problems() -> dict[int | str, dict[str, Any]]:
    schema = {"application/problem+json": {"schema": Problem.model_json_schema()}}
    return {status: {"description": said, "content": schema} for status, said in _SAID.items()}


def _operation(route: APIRoute) -> str:
    """Names an operation after its function; the name is part of the API and stays."""
    first, *rest = route.name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def api_router(tag: str) -> APIRouter:
    """Returns a router for one part of the API."""
    tags: list[str | Enum] = [tag]
    return APIRouter(prefix=PREFIX, tags=tags, responses=_problems(), generate_unique_id_function=_operation)


def scope(name: str) -> Sequence[Needed]:
    """Returns the dependency that lets only tokens with this scope through."""
    needed: Needed = Depends(needs(name))
    return [needed]


@dataclass
class Creating:
    """A request that makes something; with an Idempotency-Key, sending it again leads to the same thing."""

    request: Request
    response: Response
    session: Db
    user: CurrentUser
    now: Now
    key: Annotated[
        str | None, Header(alias="Idempotency-Key", min_length=1, max_length=200, pattern=r"^[!-~]+$")
    ] = None

    def once(self, place: str, make: Callable[[], T], again: Callable[[UUID], T], *, inside: str = "") -> T:
        """Makes the thing, or finds the one that this key made before.

        `place` is where such things are found; `inside` is the larger thing that shows one without a place.
        """
        key = self._receipt()
        led_to = once(self.session, self.user, key, self.now)
        row = make() if led_to is None else again(UUID(led_to.rsplit("/", 1)[-1]))
        where = f"{PREFIX}{place}/{row.id.hex}"
        if led_to is None:
            remember(self.session, self.user, key, where, self.now)
        self.response.headers["Location"] = f"{PREFIX}{inside}" if inside else where
        return row

    def _receipt(self) -> str:
        """A key counts for one address only, so that it cannot be mistaken for another's."""
        if self.key is None:
            return ""
        return hashlib.sha256(f"{self.request.url.path} {self.key}".encode()).hexdigest()


Create = Annotated[Creating, Depends()]

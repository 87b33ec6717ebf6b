"""Where somebody is: told to a program only for a reason, and with a one-time code entered for that."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request
from pydantic import Field
from starlette.responses import Response

from app.api.answers import Shown
from app.api.creating import api_router, scope
from app.api.typed import Body, Words
from app.auth import signing_in
from app.auth.who import CodeNeeded, CurrentUser, Db, Now, bearer, fresh_factor
from app.errors import problem
from conferences.models import Action, Case
from conferences.permissions import Permission, require
from conferences.person import people
from conferences.reaching import Safe, packed
from conferences.visibility import find

router = api_router("addresses")
READ = scope("addresses:read")


class WhyLook(Body):
    """Why somebody needs to know where a person is; with a token, this moment’s one-time code as well."""

    reason: Words
    code: Annotated[str | None, Field(max_length=20)] = None


class AddressOut(Shown):
    """Where the person is and how safe it is to write or go there; all null when no address is held."""

    address: str | None = None
    safety: Safe | None = None
    times: str | None = None
    days: tuple[str, ...] = ()
    after: str | None = None
    before: str | None = None
    who_else: str | None = None
    code_word: str | None = None


@dataclass
class Looking:
    """A request for the address of the victim of a case, or of an action’s case."""

    ref: str
    request: Request
    session: Db
    user: CurrentUser
    now: Now

    def at(self, kind: type[Case] | type[Action], body: WhyLook) -> AddressOut | Response:
        """Shows it to whoever may know it and has just entered a code; the look is recorded each time."""
        thing: Any = find(self.session, self.user, kind, self.ref)
        require(self.user, Permission.VIEW_ADDRESS, thing)
        refused = self._not_proved(body.code)
        if refused is not None:
            return refused
        held = people.look_at_address(self.session, self.user, thing, reason=body.reason, now=self.now)
        return AddressOut(**{**packed(held), "address": held.words}) if held else AddressOut()

    def _not_proved(self, code: str | None) -> Response | None:
        if bearer(self.request) is None:
            fresh_factor(self.request, self.user, self.now)
            return None
        if not code:
            raise CodeNeeded
        try:
            right = signing_in.prove(self.session, self.user, code, now=self.now)
        except signing_in.TooMany:
            return problem(429, "Too many codes. Wait a quarter of an hour.")
        wrong = "That code is not right, or has been used. Wait for the next one."
        return None if right else problem(403, wrong)


Look = Annotated[Looking, Depends()]


@router.post("/cases/{ref}/address", dependencies=READ, response_model=AddressOut)
def reveal_address(body: WhyLook, look: Look) -> Any:
    """Shows where the person at risk is, once; an event of its own in the trail, with the reason."""
    return look.at(Case, body)


@router.post("/actions/{ref}/address", dependencies=READ, response_model=AddressOut)
def reveal_address_for_action(body: WhyLook, look: Look) -> Any:
    """Shows where the person is to the agency whose open action cannot be done without it."""
    return look.at(Action, body)

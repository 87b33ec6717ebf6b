"""A person's own program: a bearer token, JSON in and out, no cookie."""

from collections.abc import Callable
from typing import Any

import pytest

from app.auth import api_tokens
from conferences.models import User
from tests.browse import Browse
from tests.make import World


class Program:
    """Sends what a program sends; every answer that is not a success must be a problem."""

    def __init__(self, client: Browse, token: str) -> None:
        self._client, self._headers = client, {"Authorization": f"Bearer {token}"}

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """Sends one request and returns the answer."""
        sent = {"json": body} if body is not None else {}
        self._client.cookies.clear()
        answer = self._client.request(method, f"/api/v1{path}", headers=self._headers | headers, **sent)
        if answer.status_code >= 400:
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.json()["status"] == answer.status_code
        return answer

    def get(self, path: str) -> Any:
        """Fetches what must be there."""
        return self._good(self.ask("GET", path))

    def post(self, path: str, body: Any = None) -> Any:
        """Sends what must be accepted."""
        return self._good(self.ask("POST", path, body))

    def put(self, path: str, body: Any) -> Any:
        """Saves what must be accepted."""
        return self._good(self.ask("PUT", path, body))

    def _good(self, answer: Any) -> Any:
        assert answer.status_code in (200, 201, 202, 204), answer.text
        return answer.json() if answer.content else None


Programs = Callable[..., Program]


@pytest.fixture
def program(client: Browse, world: World) -> Programs:
    """Makes a program for a person, with every scope unless some are named."""

    def make(user: User, *scopes: str) -> Program:
        chosen = list(scopes or api_tokens.SCOPES)
        return Program(client, api_tokens.make(world.session, user, chosen, now=client.moment))

    return make

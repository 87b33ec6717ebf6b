"""A browser for tests: same-origin, over https, and never looking at stale rows."""

import re
from datetime import datetime
from typing import Any

from fastapi import FastAPI
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from app.auth import sessions
from app.auth.tokens import form_token
from app.shell import SESSION_COOKIE
from conferences.models import User

_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Browse(TestClient):
    """Starlette's client with the headers a browser sends, sharing the test's transaction."""

    def __init__(self, app: FastAPI, session: Session, moment: datetime) -> None:
        super().__init__(
            app,
            base_url="https://testserver",
            follow_redirects=False,
            headers={"Origin": "https://testserver", "Sec-Fetch-Site": "same-origin"},
        )
        self._session, self.moment = session, moment

    def request(self, *args: Any, **options: Any) -> Any:
        """Sends a request after saving what the test wrote, so that both see the same."""
        self._session.commit()
        return super().request(*args, **options)

    def become(self, user: User) -> None:
        """Signs a person in, all the way, without the pages."""
        token = sessions.begin(self._session, user, now=self.moment, factor_at=self.moment)
        self.cookies.clear()
        self.cookies.set(SESSION_COOKIE, token, domain="testserver.local")

    def submit(self, path: str, typed: dict[str, Any]) -> Any:
        """Sends a form with the token this signed-in browser's pages carry."""
        keyring = self.app.state.keyring  # type: ignore[attr-defined]
        token = form_token(keyring, self.cookies[SESSION_COOKIE])
        return self.post(path, data={**typed, "csrf_token": token})

    def csrf(self, path: str = "/sign-in") -> str:
        """Returns the token a page carries in its form."""
        found = _TOKEN.search(self.get(path).text)
        assert found is not None, f"no csrf_token on {path}"
        return found.group(1)

    def post_form(self, path: str, typed: dict[str, Any], *, page: str | None = None) -> Any:
        """Fills in the form on a page (by default the path itself) and sends it."""
        return self.post(path, data={**typed, "csrf_token": self.csrf(page or path)})

"""Signs a test's browser in without the password and the code, which have tests of their own."""

from app.auth import sessions
from conferences.models import User
from tests.browse import Browse
from tests.make import World


def as_user(client: Browse, world: World, user: User) -> Browse:
    """Makes the browser somebody's, with a one-time code entered just now."""
    token = sessions.begin(world.session, user, now=client.moment, factor_at=client.moment)
    client.cookies.clear()
    client.cookies.set("__Host-session", token, domain="testserver.local")
    return client

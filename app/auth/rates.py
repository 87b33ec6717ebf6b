"""How often something may be tried: fixed windows counted in the database, so all servers count together."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from conferences import sealing
from conferences.models import RateCounter


@dataclass(frozen=True)
class Rate:
    """At most so many tries in one window."""

    name: str
    tries: int
    window: timedelta


_QUARTER = timedelta(minutes=15)
# One attacker's tries lock out that attacker; the account as a whole stays open to its owner far longer,
# so nobody can shut a chair out before a meeting.
SIGN_IN_PAIR = Rate("sign-in by account and address", 10, _QUARTER)
SIGN_IN_ADDRESS = Rate("sign-in by address", 60, _QUARTER)
SIGN_IN_ACCOUNT = Rate("sign-in by account", 200, _QUARTER)
CODE = Rate("one-time code by account", 10, _QUARTER)
LINK = Rate("sign-in link by address", 20, _QUARTER)
SEARCH = Rate("search by account", 30, timedelta(minutes=10))
OUTSIDE_ADDRESS = Rate("referral without an account by address", 20, _QUARTER)
OUTSIDE_LINK = Rate("referral without an account by link", 20, _QUARTER)


def within(session: Session, rate: Rate, subject: str, *, now: datetime) -> bool:
    """Counts one try and says whether it was still allowed; the subject is kept only as a keyed hash."""
    seconds = int(rate.window.total_seconds())
    window = datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, UTC)
    secret = sealing.keyring(session).derive("rate counters")
    key = hmac.new(secret, f"{rate.name}|{subject}".encode(), hashlib.sha256).digest()
    counted = insert(RateCounter).values(key=key, window_start=window, count=1)
    counted = counted.on_conflict_do_update(
        index_elements=[RateCounter.key, RateCounter.window_start],
        set_={RateCounter.count: RateCounter.count + 1},
    )
    tries: int = session.execute(counted.returning(RateCounter.count)).scalar_one()
    return tries <= rate.tries

"""Prints, in one run and as ratios, what the main path costs: `make bench`.

Rounds are interleaved and medians quoted, because machines are noisy; compare the ratios, not the seconds.
"""

import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

from sqlalchemy.orm import Session, sessionmaker

from app import db, embedded, keys, pdf
from app.auth import sessions as browsers
from app.auth.tokens import form_token
from conferences.meeting import agenda, documents, papers
from conferences.models import Conference, User
from conferences.person import people
from conferences.sealing import Keyring
from tests import make
from tests.benchmarks import servers
from tests.benchmarks.load import Ask, again, rate
from tests.make import World

ROUNDS, SECONDS, DRAFTS, QUEUED, CASES = 5, 3.0, 40, 30, 30


def main() -> None:
    """Builds a small area, measures, prints one table."""
    with tempfile.TemporaryDirectory(prefix="openmarac-bench-") as folder:
        data = Path(folder) / "data"
        Path(folder).chmod(0o755)
        running = embedded.start(data)
        try:
            _measure(running, Path(folder))
        finally:
            running.stop()


def _measure(running: embedded.Embedded, folder: Path) -> None:
    db.migrate(running.url("marac_owner"))
    key_file = folder / "keys" / "sealing.key"
    ring = keys.make_key_once(key_file)
    url = running.url("marac_app")
    factory = db.session_factory(db.engine_for(url), ring)
    now = datetime.now(UTC)
    with factory.begin() as session:
        world = make.world(session, now)
        for number in range(QUEUED):
            make.sent_referral(world, victim=f"Queued Person{number}", children=("Pim",))
    print(f"{QUEUED} referrals in the queue, {ROUNDS} interleaved rounds, 4 connections, medians\n")
    _web(factory, ring, url, key_file, now)
    with factory.begin() as session:
        _paper(_known(session, now))


def _known(session: Session, now: datetime) -> World:
    """Finds the cast again in a new session."""
    from sqlalchemy import select

    from app.auth import accounts
    from conferences.models import Agency, Area

    areas = {area.name: area for area in session.scalars(select(Area))}
    rows = session.scalars(select(Agency).where(Agency.area_id == areas["Ashmere"].id))
    agencies = {agency.code: agency for agency in rows}
    homes = {
        "amara": "edu",
        "ben": "cnl",
        "chidi": "pol",
        "dana": "hsg",
        "noor": "idv",
        "ada": "cnl",
        "erin": "cnl",
    }
    cast = {name: accounts.find(session, f"{name}@{code}.example") for name, code in homes.items()}
    found: dict[str, User] = {name: user for name, user in cast.items() if user is not None}
    return World(session, now, areas["Ashmere"], agencies, northmoor=areas["Northmoor"], **found)


def _signed_in(session: Session, user: User, ring: Keyring, now: datetime) -> tuple[str, str]:
    token = browsers.begin(session, user, now=now, factor_at=now)
    return f"__Host-session={token}", form_token(ring, token)


def _drafts(factory: sessionmaker[Session], now: datetime) -> list[str]:
    with factory.begin() as session:
        world = _known(session, now)
        # In the other area, so that the queue that is measured stays as long as it was.
        return [make.filled_draft(world, by=world.erin, victim=f"Draft {n}").id.hex for n in range(DRAFTS)]


def _web(factory: sessionmaker[Session], ring: Keyring, url: str, key_file: Path, now: datetime) -> None:
    with factory.begin() as session:
        world = _known(session, now)
        ben, _ = _signed_in(session, world.ben, ring, now)
        erin, erin_token = _signed_in(session, world.erin, ring, now)
    figures: dict[str, list[float]] = {"ping": [], "queue page": [], "checklist submit": []}
    with servers.ping(8791) as ping_port, servers.product(8792, url, key_file) as port:
        rate(port, again(Ask("/queue", cookie=ben)), seconds=1)
        for _ in range(ROUNDS):
            figures["ping"].append(rate(ping_port, again(Ask("/ping")), seconds=SECONDS))
            figures["queue page"].append(rate(port, again(Ask("/queue", cookie=ben)), seconds=SECONDS))
            body = urlencode({"csrf_token": erin_token})
            asks = [
                Ask(f"/referrals/{ref}/submit", body, erin, expected=303) for ref in _drafts(factory, now)
            ]
            figures["checklist submit"].append(rate(port, asks))
    _print_rates(figures)


def _print_rates(figures: dict[str, list[float]]) -> None:
    ping = statistics.median(figures["ping"])
    print("| What | requests per second (median) | least to most | against a bare ping |")
    print("| --- | --- | --- | --- |")
    for name, rates in figures.items():
        middle = statistics.median(rates)
        print(f"| {name} | {middle:,.0f} | {min(rates):,.0f} to {max(rates):,.0f} | {middle / ping:.3f} |")


def _paper(world: World) -> None:
    meeting = make.conference(world, days=60)
    for number in range(CASES):
        make.listing(world, meeting=meeting, victim=f"Listed Person{number}", children=("Pim",))
    agenda.issue(world.session, world.ben, meeting, now=world.now)
    full, empty = _plans(world, meeting)
    pdf.render_agenda(empty)
    times: dict[str, list[float]] = {"empty": [], "full": []}
    for _ in range(ROUNDS):
        for name, plan in (("empty", empty), ("full", full)):
            began = time.perf_counter()
            pdf.render_agenda(plan)
            times[name].append(time.perf_counter() - began)
    small, large = (statistics.median(times[name]) for name in ("empty", "full"))
    print("\n| Agenda | seconds (median) | against an empty one |\n| --- | --- | --- |")
    print(f"| no case | {small:.2f} | 1.0 |\n| {CASES} cases | {large:.2f} | {large / small:.1f} |")


def _plans(world: World, meeting: Conference) -> tuple[papers.AgendaPlan, papers.AgendaPlan]:
    import dataclasses

    row = documents.ask_for_agenda(world.session, world.chidi, meeting, now=world.now)
    full = papers.agenda_plan(world.session, row)
    assert len(full.cases) == CASES
    assert people.initials("Listed Person") == "L.P."
    return full, dataclasses.replace(full, cases=(), running_order=full.running_order[:1], outstanding=())


if __name__ == "__main__":
    main()

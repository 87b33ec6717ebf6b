"""The command line: one line when something is wrong, and never a code outside a demonstration."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, select, text
from sqlalchemy.orm import Session

from app import db, keys
from app.auth import accounts, api_tokens, codes, links
from app.cli import main
from app.cli.installation import mark
from app.embedded import Embedded
from app.main import utc_now
from app.settings import settings
from conferences.models import Area, Installation, Nation, Role, User
from tests import make, server
from tests.app.people import SECRET, ben

Say = Callable[..., tuple[int, str, str]]
INIT = ("init", "--area", "Ashmere", "--nation", "england", "--email", "ada@ashmere.example",
        "--name", "Ada Fenwright")  # fmt: skip


@pytest.fixture
def installation(
    embedded: Embedded, worker: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """An empty database of its own, as a server would be, and a place for the key."""
    name = server.copy_of_template(embedded, f"cli_{worker}")
    monkeypatch.setenv("DATABASE_URL", embedded.url("marac_app", name))
    monkeypatch.setenv("MARAC_OWNER_URL", embedded.url("marac_owner", name))
    monkeypatch.setenv("MARAC_KEY_FILE", str(tmp_path / "keys" / "sealing.key"))
    monkeypatch.setenv("MARAC_PUBLIC_URL", "https://ashmere.example")
    settings.cache_clear()
    yield tmp_path / "keys" / "sealing.key"
    settings.cache_clear()
    engine = create_engine(db.dialect_url(embedded.url("postgres", "postgres")), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'DROP DATABASE "{name}"'))
    engine.dispose()


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    """Types a command and returns its exit code, what it said and what it complained of."""

    def typed(*words: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as end:
            main(list(words))
        said = capsys.readouterr()
        return int(end.value.code or 0), said.out, said.err

    return typed


@pytest.fixture
def inside(installation: Path) -> Iterator[Session]:
    """What the installation's database holds, once it has a key."""
    engine: Engine = db.engine_for(settings().database_url or "", pool_size=1)
    with db.session_factory(engine, keys.make_key_once(installation))() as session:
        yield session
    engine.dispose()


def demonstration(inside: Session, password_hash: str) -> User:
    mark(settings().owner_url or "", demo=True, now=utc_now())
    return ben(inside, password_hash, utc_now())


def token_in(said: str) -> str:
    found = re.search(r"https://ashmere\.example/welcome/([\w-]{43})\n", said)
    assert found is not None
    return found.group(1)


def test_init_makes_an_area_an_administrator_and_a_link_for_one_hour(say: Say, inside: Session) -> None:
    code, said, _ = say(*INIT)
    assert code == 0
    link = links.find(inside, token_in(said), now=utc_now())
    assert link is not None
    assert (link.user.role, link.user.password_hash) == (Role.ADMINISTRATOR, None)
    assert (link.expires_at - link.created_at).total_seconds() == 3600
    area = inside.scalars(select(Area)).one()
    assert (area.name, area.nation) == ("Ashmere", Nation.ENGLAND)
    assert inside.scalar(select(Installation.demo)) is False


def test_init_twice_is_refused(say: Say, installation: Path) -> None:
    say(*INIT)
    assert say(*INIT) == (1, "", "This installation already has an area.\n")


def test_a_demonstration_never_becomes_real(say: Say, inside: Session, password_hash: str) -> None:
    demonstration(inside, password_hash)
    assert say(*INIT) == (1, "", "This database is a demonstration. Use another one.\n")


def test_a_real_installation_never_becomes_a_demonstration(say: Say, installation: Path) -> None:
    say(*INIT)
    code, _, complaint = say("demo")
    assert (code, complaint) == (1, "This database is not a demonstration. Use another one.\n")


def test_a_demonstrations_code_is_printed(say: Say, inside: Session, password_hash: str) -> None:
    demonstration(inside, password_hash)
    before = codes.code_at(SECRET, utc_now())
    code, said, _ = say("code", "ben@ashmere.example")
    assert code == 0
    assert said.strip() in (before, codes.code_at(SECRET, utc_now()))


def test_a_real_persons_code_is_not_printed(say: Say, installation: Path) -> None:
    say(*INIT)
    refused = (1, "", "One-time codes are printed only in a demonstration.\n")
    assert say("code", "ada@ashmere.example") == refused


def test_people_are_added_linked_and_ended(say: Say, inside: Session) -> None:
    say(*INIT)
    add = ("user", "add", "ben@ashmere.example", "--name", "Ben", "--role", "coordinator", "--agency")
    assert say(*add, "nowhere") == (1, "", "There is no agency with that code.\n")
    code, said, _ = say(*add, "office")
    assert (code, bool(token_in(said))) == (0, True)
    assert say(*add, "office") == (1, "", "There is an account with that address already.\n")
    assert token_in(say("user", "link", "ben@ashmere.example")[1])
    assert say("user", "end", "ben@ashmere.example") == (0, "The account is shut.\n", "")
    user = accounts.find(inside, "ben@ashmere.example")
    assert user is not None
    assert user.is_active is False


def test_tokens_are_made_for_named_scopes_and_ended(say: Say, inside: Session) -> None:
    say(*INIT)
    code, said, _ = say("token", "create", "ada@ashmere.example", "--scope", "referrals:write")
    row = api_tokens.find(inside, said.strip(), now=utc_now())
    assert row is not None
    assert (code, row.scopes) == (0, ["referrals:write"])
    code, _, complaint = say("token", "create", "ada@ashmere.example", "--scope", "all")
    assert (code, complaint[:19]) == (1, "Choose scopes from:")
    assert say("token", "revoke", "ada@ashmere.example") == (0, "Tokens ended: 1\n", "")


def test_commands_look_where_they_are_told(
    say: Say, inside: Session, installation: Path, password_hash: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The key lies beside the data folder that is named, unless a place of its own is set."""
    demonstration(inside, password_hash)
    there = installation.parent.with_name("there")
    installation.parent.rename(there.with_name("there-keys"))
    monkeypatch.delenv("MARAC_KEY_FILE")
    monkeypatch.setenv("MARAC_DATA", str(there.with_name("elsewhere")))
    settings.cache_clear()
    address = "ben@ashmere.example"
    for words in (
        ("code", address),
        ("user", "add", "cy@ashmere.example", "--name", "Cy", "--role", "chair", "--agency", "host"),
        ("user", "link", address),
        ("token", "create", address, "--scope", "referrals:read"),
        ("token", "revoke", address),
        ("reindex",),
        ("user", "end", address),
    ):
        assert "is missing" in say(*words)[2]
        assert say(*words, "--data", str(there))[::2] == (0, "")


def test_nobody_is_known_by_a_wrong_address(say: Say, installation: Path) -> None:
    say(*INIT)
    assert say("user", "link", "nobody@ashmere.example") == (
        1,
        "",
        "There is no account with that address.\n",
    )


def test_a_missing_key_is_said_and_not_replaced(say: Say, installation: Path) -> None:
    say(*INIT)
    installation.unlink()
    code, _, complaint = say("user", "link", "ada@ashmere.example")
    assert code == 1
    assert complaint == f"The key file {installation} is missing; nothing can be opened without it.\n"


def test_migrating_a_server_needs_its_owner(
    say: Say, installation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert say("migrate") == (0, "The database is at the newest revision.\n", "")
    monkeypatch.delenv("MARAC_OWNER_URL")
    settings.cache_clear()
    code, _, complaint = say("migrate")
    assert (code, complaint) == (
        1,
        "Set MARAC_OWNER_URL to the same database as the role marac_owner.\n",
    )


def test_roles_are_printed_for_a_servers_administrator(say: Say) -> None:
    code, said, _ = say("roles")
    assert code == 0
    for role in ("marac_owner", "marac_app", "marac_auditor", "marac_keeper"):
        assert f"ALTER ROLE {role} LOGIN NOSUPERUSER NOBYPASSRLS" in said
    assert "PASSWORD" not in said


def test_the_doctor_names_what_is_missing(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    assert say("doctor")[0] == 0
    monkeypatch.setattr("app.cli.setting_up.missing_libraries", lambda: ("libpango-1.0-0",))
    code, said, complaint = say("doctor")
    assert code == 1
    assert "Libraries for documents: libpango-1.0-0 missing" in said
    assert "libpango-1.0-0" in complaint


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("", "is not a key file"),
        ("[]", "is not a key file"),
        ('{"current": "k1", "keys": {"k1": "c2hvcnQ="}}', "is not a key file"),
        ('{"current": "k2", "keys": {}}', "is not a key file"),
    ],
)
def test_a_broken_key_file_is_refused(tmp_path: Path, content: str, complaint: str) -> None:
    file = tmp_path / "sealing.key"
    file.write_text(content)
    file.chmod(0o600)
    with pytest.raises(db.NotFit, match=complaint):
        keys.read_keyring(file)


def test_a_key_file_others_can_read_is_refused(tmp_path: Path, now: datetime) -> None:
    file = tmp_path / "keys" / "sealing.key"
    ring = keys.make_key_once(file)
    assert keys.make_key_once(file) == ring
    assert file.stat().st_mode & 0o777 == 0o600
    file.chmod(0o640)
    with pytest.raises(db.NotFit, match="can be read by others"):
        keys.read_keyring(file)
    with pytest.raises(FileExistsError):
        keys.write_keyring(file, ring)


def test_reindexing_makes_people_findable_once(
    say: Say, inside: Session, password_hash: str, now: datetime
) -> None:
    make.world(inside, now)
    inside.execute(text("DELETE FROM person_key"))
    inside.execute(text("UPDATE person_facts SET edition = 0"))
    inside.commit()
    assert say("doctor")[0] == 1
    assert say("reindex") == (0, "2 people indexed.\n", "")
    staff = inside.scalar(text("SELECT count(*) FROM membership WHERE ended_at IS NULL"))
    asked = text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'conflicts.look_at_user'")
    assert inside.scalar(asked) == staff
    assert say("reindex") == (0, "Everybody can be found already.\n", "")
    assert say("reindex", "--all")[1] == "2 people indexed.\n"
    assert inside.scalar(text("SELECT count(*) FROM person_key")) > 4
    assert "People who can be found: good" in say("doctor")[1]


def test_an_area_says_from_a_day_on_what_it_asks_of_the_form(
    say: Say, inside: Session, password_hash: str, now: datetime
) -> None:
    make.world(inside, now)
    inside.commit()
    assert "safety    sharing" in say("form")[1]
    asked = ("form", "--area", "Ashmere", "--require", "ethnicity", "--from", "2026-01-05")
    assert say(*asked) == (0, "From 2026-01-05 on, 1 more required, 0 fewer.\n", "")
    assert "required  needs              Ethnicity" in say("form", "--area", "Ashmere")[1]
    assert say(*asked)[::2] == (1, "A policy begins on that day already. Choose another day.\n")
    for words, said in (
        (("--require", "shoe_size"), "The form has no field shoe_size.\n"),
        (("--leave-out", "reason"), "reason cannot be left out: safety depends on it.\n"),
    ):
        assert say("form", "--area", "Ashmere", *words, "--from", "2026-02-01")[::2] == (1, said)
    assert say("form", "--area", "Nowhere")[::2] == (1, "There is no area of that name.\n")
    undated = say("form", "--area", "Ashmere", "--require", "ethnicity")
    assert undated[::2] == (1, "Say with --from the day on which it begins.\n")

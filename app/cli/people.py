"""Commands about people's accounts, for whoever runs the machine."""

from typing import Annotated

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.auth import accounts, api_tokens, codes, links, sessions
from app.cli.at import Data, chosen, unit_of_work
from app.main import utc_now
from conferences.errors import Refused
from conferences.models import Agency, Installation, Role, User

user = typer.Typer(help="People's accounts.", no_args_is_help=True)
token = typer.Typer(help="Tokens for people's own programs.", no_args_is_help=True)
Email = Annotated[str, typer.Argument(help="The address the person signs in with.")]


def _known(session: Session, email: str) -> User:
    found = accounts.find(session, email)
    if found is None:
        raise Refused("There is no account with that address.")
    return found


def code(email: Email, data: Data = None) -> None:
    """Print the present one-time code of somebody in a demonstration."""
    with unit_of_work(chosen(data)) as session:
        if not session.scalar(select(Installation.demo)):
            raise Refused("One-time codes are printed only in a demonstration.")
        secret = accounts.code_secret(session, _known(session, email))
        if secret is None:
            raise Refused("This person has not set up one-time codes yet.")
        typer.echo(codes.code_at(secret, utc_now()))


@user.command("add")
def add_user(
    email: Email,
    name: Annotated[str, typer.Option()],
    role: Annotated[Role, typer.Option()],
    agency: Annotated[str, typer.Option(help="The agency's short code.")],
    data: Data = None,
) -> None:
    """Give somebody an account and print the link with which they set it up."""
    with unit_of_work(chosen(data)) as session:
        if accounts.find(session, email):
            raise Refused("There is an account with that address already.")
        employer = session.scalars(select(Agency).where(Agency.code == agency)).one_or_none()
        if employer is None:
            raise Refused("There is no agency with that code.")
        added = accounts.add(session, employer, role, name=name, email=email, now=utc_now())
        made = links.make(session, added, now=utc_now())
    typer.echo(f"{chosen(data).address}/welcome/{made}")


@user.command("link")
def new_link(email: Email, data: Data = None) -> None:
    """Print a new link for somebody who lost their password or their phone."""
    with unit_of_work(chosen(data)) as session:
        made = links.make(session, _known(session, email), now=utc_now())
    typer.echo(f"{chosen(data).address}/welcome/{made}")


@user.command("end")
def end_user(email: Email, data: Data = None) -> None:
    """Shut an account: sessions and tokens end at once."""
    with unit_of_work(chosen(data)) as session:
        leaver = _known(session, email)
        leaver.is_active = False
        sessions.end_all(session, leaver, now=utc_now())
        api_tokens.revoke_all(session, leaver, now=utc_now())
    typer.echo("The account is shut.")


@token.command("create")
def create_token(
    email: Email,
    scope: Annotated[list[str], typer.Option(help="What it is for; may be repeated.")],
    data: Data = None,
) -> None:
    """Print a token for somebody's own program; it is shown only now and lasts ninety days."""
    with unit_of_work(chosen(data)) as session:
        made = api_tokens.make(session, _known(session, email), scope, now=utc_now())
    typer.echo(made)


@token.command("revoke")
def revoke_tokens(email: Email, data: Data = None) -> None:
    """End all tokens of a person."""
    with unit_of_work(chosen(data)) as session:
        ended = api_tokens.revoke_all(session, _known(session, email), now=utc_now())
    typer.echo(f"Tokens ended: {ended}")


COMMANDS = {"code": code}

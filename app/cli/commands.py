"""Every command, gathered."""

import sys
import warnings

import typer

# The bundled server asks for a folder that root has none of; what it falls back to is fine.
warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")

from app.cli import (  # noqa: E402 - after the filter
    checklists,
    form,
    importing,
    matching,
    people,
    quiet,
    register,
    rescoring,
    running,
    setting_up,
    sign_off,
    trouble,
)

cli = typer.Typer(
    help="Referrals, conferences and actions for one partnership.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for module in (
    running,
    setting_up,
    people,
    checklists,
    matching,
    register,
    rescoring,
    importing,
    form,
    sign_off,
):
    for name, command in module.COMMANDS.items():
        cli.command(name)(command)
cli.add_typer(people.user, name="user")
cli.add_typer(people.token, name="token")
cli.add_typer(checklists.instruments, name="instruments")


def main(words: list[str] | None = None) -> None:
    """Runs one command; what goes wrong is one line and exit code 1."""
    try:
        cli(words)
    except Exception as error:
        typer.echo(trouble.sentence(error), err=True)
        if isinstance(error, OSError):
            quiet.say_no_more()
        sys.exit(1)

"""The command line: marac demo, serve, worker, migrate, init, user, token, code, roles, doctor,
instruments, score, rescore, match, reindex, import, form.
"""

import sys


def main(words: list[str] | None = None) -> None:
    """Runs one command; what goes wrong is one line and exit code 1."""
    typed = sys.argv[1:] if words is None else words
    if typed[:1] == ["match"]:
        # Comparing names needs neither web nor database, and should not wait for them.
        from app.cli import matching

        matching.main(typed[1:])
        return
    from app.cli import commands

    commands.main(words)

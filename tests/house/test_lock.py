"""What is installed is what was locked, whichever way it is installed."""

import re
from importlib.metadata import version

from tests.house import constraints

LOCK = (constraints.ROOT / "requirements.lock").read_text()


def test_uv_run_is_held_to_the_lock() -> None:
    assert constraints.constrained() == constraints.locked()


def test_every_locked_package_has_a_hash() -> None:
    packages = re.split(r"\n(?=\S)", LOCK.strip())
    assert len(packages) > 80
    for package in packages:
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", package), package.split()[0]


def test_the_lock_names_no_place_to_fetch_from() -> None:
    assert "://" not in LOCK
    assert "--index-url" not in LOCK


def test_what_runs_here_is_what_was_locked() -> None:
    pinned = dict(line.split(" ;")[0].split("==") for line in constraints.locked() if " ;" not in line)
    assert {name: version(name) for name in pinned} == pinned

"""The shipped editions, profiles and norms, read once and found by name."""

from datetime import date
from functools import cache
from pathlib import Path

from risk.errors import UnknownInstrument, shown
from risk.instrument import Edition, Norms, Profile
from risk.loading import read_edition, read_norms, read_profile

HERE = Path(__file__).parent


@cache
def editions() -> tuple[Edition, ...]:
    """Every shipped edition, by slug and then version, oldest first."""
    read = (read_edition(file) for file in sorted((HERE / "instruments").glob("*.toml")))
    return tuple(sorted(read, key=lambda edition: (edition.slug, edition.version)))


@cache
def profiles() -> tuple[Profile, ...]:
    """Every shipped profile, by slug."""
    bases = {edition.name: edition for edition in editions()}
    return tuple(read_profile(file, bases) for file in sorted((HERE / "profiles").glob("*.toml")))


@cache
def norm_tables() -> dict[str, Norms]:
    """Every shipped norm table by slug."""
    read = (read_norms(file) for file in sorted((HERE / "norms").glob("*.toml")))
    return {norms.slug: norms for norms in read}


def edition(slug: str, version: str | None = None, *, on: date | None = None) -> Edition:
    """The edition with this name: the version asked for, else the one in force on a day, else the newest."""
    found = [one for one in editions() if one.slug == slug]
    if not found:
        raise UnknownInstrument(f"instrument: no shipped instrument is called {shown(slug)}")
    if version is not None:
        found = [one for one in found if one.version == version]
        if not found:
            raise UnknownInstrument(f"version: {slug} has no version {shown(version)}")
    elif on is not None:
        found = [one for one in found if in_force(one, on)] or found
    return found[-1]


def profile(slug: str) -> Profile:
    """The shipped profile with this name."""
    for one in profiles():
        if one.slug == slug:
            return one
    raise UnknownInstrument(f"profile: no shipped profile is called {shown(slug)}")


def in_force(one: Edition | Profile, on: date) -> bool:
    """Whether an edition or a profile is in force on a day, both ends included."""
    return one.effective.first <= on and (one.effective.last is None or on <= one.effective.last)

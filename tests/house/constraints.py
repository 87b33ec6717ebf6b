"""Keeps the versions in pyproject.toml that `uv run` obeys the same as those in requirements.lock."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_LINE = re.compile(r"^([A-Za-z0-9._-]+==[^ \\]+(?: ; [^\\]+)?)", re.MULTILINE)
_BLOCK = re.compile(r"\n*\[tool\.uv\]\n.*?(?=\n\[|\Z)", re.DOTALL)


def locked() -> list[str]:
    """Returns every pinned requirement of the lock, with its marker, without hashes."""
    return [found.strip() for found in _LINE.findall((ROOT / "requirements.lock").read_text())]


def constrained() -> list[str]:
    """Returns the versions pyproject.toml holds uv to."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return list(project["tool"]["uv"]["constraint-dependencies"])


def rewrite() -> None:
    """Writes the lock's versions into pyproject.toml."""
    file = ROOT / "pyproject.toml"
    lines = "".join(f'  "{line}",\n' for line in locked())
    block = f"# Written by `make lock`.\n[tool.uv]\nconstraint-dependencies = [\n{lines}]\n"
    kept = _BLOCK.sub("", file.read_text()).replace("# Written by `make lock`.\n", "").rstrip()
    file.write_text(f"{kept}\n\n{block}")


if __name__ == "__main__":
    rewrite()

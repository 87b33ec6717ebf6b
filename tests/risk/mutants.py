"""Break the engine one small way at a time and see whether a test notices; a script, never run by pytest."""

import argparse
import ast
import copy
import multiprocessing
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

ROOT = Path(__file__).parents[2]
MOST_MEMORY = 4 * 1024**3
LONGEST = 120  # seconds; a mutant that goes on for ever is noticed by that
RUN = ["tests/risk", "-x", "-q", "-m", "not slow", "-p", "no:cacheprovider"]
SWAPS = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
}


def places(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every node that can be broken, by its position in the walk, and what it is; decorators apart."""
    decorators = (one for node in ast.walk(tree) for one in getattr(node, "decorator_list", []))
    told = {id(part) for one in decorators for part in ast.walk(one)}
    for at, node in enumerate(ast.walk(tree)):
        if id(node) in told:
            continue
        if isinstance(node, ast.Compare) and type(node.ops[0]) in SWAPS:
            yield at, type(node.ops[0]).__name__
        elif isinstance(node, ast.BoolOp | ast.BinOp) and type(node.op) in SWAPS:
            yield at, type(node.op).__name__
        elif isinstance(node, ast.Constant) and type(node.value) in {int, bool}:
            yield at, repr(node.value)
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            yield at, "not"


def broken(tree: ast.AST, place: int) -> ast.AST:
    """The tree with one node changed."""
    tree = copy.deepcopy(tree)
    node = next(node for at, node in enumerate(ast.walk(tree)) if at == place)
    if isinstance(node, ast.Compare):
        node.ops[0] = SWAPS[type(node.ops[0])]()
    elif isinstance(node, ast.BoolOp | ast.BinOp):
        node.op = SWAPS[type(node.op)]()
    elif isinstance(node, ast.Constant):
        node.value = (not node.value) if isinstance(node.value, bool) else node.value + 1
    elif isinstance(node, ast.UnaryOp):
        node.op, node.operand = ast.Not(), ast.UnaryOp(ast.Not(), node.operand)
    return ast.fix_missing_locations(tree)


Mutant = tuple[Path, int, int, str]


def mutants() -> list[Mutant]:
    """File, place, line and kind of every mutant."""
    found = []
    for file in sorted((ROOT / "risk").glob("*.py")):
        tree = ast.parse(file.read_text())
        nodes = list(ast.walk(tree))
        found += [(file, at, getattr(nodes[at], "lineno", 0), kind) for at, kind in places(tree)]
    return found


def whole_copy() -> str:
    """A folder with the engine and its tests, where every test passes before anything is broken."""
    folder = tempfile.mkdtemp(prefix="mutants")
    shutil.copytree(ROOT / "risk", f"{folder}/risk", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "tests" / "risk", f"{folder}/tests/risk")
    Path(folder, "tests", "__init__.py").touch()
    shutil.copy(ROOT / "pyproject.toml", folder)
    os.chdir(folder)
    sys.dont_write_bytecode = False
    if not passes():
        raise SystemExit("the tests fail before anything is broken")
    sys.dont_write_bytecode = True
    return folder


def move_in(folder: str) -> None:
    """A copy of the copy for this worker alone."""
    mine = tempfile.mkdtemp(prefix="mutants")
    shutil.copytree(folder, mine, dirs_exist_ok=True)
    os.chdir(mine)


def passes() -> bool:
    """Whether every quick risk test passes in this folder, in a process of its own."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    signal.alarm(LONGEST)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    for name in [name for name in sys.modules if name.split(".")[0] in {"risk", "tests"}]:
        del sys.modules[name]
    sys.path[:] = [os.getcwd(), *(place for place in sys.path if Path(place or ".").resolve() != ROOT)]
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    hypothesis.settings.register_profile("mutants", database=None, derandomize=True)
    hypothesis.settings.load_profile("mutants")
    os._exit(int(pytest.main(RUN)))


def survives(mutant: Mutant) -> bool:
    """Whether every quick risk test passes on the copy with this mutant."""
    file, place, _, _ = mutant
    copied = Path("risk", file.name)
    whole = copied.read_text()
    for kept in Path("risk", "__pycache__").glob(f"{file.stem}.*"):
        kept.unlink()
    copied.write_text(ast.unparse(broken(ast.parse(whole), place)))
    try:
        return passes()
    finally:
        copied.write_text(whole)


def asked_for() -> argparse.Namespace:
    """What to break, and how many at once."""
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="*", help="names such as scoring.py; every file when none is named")
    parser.add_argument("--sample", type=int)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def main() -> None:
    asked = asked_for()
    chosen = [mutant for mutant in mutants() if not asked.files or mutant[0].name in asked.files]
    if asked.sample and asked.sample < len(chosen):
        chosen = random.Random(asked.seed).sample(chosen, asked.sample)
    alive = 0
    folder = whole_copy()
    with multiprocessing.get_context("fork").Pool(asked.jobs, move_in, (folder,)) as pool:
        for mutant, lived in zip(chosen, pool.imap(survives, chosen), strict=True):
            alive += lived
            if lived:
                file, place, line, kind = mutant
                sys.stdout.write(f"survived: risk/{file.name}:{line}: {kind} (place {place})\n")
                sys.stdout.flush()
    sys.stdout.write(f"{len(chosen) - alive} of {len(chosen)} noticed\n")


if __name__ == "__main__":
    main()

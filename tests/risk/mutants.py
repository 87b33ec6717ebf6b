"""Break the engine one small way at a time and see whether a test notices; a script, never run by pytest."""

import argparse
import ast
import copy
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parents[2]
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


def mutants() -> list[tuple[Path, int, int, str]]:
    """File, place, line and kind of every mutant."""
    found = []
    for file in sorted((ROOT / "risk").glob("*.py")):
        tree = ast.parse(file.read_text())
        nodes = list(ast.walk(tree))
        found += [(file, at, getattr(nodes[at], "lineno", 0), kind) for at, kind in places(tree)]
    return found


def survives(mutant: tuple[Path, int, int, str]) -> bool:
    """Whether every quick risk test passes on a copy with this mutant."""
    file, place, _, _ = mutant
    with tempfile.TemporaryDirectory() as folder:
        there = Path(folder)
        shutil.copytree(ROOT / "risk", there / "risk")
        shutil.copytree(ROOT / "tests" / "risk", there / "tests" / "risk")
        (there / "tests" / "__init__.py").touch()
        shutil.copy(ROOT / "pyproject.toml", there)
        (there / "risk" / file.name).write_text(ast.unparse(broken(ast.parse(file.read_text()), place)))
        run = [
            sys.executable,
            "-m",
            "pytest",
            "tests/risk",
            "-x",
            "-q",
            "-m",
            "not slow",
            "-p",
            "no:cacheprovider",
        ]
        environment = {**os.environ, "PYTHONPATH": folder, "PYTHONDONTWRITEBYTECODE": "1"}
        try:
            return not subprocess.run(
                run, cwd=folder, env=environment, capture_output=True, timeout=180
            ).returncode
        except subprocess.TimeoutExpired:
            return False


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sample", type=int)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    chosen = mutants()
    if asked.sample:
        chosen = random.Random(asked.seed).sample(chosen, asked.sample)
    alive = 0
    with ThreadPoolExecutor(asked.jobs) as pool:
        for mutant, lived in zip(chosen, pool.map(survives, chosen), strict=True):
            alive += lived
            if lived:
                file, _, line, kind = mutant
                sys.stdout.write(f"survived: risk/{file.name}:{line}: {kind}\n")
                sys.stdout.flush()
    sys.stdout.write(f"{len(chosen) - alive} of {len(chosen)} noticed\n")


if __name__ == "__main__":
    main()

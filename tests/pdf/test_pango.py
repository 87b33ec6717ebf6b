"""A machine that cannot draw says what to install, and everything else goes on."""

import subprocess
import sys

import pytest

from app import pdf
from app.pdf.pango import what_to_install

WITHOUT = """
import sys

class NoPango:
    def find_spec(self, name, path=None, target=None):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")

sys.meta_path.insert(0, NoPango())
from app import pdf
from tests.pdf import make
print(pdf.pango_missing())
try:
    pdf.render_agenda(make.agenda())
except pdf.PangoMissing as refusal:
    print(refusal)
"""


def test_this_machine_can_draw() -> None:
    assert pdf.pango_missing() is None


def test_without_pango_the_module_loads_and_names_the_package() -> None:
    run = subprocess.run([sys.executable, "-c", WITHOUT], capture_output=True, text=True, check=True)
    first, second = run.stdout.splitlines()
    assert first == second
    assert first.startswith("Documents cannot be drawn because Pango is missing.")


@pytest.mark.parametrize(
    ("platform", "named"),
    [("linux", "apt-get install libpango-1.0-0"), ("darwin", "brew install pango"), ("win32", "GTK runtime")],
)
def test_each_platform_has_its_command(platform: str, named: str) -> None:
    assert named in what_to_install(platform)


def test_drawing_is_the_only_part_that_needs_it() -> None:
    run = subprocess.run(
        [sys.executable, "-c", "import app.pdf, sys; print('weasyprint' in sys.modules)"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert run.stdout.strip() == "False"

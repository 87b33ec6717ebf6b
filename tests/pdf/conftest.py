"""The two documents, drawn once for the tests that only read them; a grumble while drawing fails."""

import pytest

from app import pdf
from tests.pdf import make


@pytest.fixture(scope="session")
def agenda() -> bytes:
    """Gives the fixture agenda as PDF."""
    return pdf.render_agenda(make.agenda(), strict=True)


@pytest.fixture(scope="session")
def action_plan() -> bytes:
    """Gives housing's action plan as PDF."""
    return pdf.render_action_plan(make.action_plan(), strict=True)


@pytest.fixture(params=["agenda", "action_plan"])
def document(request: pytest.FixtureRequest) -> bytes:
    """Gives each of the documents in turn."""
    drawn: bytes = request.getfixturevalue(request.param)
    return drawn

"""Nobody opens a way to reach somebody but the few modules named here, and none of them makes a document.

A letter, a mail or an export that wants a number or an address asks `contacts.safe_to_use`.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(path for folder in ("app", "conferences") for path in (ROOT / folder).rglob("*.py"))

# Each word that leads to what a way is, and the modules that may say it.
OPENS: dict[str, set[str]] = {
    "ContactPoint": {
        "conferences.person.contacts", "conferences.person.apart", "conferences.finding.indexing",
        "conferences.models.people",
    },
    "SafeAddress": {
        "conferences.person.contacts", "conferences.finding.indexing", "conferences.person.hiding",
        "conferences.person.people", "conferences.models.people",
    },
    "contact_point": {"conferences.models.people"},
    "safe_address": {"conferences.models.people", "conferences.referral.completeness"},
    "contact_of": {"conferences.person.contacts", "app.api.contacts", "app.pages.referral.views.tasks"},
    "look_at_address": {
        "conferences.person.people", "app.api.addresses", "app.pages.meeting.actions", "app.pages.case.cases",
    },
    # The last three have another of that name: about a checklist, and about those who work for an agency.
    "facts_of": {
        "conferences.wall.conflicts", "conferences.person.enquiries", "conferences.case.identity_views",
        "conferences.finding.indexing", "conferences.finding.neighbours", "conferences.finding.register",
        "conferences.checklist.assessments", "conferences.checklist.rescoring", "conferences.wall.colleagues",
    },
}  # fmt: skip
# Whatever leaves the service: drawn, sent or carried away.
LEAVES = (
    "conferences.plans", "conferences.meeting.papers", "conferences.meeting.documents",
    "conferences.meeting.action_views", "conferences.referral.blanks", "conferences.triage.queue_views",
    "conferences.finding.search", "conferences.imports",
    "app.pdf", "app.copies", "app.blank_forms", "app.logs", "app.jobs", "app.cli",
)  # fmt: skip


def module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def words(code: str) -> Iterator[str]:
    """Gives every name, attribute, import and whole string of a module."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.alias):
            yield node.name
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.FunctionDef):
            yield node.name


def openers(name: str, code: str) -> set[str]:
    """Returns the words by which a module opens a way although it may not."""
    return {word for word in words(code) if word in OPENS and name not in OPENS[word]}


@pytest.mark.parametrize("path", FILES, ids=module)
def test_no_other_module_opens_a_way(path: Path) -> None:
    name = module(path)
    if name != "conferences.models":  # which only lists the tables
        assert openers(name, path.read_text()) == set()


def test_nothing_that_leaves_is_among_those_that_may() -> None:
    allowed = set().union(*OPENS.values())
    assert [name for name in allowed if name.startswith(LEAVES)] == []
    named = {module(path) for path in FILES}
    assert allowed <= named, "a module that is gone"
    assert all(any(name.startswith(one) for name in named) for one in LEAVES)


@pytest.mark.parametrize(
    "code",
    [
        "from conferences.person.contacts import contact_of",
        "contacts.contact_of(session, person).points[0].value",
        "people.look_at_address(session, user, case, reason='', now=now)",
        "session.scalars(select(models.ContactPoint))",
        "getattr(models, 'SafeAddress')",
        "indexing.facts_of(session, person).phones",
    ],
)
def test_a_document_that_helped_itself_would_be_noticed(code: str) -> None:
    for name in ("conferences.meeting.papers", "app.pdf.letters"):
        assert openers(name, code), code

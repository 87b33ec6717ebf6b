"""Generated reference pages say what the code says."""

import re
from pathlib import Path

import pytest

from app import reference

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", list(reference.PAGES))
def test_a_generated_page_equals_the_code(name: str) -> None:
    written = (reference.DOCS / name).read_text()
    assert written == reference.PAGES[name](), f"{name} is out of date: run `marac reference`"


def test_decisions_are_numbered_titled_and_about_a_page() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert pages
    assert len({page.name[:4] for page in pages}) == len(pages), "two decisions have one number"
    for page in pages:
        text = page.read_text()
        assert re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", page.name), page.name
        assert text.startswith(f"# {page.name[:4]} "), page.name
        assert len(text.splitlines()) < 90, page.name


def test_every_link_between_pages_leads_somewhere() -> None:
    for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text()):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"

"""Every template keeps the house rules: escaped, strict, used, neutral, and in the reader's language."""

import re
from pathlib import Path

import pytest

from app.templating import TEMPLATES, environment

ROOT = TEMPLATES.parent
ALL = sorted(p.relative_to(TEMPLATES).as_posix() for p in TEMPLATES.rglob("*.html"))
ON_SCREEN = [name for name in ALL if not name.startswith(("pdf/", "mail/"))]
PAGES = [name for name in ON_SCREEN if re.search(r"{%-? extends ", (TEMPLATES / name).read_text())]
NOT_TRANSLATED = ("OFFICIAL-SENSITIVE",)
SAID_ALOUD = r'(?:aria-label|alt|title|placeholder)="[^"{]*[A-Za-z]'


def text_of(name: str) -> str:
    """The source of a template without its comments."""
    return re.sub(r"{#.*?#}", "", (TEMPLATES / name).read_text(), flags=re.S)


def bare(source: str) -> str:
    """What is left of a template when Jinja, tags and entities are taken out: words nobody can translate."""
    source = re.sub(r"{% block main_class %}.*?{% endblock %}", "", source, flags=re.S)
    without_jinja = re.sub(r"{%.*?%}|{{.*?}}", "", source, flags=re.S)
    without_tags = re.sub(r"<[^>]*>", "", without_jinja, flags=re.S)
    without_tags = re.sub(r'[a-z-]+="[^"]*"', "", without_tags)  # an attribute that a macro prints
    for allowed in NOT_TRANSLATED:
        without_tags = without_tags.replace(allowed, "")
    return re.sub(r"&\w+;", "", without_tags)


def sentences(source: str) -> list[str]:
    """Every string a template offers for translation."""
    return re.findall(r'_\(\s*"((?:[^"\\]|\\.)*)"', source)


def test_there_are_templates() -> None:
    assert len(ON_SCREEN) > 20
    assert len(PAGES) > 9


@pytest.mark.parametrize("name", ON_SCREEN)
def test_compiles_under_the_strict_environment(name: str) -> None:
    environment().get_template(name)


def test_names_missing_from_a_page_fail_it() -> None:
    assert environment().undefined.__name__ == "StrictUndefined"
    assert environment().autoescape is True


@pytest.mark.parametrize("name", ALL)
def test_escapes_everything(name: str) -> None:
    source = text_of(name)
    assert not re.search(r"\|\s*safe\b", source)
    assert not re.search(r"{%-?\s*autoescape", source)
    assert "Markup(" not in source
    assert not re.search(r"""["']?\b\w*[hH]tml["']?\s*[:=]\s*[^"'=\s/]""", source), (
        "a variable under an html key"
    )


@pytest.mark.parametrize("name", ON_SCREEN)
def test_has_no_inline_style_or_script(name: str) -> None:
    source = text_of(name)
    assert not re.search(r"<[^>]*\sstyle\s*=", source)
    assert not re.search(r"<[^>]*\son[a-z]+\s*=", source)
    assert "<style" not in source
    assert "javascript:" not in source
    for script in re.findall(r"<script[^>]*>", source):
        assert " src=" in script


@pytest.mark.parametrize("name", ON_SCREEN)
def test_reaches_for_nothing_elsewhere(name: str) -> None:
    assert not re.search(r'\ssrc="(?:https?:)?//', text_of(name))
    assert not re.search(r'<link[^>]*href="(?:https?:)?//', text_of(name))


@pytest.mark.parametrize("name", ON_SCREEN)
def test_every_word_on_the_page_can_be_translated(name: str) -> None:
    left = re.findall(r"[^\W\d_]{2,}", bare(text_of(name)))
    assert left == []
    assert not re.search(SAID_ALOUD, text_of(name))


@pytest.mark.parametrize("name", ON_SCREEN)
def test_the_words_are_plain(name: str) -> None:
    for said in sentences(text_of(name)):
        assert "!" not in said
        assert not re.search(r"\b(?:e\.g|i\.e|etc|please|via|client|ticket|invalid)\b", said, re.I), said
        assert not re.search(r"\w'\w", said), f"straight apostrophe: {said}"
        assert "MARAC" not in said
        assert said == said.strip()


@pytest.mark.parametrize("name", PAGES)
def test_the_title_of_a_page_is_fixed_words(name: str) -> None:
    """A title stays in the browser's history: it holds no name, no reference and no case fact."""
    source = text_of(name)
    found = re.search(r"{%-? block title -?%}(.*?){%-? endblock", source, re.S)
    if found is None:
        assert not re.search(r'extends "base', source), "a page without a title"
        return
    for shown in re.findall(r"{{(.*?)}}", found[1], re.S):
        assert re.fullmatch(r'\s*_\(\s*"[^"%]*"\s*\)\s*', shown), shown


def test_no_template_is_unused() -> None:
    python = "\n".join(p.read_text() for p in (ROOT / "app").rglob("*.py"))
    python += "\n".join(p.read_text() for p in (ROOT / "conferences").rglob("*.py"))
    named = "\n".join((TEMPLATES / name).read_text() for name in ALL) + python
    # The page of an error is chosen by its status, or is the one that says a sentence.
    by_number = "errors/{" in python
    unused = [
        name
        for name in ALL
        if name.removeprefix("pdf/") not in named
        and not (by_number and re.fullmatch(r"errors/(\d+|refused)\.html", name))
    ]
    assert unused == []


def test_the_size_of_a_template_stays_small() -> None:
    long = {name: n for name in ALL if (n := len((TEMPLATES / name).read_text().splitlines())) > 250}
    assert long == {}


def test_templates_live_where_the_package_expects_them() -> None:
    assert Path(TEMPLATES, "base.html").is_file()

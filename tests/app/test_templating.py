"""The shell around a page, the words on it, and the style and script it is served with."""

import hashlib
import io
import tarfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from fastapi import FastAPI
from jinja2 import UndefinedError
from starlette.requests import Request
from starlette.testclient import TestClient

from app import assets
from app.forms import Filled, FormError
from app.templating import (
    NavLink,
    Shell,
    clock,
    day,
    environment,
    initials,
    language,
    new_form_key,
    render,
    short_day,
    t,
    tn,
    translations,
)  # fmt: skip

DANA = Shell(
    service_name="Working together",
    area_name="Ashmere",
    user_name="Dana Wickfield",
    role_label="Housing",
    nav=(NavLink("/", "My work", count=6), NavLink("/actions", "Actions", current=True)),
    csrf_token="token-of-dana",
    help_phone="01632 960100",
    signed_in=True,
)


def asked(shell: Shell | None = None) -> Request:
    """A request that carries a shell, or none yet."""
    state = {"shell": shell} if shell else {}
    return Request({"type": "http", "method": "GET", "path": "/", "headers": [], "state": state})


def page(shell: Shell | None, template: str = "errors/404.html", **context: object) -> str:
    return bytes(render(asked(shell), template, **context).body).decode()


def drawn(source: str, **context: object) -> str:
    """Render a few lines of template that use our components."""
    return environment().from_string(source).render(shell=DANA, errors=(), **context)


def test_a_page_says_whose_it_is_and_who_is_signed_in() -> None:
    html = page(DANA)
    assert "<title>Page not found – Working together</title>" in html
    assert "Dana Wickfield · Housing" in html
    assert 'href="/actions" aria-current="page"' in html
    assert '6<span class="om-vh"> waiting</span>' in html
    assert "OFFICIAL-SENSITIVE" in html
    assert "Check the reference, or ring the coordinator on 01632 960100." in html
    assert '<meta name="csrf-token" content="token-of-dana">' in html


def test_the_product_is_named_on_no_page() -> None:
    assert "marac" not in page(DANA).lower()
    assert "marac" not in page(None).lower()


def test_a_page_before_sign_in_has_no_navigation_and_no_handling_note() -> None:
    html = page(None)
    assert "<title>Page not found – Partnership</title>" in html
    assert "OFFICIAL-SENSITIVE" not in html
    assert "<nav" not in html


def test_every_page_of_a_practice_area_says_so() -> None:
    words = "Every person and place here is made up."
    assert words in page(replace(DANA, demo=True))
    assert words in page(Shell(demo=True))
    assert words not in page(DANA)


def test_the_way_out_is_there_when_asked_for() -> None:
    assert "data-exit" in page(Shell(exit_button=True))
    assert "data-exit" in page(replace(DANA, exit_button=True))
    assert "data-exit" not in page(DANA)


def test_an_error_changes_the_title_and_comes_first() -> None:
    wrong = (FormError("due", "Enter a date, like 3 12 2026", "due-day"),)
    html = page(DANA, errors=wrong)
    assert "<title>Error: Page not found" in html
    assert '<a href="#due-day">Enter a date, like 3 12 2026</a>' in html
    assert html.index("There is a problem") < html.index("<h1")


@pytest.mark.parametrize("status", [400, 403, 404, 409, 413, 422, 429, 500, 503])
@pytest.mark.parametrize("shell", [None, DANA, Shell(help_phone="01632 960100")])
def test_every_error_page_stands_alone(status: int, shell: Shell | None) -> None:
    answer = render(asked(shell), f"errors/{status}.html", status_code=status)
    assert answer.status_code == status
    assert bytes(answer.body).count(b"<h1") == 1


def test_what_is_typed_is_escaped() -> None:
    html = drawn(
        '{% from "components/forms.html" import text_input %}{{ text_input("name", "Name", form) }}',
        form=Filled.showing(name='"><script>alert(1)</script>'),
    )
    assert "<script>" not in html
    assert 'value="&#34;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"' in html


def test_a_missing_name_fails_the_page() -> None:
    with pytest.raises(UndefinedError):
        drawn("{{ nobody_passed_this }}")
    with pytest.raises(UndefinedError):
        drawn('{% from "components/icons.html" import icon %}{{ icon("unicorn") }}')


def test_the_bar_of_answers_is_drawn_to_scale_with_the_line() -> None:
    html = drawn('{% from "components/bars.html" import bounds_bar %}{{ bounds_bar(11, 5, 8, 24, 14) }}')
    assert "11 answers are yes. 5 are not known. The count is between 11 and 16 out of 24." in html
    assert "The line here is 14." in html
    assert 'class="om-bound__yes" x="20" y="34" width="275.0"' in html
    assert 'class="om-bound__maybe" x="295.0" y="34" width="125.0"' in html
    assert "M370.0 22V70" in html


def test_the_bar_of_answers_without_a_line_says_nothing_of_one() -> None:
    html = drawn('{% from "components/bars.html" import bounds_bar %}{{ bounds_bar(0, 0, 11, 11) }}')
    assert "line" not in html.lower()


def test_choices_come_with_nothing_chosen() -> None:
    source = (
        '{% from "components/choices.html" import radios_three %}{{ radios_three("safe", "Safe?", form) }}'
    )
    assert "checked" not in drawn(source, form=Filled())
    assert drawn(source, form=Filled.showing(safe="dont_know")).count("checked") == 1


def test_a_form_carries_its_token_and_a_fresh_key() -> None:
    source = (
        '{% from "components/forms.html" import form_open %}{% call form_open(shell, "/x") %}-{% endcall %}'
    )
    first, second = drawn(source), drawn(source)
    assert 'name="csrf_token" value="token-of-dana"' in first
    assert first != second
    assert len(new_form_key()) == 22


def test_days_and_times_are_said_as_people_say_them() -> None:
    assert day(date(2026, 12, 2)) == "Wednesday 2 December 2026"
    assert short_day(date(2026, 12, 2)) == "2 December 2026"
    assert clock(datetime(2026, 12, 2, 9, 30, tzinfo=UTC)) == "9:30am"
    assert clock(datetime(2026, 12, 2, 17, 0, tzinfo=UTC)) == "5pm"
    assert clock(datetime(2026, 12, 2, 12, 5, tzinfo=UTC)) == "12:05pm"
    assert clock(datetime(2026, 12, 2, 0, 5, tzinfo=UTC)) == "12:05am"
    assert clock(datetime(2026, 12, 2, 12, 0, tzinfo=UTC)) == "midday"
    assert clock(datetime(2026, 12, 2, 0, 0, tzinfo=UTC)) == "midnight"


def test_times_are_those_of_london_in_summer_too() -> None:
    late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    assert clock(late) == "12:30am"
    assert short_day(late) == "1 July 2026"


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        clock(datetime(2026, 12, 2, 9, 30))  # noqa: DTZ001 - the point of the test


def test_initials() -> None:
    assert initials("Testa Marrowby") == "T.M."
    assert initials("Siobhan O'Neill") == "S.O."
    assert initials("élodie") == "É."
    assert initials("") == ""


def test_sentences_are_filled_in_and_counted() -> None:
    assert t("Help line %(phone)s", phone="01632 960100") == "Help line 01632 960100"
    assert t("100% sure") == "100% sure"
    assert t("") == ""
    assert tn("%(count)s case", "%(count)s cases", 1) == "1 case"
    assert tn("%(count)s case", "%(count)s cases", 3) == "3 cases"


def test_a_language_without_a_catalogue_falls_back_to_english_words() -> None:
    token = language.set("cy")
    try:
        assert t("Sign out") == "Sign out"
        assert short_day(date(2026, 12, 2)) == "2 Rhagfyr 2026"
    finally:
        language.reset(token)
    assert translations("en").gettext("Sign out") == "Sign out"


def test_the_vendored_files_are_the_ones_that_were_listed() -> None:
    listed = (assets.STATIC / "vendor" / "SHA256SUMS").read_text()
    assert listed == assets.vendored_sums()
    assert len(listed.splitlines()) > 15


def test_every_vendored_package_comes_with_its_licence() -> None:
    folders = [p for p in (assets.STATIC / "vendor").iterdir() if p.is_dir()]
    assert len(folders) == 3
    assert all((folder / "LICENSE").is_file() for folder in folders)


def test_the_style_reaches_for_nothing_elsewhere_and_borrows_no_marks() -> None:
    for path in assets.STATIC.rglob("*.css"):
        text = path.read_text()
        assert "url(http" not in text
        assert "url(/" not in text
        assert "@import" not in text
        assert "GDS Transport" not in text
        assert "crest" not in text.replace("moj-header__logotype-crest", "")


def test_the_packages_are_refused_when_they_are_not_the_pinned_ones(tmp_path: Path) -> None:
    (tmp_path / "govuk-frontend-6.3.0.tgz").write_bytes(b"not the archive")
    with pytest.raises(ValueError, match="not the archive that is pinned"):
        assets.vendor_assets(tmp_path)


def test_a_pinned_package_is_unpacked_with_the_pictures_its_style_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = tmp_path / "pretty-1.0.tgz"
    contents = {
        "package/dist/pretty.min.css": b"p{background:url(/assets/images/x.svg)}",
        "package/dist/assets/images/x.svg": b"<svg/>",
        "package/dist/pretty.min.js": b"go();//# sourceMappingURL=pretty.min.js.map",
    }
    with tarfile.open(archive, "w:gz") as bundle:
        for name, content in contents.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            bundle.addfile(entry, io.BytesIO(content))
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    wanted = ("package/dist/pretty.min.css", "package/dist/pretty.min.js")
    monkeypatch.setattr(assets, "STATIC", tmp_path / "static")
    monkeypatch.setattr(assets, "VENDORED", (assets.Package("pretty", "1.0", digest, wanted),))
    assert assets.vendor_assets(tmp_path) == ["wrote pretty.min.css", "wrote pretty.min.js"]
    folder = tmp_path / "static" / "vendor" / "pretty-1.0"
    assert (folder / "pretty.min.css").read_text() == "p{background:url(./assets/images/x.svg)}"
    assert (folder / "assets" / "images" / "x.svg").read_text() == "<svg/>"
    assert (folder / "pretty.min.js").read_text() == "go();"
    assert len((tmp_path / "static" / "vendor" / "SHA256SUMS").read_text().splitlines()) == 3


def test_their_typeface_and_crest_are_left_out() -> None:
    css = (
        "@font-face{font-family:GDS Transport;src:url(/assets/fonts/a.woff)}"
        "p{font-family:GDS Transport,arial,sans-serif;background:url(/assets/images/govuk-crest.svg)}"
        "b{background:url(/assets/images/x.svg)}/*# sourceMappingURL=x.map */"
    )
    assert assets.without_their_marks(css) == (
        "p{font-family:var(--om-font);background:none}b{background:url(./assets/images/x.svg)}"
    )


def test_a_static_file_is_kept_for_a_year_under_an_address_that_changes_with_it() -> None:
    app = FastAPI()
    assets.mount_static(app)
    with TestClient(app) as browser:
        good = browser.get(assets.asset_url("om.css"))
        assert good.status_code == 200
        assert good.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert good.headers["X-Content-Type-Options"] == "nosniff"
        assert good.headers["Content-Type"].startswith("text/css")
        assert (
            hashlib.sha256(good.content).digest()
            == hashlib.sha256((assets.STATIC / "om.css").read_bytes()).digest()
        )
        assert browser.get("/static/0123456789abcdef/om.css").status_code == 404
        missing = browser.get(f"/static/{assets.static_hash()}/../assets.py")
        assert missing.status_code == 404
        assert "immutable" not in missing.headers.get("Cache-Control", "")


def test_a_static_file_that_is_not_there_fails_the_page() -> None:
    with pytest.raises(FileNotFoundError):
        assets.asset_url("nowhere.css")

"""A document may load our own typefaces and pictures and nothing else."""

from pathlib import Path

import pytest

from app.pdf.fetching import PDF_TEMPLATES, ROOTS, PackagedOnly, packaged

FONTS = ROOTS[1]


@pytest.mark.parametrize(
    "file",
    [
        FONTS / "IBMPlexSans-Medium.woff",
        FONTS / "IBMPlexSans-MediumItalic.woff",
        FONTS / "IBMPlexSans-Bold.woff",
        FONTS / "IBMPlexSansArabic-Medium.woff",
        FONTS / "IBMPlexSansArabic-Bold.woff",
        PDF_TEMPLATES / "icons" / "no-post.svg",
        PDF_TEMPLATES / "print.css",
    ],
)
def test_our_own_files_are_given(file: Path) -> None:
    response = PackagedOnly().fetch(file.as_uri())
    assert response.read() == file.read_bytes()
    response.close()


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/x.woff",
        "https://fonts.example/x.woff",
        "ftp://127.0.0.1/x.svg",
        "data:image/svg+xml,<svg/>",
        "file:///etc/passwd",
        "file:///etc/passwd.svg",
        "file://elsewhere.example" + FONTS.as_posix() + "/IBMPlexSans-Bold.woff",
        (PDF_TEMPLATES / "agenda.html").as_uri(),
        FONTS.as_uri() + "/OFL.txt",
        FONTS.as_uri() + "/../../pdf/engine.svg",
        FONTS.as_uri() + "/%2e%2e/%2e%2e/settings.woff",
        FONTS.as_uri(),
        "IBMPlexSans-Bold.woff",
        "",
    ],
)
def test_everything_else_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="Only packaged files are loaded"):
        packaged(address)


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    outside = tmp_path / "x.svg"
    outside.write_text("<svg/>")
    with pytest.raises(ValueError, match="Only packaged files"):
        packaged(outside.as_uri())


def test_the_fetcher_never_follows_a_redirect() -> None:
    assert "HTTPRedirectHandler" not in {type(handler).__name__ for handler in PackagedOnly().handlers}

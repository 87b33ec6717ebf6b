"""HTML to tagged PDF. Typefaces and style sheet are read once per process: that is most of the time."""

import logging
from functools import cache
from threading import Lock
from typing import Any, Final

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from app.pdf.complaints import listening
from app.pdf.fetching import PDF_TEMPLATES, PackagedOnly
from app.pdf.refusal import RenderRefused
from app.pdf.tagging import mended

log: Final = logging.getLogger(__name__)
_one_at_a_time: Final = Lock()


def draw(html: str, *, strict: bool, forms: bool = False) -> bytes:
    """Draw a page of HTML as PDF/UA-1 with its tags mended; raises RenderRefused if strict and not clean."""
    with _one_at_a_time, listening() as heard:
        fonts, sheet = _shared()
        page = HTML(string=html, base_url=None, url_fetcher=PackagedOnly())
        drawn: bytes = page.write_pdf(
            stylesheets=[sheet],
            font_config=fonts,
            pdf_variant="pdf/ua-1",
            presentational_hints=False,
            pdf_forms=forms,
        )
    if heard and strict:
        raise RenderRefused("; ".join(dict.fromkeys(heard)))
    if heard:
        log.warning("The drawing engine complained %d times about a document.", len(heard))
    return mended(drawn)


@cache
def _shared() -> tuple[Any, Any]:
    fonts = FontConfiguration()
    sheet = CSS(filename=PDF_TEMPLATES / "print.css", font_config=fonts, url_fetcher=PackagedOnly())
    return fonts, sheet

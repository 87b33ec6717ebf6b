"""Empty forms as PDF, drawn once per process and language: they hold nothing about anybody."""

from functools import lru_cache

from starlette.responses import Response

import risk
from app import pdf
from app.pages.words.referral import ANSWERS
from app.templating import language, t
from conferences.referral import blanks


@lru_cache(maxsize=64)
def _drawn(name: str, version: str, fillable: bool, tongue: str) -> bytes:
    if not name:
        return pdf.render_blank(blanks.referral(fillable=fillable))
    words = {code: t(said) for code, said in ANSWERS.items()}
    return pdf.render_blank(blanks.checklist(risk.edition(name, version), words, fillable=fillable))


def blank_referral(*, fillable: bool) -> Response:
    """Answers with the empty referral form."""
    return _file(_drawn("", "", fillable, language.get()), "referral", fillable)


def blank_checklist(edition: risk.Edition, *, fillable: bool) -> Response:
    """Answers with an edition's empty checklist."""
    body = _drawn(edition.slug, edition.version, fillable, language.get())
    return _file(body, f"checklist-{edition.slug}", fillable)


def _file(body: bytes, name: str, fillable: bool) -> Response:
    kind = "to-fill-in" if fillable else "to-print"
    disposition = f'attachment; filename="blank-{name}-{kind}.pdf"'
    return Response(body, media_type="application/pdf", headers={"Content-Disposition": disposition})

"""Whatever people type is printed as they typed it, and does nothing."""

from dataclasses import fields, is_dataclass, replace
from enum import Enum
from io import BytesIO
from typing import Any
from urllib.request import urlopen

import pikepdf
import pytest

from app import pdf
from app.pdf.engine import draw
from tests.pdf import make, reading
from tests.pdf.listener import visitors

LITERAL = [
    "{{7*7}}",
    "{% raw %}{{ plan }}",
    "%(name)s 100% %s",
    "<script>alert(1)</script>",
    "</td></table><h1>Big</h1>",
    "<style>*{display:none}</style>",
    "<!-- gone -->",
    "&amp;&lt;&#x41;",
    "\"' onload='x",
    "url(http://127.0.0.1/x)",
    "content: attr(data-copy)",
    "=1+1",
    "Ŵyn Tŷ-mawr Llŷr",
    "Łucja Żółć Gęślą",
    "Nguyễn Thị Ánh",
    "e\u0301 o\u0300\u0323 a\u0308\u0304",
    "Ελένη Иванова",
    "Adébáyọ̀",
]
CALLS = [
    '<img src="http://127.0.0.1:{port}/img">',
    '<link rel="attachment" href="file:///etc/passwd">',
    '<link rel="stylesheet" href="http://127.0.0.1:{port}/css">',
    '<object data="http://127.0.0.1:{port}/object"></object>',
    '<a href="file:///etc/passwd">x</a>',
    '<svg><image href="http://127.0.0.1:{port}/svg"/></svg>',
    "<style>@import 'http://127.0.0.1:{port}/import'; @font-face {{src:url(http://127.0.0.1:{port}/f)}}</style>",
    '<p style="background:url(http://127.0.0.1:{port}/bg)">x</p>',
    '<meta name="author" content="Mallory"><base href="http://127.0.0.1:{port}/">',
    '<iframe src="http://127.0.0.1:{port}/frame"></iframe>',
]


def everywhere(thing: Any, said: str) -> Any:
    """Put the same words into every text of a plan, all the way down."""
    if is_dataclass(thing) and not isinstance(thing, type):
        return replace(thing, **{f.name: everywhere(getattr(thing, f.name), said) for f in fields(thing)})
    if isinstance(thing, tuple):
        return tuple(everywhere(part, said) for part in thing)
    return said if isinstance(thing, str) and not isinstance(thing, Enum) else thing


def drawn_with(said: str, *, strict: bool = True) -> list[bytes]:
    """Draw both documents, each with one case or action, with the words in every text."""
    agenda = make.agenda(cases=(make.REPEAT,))
    action_plan = make.action_plan(actions=(make.LOCKS,))
    return [
        pdf.render_agenda(everywhere(agenda, said), strict=strict),
        pdf.render_action_plan(everywhere(action_plan, said), strict=strict),
    ]


def test_words_are_printed_as_they_were_typed() -> None:
    agenda, action_plan = (
        reading.letters("".join(reading.words(document))) for document in drawn_with(" ".join(LITERAL))
    )
    for said in LITERAL:
        assert agenda.count(reading.letters(said)) > 60, said
        assert action_plan.count(reading.letters(said)) > 15, said


def test_words_call_nobody_and_bring_nothing_in() -> None:
    with visitors() as (port, asked):
        calls = [call.format(port=port) for call in CALLS]
        documents = drawn_with(" ".join(calls))
    assert asked == []
    for document in documents:
        text = reading.letters("".join(reading.words(document)))
        assert [call for call in calls if reading.letters(call) not in text] == []
        assert b"root:x:" not in reading.everything(document)
        with pikepdf.open(BytesIO(document)) as file:
            assert "/Names" not in file.Root
            assert "/Author" not in file.docinfo
            assert all("/Annots" not in page for page in file.pages)


def test_the_listener_would_have_noticed() -> None:
    with visitors() as (port, asked):
        urlopen(f"http://127.0.0.1:{port}/here").close()
    assert asked == ["/here"]


def test_arabic_and_urdu_are_drawn_without_a_grumble() -> None:
    assert len(drawn_with("اردو میں نام العربية")) == 2


def test_a_letter_no_typeface_here_has_is_shown_as_missing_and_spoils_nothing() -> None:
    for document in drawn_with("日本 Zoë 🙂 Marrowby \u226eb\u226f"):
        assert "\ufffd\ufffdZoë\ufffdMarrowby\ufffdb\ufffd" in reading.letters(
            "".join(reading.words(document))
        )


def test_a_letter_with_a_mark_is_drawn_from_its_parts_when_it_has_no_shape_of_its_own() -> None:
    for document in drawn_with("Ṣadé"):
        assert "Ṣadé" in reading.letters("".join(reading.words(document)))


def test_arabic_letters_keep_their_meaning(agenda: bytes) -> None:
    page = reading.letters(reading.words(agenda)[5])
    assert "اردو" in page or "ودرا" in page


def test_a_word_without_end_is_broken_and_kept() -> None:
    said = "W" * 120
    for document in drawn_with(said):
        assert said in reading.letters("".join(reading.words(document)))


def test_what_cannot_be_printed_is_left_out() -> None:
    said = "Te\x00st\x07a\u202e Mar\u2066row\x1bby"
    for document in drawn_with(said):
        assert "TestaMarrowby" in reading.letters("".join(reading.words(document)))


def test_markup_of_our_own_that_calls_out_is_refused_when_strict() -> None:
    with visitors() as (port, asked), pytest.raises(pdf.RenderRefused, match="Only packaged files"):
        draw(f'<html lang="en-GB"><title>x</title><img alt="x" src="http://127.0.0.1:{port}/x">', strict=True)
    assert asked == []


def test_in_service_a_grumble_is_counted_and_never_quoted(caplog: pytest.LogCaptureFixture) -> None:
    page = '<html lang="en-GB"><title>x</title><p>y</p><img alt="x" src="http://secret.example/Marrowby">'
    assert draw(page, strict=False).startswith(b"%PDF")
    assert [record.getMessage() for record in caplog.records if record.levelname == "WARNING"] == [
        "The drawing engine complained 1 times about a document."
    ]
    assert "Marrowby" not in caplog.text

"""What the chair's agenda says, page by page."""

from dataclasses import replace
from datetime import time

from app import pdf
from conferences.plans import PersonLine
from tests.pdf import make, reading


def test_a_repeat_takes_two_pages_and_an_ordinary_case_one(agenda: bytes) -> None:
    assert len(reading.words(agenda)) == 6


def test_every_page_carries_the_marking_the_number_the_reader_and_the_page(agenda: bytes) -> None:
    for number, page in enumerate(reading.words(agenda), start=1):
        assert "OFFICIAL-SENSITIVE" in page
        assert "Document D-7F3K9, version 2" in page
        assert "Copy 1 of 2: Chidi Eze, Ashmere Police, Fri 27 Nov 2026, 4:22pm" in page
        assert f"Page {number} of 6" in page
        assert "Destroy by Wed 9 Dec 2026" in page
        assert "H7QK-2M9R-XW41" in page
        assert "Not for the perpetrator’s file." in page


def test_every_page_of_a_case_says_which_case_it_is(agenda: bytes) -> None:
    pages = reading.words(agenda)
    assert "AS-0412 T.M., item 3" in pages[2]
    assert "AS-0412 T.M., item 3" in pages[3]
    assert "AS-0463 J.P., item 4" in pages[4]
    assert "AS-0455 S.K., item 5" in pages[5]
    assert "item 3" not in pages[0]


def test_the_cover_has_the_meeting_the_words_to_read_and_what_is_outstanding(agenda: bytes) -> None:
    cover = reading.words(agenda)[0]
    for said in (
        "Ashmere Partnership",
        "Wednesday 2 December 2026, 10am to 11:33am",
        "Room 2, and by secure video",
        "Chair Chidi Eze, Ashmere Police",
        "Coordinator Ben Carraway",
        "Share what is relevant and proportionate.",
        "All have signed statement 7:",
        "AS-0401 Housing Fit window locks Tue 24 Nov 2026 Not possible. She moved on 19 Nov.",
        "Replaces version 1.",
    ):
        assert said in cover


def test_the_running_order_names_nobody_in_a_case(agenda: bytes) -> None:
    page = reading.words(agenda)[1]
    assert "10am 6 Opening Apologies" in page
    assert "10:14am 15 3 AS-0412 T.M. Repeat, Children: 2" in page
    for name in ("Testa", "Marrowby", "Derrin", "Quillfeather", "Juno", "Pell", "Samina", "Kestrel", "Oona"):
        assert name not in page


def test_a_case_page_has_names_and_ages_reasons_and_what_is_not_known(agenda: bytes) -> None:
    page = reading.words(agenda)[2]
    for said in (
        "Testa Marrowby, 34, she/her",
        "Derrin Quillfeather, 39, ex-partner",
        "Amara Osei, Education, Mon 23 Nov 2026.",
        "“I want him to stop waiting at the gate.",
        "Repeat. Same two people.",
        "16 of 24 answered yes; the line here is 14. It could be as high as 20.",
        "Thoughts of ending her life. Ask: Noor Haddad, IDVA",
        "Last time (10 December 2025): did it work?",
        "Change the locks Not possible Landlord changed.",
        "Oona, 3, lives with her. Pim, 6, lives with her.",
        "Police (fact). Four callouts",
        "Education (opinion). Pim is quieter since half term.",
        "Nothing known: GP Federation, Probation.",
        "No return: Change Steps.",
    ):
        assert said in page


def test_an_answered_checklist_has_no_upper_bound_to_mention() -> None:
    whole = make.case(bounds=replace(make.REPEAT.bounds, lowest=15, highest=15))  # type: ignore[type-var]
    said = reading.words(pdf.render_agenda(make.agenda(cases=(whole,)), strict=True))[2]
    assert "15 of 24 answered yes; the line here is 14." in said
    assert "as high as" not in said


def test_what_is_missing_is_said_and_not_left_blank() -> None:
    bare = make.case(
        in_her_words="", words_told_to="", why_here=(), bounds=None, perpetrators=(), children=(), shared=(),
        nothing_known=(), asks=(), starts_at=None, ends_at=None, tags=(), victim=PersonLine("Juno Pell"),
    )  # fmt: skip
    plan = make.agenda(cases=(bare,), outstanding=(), running_order=(), attendance=(), ends_at=None)
    cover, order, page = reading.words(pdf.render_agenda(plan, strict=True))
    assert "Wednesday 2 December 2026, 10am" in cover
    assert "None. Every earlier action has been answered." in cover
    assert "AS-0463 J.P." in order
    assert "In the room" not in order
    for said in (
        "Not asked yet, or not known.",
        "No ground is recorded.",
        "Perpetrators Not known.",
        "None known.",
    ):
        assert said in page


def test_an_area_brings_its_own_words_to_read_aloud() -> None:
    plan = make.agenda(statement_points=("Nobody repeats what is said here.",), statement_version="")
    cover = reading.words(pdf.render_agenda(plan, strict=True))[0]
    assert "Nobody repeats what is said here." in cover
    assert "Speak of everyone with respect" not in cover
    assert "All have signed the confidentiality statement:" in cover


def test_a_meeting_without_cases_still_prints() -> None:
    plan = make.agenda(cases=(), running_order=(), case_summary="", starts_at=time(12, 0))
    cover, order = reading.words(pdf.render_agenda(plan, strict=True))
    assert "Cases 0" in cover
    assert "midday to 11:33am" in cover
    assert "No cases listed" in order


def test_the_outline_leads_to_each_case_by_reference_and_initials(agenda: bytes) -> None:
    marks = reading.bookmarks(agenda)
    assert marks[0] == "Chair’s agenda"
    assert marks[-3:] == ["3. AS-0412 T.M.", "4. AS-0463 J.P.", "5. AS-0455 S.K."]


def test_long_notes_run_on_to_more_pages_and_lose_nothing() -> None:
    sentences = " ".join(f"Sentence {number} ends." for number in range(600))
    plan = make.agenda(cases=(make.case(perpetrator_note=sentences),))
    pages = reading.words(pdf.render_agenda(plan, strict=True))
    assert len(sentences) > 10_000
    assert all("AS-0463 J.P., item 4" in page for page in pages[2:])
    said = " ".join(pages).split()
    assert said.count("Sentence") == said.count("ends.") == 600
    assert {str(number) for number in range(600)} <= set(said)

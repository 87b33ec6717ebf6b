"""What people type: odd letters, half dates, twice the same, too long; and the sentences they get."""

from datetime import date
from enum import Enum
from typing import Annotated, ClassVar, Literal

import pytest
from fastapi import FastAPI
from pydantic import BaseModel, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError
from pydantic_core.core_schema import ErrorType
from starlette.requests import Request
from starlette.responses import Response
from starlette.testclient import TestClient

from app.forms import Filled, FormError, Lines, TypedForm, fill, form_key, redraw, tidy
from app.forms.days import month_names
from app.forms.sentences import sentence


class PartlyKnown(BaseModel):
    """A birth date of which only the year may be known."""

    year: int = Field(ge=1900, title="year")
    month: int | None = None
    day: int | None = None


class Child(BaseModel):
    name: str = Field(max_length=10, title="the child’s name")
    born: date | None = Field(None, title="the child’s date of birth")


class Tie(Enum):
    PARTNER = "partner"
    FAMILY = "family"


class Contact(BaseModel):
    phone: str = Field(title="a telephone number")


class Report(BaseModel):
    """One form with a field of every shape."""

    messages: ClassVar = {("due", "missing"): "Say when it will be done", ("weeks", "*"): "Weeks: a number"}

    name: str = Field(max_length=12, title="their name")
    what: Lines | None = Field(None, max_length=40, title="what happened")
    due: date = Field(title="the due date")
    born: PartlyKnown | None = Field(None, title="date of birth")
    safe: Literal["yes", "no", "dont_know"] = Field(title="whether it is safe")
    tie: Tie | None = Field(None, title="how they are related")
    told: bool | None = Field(None, title="whether they were told")
    ticks: list[str] = Field(default=[], max_length=2, title="what helps")
    weeks: int | None = Field(None, title="weeks")
    cost: int | None = Field(None, ge=0, title="cost")
    contact: Contact | None = None
    children: list[Child] = Field(default=[], title="a child")

    @field_validator("name")
    @classmethod
    def _not_a_placeholder(cls, name: str) -> str:
        if name == "TBC":
            raise ValueError("Enter their name, or say that it is not known")
        return name

    @model_validator(mode="after")
    def _told_only_when_safe(self) -> "Report":
        if self.told and self.safe == "no":
            raise PydanticCustomError("told", "Say how they were told safely", {"field": "told"})
        return self


GOOD = {
    "name": ["Testa"],
    "due-day": ["3"],
    "due-month": ["12"],
    "due-year": ["2026"],
    "safe": ["yes"],
    "csrf_token": ["x"],
    "nobody-asked": ["y"],
}


def wrong(**changes: str | list[str]) -> dict[str, str]:
    """Fill the report with some answers changed (`__` for `-`) and give the sentence for each field."""
    typed = dict(GOOD)
    for name, value in changes.items():
        typed[name.replace("__", "-")] = value if isinstance(value, list) else [value]
    filled = fill(Report, typed)
    assert filled.model is None
    return {e.anchor: e.message for e in filled.errors}


def right(**changes: str | list[str]) -> Report:
    typed = dict(GOOD)
    for name, value in changes.items():
        typed[name.replace("__", "-")] = value if isinstance(value, list) else [value]
    filled = fill(Report, typed)
    assert filled.errors == ()
    assert filled.model is not None
    return filled.model


def test_a_good_form_becomes_its_model() -> None:
    report = right(
        what="First line\r\nsecond line", born__year="1992", tie="family", told="yes", ticks=["a", "", "b"]
    )
    assert report.name == "Testa"
    assert report.due == date(2026, 12, 3)
    assert report.what == "First line\nsecond line"
    assert report.born == PartlyKnown(year=1992)
    assert report.tie is Tie.FAMILY
    assert report.told is True
    assert report.ticks == ["a", "b"]


def test_an_empty_form_says_each_thing_that_is_needed_in_the_order_of_the_page() -> None:
    filled = fill(Report, {})
    assert filled.errors == (
        FormError("name", "Enter their name", "name"),
        FormError("due", "Say when it will be done", "due-day"),
        FormError("safe", "Select whether it is safe", "safe"),
    )


def test_blank_is_not_answered() -> None:
    assert wrong(name=" \u200b\t ") == {"name": "Enter their name"}


def test_what_was_typed_is_kept() -> None:
    filled = fill(Report, {**GOOD, "name": ["x" * 13], "due-month": ["soon"], "ticks": ["a", "b"]})
    assert filled.value("name") == "x" * 13
    assert filled.value("due-month") == "soon"
    assert filled.value("due-year") == "2026"
    assert filled.values("ticks") == ("a", "b")
    assert filled.error("name") == "Their name must be 12 characters or fewer"
    assert filled.wrong_part("due", "month")
    assert not filled.wrong_part("due", "day")


@pytest.mark.parametrize(
    ("boxes", "said"),
    [
        (("", "12", "2026"), {"due-day": "The due date must include a day"}),
        (("3", "", "2026"), {"due-month": "The due date must include a month"}),
        (("3", "12", ""), {"due-year": "The due date must include a year"}),
        (("3", "12", "26"), {"due-year": "Year must include 4 numbers, like 2026"}),
        (("31", "2", "2026"), {"due-day": "The due date must be a real date, like 27 3 2026"}),
        (("soon", "2", "2026"), {"due-day": "The due date must be a real date, like 27 3 2026"}),
        (("3", "13", "2026"), {"due-day": "The due date must be a real date, like 27 3 2026"}),
        (("3", "12", "99999"), {"due-year": "The due date must be a real date, like 27 3 2026"}),
    ],
)
def test_a_date_says_which_box_to_put_right(boxes: tuple[str, str, str], said: dict[str, str]) -> None:
    assert wrong(due__day=boxes[0], due__month=boxes[1], due__year=boxes[2]) == said


@pytest.mark.parametrize("month", ["12", "December", "december", "Dec", "dec."])
def test_month_names_are_understood(month: str) -> None:
    assert right(due__month=month).due == date(2026, 12, 3)


def test_month_names_are_twelve() -> None:
    assert set(month_names().values()) == set(range(1, 13))


def test_part_of_a_birth_date_is_enough_and_a_wrong_year_points_at_its_box() -> None:
    assert right(born__month="May", born__year="1992").born == PartlyKnown(year=1992, month=5)
    assert wrong(born__year="1066") == {"born-year": "Date of birth must be a real date, like 27 3 2026"}
    assert wrong(born__day="4") == {"born-year": "Date of birth must include a year"}


def test_one_answer_given_twice_is_refused() -> None:
    assert wrong(safe=["yes", "no"]) == {"safe": "Give one answer only for whether it is safe"}
    assert wrong(due__day=["3", "4"]) == {"due-day": "Give one answer only for the due date"}


def test_an_answer_that_is_not_among_the_choices_is_refused() -> None:
    assert wrong(safe="maybe") == {"safe": "Select whether it is safe from the choices given"}
    assert wrong(tie="stranger") == {"tie": "Select how they are related from the choices given"}
    assert wrong(told="perhaps") == {"told": "Select whether they were told from the choices given"}


def test_limits_are_said_with_their_numbers() -> None:
    assert wrong(what="x" * 41) == {"what": "What happened must be 40 characters or fewer"}
    assert wrong(ticks=["a", "b", "c"]) == {"ticks": "What helps must be no more than 2"}
    assert wrong(cost="-1") == {"cost": "Cost must be 0 or more"}
    assert wrong(cost="lots") == {"cost": "Cost must be a whole number, like 3"}


def test_a_length_counts_letters_not_bytes() -> None:
    assert right(name="ش" * 12).name == "ش" * 12
    assert wrong(name="😀" * 13) == {"name": "Their name must be 12 characters or fewer"}


def test_a_model_may_say_it_better() -> None:
    assert wrong(weeks="many") == {"weeks": "Weeks: a number"}
    assert wrong(name="TBC") == {"name": "Enter their name, or say that it is not known"}


def test_a_rule_across_fields_points_at_one_of_them() -> None:
    assert wrong(told="yes", safe="no") == {"told": "Say how they were told safely"}


def test_a_group_is_read_by_its_prefix() -> None:
    assert right(contact__phone="07700 900123").contact == Contact(phone="07700 900123")
    assert right(contact__phone=" ").contact is None


def test_repeated_groups_skip_the_blank_ones_and_keep_their_numbers_in_errors() -> None:
    report = right(children__0__name="Pim", children__1__name=" ", children__4__name="Oona")
    assert [child.name for child in report.children] == ["Pim", "Oona"]
    said = wrong(
        children__0__name="Pim",
        children__2__born__day="3",
        children__4__name="Oona-Marie-Claire",
        children__5__born__year="2020",
        children__5__born__month="1",
        children__5__born__day="2",
    )
    assert said == {
        "children-2-born-month": "The child’s date of birth must include a month",
        "children-2-name": "Enter the child’s name",
        "children-4-name": "The child’s name must be 10 characters or fewer",
        "children-5-name": "Enter the child’s name",
    }


def test_a_list_that_may_not_be_empty_points_at_its_first_control() -> None:
    class Family(BaseModel):
        children: list[Child] = Field(min_length=1, title="a child")

    assert fill(Family, {}).errors == (FormError("children", "Enter a child", "children-0-name"),)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Testa  ", "Testa"),
        ("Te\u200bs\u2060ta\ufeff", "Testa"),
        ("Te\x00s\x07ta", "Testa"),
        ("\u202eTesta\u202c", "Testa"),
        ("E\u0301lodie", "Élodie"),
        ("Testa\r\nMarrowby", "Testa Marrowby"),
        ("علی\u200cرضا", "علی\u200cرضا"),
        ("Tes\u200cta", "Testa"),
        ("\u200dTesta", "Testa"),
        ("O’Neill-Ó Súilleabháin", "O’Neill-Ó Súilleabháin"),
    ],
)
def test_values_are_tidied(typed: str, kept: str) -> None:
    assert tidy(typed) == kept


def test_line_breaks_stay_where_they_mean_something() -> None:
    assert tidy("one\r\n\r\ntwo\rthree\n", lines=True) == "one\n\ntwo\nthree"


def test_values_already_known_are_shown() -> None:
    form = Filled.showing(
        name="Testa",
        due=date(2026, 12, 3),
        born=PartlyKnown(year=1992),
        tie=Tie.PARTNER,
        told=False,
        ticks=["a", "b"],
        weeks=0,
        contact=Contact(phone="1"),
        children=[Child(name="Pim"), Child(name="Oona", born=date(2023, 1, 2))],
        what=None,
    )
    assert form.value("name") == "Testa"
    assert [form.value(f"due-{part}") for part in ("day", "month", "year")] == ["3", "12", "2026"]
    assert form.value("born-year") == "1992"
    assert form.value("born-month") == ""
    assert form.value("tie") == "partner"
    assert form.value("told") == "no"
    assert form.values("ticks") == ("a", "b")
    assert form.value("weeks") == "0"
    assert form.value("contact-phone") == "1"
    assert form.value("children-1-born-year") == "2023"
    assert form.count("children") == 2
    assert Filled().count("children") == 0


def test_a_sentence_can_be_added_by_the_rules_behind_the_form() -> None:
    filled = fill(Report, GOOD).with_error("due", "The date must be after the meeting", "due-day")
    assert filled.model is None
    assert filled.error("due") == "The date must be after the meeting"
    assert Filled().with_error("", "Nothing to send").errors[0].anchor == "main"


def test_no_refusal_shows_the_words_of_the_library() -> None:
    """Every kind of error that pydantic knows has a sentence of ours, and none needs what it may lack."""
    limits = dict.fromkeys(("max_length", "min_length", "gt", "ge", "lt", "le"), 3)
    for kind in ErrorType.__args__:
        said = sentence(Report, "name", kind, {"type": kind, "msg": "Input should be", "ctx": limits})
        assert "their name" in said.lower(), kind
        assert "Input should" not in said


def test_a_field_without_a_title_is_called_by_its_name() -> None:
    class Bare(BaseModel):
        first_thing: str
        many: Annotated[list[int], Field(max_length=3)]

    said = [e.message for e in fill(Bare, {}).errors]
    assert said == ["Enter first thing", "Select many"]
    assert [e.message for e in fill(Bare, {"first_thing": ["a"], "many": ["x"]}).errors] == [
        "Many must be a whole number, like 3"
    ]


def test_a_rule_about_the_whole_form_goes_to_the_top() -> None:
    class Whole(BaseModel):
        a: str = ""

        @model_validator(mode="after")
        def _never(self) -> "Whole":
            raise ValueError("Say at least one thing")

    assert fill(Whole, {}).errors == (FormError("", "Say at least one thing", "main"),)


def test_the_key_of_a_form_is_short_and_optional() -> None:
    assert form_key({"form_key": ["abc"]}) == "abc"
    assert form_key({}) == ""
    assert len(form_key({"form_key": ["x" * 500]})) == 64


@pytest.fixture
def browser() -> TestClient:
    app = FastAPI()

    @app.post("/report")
    def report(request: Request, typed: TypedForm) -> Response:
        filled = fill(Report, typed)
        if filled.model is None:
            return redraw(request, "errors/422.html", filled)
        return Response(filled.model.name)

    return TestClient(app)


def test_a_form_sent_by_a_browser_is_read(browser: TestClient) -> None:
    answer = browser.post("/report", data=GOOD)
    assert (answer.status_code, answer.text) == (200, "Testa")
    multipart = browser.post("/report", files={k: (None, v[0]) for k, v in GOOD.items()})
    assert (multipart.status_code, multipart.text) == (200, "Testa")


def test_a_wrong_form_comes_back_with_its_errors_on_top(browser: TestClient) -> None:
    answer = browser.post("/report", data={**GOOD, "name": ""})
    assert answer.status_code == 422
    assert "<title>Error: " in answer.text
    assert '<a href="#name">Enter their name</a>' in answer.text


def test_too_much_is_refused(browser: TestClient) -> None:
    assert browser.post("/report", data={**GOOD, "what": "x" * 400_000}).status_code == 413
    assert browser.post("/report", data={**GOOD, "what": "x" * 103_000}).status_code == 413
    assert browser.post("/report", data={f"f{i}": "x" for i in range(201)}).status_code == 413


def test_files_are_refused(browser: TestClient) -> None:
    assert browser.post("/report", files={"name": ("a.txt", b"hello")}).status_code == 413


def test_ten_thousand_letters_of_any_script_are_a_sentence_not_a_fault(browser: TestClient) -> None:
    answer = browser.post("/report", data={**GOOD, "what": "ش😀\x00" * 10_000})
    assert answer.status_code == 422
    assert "What happened must be 40 characters or fewer" in answer.text


def test_something_else_than_a_form_is_an_empty_form(browser: TestClient) -> None:
    assert browser.post("/report", json={"name": "Testa"}).status_code == 422

"""A line of the register, a line of the questions, and what the right answer to a question is."""

from dataclasses import asdict, dataclass


@dataclass(slots=True)
class Record:
    """One person as somebody once wrote them down; `dob` is a day, a month, a year or not known."""

    id: str
    name: str
    aliases: tuple[str, ...]
    former_names: tuple[str, ...]
    dob: str | None
    phone: str | None
    postcode: str | None
    address_line: str | None
    sex: str

    def line(self) -> dict[str, object]:
        """The record as a line of JSON has it."""
        return asdict(self)


@dataclass(slots=True)
class Query:
    """One person as somebody asks for them; `age` in years on the day of asking, `asked_on` an ISO day."""

    query_id: str
    name: str
    aliases: tuple[str, ...]
    dob: str | None
    age: int | None
    phone: str | None
    postcode: str | None
    address_line: str | None
    sex: str
    asked_on: str

    def line(self) -> dict[str, object]:
        """The query as a line of JSON has it."""
        return asdict(self)


@dataclass(slots=True)
class Question:
    """A query, the record that answers it if any does, and the records of others that must not be offered."""

    query: Query
    kind: str
    group: str
    expected: str | None
    forbidden: tuple[str, ...]

"""Tells which questions were answered wrongly: what was asked, what should have been shown, what was."""

from collections import defaultdict
from collections.abc import Iterator

from tests.matching.judge import Answer, Verdict
from tests.matching.world import Record
from tests.matching.world.others import NEW


def brief(record: Record) -> str:
    """A record in one line."""
    parts = (
        record.id,
        record.name,
        list(record.aliases),
        list(record.former_names),
        record.dob,
        record.phone,
    )
    return " · ".join(
        str(part) for part in (*parts, record.postcode, record.address_line, record.sex) if part
    )


def asked(answer: Answer) -> str:
    """A query in one line."""
    query = answer.question.query
    age = f"age {query.age} on {query.asked_on}" if query.age is not None else None
    parts = (query.query_id, query.name, list(query.aliases), query.dob, age, query.phone, query.postcode)
    return " · ".join(str(part) for part in (*parts, query.address_line, query.sex) if part)


def sorted_out(made: Verdict) -> dict[tuple[str, str], list[Answer]]:
    """The wrong answers by fault and kind."""
    found: dict[tuple[str, str], list[Answer]] = defaultdict(list)
    for answer in made.answers:
        question = answer.question
        if question.expected and not answer.found:
            found["missed", question.kind].append(answer)
        if answer.broken:
            found["another person shown", question.kind].append(answer)
        if question.kind == NEW and answer.wrong:
            found["shown for a new person", question.kind].append(answer)
    return found


def failures(made: Verdict, records: list[Record], examples: int) -> Iterator[str]:
    """So many examples of each fault and kind."""
    known = {record.id: record for record in records}
    for (fault, kind), answers in sorted(sorted_out(made).items()):
        yield f"\n## {fault}: {kind} ({len(answers)})"
        for answer in answers[:examples]:
            question = answer.question
            yield f"\n- asked ({question.group}): {asked(answer)}"
            if question.expected:
                yield f"  - right: {brief(known[question.expected])}"
            for ident in answer.shown:
                mark = "apart" if ident in question.forbidden else "shown"
                yield f"  - {mark}: {brief(known[ident])}"

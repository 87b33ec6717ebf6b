"""Which agency of the area a list means: by its name, its short code, or the word everybody uses for it."""

from collections.abc import Callable, Iterable, Mapping

from conferences.imports.cells import same
from conferences.models import Agency, AgencyKind

_USUAL: dict[AgencyKind, tuple[str, ...]] = {
    AgencyKind.POLICE: ("police", "police service", "constabulary"),
    AgencyKind.IDVA: ("idva", "idva service", "idvas"),
    AgencyKind.CHILDRENS_SERVICES: ("childrens services", "children s services", "csc",
                                    "childrens social care", "children s social care", "social services"),
    AgencyKind.ADULT_SOCIAL_CARE: ("adult social care", "asc", "adult services", "adult safeguarding"),
    AgencyKind.HOUSING: ("housing",),
    AgencyKind.HEALTH: ("health", "nhs", "hospital", "gp"),
    AgencyKind.MENTAL_HEALTH: ("mental health", "cmht"),
    AgencyKind.SUBSTANCE: ("substance misuse", "drugs and alcohol", "drug and alcohol"),
    AgencyKind.PROBATION: ("probation", "nps", "probation service"),
    AgencyKind.EDUCATION: ("education", "school", "schools"),
}  # fmt: skip


def called(agencies: Iterable[Agency], meant: Mapping[str, str]) -> Callable[[str], str | None]:
    """Returns what finds an agency's identifier; `meant` holds the names a person has explained.

    A usual word such as "housing" is understood only where one agency of the area is of that kind.
    """
    rows = list(agencies)
    known = {word: row.id.hex for row in rows for word in (same(row.name), same(row.code))}
    for kind, words in _USUAL.items():
        alike = [row.id.hex for row in rows if row.kind is kind]
        if len(alike) == 1:
            known = dict.fromkeys(words, alike[0]) | known
    known |= {same(word): agency for word, agency in meant.items() if any(r.id.hex == agency for r in rows)}
    return lambda words: known.get(same(words))

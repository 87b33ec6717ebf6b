"""Ways to reach the people of the tests."""

from conferences.reaching import Contact, Point, Safe

THROUGH_THE_IDVA = Contact(
    "Contact through the IDVA only.", (Point(value="07700 900123", safety=Safe.UNSAFE),)
)


def telephone(number: str, safety: Safe = Safe.UNKNOWN) -> Contact:
    """Makes how somebody may be reached: one telephone."""
    return Contact(points=(Point(value=number, safety=safety),))

"""An area's own dated settings: which profile is in force, and since when."""

from collections.abc import Iterable
from datetime import date

from risk.errors import UnknownInstrument
from risk.instrument import Profile
from risk.repeats import in_words
from risk.schema import Day, Frozen, RepeatRule, Slug
from risk.shelf import profile


class Policy(Frozen):
    """From a day on, one profile, and where the area says so its own meaning of a repeat."""

    in_force_from: Day
    profile: Slug
    repeat: RepeatRule | None = None

    def rules_profile(self) -> Profile:
        """The profile, with the area's own meaning of a repeat in place of the profile's."""
        shipped = profile(self.profile)
        if self.repeat is None:
            return shipped
        rules = shipped.rules.model_copy(update={"repeat": self.repeat})
        told = "-".join((self.repeat.definition, self.repeat.anchor, str(self.repeat.months)))
        return shipped.model_copy(
            update={"rules": rules, "definition_hash": f"{shipped.definition_hash}+{told}"},
        )


def policy_on(policies: Iterable[Policy], day: date) -> Policy:
    """The policy in force on a day: the latest that has begun; UnknownInstrument when none has."""
    begun = [one for one in policies if one.in_force_from <= day]
    if not begun:
        raise UnknownInstrument(f"policy: none is in force on {in_words(day)}")
    return max(begun, key=lambda one: one.in_force_from)

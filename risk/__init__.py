"""What the checklists say and what they mean: pure, and knowing nothing of people, pages or databases."""

from risk.dyads import Dyad, Earlier, decide, relation
from risk.errors import (
    BadAnswer,
    BadContext,
    BadDefinition,
    BadWording,
    NoTotal,
    RiskError,
    UnknownInstrument,
)
from risk.explain import assess
from risk.explanation import Explanation
from risk.instrument import Edition, Item, Norms, Profile, Section
from risk.plan import plan_for
from risk.policy import Policy, policy_on
from risk.repeats import anniversary, judge_repeat
from risk.rescoring import what_if
from risk.review import review_due
from risk.schema import Part, RepeatRule
from risk.scoring import score
from risk.shelf import edition, editions, in_force, profile, profiles
from risk.totals import total
from risk.trend import changed_items

__all__ = [
    "BadAnswer",
    "BadContext",
    "BadDefinition",
    "BadWording",
    "Dyad",
    "Earlier",
    "Edition",
    "Explanation",
    "Item",
    "NoTotal",
    "Norms",
    "Part",
    "Policy",
    "Profile",
    "RepeatRule",
    "RiskError",
    "Section",
    "UnknownInstrument",
    "anniversary",
    "assess",
    "changed_items",
    "decide",
    "edition",
    "editions",
    "in_force",
    "judge_repeat",
    "plan_for",
    "policy_on",
    "profile",
    "profiles",
    "relation",
    "review_due",
    "score",
    "total",
    "what_if",
]

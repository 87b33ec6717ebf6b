"""Who is the same person: pure, without a database. Suggests, gives reasons, and never decides."""

from conferences.matching.choosing import Candidate, choose
from conferences.matching.facts import Facts
from conferences.matching.judging import Band, Verdict, judge
from conferences.matching.keys import keys
from conferences.matching.register import Register

__all__ = ["Band", "Candidate", "Facts", "Register", "Verdict", "choose", "judge", "keys"]

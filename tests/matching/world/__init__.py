"""Made-up people of nine name traditions, and hard questions about them; knows nothing of the matcher."""

from tests.matching.world.built import Built, build
from tests.matching.world.lines import Query, Question, Record

__all__ = ["Built", "Query", "Question", "Record", "build"]

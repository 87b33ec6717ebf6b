"""A small sound definition to break in one place at a time."""

import pytest

import risk
from risk.loading import read_edition

EDITION = """\
schema = 1
id = "small"
version = "2020.1"
title = "A small checklist"
owner = "Nobody"
status = "active"
summary = "Three questions."
effective = { from = 2020-01-01 }
subject = "victim"
method = "weighted"
level_rule = "computed"
override = "raise_only"
max_score = 6
checked_on = 2026-11-21

[licence]
wording = "own_words"
note = "Ours."

[[sources]]
id = "paper"
title = "A paper"

[answer_sets]
ynd = ["yes", "no", "dont_know", "refused"]
often = ["never", "sometimes", "always", "dont_know"]

[measures]
total = { sum = "all" }
pair = { count = { items = ["1", "2"], is = "yes" } }

[threshold]
measure = "total"
at = 3
ground = "score"
source = "paper"

[flags]
look = ["1"]

[[levels]]
id = "high"
title = "high"
when = { measure = "total", gte = 3 }
source = "paper"

[[levels]]
id = "below"
title = "below"
when = { measure = "total", lte = 2 }
only_when_complete = true
source = "paper"

[[grounds]]
id = "score"
title = "The answers"
when = { measure = "total", gte = 3 }
sets = "high"
source = "paper"

[[gates]]
id = "adult"
when = { fact = "victim_age", gte = 18 }
result = "reroute"
to = "elsewhere"
because = "Under 18."
source = "paper"

[[prompts]]
id = "both"
when = { all = [{ item = "1", is = "yes" }, { not = { item = "2", is = "no" } }] }
text = "Both."
source = "paper"

[[followups]]
when = { item = "1", is = "yes" }
open = "s-dash"
because = "Stalking."

[[sections]]
id = "one"
title = "One"

[[items]]
id = "1"
topic = "First"
section = "one"
answers = "ynd"
points = { yes = 2 }
excludes = ["1a"]

[[items]]
id = "1a"
topic = "Not the first"
section = "one"
answers = "ynd"
points = { yes = -1 }
excludes = ["1"]

[[items]]
id = "2"
topic = "Second"
section = "one"
answers = "ynd"
points = { yes = 1 }
compose = { k_of_n = { k = 2 } }
parts = [{ id = "a", topic = "A" }, { id = "b", topic = "B" }, { id = "c", topic = "C" }]

[[items]]
id = "3"
topic = "How often"
section = "one"
answers = "often"
points = { sometimes = 1, always = 2 }

[[items]]
id = "3a"
topic = "And lately"
section = "one"
answers = "ynd"
points = { yes = 1 }
ask_if = { item = "3", is = ["sometimes", "always"] }
"""

PROFILE = """\
schema = 1
id = "small-local"
version = "2020.1"
base = "small@2020.1"
title = "A local line"
owner = "Here"
status = "active"
summary = "A lower line."
effective = { from = 2020-01-01 }
checked_on = 2026-11-21

[[sources]]
id = "here"
title = "A local paper"

[changes]
threshold = { measure = "total", at = 2, ground = "score", source = "here" }
limits = ["Local."]

[changes.measures]
events = { events = { within_days = 30, kinds = ["crime"] } }

[changes.flags]
local = ["2"]

[[changes.grounds]]
id = "score"
title = "The answers"
when = { measure = "total", gte = 2 }
sets = "high"
source = "here"
"""

NORMS = """\
schema = 1
id = "small-norms"
version = "2020.1"
title = "Norms"
population = "Some people"
outcome = "something"
columns = { again = "again:" }
rows = [
  { least = 0, most = 1, values = { again = 1 } },
  { least = 2, most = 5, values = { again = 2 } },
]

[[sources]]
id = "paper"
title = "A paper"
"""


def refused(tmp_path, text, read=read_edition, *more):
    """The faults of a text that must be refused."""
    file = tmp_path / "broken.toml"
    file.write_text(text)
    with pytest.raises(risk.BadDefinition) as caught:
        read(file, *more)
    assert str(file) in str(caught.value)
    return caught.value.faults

"""A definition with anything doubtful in it is refused: file, line, key path and rule are named."""

import pytest

import risk
from risk.loading import read_edition
from tests.risk.broken import EDITION, refused


def test_the_small_checklist_is_sound(tmp_path):
    file = tmp_path / "small.toml"
    file.write_text(EDITION)
    edition = read_edition(file)
    assert edition.name == "small@2020.1"
    assert [item.id for item in edition.items] == ["1", "1a", "2", "3", "3a"]
    assert edition.item("3").answers == ("never", "sometimes", "always", "dont_know")
    with pytest.raises(KeyError):
        edition.item("9")


BREAKS = [
    ("max_score = 6", "max_score = 5", "max_score", "the items add up to 6"),
    ("schema = 1", "schema = 2", "schema", "must be 1"),
    ("schema = 1", "schema = true", "schema", "must be 1"),
    ('id = "small"', 'id = "Small one"', "id", "match pattern"),
    ('status = "active"', 'status = "fine"', "status", "Input should be"),
    ('override = "raise_only"', 'override = "either"', "override", "raise_only"),
    ('override = "raise_only"', "", "override", "required"),
    (
        "effective = { from = 2020-01-01 }",
        'effective = { from = "2020-01-01" }',
        "effective.from",
        "without quotes",
    ),
    (
        "effective = { from = 2020-01-01 }",
        "effective = { from = 2020-01-01, to = 2019-01-01 }",
        "effective",
        "ends",
    ),
    ('wording = "own_words"', 'wording = "free"', "licence.wording", "Input should be"),
    ('owner = "Nobody"', 'owner = "Nobody"\ncolour = "red"', "colour", "Extra inputs"),
    ('topic = "Second"', 'topic = "Second"\ncolour = "red"', "items[2].colour", "Extra inputs"),
    (
        'title = "A paper"',
        'title = "A paper"\n\n[[sources]]\nid = "paper"\ntitle = "Twice"',
        "sources[1].id",
        "twice",
    ),
    (
        'title = "One"',
        'title = "One"\n\n[[sections]]\nid = "one"\ntitle = "Two"',
        "sections[1].items",
        "at least 1 item",
    ),
    ('id = "3"', 'id = "2"', "items[3].id", "twice"),
    (
        'section = "one"\nanswers = "often"',
        'section = "two"\nanswers = "often"',
        "items[3].section",
        "no section",
    ),
    ('answers = "often"', 'answers = "rarely"', "items[3].answers", "no answer set"),
    ("points = { sometimes = 1, always = 2 }", "points = { rarely = 1 }", "items[3].points", "'rarely'"),
    (
        "points = { sometimes = 1, always = 2 }",
        "points = { dont_know = 1 }",
        "items[3].points",
        "'dont_know'",
    ),
    (
        "points = { sometimes = 1, always = 2 }",
        'points = { always = "2" }',
        "items[3].points.always",
        "integer",
    ),
    ("points = { sometimes = 1, always = 2 }", "", "items[3].points", "says what its answers are worth"),
    (
        "points = { sometimes = 1, always = 2 }",
        "points = { always = 2 }\nscored = false",
        "items[3].points",
        "never",
    ),
    ('method = "weighted"', 'method = "count"', "items[0].points", "worth one"),
    ("k_of_n = { k = 2 }", "k_of_n = { k = 4 }", "items[2].compose", "4 of 3 parts"),
    ("compose = { k_of_n = { k = 2 } }", "compose = {}", "items[2].compose", "exactly one"),
    (
        "points = { sometimes",
        "compose = { number_gte = { value = 2 } }\npoints = { sometimes",
        "items[3].compose",
        "yes",
    ),
    ('{ id = "b", topic = "B" }', '{ id = "a", topic = "B" }', "items[2].parts", "twice"),
    ('excludes = ["1"]', 'excludes = ["1a"]', "items[1].excludes", "not another item"),
    ('excludes = ["1"]', 'excludes = ["7"]', "items[1].excludes", "not another item"),
    ('excludes = ["1"]', "", "items[0].excludes", "in return"),
    ("points = { yes = -1 }", "points = { no = -1 }", "items[1].excludes", "only a yes"),
    ("points = { yes = 1 }\nask_if", "points = { yes = -1 }\nask_if", "items[4].ask_if", "take points away"),
    ('is = ["sometimes", "always"]', 'is = "rarely"', "items[4].ask_if", "never 'rarely'"),
    ('item = "3", is = [', 'item = "9", is = [', "items[4].ask_if", "no item '9'"),
    ('items = ["1", "2"], is', 'items = ["1", "9"], is', "measures.pair", "unknown items: 9"),
    ('items = ["1", "2"], is', 'items = ["1", "1a"], is', "measures.pair", "exclude each other"),
    ("pair = { count", 'pair = { number = "incidents", count', "measures.pair", "exactly one"),
    (
        'pair = { count = { items = ["1", "2"], is = "yes" } }',
        'pair = { number = "escalating" }',
        "measures.pair",
        "no fact",
    ),
    (
        'pair = { count = { items = ["1", "2"], is = "yes" } }',
        'pair = { days_since = "escalating" }',
        "measures.pair",
        "no fact",
    ),
    ('total = { sum = "all" }', 'total = { sum = ["2", "3"] }', "measures.total", "sum"),
    (
        "pair = { count",
        'some = { sum = ["1", "2"] }\npair = { count',
        "measures.some",
        "without those it excludes",
    ),
    ('measure = "total"\nat = 3', 'measure = "sum"\nat = 3', "threshold.measure", "no measure 'sum'"),
    ("at = 3", "at = 7", "threshold.at", "above the greatest score, 6"),
    ('ground = "score"', 'ground = "count"', "threshold.ground", "no ground 'count'"),
    ('ground = "score"\nsource = "paper"', 'ground = "score"\nsource = "book"', "threshold.source", "'book'"),
    ('look = ["1"]', 'look = ["7"]', "flags.look", "unknown item"),
    (
        'when = { measure = "total", gte = 3 }\nsource',
        'when = { measure = "total", gte = 4 }\nsource',
        "levels",
        "0 levels hold at 3",
    ),
    ("lte = 2", "lte = 3", "levels", "2 levels hold at 3"),
    ("only_when_complete = true\n", "", "levels[1]", "only_when_complete"),
    (
        'when = { measure = "total", gte = 3 }\nsource = "paper"\n\n[[levels]]',
        'source = "paper"\n\n[[levels]]',
        "levels[0]",
        "only the last",
    ),
    ('id = "below"', 'id = "high"', "levels[1].id", "twice"),
    (
        'title = "below"\nwhen = { measure = "total", lte = 2 }',
        'title = "below"\nwhen = { measure = "pair", lte = 2 }',
        "levels[1].when",
        "could stop",
    ),
    ('sets = "high"', 'sets = "highest"', "grounds[0].sets", "no level 'highest'"),
    (
        'sets = "high"',
        'sets = "high"\nignores_checklist = true',
        "grounds[0].ignores_checklist",
        "reads the answers",
    ),
    ("gte = 3 }\nsets", "lte = 3 }\nsets", "grounds[0].when", "could stop"),
    (
        'when = { measure = "total", gte = 3 }\nsets',
        'when = { not = { item = "1", is = "no" } }\nsets',
        "grounds[0].when",
        "not use not",
    ),
    ('gte = 3 }\nsets = "high"', 'gte = true }\nsets = "high"', "grounds[0].when", "whole number"),
    (
        'when = { measure = "total", gte = 3 }\nsets',
        'when = { python = "print()" }\nsets',
        "grounds[0].when",
        "not a condition",
    ),
    (
        'when = { measure = "total", gte = 3 }\nsets',
        'when = { item = "1", is = "yes" }\nignores_checklist = true\nsets',
        "grounds[0].ignores_checklist",
        "reads",
    ),
    ('fact = "victim_age"', 'fact = "victim_height"', "gates[0].when", "no fact 'victim_height'"),
    ('to = "elsewhere"\n', "", "gates[0].to", "where to"),
    ('to = "elsewhere"', 'to = "elsewhere"\nlevel = "high"', "gates[0].level", "judgement_only"),
    ('result = "reroute"', 'result = "also"', "gates[0].also", "nobody"),
    ('when = { fact = "victim_age", gte = 18 }\n', "", "gates[0].when", "always hold"),
    ('text = "Both."\nsource = "paper"', 'text = "Both."\nsource = "book"', "prompts[0].source", "'book'"),
    (
        '[[items]]\nid = "1"\n',
        '[missing]\nmin_answered_in = [["9"], 1]\n\n[[items]]\nid = "1"\n',
        "missing.min_answered_in",
        "unknown item",
    ),
    (
        '[[items]]\nid = "1"\n',
        '[review]\nby_level = { high = 3 }\n\n[[items]]\nid = "1"\n',
        "review.source",
        "need one",
    ),
    (
        '[[items]]\nid = "1"\n',
        '[review]\nby_level = { huge = 3 }\nsource = "paper"\n\n[[items]]\nid = "1"\n',
        "review.by_level",
        "unknown level",
    ),
    ('level_rule = "computed"', 'level_rule = "chosen"', "method", "goes with the method chosen"),
    ('method = "weighted"', 'method = "chosen"', "max_score", "no score"),
]


@pytest.mark.parametrize(("find", "put", "path", "message"), BREAKS)
def test_a_broken_definition_is_refused(tmp_path, find, put, path, message):
    assert find in EDITION
    faults = refused(tmp_path, EDITION.replace(find, put, 1))
    told = [str(fault.sentence("f")) for fault in faults]
    assert any(f": {path}: " in one and message in one for one in told), told


@pytest.mark.parametrize(
    ("find", "least", "below"),
    [
        ("k_of_n = { k = 2 }", "k_of_n = { k = 1 }", "k_of_n = { k = 0 }"),
        (
            "pair = {",
            'one = { k_of_n = { items = ["2"], is = "yes", k = 1 } }\npair = {',
            'one = { k_of_n = { items = ["2"], is = "yes", k = 0 } }\npair = {',
        ),
        (
            "pair = {",
            'last = { events = { within_days = 1, kinds = ["crime"] } }\npair = {',
            'last = { events = { within_days = 0, kinds = ["crime"] } }\npair = {',
        ),
        (
            "pair = {",
            'last = { events = { within_days = 3660, kinds = ["crime"] } }\npair = {',
            'last = { events = { within_days = 3661, kinds = ["crime"] } }\npair = {',
        ),
        ("[measures]", "[repeat]\nmonths = 1\n\n[measures]", "[repeat]\nmonths = 0\n\n[measures]"),
        ("[measures]", "[repeat]\nmonths = 60\n\n[measures]", "[repeat]\nmonths = 61\n\n[measures]"),
        (
            "compose = { k_of_n = { k = 2 } }",
            "compose = { number_gte = { value = 1 } }",
            "compose = { number_gte = { value = 0 } }",
        ),
        (
            "compose = { k_of_n = { k = 2 } }",
            "compose = { number_gte = { value = 1, most = 1 } }",
            "compose = { number_gte = { value = 1, most = 0 } }",
        ),
    ],
)
def test_the_least_and_the_most_an_author_may_write(tmp_path, find, least, below):
    file = tmp_path / "small.toml"
    file.write_text(EDITION.replace(find, least, 1))
    assert read_edition(file).slug == "small"
    assert refused(tmp_path, EDITION.replace(find, below, 1))


def test_what_is_not_toml_is_refused_with_its_line(tmp_path):
    faults = refused(tmp_path, "schema = 1\ntitle = \n")
    assert faults[0].line == 2


def test_a_line_may_stand_at_one_and_at_the_most(tmp_path):
    for at in (1, 6):
        file = tmp_path / "small.toml"
        file.write_text(EDITION.replace("at = 3", f"at = {at}"))
        assert read_edition(file).rules.threshold.at == at
    assert refused(tmp_path, EDITION.replace("at = 3", "at = 0"))


def test_a_fault_names_its_line(tmp_path):
    faults = refused(tmp_path, EDITION.replace("at = 3", "at = 7"))
    assert EDITION.splitlines()[faults[0].line - 1] == "at = 3"


def test_a_chosen_instrument_may_not_be_added_up(tmp_path):
    text = EDITION.replace('method = "weighted"', 'method = "chosen"')
    text = text.replace('level_rule = "computed"', 'level_rule = "chosen"')
    told = " ".join(fault.sentence("f") for fault in refused(tmp_path, text))
    assert "the factors of a chosen level are never added up" in told
    assert "this item is never added up, so it has no points" in told
    assert "a chosen level has no line" in told
    assert "a person chooses this level" in told


def test_a_computed_instrument_needs_levels(tmp_path):
    start, end = EDITION.index("[[levels]]"), EDITION.index("[[gates]]")
    text = (EDITION[:start] + EDITION[end:]).replace('ground = "score"\n', "")
    assert any("needs its levels" in fault.message for fault in refused(tmp_path, text))


@pytest.mark.parametrize(
    "when",
    [
        "3",
        "{}",
        "{ all = [] }",
        "{ any = 3 }",
        '{ item = 1, is = "yes" }',
        '{ item = "1", is = [] }',
        '{ measure = "total" }',
        "{ measure = 3, gte = 1 }",
        '{ measure = "total", eq = true }',
        '{ measure = "total", between = [3, 1] }',
        '{ measure = "total", between = 3 }',
        '{ measure = "total", in = [] }',
        '{ judgement = "keep" }',
        '{ measure = "lost", gte = 1 }',
        '{ measure = "total", gte = 1, lte = 3 }',
        '{ measure = "total", fact = "incidents", gte = 1 }',
    ],
)
def test_what_is_not_a_condition(tmp_path, when):
    text = EDITION.replace('when = { item = "1", is = "yes" }', f"when = {when}")
    assert any(fault.path[:2] == ("followups", 0) for fault in refused(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "must be 1"),
        ("schema = ", "is not TOML"),
        ("x = " + "[" * 5000, "is not TOML"),
        ("#" * 400_001, "longer than"),
        ('schema = 1\nitems = 3\nsections = ["a"]\nanswer_sets = 3\n', "is a list of tables"),
        (
            'schema = 1\n[[sections]]\nid = "a"\n[[items]]\nsection = "a"\nanswers = []\n',
            "names no answer set",
        ),
    ],
)
def test_a_file_that_is_no_definition(tmp_path, text, message):
    assert message in str([fault.message for fault in refused(tmp_path, text)])


def test_a_file_that_cannot_be_read(tmp_path):
    with pytest.raises(risk.BadDefinition, match="cannot be read"):
        read_edition(tmp_path / "absent.toml")
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(risk.BadDefinition, match="cannot be read"):
        read_edition(tmp_path / "bytes.toml")


def test_the_hash_is_of_the_content_and_not_of_its_layout(tmp_path):
    file = tmp_path / "small.toml"
    file.write_text(EDITION)
    before = read_edition(file).definition_hash
    moved = EDITION.replace('owner = "Nobody"\n', "").replace("schema = 1", 'owner = "Nobody"\nschema = 1')
    file.write_text(f"# A comment.\n{moved}")
    assert read_edition(file).definition_hash == before
    file.write_text(EDITION.replace('owner = "Nobody"', 'owner = "Nóbody"'))
    changed = read_edition(file).definition_hash
    assert changed != before
    assert changed == "742287f022072b20d0305b1c4fea0a1f5a31c3a539aa6943e66213fcae36c96f"


def test_bands_end_exactly_at_the_greatest_and_the_least_score(tmp_path):
    file = tmp_path / "small.toml"
    text = EDITION.replace('when = { measure = "total", gte = 3 }\nsource', "when = BAND\nsource", 1)
    file.write_text(text.replace("BAND", '{ measure = "total", between = [3, 6] }'))
    assert read_edition(file).rules.levels[0].id == "high"
    short = refused(tmp_path, text.replace("BAND", '{ measure = "total", between = [3, 5] }'))
    assert [fault.message for fault in short] == ["0 levels hold at 6; exactly one must"]
    low = EDITION.replace('{ measure = "total", lte = 2 }', '{ measure = "total", between = [-1, 2] }')
    file.write_text(low)
    assert read_edition(file).rules.levels[1].id == "below"
    high = refused(tmp_path, low.replace("between = [-1, 2]", "between = [0, 2]"))
    assert [fault.message for fault in high] == ["0 levels hold at -1; exactly one must"]


def test_words_have_a_greatest_length(tmp_path):
    file = tmp_path / "small.toml"
    file.write_text(EDITION.replace("Three questions.", "x" * 600))
    assert len(read_edition(file).summary) == 600
    assert refused(tmp_path, EDITION.replace("Three questions.", "x" * 601))
    assert refused(tmp_path, EDITION.replace("Three questions.", ""))


def test_a_fault_in_a_later_section_names_the_items_place_in_the_file(tmp_path):
    text = EDITION.replace('title = "One"', 'title = "One"\n\n[[sections]]\nid = "two"\ntitle = "Two"')
    text = text.replace('section = "one"\nanswers = "often"', 'section = "two"\nanswers = "often"')
    faults = refused(tmp_path, text.replace("always = 2 }", 'always = "2" }'))
    assert faults[0].path == ("items", 3, "points", "always")
    assert text.splitlines()[faults[0].line - 1].startswith("points = { sometimes")
    first = refused(tmp_path, text.replace('title = "Two"', "title = 2"))
    assert [fault.path for fault in first] == [("sections", 1, "title")]

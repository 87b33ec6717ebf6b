"""A profile may change lines and add events, never items; a norm table leaves no gap."""

import pytest

import risk
from risk.lines import line_of
from risk.loading import read_edition, read_norms, read_profile
from tests.risk.broken import EDITION, NORMS, PROFILE, refused


def bases(tmp_path):
    file = tmp_path / "small.toml"
    file.write_text(EDITION)
    return {"small@2020.1": read_edition(file)}


def test_a_profile_changes_lines_and_adds_events(tmp_path):
    file = tmp_path / "local.toml"
    file.write_text(PROFILE)
    profile = read_profile(file, bases(tmp_path))
    assert profile.rules.threshold.at == 2
    assert set(profile.rules.measures) == {"total", "pair", "events"}
    assert profile.rules.flags == {"look": ("1",), "local": ("2",)}
    assert profile.rules.limits == ("Local.",)
    assert profile.rules.measures["events"].events.same_pair is True
    assert profile.rules.levels[0].id == "high"


@pytest.mark.parametrize(
    ("find", "put", "path", "message"),
    [
        ('base = "small@2020.1"', 'base = "large@2020.1"', "base", "no edition is called"),
        ("[changes]\nthreshold", "[changes]\nitems = []\nthreshold", "changes.items", "may not change this"),
        ("[changes]\nthreshold", "[changes]\npoints = 3\nthreshold", "changes.points", "may not change this"),
        ("at = 2, ground", "at = 9, ground", "changes.threshold.at", "above the greatest score"),
        ("at = 2, ground", 'at = "2", ground', "changes.threshold.at", "integer"),
        (
            'events = { events = { within_days = 30, kinds = ["crime"] } }',
            'mine = { count = { items = ["1"], is = "yes" } }',
            "changes.measures.mine",
            "only count events",
        ),
        (
            'title = "A local paper"',
            'title = "A local paper"\n[[sources]]\nid = "here"\ntitle = "Again"',
            "sources[1].id",
            "twice",
        ),
    ],
)
def test_a_profile_that_goes_too_far(tmp_path, find, put, path, message):
    faults = refused(tmp_path, PROFILE.replace(find, put, 1), read_profile, bases(tmp_path))
    told = [fault.sentence("f") for fault in faults]
    assert any(f": {path}: " in one and message in one for one in told), told


def test_a_profile_without_changes(tmp_path):
    text = PROFILE[: PROFILE.index("[changes]")]
    assert refused(tmp_path, text, read_profile, bases(tmp_path))[0].path == ("changes",)


@pytest.mark.parametrize(
    ("find", "put", "path"),
    [
        ("least = 2", "least = 3", "rows[1].least"),
        ("values = { again = 2 }", "values = { other = 2 }", "rows[1].values"),
        ("least = 2, most = 5", "least = 2, most = 1", "rows[1]"),
    ],
)
def test_norms_with_a_gap(tmp_path, find, put, path):
    faults = refused(tmp_path, NORMS.replace(find, put), read_norms)
    assert any(f": {path}: " in fault.sentence("f") for fault in faults)


def test_a_fault_without_a_line_still_names_its_place():
    assert line_of("a = 1", ["b"]) is None
    assert line_of("[a]\nb = 1\n[c]\nb = 2", ["c", "b"]) == 4
    twice = "[[a]]\nb = 1\n[[a]]\nb = 2"
    assert line_of(twice, ["a", 1, "b"]) == 4
    assert line_of(twice, ["a", 0, "b"]) == 2
    assert line_of(twice, ["a"]) == 1
    assert line_of(twice, ["a", 5]) == 3
    assert line_of("[a]\nx = 1\n[a.b]\ny = 2\n[c]\ny = 3", ["a", "b", "y"]) == 4
    assert line_of("[a]\nx = { y = 1, z = [\n  2 ] }\n[c]\ny = 3", ["c", "y"]) == 5
    assert risk.errors.Fault([], "bad").sentence("f") == "f: (the file): bad"


def test_levels_that_are_not_bands_end_with_one_that_always_holds(tmp_path):
    text = EDITION.replace('measure = "total", lte = 2', 'measure = "pair", gte = 1')
    told = [fault.sentence("f") for fault in refused(tmp_path, text)]
    assert any("levels[1].when: the last of such levels always holds" in one for one in told), told


def test_a_profile_of_an_edition_that_leaves_levels_to_profiles_brings_them(tmp_path):
    start, end = EDITION.index("[[levels]]"), EDITION.index("[[grounds]]")
    text = EDITION[:start] + EDITION[end:].replace('sets = "high"\n', "")
    file = tmp_path / "small.toml"
    file.write_text(text.replace("max_score = 6", 'max_score = 6\ndefault_profile = "small-local"'))
    base = read_edition(file)
    local = PROFILE.replace('sets = "high"\n', "")
    faults = refused(tmp_path, local, read_profile, {base.name: base})
    assert [fault.message for fault in faults] == ["this instrument needs its levels"]

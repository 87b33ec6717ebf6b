"""What holds for any two people whatsoever, whatever is typed into the boxes."""

from datetime import date

from hypothesis import example, given, settings
from hypothesis import strategies as st

from conferences.matching import Facts, choose, judge, keys

LATIN = "Siobhán O'Neill Mohammed Kaur Zhang Wei Kasia Mac ap bin al- Mr - , ' J. Abdul Rahman Ní Smith-Jones"
WORDS = st.sampled_from(LATIN.split()) | st.sampled_from(["张伟", "محمد"])
NAMES = st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=7).map(" ".join))
BORN = st.one_of(
    st.none(),
    st.sampled_from(
        ["1991", "1991-03", "1991-03-12", "1991-12-03", "1919-03-12", "1991-01-01", "soon", "1991-13"]
    ),
    st.dates(date(1900, 1, 1), date(2026, 1, 1)).map(str),
)
SHORT = st.tuples() | st.tuples(st.text(max_size=20))
PEOPLE = st.builds(
    Facts,
    name=st.none() | NAMES,
    aliases=st.lists(NAMES, max_size=3).map(tuple),
    former_names=st.lists(NAMES, max_size=2).map(tuple),
    born=BORN,
    age=st.none() | st.integers(-5, 200),
    asked_on=st.none() | st.just(date(2026, 11, 23)),
    phones=SHORT | st.just(("07700 900123",)),
    postcodes=SHORT | st.just(("ZZ99 1AA",)),
    address_lines=SHORT | st.just(("12 Elm Rd",)),
    sex=st.none() | st.sampled_from(["F", "M", "female", "X", ""]),
)


@given(PEOPLE, PEOPLE)
@settings(max_examples=80, deadline=None)
def test_any_two_people_can_be_compared_and_the_order_does_not_matter(one: Facts, other: Facts) -> None:
    there, back = judge(one, other), judge(other, one)
    assert (there is None) == (back is None)
    if there is not None and back is not None:
        assert 0 <= there.score <= 1
        assert there.score == back.score
        assert all(isinstance(reason, str) and reason for reason in there.reasons)


@given(PEOPLE)
@settings(max_examples=80, deadline=None)
def test_keys_are_few_and_always_the_same(person: Facts) -> None:
    again = Facts(**{name: getattr(person, name) for name in person.__dataclass_fields__})
    assert keys(person) == keys(again)
    assert len(keys(person)) <= 40
    assert len(keys(person, asking=True)) <= 80


@given(PEOPLE, PEOPLE, NAMES)
@settings(max_examples=60, deadline=None)
@example(Facts("Lena Marsh", born="1991-03-12"), Facts("Lena Marsh", born="1991-03-12"), "Lena Brayshaw")
def test_one_more_alias_never_hides_anyone(asked: Facts, held: Facts, alias: str) -> None:
    if not held.names or len(held.names) > 4:
        return
    before = choose(asked, [(1, held)])
    known = Facts(**{name: getattr(held, name) for name in held.__dataclass_fields__} | {
        "aliases": (*held.aliases, alias)})  # fmt: skip
    if before:
        assert choose(asked, [(1, known)])


@given(PEOPLE)
@settings(max_examples=60, deadline=None)
def test_at_most_five_are_shown_and_the_best_comes_first(person: Facts) -> None:
    shown = choose(person, [(number, person) for number in range(12)])
    assert len(shown) <= 5
    assert [one.score for one in shown] == sorted((one.score for one in shown), reverse=True)

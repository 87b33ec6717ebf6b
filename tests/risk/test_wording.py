"""Official wording comes from outside, under permission, and changes no number."""

import json

import pytest

import risk
from risk.wording import BANNER, Wording, check_wording, checksum, lines, read_wording

DA5 = risk.edition("danger-assessment-5")
BASES = {DA5.name: DA5}


def overlay(**changes):
    made = {
        "instrument": DA5.name,
        "lang": "cy",
        "licence_ref": "PERMISSION-1",
        "issued_by": "An area",
        "items": {item.id: {"text": f"Question {item.id}?", "help": "Ask gently."} for item in DA5.items},
        "answers": {"yes": "Ydw", "no": "Nac ydw"},
        "checksum": "",
    }
    made.update(changes)
    wording = Wording.model_validate(made)
    return wording if changes.get("checksum") else wording.model_copy(update={"checksum": checksum(wording)})


def written(tmp_path, wording):
    lines = ["schema = 1"]
    for key, value in wording.model_dump(mode="json", exclude={"items", "answers"}).items():
        lines.append(f"{key} = {json.dumps(value)}")
    for table in ("items", "answers"):
        for key, value in wording.model_dump(mode="json")[table].items():
            told = value if isinstance(value, str) else None
            inline = ", ".join(f"{k} = {json.dumps(v)}" for k, v in value.items()) if told is None else ""
            lines.append(f'{table}."{key}" = {json.dumps(told) if told else "{ " + inline + " }"}')
    file = tmp_path / "cy.toml"
    file.write_text("\n".join(lines))
    return file


def test_without_wording_the_topic_is_shown_and_the_official_form_is_read():
    shown = lines(DA5, None)
    assert (shown[3].number, shown[3].text, shown[3].official) == ("4", "Strangled or choked", False)
    assert "official form" in BANNER


def test_with_wording_the_question_is_shown(tmp_path):
    wording = read_wording(written(tmp_path, overlay()), BASES)
    assert lines(DA5, wording)[0] == ("1", "Question 1?", "Ask gently.", True)
    assert overlay().right_to_left is False


def test_the_checksum_does_not_depend_on_the_order_of_the_items():
    items = {item.id: {"text": f"Cwestiwn {item.id}: ŵyr?"} for item in DA5.items}
    turned = dict(reversed(items.items()))
    issued = "f1bb19da622fa74076bc9d182efe542ce6e6b95dbf630e651bd2470ad62aaf56"
    assert overlay(items=items).checksum == overlay(items=turned).checksum == issued


def test_wording_changes_no_number(tmp_path):
    before = risk.assess(DA5, {"1": "yes"})
    read_wording(written(tmp_path, overlay()), BASES)
    assert risk.assess(DA5, {"1": "yes"}) == before


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"items": {"1": {"text": "One?"}}}, "missing 2, 3, 4, 5; unknown none"),
        ({"items": {item.id: {"text": "?"} for item in DA5.items} | {"6": {"text": "?"}}}, "unknown 6"),
        ({"answers": {"sometimes": "Weithiau"}}, "never has sometimes"),
        ({"checksum": "0" * 64}, "not as it was issued"),
    ],
)
def test_wording_that_does_not_match_is_refused(changes, message):
    with pytest.raises(risk.BadWording, match=message):
        check_wording(overlay(**changes), DA5)


def test_wording_for_an_unknown_edition_or_without_permission_is_refused(tmp_path):
    file = written(tmp_path, overlay(instrument="danger-assessment-5@1999.1"))
    with pytest.raises(risk.BadWording, match="no edition is called"):
        read_wording(file, BASES)
    file.write_text(file.read_text().replace("licence_ref", "licence"))
    with pytest.raises(risk.BadWording, match="licence_ref"):
        read_wording(file, BASES)


def test_questions_have_a_greatest_length(tmp_path):
    def with_text(text, advice):
        return overlay(items={item.id: {"text": text, "help": advice} for item in DA5.items})

    assert check_wording(with_text("x" * 2000, "y" * 4000), DA5) is None
    for text, advice in (("x" * 2001, ""), ("", ""), ("x", "y" * 4001)):
        with pytest.raises(ValueError, match="String should have"):
            with_text(text, advice)

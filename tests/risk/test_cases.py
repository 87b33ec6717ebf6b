"""Every worked case comes out as the practitioner wrote it."""

import pytest

from tests.risk.worked import assessed, cases

NAMES = {"grounds": "id", "flags": "id", "alerts": "id", "followups": "id", "prompts": "id", "routes": "gate"}


def shown(result, key):
    if key == "against":
        return result.dissent.reason
    value = getattr(result, key)
    if key in NAMES:
        return sorted(getattr(one, NAMES[key]) for one in value)
    if key == "dissent":
        return value.level
    return value.values["again"] if key == "norm" else value


@pytest.mark.parametrize("case", list(cases()), ids=lambda case: f"{case['instrument']}: {case['name']}")
def test_a_worked_case(case):
    result = assessed(case)
    assert {key: shown(result, key) for key in case["expect"]} == case["expect"]
    assert {key: getattr(result, key) for key in case.get("silent", [])} == dict.fromkeys(
        case.get("silent", [])
    )

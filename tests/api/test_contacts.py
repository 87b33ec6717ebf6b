"""How to reach somebody, by program: written in a draft, looked at with a line, changed after sending."""

from typing import Any

from sqlalchemy import select

from conferences.models import AuditEntry
from conferences.referral import referrals
from tests import make
from tests.api.conftest import Programs
from tests.make import World

WAYS: dict[str, Any] = {
    "rule": "Say it is the library.",
    "points": [
        {"way": "phone", "value": "07700 900777", "safety": "safe", "days": ["mon"], "after": "09:30",
         "before": "14:00", "code_word": "kettle", "text": "unsafe", "withheld": "safe"},
        {"way": "mail", "value": "testa@home.example"},
    ],
}  # fmt: skip


def kinds(world: World, case: Any) -> list[str]:
    wanted = select(AuditEntry.kind).where(AuditEntry.subject_id == case.id).order_by(AuditEntry.seq)
    return [kind for kind in world.session.scalars(wanted) if kind.startswith("contact")]


def test_the_author_writes_and_reads_it_and_what_is_not_said_is_unknown(
    world: World, program: Programs
) -> None:
    draft, amara = make.filled_draft(world), program(world.amara)
    here = f"/referrals/{draft.id.hex}/contact"
    amara.put(here, WAYS)
    told = amara.get(here)
    assert (told["rule"], told["version"]) == ("Say it is the library.", 2)
    phone, mail = told["points"]
    assert {name: phone[name] for name in WAYS["points"][0]} == WAYS["points"][0]
    assert {mail[name] for name in ("safety", "message", "text", "withheld")} == {"unknown"}
    assert amara.ask("PUT", here, {"rule": "Never.", "version": 1}).status_code == 409
    assert amara.ask("PUT", here, {"points": [{"way": "fax", "value": "1"}]}).status_code == 422
    assert program(world.ben).ask("GET", here).status_code == 404


def test_after_sending_it_is_looked_at_with_a_line_and_changed_by_the_advocate(
    world: World, program: Programs
) -> None:
    sent = make.sent_referral(world)
    here, noor = f"/cases/{sent.case_id.hex}/contact", program(world.noor)
    told = noor.post(here)
    assert told["points"][0]["value"] == "07700 900123"
    noor.put(here, WAYS | {"version": told["version"]})
    assert noor.post(here)["rule"] == "Say it is the library."
    assert kinds(world, sent.case) == ["contact.given", "contact.viewed", "contact.changed", "contact.viewed"]
    assert noor.ask("PUT", here, {"points": [], "rule": None}).status_code == 422
    place = f"/cases/{sent.case_id.hex}/address"
    assert noor.ask("PUT", place, {"address": "2 New Row", "safety": "safe"}).status_code == 204


def test_others_are_reached_by_ways_of_their_own(world: World, program: Programs) -> None:
    draft, amara = make.filled_draft(world, children=("Pim",)), program(world.amara)
    ids = {one.part.value: one.id.hex for one in draft.case.involvements}
    at = {part: f"/referrals/{draft.id.hex}/people/{id}/contact" for part, id in ids.items()}
    amara.put(at["perpetrator"], {"points": [{"way": "phone", "value": "07700 900888"}]})
    assert [one["value"] for one in amara.get(at["perpetrator"])["points"]] == ["07700 900888"]
    assert amara.get(at["child"])["points"] == []
    shared = {"points": [{"way": "phone", "value": "+447700900888", "safety": "safe"}]}
    refused = amara.ask("PUT", at["child"], shared)
    assert (refused.status_code, refused.headers["content-type"]) == (422, "application/problem+json")
    assert amara.ask("GET", at["victim"]).status_code == 404
    assert program(world.ben).ask("GET", at["child"]).status_code == 404
    referrals.submit(world.session, world.amara, draft, now=world.now)
    here = f"/cases/{draft.case_id.hex}/people/{ids['perpetrator']}/contact"
    told = program(world.chidi).post(here)
    assert [one["value"] for one in told["points"]] == ["07700 900888"]
    program(world.ben).put(here, {"rule": "The police only.", "version": told["version"]})
    for name, looking, changing in (
        ("amara", 403, 403),
        ("chidi", 200, 403),
        ("dana", 404, 404),
        ("erin", 404, 404),
    ):
        other = program(world.cast()[name])
        assert other.ask("POST", here).status_code == looking, name
        assert other.ask("PUT", here, WAYS).status_code == changing, name
    assert amara.ask("GET", at["perpetrator"]).status_code == 403


def test_nobody_else_does(world: World, program: Programs) -> None:
    sent = make.sent_referral(world)
    case, referral = f"/cases/{sent.case_id.hex}", f"/referrals/{sent.id.hex}"
    for name, status in (("amara", 403), ("chidi", 403), ("dana", 404), ("erin", 404), ("ada", 404)):
        other = program(world.cast()[name])
        assert other.ask("PUT", f"{case}/contact", WAYS).status_code == status, name
        assert other.ask("PUT", f"{case}/address", {"address": "2 New Row"}).status_code == status, name
    assert program(world.dana).ask("POST", f"{case}/contact").status_code == 404
    assert program(world.amara).ask("GET", f"{referral}/contact").status_code == 403
    assert kinds(world, sent.case) == ["contact.given"]

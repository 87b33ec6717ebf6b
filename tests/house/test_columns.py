"""Every column says how much harm it could do, and what could do harm is sealed or says why it is not."""

import re
from pathlib import Path

from sqlalchemy import LargeBinary, String, Text

from conferences.models import Base, DataClass

# Everything that is classed and still readable in the database, with the reason beside it in the model.
READABLE = {
    "user_account.email_index",
    "user_account.password_hash",
    "user_account.last_sign_in_at",
    "sign_in_session.token_hash",
    "sign_in_link.token_hash",
    "api_token.token_hash",
    "involvement.part",
    "referral.qualifies",
    "referral.gate",
    "referral.known_repeat",
    "audit_entry.actor_id",
    "import_batch.source_index",
    "import_batch.headings_index",
    "import_row.fingerprint",
    "import_row.reference_index",
    "import_row.pair_index",
    "import_mapping.source_index",
    "import_mapping.headings_index",
    "identity_decision.answer",
    "referral_link.token_hash",
    "repeat_decision.is_repeat",
    "person_key.key",
}


def columns() -> list[tuple[str, object]]:
    return [(f"{t.name}.{c.name}", c) for t in Base.metadata.sorted_tables for c in t.columns]


def test_every_column_has_a_data_class() -> None:
    assert [
        name for name, column in columns() if not isinstance(column.info.get("data_class"), DataClass)
    ] == []


def test_a_classed_column_is_sealed_or_says_why_it_is_readable() -> None:
    readable = set()
    for name, column in columns():
        if column.info["data_class"] is DataClass.NONE:
            assert not column.info.get("sealed"), name
        elif column.info.get("sealed"):
            assert isinstance(column.type, LargeBinary), name
            assert name.endswith("_sealed") or name == "data_key.wrapped", name
        else:
            assert len(column.info["open_because"].split()) > 4, name
            readable.add(name)
    assert readable == READABLE


def test_free_text_is_never_unclassed() -> None:
    """Words about people are sealed; the plain text columns are these and no others."""
    plain = {
        name
        for name, column in columns()
        if column.info["data_class"] is DataClass.NONE and type(column.type) in (String, Text)
    }
    assert plain == {
        "data_key.wrapped_by",
        "area.name",
        "area.service_name",
        "area.reference_prefix",
        "area.help_phone",
        "policy.profile",
        "policy.sharing_basis",
        "agency.name",
        "agency.code",
        "form_receipt.key",
        "form_receipt.led_to",
        "case_file.reference",
        "question.about",
        "assessment.instrument",
        "assessment.instrument_version",
        "assessment.definition_hash",
        "assessment.profile",
        "assessment.profile_hash",
        "conference.venue",
        "action.reference",
        "document.number",
        "document.check_code",
        "document.sha256",
        "audit_entry.kind",
        "audit_entry.subject_kind",
        "audit_entry.fields",
    }


def test_every_constraint_has_a_name() -> None:
    for table in Base.metadata.sorted_tables:
        assert all(constraint.name for constraint in table.constraints), table.name


def test_what_two_people_may_edit_carries_a_version() -> None:
    with_version = {t.name for t in Base.metadata.sorted_tables if "version" in t.columns}
    assert {"referral", "assessment", "listing", "action", "conference", "person"} <= with_version


def test_every_revision_follows_the_one_before_it() -> None:
    """Two revisions of one number, or a gap, would leave a database that cannot be brought up to date."""
    files = sorted((Path(__file__).resolve().parents[2] / "migrations" / "versions").glob("0*.py"))
    said = [
        re.findall(r'^(?:down_)?revision(?:: [^=]+)? = ["\']?(\w+)["\']?$', file.read_text(), re.M)
        for file in files
    ]
    numbers = [file.name[:4] for file in files]
    assert said == [[number, before] for number, before in zip(numbers, ["None", *numbers], strict=False)]

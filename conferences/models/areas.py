"""An area, its dated policy, its agencies."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Text, UniqueConstraint
from sqlalchemy.orm import Mapped

from conferences.models.base import Base, HasId, key_to, one_of, plain


class Nation(StrEnum):
    """Whose bank holidays count."""

    ENGLAND = "england"
    WALES = "wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern_ireland"


class AgencyKind(StrEnum):
    """What an agency does, in the words the checklists use for who may know."""

    POLICE = "police"
    IDVA = "idva"
    CHILDRENS_SERVICES = "childrens_services"
    ADULT_SOCIAL_CARE = "adult_social_care"
    HOUSING = "housing"
    HEALTH = "health"
    MENTAL_HEALTH = "mental_health"
    SUBSTANCE = "substance"
    PROBATION = "probation"
    EDUCATION = "education"
    PERPETRATOR_SERVICE = "perpetrator_service"
    SPECIALIST = "specialist"
    HOST = "host"


# No area may leave these out; the form's definitions mark the same fields, and a test compares the two.
NEVER_LEFT_OUT = (
    "first_judgement",
    "answers",
    "last_judgement",
    "victim_name",
    "safe_contact",
    "perpetrator_named",
    "reason",
    "consent",
    "share_purpose",
    "share_said",
    "share_what",
    "share_proportionate",
    "share_risk_telling",
    "share_risk_silence",
    "share_decided_by",
    "share_manager",
    "share_tell",
    "share_tell_how",
    "share_review",
)
_QUOTED = ", ".join(f"'{key}'" for key in NEVER_LEFT_OUT)


class Installation(Base):
    """One row: whether this database holds only invented people."""

    __tablename__ = "installation"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)
    id: Mapped[int] = plain(primary_key=True, default=1)
    demo: Mapped[bool] = plain()
    created_at: Mapped[datetime] = plain()


class Area(Base, HasId):
    """One partnership's area."""

    __tablename__ = "area"
    name: Mapped[str] = plain(unique=True)
    service_name: Mapped[str] = plain()
    reference_prefix: Mapped[str] = plain()
    nation: Mapped[Nation] = plain(one_of(Nation))
    help_phone: Mapped[str] = plain()
    created_at: Mapped[datetime] = plain()


class Policy(Base, HasId):
    """An area's settings from a day on: a pointer to a profile, and its own clocks in working days."""

    __tablename__ = "policy"
    __table_args__ = (
        UniqueConstraint("area_id", "effective_from"),
        CheckConstraint(
            "cutoff_days >= agenda_days AND agenda_days >= research_days AND research_days >= 0",
            name="deadlines_in_order",
        ),
        CheckConstraint(
            "escalate_days >= chase_days AND chase_days >= 0 AND contact_days >= 0"
            " AND audit_share BETWEEN 0 AND 100",
            name="chasing_in_order",
        ),
        CheckConstraint(
            "minutes_days >= 0 AND triage_days >= 0 AND draft_days > 0 AND appeal_days >= 0"
            " AND sign_off_days >= 0",
            name="clocks_run",
        ),
        CheckConstraint(
            f"NOT (fields_left_out && ARRAY[{_QUOTED}]::text[])",
            name="safety_fields_stay",
        ),
    )
    area_id: Mapped[UUID] = key_to("area")
    effective_from: Mapped[date] = plain()
    profile: Mapped[str] = plain()
    checklists: Mapped[list[str]] = plain(ARRAY(Text), default=list)
    cutoff_days: Mapped[int] = plain(default=7)
    agenda_days: Mapped[int] = plain(default=5)
    research_days: Mapped[int] = plain(default=2)
    minutes_days: Mapped[int] = plain(default=3)
    report_days: Mapped[int] = plain(default=2)
    triage_days: Mapped[int] = plain(default=1)
    appeal_days: Mapped[int] = plain(default=2)
    chase_days: Mapped[int] = plain(default=1)
    escalate_days: Mapped[int] = plain(default=2)
    contact_days: Mapped[int] = plain(default=2)
    audit_share: Mapped[int] = plain(default=20)
    draft_days: Mapped[int] = plain(default=14)
    sign_off: Mapped[list[str]] = plain(ARRAY(Text), default=list)
    sign_off_days: Mapped[int] = plain(default=1)
    minutes_per_case: Mapped[int] = plain(default=14)
    names_on_action_sheets: Mapped[bool] = plain(default=False)
    sharing_basis: Mapped[str] = plain(default="public_task")
    fields_required: Mapped[list[str]] = plain(ARRAY(Text), default=list)
    fields_left_out: Mapped[list[str]] = plain(ARRAY(Text), default=list)


class Agency(Base, HasId):
    """A signatory of the sharing agreement in one area."""

    __tablename__ = "agency"
    __table_args__ = (UniqueConstraint("area_id", "name"), UniqueConstraint("area_id", "code"))
    area_id: Mapped[UUID] = key_to("area")
    name: Mapped[str] = plain()
    code: Mapped[str] = plain()
    kind: Mapped[AgencyKind] = plain(one_of(AgencyKind))
    agreement_until: Mapped[date | None] = plain()

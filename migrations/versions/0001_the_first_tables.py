"""the first tables."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = '0001'
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table('area',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('service_name', sa.String(), nullable=False),
    sa.Column('reference_prefix', sa.String(), nullable=False),
    sa.Column('nation', sa.Enum('england', 'wales', 'scotland', 'northern_ireland', name='known_nation', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('help_phone', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_area')),
    sa.UniqueConstraint('name', name=op.f('uq_area_name'))
    )
    op.create_table('data_key',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('wrapped', sa.LargeBinary(), nullable=True),
    sa.Column('wrapped_by', sa.String(), nullable=False),
    sa.Column('destroyed_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_data_key'))
    )
    op.create_table('installation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('demo', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('id = 1', name=op.f('ck_installation_only_one')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_installation'))
    )
    op.create_table('rate_counter',
    sa.Column('key', sa.LargeBinary(), nullable=False),
    sa.Column('window_start', sa.DateTime(timezone=True), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('key', 'window_start', name=op.f('pk_rate_counter'))
    )
    op.create_table('agency',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('area_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('kind', sa.Enum('police', 'idva', 'childrens_services', 'adult_social_care', 'housing', 'health', 'mental_health', 'substance', 'probation', 'education', 'perpetrator_service', 'specialist', 'host', name='known_agencykind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('agreement_until', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_agency_area_id_area')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agency')),
    sa.UniqueConstraint('area_id', 'code', name=op.f('uq_agency_area_id_code')),
    sa.UniqueConstraint('area_id', 'name', name=op.f('uq_agency_area_id_name'))
    )
    op.create_table('audit_entry',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('seq', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('area_id', sa.Uuid(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor_id', sa.Uuid(), nullable=True),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('subject_kind', sa.String(), nullable=True),
    sa.Column('subject_id', sa.Uuid(), nullable=True),
    sa.Column('outcome', sa.Enum('done', 'refused', name='known_auditoutcome', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('fields', sa.String(), nullable=True),
    sa.Column('data_key_id', sa.Uuid(), nullable=True),
    sa.Column('reason_sealed', sa.LargeBinary(), nullable=True),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_audit_entry_area_id_area')),
    sa.ForeignKeyConstraint(['data_key_id'], ['data_key.id'], name=op.f('fk_audit_entry_data_key_id_data_key')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_entry')),
    sa.UniqueConstraint('seq', name=op.f('uq_audit_entry_seq'))
    )
    op.create_index(op.f('ix_audit_entry_actor_id'), 'audit_entry', ['actor_id'], unique=False)
    op.create_index(op.f('ix_audit_entry_area_id'), 'audit_entry', ['area_id'], unique=False)
    op.create_index('ix_audit_entry_subject', 'audit_entry', ['subject_kind', 'subject_id'], unique=False)
    op.create_table('person',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('data_key_id', sa.Uuid(), nullable=False),
    sa.Column('area_id', sa.Uuid(), nullable=False),
    sa.Column('name_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('known_as_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('born_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('gender_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('language_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_person_area_id_area')),
    sa.ForeignKeyConstraint(['data_key_id'], ['data_key.id'], name=op.f('fk_person_data_key_id_data_key')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person'))
    )
    op.create_index(op.f('ix_person_area_id'), 'person', ['area_id'], unique=False)
    op.create_table('policy',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('area_id', sa.Uuid(), nullable=False),
    sa.Column('effective_from', sa.Date(), nullable=False),
    sa.Column('profile', sa.String(), nullable=False),
    sa.Column('cutoff_days', sa.Integer(), nullable=False),
    sa.Column('agenda_days', sa.Integer(), nullable=False),
    sa.Column('research_days', sa.Integer(), nullable=False),
    sa.Column('minutes_days', sa.Integer(), nullable=False),
    sa.Column('report_days', sa.Integer(), nullable=False),
    sa.Column('triage_days', sa.Integer(), nullable=False),
    sa.Column('draft_days', sa.Integer(), nullable=False),
    sa.Column('minutes_per_case', sa.Integer(), nullable=False),
    sa.Column('names_on_action_sheets', sa.Boolean(), nullable=False),
    sa.Column('sharing_basis', sa.String(), nullable=False),
    sa.CheckConstraint('cutoff_days >= agenda_days AND agenda_days >= research_days AND research_days >= 0', name=op.f('ck_policy_deadlines_in_order')),
    sa.CheckConstraint('minutes_days >= 0 AND triage_days >= 0 AND draft_days > 0', name=op.f('ck_policy_clocks_run')),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_policy_area_id_area')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_policy')),
    sa.UniqueConstraint('area_id', 'effective_from', name=op.f('uq_policy_area_id_effective_from'))
    )
    op.create_table('user_account',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('data_key_id', sa.Uuid(), nullable=False),
    sa.Column('area_id', sa.Uuid(), nullable=False),
    sa.Column('email_index', sa.LargeBinary(), nullable=False),
    sa.Column('email_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('name_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('password_hash', sa.String(), nullable=True),
    sa.Column('totp_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('totp_last_step', sa.Integer(), nullable=True),
    sa.Column('is_active', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_sign_in_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_user_account_area_id_area')),
    sa.ForeignKeyConstraint(['data_key_id'], ['data_key.id'], name=op.f('fk_user_account_data_key_id_data_key')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_user_account')),
    sa.UniqueConstraint('email_index', name=op.f('uq_user_account_email_index'))
    )
    op.create_table('api_token',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('token_hash', sa.LargeBinary(), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('scopes', sa.ARRAY(sa.Text()), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_api_token_user_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_api_token')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_api_token_token_hash'))
    )
    op.create_table('case_file',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('data_key_id', sa.Uuid(), nullable=False),
    sa.Column('area_id', sa.Uuid(), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('opened_by_id', sa.Uuid(), nullable=False),
    sa.Column('shared_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_case_file_area_id_area')),
    sa.ForeignKeyConstraint(['data_key_id'], ['data_key.id'], name=op.f('fk_case_file_data_key_id_data_key')),
    sa.ForeignKeyConstraint(['opened_by_id'], ['user_account.id'], name=op.f('fk_case_file_opened_by_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_file')),
    sa.UniqueConstraint('area_id', 'reference', name=op.f('uq_case_file_area_id_reference'))
    )
    op.create_index(op.f('ix_case_file_area_id'), 'case_file', ['area_id'], unique=False)
    op.create_table('conference',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('area_id', sa.Uuid(), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('room_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('venue', sa.String(), nullable=False),
    sa.Column('chair_id', sa.Uuid(), nullable=False),
    sa.Column('status', sa.Enum('planned', 'agenda_issued', 'in_session', 'concluded', 'cancelled', name='known_conferencestatus', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('agenda_version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_by_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('agenda_version >= 0', name=op.f('ck_conference_agenda_counts_up')),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_conference_area_id_area')),
    sa.ForeignKeyConstraint(['chair_id'], ['user_account.id'], name=op.f('fk_conference_chair_id_user_account')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user_account.id'], name=op.f('fk_conference_created_by_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conference')),
    sa.UniqueConstraint('area_id', 'starts_at', name=op.f('uq_conference_area_id_starts_at'))
    )
    op.create_table('form_receipt',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('led_to', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_form_receipt_user_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_form_receipt')),
    sa.UniqueConstraint('user_id', 'key', name=op.f('uq_form_receipt_user_id_key'))
    )
    op.create_table('membership',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('agency_id', sa.Uuid(), nullable=False),
    sa.Column('role', sa.Enum('frontline', 'representative', 'idva', 'coordinator', 'chair', 'administrator', name='known_role', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('ended_at IS NULL OR ended_at >= started_at', name=op.f('ck_membership_ends_after_it_starts')),
    sa.ForeignKeyConstraint(['agency_id'], ['agency.id'], name=op.f('fk_membership_agency_id_agency')),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_membership_user_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_membership'))
    )
    op.create_index('uq_membership_current', 'membership', ['user_id'], unique=True, postgresql_where=sa.text('ended_at IS NULL'))
    op.create_table('safe_address',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('data_key_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('address_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('given_by_id', sa.Uuid(), nullable=False),
    sa.Column('superseded_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['data_key_id'], ['data_key.id'], name=op.f('fk_safe_address_data_key_id_data_key')),
    sa.ForeignKeyConstraint(['given_by_id'], ['user_account.id'], name=op.f('fk_safe_address_given_by_id_user_account')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_safe_address_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_safe_address'))
    )
    op.create_index('uq_safe_address_current', 'safe_address', ['person_id'], unique=True, postgresql_where=sa.text('superseded_at IS NULL'))
    op.create_table('safe_contact',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('data_key_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('phone_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('may_ring_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('may_leave_message_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('times_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('code_word_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('who_else_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('rule_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['data_key_id'], ['data_key.id'], name=op.f('fk_safe_contact_data_key_id_data_key')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_safe_contact_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_safe_contact')),
    sa.UniqueConstraint('person_id', name=op.f('uq_safe_contact_person_id'))
    )
    op.create_table('sign_in_link',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('token_hash', sa.LargeBinary(), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('expires_at > created_at', name=op.f('ck_sign_in_link_expires_later')),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_sign_in_link_user_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in_link')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_sign_in_link_token_hash'))
    )
    op.create_table('sign_in_session',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('token_hash', sa.LargeBinary(), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('factor_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_sign_in_session_user_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in_session')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_sign_in_session_token_hash'))
    )
    op.create_table('document',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('data_key_id', sa.Uuid(), nullable=False),
    sa.Column('area_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('agenda', 'action_plan', name='known_documentkind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('number', sa.String(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('conference_id', sa.Uuid(), nullable=True),
    sa.Column('agency_id', sa.Uuid(), nullable=True),
    sa.Column('recipient_id', sa.Uuid(), nullable=False),
    sa.Column('check_code', sa.String(), nullable=False),
    sa.Column('destroy_on', sa.Date(), nullable=False),
    sa.Column('status', sa.Enum('asked', 'ready', 'failed', name='known_documentstatus', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sha256', sa.String(), nullable=True),
    sa.Column('body_sealed', sa.LargeBinary(), nullable=True),
    sa.CheckConstraint("(kind = 'action_plan') = (agency_id IS NOT NULL)", name=op.f('ck_document_a_plan_has_an_agency')),
    sa.CheckConstraint("(status = 'ready') = (body_sealed IS NOT NULL) AND (body_sealed IS NULL) = (sha256 IS NULL) AND (body_sealed IS NULL) = (made_at IS NULL)", name=op.f('ck_document_ready_has_a_body')),
    sa.ForeignKeyConstraint(['agency_id'], ['agency.id'], name=op.f('fk_document_agency_id_agency')),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_document_area_id_area')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_document_conference_id_conference')),
    sa.ForeignKeyConstraint(['data_key_id'], ['data_key.id'], name=op.f('fk_document_data_key_id_data_key')),
    sa.ForeignKeyConstraint(['recipient_id'], ['user_account.id'], name=op.f('fk_document_recipient_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document')),
    sa.UniqueConstraint('area_id', 'number', 'version', name=op.f('uq_document_area_id_number_version')),
    sa.UniqueConstraint('check_code', name=op.f('uq_document_check_code'))
    )
    op.create_index(op.f('ix_document_recipient_id'), 'document', ['recipient_id'], unique=False)
    op.create_table('exclusion',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('data_key_id', sa.Uuid(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=True),
    sa.Column('agency_id', sa.Uuid(), nullable=True),
    sa.Column('reason_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=False),
    sa.Column('lifted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('lifted_by_id', sa.Uuid(), nullable=True),
    sa.CheckConstraint('(lifted_at IS NULL) = (lifted_by_id IS NULL)', name=op.f('ck_exclusion_lifting_is_signed')),
    sa.CheckConstraint('(user_id IS NULL) <> (agency_id IS NULL)', name=op.f('ck_exclusion_person_or_agency')),
    sa.ForeignKeyConstraint(['agency_id'], ['agency.id'], name=op.f('fk_exclusion_agency_id_agency')),
    sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_exclusion_by_id_user_account')),
    sa.ForeignKeyConstraint(['case_id'], ['case_file.id'], name=op.f('fk_exclusion_case_id_case_file')),
    sa.ForeignKeyConstraint(['data_key_id'], ['data_key.id'], name=op.f('fk_exclusion_data_key_id_data_key')),
    sa.ForeignKeyConstraint(['lifted_by_id'], ['user_account.id'], name=op.f('fk_exclusion_lifted_by_id_user_account')),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_exclusion_user_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_exclusion'))
    )
    op.create_index(op.f('ix_exclusion_case_id'), 'exclusion', ['case_id'], unique=False)
    op.create_table('involvement',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('data_key_id', sa.Uuid(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('part', sa.Enum('victim', 'perpetrator', 'child', 'other_adult', name='known_part', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('relationship_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('lives_with_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('detail_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['case_file.id'], name=op.f('fk_involvement_case_id_case_file')),
    sa.ForeignKeyConstraint(['data_key_id'], ['data_key.id'], name=op.f('fk_involvement_data_key_id_data_key')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_involvement_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_involvement'))
    )
    op.create_index(op.f('ix_involvement_case_id'), 'involvement', ['case_id'], unique=False)
    op.create_index(op.f('ix_involvement_person_id'), 'involvement', ['person_id'], unique=False)
    op.create_index('uq_involvement_one_victim', 'involvement', ['case_id'], unique=True, postgresql_where=sa.text("part = 'victim' AND removed_at IS NULL"))
    op.create_table('referral',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('data_key_id', sa.Uuid(), nullable=False),
    sa.Column('area_id', sa.Uuid(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('agency_id', sa.Uuid(), nullable=False),
    sa.Column('referrer_id', sa.Uuid(), nullable=False),
    sa.Column('status', sa.Enum('draft', 'submitted', 'returned', 'decline_asked', 'accepted', 'declined', name='known_referralstatus', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('urgency', sa.Enum('standard', 'emergency', name='known_urgency', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('scoring', sa.Enum('not_yet', 'scored', 'unscored', name='known_scoring', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('qualifies', sa.Boolean(), nullable=True),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_on', sa.Date(), nullable=False),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('chair_confirmed_by_id', sa.Uuid(), nullable=True),
    sa.Column('safety_check_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('reason_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('history_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('wishes_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('sharing_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(status = 'draft') = (qualifies IS NULL AND scoring = 'not_yet')", name=op.f('ck_referral_submitted_was_scored_or_says_so')),
    sa.CheckConstraint("(status = 'draft') = (submitted_at IS NULL)", name=op.f('ck_referral_submitted_is_dated')),
    sa.CheckConstraint("status <> 'declined' OR qualifies IS FALSE OR chair_confirmed_by_id IS NOT NULL", name=op.f('ck_referral_chair_confirms_declining_what_qualifies')),
    sa.CheckConstraint("status = 'draft' OR (reason_sealed IS NOT NULL AND sharing_sealed IS NOT NULL)", name=op.f('ck_referral_submitted_says_why_and_on_what_basis')),
    sa.ForeignKeyConstraint(['agency_id'], ['agency.id'], name=op.f('fk_referral_agency_id_agency')),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_referral_area_id_area')),
    sa.ForeignKeyConstraint(['case_id'], ['case_file.id'], name=op.f('fk_referral_case_id_case_file')),
    sa.ForeignKeyConstraint(['chair_confirmed_by_id'], ['user_account.id'], name=op.f('fk_referral_chair_confirmed_by_id_user_account')),
    sa.ForeignKeyConstraint(['data_key_id'], ['data_key.id'], name=op.f('fk_referral_data_key_id_data_key')),
    sa.ForeignKeyConstraint(['referrer_id'], ['user_account.id'], name=op.f('fk_referral_referrer_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_referral'))
    )
    op.create_index(op.f('ix_referral_case_id'), 'referral', ['case_id'], unique=False)
    op.create_index('ix_referral_queue', 'referral', ['area_id', 'status', 'submitted_at'], unique=False)
    op.create_index(op.f('ix_referral_referrer_id'), 'referral', ['referrer_id'], unique=False)
    op.create_table('assessment',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('data_key_id', sa.Uuid(), nullable=False),
    sa.Column('referral_id', sa.Uuid(), nullable=False),
    sa.Column('instrument', sa.String(), nullable=False),
    sa.Column('instrument_version', sa.String(), nullable=False),
    sa.Column('definition_hash', sa.String(), nullable=False),
    sa.Column('profile', sa.String(), nullable=True),
    sa.Column('profile_hash', sa.String(), nullable=True),
    sa.Column('answers_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('first_judgement_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('final_judgement_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('result_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('completed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('completed_by_id', sa.Uuid(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('(completed_at IS NULL) = (completed_by_id IS NULL)', name=op.f('ck_assessment_completed_is_signed_and_dated')),
    sa.ForeignKeyConstraint(['completed_by_id'], ['user_account.id'], name=op.f('fk_assessment_completed_by_id_user_account')),
    sa.ForeignKeyConstraint(['data_key_id'], ['data_key.id'], name=op.f('fk_assessment_data_key_id_data_key')),
    sa.ForeignKeyConstraint(['referral_id'], ['referral.id'], name=op.f('fk_assessment_referral_id_referral')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assessment')),
    sa.UniqueConstraint('referral_id', name=op.f('uq_assessment_referral_id'))
    )
    op.create_table('decision',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('data_key_id', sa.Uuid(), nullable=False),
    sa.Column('referral_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('accepted', 'returned', 'replied', 'decline_asked', 'decline_refused', 'declined', name='known_decisionkind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('reason_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_decision_by_id_user_account')),
    sa.ForeignKeyConstraint(['data_key_id'], ['data_key.id'], name=op.f('fk_decision_data_key_id_data_key')),
    sa.ForeignKeyConstraint(['referral_id'], ['referral.id'], name=op.f('fk_decision_referral_id_referral')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decision'))
    )
    op.create_index(op.f('ix_decision_referral_id'), 'decision', ['referral_id'], unique=False)
    op.create_table('listing',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('data_key_id', sa.Uuid(), nullable=False),
    sa.Column('conference_id', sa.Uuid(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('referral_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('status', sa.Enum('listed', 'heard', 'deferred', name='known_listingstatus', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('listed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('listed_by_id', sa.Uuid(), nullable=False),
    sa.Column('outcome', sa.Enum('actions_agreed', 'no_further_action', name='known_outcome', native_enum=False, create_constraint=True, length=32), nullable=True),
    sa.Column('outcome_reason_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('summary_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('victims_voice_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('victims_voice_missing_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('child_line_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('child_line_missing_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('perpetrator_line_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('perpetrator_line_missing_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('concluded_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('concluded_by_id', sa.Uuid(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(status = 'heard') = (concluded_at IS NOT NULL)", name=op.f('ck_listing_heard_is_dated')),
    sa.CheckConstraint("status <> 'heard' OR (outcome IS NOT NULL AND (victims_voice_sealed IS NOT NULL OR victims_voice_missing_sealed IS NOT NULL) AND (child_line_sealed IS NOT NULL OR child_line_missing_sealed IS NOT NULL) AND (perpetrator_line_sealed IS NOT NULL OR perpetrator_line_missing_sealed IS NOT NULL))", name=op.f('ck_listing_heard_has_every_line')),
    sa.CheckConstraint('(concluded_at IS NULL) = (concluded_by_id IS NULL)', name=op.f('ck_listing_concluded_is_signed')),
    sa.CheckConstraint('minutes > 0 AND position >= 0', name=op.f('ck_listing_takes_time')),
    sa.ForeignKeyConstraint(['case_id'], ['case_file.id'], name=op.f('fk_listing_case_id_case_file')),
    sa.ForeignKeyConstraint(['concluded_by_id'], ['user_account.id'], name=op.f('fk_listing_concluded_by_id_user_account')),
    sa.ForeignKeyConstraint(['conference_id'], ['conference.id'], name=op.f('fk_listing_conference_id_conference')),
    sa.ForeignKeyConstraint(['data_key_id'], ['data_key.id'], name=op.f('fk_listing_data_key_id_data_key')),
    sa.ForeignKeyConstraint(['listed_by_id'], ['user_account.id'], name=op.f('fk_listing_listed_by_id_user_account')),
    sa.ForeignKeyConstraint(['referral_id'], ['referral.id'], name=op.f('fk_listing_referral_id_referral')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_listing')),
    sa.UniqueConstraint('conference_id', 'case_id', name=op.f('uq_listing_conference_id_case_id'))
    )
    op.create_index(op.f('ix_listing_case_id'), 'listing', ['case_id'], unique=False)
    op.create_index(op.f('ix_listing_conference_id'), 'listing', ['conference_id'], unique=False)
    op.create_table('contribution',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('data_key_id', sa.Uuid(), nullable=False),
    sa.Column('listing_id', sa.Uuid(), nullable=False),
    sa.Column('agency_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('shared', 'nothing_known', name='known_contributionkind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('nature', sa.Enum('fact', 'opinion', name='known_nature', native_enum=False, create_constraint=True, length=32), nullable=True),
    sa.Column('statement_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('happened_on', sa.Date(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("(kind = 'shared') = (nature IS NOT NULL)", name=op.f('ck_contribution_shared_is_fact_or_opinion')),
    sa.CheckConstraint("(kind = 'shared') = (statement_sealed IS NOT NULL)", name=op.f('ck_contribution_shared_says_what')),
    sa.ForeignKeyConstraint(['agency_id'], ['agency.id'], name=op.f('fk_contribution_agency_id_agency')),
    sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_contribution_by_id_user_account')),
    sa.ForeignKeyConstraint(['data_key_id'], ['data_key.id'], name=op.f('fk_contribution_data_key_id_data_key')),
    sa.ForeignKeyConstraint(['listing_id'], ['listing.id'], name=op.f('fk_contribution_listing_id_listing')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contribution'))
    )
    op.create_index(op.f('ix_contribution_listing_id'), 'contribution', ['listing_id'], unique=False)
    op.create_table('risk',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('data_key_id', sa.Uuid(), nullable=False),
    sa.Column('listing_id', sa.Uuid(), nullable=False),
    sa.Column('about', sa.Enum('victim', 'children', 'perpetrator', 'others', 'staff', name='known_about', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('statement_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_risk_by_id_user_account')),
    sa.ForeignKeyConstraint(['data_key_id'], ['data_key.id'], name=op.f('fk_risk_data_key_id_data_key')),
    sa.ForeignKeyConstraint(['listing_id'], ['listing.id'], name=op.f('fk_risk_listing_id_listing')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_risk'))
    )
    op.create_index(op.f('ix_risk_listing_id'), 'risk', ['listing_id'], unique=False)
    op.create_table('action',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('data_key_id', sa.Uuid(), nullable=False),
    sa.Column('area_id', sa.Uuid(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('listing_id', sa.Uuid(), nullable=False),
    sa.Column('risk_id', sa.Uuid(), nullable=False),
    sa.Column('agency_id', sa.Uuid(), nullable=False),
    sa.Column('instead_of_id', sa.Uuid(), nullable=True),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('what_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('owner_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('evidence_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('needs_address', sa.Boolean(), nullable=False),
    sa.Column('status', sa.Enum('proposed', 'accepted', 'in_progress', 'done', 'not_possible', 'not_done', 'reassigned', 'superseded', 'released', name='known_actionstatus', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('agreed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('agreed_by_id', sa.Uuid(), nullable=False),
    sa.Column('completed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('completed_by_id', sa.Uuid(), nullable=True),
    sa.Column('outcome_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('risk_now', sa.Enum('lower', 'same', 'higher', 'not_known', name='known_risknow', native_enum=False, create_constraint=True, length=32), nullable=True),
    sa.Column('reason_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('confirmed_by_id', sa.Uuid(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(confirmed_at IS NULL) = (confirmed_by_id IS NULL) AND (confirmed_at IS NULL OR status = 'not_possible')", name=op.f('ck_action_confirmed_is_signed_and_dated')),
    sa.CheckConstraint("(status = 'done') = (completed_at IS NOT NULL) AND (completed_at IS NULL) = (completed_by_id IS NULL) AND (completed_at IS NULL) = (outcome_sealed IS NULL)", name=op.f('ck_action_completed_is_signed_and_dated')),
    sa.CheckConstraint("status NOT IN ('not_possible', 'not_done', 'released') OR reason_sealed IS NOT NULL", name=op.f('ck_action_unkept_has_a_reason')),
    sa.ForeignKeyConstraint(['agency_id'], ['agency.id'], name=op.f('fk_action_agency_id_agency')),
    sa.ForeignKeyConstraint(['agreed_by_id'], ['user_account.id'], name=op.f('fk_action_agreed_by_id_user_account')),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_action_area_id_area')),
    sa.ForeignKeyConstraint(['case_id'], ['case_file.id'], name=op.f('fk_action_case_id_case_file')),
    sa.ForeignKeyConstraint(['completed_by_id'], ['user_account.id'], name=op.f('fk_action_completed_by_id_user_account')),
    sa.ForeignKeyConstraint(['confirmed_by_id'], ['user_account.id'], name=op.f('fk_action_confirmed_by_id_user_account')),
    sa.ForeignKeyConstraint(['data_key_id'], ['data_key.id'], name=op.f('fk_action_data_key_id_data_key')),
    sa.ForeignKeyConstraint(['instead_of_id'], ['action.id'], name=op.f('fk_action_instead_of_id_action')),
    sa.ForeignKeyConstraint(['listing_id'], ['listing.id'], name=op.f('fk_action_listing_id_listing')),
    sa.ForeignKeyConstraint(['risk_id'], ['risk.id'], name=op.f('fk_action_risk_id_risk')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_action')),
    sa.UniqueConstraint('area_id', 'reference', name=op.f('uq_action_area_id_reference'))
    )
    op.create_index('ix_action_agency_due', 'action', ['area_id', 'agency_id', 'status', 'due_on'], unique=False)
    op.create_index(op.f('ix_action_case_id'), 'action', ['case_id'], unique=False)
    op.create_index(op.f('ix_action_listing_id'), 'action', ['listing_id'], unique=False)
    op.create_table('action_update',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('data_key_id', sa.Uuid(), nullable=False),
    sa.Column('action_id', sa.Uuid(), nullable=False),
    sa.Column('status', sa.Enum('proposed', 'accepted', 'in_progress', 'done', 'not_possible', 'not_done', 'reassigned', 'superseded', 'released', name='known_actionstatus', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('note_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['action_id'], ['action.id'], name=op.f('fk_action_update_action_id_action')),
    sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_action_update_by_id_user_account')),
    sa.ForeignKeyConstraint(['data_key_id'], ['data_key.id'], name=op.f('fk_action_update_data_key_id_data_key')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_action_update'))
    )
    op.create_index(op.f('ix_action_update_action_id'), 'action_update', ['action_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_action_update_action_id'), table_name='action_update')
    op.drop_table('action_update')
    op.drop_index(op.f('ix_action_listing_id'), table_name='action')
    op.drop_index(op.f('ix_action_case_id'), table_name='action')
    op.drop_index('ix_action_agency_due', table_name='action')
    op.drop_table('action')
    op.drop_index(op.f('ix_risk_listing_id'), table_name='risk')
    op.drop_table('risk')
    op.drop_index(op.f('ix_contribution_listing_id'), table_name='contribution')
    op.drop_table('contribution')
    op.drop_index(op.f('ix_listing_conference_id'), table_name='listing')
    op.drop_index(op.f('ix_listing_case_id'), table_name='listing')
    op.drop_table('listing')
    op.drop_index(op.f('ix_decision_referral_id'), table_name='decision')
    op.drop_table('decision')
    op.drop_table('assessment')
    op.drop_index(op.f('ix_referral_referrer_id'), table_name='referral')
    op.drop_index('ix_referral_queue', table_name='referral')
    op.drop_index(op.f('ix_referral_case_id'), table_name='referral')
    op.drop_table('referral')
    op.drop_index('uq_involvement_one_victim', table_name='involvement', postgresql_where=sa.text("part = 'victim' AND removed_at IS NULL"))
    op.drop_index(op.f('ix_involvement_person_id'), table_name='involvement')
    op.drop_index(op.f('ix_involvement_case_id'), table_name='involvement')
    op.drop_table('involvement')
    op.drop_index(op.f('ix_exclusion_case_id'), table_name='exclusion')
    op.drop_table('exclusion')
    op.drop_index(op.f('ix_document_recipient_id'), table_name='document')
    op.drop_table('document')
    op.drop_table('sign_in_session')
    op.drop_table('sign_in_link')
    op.drop_table('safe_contact')
    op.drop_index('uq_safe_address_current', table_name='safe_address', postgresql_where=sa.text('superseded_at IS NULL'))
    op.drop_table('safe_address')
    op.drop_index('uq_membership_current', table_name='membership', postgresql_where=sa.text('ended_at IS NULL'))
    op.drop_table('membership')
    op.drop_table('form_receipt')
    op.drop_table('conference')
    op.drop_index(op.f('ix_case_file_area_id'), table_name='case_file')
    op.drop_table('case_file')
    op.drop_table('api_token')
    op.drop_table('user_account')
    op.drop_table('policy')
    op.drop_index(op.f('ix_person_area_id'), table_name='person')
    op.drop_table('person')
    op.drop_index('ix_audit_entry_subject', table_name='audit_entry')
    op.drop_index(op.f('ix_audit_entry_area_id'), table_name='audit_entry')
    op.drop_index(op.f('ix_audit_entry_actor_id'), table_name='audit_entry')
    op.drop_table('audit_entry')
    op.drop_table('agency')
    op.drop_table('rate_counter')
    op.drop_table('installation')
    op.drop_table('data_key')
    op.drop_table('area')

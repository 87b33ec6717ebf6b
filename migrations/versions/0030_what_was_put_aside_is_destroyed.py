"""The one way in which the service destroys keys: of drafts put aside long ago, chosen by the database itself.

The function belongs to the owner of the tables and takes nothing from whoever calls it: which drafts, and by
which clock, it decides alone. The trail, to which the service only adds, says which were sent.
"""

from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

DESTROY = """
CREATE FUNCTION destroy_put_aside() RETURNS SETOF uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  draft record;
BEGIN
  FOR draft IN
    SELECT r.id, r.case_id FROM public.referral r
    JOIN public.case_file c ON c.id = r.case_id
    JOIN public.data_key k ON k.id = r.data_key_id
    WHERE r.status = 'discarded' AND r.expires_on < CURRENT_DATE - 28 AND k.wrapped IS NOT NULL
      AND r.withheld AND c.withheld AND c.shared_at IS NULL AND r.import_id IS NULL
      AND EXISTS (SELECT 1 FROM public.audit_entry a
        WHERE a.subject_kind = 'referral' AND a.subject_id = r.id AND a.kind = 'referral.discarded')
      AND NOT EXISTS (SELECT 1 FROM public.audit_entry a
        WHERE a.subject_kind = 'referral' AND a.subject_id = r.id AND a.kind = 'referral.submitted')
      AND NOT EXISTS (SELECT 1 FROM public.referral o WHERE o.case_id = r.case_id AND o.id <> r.id)
      AND NOT EXISTS (SELECT 1 FROM public.listing l WHERE l.case_id = r.case_id)
    ORDER BY r.id FOR UPDATE OF r SKIP LOCKED
  LOOP
    UPDATE public.data_key SET wrapped = NULL, destroyed_at = now()
    WHERE wrapped IS NOT NULL AND id IN (
      WITH theirs AS (
        SELECT p.id, p.data_key_id FROM public.person p
        JOIN public.involvement i ON i.person_id = p.id AND i.case_id = draft.case_id
        WHERE NOT EXISTS (SELECT 1 FROM public.involvement e
          WHERE e.person_id = p.id AND e.case_id <> draft.case_id)
        AND NOT EXISTS (SELECT 1 FROM public.identity_decision s WHERE p.id IN (s.one_id, s.other_id))
      )
      SELECT data_key_id FROM public.referral WHERE id = draft.id
      UNION SELECT data_key_id FROM public.case_file WHERE id = draft.case_id
      UNION SELECT data_key_id FROM theirs
      UNION SELECT a.data_key_id FROM public.safe_address a JOIN theirs ON theirs.id = a.person_id
    );
    RETURN NEXT draft.id;
  END LOOP;
END $$
"""


def upgrade() -> None:
    op.execute(DESTROY)
    op.execute("REVOKE ALL ON FUNCTION destroy_put_aside() FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION destroy_put_aside() TO marac_app")


def downgrade() -> None:
    op.execute("DROP FUNCTION destroy_put_aside()")

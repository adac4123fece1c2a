"""The slip numbers of hand-overs entered before they had to be unique; of several the first one has it."""

from django.db import migrations

FILL = """
INSERT INTO payments_depositslip (agency_id, number, key, entry_id)
SELECT DISTINCT ON (agency_id, key) agency_id, number, key, id
FROM (
    SELECT id, split_part(debit, '/', 2)::bigint AS agency_id, btrim(reason) AS number,
           btrim(regexp_replace(upper(reason), '\\s+', ' ', 'g')) AS key
    FROM payments_paymententry
    WHERE kind = 'hand_over'
) AS handed
WHERE key <> ''
ORDER BY agency_id, key, id
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0003_corrections")]

    operations = [migrations.RunSQL(FILL, "DELETE FROM payments_depositslip")]

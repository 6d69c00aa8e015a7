"""A source that cannot list says how much it holds and what that adds up to; the hub's figures are counted and summed the same way."""
import json
import sqlite3
import unittest

from hub_with_flows import HubWithFlows, wait_for

QUERY = """SELECT id, sua_luc, ma, ky, don_vi_bao_cao, gia_tri, don_vi_tinh FROM so_lieu
WHERE (sua_luc, id) > (:watermark, :key) ORDER BY sua_luc, id LIMIT :limit
"""
TOTALS = """SELECT 'observation' AS fact, 'A_III_5|VALUE|2025' AS prefix, count(*) AS count, 'value' AS field, sum(gia_tri) AS sum
FROM so_lieu WHERE ma = 'DNTD' AND ky >= substr(:since, 1, 7)
"""
FLOW = """  - name: {name}
    connector: sql
    mapping: sql/figures
    agencies: ["*"]
    interval_secs: 1
    settings:
      database: sqlite://{{folder}}/kho.db
      query: hoi.sql
      watermark_column: sua_luc
      key_column: id
      first_watermark: 2025-01-01
"""


class Counts(unittest.TestCase):
    def test_counts_and_sums_are_compared_and_what_differs_can_be_accepted(self):
        hub = HubWithFlows("sql", FLOW.format(name="kho") + "      totals_query: tong.sql\n" + FLOW.format(name="kho-khong-tong"))
        (hub.folder / "hoi.sql").write_text(QUERY, encoding="utf-8")
        (hub.folder / "tong.sql").write_text(TOTALS, encoding="utf-8")
        rows = sqlite3.connect(hub.folder / "kho.db")
        rows.execute("CREATE TABLE so_lieu (id INTEGER PRIMARY KEY, sua_luc TEXT, ma TEXT, ky TEXT, don_vi_bao_cao TEXT, gia_tri TEXT, don_vi_tinh TEXT)")
        add = "INSERT INTO so_lieu VALUES (?, ?, 'DNTD', ?, 'H31.06', ?, 'tỷ đồng')"
        rows.executemany(add, [(1, "2025-02-01", "2025-01", "7.25"), (2, "2025-03-01", "2025-02", "8.50")])
        rows.commit()
        with hub:
            wait_for("both rows", lambda: hub.flow("kho").get("last_success") and hub.sealed())

            def compared(*words, expect):
                return json.loads(hub.lienthong("--json", "reconcile", "kho", "--since", "2025-01-01", *words, expect=expect).stdout)

            found = compared(expect=0)
            self.assertEqual((found["compared"], found["agreed"], found["differences"]), (2, 2, []))
            # A row that was put in behind the watermark is one no query gives.
            rows.execute(add, (3, "2025-01-15", "2025-03", "1.25"))
            rows.commit()
            found = compared(expect=1)
            self.assertEqual([(one["difference"], one["source"], one["hub"], one["actions"]) for one in found["differences"]],
                             [("count", "3", "2", ["accept"]), ("sum", "value 17.0", "value 15.75", ["accept"])])
            compared("accept", "A_III_5|VALUE|2025", "--reason", "nguồn nhập bù, chờ mở lại", expect=0)
            self.assertEqual(compared(expect=0)["open"], 0)
            said = hub.lienthong("--json", "reconcile", "kho-khong-tong", "--since", "2025-01-01", expect=2).stdout
            self.assertIn("set totals_query", said)
        rows.close()


if __name__ == "__main__":
    unittest.main()

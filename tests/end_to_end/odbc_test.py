"""Rows of a real PostgreSQL, asked through ODBC and Debian's own driver, become figures; nothing slips into what the driver is told."""
import os
import pathlib
import subprocess
import unittest

from hub_with_flows import HubWithFlows, wait_for
from sql_test import FLOW, LOGIN, PASSWORD, TABLE, Cluster

# What is compared as a time goes on as the database's own text of it: drivers render times in their own way.
QUERY = """SELECT id, sua_luc::text AS moc, ma, ky, don_vi_bao_cao, gia_tri, don_vi_tinh FROM {table}
WHERE (sua_luc, id) > (CAST(:watermark AS timestamptz), CAST(:key AS bigint)) ORDER BY sua_luc, id LIMIT CAST(:limit AS bigint)
"""
SOURCE = """[{name}]
Driver = {driver}
Servername = {host}
Port = {port}
Database = postgres
SSLmode = verify-full
pqopt = sslrootcert={authority}

"""


def driver():
    listed = subprocess.run(["dpkg", "-L", "odbc-postgresql"], check=True, capture_output=True, text=True).stdout.split()
    return next(name for name in listed if name.endswith("psqlodbcw.so"))


class Odbc(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.cluster = None
        cls.running = HubWithFlows("sql", "", {"csdl": PASSWORD.encode(), "csdl-sai": b"sai;SSLmode=disable}"})
        try:
            cls.prepare()
        except BaseException:
            cls.tearDownClass()
            raise

    @classmethod
    def prepare(cls):
        hub = cls.running
        hub.prepare()
        cls.cluster = Cluster(hub.pki)
        cls.cluster.psql(TABLE.format(serial="BIGINT", time="TIMESTAMPTZ", value="NUMERIC(20,2)", bytes="BYTEA"))
        cls.cluster.psql(f"CREATE ROLE lienthong LOGIN PASSWORD '{PASSWORD}'; GRANT SELECT, DELETE ON so_lieu TO lienthong")
        cls.cluster.psql("INSERT INTO so_lieu VALUES "
                         "(1, '2025-04-05 08:30:00.123456+07', 'DNTD', '2025-03', 'H31.06', 90071992547409.93, 'tỷ đồng'),"
                         "(2, '2025-04-05 08:30:00.123456+07', 'TMBL', '2025-03', '000.00.01.H31', 10882.5, 'tỷ đồng'),"
                         "(3, '2025-04-05 08:30:00.123456+07', 'TNSNN_LK', '2025-03', 'H31.02', NULL, NULL),"
                         "(4, '2025-04-05 08:30:00.123457+07', 'TMBL', '2025-02', '000.00.01.H31', 1.10, 'tỷ đồng')")
        sources = hub.folder / "odbc.ini"
        here = {"driver": driver(), "port": cls.cluster.port, "authority": hub.pki / "ca.pem"}
        sources.write_text(SOURCE.format(name="csdl-tinh", host="127.0.0.1", **here) + SOURCE.format(name="khong-tin", host="127.0.0.1",
                                                                                                     **{**here, "authority": hub.pki / "seal.pem"}))
        os.environ["ODBCINI"] = str(sources)
        queries = {"hoi.sql": QUERY.format(table="so_lieu"), "ghi.sql": "WITH xoa AS (DELETE FROM so_lieu RETURNING *) " + QUERY.format(table="xoa"),
                   "byte.sql": QUERY.format(table="so_lieu").replace("gia_tri", "tep")}
        for name, text in queries.items():
            (hub.folder / name).write_text(text, encoding="utf-8")

        def flow(name, source="csdl-tinh", query="hoi.sql", password="csdl"):
            return (FLOW.format(name=name, database=f"odbc://{source}", query=query).replace("watermark_column: sua_luc", "watermark_column: moc") +
                    LOGIN.format(password=password))
        flows = [flow("csdl"), flow("sai-mat-khau", password="csdl-sai"), flow("muon-ghi", query="ghi.sql"), flow("co-byte", query="byte.sql"),
                 flow("khong-co", source="khong-co"), flow("khong-tin", source="khong-tin"), flow("chen", source="csdl-tinh;Database=x")]
        hub.config.write_text(hub.config.read_text() + "\n" + "\n".join(flows), encoding="utf-8")
        hub.start_hub()
        cls.hub = hub
        cls.token = hub.token("pull")

    @classmethod
    def tearDownClass(cls):
        os.environ.pop("ODBCINI", None)
        cls.running.__exit__(None, None, None)
        if cls.cluster:
            cls.cluster.remove()

    def row(self, indicator, measure, period):
        return wait_for(f"{indicator} of {period}", lambda: self.hub.figures(self.token).get((indicator, measure, period)))

    def journaled(self):
        return self.hub.get("/v1/status")["messages"]["journaled"]

    def test_1_rows_become_figures_as_the_database_renders_them(self):
        self.assertEqual(self.row("A_III_5", "VALUE", "2025-03")["value"], "90071992547409.93")
        self.assertEqual(self.row("A_VIII_1", "VALUE", "2025-03")["value"], "10882.50")
        self.assertEqual(self.row("A_II_1", "CUMULATIVE", "2025-03")["availability"], "not_available")
        self.assertEqual(self.row("A_VIII_1", "VALUE", "2025-02")["value"], "1.10")

    def test_2_rows_of_one_watermark_over_two_pages_are_neither_lost_nor_doubled(self):
        self.row("A_VIII_1", "VALUE", "2025-02")
        self.hub.wait_polled("csdl")
        self.assertEqual(self.journaled(), 2)
        status = self.hub.get("/v1/status")
        self.assertEqual(status["sum"]["received"], 4)
        self.assertTrue(status["sum"]["holds"])

    def test_3_a_changed_row_comes_again_and_a_restart_repeats_nothing(self):
        self.row("A_VIII_1", "VALUE", "2025-02")
        self.cluster.psql("UPDATE so_lieu SET gia_tri = 1.20, sua_luc = '2025-04-07 10:00+07' WHERE id = 4")
        wait_for("the change", lambda: self.row("A_VIII_1", "VALUE", "2025-02")["value"] == "1.20")
        before = self.journaled()
        self.hub.kill_hub()
        self.hub.start_hub()
        self.hub.wait_polled("csdl")
        self.assertEqual(self.journaled(), before)

    def test_4_what_is_wrong_is_told_in_a_sentence_and_changes_nothing(self):
        self.assertIn("check user and password", self.hub.wait_problem("sai-mat-khau", "does not let the hub in"))
        self.assertIn("the query may only read", self.hub.wait_problem("muon-ghi", "does not allow it"))
        self.hub.wait_problem("co-byte", "holds bytes")
        self.hub.wait_problem("khong-co", "describe it in odbc.ini")
        self.hub.wait_problem("khong-tin", "could not be authenticated over TLS")
        self.hub.wait_problem("chen", "this is no name of a data source")
        self.assertEqual(self.cluster.psql("SELECT count(*) FROM so_lieu"), "4")
        for text in (self.hub.folder / "hub.log", self.cluster.folder / "log"):
            self.assertNotIn(PASSWORD, pathlib.Path(text).read_text(encoding="utf-8", errors="replace"))

    def test_5_a_database_that_goes_away_is_caught_up_with(self):
        self.row("A_VIII_1", "VALUE", "2025-02")
        self.cluster.stop("immediate")
        wait_for("the flow to say so", lambda: "could not be reached" in str(self.hub.flow("csdl")["problem"]) or
                 "went away in the middle" in str(self.hub.flow("csdl")["problem"]))
        self.cluster.start()
        self.cluster.psql("INSERT INTO so_lieu VALUES (6, '2025-04-08 08:00+07', 'DNTD', '2025-04', 'H31.06', 6.60, 'tỷ đồng')")
        self.assertEqual(self.row("A_III_5", "VALUE", "2025-04")["value"], "6.60")


if __name__ == "__main__":
    unittest.main()

"""Rows of a real PostgreSQL and of a SQLite file become figures: over TLS, by watermark and key, through a restart in mid-query."""
import os
import pathlib
import shutil
import sqlite3
import subprocess
import tempfile
import unittest
import unittest.mock

from free_port import free_port
from hub_with_flows import HubWithFlows, wait_for

BIN = pathlib.Path("/usr/lib/postgresql/15/bin")
PASSWORD = "mat-khau-khong-that"
QUERY = """SELECT id, sua_luc, ma, ky, don_vi_bao_cao, gia_tri, don_vi_tinh FROM {table}
WHERE (sua_luc, id) > (:watermark, :key) ORDER BY sua_luc, id LIMIT :limit
"""
FLOW = """  - name: {name}
    connector: sql
    mapping: sql/figures
    sender: {name}
    agencies: ["*"]
    interval_secs: 1
    settings:
      database: {database}
      query: {query}
      watermark_column: sua_luc
      key_column: id
      first_watermark: 2025-01-01
      page_size: 2
"""
LOGIN = """      login: password
      user: lienthong
      password: file:secrets/{password}
"""
TABLE = """CREATE TABLE so_lieu (id {serial} PRIMARY KEY, sua_luc {time}, ma TEXT, ky TEXT, don_vi_bao_cao TEXT, gia_tri {value},
                      don_vi_tinh TEXT, tep {bytes})"""


class Cluster:
    """A PostgreSQL of its own, in a folder of its own, run by an unprivileged user."""

    def __init__(self, pki):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="lienthong-pg-"))
        self.user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if self.user:
            shutil.chown(self.folder, "postgres", "postgres")
        self.port = free_port()
        self.run(BIN / "initdb", "--auth-local=trust", "--auth-host=scram-sha-256", "--encoding=UTF8", "--username=postgres", "--no-sync",
                 "-D", self.folder / "db")
        self.trust(pki / "server.pem", pki / "server.key")
        with open(self.folder / "db/postgresql.conf", "a", encoding="utf-8") as conf:
            conf.write(f"listen_addresses = '127.0.0.1'\nport = {self.port}\nunix_socket_directories = '{self.folder}'\nfsync = off\n"
                       "ssl = on\nssl_cert_file = 'server.crt'\nssl_key_file = 'server.key'\n")
        self.start()

    def run(self, *command, **options):
        return subprocess.run([*self.user, *map(str, command)], check=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              cwd=self.folder, **options).stdout

    def trust(self, certificate, key):
        for source, name in ((certificate, "server.crt"), (key, "server.key")):
            target = self.folder / "db" / name
            shutil.copyfile(source, target)
            target.chmod(0o600)
            if self.user:
                shutil.chown(target, "postgres", "postgres")

    def start(self):
        self.run(BIN / "pg_ctl", "-D", self.folder / "db", "-l", self.folder / "log", "-w", "-t", "90", "start")

    def stop(self, how="fast"):
        self.run(BIN / "pg_ctl", "-D", self.folder / "db", "-w", "-m", how, "stop")

    def psql(self, sql):
        return self.run(BIN / "psql", "-h", self.folder, "-p", self.port, "-U", "postgres", "-d", "postgres", "-v", "ON_ERROR_STOP=1", "-Atc", sql).strip()

    def remove(self):
        if (self.folder / "db/postmaster.pid").exists():
            self.stop("immediate")
        shutil.rmtree(self.folder, ignore_errors=True)


class Sql(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.cluster = None
        cls.running = HubWithFlows("sql", "", {"csdl": PASSWORD.encode(), "csdl-sai": b"sai"})
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
                         "(1, '2025-04-05 08:30:00.123456+07', 'DNTD', '2025-03', 'H31.06', 117651.50, 'tỷ đồng'),"
                         "(2, '2025-04-05 08:30:00.123456+07', 'TMBL', '2025-03', '000.00.01.H31', 10882.5, 'tỷ đồng'),"
                         "(3, '2025-04-05 08:30:00.123456+07', 'TMBL_LK', '2025-03', '000.00.01.H31', 29951, 'tỷ đồng'),"
                         "(4, '2025-04-05 08:30:00.123456+07', 'TNSNN_LK', '2025-03', 'H31.02', NULL, NULL),"
                         "(5, '2025-04-05 08:30:00.123457+07', 'TMBL', '2025-02', '000.00.01.H31', 1.10, 'tỷ đồng')")
        cls.kept = sqlite3.connect(hub.folder / "kho.db")
        cls.kept.execute(TABLE.format(serial="INTEGER", time="TEXT", value="TEXT", bytes="BLOB"))
        cls.kept.execute("INSERT INTO so_lieu VALUES (1, '2025-05-01 08:00:00', 'DNTD', '2024-12', 'H31.06', '7.10', 'tỷ đồng', NULL)")
        cls.kept.commit()
        queries = {"hoi.sql": QUERY.format(table="so_lieu"), "ghi.sql": "WITH xoa AS (DELETE FROM so_lieu RETURNING *) " + QUERY.format(table="xoa"),
                   "byte.sql": QUERY.format(table="so_lieu").replace("gia_tri", "tep")}
        for name, text in queries.items():
            (hub.folder / name).write_text(text, encoding="utf-8")
        address = f"postgresql://127.0.0.1:{cls.cluster.port}/postgres"
        flows = [FLOW.format(name="csdl", database=address, query="hoi.sql") + LOGIN.format(password="csdl"),
                 FLOW.format(name="sai-mat-khau", database=address, query="hoi.sql") + LOGIN.format(password="csdl-sai"),
                 FLOW.format(name="muon-ghi", database=address, query="ghi.sql") + LOGIN.format(password="csdl"),
                 FLOW.format(name="khong-mat-khau", database=address, query="hoi.sql"),
                 FLOW.format(name="co-byte", database=address, query="byte.sql") + LOGIN.format(password="csdl"),
                 FLOW.format(name="kho", database=f"sqlite://{hub.folder}/kho.db", query="hoi.sql")]
        hub.config.write_text(hub.config.read_text() + "\n" + "\n".join(flows), encoding="utf-8")
        # A password file of whoever runs the hub, which would let in a flow that has no login.
        file = hub.folder / "secrets/pgpass"
        file.touch(mode=0o600)
        file.write_text(f"*:*:*:*:{PASSWORD}\n", encoding="utf-8")
        cls.enterClassContext(unittest.mock.patch.dict(os.environ, {"PGUSER": "lienthong", "PGPASSFILE": str(file)}))
        hub.start_hub()
        cls.hub = hub
        cls.token = hub.token("pull")

    @classmethod
    def tearDownClass(cls):
        cls.running.__exit__(None, None, None)
        if cls.cluster:
            cls.cluster.remove()

    def row(self, indicator, measure, period):
        return wait_for(f"{indicator} of {period}", lambda: self.hub.figures(self.token).get((indicator, measure, period)))

    def journaled(self):
        return self.hub.get("/v1/status")["messages"]["journaled"]

    def test_1_rows_become_figures_as_the_database_renders_them(self):
        self.assertEqual(self.row("A_III_5", "VALUE", "2025-03")["value"], "117651.50")
        self.assertEqual(self.row("A_VIII_1", "VALUE", "2025-03")["value"], "10882.50")
        self.assertEqual(self.row("A_VIII_1", "CUMULATIVE", "2025-03")["value"], "29951.00")
        self.assertEqual(self.row("A_II_1", "CUMULATIVE", "2025-03")["availability"], "not_available")
        self.assertEqual(self.row("A_VIII_1", "VALUE", "2025-02")["value"], "1.10")
        self.assertEqual(self.row("A_III_5", "VALUE", "2024-12")["value"], "7.10")

    def test_2_four_rows_of_one_watermark_over_two_pages_are_neither_lost_nor_doubled(self):
        self.row("A_VIII_1", "VALUE", "2025-02")
        self.row("A_III_5", "VALUE", "2024-12")
        self.hub.wait_polled("csdl")
        self.assertEqual(self.journaled(), 4, "three pages of PostgreSQL and one of SQLite")
        status = self.hub.get("/v1/status")
        self.assertEqual(status["sum"]["received"], 6)
        self.assertTrue(status["sum"]["holds"])

    def test_3_a_changed_row_comes_again_and_a_restart_repeats_nothing(self):
        self.row("A_VIII_1", "VALUE", "2025-02")
        self.cluster.psql("UPDATE so_lieu SET gia_tri = 1.20, sua_luc = '2025-04-07 10:00+07' WHERE id = 5")
        wait_for("the change", lambda: self.row("A_VIII_1", "VALUE", "2025-02")["value"] == "1.20")
        before = self.journaled()
        self.hub.kill_hub()
        self.hub.start_hub()
        self.hub.wait_polled("csdl")
        self.assertEqual(self.journaled(), before)

    def test_4_what_is_wrong_is_told_in_a_sentence(self):
        problem = self.hub.wait_problem("sai-mat-khau", "does not let the hub in")
        self.assertIn("check user, password", problem)
        self.assertIn("the query may only read", self.hub.wait_problem("muon-ghi", "does not allow it"))
        self.hub.wait_problem("co-byte", "encode(")
        self.hub.wait_problem("khong-mat-khau", "no password supplied")
        self.assertNotIn("password file", (self.hub.folder / "hub.log").read_text(encoding="utf-8"))
        self.assertEqual(self.cluster.psql("SELECT count(*) FROM so_lieu"), "5")
        for text in (self.hub.folder / "hub.log", self.cluster.folder / "log"):
            self.assertNotIn(PASSWORD, text.read_text(encoding="utf-8", errors="replace"))

    def test_5_a_database_that_goes_away_in_mid_query_is_caught_up_with(self):
        self.row("A_VIII_1", "VALUE", "2025-02")
        locking = subprocess.Popen([*self.cluster.user, BIN / "psql", "-h", self.cluster.folder, "-p", str(self.cluster.port), "-U", "postgres", "-d",
                                    "postgres", "-q"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True,
                                   cwd=self.cluster.folder)
        locking.stdin.write("BEGIN; LOCK TABLE so_lieu IN ACCESS EXCLUSIVE MODE;\n")
        locking.stdin.flush()
        waiting = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'lienthong' AND wait_event_type = 'Lock'"
        wait_for("the hub's query to wait", lambda: int(self.cluster.psql(waiting)) > 0)
        self.cluster.stop("immediate")
        locking.stdin.close()
        locking.wait()
        wait_for("the flow to say so", lambda: "went away in the middle" in str(self.hub.flow("csdl")["problem"]) or
                 "could not be reached" in str(self.hub.flow("csdl")["problem"]))
        self.cluster.start()
        self.cluster.psql("INSERT INTO so_lieu VALUES (6, '2025-04-08 08:00+07', 'DNTD', '2025-04', 'H31.06', 6.60, 'tỷ đồng')")
        self.assertEqual(self.row("A_III_5", "VALUE", "2025-04")["value"], "6.60")

    def test_6_a_server_that_cannot_prove_who_it_is_is_told_nothing(self):
        false = self.hub.folder / "false"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
                        "-keyout", f"{false}.key", "-out", f"{false}.pem"], check=True, capture_output=True)
        self.cluster.trust(f"{false}.pem", f"{false}.key")
        self.cluster.psql("SELECT pg_reload_conf()")
        self.hub.wait_problem("csdl", "could not be authenticated over TLS")


if __name__ == "__main__":
    unittest.main()

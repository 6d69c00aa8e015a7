"""No secret is ever written where the other side speaks SFTP, SQL, POP3 or SMTP: what each refuses, it quotes back."""
import getpass
import unittest

import parrots
from canaries import Gathering, Preparing
from running_hub import record, wait_for
from sftp_test import Server as SshServer
from sql_test import QUERY

CANARIES = {"sftp-password": "chim-hoang-yen.sftp+PASS/21", "sql-password": "chim-hoang-yen.sql\"PASS\\22", "odbc-password": "chim-hoang-yen.odbc;PASS}23",
            "pop3-password": "chim-hoang-yen.pop3 PASS&24", "smtp-password": "chim-hoang-yen.smtp\"PASS\\25"}
FLOW = """  - {{name: {name}, connector: {connector}, mapping: {mapping}, agencies: ["*"], interval_secs: 1, settings: {{{settings}}}}}

"""
SFTP = 'base_url: "sftp://127.0.0.1:{port}/khong/co", user: {user}, host_key: "{key}", login: '
SQL = 'query: hoi.sql, watermark_column: sua_luc, key_column: id, first_watermark: 2025-01-01, login: password, user: lienthong, database: '
POP3 = 'base_url: "pop3s://127.0.0.1:{port}", user: nhan, password: file:secrets/pop3-password, senders: "*@so.test"'
MAIL = """alarms:
  mail_to: [truc@hungyen.test]

compliance:
  contacts: contacts.csv
  mail:
    server: smtps://localhost:{port}
    from: ioc@hungyen.test
    user: nhac-viec
    password: file:secrets/smtp-password
    authority: {authority}
"""


class CanaryServers(Gathering):
    def setUp(self):
        super().setUp()
        self.ssh = SshServer()
        self.addCleanup(self.ssh.remove)
        keys = {f"sftp-{name}": (self.ssh.folder / name).read_text(encoding="utf-8") for name in ("account", "stranger")}
        self.files = {**CANARIES, **keys}
        # A key has many lines; whoever has the second of the secret half has the key.
        self.secrets = {**CANARIES, **{name: text.splitlines()[3] for name, text in keys.items()}}

    def flows(self, pop3, sql):
        sftp = SFTP.format(port=self.ssh.port, user=getpass.getuser(), key=self.ssh.fingerprint())
        ways = {"sftp-mat-khau": ("folder", "folder/figures", sftp + "password, password: file:secrets/sftp-password"),
                "sftp-khoa": ("folder", "folder/figures", sftp + "key, private_key: file:secrets/sftp-account"),
                "sftp-la": ("folder", "folder/figures", sftp + "key, private_key: file:secrets/sftp-stranger"),
                "sql": ("sql", "sql/figures", SQL + f'"postgresql://127.0.0.1:{sql}/csdl", tls: off, password: file:secrets/sql-password'),
                "sql-nobody": ("sql", "sql/figures", SQL + '"postgresql://127.0.0.1:1/csdl", password: file:secrets/sql-password'),
                "odbc": ("sql", "sql/figures", SQL + '"odbc://khong-co", password: file:secrets/odbc-password'),
                "mail": ("mail", "folder/figures", POP3.format(port=pop3)),
                "mail-nobody": ("mail", "folder/figures", POP3.format(port=1))}
        return tuple(ways), "".join(FLOW.format(name=name, connector=connector, mapping=mapping, settings=settings)
                                    for name, (connector, mapping, settings) in ways.items())

    def send_mail(self, hub, smtp):
        """An alarm goes out by itself, reminders by command."""
        hub.push(hub.token("push"), "canary-some-figure-01", [record()])
        wait_for("a mail to be refused", lambda: any("AUTH" in line for line in smtp.seen), 30)
        done = self.gather_command(hub, "running", "compliance", "remind", "--at", "2026-03-13T08:00:00+07:00")
        self.assertIn("does not accept the login", done.stdout + done.stderr)
        self.gather_command(hub, "running", "--json", "compliance", "remind", "--at", "2026-03-13T08:00:00+07:00")

    def test_nothing_the_hub_says_about_a_server_that_quotes_everything_holds_a_secret(self):
        with Preparing(("folder", "sql", "mail")) as hub:
            shown = (hub.pki / "server.pem", hub.pki / "server.key")
            with parrots.serving(parrots.Pop3, *shown) as pop3, parrots.serving(parrots.Smtp, *shown) as smtp, parrots.serving(parrots.PostgreSql) as sql:
                (hub.folder / "hoi.sql").write_text(QUERY.format(table="so_lieu"), encoding="utf-8")
                (hub.folder / "contacts.csv").write_text("agency,email,name\nH52.01,vp@h52.test,Văn phòng\n", encoding="utf-8")
                mail = MAIL.format(port=smtp.port, authority=hub.pki / "ca.pem")
                names, flows = self.flows(pop3.port, sql.port)
                hub.begin(flows, self.files, lambda text: text.replace("compliance:\n", mail, 1).replace(
                    "connector: push\n", "connector: push\n    expects_every_secs: 3\n", 1))
                self.send_mail(hub, smtp)
                wait_for("every flow to have failed", lambda: hub.problems(names))
                self.gather_all(hub, names)
        # What sshd is sent nobody sees, keys are never sent, and nobody is there to be sent the other.
        self.assert_sent(pop3.seen + smtp.seen + sql.seen, never=("sftp-password", "sftp-account", "sftp-stranger", "odbc-password"))
        self.assert_silent()


if __name__ == "__main__":
    unittest.main()

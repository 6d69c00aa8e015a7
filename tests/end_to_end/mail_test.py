"""Attachments in the inbox of a real mail server become figures, once each; strangers, damage and lies cost nothing else."""
import base64
import getpass
import json
import os
import pathlib
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
import unittest
from email.message import EmailMessage
from email.policy import SMTP

from free_port import free_port
from hub_with_flows import HEAD, HubWithFlows, wait_for

PASSWORD = "mat-khau-khong-that"
FLOW = """  - name: {name}
    connector: mail
    mapping: folder/figures
    sender: {name}
    agencies: ["*"]
    interval_secs: 1
    settings:
      base_url: pop3s://{host}:{port}
      user: nhan-so-lieu
      password: file:secrets/{password}
      senders: "*@so.test=so-tai-chinh"
      take: "*.csv"
"""
CONFIGURATION = """base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = pop3
listen = 127.0.0.1
auth_mechanisms = plain
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
ssl = required
ssl_cert = <{folder}/certificate
ssl_key = <{folder}/key
mail_location = maildir:{folder}/mail
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {folder}/users
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}
}}
service anvil {{
  chroot =
}}
service pop3-login {{
  chroot =
  inet_listener pop3 {{
    port = 0
  }}
  inet_listener pop3s {{
    address = 127.0.0.1 127.0.0.2
    port = {port}
    ssl = yes
  }}
}}
"""


class Dovecot:
    """A mail server of its own, in a folder of its own, run by an unprivileged user. Its one inbox is a Maildir."""

    def __init__(self, pki):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="lienthong-dovecot-"))
        self.as_user = ["runuser", "-u", "nobody", "--"] if os.geteuid() == 0 else []
        self.process = None
        self.delivered = 0
        self.port = free_port()
        user = "nobody" if self.as_user else getpass.getuser()
        group = subprocess.run(["id", "-gn", user], check=True, capture_output=True, text=True).stdout.strip()
        self.configuration = CONFIGURATION.format(folder=self.folder, user=user, group=group, port=self.port)
        (self.folder / "users").write_text(f"nhan-so-lieu:{PASSWORD}\n")
        for name in ("run", "state", "mail/new", "mail/cur", "mail/tmp"):
            (self.folder / name).mkdir(parents=True)
        self.show(pki / "server.pem", pki / "server.key")
        self.start()

    def show(self, certificate, key):
        """The certificate it shows from its next start on."""
        shutil.copyfile(certificate, self.folder / "certificate")
        shutil.copyfile(key, self.folder / "key")

    def own(self, *paths):
        for path in paths:
            if self.as_user:
                shutil.chown(path, "nobody")

    def start(self):
        (self.folder / "dovecot.conf").write_text(self.configuration)
        self.own(self.folder, *self.folder.rglob("*"))
        self.process = subprocess.Popen([*self.as_user, shutil.which("dovecot") or "/usr/sbin/dovecot", "-F", "-c", self.folder / "dovecot.conf"],
                                        cwd=self.folder, stderr=subprocess.DEVNULL)
        wait_for("dovecot", self.listens)

    def listens(self):
        if self.process.poll() is not None:
            raise AssertionError("dovecot ended:\n" + self.log())
        with socket.socket() as client:
            return client.connect_ex(("127.0.0.1", self.port)) == 0

    def log(self):
        return (self.folder / "log").read_text(encoding="utf-8", errors="replace") if (self.folder / "log").exists() else ""

    def deliver(self, mail):
        """As the server's own delivery does it: whole, by one rename."""
        self.delivered += 1
        name = f"{1744250400 + self.delivered}.M{self.delivered}.thu:2,"
        path = self.folder / "mail/tmp" / name
        path.write_bytes(mail if isinstance(mail, bytes) else mail.as_bytes(policy=SMTP))
        self.own(path)
        path.rename(self.folder / "mail/cur" / name)

    def mails(self):
        return len(list((self.folder / "mail/cur").iterdir()))

    def stop(self):
        self.process.terminate()
        self.process.wait()

    def remove(self):
        if self.process and self.process.poll() is None:
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


class Liar:
    """A mail server that has one mail, says it is small, and sends it without end."""

    def __init__(self, pki):
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(pki / "server.pem", pki / "server.key")
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                plain, _ = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self.converse, args=(plain,), daemon=True).start()

    def converse(self, plain):
        answers = {b"UIDL": b"+OK\r\n1 mai-mai\r\n.\r\n", b"LIST": b"+OK\r\n1 100\r\n.\r\n"}
        try:
            with self.context.wrap_socket(plain, server_side=True) as client, client.makefile("rb") as said:
                client.sendall(b"+OK\r\n")
                for line in said:
                    client.sendall(answers.get(line.split()[0], b"+OK\r\n"))
                    while line.startswith(b"RETR"):
                        client.sendall(b"x" * 65536)
        except OSError:
            return


def table(period, value, name="số liệu tháng này và cả những tháng trước.csv"):
    """One attachment: its bytes and its name."""
    return (HEAD + f"TMBL;{period};33;H31.01;{value};tỷ đồng;UT\n").encode(), name


def mail(*tables, sender="Sở Tài chính <bao-cao@so.test>", id=None):
    out = EmailMessage()
    out["From"] = sender
    out["To"] = "nhan-so-lieu@thu.test"
    out["Subject"] = "Số liệu"
    if id:
        out["Message-ID"] = f"<{id}>"
    out.set_content("Kính gửi, xem tệp đính kèm.")
    for data, name in tables:
        out.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return out


class Mail(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = None
        cls.running = HubWithFlows("mail", "", {"thu": PASSWORD.encode(), "thu-sai": b"mat-khau-sai"})
        try:
            cls.prepare()
        except BaseException:
            cls.tearDownClass()
            raise

    @classmethod
    def prepare(cls):
        hub = cls.running
        hub.prepare()
        cls.server = Dovecot(hub.pki)
        cls.liar = Liar(hub.pki)
        flows = [FLOW.format(name="thu", host="127.0.0.1", port=cls.server.port, password="thu"),
                 FLOW.format(name="ten-khac", host="127.0.0.2", port=cls.server.port, password="thu"),
                 FLOW.format(name="sai-mat-khau", host="127.0.0.1", port=cls.server.port, password="thu-sai"),
                 FLOW.format(name="noi-doi", host="127.0.0.1", port=cls.liar.port, password="thu")]
        hub.config.write_text(hub.config.read_text() + "\n" + "\n".join(flows), encoding="utf-8")
        hub.start_hub()
        cls.hub = hub
        cls.token = hub.token("pull")

    @classmethod
    def tearDownClass(cls):
        cls.running.__exit__(None, None, None)
        if cls.server:
            cls.liar.socket.close()
            cls.server.remove()

    def value(self, period):
        return wait_for(f"the figure of {period}", lambda: self.hub.figures(self.token).get(("A_VIII_1", "VALUE", period)))["value"]

    def quarantined(self, words):
        return wait_for(f"'{words}' in quarantine", lambda: (out := self.hub.lienthong("--json", "quarantine", "list", expect=1).stdout) and words in out and out)

    def journaled(self):
        return self.hub.get("/v1/status")["messages"]["journaled"]

    def empties(self):
        wait_for("the inbox to be empty", lambda: self.server.mails() == 0)

    def test_1_attachments_under_vietnamese_names_become_figures_and_the_mail_is_deleted(self):
        sent = mail(table("01/2025", "10.882,5"), table("02/2025", "9.871", "báo cáo.CSV"), (b"\x89PNG", "logo.png"))
        self.assertIn(b"filename*", sent.as_bytes(policy=SMTP), "the name is not written in ASCII")
        self.server.deliver(sent)
        self.assertEqual(self.value("2025-01"), "10882.5")
        self.assertEqual(self.value("2025-02"), "9871")
        self.empties()
        word = base64.b64encode("số liệu thá".encode()).decode(), base64.b64encode("ng ba.csv".encode()).decode()
        raw = mail(table("03/2025", "3", "x.csv")).as_bytes(policy=SMTP)
        self.server.deliver(raw.replace(b'filename="x.csv"', f'filename="=?UTF-8?B?{word[0]}?=\r\n =?UTF-8?B?{word[1]}?="'.encode()))
        self.assertEqual(self.value("2025-03"), "3")

    def test_2_a_mail_of_a_stranger_is_set_aside_whole(self):
        self.server.deliver(mail(table("04/2025", "666"), sender='"bao-cao@so.test" <ke-la@xa.test>', id="la@xa.test"))
        told = self.quarantined("la@xa.test")
        self.assertIn("The sender is not among those let in", told)
        self.assertIn("Người gửi không có trong danh sách", told)
        self.empties()
        self.assertNotIn(("A_VIII_1", "VALUE", "2025-04"), self.hub.figures(self.token))

    def test_3_of_two_attachments_one_is_damaged_and_the_other_taken(self):
        raw = mail(table("05/2025", "1", "hỏng.csv"), table("05/2025", "5,5")).as_bytes(policy=SMTP)
        begin = raw.index(b"\r\n\r\n", raw.index(b"attachment"))
        self.server.deliver(raw[:begin + 8] + b"!" + raw[begin + 9:])
        self.assertEqual(self.value("2025-05"), "5.5")
        self.assertIn("hỏng.csv", self.quarantined("damaged in its encoding"))
        self.empties()

    def test_4_hostile_mails_cost_nothing_else(self):
        nested = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (i, i) for i in range(3000))
        self.server.deliver(b"From: bao-cao@so.test\r\n" + nested)
        self.server.deliver(b"From: bao-cao@so.test\r\nSubject: " + b"x" * 1024 * 1024 + b"\r\n\r\n")
        self.server.deliver(b"From: bao-cao@so.test\r\n\r\n" + b"x" * 33 * 1024 * 1024)
        self.server.deliver(mail(table("06/2025", "6")))
        self.assertEqual(self.value("2025-06"), "6")
        for words in ("nested deeper than 10 levels", "larger than 256 KiB", "khong-doc-duoc/mai-mai", "was left in the mailbox"):
            self.quarantined(words)
        wait_for("all but the mail too large to be gone", lambda: self.server.mails() == 1)
        for left in (self.server.folder / "mail/cur").iterdir():
            left.unlink()

    def test_5_a_hub_killed_between_journal_and_deletion_counts_nothing_twice_and_loses_nothing(self):
        before = self.journaled()
        # Nobody may delete in there now, so that the hub stands between the journal and the deletion.
        self.server.deliver(mail(table("07/2025", "7"), table("08/2025", "8"), id="giua-chung@so.test"))
        (self.server.folder / "mail/cur").chmod(0o500)
        try:
            self.assertEqual(self.value("2025-07"), "7")
            self.assertEqual(self.value("2025-08"), "8")
            wait_for("the deletion to be refused", lambda: "did not delete" in str(self.hub.flow("thu").get("problem")) or self.server.mails() == 1)
            self.hub.kill_hub()
        finally:
            (self.server.folder / "mail/cur").chmod(0o700)
        self.assertEqual(self.server.mails(), 1)
        self.hub.start_hub()
        self.empties()
        self.assertEqual(self.journaled(), before + 2)
        self.assertTrue(self.hub.get("/v1/status")["sum"]["holds"])

    def test_6_what_is_wrong_is_told_in_a_sentence_and_step_by_step(self):
        self.assertIn("check user and password", self.hub.wait_problem("sai-mat-khau", "does not let the account"))
        steps = json.loads(self.hub.lienthong("--json", "flow", "test", "thu").stdout)["steps"]
        self.assertEqual([step["step"] for step in steps if step["state"] == "ok"], ["settings", "name", "tcp", "tls", "first_call"])
        for flow, failing in (("ten-khac", "tls"), ("sai-mat-khau", "first_call")):
            steps = json.loads(self.hub.lienthong("--json", "flow", "test", flow, expect=1).stdout)["steps"]
            self.assertEqual([step["step"] for step in steps if step["state"] == "failed"], [failing])
        for text in ((self.hub.folder / "hub.log").read_text(encoding="utf-8"), self.server.log()):
            self.assertNotIn(PASSWORD, text)
            self.assertNotIn("mat-khau-sai", text)

    def test_7_a_server_that_cannot_prove_who_it_is_is_told_nothing(self):
        self.assertIn("was told nothing", self.hub.wait_problem("ten-khac", "could not be authenticated over TLS"))
        false = self.hub.folder / "false"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
                        "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", f"{false}.key", "-out", f"{false}.pem"], check=True, capture_output=True)
        self.server.stop()
        self.server.show(f"{false}.pem", f"{false}.key")
        (self.server.folder / "log").unlink()
        self.server.start()
        self.hub.wait_problem("thu", "could not be authenticated over TLS")
        self.assertNotIn("user=<nhan-so-lieu>", self.server.log())
        self.assertIn("no auth attempts", wait_for("the server's own word", lambda: "no auth attempts" in self.server.log() and self.server.log()))


if __name__ == "__main__":
    unittest.main()

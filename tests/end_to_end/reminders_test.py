"""Reminders by mail: what an agency is written, once a stage, over an encrypted and authenticated connection, and what happens
when the mail server is away, is not who it should be, or says no."""
import json
import shutil
import subprocess
import unittest

from mail_box import SECRET, MailServer
from running_hub import ROOT, RunningHub, wait_for

AGENCY = "H52.01"
AT = "2026-03-13T08:00:00+07:00"  # Friday; what is due before the 18th ends on Tuesday the 17th
CONTACTS = f"agency,email,name\n{AGENCY},vanphong@h52.test,Nguyễn Thị Ánh\n"


def configured(hub, port, scheme="smtp", host="localhost", authority="$pki/ca.pem", days="[5, 2, 0]", at="00:00"):
    text = hub.config.read_text(encoding="utf-8")
    head, _, tail = text.partition("compliance:\n")
    rest = tail[tail.index("\nflows:"):]
    section = f"""compliance:
  set: SL228
  contacts: contacts.csv
  mail:
    server: {scheme}://{host}:{port}
    from: Trung tâm Điều hành thông minh <ioc@sonla.test>
    user: nhac-viec
    password: file:secrets/mail-password
    authority: {authority.replace("$pki", str(hub.pki))}
  remind:
    days: {days}
    at: "{at}"
"""
    hub.config.write_text(head + section + rest, encoding="utf-8")


class Reminders(unittest.TestCase):
    def setUp(self):
        self.hub = self.enterContext(RunningHub(flows=()))
        secret = self.hub.folder / "secrets/mail-password"
        secret.touch(mode=0o600)
        secret.write_text(SECRET, encoding="utf-8")
        self.contacts(CONTACTS)

    def contacts(self, text):
        (self.hub.folder / "contacts.csv").write_text(text, encoding="utf-8")

    def remind(self, *more, expect=None):
        return self.hub.lienthong("--json", "compliance", "remind", "--at", AT, *more, expect=expect)

    def letters(self, *more, expect=None):
        return {one["agency"]: one for one in json.loads(self.remind(*more, expect=expect).stdout)["letters"]}

    def recorded(self):
        """Ids of the obligations a reminder was recorded for."""
        rows = subprocess.run(["sqlite3", self.hub.folder / "data/store.db", "select count(*) from compliance_event where kind='reminder'"],
                              capture_output=True, text=True, check=True)
        return int(rows.stdout)

    def test_one_mail_an_agency_with_what_is_near_and_nothing_twice(self):
        with MailServer(self.hub) as server:
            configured(self.hub, server.port)
            foreseen = self.letters("--dry-run", expect=1)
            self.assertEqual((server.mails(), self.recorded()), ([], 0), "a dry run sends and records nothing")
            self.assertGreater(len(foreseen), 10)
            sent = self.letters(expect=1)
            self.assertEqual([agency for agency, one in sent.items() if one["sent"]], [AGENCY])
            self.assertEqual({one["code"] for one in sent.values() if not one["sent"]}, {"mail.no_contact"})
            [mail] = server.mails()
            owed = foreseen[AGENCY]["obligations"]
            self.assertEqual(self.recorded(), len(owed))
            self.assertEqual((mail["from"], mail["to"], mail["user"]), ("ioc@sonla.test", ["vanphong@h52.test"], "nhac-viec"))
            self.assertTrue(mail["encrypted"])
            self.assertEqual(mail["subject"], f"Nhắc thời hạn báo cáo: {len(owed)} báo cáo, gần nhất hết thứ Ba, ngày 17/03/2026")
            self.assertEqual(mail["type"], "text/plain")
            self.assertEqual(mail["text"].replace("\r\n", "\n"), foreseen[AGENCY]["text"])
            for words in ("Kính gửi: Văn phòng", "(biểu SL228_1_1)", "Kỳ báo cáo: Tháng 3/2026", "còn 2 ngày làm việc sau hôm nay",
                          "Quy định: trước ngày 18 của tháng cuối kỳ báo cáo (228/QĐ-UBND 2023-02-15)", "chưa nhận được báo cáo",
                          "Trung tâm Điều hành thông minh"):
                self.assertIn(words, mail["text"])
            self.assertIn(["To", "Nguyễn Thị Ánh <vanphong@h52.test>"], mail["headers"])
            self.assertTrue(all(len(line) <= 78 for line in mail["raw"].splitlines()), "folded")
            again = self.letters(expect=1)
            self.assertNotIn(AGENCY, again, "the stage has gone out")
            self.assertEqual(len(server.mails()), 1)
            self.hub.lienthong("compliance", "remind", "--at", "2026-03-17T08:00:00+07:00", expect=1)
            self.assertIn("hôm nay là ngày cuối", server.mails()[1]["text"], "the next stage")

    def test_tls_from_the_first_byte_and_login_in_two_steps(self):
        with MailServer(self.hub, "server", "--implicit", "--login-only") as server:
            configured(self.hub, server.port, scheme="smtps", host="127.0.0.1")
            self.assertTrue(self.letters()[AGENCY]["sent"])
            [mail] = server.mails()
            self.assertTrue(mail["encrypted"])
            self.assertEqual(mail["user"], "nhac-viec")

    def test_a_certificate_of_another_authority_or_another_host_is_refused(self):
        other = self.hub.folder / "other-pki"
        subprocess.run([ROOT / "certs/make-dev-pki", other], check=True, stdout=subprocess.DEVNULL)
        with MailServer(self.hub) as server:
            configured(self.hub, server.port, authority=str(other / "ca.pem"))
            self.assertEqual(self.letters()[AGENCY]["code"], "mail.tls")
        with MailServer(self.hub, "seal") as server:  # a certificate of the right authority that names no host
            configured(self.hub, server.port)
            self.assertEqual(self.letters()[AGENCY]["code"], "mail.tls")
            self.assertEqual(server.mails(), [])
        self.assertEqual(self.recorded(), 0)

    def test_what_the_server_refuses_for_good_is_told_and_not_recorded(self):
        with MailServer(self.hub, "server", "--refuse", "550 5.1.1 no such user") as server:
            configured(self.hub, server.port)
            one = self.letters(expect=1)[AGENCY]
            self.assertEqual((one["code"], one["sent"]), ("mail.refused", False))
            self.assertIn("no such user", one["detail"])
        with MailServer(self.hub, "server", "--refuse", "451 4.7.1 later") as server:
            configured(self.hub, server.port)
            self.assertEqual(self.letters()[AGENCY]["code"], "mail.later")
        (self.hub.folder / "secrets/mail-password").write_text("sai", encoding="utf-8")
        with MailServer(self.hub) as server:
            configured(self.hub, server.port)
            one = self.letters()[AGENCY]
            self.assertEqual(one["code"], "mail.login")
            self.assertNotIn("sai", one["detail"])
        self.assertEqual(self.recorded(), 0)

    def test_a_server_that_is_away_is_tried_again(self):
        with MailServer(self.hub) as server:
            configured(self.hub, server.port)
        self.assertEqual(self.letters()[AGENCY]["code"], "mail.later")
        self.assertEqual(self.recorded(), 0)

    def test_names_and_addresses_cannot_bring_headers(self):
        self.contacts(f'agency,email,name\n{AGENCY},vanphong@h52.test,"An\nBcc: ke-gian@x.test"\n')
        with MailServer(self.hub) as server:
            configured(self.hub, server.port)
            told = self.remind(expect=2)
            self.assertIn("contacts.csv:2:26", told.stdout + told.stderr)
            self.contacts(f"agency,email,name\n{AGENCY},a@x.test>\u2028,An\nH52.99,b@x.test,\n")
            told = self.remind(expect=2)
            for place in ("contacts.csv:2:8", "contacts.csv:3:1"):
                self.assertIn(place, told.stdout + told.stderr)
            self.contacts(f'agency,email,name\n{AGENCY},vanphong@h52.test,"An> Bcc: ke-gian@x.test, <x@x.test"\n')
            self.assertTrue(self.letters()[AGENCY]["sent"])
            [mail] = server.mails()
            self.assertEqual(mail["to"], ["vanphong@h52.test"])
            self.assertEqual([name for name, _ in mail["headers"] if name.lower() in ("bcc", "cc")], [])

    def test_agencies_without_a_contact_are_findings(self):
        with MailServer(self.hub) as server:
            configured(self.hub, server.port)
        found = self.hub.lienthong("compliance", "--month", "2026-03", "--findings", expect=1).stderr
        self.assertIn("[mail.no_contact]", found)
        self.assertNotIn(f"{AGENCY}: ", found)

    def test_the_running_hub_reminds_by_itself_once(self):
        # A year nobody has entered has no days off that are known: every day counts, whenever this test is run.
        catalogue = self.hub.folder / "catalogue"
        shutil.copytree(ROOT / "mappings/catalogue", catalogue)
        days = (catalogue / "working_days.csv").read_text(encoding="utf-8").splitlines()[0]
        (catalogue / "working_days.csv").write_text(days + "\n", encoding="utf-8")
        self.hub.lienthong("compliance", "record", "intake", "--from", "2000-01-01", "--act", "TB", "--who", "IOC", "--why", "kiểm tra")
        with MailServer(self.hub) as server:
            configured(self.hub, server.port, days="[60]")
            text = self.hub.config.read_text(encoding="utf-8").replace(f"catalogue: {ROOT}/mappings/catalogue", f"catalogue: {catalogue}")
            self.hub.config.write_text(text, encoding="utf-8")
            self.hub.stop_hub()
            self.hub.start_hub()
            wait_for("the mail", server.mails)
            listed = int(server.mails()[0]["subject"].split(":")[1].split()[0])
            wait_for("the record of all it lists", lambda: self.recorded() == listed)
            self.hub.kill_hub()
            self.hub.start_hub()
            row = wait_for("a round of the new hub", lambda: [
                flow for flow in self.hub.get("/v1/status")["flows"] if flow["flow"] == "reminders" and flow.get("last_success")])
            self.assertEqual(row[0]["connector"], "mail")
            self.assertEqual(len(server.mails()), 1, "nothing at the same stage, after a restart either")
            self.assertEqual(self.hub.stop_hub(), 0)


if __name__ == "__main__":
    unittest.main()

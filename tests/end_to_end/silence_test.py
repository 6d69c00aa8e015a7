"""A source that falls silent is told of once, over a restart too, and so is that it came back; and what is not there is told apart:
zero, no case, not due yet, late, overdue, refused."""
import csv
import datetime
import io
import json
import os
import time
import unittest

from hub_with_flows import HEAD, HubWithFlows, wait_for
from mail_box import SECRET, MailServer
from running_hub import RunningHub, record

FLOW = """  - name: gia-hang
    connector: folder
    mapping: folder/figures
    sender: so-tai-chinh
    agencies: ["*"]
    interval_secs: 1
    expects_every_secs: 3
    settings:
      base_url: file://{folder}/nhan
      whole_by: renamed
"""


def put(hub, name, value):
    path = hub.folder / "nhan" / name
    path.with_suffix(".part").write_text(HEAD + f"TMBL;01/2025;33;H31.01;{value};tỷ đồng;UT\n", encoding="utf-8")
    os.rename(path.with_suffix(".part"), path)


class Silence(unittest.TestCase):
    def setUp(self):
        running = HubWithFlows("folder", FLOW)
        (running.folder / "nhan").mkdir()
        self.hub = self.enterContext(running)

    def put(self, name, value):
        put(self.hub, name, value)

    def alarms(self):
        return self.hub.get("/v1/status")["alarms"]

    def stopped_saying(self):
        """What the hub said since it was ready."""
        self.assertEqual(self.hub.stop_hub(), 0)
        return self.hub.hub.told.to_the_end()

    def test_a_source_that_falls_silent_is_told_of_once_over_a_restart_and_once_when_it_comes_back(self):
        self.put("mot.csv", "5010")
        news = wait_for("the first news", lambda: self.hub.flow("gia-hang")["news"].get("last"))
        [alarm] = wait_for("the alarm", self.alarms)
        self.assertEqual((alarm["code"], alarm["flow"], alarm["since"], alarm["usual_secs"]), ("flow.quiet", "gia-hang", news, 3))
        for name in ("title", "title_en", "remedy", "remedy_en", "expected_by", "raised_at", "detail"):
            self.assertTrue(alarm[name], name)
        quiet = self.hub.flow("gia-hang")["news"]["quiet"]
        self.assertEqual((quiet["since"], quiet["expected_by"]), (news, alarm["expected_by"]))
        self.assertIn('lienthong_flow_quiet{flow="gia-hang"} 1', self.hub.call("GET", "/metrics")[2].decode())
        printed = self.hub.lienthong("status", expect=1).stdout
        self.assertIn("gia-hang", printed)
        self.assertIn("Luồng im lặng", printed)
        self.assertEqual(json.loads(self.hub.lienthong("--json", "status", expect=1).stdout)["alarms"], [alarm])
        self.put("mot-lan-nua.csv", "5010")
        self.hub.wait_polled("gia-hang")
        self.assertEqual(self.alarms(), [alarm], "the same figure again is nothing new")

        said = self.stopped_saying()
        self.assertEqual(said.count("ALARM: flow gia-hang: nothing new has come since"), 1, said)
        self.hub.start_hub()
        self.hub.wait_polled("gia-hang")
        self.assertEqual(self.alarms(), [alarm])
        self.assertEqual(self.hub.flow("gia-hang")["news"]["last"], news)
        self.put("hai.csv", "5020")
        wait_for("other news", lambda: self.hub.flow("gia-hang")["news"]["last"] != news)
        wait_for("the end of the alarm", lambda: self.alarms() != [alarm])
        before, over, _ = self.stopped_saying().partition("alarm over: flow gia-hang [flow.quiet]")
        self.assertTrue(over)
        self.assertNotIn("ALARM", before)

    def test_a_rhythm_that_cannot_be_is_refused_with_its_place(self):
        text = self.hub.config.read_text(encoding="utf-8")
        for given, expected in (("1000000000", "a whole number from 0 to"), ("often", "a whole number from 0 to")):
            self.hub.config.write_text(text.replace("expects_every_secs: 3", f"expects_every_secs: {given}"), encoding="utf-8")
            told = self.hub.lienthong("check", expect=2).stderr
            self.assertIn(expected, told)
            self.assertRegex(told, r"lienthong\.yaml:\d+:\d+")
        self.hub.config.write_text(text.replace("expects_every_secs: 3", "expects_every_secs: 3\n    interval_secs: 60").replace("interval_secs: 1\n    expects", "expects"),
                                   encoding="utf-8")
        self.assertIn("at least interval_secs, 60", self.hub.lienthong("check", expect=2).stderr)


MAIL = """compliance:
  mail:
    server: smtp://localhost:{port}
    from: Trung tâm Điều hành thông minh <ioc@hungyen.test>
    user: nhac-viec
    password: file:secrets/mail-password
    authority: {authority}
"""


class SilenceByMail(unittest.TestCase):
    def test_an_alarm_is_mailed_when_it_is_raised_and_once_when_it_is_over(self):
        hub = HubWithFlows("folder", FLOW, {"mail-password": SECRET.encode()})
        self.addCleanup(hub.__exit__, None, None, None)
        (hub.folder / "nhan").mkdir()
        hub.prepare()
        with MailServer(hub) as server:
            text = hub.config.read_text(encoding="utf-8")
            text = text.replace("compliance:\n", "alarms:\n  mail_to: [Trực ban <truc@hungyen.test>]\n\n" +
                                MAIL.format(port=server.port, authority=hub.pki / "ca.pem"), 1)
            hub.config.write_text(text, encoding="utf-8")
            hub.start_hub()
            put(hub, "mot.csv", "5010")
            [raised] = wait_for("the mail", server.mails)
            self.assertEqual((raised["to"], raised["user"], raised["encrypted"]), (["truc@hungyen.test"], "nhac-viec", True))
            self.assertIn("Báo động", raised["subject"])
            self.assertIn("gia-hang", raised["subject"])
            self.assertIn("Luồng im lặng", raised["text"])
            put(hub, "hai.csv", "5020")
            _, over = wait_for("the second mail", lambda: (held := server.mails())[1:] and held[:2])
            self.assertIn("gia-hang", over["text"])
            self.assertNotIn("Báo động", over["subject"])


def watched_push(text):
    """Deadlines are foreseen from afar, so that one is near whenever this test is run."""
    text = text.replace("connector: push\n", "connector: push\n    expects_every_secs: 1\n    quiet_alarm: false\n", 1)
    return text.replace("compliance:\n  set: SL228", "alarms:\n  deadline_days: 60\n\ncompliance:\n  set: DEMO_HY")


class BeforeTheDeadline(unittest.TestCase):
    def test_what_a_flow_usually_brings_is_missed_before_it_is_due(self):
        with RunningHub(flows=(), edit_config=watched_push) as hub:
            hub.lienthong("compliance", "record", "intake", "--from", "2000-01-01", "--act", "TB", "--who", "IOC", "--why", "kiểm tra")
            sender, reader = hub.token("push", sender="so-cong-thuong", agencies=("H31.03",)), hub.token("pull")
            year = time.localtime().tm_year
            owed = [one for one in hub.get(f"/v1/obligations?agency=H31.03&period_from={year - 1}&period_to={year + 1}", reader)["obligations"]
                    if one["subject"] == "A_V_1"]
            at = next(i for i, one in enumerate(owed) if one["status"] == "open") - 1
            # The month that is over its deadline, or nearly, gets more time: its figures are of days that have been.
            until = datetime.date.today() + datetime.timedelta(days=20)
            hub.lienthong("compliance", "record", "extension", "--period", owed[at]["period"], "--until", until.isoformat(), "--act", "CV 1", "--who", "IOC", "--why", "kiểm tra")
            due = hub.get(f"/v1/obligations?agency=H31.03&period_from={owed[at]['period']}", reader)["obligations"]
            due = next(one for one in due if one["subject"] == "A_V_1")

            def alarms():
                return [one for one in hub.get("/v1/status")["alarms"] if one["expected_by"] == due["closes"]]
            for one in owed[at - 2:at]:
                hub.push(sender, f"figures-of-{one['period']}", [record(period=one["period"], value="1.5")])
            [alarm] = wait_for("the alarm", alarms)
            self.assertEqual((alarm["code"], alarm["flow"]), ("flow.not_here_yet", "push"))
            self.assertEqual(alarm["found"], f"A_V_1 {due['period']} H31.03")
            self.assertRegex(hub.call("GET", "/metrics")[2].decode(), r'lienthong_flow_not_here_yet{flow="push"} [1-9]')
            self.assertIn("sắp hết thời hạn", hub.lienthong("status", expect=1).stdout)
            hub.push(sender, f"figures-of-{due['period']}", [record(period=due["period"], value="0")])
            wait_for("the end of the alarm", lambda: not alarms())
            self.assertEqual(hub.stop_hub(), 0)
            said = hub.hub.told.to_the_end()
            self.assertIn("ALARM: flow push: the flow usually brings 1 of what is due by the end of", said)
            self.assertIn("alarm over: flow push [flow.not_here_yet]", said)
            self.assertIn("all of it is there / đã nhận đủ", said)


class ToldApart(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.hub = cls.enterClassContext(RunningHub(flows=()))
        cls.sender = cls.hub.token("push", sender="so-cong-thuong", agencies=("H31.03",))
        cls.reader = cls.hub.token("pull")

    def obligations(self, first, last=None):
        found = self.hub.get(f"/v1/obligations?set=DEMO_HY&agency=H31.03&period_from={first}&period_to={last or first}", self.reader)["obligations"]
        return {one["period"]: one for one in found if one["subject"] == "A_V_1"}

    def test_zero_no_case_not_due_late_overdue_and_refused(self):
        push = self.hub.push
        ahead = next(one for one in self.obligations(time.localtime().tm_year, time.localtime().tm_year + 1).values() if one["status"] == "upcoming")
        push(self.sender, "told-apart-figures", [record(period="2025-03", value="1.5")])
        push(self.sender, "told-apart-zero-00", [record(period="2025-04", value="0")])
        push(self.sender, "told-apart-no-case", [record(period="2025-05", value=None, availability="no_case")])
        _, _, refused = push(self.sender, "told-apart-refused", [record(period="2025-06", value="khoảng 5")])
        self.assertEqual(refused["verdicts"][0]["verdict"], "refused")
        push(self.sender, "told-apart-foreign", [record(period="2025-07", agency="H31.01")])
        rows = self.obligations("2025-03", ahead["period"])
        told = {period: (rows[period]["status"], rows[period]["said"]) for period in ("2025-03", "2025-04", "2025-05", "2025-06", "2025-08", ahead["period"])}
        self.assertEqual(told, {"2025-03": ("late", "figures"), "2025-04": ("late", "zero"), "2025-05": ("late", "no_case"), "2025-06": ("refused", ""),
                                "2025-08": ("missing", ""), ahead["period"]: ("upcoming", "")})
        self.assertEqual(rows["2025-06"]["submission"], refused["submission"])
        foreign = self.hub.get("/v1/obligations?set=DEMO_HY&agency=H31.01&period_from=2025-07&period_to=2025-07", self.reader)["obligations"]
        self.assertEqual({one["status"] for one in foreign}, {"missing"}, "nobody is told to have sent what another sent in its name")

        body = self.hub.call("GET", "/v1/obligations?set=DEMO_HY&agency=H31.03&period_from=2025-03&period_to=2025-08&format=csv",
                             headers={"Authorization": f"Bearer {self.reader}"})[2].decode()
        table = {row["Kỳ báo cáo"]: (row["Trạng thái"], row["Nội dung"]) for row in csv.DictReader(io.StringIO(body)) if row["Mã báo cáo"] == "A_V_1"}
        self.assertEqual([table[f"2025-0{month}"] for month in (3, 4, 5, 6, 8)],
                         [("quá hạn", "có số liệu"), ("quá hạn", "bằng 0"), ("quá hạn", "không phát sinh"), ("bị từ chối", ""), ("chưa gửi", "")])
        printed = self.hub.lienthong("compliance", "--set", "DEMO_HY", "--month", "2025-06", "--agency", "H31.03", expect=1).stdout
        self.assertIn("bị từ chối", printed)
        self.assertIn("đang ở khu cách ly", printed)
        board = self.hub.get("/v1/compliance?set=DEMO_HY&month=2025-06", self.reader)
        self.assertEqual(next(row for row in board["agencies"] if row["agency"] == "H31.03")["refused"], 1)

        _, _, mended = push(self.sender, "told-apart-mended0", [record(period="2025-06", value="5")])
        after = self.obligations("2025-06")["2025-06"]
        self.assertEqual((after["status"], after["said"], after["submission"]), ("late", "figures", mended["submission"]))


if __name__ == "__main__":
    unittest.main()

"""A push that says which report it is leaves the receipt by itself: in time or late, complete or lacking records, and mended by
a later push; a report nobody owes is refused before anything is kept."""
import json
import unittest

from running_hub import RunningHub, record, wait_for



class Report(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.hub = cls.enterClassContext(RunningHub(flows=()))
        cls.sender = cls.hub.token("push", sender="so-cong-thuong", agencies=("H52.11", "H31.03"))
        cls.reader = cls.hub.token("pull")
        now = cls.hub.get("/v1/obligations?period_from=2025&period_to=2027", cls.reader)["obligations"]
        cls.late = next(one for one in now if one["status"] == "missing" and one["agency"] == "H52.11")
        cls.ahead = next(one for one in now if one["status"] == "upcoming" and one["agency"] == "H52.11")

    def obligation(self, one):
        found = self.hub.get(f"/v1/obligations?agency={one['agency']}&period_from={one['period']}&period_to={one['period']}", self.reader)
        return next(entry for entry in found["obligations"] if entry["id"] == one["id"])

    def report(self, one, key, records, agency="H52.11"):
        return self.hub.push(self.sender, key, records, f"?form={one['subject']}&period={one['period']}&agency={agency}")

    def test_a_report_in_time_and_one_too_late_are_told_apart(self):
        for one, word, in_time in ((self.ahead, "on_time", True), (self.late, "late", False)):
            status, headers, answer = self.report(one, f"report-{word}-0001", [record(period="2025-03")])
            self.assertIn(status, (200,), answer)
            self.assertEqual(answer["report"], {"form": one["subject"], "period": one["period"], "agency": "H52.11", "closes": one["closes"],
                                                "in_time": in_time, "complete": True, "lacking": []})
            after = self.obligation(one)
            self.assertEqual((after["status"], after["submission"]), (word, answer["submission"]))
            receipt = wait_for("the seal", lambda: self.receipt(headers["Location"]))
            self.assertEqual(json.loads(receipt["leaf"])["report"], one["id"], "the log itself says which report it was")
            again = self.report(one, f"report-{word}-0001", [record(period="2025-03")])
            self.assertEqual((again[0], again[2]), (status, answer))
        events = self.events()
        self.assertEqual(len(events), len({event["submission"] for event in events}), "no receipt stands twice")

    def receipt(self, location):
        status, _, body = self.hub.call("GET", location + "/receipt", headers={"Authorization": f"Bearer {self.sender}"})
        return json.loads(body) if status == 200 else None

    def events(self):
        rows = self.hub.get("/v1/obligations?period_from=2025&period_to=2027", self.reader)["obligations"]
        return [row for row in rows if row["submission"]]

    def test_a_refused_record_leaves_the_report_incomplete_until_it_is_sent_right(self):
        one = [entry for entry in self.hub.get("/v1/obligations?period_from=2025&period_to=2027&agency=H52.11&status=upcoming", self.reader)["obligations"]][-1]
        status, _, answer = self.report(one, "report-incomplete-1", [record(period="2025-04"), record(indicator="A_V_99", period="2025-04")])
        self.assertEqual(status, 207)
        self.assertEqual((answer["report"]["complete"], answer["report"]["lacking"]), (False, ["record 1"]))
        self.assertEqual((self.obligation(one)["status"], self.obligation(one)["lacking"]), ("incomplete", ["record 1"]))
        status, _, answer = self.report(one, "report-incomplete-2", [record(period="2025-04"), record(indicator="A_V_1", period="2025-05")])
        self.assertEqual(status, 200)
        self.assertEqual(self.obligation(one)["status"], "on_time")

    def test_a_report_that_was_refused_whole_is_neither_there_nor_never_came(self):
        one = self.hub.get("/v1/obligations?period_from=2025&period_to=2027&agency=H52.11&status=missing", self.reader)["obligations"][-1]
        _, _, answer = self.report(one, "report-refused-whole", [record(indicator="A_V_99", period="2025-04")])
        after = self.obligation(one)
        self.assertEqual((after["status"], after["submission"], after["lacking"]), ("refused", answer["submission"], []))
        _, _, answer = self.report(one, "report-refused-mended", [record(period="2025-04")])
        self.assertEqual((self.obligation(one)["status"], self.obligation(one)["submission"]), ("late", answer["submission"]))

    def test_what_is_no_report_of_this_sender_is_refused_before_it_is_kept(self):
        before = self.hub.get("/v1/status")["messages"]["journaled"]
        one = self.ahead
        for number, (query, status, code, found) in enumerate((
                (f"?form=SL228_99_1&period={one['period']}&agency=H52.11", 404, "form.unknown", "SL228_99_1"),
                (f"?form={one['subject']}&period=thang-2&agency=H52.11", 400, "parameter.bad", "thang-2"),
                (f"?form={one['subject']}&agency=H52.11", 400, "parameter.bad", ""),
                (f"?form={one['subject']}&period={one['period']}", 400, "parameter.bad", ""),
                (f"?form={one['subject']}&period={one['period']}&agency=H52.01", 403, "agency.not_allowed", "H52.01"),
                (f"?form={one['subject']}&period=2026-W05&agency=H52.11", 400, "parameter.bad", "2026-W05"),
                (f"?period={one['period']}", 400, "parameter.bad", one["period"]))):
            with self.subTest(query=query):
                got, _, answer = self.hub.push(self.sender, f"report-refused-{number:04}", [record()], query)
                self.assertEqual((got, answer["code"], answer.get("found", "")), (status, code, found))
                self.assertTrue(answer["title"] and answer["title_en"])
        got, _, answer = self.hub.push(self.sender, "report-not-owed-1", [record()], f"?form=SL228_1_1&period={one['period']}&agency=H52.11")
        self.assertEqual((got, answer["code"]), (422, "compliance.no_obligation"))
        self.assertEqual(self.hub.get("/v1/status")["messages"]["journaled"], before)

    def test_a_figure_owed_by_itself_is_met_by_the_first_that_is_stored(self):
        def standing():
            found = self.hub.get("/v1/obligations?set=DEMO_HY&agency=H31.03&period_from=2025-06&period_to=2025-06", self.reader)
            return next(one for one in found["obligations"] if one["subject"] == "A_V_1")
        self.assertEqual((standing()["status"], standing()["due"]), ("missing", "2025-06-18"))
        _, _, first = self.hub.push(self.sender, "figure-owed-0001", [record(period="2025-06", value="1.5")])
        self.hub.push(self.sender, "figure-owed-0002", [record(period="2025-06", value="1.6")])
        self.assertEqual((standing()["status"], standing()["submission"]), ("late", first["submission"]))
        printed = self.hub.lienthong("--json", "compliance", "--set", "DEMO_HY", "--month", "2025-06", "--agency", "H31.03", expect=None).stdout
        self.assertIn(first["submission"], printed)

    def test_a_list_of_another_system_is_shown_first_and_taken_over_once(self):
        one = [entry for entry in self.hub.get("/v1/obligations?period_from=2025&period_to=2025&agency=H52.07&status=missing", self.reader)["obligations"]][0]
        path = self.hub.folder / "receipts.csv"
        path.write_text(f"form,period,agency,received,submission\n{one['subject']},{one['period']},{one['agency']},{one['opens']},BC-1\n", encoding="utf-8")
        words = ("compliance", "import", path, "--who", "Văn phòng UBND tỉnh", "--act", "biên bản bàn giao")
        self.assertIn("nothing written", self.hub.lienthong(*words).stdout)
        self.assertEqual(self.obligation(one)["status"], "missing")
        self.assertIn("1 receipts taken over", self.hub.lienthong(*words, "--write").stdout)
        after = self.obligation(one)
        self.assertEqual((after["status"], after["submission"], after["received"]), ("on_time", "BC-1", one["opens"]))
        self.assertIn("0 receipts taken over, 1 known", self.hub.lienthong(*words, "--write").stdout)
        path.write_text(path.read_text(encoding="utf-8").replace("BC-1", ""), encoding="utf-8")
        self.assertIn("receipts.csv:2:", self.hub.lienthong(*words, "--write", expect=2).stderr)


if __name__ == "__main__":
    unittest.main()

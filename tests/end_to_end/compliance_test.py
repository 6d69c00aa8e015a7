"""Reporting compliance from the command line, over HTTP and on the status page's data, with what was recorded in between."""
import csv
import io
import json
import unittest

from running_hub import RunningHub

FORM, AGENCY, PERIOD = "SL228_1_1", "H52.01", "2025-06"
RECORD = ("compliance", "record")
WHO = ("--who", "Trung tâm Điều hành thông minh", "--why", "kiểm tra")
SCOPE = ("--form", FORM, "--agency", AGENCY, "--period", PERIOD)


def without_set(text):
    return text.replace("compliance:\n  set: SL228\n", "")


class Compliance(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.hub = cls.enterClassContext(RunningHub(flows=()))
        cls.token = cls.hub.token("pull")

    def rows(self, path, **headers):
        status, answered, body = self.hub.call("GET", path, headers={"Authorization": f"Bearer {self.token}", **headers})
        self.assertEqual(status, 200, body)
        self.assertTrue(answered["Content-Type"].startswith("text/csv"), answered)
        return list(csv.DictReader(io.StringIO(body.decode())))

    def problem(self, path):
        status, _, body = self.hub.call("GET", path, headers={"Authorization": f"Bearer {self.token}"})
        return status, json.loads(body)["code"]

    def june(self):
        found = self.hub.get(f"/v1/obligations?agency={AGENCY}&period_from={PERIOD}", self.token)["obligations"]
        return {one["subject"]: one for one in found}

    def test_what_is_recorded_changes_a_status_and_nothing_else_does(self):
        before = self.june()
        self.assertEqual(before[FORM]["due"], "2025-06-17")
        self.assertEqual(before[FORM]["status"], "missing")
        self.assertEqual(before[FORM]["act"], "228/QĐ-UBND 2023-02-15")
        self.hub.lienthong(*RECORD, "receipt", *SCOPE, "--submission", "S-1", *WHO)
        self.assertEqual(self.june()[FORM]["status"], "late")
        # An act of grace for the form, after the fact and for as long as anyone may run this test.
        self.hub.lienthong(*RECORD, "extension", *SCOPE, "--until", "2999-12-31", "--act", "12/UBND-TH", *WHO)
        after = self.june()
        self.assertEqual(after[FORM]["status"], "on_time")
        self.assertEqual(after[FORM]["submission"], "S-1")
        self.assertEqual({subject: one["status"] for subject, one in after.items() if subject != FORM},
                         {subject: one["status"] for subject, one in before.items() if subject != FORM})

    def test_events_that_would_never_count_are_refused(self):
        for arguments, code in ((("receipt", "--form", "SL228_1_99", *SCOPE[2:], "--submission", "S-1"), "form.unknown"),
                                (("waiver", "--agency", "H52.99"), "agency.unknown"),
                                (("receipt", *SCOPE[:2], "--agency", "H52.03", *SCOPE[4:], "--submission", "S-1"), "compliance.no_obligation"),
                                (("extension", "--until", "mai", "--act", "1"), "parameter.bad"),
                                (("waiver", "--period", "thang 2"), "period.malformed")):
            with self.subTest(arguments=arguments):
                self.assertIn(code, self.hub.lienthong(*RECORD, *arguments, *WHO, expect=2).stderr)

    def test_the_scoreboard_is_the_same_on_every_face(self):
        board = self.hub.get("/v1/compliance?set=SL228&month=2025-06", self.token)
        printed = json.loads(self.hub.lienthong("--json", "compliance", "--month", "2025-06", expect=1).stdout)
        self.assertEqual(board["agencies"], printed["agencies"])
        self.assertGreater(board["total"]["expected"], 60)
        rows = self.rows("/v1/compliance?month=2025-06", Accept="text/csv")
        self.assertEqual([row["Mã cơ quan"] for row in rows], [row["agency"] for row in board["agencies"]] + [""])
        self.assertEqual(int(rows[-1]["Nghĩa vụ báo cáo"]), board["total"]["expected"])
        self.assertEqual(self.rows("/v1/compliance?month=2025-06&format=csv"), rows)
        shown = self.hub.get("/v1/status")["compliance"]
        self.assertEqual(shown["set"], "SL228")
        self.assertLessEqual(len(shown["worst"]), 10)

    def test_obligations_are_asked_for_by_agency_period_and_status(self):
        year = self.hub.get("/v1/obligations?period_from=2026", self.token)["obligations"]
        self.assertEqual(len(year), 971)
        self.assertEqual(len({one["id"] for one in year}), 971)
        rows = self.rows("/v1/obligations?agency=H52.21&period_from=2025-Q1&period_to=2025-Q1&status=missing", Accept="text/csv")
        self.assertIn("SL228_21_1", {row["Mã báo cáo"] for row in rows})
        self.assertEqual({row["Mã cơ quan"] for row in rows}, {"H52.21"})
        for query, expected in (("set=X", (404, "compliance.set")), ("status=lost", (400, "parameter.bad")),
                                ("period_from=2026&period_to=2025", (400, "parameter.bad")), ("period_from=1900&period_to=2999", (400, "parameter.bad")),
                                ("forms=x", (400, "parameter.unknown"))):
            with self.subTest(query=query):
                self.assertEqual(self.problem("/v1/obligations?" + query), expected)
        self.assertEqual(self.hub.call("GET", "/v1/obligations")[0], 401)

    def test_a_hub_that_follows_no_set_shows_none(self):
        with RunningHub(flows=(), edit_config=without_set) as hub:
            self.assertNotIn("compliance", hub.get("/v1/status"))


if __name__ == "__main__":
    unittest.main()

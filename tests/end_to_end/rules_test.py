"""Rules between figures: a sender learns at once what its own message contradicts; what stored figures contradict stands in a list
with every figure and its source, is counted in every face, and leaves the list when a later revision mends it."""
import json
import unittest
from urllib.parse import urlencode

from running_hub import RunningHub, record, wait_for

OFFICE, FINANCE = "H31.01", "H31.02"
PARTS = ("DEVELOPMENT_INVESTMENT", "RECURRENT")


def spent(value, part=None, **changes):
    # Hưng Yên, report of July 2025: 25,751 + 14,741 is 40,492, and 40,942 is printed.
    return record(indicator="A_II_2", measure="CUMULATIVE", period="2025-07", agency=FINANCE, value=value, unit="tỷ đồng",
                  breakdown=f"EXPENDITURE_ITEM={part}" if part else "_T", source="báo cáo tháng 7/2025", **changes)


class Rules(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.running = RunningHub(flows=())
        cls.hub = cls.running.__enter__()
        cls.sender = cls.hub.token("push", sender="so-tai-chinh", agencies=(FINANCE,))
        cls.office = cls.hub.token("push", sender="thong-ke", agencies=(OFFICE,))
        cls.reader = cls.hub.token("pull", sender="ioc")

    @classmethod
    def tearDownClass(cls):
        cls.running.__exit__(None, None, None)

    def listed(self, **asked):
        return self.hub.get("/v1/rule-breaks?" + urlencode({"indicator": "A_II_2", **asked}), self.reader)["rule_breaks"]

    def counts(self):
        """What is open by severity, the same in the status and in the metrics."""
        counts = self.hub.get("/v1/status")["rule_breaks"]
        lines = self.hub.call("GET", "/metrics")[2].decode().splitlines()
        for severity in ("refuse", "finding", "hint"):
            self.assertIn(f'lienthong_rule_breaks_open{{severity="{severity}"}} {counts[severity]}', lines)
        self.assertEqual(counts["open"], sum(counts[severity] for severity in ("refuse", "finding", "hint")))
        return counts

    def test_a_message_that_contradicts_itself_is_refused_with_both_places_and_what_would_be_right(self):
        month = record(indicator="A_VIII_1", measure="VALUE", period="2025-07", agency=OFFICE, value="17776", unit="tỷ đồng")
        since = record(indicator="A_VIII_1", measure="CUMULATIVE", period="2025-07", agency=OFFICE, value="11892.7", unit="tỷ đồng")
        status, _, answer = self.hub.push(self.office, "retail-2025-07-0001", [month, since])
        self.assertEqual(status, 422, answer)
        for verdict in answer["verdicts"]:
            self.assertEqual(verdict["verdict"], "refused", answer)
            problem, = verdict["problems"]
            self.assertEqual(problem["code"], "rule.broken")
            self.assertEqual(problem["found"], "/records/0: 17776 BILLION_VND; /records/1: 11892.7 BILLION_VND")
            self.assertEqual((problem["expected"], problem["expected_vi"]), ("at most 11893", "không quá 11893"))
            self.assertIn("A_VIII_1_WITHIN_YEAR", problem["rule"])
        for part in ("title", "title_en", "remedy", "remedy_en"):
            self.assertTrue(answer["codes"]["rule.broken"][part], part)

    def test_stored_figures_that_disagree_are_listed_counted_and_mended_by_a_later_revision(self):
        before = self.counts()
        self.assertEqual(self.hub.lienthong("rules", "check", "--all", "--indicator", "A_II_2").returncode, 0)
        # Each part alone is right: only the store can know that they do not make the whole.
        for part, value in zip(PARTS, ("25751", "14741")):
            self.hub.push(self.sender, f"part-{part}-2025-07-1", [spent(value, part)])
        self.hub.push(self.sender, "whole-of-2025-07-0001", [spent("40942")])
        entry, = wait_for("the break to be found, its figures sealed",
                          lambda: [entry for entry in self.listed() if all("log_index" in figure for figure in entry["figures"])])
        self.assertEqual((entry["rule"]["code"], entry["severity"], entry["state"], entry["right"]), ("A_II_2_PARTS", "finding", "open", "40492"))
        self.assertEqual(entry["key"], "A_II_2|CUMULATIVE|2025-07|GSO:33|_T")
        self.assertEqual([(figure["breakdown"], figure["value"], figure["agency"], figure["sender"], figure["source"]) for figure in entry["figures"]],
                         [("_T", "40942", FINANCE, "so-tai-chinh", "báo cáo tháng 7/2025")] +
                         [(f"EXPENDITURE_ITEM={part}", value, FINANCE, "so-tai-chinh", "báo cáo tháng 7/2025")
                          for part, value in zip(PARTS, ("25751", "14741"))])
        self.assertTrue(all(figure["revision"] for figure in entry["figures"]) and entry["since"])
        problem, = entry["problems"]
        self.assertEqual((problem["code"], problem["expected"]), ("rule.broken", "40492"))
        self.assertIn("báo cáo tháng 7/2025", problem["found"])
        self.assertEqual(self.counts()["finding"], before["finding"] + 1)

        shown = self.hub.lienthong("rules", "list", "--indicator", "A_II_2", expect=1).stdout
        for part in ("A_II_2_PARTS", "40942", "14741", "right would be: 40492", "source báo cáo tháng 7/2025"):
            self.assertIn(part, shown)
        line, = self.hub.lienthong("--json", "rules", "list", "--indicator", "A_II_2", expect=1).stdout.splitlines()
        self.assertEqual(json.loads(line), entry)
        checked = self.hub.lienthong("rules", "check", "--all", "--indicator", "A_II_2", expect=1).stdout
        self.assertIn("the list agrees", checked)

        self.hub.push(self.sender, "whole-of-2025-07-0002", [spent("40492")])
        wait_for("the break to be mended", lambda: not self.listed())
        entry, = self.listed(state="mended")
        self.assertEqual((entry["state"], entry["mended_by"]), ("mended", "figures"))
        self.assertNotIn("problems", entry)
        self.assertEqual(self.counts(), before)
        self.assertIn("0 shown", self.hub.lienthong("rules", "check", "--all", "--indicator", "A_II_2").stdout)

    def test_what_cannot_be_asked_is_refused(self):
        for query in ("severity=grave", "state=closed", "after=x", "colour=red"):
            status, _, body = self.hub.call("GET", "/v1/rule-breaks?" + query, headers={"Authorization": f"Bearer {self.reader}"})
            self.assertEqual(status, 400, body)
        self.hub.lienthong("rules", "list", "--state", "closed", expect=2)


if __name__ == "__main__":
    unittest.main()

"""What a source says it holds, against what the hub took from it, item by item."""
import csv
import io
import json
import unittest

from running_hub import RunningHub, wait_for


class Reconcile(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.running = RunningHub(flows=("lgsp", "nrs"))
        cls.hub = cls.running.__enter__()
        wait_for("all of the platform's figures", lambda: cls.flow("lgsp-monthly").get("last_success") and cls.hub.sealed())

    @classmethod
    def tearDownClass(cls):
        cls.running.__exit__(None, None, None)

    @classmethod
    def flow(cls, name):
        return next(flow for flow in cls.hub.get("/v1/status")["flows"] if flow["flow"] == name)

    def found(self, *words, expect=1):
        return json.loads(self.hub.lienthong("--json", "reconcile", "lgsp-monthly", *words, expect=expect).stdout)

    def test_pages_with_refused_records_are_named_and_the_others_agree(self):
        found = self.found("--since", "2025-03-01")
        self.assertGreater(found["agreed"], 0)
        self.assertEqual({one["difference"] for one in found["differences"]}, {"refused"})
        self.assertEqual(found["agreed"] + len(found["differences"]), found["compared"])
        for one in found["differences"]:
            self.assertRegex(one["id"], r"^so-lieu-thang/\d\d-2025/\d+$")
            self.assertIn("lienthong replay", one["what_to_do"])
            self.assertGreater(one["message"], 0)

    def test_the_list_comes_as_csv_and_as_text_for_people(self):
        rows = list(csv.DictReader(io.StringIO(self.hub.lienthong("reconcile", "lgsp-monthly", "--since", "2025-03-01", "--csv", expect=1).stdout)))
        self.assertEqual([row["id"] for row in rows], [one["id"] for one in self.found("--since", "2025-03-01")["differences"]])
        text = self.hub.lienthong("reconcile", "lgsp-monthly", "--since", "2025-03-01", expect=1).stdout
        self.assertIn("lgsp-monthly since 2025-03-01: of ", text)
        self.assertIn(rows[0]["id"], text)

    def test_a_page_the_hub_never_took_is_absent(self):
        # A hub that has just begun, and cannot ask the platform any more, has taken nothing.
        with RunningHub(flows=("lgsp",), edit_config=lambda text: text.replace("first_period: 2024-12", "first_period: 2025-10")) as fresh:
            wait_for("its first round", lambda: fresh.get("/v1/status")["flows"] and fresh.sealed())
            fresh.stop_hub()
            config = fresh.config.read_text(encoding="utf-8")
            fresh.config.write_text(config.replace("first_period: 2025-10", "first_period: 2025-08"), encoding="utf-8")
            found = json.loads(fresh.lienthong("--json", "reconcile", "lgsp-monthly", "--since", "2025-08-01", expect=1).stdout)
            absent = {one["id"] for one in found["differences"] if one["difference"] == "absent"}
            self.assertTrue(absent)
            self.assertTrue(all(one.startswith(("so-lieu-thang/08-2025/", "so-lieu-thang/09-2025/")) for one in absent), absent)

    def test_what_cannot_be_compared_says_why(self):
        for words, code in ((("nrs-push", "--since", "2025-03-01"), "flow.no_list"), (("push", "--since", "2025-03-01"), "flow.no_list"),
                            (("nowhere", "--since", "2025-03-01"), "flow.unknown"), (("lgsp-monthly", "--since", "March"), "parameter.bad")):
            done = self.hub.lienthong("--json", "reconcile", *words, expect=2)
            self.assertIn(code, done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main()

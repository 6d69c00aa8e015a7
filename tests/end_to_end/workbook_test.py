"""A workbook is pushed as it is: read in a sandboxed worker, stored figure by figure, refused cell by cell."""
import json
import unittest

from running_hub import ROOT, RunningHub

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SAMPLE = ROOT / "mappings/gso/prices.sample.xlsx"


def with_workbook_flow(text):
    return text + """

  - name: push-prices
    connector: push
    mapping: gso/prices
    agencies: ["*"]
"""


def of_the_country(text):
    """The country's own figures lie in no province."""
    return with_workbook_flow(text).replace("area: GSO:33", "area: ISO:VN")


class Workbook(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.hub = cls.enterClassContext(RunningHub(flows=(), edit_config=of_the_country))
        cls.token = cls.hub.token("push", "pull")

    def push(self, key, body, content_type=XLSX):
        status, _, answer = self.hub.call("POST", "/v1/submissions?flow=push-prices", body=body,
                                          headers={"Authorization": f"Bearer {self.token}", "Content-Type": content_type, "Idempotency-Key": key})
        return status, json.loads(answer)

    def test_its_figures_are_stored(self):
        expected = json.loads((ROOT / "mappings/gso/prices.expected.json").read_text(encoding="utf-8"))["records"]
        figures = sum(len(record.get("observations", [])) for record in expected)
        status, answer = self.push("workbook-of-prices-1", SAMPLE.read_bytes())
        self.assertIn(status, (200, 207), answer)
        taken = answer["counts"]["stored"] + answer["counts"]["unchanged"]  # another test may have pushed it before
        self.assertEqual(taken, sum("observations" in record for record in expected), answer["counts"])
        rows = self.hub.get("/v1/observations?area=ISO:VN&limit=5000", self.token)["observations"]
        self.assertEqual(len(rows), figures)

    def test_a_refused_cell_is_named_by_its_sheet_and_cell(self):
        _, answer = self.push("workbook-of-prices-2", SAMPLE.read_bytes())
        places = [problem["place"] for verdict in answer["verdicts"] for problem in verdict.get("problems", [])]
        self.assertTrue(all(place.startswith("'") and "!" in place for place in places), places)

    def test_what_is_no_workbook_is_refused_as_one_record(self):
        status, answer = self.push("workbook-that-is-none", b"PK\x03\x04 not really")
        self.assertEqual((status, answer["counts"]["refused"]), (422, 1))
        self.assertTrue(answer["verdicts"][0]["problems"][0]["code"].startswith("format."), answer)

    def test_another_content_type_is_refused_before_it_is_kept(self):
        before = self.hub.get("/v1/status")["messages"]["journaled"]
        status, answer = self.push("workbook-as-json-01", SAMPLE.read_bytes(), "application/json")
        self.assertEqual((status, answer["code"]), (415, "push.content_type"))
        self.assertEqual(self.hub.get("/v1/status")["messages"]["journaled"], before)


if __name__ == "__main__":
    unittest.main()

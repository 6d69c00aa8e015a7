"""The indicators over HTTP: of one set, home or further, as of a day, and with the sets each stands in."""
import json
import unittest

from running_hub import RunningHub


class Indicators(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.hub = cls.enterClassContext(RunningHub(flows=()))
        cls.token = cls.hub.token("pull")

    def lines(self, query=""):
        return {one["code"]: one for one in self.hub.get("/v1/indicators" + query, self.token)["indicators"]}

    def test_a_set_has_its_own_lines_and_those_of_others(self):
        whole = self.lines()
        hung_yen = self.lines("?set=DEMO_HY")
        self.assertEqual(len(hung_yen), 27)
        self.assertEqual([one["set"] for one in hung_yen["A_I_1"]["sets"]], ["DN197", "DEMO_HY", "DN197_A"])
        self.assertEqual([one["home"] for one in hung_yen["A_I_1"]["sets"]], [True, False, False])
        self.assertEqual(hung_yen["DEMO_HY_GOLD_PRICE"]["sets"],
                         [{"set": "DEMO_HY", "line": 1, "home": True, "act": "demonstration"}])
        self.assertEqual(whole["B_10"]["calculation"], "Số bác sĩ chia cho dân số, nhân 10.000")
        self.assertEqual(whole["B_10"]["data_method"], "collected")

    def test_a_day_leaves_out_what_does_not_hold(self):
        self.assertIn("C_1", self.lines("?asOf=2025-12-31"))
        self.assertNotIn("C_1", self.lines("?asOf=2026-01-01"))
        self.assertEqual(len(self.lines("?set=DN197_B&asOf=2025-03-31")), 15)

    def test_what_cannot_be_asked_is_said(self):
        for query, expected in (("?set=DN19", (404, "set.unknown")), ("?set=DN197_C&asOf=2026-01-01", (404, "set.not_valid")),
                                ("?asOf=2025", (400, "parameter.bad"))):
            with self.subTest(query=query):
                status, _, body = self.hub.call("GET", "/v1/indicators" + query, headers={"Authorization": f"Bearer {self.token}"})
                self.assertEqual((status, json.loads(body)["code"]), expected)


if __name__ == "__main__":
    unittest.main()

"""Pushing records: a verdict for each, nothing twice, nothing lost, and every kind of bad input refused clearly."""
import json
import subprocess
import unittest

from running_hub import BUILD, ROOT, RunningHub, record, wait_for


ONE_AGENCY = """

  - name: push-one
    connector: push
    mapping: push/records
    agencies: [H31.02]
"""


class Push(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.running = RunningHub(flows=(), edit_config=lambda text: text + ONE_AGENCY)
        cls.hub = cls.running.__enter__()
        cls.all = cls.hub.token("push", "pull", sender="so-cong-thuong")
        cls.one = cls.hub.token("push", sender="chi-cuc-thong-ke", agencies=("H31.01",))

    @classmethod
    def tearDownClass(cls):
        cls.running.__exit__(None, None, None)

    def verdicts(self, key, records, token=None, query=""):
        status, _, answer = self.hub.push(token or self.all, key, records, query)
        return status, answer

    def test_a_good_record_is_stored_and_can_be_pulled_with_its_proof(self):
        status, answer = self.verdicts("push-good-record-0001", [record(period="2025-01", value="1.05")])
        self.assertEqual((status, answer["verdicts"][0]["verdict"]), (200, "stored"))
        rows = self.hub.get("/v1/observations?indicator=A_V_1&period_from=2025-01&period_to=2025-01", self.all)["observations"]
        self.assertEqual([(row["value"], row["unit"], row["sender"]) for row in rows], [("1.05", "PERCENT", "so-cong-thuong")])
        wait_for("the seal", self.hub.sealed)
        proof = self.hub.folder / "proof.json"
        proof.write_bytes(self.hub.call("GET", f"/v1/observations/{rows[0]['revision']}/proof", headers={"Authorization": f"Bearer {self.all}"})[2])
        verify = ["verify", proof, "--authorities", self.hub.pki / "ca.pem", "--log-key", self.hub.pki / "log.verifier"]
        self.assertIn("1.05", self.hub.lienthong(*verify).stdout)
        by_python = subprocess.run(["python3", ROOT / "certs/verify_figure.py", self.hub.pki / "ca.pem", self.hub.pki / "log.verifier", proof],
                                   capture_output=True, text=True, check=False)
        self.assertEqual(by_python.returncode, 0, by_python.stderr)
        proof.write_text(proof.read_text().replace("1.05", "1.06"))
        self.hub.lienthong(*verify, expect=1)

    def test_the_same_push_again_gives_the_same_bytes_and_stores_nothing(self):
        body = json.dumps({"records": [record(period="2025-02")]}).encode()
        headers = {"Authorization": f"Bearer {self.all}", "Content-Type": "application/json", "Idempotency-Key": "push-same-again-0001"}
        first = self.hub.call("POST", "/v1/submissions", body, headers)
        again = self.hub.call("POST", "/v1/submissions", body, headers)
        self.assertEqual((first[0], first[2]), (again[0], again[2]))
        self.assertEqual(again[1].get("Idempotent-Replay"), "true")
        history = self.hub.get("/v1/observations?indicator=A_V_1&period_from=2025-02&period_to=2025-02&history=true", self.all)
        self.assertEqual(len(history["observations"]), 1)

    def test_a_used_key_with_other_bytes_is_refused_and_kept_nowhere(self):
        self.verdicts("push-key-reused-0001", [record(period="2025-03")])
        before = self.hub.get("/v1/status")["messages"]
        status, answer = self.verdicts("push-key-reused-0001", [record(period="2025-03", value="7")])
        self.assertEqual((status, answer["code"]), (422, "push.key_reused"))
        self.assertEqual(self.hub.get("/v1/status")["messages"], before)

    def test_an_equal_value_under_a_new_key_is_unchanged_and_another_value_a_new_revision(self):
        self.verdicts("push-revision-000001", [record(period="2025-04", value="5.1")])
        self.assertEqual(self.verdicts("push-revision-000002", [record(period="2025-04", value="5.1")])[1]["verdicts"][0]["verdict"], "unchanged")
        self.assertEqual(self.verdicts("push-revision-000003", [record(period="2025-04", value="5.2")])[1]["verdicts"][0]["verdict"], "stored")
        history = self.hub.get("/v1/observations?indicator=A_V_1&period_from=2025-04&period_to=2025-04&history=true", self.all)["observations"]
        self.assertEqual([(row["number"], row["value"]) for row in history], [(1, "5.1"), (2, "5.2")])

    def test_each_kind_of_bad_record_has_its_own_code_place_and_remedy_and_sinks_nothing_else(self):
        bad = [
            ("indicator.unknown", record(indicator="A_V_99")),
            ("unit.dimension", record(unit="tấn")),
            ("period.kind", record(period="2025-03-05")),
            ("period.malformed", record(period="03/2025")),
            ("area.outside", record(area="GSO:01")),
            ("area.unknown", record(area="GSO:98")),
            ("agency.unknown", record(agency="H99.99")),
            ("measure.unknown", record(measure="NO_SUCH_MEASURE")),
            ("number.malformed", record(value="chín phẩy năm")),
            ("field.missing", record(unit=None)),
            ("indicator.heading", record(indicator="A_VI_1", measure="VALUE")),
        ]
        records = [entry for _, entry in bad] + [record(period="2025-05")]
        status, answer = self.verdicts("push-bad-records-0001", records)
        self.assertEqual(status, 207)
        self.assertEqual(answer["counts"]["refused"], len(bad))
        for number, (code, _) in enumerate(bad):
            verdict = answer["verdicts"][number]
            self.assertEqual(verdict["verdict"], "refused")
            problem = verdict["problems"][0]
            self.assertEqual(problem["code"], code, problem)
            self.assertTrue(problem["place"].startswith(f"/records/{number}"), problem)
            for part in ("title", "title_en", "remedy", "remedy_en"):
                self.assertTrue(answer["codes"][code][part], (code, part))
        self.assertEqual(answer["verdicts"][-1]["verdict"], "stored")

    def test_an_atomic_batch_with_a_bad_record_stores_nothing(self):
        status, answer = self.verdicts("push-atomic-00000001", [record(period="2025-06"), record(indicator="A_V_99")], query="?mode=atomic")
        self.assertEqual(status, 422)
        self.assertEqual([verdict["verdict"] for verdict in answer["verdicts"]], ["waiting", "refused"])
        rows = self.hub.get("/v1/observations?indicator=A_V_1&period_from=2025-06&period_to=2025-06", self.all)["observations"]
        self.assertEqual(rows, [])

    def test_a_token_speaks_only_for_its_agencies(self):
        _, answer = self.verdicts("push-other-agency-01", [record(agency="H31.03"), record(agency="H31.01", period="2025-07")], token=self.one)
        self.assertEqual(answer["verdicts"][0]["problems"][0]["code"], "agency.not_allowed")
        self.assertEqual(answer["verdicts"][1]["verdict"], "stored")

    def test_a_token_speaks_for_no_agency_that_its_flow_does_not_take(self):
        records = [record(agency="H31.01", period="2024-07"), record(agency="H31.02", period="2024-07")]
        both = self.hub.token("push", sender="hai-co-quan", agencies=("H31.01", "H31.02"))
        for number, token in enumerate((both, self.all)):
            _, answer = self.verdicts(f"push-narrow-flow-{number}", records, token=token, query="?flow=push-one")
            self.assertEqual(answer["verdicts"][0]["problems"][0]["code"], "agency.not_allowed", answer)
            self.assertIn(answer["verdicts"][1]["verdict"], ("stored", "unchanged"), answer)

    def test_a_figure_of_a_period_that_has_not_begun_is_refused_and_the_rest_stored(self):
        _, answer = self.verdicts("push-wrong-year-0001", [record(agency="H31.01", period="2205-08"), record(agency="H31.01", period="2025-08")])
        problem = answer["verdicts"][0]["problems"][0]
        self.assertEqual((problem["code"], problem["found"], problem["place"]), ("period.future", "2205-08", "/records/0/period"))
        self.assertRegex(problem["expected_vi"], "một kỳ đã bắt đầu vào ngày 20..-..-..$")
        self.assertIn("Kiểm tra năm và kỳ", answer["codes"]["period.future"]["remedy"])
        self.assertEqual(answer["verdicts"][1]["verdict"], "stored")

    def test_without_a_token_or_with_a_revoked_one_nobody_gets_in(self):
        self.assertEqual(self.hub.call("POST", "/v1/submissions", b"{}", {"Idempotency-Key": "x" * 16})[0], 401)
        self.assertEqual(self.hub.call("GET", "/v1/changes")[0], 401)
        token = self.hub.lienthong("--json", "token", "issue", "--sender", "a", "--role", "pull", "--agency", "*").stdout
        token = json.loads(token)
        self.assertEqual(self.hub.call("GET", "/v1/changes", headers={"Authorization": "Bearer " + token["token"]})[0], 200)
        self.hub.lienthong("token", "revoke", token["id"])
        wait_for("the token to be refused", lambda: self.hub.call("GET", "/v1/changes", headers={"Authorization": "Bearer " + token["token"]})[0] == 401)
        self.assertEqual(self.hub.call("GET", "/v1/changes", headers={"Authorization": f"Bearer {self.one}"})[0], 403)

    def test_the_sum_of_record_states_holds_and_agrees_with_a_recount(self):
        status = self.hub.get("/v1/status")
        self.assertTrue(status["sum"]["holds"])
        self.assertIn("everything agrees", self.hub.lienthong("reconcile").stdout)

    def test_a_refused_record_can_be_listed_and_closed_with_a_reason(self):
        self.verdicts("push-to-be-closed-01", [record(indicator="A_V_98")])
        listed = [json.loads(line) for line in self.hub.lienthong("--json", "quarantine", "list", "--state", "refused", expect=1).stdout.splitlines()]
        entry = next(entry for entry in listed if "A_V_98" in json.dumps(entry))
        self.assertEqual(entry["problems"][0]["code"], "indicator.unknown")
        self.hub.lienthong("quarantine", "close", str(entry["id"]), "--reason", "gửi nhầm, theo Sở Công Thương")
        self.assertIn("everything agrees", self.hub.lienthong("reconcile").stdout)

    def test_changes_come_without_gap_or_repeat_behind_an_opaque_cursor(self):
        self.verdicts("push-changes-0000001", [record(period=f"2024-{month:02d}", value=str(month)) for month in range(1, 13)])
        wait_for("the seal", self.hub.sealed)
        whole = self.hub.changes(self.all)
        paged, cursor = [], ""
        while True:
            page = self.hub.get(f"/v1/changes?limit=5&cursor={cursor}", self.all)
            paged += page["changes"]
            cursor = page["cursor"]
            if not page["more"]:
                break
        self.assertEqual([row["revision"] for row in paged], [row["revision"] for row in whole])
        self.assertEqual(len({row["revision"] for row in whole}), len(whole))
        self.assertEqual(self.hub.get(f"/v1/changes?cursor={cursor}", self.all)["changes"], [])
        self.assertEqual(self.hub.call("GET", "/v1/changes?cursor=abc", headers={"Authorization": f"Bearer {self.all}"})[0], 400)


if __name__ == "__main__":
    unittest.main()

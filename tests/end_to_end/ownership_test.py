"""One datum, one owner: two agencies tell one figure; both are kept, the owner's is served, and the difference stands in a
list until it is settled with a reason. A new revision opens it again."""
import json
import subprocess
import unittest
from urllib.parse import urlencode

from running_hub import ROOT, RunningHub, record, wait_for

OWNER, OTHER = "H31.01", "H31.03"  # As the catalogue has A_VIII_1: "Chi cục Thống kê, Sở Công Thương".


def figure(period, agency, value, **changes):
    # The line has no unit of its own; a percentage measure has one.
    return record(indicator="A_VIII_1", measure="VS_SAME_PERIOD", period=period, agency=agency, value=value, unit="%", **changes)


def key_of(period):
    return f"A_VIII_1|VS_SAME_PERIOD|{period}|GSO:33|_T"


class Ownership(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.running = RunningHub(flows=())
        cls.hub = cls.running.__enter__()
        cls.owner = cls.hub.token("push", sender="chi-cuc-thong-ke", agencies=(OWNER,))
        cls.other = cls.hub.token("push", sender="so-cong-thuong", agencies=(OTHER,))
        cls.reader = cls.hub.token("pull", sender="ioc")

    @classmethod
    def tearDownClass(cls):
        cls.running.__exit__(None, None, None)

    def tell(self, token, key, entry):
        status, _, answer = self.hub.push(token, key, [entry])
        self.assertEqual((status, answer["verdicts"][0]["verdict"]), (200, "stored"), answer)

    def tell_both(self, period, owners, others):
        self.tell(self.other, f"other-of-{period}-0001", figure(period, OTHER, others))
        self.tell(self.owner, f"owner-of-{period}-0001", figure(period, OWNER, owners))

    def rows(self, period, **more):
        asked = urlencode({"indicator": "A_VIII_1", "period_from": period, "period_to": period, **more})
        return self.hub.get("/v1/observations?" + asked, self.reader)["observations"]

    def marks(self, period, **more):
        return [(row["agency"], row["value"], row["served"]) for row in self.rows(period, **more)]

    def listed(self, period, **more):
        found = self.hub.get("/v1/disagreements?" + urlencode({"indicator": "A_VIII_1", **more}), self.reader)["disagreements"]
        return [entry for entry in found if entry["period"] == period]

    def open_in_all_faces(self):
        in_status = self.hub.get("/v1/status")["disagreements"]["open"]
        lines = self.hub.call("GET", "/metrics")[2].decode().splitlines()
        self.assertIn(f"lienthong_disagreements_open {in_status}", lines)
        return in_status

    def settle(self, period, agency, expect=0, key=None, reason="họp ngày 05/3, hai bên thống nhất"):
        return self.hub.lienthong("--json", "disagreements", "settle", key or key_of(period), "--agency", agency, "--reason", reason,
                                  expect=expect).stdout

    def test_both_are_kept_the_owners_is_served_and_the_difference_is_listed_settled_and_opened_again(self):
        before = self.open_in_all_faces()
        self.tell_both("2025-01", owners="9.55", others="9.70")
        self.assertEqual(self.marks("2025-01"), [(OTHER, "9.70", False), (OWNER, "9.55", True)])
        self.assertEqual(self.marks("2025-01", served="true"), [(OWNER, "9.55", True)])
        self.assertEqual(self.open_in_all_faces(), before + 1)

        # A sealed figure says where in the log; both readings below must say the same.
        entry = wait_for("the seal", lambda: next((one for one in self.listed("2025-01") if all("log_index" in row for row in one["told"])), None))
        self.assertEqual((entry["key"], entry["state"], entry["owner"], entry["served"]), (key_of("2025-01"), "open", OWNER, OWNER))
        self.assertEqual([(row["agency"], row["value"], row["sender"]) for row in entry["told"]],
                         [(OWNER, "9.55", "chi-cuc-thong-ke"), (OTHER, "9.70", "so-cong-thuong")])
        problem, = entry["problems"]
        self.assertEqual(problem["code"], "figure.disagreement")
        for part in ("title", "title_en", "remedy", "remedy_en", "rule"):
            self.assertTrue(problem[part], part)
        lines = self.hub.lienthong("--json", "disagreements", "list", "--indicator", "A_VIII_1", expect=1).stdout.splitlines()
        self.assertIn(entry, [json.loads(line) for line in lines])
        self.assertIn("<- served", self.hub.lienthong("disagreements", "list", expect=1).stdout)

        settled = json.loads(self.settle("2025-01", OTHER))
        self.assertTrue(settled["by"])
        self.assertEqual(self.marks("2025-01", served="true"), [(OTHER, "9.70", True)])
        self.assertEqual(self.listed("2025-01"), [])
        self.assertEqual(self.open_in_all_faces(), before)
        entry, = self.listed("2025-01", state="settled")
        self.assertEqual((entry["state"], entry["served"], entry["owner"]), ("settled", OTHER, OWNER))
        self.assertEqual((entry["settlement"]["reason"], entry["settlement"]["in_force"]), ("họp ngày 05/3, hai bên thống nhất", True))
        self.assertEqual(sorted(entry["settlement"]["over"]), sorted(row["revision"] for row in entry["told"]))
        self.assertNotIn("problems", entry)

        self.tell(self.owner, "owner-again-2025-01-1", figure("2025-01", OWNER, "9.60"))
        self.assertEqual(self.open_in_all_faces(), before + 1)
        entry, = self.listed("2025-01", state="all")
        self.assertEqual((entry["state"], entry["served"], entry["settlement"]["in_force"]), ("open", OWNER, False))
        self.assertEqual(self.marks("2025-01", served="true"), [(OWNER, "9.60", True)])
        self.assertEqual(self.marks("2025-01", history="true"), [(OTHER, "9.70", False), (OWNER, "9.55", False), (OWNER, "9.60", True)])
        self.assertIn("everything agrees", self.hub.lienthong("reconcile").stdout)

    def test_a_settlement_is_an_entry_of_the_log_and_can_be_proved_offline(self):
        self.tell_both("2024-11", owners="5.1", others="5.2")
        settled = json.loads(self.settle("2024-11", OTHER, reason="biên bản họp ngày 10/12"))
        entry, = self.listed("2024-11", state="settled")
        self.assertEqual(entry["settlement"]["settlement"], settled["settlement"])
        headers = {"Authorization": f"Bearer {self.reader}"}

        def sealed():
            status, _, body = self.hub.call("GET", f"/v1/settlements/{settled['settlement']}/proof", headers=headers)
            self.assertIn(status, (200, 409), body)
            return body if status == 200 else None
        proof = wait_for("the settlement to be sealed", sealed)
        leaf = json.loads(json.loads(proof)["leaf"])
        self.assertEqual({name: leaf[name] for name in ("kind", "figure", "agency", "reason", "by")},
                         {"kind": "settlement", "figure": key_of("2024-11"), "agency": OTHER, "reason": "biên bản họp ngày 10/12",
                          "by": settled["by"]})
        self.assertEqual(leaf["over"], sorted(row["revision"] for row in entry["told"]))
        file = self.hub.folder / "settlement.json"
        for content, expected in ((proof, 0), (proof.replace(OTHER.encode(), OWNER.encode()), 1)):
            file.write_bytes(content)
            ours = self.hub.lienthong("verify", file, "--authorities", self.hub.pki / "ca.pem", "--log-key", self.hub.pki / "log.verifier",
                                      expect=expected)
            theirs = subprocess.run(["python3", ROOT / "certs/verify_figure.py", self.hub.pki / "ca.pem", self.hub.pki / "log.verifier",
                                     file], capture_output=True, text=True, check=False)
            self.assertEqual(theirs.returncode, expected, theirs.stdout)
            if expected == 0:
                self.assertIn(f"settlement of {key_of('2024-11')}: the figure of {OTHER} stands: biên bản họp ngày 10/12", ours.stdout)
                self.assertIn("settlement in entry", theirs.stdout)
        for number, status in (("999999", 404), ("abc", 400), (str(entry["told"][0]["submission"])[2:], 404)):
            self.assertEqual(self.hub.call("GET", f"/v1/settlements/{number}/proof", headers=headers)[0], status, number)

    def served_feed(self, period):
        """All that was sealed, as the readers who want one datum see it."""
        wait_for("everything to be sealed", self.hub.sealed)
        return [row for row in self.hub.changes(self.reader, "&served=true") if row["period"] == period]

    def test_the_served_feed_has_one_telling_of_each_figure_and_every_change_of_it_once(self):
        period = "2024-10"
        self.tell_both(period, owners="3.1", others="3.2")
        settled = json.loads(self.settle(period, OTHER))
        self.tell(self.other, "other-again-2024-10-1", figure(period, OTHER, "3.3"))
        feed = wait_for("the last change to be sealed", lambda: (rows := self.served_feed(period)) and len(rows) == 4 and rows)
        self.assertEqual([(row["agency"], row["value"], row["change"]["because"]) for row in feed],
                         [(OTHER, "3.2", "told"), (OWNER, "3.1", "told"), (OTHER, "3.2", "settled"), (OWNER, "3.1", "told")])
        self.assertEqual(feed[2]["change"]["settlement"], settled["settlement"])
        self.assertEqual(feed[3]["change"]["told"], max(row["revision"] for row in self.rows(period)), "what ended the settlement")
        self.assertEqual([row["change"]["log_index"] for row in feed], sorted(row["change"]["log_index"] for row in feed))
        every = [(row["agency"], row["value"], row["served"]) for row in self.hub.changes(self.reader) if row["period"] == period]
        self.assertEqual(every, [(OTHER, "3.2", True), (OWNER, "3.1", True), (OTHER, "3.3", False)])

        state = {}
        for row in self.hub.changes(self.reader, "&served=true"):
            state[tuple(row[part] for part in ("indicator", "measure", "period", "area", "breakdown"))] = row["revision"]
        served = self.hub.get("/v1/observations?served=true&limit=10000", self.reader)["observations"]
        self.assertEqual(sorted(state.values()), sorted(row["revision"] for row in served))

    def test_a_cursor_of_one_feed_is_none_of_the_other(self):
        headers = {"Authorization": f"Bearer {self.reader}"}
        for one, other in (("", "&served=true"), ("&served=true", "")):
            cursor = self.hub.get(f"/v1/changes?limit=1{one}", self.reader)["cursor"]
            self.assertEqual(self.hub.call("GET", f"/v1/changes?cursor={cursor}{one}", headers=headers)[0], 200)
            status, _, body = self.hub.call("GET", f"/v1/changes?cursor={cursor}{other}", headers=headers)
            self.assertEqual((status, json.loads(body)["code"]), (400, "cursor.unknown"))

    def test_where_the_owner_has_no_figure_anothers_is_served_and_says_so(self):
        self.tell(self.other, "other-alone-2025-02-1", figure("2025-02", OTHER, "8.1"))
        row, = self.rows("2025-02", served="true")
        self.assertEqual((row["agency"], row["served"], row["owner_absent"]), (OTHER, True, True))
        self.assertEqual(self.listed("2025-02", state="all"), [])
        self.tell(self.owner, "owner-late-2025-02-01", figure("2025-02", OWNER, "8.10"))
        rows = {row["agency"]: row for row in self.rows("2025-02")}
        self.assertEqual((rows[OTHER]["served"], rows[OWNER]["served"]), (False, True))
        for row in rows.values():
            self.assertNotIn("owner_absent", row)
        self.assertEqual(self.listed("2025-02", state="all"), [], "8.1 and 8.10 are one value")

    def test_a_settlement_needs_a_difference_a_party_and_a_reason(self):
        self.tell_both("2025-03", owners="7.1", others="7.2")
        self.assertIn("store.settlement_agency", self.settle("2025-03", "H31.02", expect=2))
        self.assertIn("parameter.bad", self.settle("2025-03", OWNER, expect=2, reason=""))
        self.assertIn("parameter.bad", self.settle("2025-03", OWNER, expect=2, key="A_VIII_1"))
        self.assertIn("figure.no_disagreement", self.settle("2023-01", OWNER, expect=2))
        self.assertEqual(len(self.listed("2025-03")), 1)
        self.settle("2025-03", OWNER)
        self.assertEqual(self.listed("2025-03"), [])

    def test_the_list_is_for_readers_and_takes_only_what_it_knows(self):
        self.assertEqual(self.hub.call("GET", "/v1/disagreements")[0], 401)
        self.assertEqual(self.hub.call("GET", "/v1/disagreements", headers={"Authorization": f"Bearer {self.other}"})[0], 403)
        for query in ("state=maybe", "limit=0", "after=abc", "colour=red"):
            status = self.hub.call("GET", "/v1/disagreements?" + query, headers={"Authorization": f"Bearer {self.reader}"})[0]
            self.assertEqual(status, 400, query)
        status = self.hub.call("GET", "/v1/observations?served=no", headers={"Authorization": f"Bearer {self.reader}"})[0]
        self.assertEqual(status, 400)

    def test_pages_of_the_list_follow_one_another(self):
        for month in ("2024-01", "2024-02", "2024-03"):
            self.tell_both(month, owners="1.5", others="1.6")
        whole = self.hub.get("/v1/disagreements?state=all", self.reader)["disagreements"]
        keys, after = [], None
        while True:
            asked = urlencode({"state": "all", "limit": 2, **({"after": after} if after else {})})
            page = self.hub.get("/v1/disagreements?" + asked, self.reader)
            keys += [entry["key"] for entry in page["disagreements"]]
            after = page.get("after")
            if not page["more"]:
                break
        self.assertEqual(keys, [entry["key"] for entry in whole])
        self.assertGreaterEqual(len(keys), 3)


if __name__ == "__main__":
    unittest.main()

"""Foreign systems call the hub: what they are answered, who is turned away, and that each message counts once whatever is killed."""
import json
import os
import signal
import subprocess
import threading
import unittest

from processes import workers
from running_hub import BUILD, RunningHub, wait_for

SECRET = "bi-mat-khong-that-0001"
PORTAL = "/XrdAdapter/RestService/forward/"
FLOWS = """

  - name: portal-promotions
    connector: dvc
    mapping: dvc/promotion-notices
    sender: cong-dvcqg
    called:
      caller: address
      addresses: [127.0.0.0/8]
      secret: file:secrets/partner
      secret_header: X-Partner-Secret
      paths:
        addtthcKhuyenMai: /XrdAdapter/RestService/forward/addtthcKhuyenMai

  - name: portal-dossiers
    connector: dvc
    mapping: dvc/portal-dossiers
    sender: cong-dvcqg
    called:
      caller: address
      addresses: [127.0.0.1]
      secret: file:secrets/partner
      paths:
        nhanhsdvcqg: /XrdAdapter/RestService/forward/nhanhsdvcqg

  - name: portal-tax
    connector: dvc
    mapping: dvc/tax-notices
    sender: cong-dvcqg
    called:
      caller: address
      addresses: [10.0.0.0/8]
      secret: file:secrets/partner
      secret_header: X-Partner-Secret
      paths:
        nhantbthuedvcqg: /XrdAdapter/RestService/forward/nhantbthuedvcqg

  - name: one-window
    connector: mcdt
    mapping: mcdt/statistic
    agencies: [H31.08, H31.09]
    called: {}
"""


def promotion(code, **changes):
    """A notice with the members the receiver needs and some that no figure needs."""
    return {"MaHoSo": code, "MaSoThue": "0900000000", "MaTTHC": "2.000004", "TenThuongNhan": "Công ty Giả Lập", "NgayNopHoSo": "20250410081500",
            "NguoiLienHe": "Người Giả Lập Không Được Giữ", "TongGiaTriHangHoa": "150000000", "DiaChiDoanhNghiep": {"MaTinh": "33"}, **changes}


def statistic(**changes):
    return {"Month": 3, "Year": 2025, "SolvedInTimePercent": 94.44, "SolvedLatePercent": 5.56, "OrganizationInchargeIdlevel1": "H31", **changes}


class CalledHub(RunningHub):
    """A hub that four flows make callable; no system is simulated, the tests are the partners."""

    def __init__(self, flows=FLOWS):
        super().__init__(flows=(), edit_config=lambda text: text + flows)

    def prepare(self, secret=SECRET, expect=0):
        super().prepare()
        (self.folder / "secrets/partner").touch(mode=0o600)
        (self.folder / "secrets/partner").write_text(secret, encoding="utf-8")
        for connector in ("dvc", "mcdt"):
            self.lienthong("plugins", "trust", BUILD / f"lib/plugins/{connector}.so", expect=expect)

    def post(self, path, body, **headers):
        body = body if isinstance(body, (bytes, str)) else json.dumps(body, ensure_ascii=False)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        status, answered, text = self.call("POST", path, body.encode() if isinstance(body, str) else body, {"Content-Type": "application/json", **named})
        return status, answered, text.decode()

    def promote(self, body, secret=SECRET):
        status, _, text = self.post(PORTAL + "addtthcKhuyenMai?dstcode=VN%3AGOV%3A000.00.00.H31%3Aivt", body, X_Partner_Secret=secret)
        return status, json.loads(text) if text.startswith("{") else text

    def flow(self, name):
        return next(flow for flow in self.get("/v1/status")["flows"] if flow["flow"] == name)

    def messages(self):
        return self.get("/v1/status")["messages"]

    def facts(self):
        """Records in the store, once nothing waits."""
        return wait_for("nothing to wait", lambda: (status := self.get("/v1/status"))["messages"]["waiting"] == 0 and status)["sum"]["stored"]


class Called(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.running = CalledHub()
        cls.hub = cls.running.__enter__()
        cls.token = cls.hub.token("push", "pull", sender="mot-cua")
        cls.bearer = {"Authorization": f"Bearer {cls.token}"}

    @classmethod
    def tearDownClass(cls):
        cls.running.__exit__(None, None, None)

    def metric(self, flow, outcome):
        text = self.hub.call("GET", "/metrics")[2].decode()
        return sum(float(line.rsplit(" ", 1)[1]) for line in text.splitlines()
                   if line.startswith("lienthong_calls_total{") and f'flow="{flow}"' in line and f'outcome="{outcome}"' in line)

    def test_while_its_flow_is_paused_a_caller_gets_the_fallback_and_nothing_is_taken(self):
        before = self.hub.facts()
        self.hub.lienthong("flow", "pause", "portal-promotions", "--reason", "đang đối soát")
        try:
            paused = self.hub.promote(promotion("H31-250410-0900"))
            self.assertEqual(self.hub.facts(), before)
            shown = self.hub.flow("portal-promotions")
            self.assertEqual((shown["state"], shown["pause"]["reason"]), ("paused", "đang đối soát"))
        finally:
            self.hub.lienthong("flow", "resume", "portal-promotions")
        self.assertNotEqual(paused[1].get("error_code") if isinstance(paused[1], dict) else None, 0, paused)
        self.assertEqual(self.hub.promote(promotion("H31-250410-0900"))[1]["error_code"], 0)
        self.assertEqual(self.hub.facts(), before + 1)

    def test_a_good_notice_is_answered_in_the_portals_words_and_becomes_a_fact(self):
        before = self.hub.facts()
        status, answer = self.hub.promote(promotion("H31-250410-0001"))
        self.assertEqual((status, answer), (200, {"error_code": 0, "message": "H31-250410-0001| create dossier success"}))
        self.assertEqual(self.hub.facts(), before + 1)
        self.assertEqual(self.hub.flow("portal-promotions")["direction"], "called")
        self.assertGreater(self.metric("portal-promotions", "received"), 0)

    def test_a_notice_again_is_a_duplicate_and_kept_once(self):
        self.hub.promote(promotion("H31-250410-0002"))
        before = self.hub.messages()["journaled"]
        status, answer = self.hub.promote(promotion("H31-250410-0002"))
        self.assertEqual((status, answer["error_code"]), (200, 1))
        self.assertEqual(self.hub.messages()["journaled"], before)

    def test_other_content_under_a_known_code_is_kept_beside_it_and_flagged(self):
        self.hub.promote(promotion("H31-250410-0003"))
        before = self.hub.messages()
        self.assertEqual(self.hub.promote(promotion("H31-250410-0003", TongGiaTriHangHoa="7"))[1]["error_code"], 1)
        after = self.hub.messages()
        self.assertEqual((after["journaled"], after["conflicts"]), (before["journaled"] + 1, before["conflicts"] + 1))
        self.assertIn("received before", self.hub.flow("portal-promotions")["problem"])

    def test_what_no_figure_needs_is_nowhere_in_the_hubs_files(self):
        self.hub.promote(promotion("H31-250410-0004"))
        self.hub.facts()
        kept = b"".join(file.read_bytes() for file in (self.hub.folder / "data").iterdir() if file.is_file())
        self.assertIn(b"H31-250410-0004", kept)
        self.assertNotIn("Không Được Giữ".encode(), kept)

    def test_a_notice_without_a_needed_field_or_that_is_not_json_is_set_aside_with_its_reason(self):
        lacking = promotion("H31-250410-0005")
        del lacking["MaTTHC"]
        status, answer = self.hub.promote(lacking)
        self.assertEqual((status, answer["error_code"]), (200, -1))
        self.assertIn("MaTTHC", answer["message"])
        status, answer = self.hub.promote('{"MaHoSo": "H31-2504')
        self.assertEqual((status, answer), (500, "nội dung không phải JSON"))
        self.assertIn("not JSON", self.hub.flow("portal-promotions")["problem"])
        self.hub.facts()
        listed = self.hub.lienthong("--json", "quarantine", "list", "--limit", "1000", expect=1).stdout
        self.assertIn("the notice has no MaTTHC", listed)
        self.assertIn("the body is not JSON", listed)
        self.assertGreater(self.metric("portal-promotions", "set_aside"), 1)

    def test_a_wrong_secret_or_address_is_turned_away_and_an_operator_sees_it_without_the_secret(self):
        before = self.hub.messages()
        for status, text in (self.hub.promote(promotion("H31-250410-0006"), secret="mot-bi-mat-khac-0001"), self.hub.promote(promotion("H31-250410-0006"), secret=""),
                             self.hub.post(PORTAL + "nhanhsdvcqg", {"MaHoSo": "x"})[::2], self.hub.post(PORTAL + "nhanhsdvcqg/mot-bi-mat-khac-0001", {"MaHoSo": "x"})[::2],
                             self.hub.post(PORTAL + "nhantbthuedvcqg", {"MaHoSo": "x"}, X_Partner_Secret=SECRET)[::2]):
            self.assertEqual(status, 403, text)
            self.assertNotIn(SECRET, str(text))
        self.assertEqual(self.hub.messages(), before)
        wait_for("the standing", lambda: "calls from this address" in self.hub.flow("portal-tax")["problem"])
        seen = wait_for("the standing", lambda: self.hub.flow("portal-dossiers")["problem"])
        self.assertIn("does not bring the secret", seen)
        self.assertNotIn("mot-bi-mat-khac", json.dumps(self.hub.get("/v1/status")))
        self.assertEqual(self.metric("portal-tax", "turned_away"), 1)

    def test_a_secret_as_last_segment_of_the_path_lets_the_dossier_in_and_is_kept_nowhere(self):
        body = {"data": [{"MaHoSo": "H31-250410-0007", "MaTTHC": "1.009999", "ChuHoSo": "Người Giả Lập", "NgayTiepNhan": "20250410081500", "TrangThaiHoSo": "1"}]}
        before = self.hub.facts()
        status, _, text = self.hub.post(PORTAL + "nhanhsdvcqg/" + SECRET, body)
        self.assertEqual((status, json.loads(text)["error_code"]), (200, 0))
        self.assertEqual(self.hub.facts(), before + 1)
        kept = b"".join(file.read_bytes() for file in (self.hub.folder / "data").iterdir() if file.is_file())
        self.assertNotIn(SECRET.encode(), kept)

    def test_statistics_with_a_token_become_the_figures_of_the_catalogue(self):
        self.assertEqual(self.hub.post("/in/one-window/Statistic", statistic())[0], 401)
        pull = self.hub.token("pull")
        self.assertEqual(self.hub.post("/in/one-window/Statistic", statistic(), Authorization=f"Bearer {pull}")[0], 403)
        status, _, text = self.hub.post("/in/one-window/Statistic", statistic(), **self.bearer)
        self.assertEqual((status, json.loads(text)["Status"]), (200, 1))
        self.hub.facts()
        rows = self.hub.get("/v1/observations?indicator=A_XII_6&period_from=2025-03&period_to=2025-03", self.token)["observations"]
        self.assertEqual({row["measure"]: (row["value"], row["agency"], row["sender"]) for row in rows},
                         {"ON_TIME_PERCENT": ("94.44", "H31.08", "mot-cua"), "LATE_PERCENT": ("5.56", "H31.08", "mot-cua")})

    def test_a_token_of_another_agency_is_received_and_its_figures_refused(self):
        other = self.hub.token("push", sender="so-khac", agencies=("H31.09",))
        status, _, _ = self.hub.post("/in/one-window/Statistic", statistic(Month=2), Authorization=f"Bearer {other}")
        self.assertEqual(status, 200)
        self.hub.facts()
        self.assertIn("agency.not_allowed", self.hub.lienthong("--json", "quarantine", "list", "--limit", "1000", expect=1).stdout)
        self.assertEqual(self.hub.get("/v1/observations?indicator=A_XII_6&period_from=2025-02&period_to=2025-02", self.token)["observations"], [])

    def test_a_body_beyond_the_routes_limit_is_413_and_nothing_is_kept(self):
        before = self.hub.messages()
        status, _, text = self.hub.post("/in/one-window/Statistic", statistic(Note="x" * (1024 * 1024)), **self.bearer)
        self.assertEqual((status, json.loads(text)["code"]), (413, "http.body_too_large"))
        self.assertEqual(self.hub.messages(), before)
        self.assertEqual(self.metric("one-window", "too_large"), 1)

    def test_another_method_is_405_and_a_path_nearby_404(self):
        status, headers, _ = self.hub.call("GET", "/in/one-window/Statistic")
        self.assertEqual((status, headers["Allow"]), (405, "POST"))
        self.assertEqual(self.hub.post("/in/one-window/Statistics", statistic(), **self.bearer)[0], 404)

    def test_a_worker_killed_with_the_call_in_hand_is_replaced_and_the_answer_is_the_same(self):
        before = self.hub.facts()
        (worker,) = wait_for("the worker of the flow", lambda: self.worker_of("mcdt"))
        os.kill(worker, signal.SIGSTOP)
        answers = []
        caller = threading.Thread(target=lambda: answers.append(self.hub.post("/in/one-window/Statistic", statistic(Month=4), **self.bearer)))
        caller.start()
        wait_for("the call to be at work", lambda: self.hub.flow("one-window")["state"] == "working")
        os.kill(worker, signal.SIGKILL)
        caller.join(60)
        self.assertEqual((answers[0][0], json.loads(answers[0][2])["Message"]), (200, "đã tiếp nhận"))
        self.assertEqual(self.hub.facts(), before + 1)

    def worker_of(self, connector):
        found = workers(self.hub.hub.pid, connector)
        return found if len(found) == 1 else None

    def test_a_hub_killed_once_the_message_is_journaled_counts_the_partners_repeat_once(self):
        for number in range(3):
            code = f"H31-250411-{number:04d}"
            before = self.hub.messages()["journaled"]
            connection = self.hub.connect()
            connection.request("POST", PORTAL + "addtthcKhuyenMai", json.dumps(promotion(code)), {"X-Partner-Secret": SECRET})
            wait_for("the journal", lambda: self.hub.messages()["journaled"] == before + 1)
            self.hub.kill_hub()
            connection.close()
            self.hub.start_hub()
            self.assertEqual(self.hub.promote(promotion(code))[1]["error_code"], 1)
            self.hub.facts()
            self.assertEqual(self.hub.messages()["journaled"], before + 1)
        self.assertIn("everything agrees", self.hub.lienthong("reconcile").stdout)


class NotOpenedByMistake(unittest.TestCase):
    """What would open a door wrongly is a problem when the hub starts, in words."""

    def refused(self, flows, secret=SECRET):
        hub = CalledHub(flows)
        try:
            hub.prepare(secret, expect=None)
            done = subprocess.run([BUILD / "bin/lienthong", "--config", hub.config, "serve"], capture_output=True, text=True, check=False, timeout=60)
            self.assertNotEqual(done.returncode, 0)
            return done.stdout + done.stderr
        finally:
            hub.__exit__(None, None, None)

    def flow(self, name, called, connector="mcdt", mapping="mcdt/statistic"):
        return f"\n\n  - name: {name}\n    connector: {connector}\n    mapping: {mapping}\n    agencies: [H31.08]\n    called: {called}\n"

    def test_a_path_taken_twice_or_by_the_hub_itself_is_named(self):
        said = self.refused(self.flow("a", "{paths: {Statistic: /in/x/y}}") + self.flow("b", "{paths: {Vote: /in/x/y}}"))
        self.assertIn("two routes would be called at one path", said)
        said = self.refused(self.flow("a", "{prefix: /v1}"))
        self.assertIn("a path of the hub itself", said)

    def test_a_secret_segment_behind_one_path_may_not_be_another_path(self):
        partner = "caller: address, addresses: [127.0.0.1], secret: file:secrets/partner"
        said = self.refused(self.flow("a", "{" + partner + ", paths: {Vote: /in/x}}") + self.flow("b", "{paths: {Statistic: /in/x/y}}"))
        self.assertIn("two routes would be called at one path", said)

    def test_an_unknown_route_a_short_secret_and_a_network_that_is_none_are_told_together(self):
        said = self.refused(self.flow("a", "{caller: address, addresses: [nowhere], secret: file:secrets/partner, paths: {NoSuch: /in/x/y}}"), secret="ngan")
        for sentence in ("no such route", "the secret cannot be used", "no address and no network"):
            self.assertIn(sentence, said)

    def test_a_connector_that_only_is_called_needs_its_section(self):
        said = self.refused("\n\n  - name: a\n    connector: mcdt\n    mapping: mcdt/statistic\n")
        self.assertIn("asks nothing, it is called", said)

    def test_address_without_secret_or_secret_without_address_is_refused_before_anything_starts(self):
        said = self.refused(self.flow("a", "{caller: address, addresses: [127.0.0.1]}"))
        self.assertIn("flows.called.secret", said)
        said = self.refused(self.flow("a", "{secret: file:secrets/partner}"))
        self.assertIn("caller: address", said)


if __name__ == "__main__":
    unittest.main()

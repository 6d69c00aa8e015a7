"""Acting on what a source holds otherwise than the hub: fetched again, withdrawn, accepted; nothing twice, whatever is killed."""
import csv
import io
import json
import subprocess
import unittest

from hub_with_flows import BUILD, ROOT, HubWithFlows, wait_for

FLOW = """  - name: gia
    connector: market_price
    mapping: market_price/prices
    agencies: ["*"]
    interval_secs: 1
    settings:
      base_url: {address}
      api_key: file:secrets/gia
      first_period: 2025-03
      lookback_periods: 1
"""
HOURLY = FLOW.replace("    interval_secs: 1\n", "    interval_secs: 1\n    reconcile_every_hours: 1\n    reconcile_days: 900\n")
SINCE = ("--since", "2025-03-01")
GOLD, DOLLAR = "VANG_9999", "USD"


class Register(HubWithFlows):
    """A hub and the register of market prices, whose content a test alters. Figures of a year and more ago are not asked for again."""

    def __init__(self, flow=FLOW, hidden=()):
        super().__init__("market_price", "", {"gia": b"khoa-gia-khong-that"})
        self.hidden = list(hidden)
        self.edit_config = lambda text: text + "\n\n" + flow.replace("{address}", self.addresses.get("market_price", "https://127.0.0.1:1"))

    def prepare(self):
        super().prepare()
        self.simulators = self.program("register", ["python3", ROOT / "tests/simulators/market_price.py", "--port", "0", "--certificate",
                                                    self.pki / "simulators/nrs.pem", "--key", self.pki / "simulators/nrs.key"], "ready")
        self.addresses["market_price"] = self.simulators.ready_line.split()[-1]
        self.write_config()
        self.alter(hide=self.hidden)

    def alter(self, **order):
        self.ask_simulator("market_price", "/_control", order)

    def compared(self, *words, expect=0):
        return json.loads(self.lienthong("--json", "reconcile", "gia", *SINCE, *words, expect=expect).stdout)

    def differences(self):
        found = self.compared(expect=None)
        return {one["id"]: one["difference"] for one in found["differences"] if "accepted" not in one}

    def history(self, month):
        """What each good was told to be in a month, in order."""
        rows = self.get(f"/v1/observations?history=true&period_from={month}&period_to={month}", self.reader)["observations"]
        out = {}
        for row in rows:
            out.setdefault(row["indicator"] + "/" + row["measure"], []).append(row["value"])
        return out

    @property
    def reader(self):
        if not hasattr(self, "_reader"):
            self._reader = self.token("pull")
        return self._reader

    def messages(self):
        return self.get("/v1/status")["messages"]["journaled"]


class Acting(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.running = Register(HOURLY, hidden=["2025-06"])
        cls.hub = cls.running.__enter__()
        wait_for("the prices", lambda: cls.hub.flow("gia").get("last_success") and cls.hub.sealed())
        cls.by_itself = wait_for("a comparison nobody asked for", lambda: cls.hub.get("/v1/reconciliations")["reconciliations"][0].get("at")
                                 and cls.hub.get("/v1/reconciliations")["reconciliations"][0])

    @classmethod
    def tearDownClass(cls):
        cls.running.__exit__(None, None, None)

    def setUp(self):
        self.assertEqual(self.hub.differences(), {})

    def problem(self, *words):
        done = self.hub.lienthong("--json", "reconcile", "gia", *words, expect=2)
        return json.loads(done.stdout)["problems"][0]["code"]

    def test_a_flow_is_compared_by_itself_where_its_settings_say_how_often(self):
        self.assertEqual((self.by_itself["flow"], self.by_itself["who"], self.by_itself["problem"]), ("gia", "lienthong serve", ""))

    def test_an_item_that_never_came_is_fetched_once(self):
        self.hub.alter(show=["2025-06"])
        self.assertEqual(self.hub.differences(), {"gia/2025-06/1": "absent"})
        self.assertEqual(self.hub.history("2025-06"), {})
        before = self.hub.messages()
        found = self.hub.compared("fetch", "gia/2025-06/1")
        self.assertEqual([one["outcome"] for one in found["outcomes"]], ["fetched"])
        self.assertEqual(found["differences"], [])
        self.assertEqual({len(told) for told in self.hub.history("2025-06").values()}, {1})
        self.assertEqual(self.problem("fetch", "gia/2025-06/1"), "reconciliation.item")
        self.assertEqual(self.hub.messages(), before + 1)

    def test_what_is_open_stays_to_be_seen_while_the_source_is_away(self):
        self.hub.alter(hide=["2025-08"])
        self.assertEqual(self.hub.differences(), {"gia/2025-08/1": "unlisted"})
        self.hub.ask_simulator("market_price", "/_control", {"misbehave": "refuse"})
        self.assertEqual(self.problem(), "flow.listing")
        shown = self.hub.get("/v1/reconciliations?flow=gia")["reconciliations"][0]
        self.assertEqual([one["id"] for one in shown["differences"]], ["gia/2025-08/1"])
        self.assertGreater(shown["failed_at"], shown["at"])
        self.assertIn("503", shown["problem"])
        self.hub.ask_simulator("market_price", "/_control", {"misbehave": "none"})
        self.hub.alter(show=["2025-08"])
        self.assertEqual(self.hub.differences(), {})
        self.assertNotIn("failed_at", self.hub.get("/v1/reconciliations?flow=gia")["reconciliations"][0])

    def test_an_item_that_was_changed_there_is_fetched_as_a_revision(self):
        name, told = next(iter(self.hub.history("2025-04").items()))
        self.hub.alter(change={f"2025-04/{GOLD}": "9.999,5", f"2025-04/{DOLLAR}": "9.999,5"})
        self.assertEqual(self.hub.differences(), {"gia/2025-04/1": "other"})
        self.assertEqual(self.hub.compared("fetch", "gia/2025-04/1")["differences"], [])
        self.assertEqual(self.hub.history("2025-04")[name], [told[0], "9999.5"])

    def test_an_item_that_was_added_there_is_fetched(self):
        self.hub.alter(add={"2026-01/" + DOLLAR: "26.000"})
        self.assertEqual(self.hub.differences(), {"gia/2026-01/1": "absent"})
        self.assertEqual(self.hub.compared("fetch", "gia/2026-01/1")["differences"], [])
        self.assertEqual(list(self.hub.history("2026-01").values()), [["26000"]])

    def test_the_figures_of_a_lost_item_are_withdrawn_for_a_reason_and_stay_readable(self):
        before = self.hub.history("2025-05")
        self.hub.alter(lose=["2025-05"])
        self.assertEqual(self.hub.differences(), {"gia/2025-05/1": "unlisted"})
        self.assertEqual(self.problem("fetch", "gia/2025-05/1"), "reconciliation.action")
        self.assertEqual(self.problem("withdraw", "gia/2025-05/1", "--reason", " "), "reconciliation.reason")
        shown = self.hub.compared("withdraw", "gia/2025-05/1", "--reason", "rút theo công văn 12", "--dry-run", expect=1)
        self.assertEqual(len(shown["outcomes"][0]["figures"]), len(before))
        self.assertEqual(self.hub.history("2025-05"), before)

        found = self.hub.compared("withdraw", "gia/2025-05/1", "--reason", "rút theo công văn 12", "--who", "Nguyễn Văn A")
        self.assertEqual(found["differences"], [])
        self.assertEqual(self.hub.history("2025-05"), {name: [told[0], None] for name, told in before.items()})
        wait_for("the withdrawal to be sealed", self.hub.sealed)
        row = [one for one in self.hub.get("/v1/observations?period_from=2025-05&period_to=2025-05", self.hub.reader)["observations"]][0]
        self.assertEqual((row["availability"], row["flow"]), ("not_available", "gia"))
        # The seal is over the message that has the reason.
        leaf = json.loads(self.hub.get(f"/v1/observations/{row['revision']}/proof", self.hub.reader)["leaf"])
        message = json.loads(self.hub.lienthong("--json", "explain", str(row["revision"])).stdout)["message"]
        self.assertEqual((message["sha256"], message["source"]), (leaf["payload_sha256"], "hub.reconciliation"))
        told = self.hub.get(f"/v1/submissions/{row['submission']}", self.hub.token("push", sender="kiem-tra"))
        self.assertIn("Nguyễn Văn A: rút theo công văn 12", json.dumps(told, ensure_ascii=False))
        acts = self.hub.get("/v1/reconciliations?flow=gia")["reconciliations"][0]["acts"]
        self.assertIn(("withdraw", "withdrawn", "Nguyễn Văn A"), [(one["action"], one["outcome"], one["who"]) for one in acts])

    def test_an_item_that_comes_back_unchanged_gets_its_figures_back(self):
        before = self.hub.history("2025-07")
        self.hub.alter(hide=["2025-07"])
        self.hub.compared("withdraw", "gia/2025-07/1", "--reason", "nguồn báo rút")
        self.hub.alter(show=["2025-07"])
        self.assertEqual(self.hub.differences(), {"gia/2025-07/1": "withdrawn"})
        found = self.hub.compared("fetch", "gia/2025-07/1")
        self.assertEqual([one["outcome"] for one in found["outcomes"]], ["restored"])
        self.assertEqual(self.hub.history("2025-07"), {name: [told[0], None, told[0]] for name, told in before.items()})

    def test_an_accepted_difference_stays_so_until_a_side_changes(self):
        self.hub.alter(hide=["2025-08"])
        found = self.hub.compared("accept", "gia/2025-08/1", "--reason", "nguồn đang bảo trì", "--who", "Trần Thị B")
        self.assertEqual(found["differences"][0]["accepted"]["who"], "Trần Thị B")
        self.assertEqual(self.hub.compared()["open"], 0)
        rows = list(csv.DictReader(io.StringIO(self.hub.lienthong("reconcile", "gia", *SINCE, "--csv").stdout)))
        self.assertEqual([(row["id"], row["accepted_by"]) for row in rows], [("gia/2025-08/1", "Trần Thị B")])
        self.hub.alter(show=["2025-08"], change={f"2025-08/{DOLLAR}": "26.001"})
        self.assertEqual(self.hub.differences(), {"gia/2025-08/1": "other"})
        self.hub.compared("fetch", "gia/2025-08/1")

    def test_the_running_hub_takes_orders_from_whoever_may_operate_it(self):
        def order(token, **body):
            status, _, answer = self.hub.call("POST", "/v1/reconciliations?flow=gia", json.dumps(body),
                                              {"Authorization": f"Bearer {token}", "Content-Type": "application/json"})
            return status, json.loads(answer)
        operator = self.hub.token("operate", sender="truc-van-hanh")
        self.assertEqual(order(self.hub.reader, action="compare", since="2025-03-01")[0], 403)
        self.assertEqual(order(operator, action="compare", since="2025-03-01")[1]["differences"], [])
        self.hub.alter(hide=["2025-09"])
        status, found = order(operator, action="compare")
        self.assertEqual([(one["difference"], one["actions"]) for one in found["differences"]], [("unlisted", ["withdraw", "accept"])])
        self.assertEqual(order(operator, action="withdraw", items=["gia/2025-09/1"])[1]["code"], "reconciliation.reason")
        self.assertEqual(order(operator, action="drop")[1]["code"], "parameter.bad")
        status, found = order(operator, action="withdraw", items=["gia/2025-09/1"], reason="nguồn báo rút")
        self.assertEqual((status, found["differences"], found["outcomes"][0]["outcome"]), (200, [], "withdrawn"))
        self.hub.alter(show=["2025-09"])
        status, found = order(operator, action="fetch", items=["gia/2025-09/1"])
        self.assertEqual((status, found["differences"], found["outcomes"][0]["outcome"]), (200, [], "restored"))
        shown = self.hub.get("/v1/reconciliations")["reconciliations"][0]
        self.assertEqual((shown["flow"], shown["open"], shown["can_ask"]), ("gia", 0, True))
        self.assertTrue(any(one["who"].startswith("truc-van-hanh (T-") for one in shown["acts"]))
        status, headers, table = self.hub.call("GET", "/v1/reconciliations?flow=gia&format=csv")
        self.assertEqual((status, table.decode().splitlines()[0][:14]), (200, "difference,id,"))


class Killed(unittest.TestCase):
    def test_what_is_killed_in_the_middle_of_acting_and_ordered_again_does_nothing_twice(self):
        months = ["2025-04", "2025-05", "2025-06"]
        with Register() as hub:
            wait_for("the prices", lambda: hub.flow("gia").get("last_success") and hub.sealed())
            before = {month: hub.history(month) for month in months}
            items = [f"gia/{month}/1" for month in months]

            hub.alter(hide=months)
            for part in (0.3, 0.6, 0.8):
                self.kill_after(hub, ("withdraw", *items, "--reason", "nguồn báo rút"), part)
            self.finish(hub, ("withdraw", *items, "--reason", "nguồn báo rút"))
            for month in months:
                self.assertEqual(hub.history(month), {name: [told[0], None] for name, told in before[month].items()})
            hub.alter(show=months)
            hub.kill_hub()
            for part in (0.4, 0.7):
                self.kill_after(hub, ("fetch", *items), part)
            self.finish(hub, ("fetch", *items))
            hub.start_hub()
            wait_for("everything sealed", hub.sealed)
            for month in months:
                self.assertEqual(hub.history(month), {name: [told[0], None, told[0]] for name, told in before[month].items()})
            self.assertEqual(hub.differences(), {})
            hub.lienthong("reconcile")

    @staticmethod
    def command(hub, words):
        return [BUILD / "bin/lienthong", "--config", hub.config, "--json", "reconcile", "gia", *SINCE, *words]

    def kill_after(self, hub, words, seconds):
        """However far it has come by then; what it says does not matter."""
        child = subprocess.Popen(self.command(hub, words), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            child.wait(seconds)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()

    def finish(self, hub, words):
        """What the killed ones left, until nothing is; an item that is done with is no difference any more."""
        for _ in range(5):
            left = hub.differences()
            if not left:
                return
            subprocess.run(self.command(hub, [words[0], *left, *words[words.index("--reason"):]] if "--reason" in words else [words[0], *left]),
                           capture_output=True, check=False)
        self.fail(f"left over: {left}")


if __name__ == "__main__":
    unittest.main()

"""The whole walk: figures of the four simulated systems end sealed in the store, and sealed figures go out again."""
import json
import shutil
import unittest

from running_hub import CONNECTORS, ROOT, RunningHub, wait_for


class Walk(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.running = RunningHub()
        cls.hub = cls.running.__enter__()
        cls.token = cls.hub.token("pull")

    @classmethod
    def tearDownClass(cls):
        cls.running.__exit__(None, None, None)

    def settled(self):
        """Every flow in has come round, nothing waits, everything is sealed."""
        status = self.hub.get("/v1/status")
        sources = [flow for flow in status["flows"] if flow["direction"] == "in" and flow["connector"] != "push"]
        computed = all(flow["state"] == "waiting" for flow in sources if flow["connector"] == "compute")
        good = computed and all(flow.get("last_success") for flow in sources) and status["messages"]["waiting"] == 0 and self.hub.sealed()
        return status if good else None

    def test_1_figures_of_all_four_arrive_sealed_under_standard_codes(self):
        status = wait_for("all four systems", self.settled)
        rows = self.hub.changes(self.token)
        counts = {connector: sum(row["connector"] == connector for row in rows) for connector in CONNECTORS}
        self.assertTrue(all(counts.values()), counts)
        self.assertTrue(status["sum"]["holds"])
        self.assertIn("A_I_1", {row["indicator"] for row in rows})
        cpi = [row for row in rows if (row["indicator"], row["measure"], row["period"]) == ("A_I_1", "VS_PREVIOUS_MONTH", "2025-03")]
        self.assertEqual([(row["value"], row["area"], row["connector"]) for row in cpi], [("0.16", "GSO:33", "nrs")])
        accidents = [row for row in rows if (row["indicator"], row["measure"], row["period"]) == ("A_X_3", "ACCIDENTS", "2025-03")]
        self.assertEqual([(row["value"], row.get("window"), row["connector"]) for row in accidents], [("17", "2025-02-15/2025-03-14", "qlvb")])

    def test_2_a_figure_without_a_line_is_refused_by_name_and_nothing_else_is(self):
        wait_for("all four systems", self.settled)
        refused = [json.loads(line) for line in self.hub.lienthong("--json", "quarantine", "list", "--limit", "1000", expect=1).stdout.splitlines()]
        self.assertTrue(refused)
        for entry in refused:
            self.assertEqual((entry["flow"], entry["problems"][0]["code"]), ("lgsp-monthly", "lookup.missing"))
            self.assertIn("NVHD", entry["problems"][0]["found"])

    def test_3_a_document_is_acknowledged_after_it_is_journaled_and_only_then_leaves_the_list(self):
        wait_for("all four systems", self.settled)
        log = self.hub.ask_simulator("qlvb", "/_log")
        documents = [row for row in self.hub.changes(self.token) if row["connector"] == "qlvb"]
        self.assertTrue(log["acknowledged"])
        self.assertEqual(log["refused"], [])
        self.assertTrue(documents)

    def test_4_sealed_figures_are_delivered_once_with_a_receipt(self):
        def delivered():
            flow = next(flow for flow in self.hub.get("/v1/status")["flows"] if flow["flow"] == "nrs-push")
            box = flow["outbox"]
            return box if box["delivered"] and not box["pending"] + box["attempting"] + box["unknown"] else None
        box = wait_for("the outbox to empty", delivered)
        self.assertEqual((box["failed"], box["ask_person"]), (0, 0))
        packets = self.hub.ask_simulator("nrs", "/_log")["packets"]
        names = [packet["maGoiTin"] for packet in packets]
        self.assertEqual(len(names), box["delivered"])
        self.assertEqual(len(names), len(set(names)))

    def test_5_systems_that_misbehave_are_caught_up_with_and_nothing_is_lost_or_doubled(self):
        before = wait_for("all four systems", self.settled)
        rows = len(self.hub.changes(self.token))
        for connector, how in (("nrs", "html502"), ("lgsp", "expire"), ("qlvb", "reset"), ("dvc", "expire")):
            self.hub.ask_simulator(connector, "/_control", {"misbehave": how, "times": 2})
        polled = {flow["flow"]: flow.get("last_attempt") for flow in before["flows"]}
        wait_for("every flow to come round twice", lambda: all(
            flow["state"] == "waiting" and flow.get("last_attempt") != polled[flow["flow"]] and not flow["problem"]
            for flow in self.hub.get("/v1/status")["flows"] if flow["connector"] != "push"))
        after = wait_for("all four systems", self.settled)
        self.assertEqual(len(self.hub.changes(self.token)), rows)
        self.assertTrue(after["sum"]["holds"])

    def test_6_a_restart_loses_nothing_and_adds_nothing(self):
        wait_for("all four systems", self.settled)
        rows = [row["revision"] for row in self.hub.changes(self.token)]
        self.assertEqual(self.hub.stop_hub(), 0)
        self.hub.start_hub()
        wait_for("all four systems again", self.settled)
        self.assertEqual([row["revision"] for row in self.hub.changes(self.token)], rows)
        self.assertIn("everything agrees", self.hub.lienthong("reconcile").stdout)

    def test_7_a_mended_mapping_lets_quarantined_records_in(self):
        wait_for("all four systems", self.settled)
        before = self.hub.get("/v1/status")["sum"]
        own = self.hub.folder / "mappings"
        shutil.copytree(ROOT / "mappings", own)
        with open(own / "lgsp/codes.csv", "a", encoding="utf-8") as codes:
            codes.write("NVHD/TT,A_III_4,VALUE,,Nguồn vốn huy động\n")
        self.hub.config.write_text(self.hub.config.read_text().replace(f"mappings: {ROOT / 'mappings'}\n", f"mappings: {own}\n"))
        self.hub.lienthong("check")
        self.hub.lienthong("replay", "--flow", "lgsp-monthly")
        after = self.hub.get("/v1/status")["sum"]
        self.assertEqual(after["received"], before["received"])
        self.assertLess(after["refused"], before["refused"])
        self.assertTrue(after["holds"])


if __name__ == "__main__":
    unittest.main()

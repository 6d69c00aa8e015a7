"""The simulated systems go wrong as tests/simulators/data/every-fault.json says, once each, and a hub gets over all of it by itself:
it has what a hub beside well systems has but for what came damaged, nothing twice, and its log says what happened."""
import json
import unittest
from collections import Counter

from running_hub import CONNECTORS, ROOT, RunningHub, wait_for

SCENARIO = json.loads((ROOT / "tests/simulators/data/every-fault.json").read_text(encoding="utf-8"))
TELLS_A_FIGURE = ("flow", "indicator", "measure", "period", "area", "agency", "breakdown", "vintage", "value")
# What an operator reads of each flow, in its log.
SAID = {
    "nrs-indicators": ("status 500", "the system says: Hệ thống đang bận"),
    "nrs-push": ("the connection was lost while the answer was awaited",),
    "lgsp-monthly": ("status 429; it is asked again after the pause", "without the same kyBaoCao and trang"),
    "qlvb-reports": ("updateStatus done of", "status 502"),
    "dvc-statistics": ("the deadline of 3 s for the beginning of an answer passed",),
    "dvc-dossiers": ("somebody has to act", "it points to http://169.254.169.254", "the hub follows no redirect"),
}


def impatient(text):
    """A login that stalls is given up after seconds, and no flow rests for long, whoever should act."""
    text = text.replace("interval_secs: 1\n", "interval_secs: 1\n    longest_pause_secs: 1\n")
    return text.replace("\ntrust:", "\noutward:\n  first_byte_secs: 3\n  breaker_rest_secs: 1\n\ntrust:")


class EveryFault(unittest.TestCase):
    maxDiff = None

    def figures(self, hub):
        """How often each figure was told, corrections included; computed ones are told as facts come, so not alike twice."""
        page = hub.get("/v1/observations?history=true&limit=5000", hub.token("pull"))
        self.assertFalse(page["more"])
        return Counter(tuple(row[name] for name in TELLS_A_FIGURE) for row in page["observations"] if row["flow"] != "computed")

    def is_well(self, hub):
        """Every flow that asks or sends has done so, has no problem, and what came is sealed."""
        flows = [flow for flow in hub.get("/v1/status")["flows"] if flow["connector"] in CONNECTORS]
        return all(flow["state"] == "waiting" and not flow["problem"] and flow["last_success"] for flow in flows) and hub.sealed()

    def said(self, hub, flow):
        return "".join(line for line in hub.hub.told.lines if line.startswith(f"flow {flow}: "))

    def has_told(self, hub, system):
        told = {entry["misbehave"] for entry in hub.ask_simulator(system, "/_log")["requests"]}
        return {fault["fault"] for fault in SCENARIO[system]["faults"]} <= told

    def test_a_hub_gets_over_each_by_itself(self):
        with RunningHub() as hub:
            wait_for("the figures", lambda: self.is_well(hub))
            expected = self.figures(hub)
        with RunningHub(scenario=SCENARIO, edit_config=impatient) as hub:
            wait_for("every fault to be told", lambda: all(self.has_told(hub, system) for system in CONNECTORS))
            wait_for("the hub to be well", lambda: self.is_well(hub))
            found = self.figures(hub)
            self.assertTrue(hub.get("/v1/status")["sum"]["holds"])
            self.assertIn("everything agrees", hub.lienthong("reconcile").stdout)
            refused = [json.loads(line) for line in hub.lienthong("--json", "quarantine", "list", expect=None).stdout.splitlines()]
            wait_for("the log to say so", lambda: all("works again" in self.said(hub, flow) for flow in SAID))
            said = {flow: self.said(hub, flow) for flow in SAID}
        self.assertEqual(found - expected, Counter(), "told twice, or otherwise")
        damaged = [entry["sender"] for entry in refused if entry["flow"] == "qlvb-reports"]
        self.assertEqual(len(damaged), 1, refused)
        lost = {dict(zip(TELLS_A_FIGURE, figure))["agency"] for figure in expected - found}
        self.assertEqual(lost, set(damaged), "nothing but the damaged document is missing")
        for flow, words in SAID.items():
            for word in words:
                self.assertIn(word, said[flow])


if __name__ == "__main__":
    unittest.main()

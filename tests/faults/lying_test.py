"""A source that lies: each lie ends with a reason an operator understands, nothing false is stored, nobody else waits for it.

Every lie has a flow of its own, with a real connector behind a real hub, and all of them lie at the same time. Then all tell the
truth, and every flow must get over it by itself. Prints the table; with LIENTHONG_RESULTS, writes it to that file as JSON too.
"""
import json
import os
import pathlib
import sys
import threading
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "end_to_end"))
from lying_source import Source  # noqa: E402
from running_hub import BUILD, RunningHub, record, wait_for  # noqa: E402

CONNECTOR, DIALECT = "lgsp", "WSO2"
PATIENCE_SECS = 600
FLOW = """
  - name: {slug}
    connector: lgsp
    mapping: lgsp/monthly-figures
    sender: {slug}
    agencies: [H31.02]
    interval_secs: 10
    longest_pause_secs: 5
    settings:
      base_url: {base_url}
      token_path: /{slug}/token
      api_path: /{slug}/kinhte/1.0
      first_period: 2024-12
      consumer_key: file:secrets/lgsp-key
      consumer_secret: file:secrets/lgsp-secret
"""


class LyingHub(RunningHub):
    """A hub with one honest source, and one flow for each lie."""

    def __init__(self):
        super().__init__(flows=("nrs",), edit_config=self.with_lies)
        self.source = None

    def with_lies(self, config):
        if self.source is None:
            self.source = Source(self.pki / "simulators/lgsp.pem", self.pki / "simulators/lgsp.key")
        # A way out would tell the honest source figures it does not have.
        config = config.split("\n  - name: nrs-push\n")[0] + "\n"
        return config + "".join(FLOW.format(slug=lie.slug, base_url=lie.base_url) for lie in self.source.lies)

    def prepare(self):
        super().prepare()
        self.lienthong("plugins", "trust", BUILD / f"lib/plugins/{CONNECTOR}.so")

    def __exit__(self, *about):
        if self.source is not None:
            self.source.close()
        super().__exit__(*about)


class Neighbour(threading.Thread):
    """Pushes a figure again and again, and remembers how long each answer took."""

    def __init__(self, hub, name, whole):
        super().__init__(daemon=True)
        self.hub, self.called, self.whole = hub, name, whole
        self.token = hub.token("push", "pull", sender=name)
        self.stop = threading.Event()
        self.took, self.wrong = [], []

    def run(self):
        for number in range(1_000_000):
            begun = time.monotonic()
            status, _, answer = self.hub.push(self.token, f"lying-{self.called}-{number:06d}", [record(value=f"{self.whole}.{number:06d}")])
            self.took.append(time.monotonic() - begun)
            if status != 200 or answer["verdicts"][0]["verdict"] != "stored":
                self.wrong.append(answer)
            if self.stop.wait(0.2):
                return

    def end(self):
        self.stop.set()
        self.join()


class Lying(unittest.TestCase):
    maxDiff = None

    def test_each_lie_is_told_to_the_operator_and_stored_by_nobody_and_the_truth_is_taken_afterwards(self):
        with LyingHub() as hub:
            lies = hub.source.lies
            self.assertGreaterEqual(len(lies), 40)
            process = hub.hub.pid
            neighbour = Neighbour(hub, "neighbour", 1)
            neighbour.start()
            try:
                shown = self.wait_until_every_lie_shows(hub, lies)
                honest_before = self.flow(hub, "nrs-indicators")["last_success"]
                wait_for("the honest source to be asked meanwhile", lambda: self.flow(hub, "nrs-indicators")["last_success"] > honest_before)
            finally:
                neighbour.end()
            false = self.falsehoods(hub, neighbour.token, lies)
            hub.source.stop_lying()
            recovered = self.wait_until_the_truth_is_stored(hub, neighbour.token, lies)
            false |= self.falsehoods(hub, neighbour.token, lies)
            quiet = Neighbour(hub, "quiet", 2)
            quiet.start()
            wait_for("as many pushes without lies", lambda: len(quiet.took) >= min(100, len(neighbour.took)))
            quiet.end()
            self.tell(lies, shown, false, recovered, neighbour.took, quiet.took)

            for lie in lies:
                with self.subTest(lie.name):
                    self.assertTrue(lie.is_told(*shown[lie.slug][:2]), f"{shown[lie.slug]}, not {lie.shows} {lie.code}")
                    self.assertNotIn(lie.slug, false)
                    self.assertIn(lie.slug, recovered)
                    self.assertNotIn(lie.world.falsehood, shown[lie.slug][2], "the words show the payload")
            self.assertEqual(neighbour.wrong, [])
            self.assertEqual(hub.source.trapped, 0, "a redirect was followed")
            self.assertEqual((hub.hub.poll(), hub.hub.pid), (None, process), "the hub ended over a lie")
            status = hub.get("/v1/status")
            self.assertTrue(status["healthy"], status["reasons"])
            self.assertTrue(status["sum"]["holds"])
            self.assertIn("everything agrees", hub.lienthong("reconcile").stdout)

    def flow(self, hub, name):
        return next(flow for flow in hub.get("/v1/status")["flows"] if flow["flow"] == name)

    def shown_now(self, hub):
        """(flow, where it shows, code) -> words: everything an operator reads of each flow now."""
        shown = {}
        for flow in hub.get("/v1/status")["flows"]:
            if flow["problem"]:
                words, _, code = flow["problem"].rpartition(" [")
                shown[flow["flow"], "flow", code.rstrip("]")] = words
        for line in hub.lienthong("--json", "quarantine", "list", "--limit", "10000", expect=None).stdout.splitlines():
            entry = json.loads(line)
            for problem in entry["problems"]:
                shown[entry["flow"], "quarantine", problem["code"]] = f"{problem['title_en']} {problem['remedy_en']}"
        return shown

    def wait_until_every_lie_shows(self, hub, lies):
        """slug -> (where, code, words): as expected, else whatever else was told of the flow last."""
        right, other = {}, {}

        def all_shown():
            for (flow, where, code), words in self.shown_now(hub).items():
                lie = next((lie for lie in lies if lie.slug == flow), None)
                if lie is not None:
                    (right if lie.is_told(where, code) else other)[flow] = (where, code, words)
            return len(right) == len(lies)

        try:
            wait_for("every lie to show", all_shown, PATIENCE_SECS)
        except AssertionError:
            pass
        return {lie.slug: right.get(lie.slug, other.get(lie.slug, ("nowhere", "", ""))) for lie in lies}

    def observed(self, hub, token):
        """period and value of what each lie's sender brought into the store, every revision."""
        rows, after = [], ""
        while True:
            page = hub.get(f"/v1/observations?history=true&limit=5000&indicator=A_II_2{after}", token)
            rows += page["observations"]
            if not page["more"]:
                return rows
            after = f"&after={page['observations'][-1]['revision']}"

    def falsehoods(self, hub, token, lies):
        """Slugs of the lies of which something false stands in the store."""
        stored = {row["value"] for row in self.observed(hub, token)}
        return {lie.slug for lie in lies if any(lie.world.falsehood in (value or "") for value in stored)}

    def wait_until_the_truth_is_stored(self, hub, token, lies):
        wanted = {lie.slug: (lie.world.period, lie.world.truth) for lie in lies}
        recovered = set()

        def all_recovered():
            stored = {(row["period"], row["value"]) for row in self.observed(hub, token)}
            well = {flow["flow"] for flow in hub.get("/v1/status")["flows"] if flow["state"] == "waiting" and not flow["problem"]}
            recovered.update(slug for slug, truth in wanted.items() if truth in stored and slug in well)
            return len(recovered) == len(wanted)

        try:
            wait_for("every flow to take the truth", all_recovered, PATIENCE_SECS)
        except AssertionError:
            pass
        return recovered

    @staticmethod
    def times(took):
        took = sorted(took)
        return f"{len(took)}, median {took[len(took) // 2] * 1000:.0f} ms, p99 {took[len(took) * 99 // 100] * 1000:.0f} ms"

    def tell(self, lies, shown, false, recovered, took, quiet):
        rows, good = [], 0
        for lie in lies:
            where, code, words = shown[lie.slug]
            told = lie.is_told(where, code)
            right = told and lie.slug not in false and lie.slug in recovered
            good += right
            remark = "" if told else f" (expected {lie.shows} {lie.code})"
            remark += " STORED" if lie.slug in false else ""
            remark += " NOT RECOVERED" if lie.slug not in recovered else ""
            rows.append({"connector": CONNECTOR, "dialect": DIALECT, "fault": "lie: " + lie.name, "green": right})
            plain = "".join(c if c.isprintable() else "?" for c in words[:110])
            print(f"{'ok ' if right else 'BAD'} {lie.name:<46} {where:<10} {code:<24} {plain}{remark}")
        print(f"{good}/{len(lies)} lies told and got over; a neighbour's pushes meanwhile: {self.times(took)}; without lies: {self.times(quiet)}")
        if os.environ.get("LIENTHONG_RESULTS"):
            pathlib.Path(os.environ["LIENTHONG_RESULTS"]).write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    unittest.main()

"""Figures computed from the portal's dossiers: counted here in another way, through kills of the hub, and told again when they change."""
import csv
import datetime
import random
import shutil
import sys
import time
import unittest

from running_hub import ROOT, RunningHub, wait_for

sys.path.insert(0, str(ROOT / "tests/simulators"))
import dossiers  # noqa: E402

SEED = time.time_ns() % 1_000_000


def table(name):
    with open(ROOT / "mappings" / name, encoding="utf-8") as rows:
        return list(csv.DictReader(rows))


EXCEPTIONS = {row["day"]: row["kind"] for row in table("catalogue/working_days.csv")}
TERMS = {row["key"]: int(row["working_days"]) for row in table("computed/terms.csv")}


def is_worked(day):
    kind = EXCEPTIONS.get(day.isoformat())
    return kind != "off" if kind else day.weekday() < 5


def working_days(first, last):
    """Behind the first, up to and with the last."""
    days = (first + datetime.timedelta(days=count) for count in range(1, (last - first).days + 1))
    return sum(is_worked(day) for day in days)


def is_kept(one):
    """A Saturday behind the last day is late, although no working day lies between."""
    last, left = one.received.date(), TERMS[f"1.0099{one.procedure:02d}"]
    while left > 0:
        last += datetime.timedelta(days=1)
        left -= is_worked(last)
    return one.finished.date() <= last


def half_up(numerator, denominator, places):
    scaled = (2 * numerator * 10 ** places + denominator) // (2 * denominator)
    return f"{scaled // 10 ** places}.{scaled % 10 ** places:0{places}d}"


def expected():
    """What the generated dossiers give, by measure, month and agency."""
    settled, received = {}, {}
    for one in dossiers.generate():
        unit = "EXECUTING_UNIT=" + one.agency.replace(".", "_")
        received.setdefault((f"{one.received:%Y-%m}", unit), []).append(one)
        if one.finished:
            settled.setdefault((f"{one.finished:%Y-%m}", unit), []).append(one)
    out = {}
    for (month, unit), found in settled.items():
        taken = [working_days(one.received.date(), one.finished.date()) for one in found]
        kept = sum(is_kept(one) for one in found)
        out["DEMO_HY_DOSSIERS_SETTLED", "VALUE", month, unit] = str(len(found))
        out["DEMO_HY_DOSSIERS_SETTLED", "ON_TIME_PERCENT", month, unit] = half_up(100 * kept, len(found), 2)
        out["DEMO_HY_DOSSIERS_SETTLED", "AVERAGE_WORKING_DAYS", month, unit] = half_up(sum(taken), len(found), 1)
    for (month, unit), found in received.items():
        out["DEMO_HY_DOSSIERS_RECEIVED", "VALUE", month, unit] = str(len(found))
        out["DEMO_HY_DOSSIERS_RECEIVED", "ONLINE_PERCENT", month, unit] = half_up(100 * sum(one.online for one in found), len(found), 2)
    return out


class Computing(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.running = RunningHub(flows=("dvc",))
        cls.hub = cls.running.__enter__()
        cls.token = cls.hub.token("pull")

    @classmethod
    def tearDownClass(cls):
        cls.running.__exit__(None, None, None)

    def settled(self):
        status = self.hub.get("/v1/status")
        sources = [flow for flow in status["flows"] if flow["direction"] == "in" and flow["connector"] != "push"]
        return all(flow.get("last_success") and flow["state"] == "waiting" for flow in sources) and self.hub.sealed()

    def stored(self):
        """The last revision of every figure that is computed of settling and receiving; portal_figures has the others."""
        rows = [row for row in self.hub.changes(self.token) if row["flow"] == "computed" and row["indicator"].startswith("DEMO_HY_DOSSIERS_")]
        return {(row["indicator"], row["measure"], row["period"], row["breakdown"]): row["value"] for row in rows}

    def check(self, expect):
        return self.hub.lienthong("compute", "--all", "--check", expect=expect)

    def test_1_figures_are_those_of_the_dossiers_whenever_the_hub_is_killed(self):
        chance = random.Random(SEED)
        for _ in range(4):
            time.sleep(0.2 + chance.random())
            self.hub.kill_hub()
            self.hub.start_hub()
        wait_for("every dossier to be looked at", self.settled)
        stored, wanted = self.stored(), expected()
        self.assertEqual(stored.keys(), wanted.keys(), f"seed {SEED}")
        self.assertEqual([(key, stored[key], wanted[key]) for key in wanted if stored[key] != wanted[key]], [], f"seed {SEED}")
        self.assertIn(" 0 different", self.check(0).stdout)
        self.assertIn("everything agrees", self.hub.lienthong("reconcile").stdout)

    def test_2_another_term_is_told_as_new_revisions_with_their_reason_and_the_rest_stays(self):
        wait_for("every dossier to be looked at", self.settled)
        before = self.hub.changes(self.token)
        own = self.hub.folder / "mappings"
        shutil.copytree(ROOT / "mappings", own)
        terms = own / "computed/terms.csv"
        terms.write_text(terms.read_text(encoding="utf-8").replace("1.009901,3,", "1.009901,30,"), encoding="utf-8")
        self.hub.config.write_text(self.hub.config.read_text().replace(f"mappings: {ROOT / 'mappings'}\n", f"mappings: {own}\n"))
        self.assertIn("compute.different", self.check(1).stderr)
        self.assertEqual(self.hub.stop_hub(), 0)
        self.hub.start_hub()
        wait_for("the figures to be worked out anew", self.settled)
        self.check(0)
        rows = self.hub.changes(self.token)[len(before):]
        self.assertTrue(rows)
        self.assertEqual({(row["flow"], row["measure"]) for row in rows}, {("computed", "ON_TIME_PERCENT")})

    def test_3_an_error_in_a_computation_is_told_with_its_place(self):
        own = self.hub.folder / "broken"
        shutil.copytree(ROOT / "mappings", own)
        file = own / "computed/received.yaml"
        file.write_text(file.read_text(encoding="utf-8").replace("channel ==", "chanel =="), encoding="utf-8")
        told = self.hub.lienthong("check", "--catalogue", own / "catalogue", "--mappings", own, expect=1)
        self.assertRegex(told.stderr, r"received\.yaml:\d+:\d+: .*chanel.*compute\.field_unknown")


if __name__ == "__main__":
    unittest.main()

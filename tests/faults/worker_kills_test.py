"""Any worker may be killed at any moment of a hub that takes in figures of four systems: nothing is lost, nothing comes twice, and
the log has one line for each.

LIENTHONG_KILLS says how often (20 if unset). A failing run prints its seed; LIENTHONG_SEED repeats it.
"""
import collections
import contextlib
import os
import pathlib
import random
import re
import signal
import sys
import threading
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "end_to_end"))
from processes import children  # noqa: E402
from running_hub import CONNECTORS, RunningHub, record, wait_for  # noqa: E402

KILLS = int(os.environ.get("LIENTHONG_KILLS") or 20)
SEED = int(os.environ.get("LIENTHONG_SEED") or time.time_ns() % 1_000_000)
LINE = re.compile(r"(workshop: a worker|flow [a-z0-9-]+: the worker of [a-z0-9_]+) was killed by signal 9")
MOST_REPEATS = 900
ENOUGH_FOR_A_LONG_PAUSE = 11  # deaths, after which the next start is put off for seconds: five cost nothing, the sixth 250 ms, then it doubles
# What makes a figure the same: everything but when and in which order it came.
SAME = ("indicator", "measure", "period", "area", "agency", "breakdown", "value", "unit", "vintage", "availability")


class Pusher(threading.Thread):
    """Pushes one figure after another. Each must be stored, at once or, where workers died so often that none was to be had, when it
    is sent again under its key."""

    def __init__(self, hub, token):
        super().__init__(daemon=True)
        self.hub, self.token, self.stop = hub, token, threading.Event()
        self.stored, self.wrong, self.repeats = [], [], 0

    def run(self):
        connection = self.hub.connect()
        for number in range(1, 10_000_000):
            value = f"7.{number:06d}"
            for _ in range(MOST_REPEATS):
                status, _, answer = self.hub.push(self.token, f"worker-kills-{number:08d}",
                                                  [record(period=f"2024-{1 + number % 12:02d}", value=value)], connection=connection)
                if (status, answer["code"] if status == 503 else "") not in ((503, "push.kept"), (503, "flow.busy")):
                    break
                self.repeats += 1
                time.sleep(0.1)
            if (status, answer.get("verdicts", [{}])[0].get("verdict")) == (200, "stored"):
                self.stored.append(value)
            else:
                self.wrong.append((status, answer))
            if self.stop.wait(0.02):
                return


class WorkerKills(unittest.TestCase):
    maxDiff = None

    def rounds(self, hub):
        """flow -> (end of its last good round, messages it brought) of every flow that asks a source and is at rest; None else."""
        flows = [flow for flow in hub.get("/v1/status")["flows"] if flow["direction"] == "in" and flow["connector"] in CONNECTORS]
        if not flows or not all(flow["state"] == "waiting" and not flow["problem"] for flow in flows) or not hub.sealed():
            return None
        return {flow["flow"]: (flow["last_success"], flow["messages"]) for flow in flows}

    def take_in_everything(self, hub):
        """Waits until every source has been asked a whole round more and had nothing new."""
        before = wait_for("every source to be asked", lambda: self.rounds(hub))

        def nothing_new():
            nonlocal before
            now = self.rounds(hub)
            if now is None or not all(now[flow][0] > before[flow][0] for flow in now):
                return False
            new, before = any(now[flow][1] != before[flow][1] for flow in now), now
            return not new

        wait_for("every source to have nothing new", nothing_new)

    def figures(self, hub, token):
        """What stands revision by revision, pushed and computed figures apart: when facts come decides how often they are computed."""
        rows = [row for row in hub.changes(token) if row["flow"] != "computed" and not row["flow"].startswith("computed/")]
        taken = collections.Counter(tuple(str(row.get(name)) for name in SAME) for row in rows if row["flow"] != "push")
        return taken, collections.Counter(row["value"] for row in rows if row["flow"] == "push")

    def lines(self, hub):
        return sum(bool(LINE.match(line)) for line in list(hub.hub.told.lines))

    def kill_one(self, hub, chance):
        """Kills a worker that is certainly alive, and waits for its line."""
        before = self.lines(hub)
        while True:
            victim = chance.choice(wait_for("a worker to live", lambda: children(hub.hub.pid)))
            try:
                os.kill(victim, signal.SIGKILL)
                break
            except ProcessLookupError:
                continue
        wait_for(f"the log to tell of worker {victim}, seed {SEED}", lambda: self.lines(hub) == before + 1)

    def test_killing_any_worker_changes_nothing_but_a_line_in_the_log(self):
        chance = random.Random(SEED)
        with RunningHub() as undisturbed:
            token = undisturbed.token("pull")
            self.take_in_everything(undisturbed)
            expected, _ = self.figures(undisturbed, token)
        self.assertGreater(sum(expected.values()), 100)

        with RunningHub() as hub:
            token = hub.token("push", "pull")
            pusher = Pusher(hub, token)
            pusher.start()
            for _ in range(KILLS):
                before = len(pusher.stored)
                self.kill_one(hub, chance)
                wait_for("work after a kill", lambda: len(pusher.stored) > before + chance.randrange(0, 20))
            pusher.stop.set()
            pusher.join(60)
            os.kill(hub.hub.pid, signal.SIGUSR1)
            wait_for("those held back to be released", lambda: any("released" in line for line in list(hub.hub.told.lines)))
            self.assertEqual([one for one in hub.get("/v1/status")["workers"] if one["flapping"]], [])
            self.take_in_everything(hub)
            found, pushed = self.figures(hub, token)
            self.assertEqual(self.lines(hub), KILLS)
            self.assertEqual(pusher.wrong, [], f"seed {SEED}")
            self.assertEqual(found - expected, collections.Counter(), f"came twice, or from nowhere; seed {SEED}")
            self.assertEqual(expected - found, collections.Counter(), f"lost; seed {SEED}")
            self.assertEqual(pushed, collections.Counter(pusher.stored), f"seed {SEED}")
            status = hub.get("/v1/status")
            self.assertTrue(status["sum"]["holds"], status["sum"])
            self.assertEqual(sum(one["deaths"] for one in status["workers"]), KILLS)
            self.assertIn("everything agrees", hub.lienthong("reconcile").stdout)
            self.assertIn('lienthong_worker_deaths{of="workshop"}', hub.call("GET", "/metrics")[2].decode())
            print(f"{KILLS} workers killed, {sum(found.values())} figures of four systems and {len(pusher.stored)} pushed ones as undisturbed "
                  f"({pusher.repeats} sent again), {self.lines(hub)} lines in the log, seed {SEED}", file=sys.stderr)

    def test_a_push_that_no_worker_could_look_at_is_kept_and_answered_when_it_is_sent_again(self):
        with RunningHub(flows=()) as hub:
            token = hub.token("push")

            def dead():
                for worker in children(hub.hub.pid):
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(worker, signal.SIGKILL)
                workshop = next(one for one in hub.get("/v1/status")["workers"] if one["of"] == "workshop")
                return workshop["pausing"] and workshop["deaths"] >= ENOUGH_FOR_A_LONG_PAUSE

            def send():
                return hub.push(token, "khong-co-tien-trinh-nao", [record(value="7.5")])

            wait_for("the next worker to be put off for long", dead)
            status, headers, answer = send()
            self.assertEqual((status, answer["code"], headers["Retry-After"]), (503, "push.kept", "1"))
            self.assertIn("Idempotency-Key", answer["remedy"])
            os.kill(hub.hub.pid, signal.SIGUSR1)
            status, _, answer = wait_for("an answer", lambda: (told := send())[0] != 503 and told)
            self.assertEqual((status, answer["verdicts"][0]["verdict"]), (200, "stored"))


if __name__ == "__main__":
    unittest.main()

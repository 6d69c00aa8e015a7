"""The health check is true while work moves, false when the oldest waiting message stands still, and true again after it."""
import json
import os
import pathlib
import signal
import sys
import threading
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "end_to_end"))
from processes import children  # noqa: E402
from running_hub import RunningHub, record, wait_for  # noqa: E402


def impatient(config):
    return config.replace("\nflows:\n", "\nhealth:\n  oldest_waiting_secs: 1\n\nflows:\n")


class Health(unittest.TestCase):
    def health(self, hub):
        status, _, body = hub.call("GET", "/healthz")
        return status, json.loads(body)

    def test_a_hub_whose_workers_stand_still_says_so_and_loses_nothing(self):
        with RunningHub(flows=(), edit_config=impatient) as hub:
            token = hub.token("push")
            self.assertEqual(hub.push(token, "health-before-000001", [record(period="2024-01")])[0], 200)
            self.assertEqual(self.health(hub), (200, {"healthy": True, "reasons": []}))
            workers = children(hub.hub.pid)
            self.assertTrue(workers)
            for worker in workers:
                os.kill(worker, signal.SIGSTOP)
            answers = []
            pushing = threading.Thread(target=lambda: answers.append(hub.push(token, "health-standing-0001", [record(period="2024-02")])))
            try:
                pushing.start()
                status, body = wait_for("the hub to call itself unwell", lambda: (said := self.health(hub))[0] != 200 and said)
                self.assertEqual((status, body["healthy"]), (503, False))
                self.assertIn("oldest waiting message", body["reasons"][0])
                self.assertEqual(hub.get("/v1/status")["messages"]["waiting"], 1)
            finally:
                for worker in workers:
                    os.kill(worker, signal.SIGCONT)
            pushing.join()
            self.assertEqual((answers[0][0], answers[0][2]["verdicts"][0]["verdict"]), (200, "stored"))
            wait_for("the hub to be well again", lambda: self.health(hub)[0] == 200)


if __name__ == "__main__":
    unittest.main()

"""kill -9 at random moments under load: every acknowledged record is there exactly once, and the log is consistent.

LIENTHONG_KILLS says how often (20 if unset). A failing run prints its seed; LIENTHONG_SEED repeats it.
"""
import base64
import http.client
import json
import os
import pathlib
import random
import sys
import threading
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "end_to_end"))
from free_port import free_port  # noqa: E402
from running_hub import RunningHub, record, wait_for  # noqa: E402

KILLS = int(os.environ.get("LIENTHONG_KILLS") or 20)
SEED = int(os.environ.get("LIENTHONG_SEED") or time.time_ns() % 1_000_000)
SENDERS = 3
OBLIGATIONS = "/v1/obligations?set=SL228&period_from=2024&period_to=2026"


class Sender(threading.Thread):
    """Pushes one figure after another, each until it is acknowledged, under the same key, through every death. As long as there
    are obligations, every third is the report one of them asks for."""

    def __init__(self, hub, token, number, stop, owed):
        super().__init__(daemon=True)
        self.hub, self.token, self.number, self.stop, self.owed = hub, token, number, stop, owed
        self.acknowledged = {}
        self.reported = {}
        self.repeats = 0
        self.refused = None

    def run(self):
        connection = None
        count = 0
        while not self.stop.is_set():
            count += 1
            value = f"{self.number}.{count:06d}"
            key = f"kills-sender-{self.number}-{count:08d}"
            # Every sender works on series of its own, so that each value is a new revision of one of them.
            month = 8 * self.number + count % 8
            entry = record(period=f"{2024 + month // 12}-{1 + month % 12:02d}", value=value)
            report = self.owed.pop() if count % 3 == 0 and self.owed else None
            query = "" if report is None else f"?form={report['subject']}&period={report['period']}&agency={report['agency']}"
            while True:
                try:
                    connection = connection or self.hub.connect()
                    status, _, answer = self.hub.push(self.token, key, [entry], query, connection=connection)
                except (OSError, http.client.HTTPException):
                    if connection is not None:
                        connection.close()
                    connection = None
                    self.repeats += 1
                    if self.stop.is_set() and not self.hub_lives():
                        return
                    time.sleep(0.02)
                    continue
                if status == 200:
                    self.acknowledged[key] = (value, answer["submission"])
                    if report is not None:
                        self.reported[report["id"]] = answer["submission"]
                    break
                if status not in (503, 507):
                    self.refused = f"{status}: {answer}"
                    return

    def hub_lives(self):
        return self.hub.hub.poll() is None


class Kills(unittest.TestCase):
    def test_every_acknowledged_record_is_there_exactly_once_after_every_kill(self):
        chance = random.Random(SEED)
        with RunningHub(flows=()) as hub:
            hub.stop_hub()
            hub.write_config(port=free_port())
            hub.start_hub()
            token = hub.token("push", "pull")
            stop = threading.Event()
            owed = hub.get(OBLIGATIONS, token)["obligations"]
            senders = [Sender(hub, token, number, stop, owed[number::SENDERS]) for number in range(SENDERS)]
            for sender in senders:
                sender.start()
            notes = []
            for _ in range(KILLS):
                before = sum(len(sender.acknowledged) for sender in senders)
                wait_for("some work between two kills",
                         lambda: sum(len(sender.acknowledged) for sender in senders) > before + chance.randrange(1, 60))
                time.sleep(chance.random() * 0.05)
                hub.kill_hub()
                hub.start_hub()
                self.none_was_refused(senders)
                status, _, note = hub.call("GET", "/log/checkpoint")
                if status == 200:
                    notes.append(note.decode())
            stop.set()
            for sender in senders:
                sender.join(60)
            self.none_was_refused(senders)
            wait_for("the seal", hub.sealed)
            self.count(hub, token, senders)
            self.count_reports(hub, token, senders)
            self.follow(hub, notes)
            print(f"{KILLS} kills, {sum(len(s.acknowledged) for s in senders)} acknowledged, "
                  f"{sum(s.repeats for s in senders)} repeats, seed {SEED}", file=sys.stderr)

    def none_was_refused(self, senders):
        self.assertEqual([sender.refused for sender in senders if sender.refused], [], f"seed {SEED}")

    def count(self, hub, token, senders):
        told = [row["value"] for row in hub.changes(token)]
        for sender in senders:
            self.assertTrue(sender.acknowledged, f"sender {sender.number} was never answered, seed {SEED}")
            for key, (value, _) in sender.acknowledged.items():
                self.assertEqual(told.count(value), 1, f"{key} stands {told.count(value)} times, seed {SEED}")
        self.assertEqual(len(told), len(set(told)), f"a value stands twice, seed {SEED}")
        status = hub.get("/v1/status")
        self.assertTrue(status["sum"]["holds"], status["sum"])
        self.assertEqual(status["messages"]["waiting"], 0, status)
        self.assertIn("everything agrees", hub.lienthong("reconcile").stdout)

    def count_reports(self, hub, token, senders):
        """Each report acknowledged has its one receipt; what was on its way at a kill and never answered may have one too."""
        received = {one["id"]: one["submission"] for one in hub.get(OBLIGATIONS, token)["obligations"] if one["submission"]}
        for sender in senders:
            self.assertTrue(sender.reported, f"sender {sender.number} reported nothing, seed {SEED}")
            for obligation, submission in sender.reported.items():
                self.assertEqual(received.get(obligation), submission, f"{obligation}, seed {SEED}")
        self.assertLessEqual(len(received), sum(len(sender.reported) for sender in senders) + SENDERS)

    def follow(self, hub, notes):
        """Each checkpoint seen on the way is a beginning of the last one."""
        last = hub.call("GET", "/log/checkpoint")[2].decode()
        size = int(last.splitlines()[1])
        for note in notes:
            old = int(note.splitlines()[1])
            path = hub.get(f"/log/consistency?from={old}&to={size}")["path"]
            self.assertTrue(extends(old, size, root(note), root(last), [bytes.fromhex(word) for word in path]), f"{old} to {size}, seed {SEED}")


def root(note):
    return base64.b64decode(note.splitlines()[2])


def node(left, right):
    import hashlib
    return hashlib.sha256(b"\x01" + left + right).digest()


def extends(old_size, new_size, old_root, new_root, path):
    """RFC 9162 §2.1.4.2."""
    if old_size == new_size:
        return old_root == new_root and not path
    if old_size == 0:
        return not path
    first = old_size & (old_size - 1) == 0
    path = ([old_root] if first else []) + path
    fn, sn = old_size - 1, new_size - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for part in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = node(part, fr), node(part, sr)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node(sr, part)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and fr == old_root and sr == new_root


if __name__ == "__main__":
    unittest.main()

"""All four programs together: they start, they take a scenario or say what is wrong with it, and none outlives its starter."""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
import unittest
from pathlib import Path
from urllib.parse import urlsplit

from simulator_case import CERTIFICATE, FOLDER, HERE, KEY, make_certificate


class Start(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        make_certificate()

    def launch(self, *more):
        addresses = FOLDER / "addresses.json"
        process = subprocess.Popen([sys.executable, HERE / "start", "--certificate", CERTIFICATE, "--key", KEY, "--addresses",
                                    addresses, *more],
                                   stdout=subprocess.PIPE, text=True)
        self.addCleanup(process.stdout.close)
        self.assertEqual(process.stdout.readline().strip(), f"ready {addresses}")
        return process, addresses, json.loads(addresses.read_text())

    def wait_gone(self, numbers):
        deadline = time.monotonic() + 60
        while alive := [number for number in numbers if Path(f"/proc/{number}/cmdline").exists()
                        and Path(f"/proc/{number}/cmdline").read_bytes()]:
            self.assertLess(time.monotonic(), deadline, alive)
            time.sleep(0.05)

    def test_starts_all_and_stops_all(self):
        process, addresses, systems = self.launch()
        self.assertEqual(sorted(systems), ["dvc", "lgsp", "nrs", "qlvb"])
        process.terminate()
        self.assertEqual(process.wait(60), 0)
        self.wait_gone(system["pid"] for system in systems.values())
        self.assertFalse(addresses.exists())

    def test_hands_the_scenario_to_every_system_or_says_what_is_wrong_with_it(self):
        for name in ("every-fault.json", "other-vendors.json"):
            process, _, systems = self.launch("--scenario", HERE / "data" / name)
            process.terminate()
            self.assertEqual((process.wait(60), len(systems)), (0, 4))
        wrong = FOLDER / "wrong-start.json"
        wrong.write_text('{"dvc": {"session_seconds": "ten"}}')
        done = subprocess.run([sys.executable, HERE / "start", "--certificate", CERTIFICATE, "--key", KEY, "--addresses",
                               FOLDER / "none.json",
                               "--scenario", wrong], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stderr.strip(), f'{wrong}: dvc.session_seconds: found "ten", expected a number from 0')
        self.assertFalse((FOLDER / "none.json").exists())

    def test_a_scenario_reaches_every_system_and_some_speak_plain_http(self):
        file = FOLDER / "all-wrong.json"
        wrong = {"plain_http": True, "faults": [{"fault": "html502", "path": "/any"}]}
        file.write_text(json.dumps({system: wrong for system in ("nrs", "lgsp", "qlvb", "dvc")}))
        process, _, systems = self.launch("--scenario", file)
        for system, running in systems.items():
            address = urlsplit(running["base_url"])
            self.assertEqual(address.scheme, "http", system)
            connection = http.client.HTTPConnection(address.hostname, address.port, timeout=60)
            connection.request("GET", "/any")
            self.assertEqual(connection.getresponse().status, 502, system)
            connection.close()
        process.terminate()
        self.assertEqual(process.wait(60), 0)

    def test_leaves_nothing_behind_when_killed(self):
        process, _, systems = self.launch()
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        self.wait_gone([system["pid"] for system in systems.values()])


if __name__ == "__main__":
    unittest.main()

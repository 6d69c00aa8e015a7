"""What deploy/quickstart shows once it has built: figures of four systems, a verified proof, nothing lost; and again."""
import os
import pathlib
import re
import signal
import subprocess
import tempfile
import time
import unittest

from processes import children, workers
from running_hub import BUILD, PATIENCE_SECS, ROOT, wait_for


class Quickstart(unittest.TestCase):
    def test_it_shows_the_main_job_twice_and_the_second_time_at_once_and_without_loss(self):
        with tempfile.TemporaryDirectory(prefix="lienthong-") as folder:
            first, _ = self.show(folder)
            for connector in ("nrs", "lgsp", "qlvb", "dvc"):
                self.assertRegex(first, rf"(?m)^   [A-Z].* {connector}$")
            self.assertIn("lookup.missing 'NVHD/TT'", first)
            self.assertRegex(first, r"(?m)^   2025-10  .*Sở Xây dựng +\d+\.\d\d %   computed/settled$")
            self.assertRegex(first, r"(?m)^   2025-10  .*Sở Xây dựng +\d+\.\d\d %   computed/received$")
            self.assertRegex(first, r"(?m)^   computed/settled: \d+ facts, 0 set aside, \d+ figures, 0 different$")
            self.assertIn("everything agrees", first)
            self.assertIn("one proof verified, 0 lost", first)
            again, took = self.show(folder)
            self.assertLess(took, PATIENCE_SECS, "a second start is a matter of seconds")
            self.assertEqual(self.sealed(again), self.sealed(first))

    def test_a_worker_killed_in_the_middle_of_it_is_a_line_in_its_log_and_nothing_else(self):
        with tempfile.TemporaryDirectory(prefix="lienthong-") as folder:
            log = pathlib.Path(folder) / "hub.log"
            with subprocess.Popen(self.command(folder), stdout=subprocess.PIPE, text=True) as shown:
                try:
                    wait_for("the hub", lambda: log.exists() and "ready " in log.read_text(encoding="utf-8"))
                    [victim] = [pid for child in children(shown.pid) for pid in workers(child, "lgsp")]
                    os.kill(victim, signal.SIGKILL)
                    line = "hub: flow lgsp-monthly: the worker of lgsp was killed by signal 9"
                    seen = []
                    for said in shown.stdout:
                        seen.append(said)
                        if "Ctrl-C stops everything" in said:
                            shown.send_signal(signal.SIGINT)
                except BaseException:
                    shown.send_signal(signal.SIGINT)  # It stays up by itself.
                    raise
                text = "".join(seen)
            self.assertEqual(shown.returncode, 0, text)
            self.assertEqual(text.count(line), 1, text)
            self.assertEqual(log.read_text(encoding="utf-8").count("killed by signal"), 1)
            undisturbed, _ = self.show(folder)
            self.assertIn("everything agrees", undisturbed)
            self.assertEqual(self.sealed(text), self.sealed(undisturbed))

    def command(self, folder):
        return ["python3", ROOT / "deploy/demonstration.py", "--root", ROOT, "--run", folder, "--build", BUILD]

    def show(self, folder):
        begun = time.monotonic()
        done = subprocess.run([*self.command(folder), "--once"], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout, time.monotonic() - begun

    def sealed(self, text):
        return re.search(r"(\d+) revisions of figures sealed", text).group(1)


if __name__ == "__main__":
    unittest.main()

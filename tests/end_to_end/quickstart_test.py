"""What deploy/quickstart shows once it has built: figures of four systems, a verified proof, nothing lost; and again."""
import re
import subprocess
import tempfile
import time
import unittest

from running_hub import BUILD, ROOT


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
            self.assertLess(took, 60, "a second start is a matter of seconds")
            self.assertEqual(self.sealed(again), self.sealed(first))

    def show(self, folder):
        begun = time.monotonic()
        done = subprocess.run(["python3", ROOT / "deploy/demonstration.py", "--root", ROOT, "--run", folder, "--build", BUILD, "--once"],
                              capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout, time.monotonic() - begun

    def sealed(self, text):
        return re.search(r"(\d+) revisions of figures sealed", text).group(1)


if __name__ == "__main__":
    unittest.main()

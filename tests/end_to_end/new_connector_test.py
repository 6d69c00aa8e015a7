"""A connector is begun, built, tested, trusted and polled outside of this tree, against the installed package; and inside of it."""
import datetime
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import unittest

from free_port import free_port
from running_hub import BUILD, ROOT, RunningHub, wait_for

CONFIG = """province:
  name: Tỉnh thử nghiệm
  area: GSO:33
data_directory: data
mappings: {mappings}
listen:
  port: 0
  certificate: pki/server.pem
  key: pki/server.key
trust:
  authorities: pki/ca.pem
signer:
  socket: signer.sock
  chain: pki/seal.pem
  note_verifier: pki/log.verifier
flows:
  - name: tried
    connector: {connector}
    mapping: {mapping}
    agencies: [H31.01]
    interval_secs: 1
    settings:
      base_url: {address}
"""


def run(*command, cwd=None, expect=0):
    done = subprocess.run([str(word) for word in command], cwd=cwd, capture_output=True, text=True, check=False)
    if expect is not None and done.returncode != expect:
        raise AssertionError(f"{command} ended with {done.returncode}, not {expect}:\n{done.stdout}\n{done.stderr}")
    return done


class OneConnectorHub(RunningHub):
    """A hub with one flow: a plugin of any place, and its simulator. Catalogue and plugins are those that came with the programs."""

    def __init__(self, programs, plugin, simulator, libraries, secret, settings, **flow):
        super().__init__(flows=())
        self.programs, self.plugin, self.simulator, self.libraries = programs, plugin, simulator, libraries
        self.secret, self.settings, self.flow = secret, settings, flow

    def prepare(self):
        run(ROOT / "certs/make-dev-pki", self.pki)
        (self.folder / "secret").touch(mode=0o600)
        (self.folder / "secret").write_text(self.secret, encoding="utf-8")
        self.simulators = self.program("simulator", [
            "env", f"PYTHONPATH={self.libraries}", "python3", self.simulator, "--port", "0", "--certificate",
            self.pki / "simulators/nrs.pem", "--key", self.pki / "simulators/nrs.key"], "ready")
        self.addresses = {self.flow["connector"]: self.simulators.ready_line.split()[1]}
        settings = "".join(f"      {name}: {value}\n" for name, value in self.settings.items())
        self.config.write_text(CONFIG.format(address=self.addresses[self.flow["connector"]], **self.flow) + settings, encoding="utf-8")
        self.lienthong("plugins", "trust", self.plugin)
        self.lienthong("config", "check")
        origin = (self.pki / "log.verifier").read_text().split("+")[0]
        self.signer = self.program("signer", [
            self.programs / "lienthong-signer", "--socket", self.folder / "signer.sock", "--state", self.folder / "signer.state",
            "--origin", origin, "--note-key", self.pki / "log.key", "--cms-key", self.pki / "seal.key", "--cms-certificate",
            self.pki / "seal.pem"], "")

    def start_hub(self):
        self.hub = self.program("hub", [self.programs / "lienthong", "--config", self.config, "serve"], "ready")
        self.port = int(self.hub.ready_line.rsplit(":", 1)[1].rstrip("/"))

    def lienthong(self, *arguments, expect=0):
        return run(self.programs / "lienthong", "--config", self.config, *arguments, expect=expect)


class NewConnector(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="lienthong-new-"))
        cls.prefix = cls.folder / "prefix"
        run("cmake", "--install", BUILD, "--prefix", cls.prefix)
        cls.lienthong = cls.prefix / "bin/lienthong"
        cls.project = cls.folder / "sample"
        cls.said = run(cls.lienthong, "new", "connector", "sample", "--out", cls.project, cwd=cls.folder)
        run("cmake", "-G", "Ninja", "-S", cls.project, "-B", cls.project / "build", f"-DCMAKE_PREFIX_PATH={cls.prefix}")
        run("cmake", "--build", cls.project / "build")

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder, ignore_errors=True)

    def test_a_project_of_its_own_passes_its_tests_as_it_was_written(self):
        self.assertIn("sample/plugins/sample/sample.cpp\n", self.said.stdout)
        said = run("ctest", "--test-dir", self.project / "build", "--output-on-failure", "--no-tests=error").stdout
        for test in ("check", "mapping", "reference", "golden", "killed"):
            self.assertRegex(said, rf"sample_{test} \.+ +Passed")

    def test_a_change_of_the_connector_is_seen_by_its_tests_and_taken_over_when_meant(self):
        own = self.folder / "changed"
        run(self.lienthong, "new", "connector", "changed", "--out", own)
        source = own / "plugins/changed/changed.cpp"
        source.write_text(source.read_text().replace('"/api/v1"', '"/api/v2"'))
        run("cmake", "-G", "Ninja", "-S", own, "-B", own / "build", f"-DCMAKE_PREFIX_PATH={self.prefix}")
        run("cmake", "--build", own / "build")
        said = run("ctest", "--test-dir", own / "build", expect=8).stdout
        for test in ("golden", "reference"):
            self.assertRegex(said, rf"changed_{test} \.+\*\*\*Failed")
        run("cmake", "--build", own / "build", "--target", "update_changed")
        run("ctest", "--test-dir", own / "build")
        self.assertIn("/api/v2/figures", (own / "tests/golden/changed/two_pages/1.request.txt").read_text())

    def test_a_hub_polls_the_connector_that_was_built_outside(self):
        last_month = datetime.date.today().replace(day=1) - datetime.timedelta(days=1)
        with OneConnectorHub(self.prefix / "bin", self.project / "build/plugins/sample.so", self.project / "tests/simulators/sample.py",
                             self.prefix / "share/lienthong/simulators", "ma-truy-cap-khong-that",
                             {"token": "file:secret", "first_period": f"{last_month:%Y-%m}"}, connector="sample",
                             mapping="sample/figures", mappings=self.project / "mappings") as hub:
            token = hub.token("pull")
            rows = wait_for("figures of the simulator", lambda: [row for row in hub.changes(token) if row["connector"] == "sample"])
            self.assertEqual({(row["indicator"], row["value"], row["unit"], row["area"]) for row in rows},
                             {("DEMO_HY_GOLD_PRICE", "1000000", "VND_PER_CHI", "GSO:33"), ("DEMO_HY_USD_PRICE", "20000", "VND", "GSO:33")})

    def test_one_command_tries_it_beside_its_simulator_and_a_folder_without_a_case_is_told(self):
        tried = self.project / "try"
        ports = {name: free_port() for name in ("8443", "18443")}
        for file in (tried / "run", tried / "lienthong.yaml"):
            text = file.read_text(encoding="utf-8")
            for name, port in ports.items():
                text = re.sub(rf"\b{name}\b", str(port), text)
            file.write_text(text, encoding="utf-8")
        with subprocess.Popen(["bash", tried / "run"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True) as trial:
            try:
                said = []
                for line in trial.stdout:
                    said.append(line)
                    if line.startswith("ready"):
                        break
                else:
                    self.fail("".join(said))
                status = (self.lienthong, "--config", tried / "lienthong.yaml", "--json", "status")
                wait_for("ten months of two figures", lambda: json.loads(run(*status, expect=None).stdout)["stored"] >= 20)
            finally:
                os.killpg(trial.pid, signal.SIGINT)
                trial.wait(60)
        rules = (tried / ".gitignore").read_text(encoding="utf-8").splitlines()
        self.assertIn("*", rules, "what a trial leaves, keys among it, is not committed")
        self.assertEqual({rule[1:] for rule in rules if rule.startswith("!")}, set(re.findall(r"/try/(\S+)$", self.said.stdout, re.M)))
        (self.project / "tests/golden/sample/mistyped").mkdir()
        cases = ("--plugin", self.project / "build/plugins/sample.so", "--cases", self.project / "tests/golden/sample")
        self.assertIn("a folder without case.json is no case", run(self.prefix / "bin/lienthong-test-connector", *cases, expect=1).stdout)
        (self.project / "tests/golden/sample/mistyped").rmdir()

    def test_in_this_repository_it_is_three_folders_that_build_and_pass(self):
        root = self.folder / "inside"
        for folder in ("plugins", "mappings", "tests/golden", "tests/simulators"):
            (root / folder).mkdir(parents=True)
        (root / "hub").symlink_to(ROOT / "hub")
        shutil.copy(ROOT / "plugins/CMakeLists.txt", root / "plugins")
        (root / "CMakeLists.txt").write_text(
            "cmake_minimum_required(VERSION 3.25)\nproject(inside LANGUAGES CXX)\nset(CMAKE_CXX_STANDARD 20)\n"
            f"include(GNUInstallDirs)\ninclude({ROOT}/cmake/room.cmake)\nadd_subdirectory(plugins)\n")
        run(self.lienthong, "new", "connector", "rain_gauge", cwd=root)
        run("cmake", "-G", "Ninja", "-S", root, "-B", root / "build")
        run("cmake", "--build", root / "build", "--target", "connectors")
        plugin = root / "build/lib/plugins/rain_gauge.so"
        cases = ("--plugin", plugin, "--cases", root / "tests/golden/rain_gauge")
        run(self.prefix / "bin/lienthong-test-connector", *cases)
        run(self.prefix / "bin/lienthong-test-connector", *cases, "--kill")
        run(self.lienthong, "test", "--cover", "100", cwd=root)
        run(self.lienthong, "check", cwd=root)
        run(self.lienthong, "plugins", "reference", "--file", plugin, "--check", root / "plugins/rain_gauge/README.md")
        again = run(self.lienthong, "new", "connector", "rain_gauge", cwd=root, expect=2)
        self.assertIn("plugins/rain_gauge: this is there already, and nothing is overwritten", again.stderr)

    def test_nothing_is_written_under_a_name_that_is_none_or_over_what_is_there(self):
        for name in ("Sample", "rain-gauge", "_x", "x__y", "../x", "mưa", ""):
            said = run(self.lienthong, "new", "connector", "--out", self.folder / "none", "--", name, expect=2).stderr
            self.assertIn("[connector.name]", said)
        self.assertFalse((self.folder / "none").exists())
        said = run(self.lienthong, "--json", "new", "connector", "sample", "--out", self.project, expect=2).stdout
        self.assertEqual(json.loads(said)["problems"][0]["code"], "connector.exists")
        nowhere = self.folder / "nowhere"
        nowhere.mkdir()
        said = run(self.lienthong, "new", "connector", "x", cwd=nowhere, expect=2).stderr
        self.assertIn("plugins: this is not the root of the repository; found 'nothing'; expected a folder plugins", said)
        self.assertEqual(list(nowhere.iterdir()), [])


class WorkedExample(unittest.TestCase):
    def test_prices_of_every_page_arrive_and_a_link_elsewhere_is_not_followed(self):
        with OneConnectorHub(BUILD / "bin", BUILD / "lib/plugins/market_price.so", ROOT / "tests/simulators/market_price.py",
                             ROOT / "tests/simulators", "khoa-gia-khong-that",
                             {"api_key": "file:secret", "first_period": "2024-12", "page_size": 1}, connector="market_price",
                             mapping="market_price/prices", mappings=ROOT / "mappings") as hub:
            token = hub.token("pull")
            wanted = {("DEMO_HY_GOLD_PRICE", "2025-01", "8517500"), ("DEMO_HY_USD_PRICE", "2025-01", "25538")}
            wait_for("both pages of a month", lambda: wanted <= {(row["indicator"], row["period"], row["value"])
                                                                for row in hub.changes(token)})
            self.assertEqual(hub.ask_simulator(hub.flow["connector"], "/_log")["refused"], [])
            hub.ask_simulator(hub.flow["connector"], "/_control", {"misbehave": "link_elsewhere"})
            said = wait_for("the flow to say so", lambda: [flow["problem"] for flow in hub.get("/v1/status")["flows"] if flow["problem"]])
            self.assertIn("attacker.invalid", json.dumps(said))
            self.assertIn("does not lead to this service", json.dumps(said))


if __name__ == "__main__":
    unittest.main()

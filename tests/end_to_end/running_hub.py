"""A hub with its signer and, if wanted, the four simulated systems, in a folder of its own, for tests."""
import http.client
import json
import os
import pathlib
import shutil
import signal
import ssl
import string
import subprocess
import tempfile
import threading
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ["LIENTHONG_BUILD"]).resolve()
SECRETS = {"nrs-token": "ma-truy-cap-khong-that", "lgsp-key": "khoa-khong-that", "lgsp-secret": "bi-mat-khong-that",
           "qlvb-secret": "demo-secret-khong-that", "dvc-password": "mat-khau-khong-that"}
CONNECTORS = ("nrs", "lgsp", "qlvb", "dvc")
PATIENCE_SECS = float(os.environ.get("LIENTHONG_PATIENCE_SECS") or 90)  # a sanitizer's build computes several times slower


class Told(threading.Thread):
    """What a program says while it runs, in a list and in its log. What nobody reads fills the pipe, and a program that writes to a full
    one stands still."""

    def __init__(self, said, log):
        super().__init__(daemon=True)
        self.said, self.log, self.lines = said, log, []
        self.start()

    def run(self):
        with self.said, self.log:
            for line in self.said:
                self.lines.append(line)
                self.log.write(line)
                self.log.flush()

    def to_the_end(self):
        """Everything, once the program has ended."""
        self.join(PATIENCE_SECS)
        return "".join(self.lines)


def wait_for(what, condition, patience=PATIENCE_SECS):
    """Asks until the condition gives something true, and gives that back."""
    deadline = time.monotonic() + patience
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {patience} s in vain for {what}")
        time.sleep(0.05)


class RunningHub:
    """Folder, programs and calls. Use as a context manager."""

    def __init__(self, flows=CONNECTORS, edit_config=None, scenario=None):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="lienthong-"))
        self.flows = flows
        self.edit_config = edit_config
        self.scenario = scenario  # what the simulated systems are like: tests/simulators/README.md
        self.pki = self.folder / "pki"
        self.config = self.folder / "lienthong.yaml"
        self.hub = self.signer = self.simulators = None
        self.addresses = {connector: "https://127.0.0.1:1" for connector in CONNECTORS}
        self.port = None

    def __enter__(self):
        try:
            self.prepare()
            self.start_hub()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(self, *_):
        for child in (self.hub, self.signer, self.simulators):
            if child is not None and child.poll() is None:
                child.send_signal(signal.SIGTERM)
                try:
                    child.wait(15)
                except subprocess.TimeoutExpired:
                    child.kill()
                    child.wait()
        if os.environ.get("LIENTHONG_KEEP"):
            print("kept", self.folder)
        else:
            shutil.rmtree(self.folder, ignore_errors=True)

    # -- programs -------------------------------------------------------------------------------------------

    def prepare(self):
        subprocess.run([ROOT / "certs/make-dev-pki", self.pki], check=True, stdout=subprocess.DEVNULL)
        secrets = self.folder / "secrets"
        secrets.mkdir(mode=0o700)
        for name, value in SECRETS.items():
            self.write_secret(name, value)
        if self.flows:
            found = self.folder / "simulators.json"
            command = ["python3", ROOT / "tests/simulators/start", "--certificate", self.pki / "simulators/nrs.pem", "--key",
                       self.pki / "simulators/nrs.key", "--authority", self.pki / "ca.pem", "--addresses", found]
            if self.scenario:
                (self.folder / "scenario.json").write_text(json.dumps(self.scenario), encoding="utf-8")
                command += ["--scenario", self.folder / "scenario.json"]
            self.simulators = self.program("simulators", command, "ready")
            self.addresses = {name: entry["base_url"] for name, entry in json.loads(found.read_text()).items()}
        self.write_config()
        for connector in self.flows:
            self.lienthong("plugins", "trust", BUILD / f"lib/plugins/{connector}.so")
        origin = (self.pki / "log.verifier").read_text().split("+")[0]
        self.signer = self.program("signer", [
            BUILD / "bin/lienthong-signer", "--socket", self.folder / "signer.sock", "--state", self.folder / "signer.state", "--origin", origin,
            "--note-key", self.pki / "log.key", "--cms-key", self.pki / "seal.key", "--cms-certificate", self.pki / "seal.pem"], "")

    def write_secret(self, name, value):
        path = self.folder / "secrets" / name
        path.touch(mode=0o600)
        path.write_text(value, encoding="utf-8")

    def write_config(self, port=0):
        template = string.Template((ROOT / "deploy/demonstration.yaml").read_text(encoding="utf-8"))
        text = template.substitute(self.addresses, run=self.folder, root=ROOT, pki=self.pki, build=BUILD, port=port)
        head, _, flows = text.partition("\nflows:\n")
        kept = [flow for flow in flows.split("\n\n") if any(f"connector: {name}\n" in flow + "\n" for name in ("push", *self.flows))]
        text = head + "\nflows:\n" + "\n\n".join(kept).replace("interval_secs: 10", "interval_secs: 1").replace("interval_secs: 5", "interval_secs: 1")
        if self.edit_config:
            text = self.edit_config(text)
        self.config.write_text(text + "\n", encoding="utf-8")

    def program(self, name, command, ready):
        log = open(self.folder / f"{name}.log", "a", encoding="utf-8")
        child = subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE, stderr=log, text=True, start_new_session=True)
        for line in child.stdout:
            log.write(line)
            log.flush()
            if line.startswith(ready):
                child.ready_line = line.strip()
                child.told = Told(child.stdout, log)
                return child
        child.wait()
        raise AssertionError(f"{name} ended with {child.returncode} before it was ready:\n" + (self.folder / f"{name}.log").read_text())

    def start_hub(self):
        self.hub = self.program("hub", [BUILD / "bin/lienthong", "--config", self.config, "serve"], "ready")
        self.port = int(self.hub.ready_line.rsplit(":", 1)[1].rstrip("/"))

    def ask_simulator(self, connector, path, body=None):
        """What one of the simulated systems answers: /_log, /_control, or a call of its own."""
        trust = ssl.create_default_context(cafile=self.pki / "ca.pem")
        request = urllib.request.Request(self.addresses[connector] + path, data=None if body is None else json.dumps(body).encode(),
                                         headers={"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=30, context=trust) as answer:
            return json.loads(answer.read() or b"{}")

    def kill_hub(self):
        """As a power cut of the process: no warning, nothing finished. Its workers end with it."""
        self.hub.kill()
        self.hub.wait()

    def stop_hub(self):
        self.hub.send_signal(signal.SIGTERM)
        return self.hub.wait(30)

    def lienthong(self, *arguments, expect=0):
        done = subprocess.run([BUILD / "bin/lienthong", "--config", self.config, *arguments], capture_output=True, text=True, check=False)
        if expect is not None and done.returncode != expect:
            raise AssertionError(f"lienthong {arguments} ended with {done.returncode}, not {expect}:\n{done.stdout}\n{done.stderr}")
        return done

    # -- calls ----------------------------------------------------------------------------------------------

    def token(self, *roles, sender="test", agencies=("*",)):
        return self.lienthong("token", "issue", "--sender", sender, *[word for role in roles for word in ("--role", role)],
                              *[word for agency in agencies for word in ("--agency", agency)]).stdout.strip()

    def connect(self):
        trust = ssl.create_default_context(cafile=self.pki / "ca.pem")
        return http.client.HTTPSConnection("127.0.0.1", self.port, context=trust, timeout=60)

    def call(self, method, path, body=None, headers=None, connection=None):
        """Status, headers and body of one exchange."""
        own = connection is None
        connection = connection or self.connect()
        try:
            connection.request(method, path, body=body, headers=headers or {})
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            if own:
                connection.close()

    def get(self, path, token=None):
        status, _, body = self.call("GET", path, headers={"Authorization": f"Bearer {token}"} if token else {})
        if status != 200:
            raise AssertionError(f"GET {path}: {status} {body[:500]}")
        return json.loads(body)

    def push(self, token, key, records, query="", connection=None):
        body = json.dumps({"records": records}) if not isinstance(records, (bytes, str)) else records
        status, headers, answer = self.call("POST", "/v1/submissions" + query, body=body if isinstance(body, bytes) else body.encode(),
                                            headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json",
                                                     "Idempotency-Key": key}, connection=connection)
        return status, headers, json.loads(answer)

    def changes(self, token, query=""):
        rows, cursor = [], ""
        while True:
            page = self.get(f"/v1/changes?limit=5000&cursor={cursor}{query}", token)
            rows += page["changes"]
            cursor = page["cursor"]
            if not page["more"]:
                return rows

    def sealed(self):
        """Every message is in the store, and every submission under a checkpoint. Leaves are numbered a moment after they are stored."""
        status = self.get("/v1/status")
        log, messages = status["log"], status["messages"]
        return messages["waiting"] == 0 and log["sealed"] == log["numbered"] >= messages["journaled"] > 0


def record(period="2025-12", value="9.55", **changes):
    """One good record of the default flow, with changes."""
    entry = {"indicator": "A_V_1", "measure": "VS_SAME_PERIOD", "period": period, "area": "GSO:33", "agency": "H31.03", "value": value,
             "unit": "%", "vintage": "estimated"}
    entry.update(changes)
    return {name: part for name, part in entry.items() if part is not None}

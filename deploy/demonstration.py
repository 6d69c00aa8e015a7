#!/usr/bin/env python3
"""Runs the demonstration that deploy/quickstart built: four simulated systems, the signer and the hub.

Waits until figures of all four systems are sealed in the store, shows what came in, and stays up until Ctrl-C
(or, with --once, verifies a figure, counts, and stops). Whatever it starts ends with it.
"""
import argparse
import csv
import json
import os
import pathlib
import queue
import signal
import ssl
import string
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

CONNECTORS = ("nrs", "lgsp", "qlvb", "dvc")
SECRETS = {"nrs-token": "ma-truy-cap-khong-that", "lgsp-key": "khoa-khong-that", "lgsp-secret": "bi-mat-khong-that",
           "qlvb-secret": "demo-secret-khong-that", "dvc-password": "mat-khau-khong-that"}
PATIENCE_SECS = 180


class Failed(Exception):
    """Something did not work; the message says what and where to look."""


class Words(threading.Thread):
    """Takes a program's words as long as it lives, since one that nobody listens to stands still: into its log, and to people."""

    def __init__(self, stream, log, beginning, say):
        super().__init__(daemon=True)
        self.stream, self.log, self.beginning, self.say = stream, log, beginning, say
        self.ready = queue.SimpleQueue()  # One line, or None where it ended before it said it.

    def run(self):
        waiting = True
        for line in self.stream:
            self.log.write(line)
            self.log.flush()
            if waiting and line.startswith(self.beginning):
                waiting = False
                self.ready.put(line.strip())
            elif self.say is not None:
                self.say(line.strip())
        self.ready.put(None)


class Demonstration:
    def __init__(self, options):
        self.root = pathlib.Path(options.root).resolve()
        self.run = pathlib.Path(options.run).resolve()
        self.build = pathlib.Path(options.build).resolve()
        self.since = options.since
        self.port = options.port
        self.pki = self.run / "pki"
        self.config = self.run / "lienthong.yaml"
        self.children = []
        self.address = None

    # -- what is said and how -------------------------------------------------------------------------------

    def say(self, text):
        print(f"[{int(time.time()) - self.since:3d}s] {text}", flush=True)

    def lienthong(self, *arguments, check=True):
        done = subprocess.run([self.build / "bin/lienthong", "--config", self.config, *arguments],
                              capture_output=True, text=True, check=False)
        if check and done.returncode != 0:
            raise Failed(f"lienthong {' '.join(map(str, arguments))}: {done.stderr.strip() or done.stdout.strip()}")
        return done

    def start(self, name, command, ready, environment=None):
        """Starts a program whose first line that begins with `ready` says it works; its words go to a log, the hub's to people too."""
        log = open(self.run / f"{name}.log", "w", encoding="utf-8")
        child = subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE, stderr=log, text=True,
                                 start_new_session=True, env=environment)
        self.children.append((name, child))
        words = Words(child.stdout, log, ready, (lambda line: self.say("hub: " + line)) if name == "hub" else None)
        words.start()
        line = words.ready.get()
        if line is None:
            raise Failed(f"{name} ended before it was ready; its words stand in {log.name}:\n" + pathlib.Path(log.name).read_text())
        return line

    def stop(self):
        """The hub first, so that it finishes what it holds; then what it depends on."""
        for name, child in sorted(self.children, key=lambda pair: pair[0] != "hub"):
            if child.poll() is None:
                child.send_signal(signal.SIGTERM)
                try:
                    child.wait(15)
                except subprocess.TimeoutExpired:
                    child.kill()
                    child.wait()
        self.children.clear()

    # -- preparing and starting -----------------------------------------------------------------------------

    def prepare(self):
        self.say("development PKI: " + str(self.pki))
        subprocess.run([self.root / "certs/make-dev-pki", self.pki], check=True, stdout=subprocess.DEVNULL)
        secrets = self.run / "secrets"
        secrets.mkdir(mode=0o700, exist_ok=True)
        for name, value in SECRETS.items():
            path = secrets / name
            path.touch(mode=0o600)
            path.write_text(value + "\n", encoding="utf-8")

    def simulators(self):
        addresses = self.run / "simulators.json"
        self.start("simulators", ["python3", self.root / "tests/simulators/start", "--certificate", self.pki / "simulators/nrs.pem",
                                  "--key", self.pki / "simulators/nrs.key", "--authority", self.pki / "ca.pem",
                                  "--addresses", addresses], "ready")
        found = json.loads(addresses.read_text(encoding="utf-8"))
        for connector in CONNECTORS:
            self.say(f"simulated {connector}: {found[connector]['base_url']}")
        return {connector: found[connector]["base_url"] for connector in CONNECTORS}

    def configure(self, addresses):
        template = string.Template((self.root / "deploy/demonstration.yaml").read_text(encoding="utf-8"))
        values = dict(addresses, run=self.run, root=self.root, pki=self.pki, build=self.build, port=self.port)
        self.config.write_text(template.substitute(values), encoding="utf-8")
        for connector in CONNECTORS:
            self.lienthong("plugins", "trust", self.build / f"lib/plugins/{connector}.so")

    def serve(self):
        origin = (self.pki / "log.verifier").read_text(encoding="utf-8").split("+")[0]
        self.start("signer", [self.build / "bin/lienthong-signer", "--socket", self.run / "signer.sock", "--state", self.run / "signer.state",
                              "--origin", origin, "--note-key", self.pki / "log.key", "--cms-key", self.pki / "seal.key",
                              "--cms-certificate", self.pki / "seal.pem"], "")
        ready = self.start("hub", [self.build / "bin/lienthong", "--config", self.config, "serve"], "ready")
        self.address = ready.split()[1].rstrip("/")
        self.say("hub: " + self.address)

    # -- asking the hub -------------------------------------------------------------------------------------

    def token(self, role, sender, agencies):
        """A token for the demonstration, kept so that the commands printed below go on working."""
        path = self.run / "secrets" / f"{role}-token"
        if not path.exists():
            secret = self.lienthong("token", "issue", "--sender", sender, "--role", role,
                                    *[word for agency in agencies for word in ("--agency", agency)]).stdout.strip()
            path.touch(mode=0o600)
            path.write_text(secret, encoding="utf-8")
        return path.read_text(encoding="utf-8").strip()

    def earlier_receipts(self, pull):
        """A year of reports is scored; what an earlier system would hand over of it is invented."""
        year = time.strftime("%Y")
        owed = self.get(f"/v1/obligations?period_from={int(year) - 1}&period_to={year}", pull)
        made = subprocess.run(["python3", self.root / "tests/simulators/receipts.py"], input=json.dumps(owed), capture_output=True,
                              text=True, check=True)
        receipts = self.run / "receipts.csv"
        receipts.write_text(made.stdout, encoding="utf-8")
        taken = self.lienthong("compliance", "import", receipts, "--who", "bản trình diễn", "--act", "dữ liệu sinh tự động", "--write")
        self.say("reports of this year and the last, generated: " + taken.stdout.strip())

    def show_compliance(self):
        year = time.strftime("%Y")
        lines = self.lienthong("compliance", "--year", year, check=False).stdout.strip().splitlines()
        print(f"\n{lines[0]}")
        for line in [lines[1], *lines[2:8]]:
            print("   " + line)
        print("   …")
        for line in lines[-2:]:
            print("   " + line)

    def get(self, path, token=None):
        request = urllib.request.Request(self.address + path, headers={"Authorization": "Bearer " + token} if token else {})
        trust = ssl.create_default_context(cafile=self.pki / "ca.pem")
        with urllib.request.urlopen(request, timeout=30, context=trust) as answer:
            return json.loads(answer.read())

    def sealed_revisions(self, token):
        rows, cursor = [], ""
        while True:
            page = self.get(f"/v1/changes?limit=1000&cursor={cursor}", token)
            rows += page["changes"]
            cursor = page["cursor"]
            if not page["more"]:
                return rows

    def wait(self, token):
        """Until each of the four systems has sealed figures, no flow in has failed, and nothing waits."""
        deadline = time.monotonic() + PATIENCE_SECS
        shown = None
        while time.monotonic() < deadline:
            for name, child in self.children:
                if child.poll() is not None:
                    raise Failed(f"{name} ended with {child.returncode}; its words stand in {self.run / (name + '.log')}")
            status = self.get("/v1/status")
            rows = self.sealed_revisions(token)
            counts = {connector: sum(row["connector"] == connector for row in rows) for connector in (*CONNECTORS, "compute")}
            line = ", ".join(f"{connector} {count}" for connector, count in counts.items())
            if line != shown:
                self.say(f"sealed figures: {line}")
                shown = line
            sources = [flow for flow in status["flows"] if flow["direction"] == "in" and flow["connector"] != "push"]
            settled = all(flow.get("last_success") for flow in sources) and status["messages"]["waiting"] == 0
            settled = settled and all(flow["state"] == "waiting" for flow in sources if flow["connector"] == "compute")
            sealed = status["log"]["sealed"] == status["log"]["numbered"] >= status["messages"]["journaled"]
            if all(counts.values()) and settled and sealed:
                return status, rows
            time.sleep(0.5)
        problems = "; ".join(f"{flow['flow']}: {flow['problem']}" for flow in status["flows"] if flow["problem"])
        raise Failed(f"no sealed figures of all four systems within {PATIENCE_SECS} s. {problems or 'See ' + str(self.run / 'hub.log')}")

    # -- showing --------------------------------------------------------------------------------------------

    def show(self, status, rows, pull):
        total = status["sum"]
        print(f"\n{status['province']}: {status['messages']['journaled']} messages, {total['received']} records, "
              f"{len(rows)} revisions of figures sealed, {total['refused']} records refused")
        print("   " + " + ".join(f"{name} {total[name]}" for name in ("stored", "unchanged", "refused", "returned", "closed", "waiting"))
              + f" = received {total['received']}" + ("" if total["holds"] else "   THE SUM DOES NOT HOLD"))
        reasons = {}
        for entry in status["refusals"]:
            for problem in entry.get("problems", []):
                reasons.setdefault((problem["code"], problem["title"], problem["title_en"], problem.get("found", "")), []).append(entry)
        if reasons:
            print("\nRefused, and why (the newest; all of them: lienthong quarantine list):")
            for (code, title, title_en, found), entries in reasons.items():
                print(f"   {len(entries)} × {code} '{found}' – {title} / {title_en}")
        print("\nThe first figures of each system:")
        print(f"   {'code':<22} {'name':<44} {'measure':<22} {'period':<8} {'area':<14} {'value':>12} {'unit':<10} source")
        for row in first_of_each(rows, 10):
            named = self.get(f"/v1/observations?limit=1&history=true&after={row['revision'] - 1}", pull)["observations"][0]["names"]
            name = named.get("indicator", "")
            part = "" if row["breakdown"] == "_T" else " " + row["breakdown"].split("=")[-1]
            print(f"   {row['indicator']:<22} {cut(name, 44):<44} {cut(row['measure'] + part, 22):<22} {row['period']:<8} "
                  f"{cut(named.get('area', row['area']), 14):<14} {str(row['value']):>12} {cut(named.get('unit', row['unit']), 10):<10} {row['connector']}")

    def show_computed(self, pull):
        """What the hub worked out from the dossiers as they came in, for one month."""
        print("\nComputed from the dossiers of the simulated portal, which are generated; so are the terms of their procedures:")
        month = "2025-10"
        with open(self.root / "mappings/computed/executing_units.csv", encoding="utf-8") as table:
            units = {row["breakdown"]: row["name"] for row in csv.DictReader(table)}
        for indicator, measure in (("DEMO_HY_DOSSIERS_SETTLED", "ON_TIME_PERCENT"), ("DEMO_HY_DOSSIERS_RECEIVED", "ONLINE_PERCENT")):
            found = self.get(f"/v1/observations?indicator={indicator}&period_from={month}&period_to={month}", pull)["observations"]
            for row in (row for row in found if row["measure"] == measure):
                names = row["names"]
                print(f"   {month}  {cut(names.get('measure', measure), 44):<44} {cut(units.get(row['breakdown'], row['breakdown']), 32):<32} "
                      f"{str(row['value']):>7} %   {row['source']}")
        print("   worked out again from the first dossier on: lienthong compute --all --check")

    def next_steps(self):
        binary = self.build / "bin/lienthong"
        curl = f"curl -s --cacert {self.pki}/ca.pem"
        print(f"\nStatus page: {self.address}/   (its certificate is of the development CA {self.pki}/ca.pem)")
        print("\nThree commands to try next:")
        print(f"  pull    {curl} -H \"Authorization: Bearer $(cat {self.run}/secrets/pull-token)\" '{self.address}/v1/changes?limit=5'")
        print(f"  verify  {curl} -H \"Authorization: Bearer $(cat {self.run}/secrets/pull-token)\" {self.address}/v1/observations/1/proof >{self.run}/proof.json &&\n"
              f"          {binary} verify {self.run}/proof.json --authorities {self.pki}/ca.pem --log-key {self.pki}/log.verifier")
        print(f"  push    {curl} -H \"Authorization: Bearer $(cat {self.run}/secrets/push-token)\" -H 'Content-Type: application/json' \\\n"
              f"          -H \"Idempotency-Key: my-first-push-$(date +%s)\" --data-binary @{self.root}/deploy/samples/push.json {self.address}/v1/submissions")

    def verify(self, rows, pull):
        row = rows[0]
        proof = self.run / "proof.json"
        request = urllib.request.Request(f"{self.address}/v1/observations/{row['revision']}/proof", headers={"Authorization": "Bearer " + pull})
        with urllib.request.urlopen(request, timeout=30, context=ssl.create_default_context(cafile=self.pki / "ca.pem")) as answer:
            proof.write_bytes(answer.read())
        done = self.lienthong("verify", proof, "--authorities", self.pki / "ca.pem", "--log-key", self.pki / "log.verifier")
        print("\nVerified offline, from its exported proof alone:")
        for line in done.stdout.strip().splitlines():
            print("   " + line)
        again = self.lienthong("compute", "--all", "--check")
        print("\nComputed again from the first fact on:")
        for line in again.stdout.strip().splitlines():
            print("   " + line)
        checked = self.lienthong("reconcile")
        print("\nCounted again from the rows:")
        for line in checked.stdout.strip().splitlines():
            print("   " + line)


def cut(text, width):
    return text if len(text) <= width else text[:width - 1] + "…"


def first_of_each(rows, most):
    """Rows in turn from each connector, so that every system is seen."""
    queues = [[row for row in rows if row["connector"] == connector] for connector in CONNECTORS]
    out = []
    while len(out) < most and any(queues):
        for queue in queues:
            if queue and len(out) < most:
                out.append(queue.pop(0))
    return sorted(out, key=lambda row: CONNECTORS.index(row["connector"]))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("root", "run", "build"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--since", type=int, default=int(time.time()))
    parser.add_argument("--port", type=int, default=8443, help="the hub's port; 0 for any free one")
    parser.add_argument("--once", action="store_true")
    options = parser.parse_args()
    if options.once:
        options.port = 0
    demonstration = Demonstration(options)

    def interrupted(*_):
        raise KeyboardInterrupt
    signal.signal(signal.SIGTERM, interrupted)
    try:
        demonstration.prepare()
        demonstration.configure(demonstration.simulators())
        demonstration.serve()
        pull = demonstration.token("pull", "quickstart-reader", ["*"])
        demonstration.token("push", "quickstart-sender", ["H31.02", "H31.03"])
        demonstration.earlier_receipts(pull)
        status, rows = demonstration.wait(pull)
        demonstration.show(status, rows, pull)
        demonstration.show_computed(pull)
        demonstration.show_compliance()
        if options.once:
            demonstration.verify(rows, pull)
            lost = status["messages"]["waiting"]
            print(f"\nfigures of all four systems sealed, one proof verified, {lost} lost")
            return 0 if lost == 0 and status["sum"]["holds"] else 1
        demonstration.next_steps()
        print("\nCtrl-C stops everything.", flush=True)
        while all(child.poll() is None for _, child in demonstration.children):
            time.sleep(0.5)
        ended = ", ".join(name for name, child in demonstration.children if child.poll() is not None)
        raise Failed(f"{ended} ended; see the logs in {demonstration.run}")
    except KeyboardInterrupt:
        print("\nstopping")
        return 0 if not options.once else 130
    except (Failed, OSError, subprocess.CalledProcessError, urllib.error.URLError) as problem:
        print(f"\nquickstart: {problem}", file=sys.stderr)
        return 1
    finally:
        demonstration.stop()


if __name__ == "__main__":
    sys.exit(main())

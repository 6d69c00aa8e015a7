"""A simulated system inside the test's own process: it can be away and come back with its book as it was, and the test reads that book."""
import argparse
import json
import sys
import tempfile
import threading

from free_port import free_port
from running_hub import BUILD, ROOT, RunningHub

sys.path.insert(0, str(ROOT / "tests/simulators"))
import simulator  # noqa: E402  pylint: disable=wrong-import-position


class Partner:
    """`make` is the simulator's class, `settings` what a scenario says of it."""

    def __init__(self, make, pki, settings=None):
        certificate, key = (str(pki / f"simulators/{make.name}.{ending}") for ending in ("pem", "key"))
        with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as scenario:
            json.dump({make.name: settings or {}}, scenario)
            scenario.flush()
            self._options = simulator.read_options(argparse.ArgumentParser(), make.name, [
                "--port", "0", "--certificate", certificate, "--key", key, "--scenario", scenario.name])
        self.dialect = make(self._options)
        self._port, self._server, self._thread = free_port(), None, None
        self.come_back()

    @property
    def address(self):
        return f"https://127.0.0.1:{self._port}"

    def come_back(self, *faults):
        self._options.faults = faults
        self._server = simulator.Server(self.dialect, ("127.0.0.1", self._port), self._options)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def go_away(self):
        """Nobody listens there any more."""
        if self._server is not None:
            self._server.stop()
            self._thread.join()
            self._server.server_close()
            self._server = None

    def misbehave(self, *faults):
        """Faults as a scenario plans them, in place of those before; none: it behaves."""
        self._server.plan.plan(faults)

    def log(self, name):
        return self.dialect.log.taken()[name]


class HubWithPartner(RunningHub):
    """A hub whose only partner is one simulated system. `flows` is YAML, two blanks in, with {address}, {root} and {folder}."""

    def __init__(self, make, flows, settings=None, edit_config=lambda text: text):
        super().__init__(flows=(), edit_config=self._with_partner)
        self._make, self._flows, self._settings, self._edit = make, flows, settings, edit_config
        self.partner = None

    def __exit__(self, *reason):
        super().__exit__(*reason)
        if self.partner is not None:
            self.partner.go_away()

    def _with_partner(self, text):
        self.partner = self.partner or Partner(self._make, self.pki, self._settings)
        told = self._flows.replace("{address}", self.partner.address).replace("{root}", str(ROOT)).replace("{folder}", str(self.folder))
        return self._edit(text) + "\n\n" + told

    def prepare(self):
        super().prepare()
        self.lienthong("plugins", "trust", BUILD / f"lib/plugins/{self._make.name}.so")

    def flow(self, name):
        return next(flow for flow in self.get("/v1/status")["flows"] if flow["flow"] == name)

    def items(self, flow, state=None):
        """The flow's outbox as the command line lists it, oldest first."""
        told = self.lienthong("--json", "outbox", "list", "--flow", flow, "--limit", "10000", *(("--state", state) if state else ()), expect=None).stdout
        return [json.loads(line) for line in reversed(told.splitlines())]

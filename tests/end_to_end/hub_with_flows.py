"""A running hub whose sources are flows of the test's own, through connectors that need no simulator."""
from running_hub import BUILD, ROOT, RunningHub, wait_for

HEAD = "ma;ky;tinh;don_vi_bao_cao;gia_tri;don_vi_tinh;tinh_trang\n"


class HubWithFlows(RunningHub):
    """`flows` is YAML, two blanks in, with {folder} for the hub's own folder; `secrets` are bytes by their names in secrets/."""

    def __init__(self, connector, flows, secrets=None):
        super().__init__(flows=(), edit_config=lambda text: text + "\n\n" + flows.replace("{folder}", str(self.folder)))
        self.connector = connector
        self.secrets = secrets or {}

    def prepare(self):
        super().prepare()
        for name, value in self.secrets.items():
            (self.folder / "secrets" / name).touch(mode=0o600)
            (self.folder / "secrets" / name).write_bytes(value)
        self.lienthong("plugins", "trust", BUILD / f"lib/plugins/{self.connector}.so")

    def flow(self, name):
        return next(flow for flow in self.get("/v1/status")["flows"] if flow["flow"] == name)

    def wait_polled(self, name, times=2):
        """The flow has begun and ended so many rounds since now."""
        for _ in range(times):
            before = self.flow(name).get("last_attempt")
            wait_for(f"another round of {name}",
                     lambda last=before: self.flow(name).get("last_attempt") != last and self.flow(name)["state"] != "working")

    def wait_problem(self, name, words):
        return wait_for(f"{name} to say '{words}'", lambda: words in str(self.flow(name).get("problem")) and str(self.flow(name)["problem"]))

    def figures(self, token):
        return {(row["indicator"], row["measure"], row["period"]): row for row in self.changes(token)}


__all__ = ["HEAD", "HubWithFlows", "ROOT", "wait_for"]

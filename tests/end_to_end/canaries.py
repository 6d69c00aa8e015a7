"""Secrets that are easy to find, and a search through everything the hub says."""
import base64
import json
import pathlib
import subprocess
import unittest
import urllib.parse

from running_hub import BUILD, RunningHub

TOKEN = "chim-hoang-yen.issued-TOKEN-06"
COMMANDS = (("status",), ("--json", "status"), ("quarantine", "list"), ("--json", "quarantine", "list"), ("flow", "list"), ("config", "check"), ("plugins", "list"),
            ("reconcile",), ("outbox", "list"), ("--json", "outbox", "list"), ("document", "list"), ("--json", "document", "list"), ("document", "list", "--told"),
            ("explain", "A_V_1|VS_SAME_PERIOD|2025-12|GSO:33|_T"), ("--json", "explain", "1"), ("facts", "compare"), ("--json", "facts", "compare"))
FACES = ("/v1/status", "/metrics", "/healthz", "/", "/status.js", "/v1/changes", "/v1/reconciliations")


def forms(secret):
    """Every way a secret could be written: bytes to look for, each with its name."""
    raw = secret.encode()
    found = {"as it is": raw, "hex": raw.hex().encode(), "HEX": raw.hex().upper().encode(), "percent-encoded": urllib.parse.quote(secret, safe="").encode(),
             "form-encoded": urllib.parse.quote_plus(secret).encode(), "as a JSON string": json.dumps(secret)[1:-1].encode()}
    # Inside Base64 of something longer, such as of JSON: what all texts share whatever stands before and behind.
    for name, inner in (("Base64", raw), ("Base64 of JSON", found["as a JSON string"])):
        for shift in range(3):
            text = base64.b64encode(b"x" * shift + inner)
            found[f"{name}, {shift} bytes in"] = text[-(-shift * 8 // 6):(shift + len(inner)) * 8 // 6]
    return found


class Gathering(unittest.TestCase):
    """`secrets` are by name what nothing gathered may hold."""
    secrets = {}

    def setUp(self):
        self.said = {}

    def gather(self, name, text):
        self.said[name] = self.said.get(name, b"") + (text if isinstance(text, bytes) else text.encode())

    def gather_command(self, hub, when, *words):
        done = hub.lienthong(*words, expect=None)
        self.gather(f"{when}: {' '.join(words)}", done.stdout + done.stderr)
        return done

    def gather_commands(self, hub, when, flows):
        for flow in flows:
            for words in (("flow", "test", flow), ("--json", "flow", "test", flow)):
                self.assertIn(self.gather_command(hub, when, *words).returncode, (0, 1))
            self.gather_command(hub, when, *(("--json",) if when == "stopped" else ()), "reconcile", flow, "--since", "2025-03-01")
        for words in (*COMMANDS, ("catalogue", "draft", "--from-flow", flows[0])):
            self.gather_command(hub, when, *words)

    def gather_faces(self, hub, when):
        for path in FACES:
            self.gather(f"{when}: {path}", hub.call("GET", path)[2])

    def gather_files(self, hub, when):
        """Logs, journal, store, lock files: everything on disk but the secrets themselves."""
        for path in sorted(hub.folder.rglob("*")):
            if path.is_file() and "secrets" not in path.parts and not path.is_socket():
                self.gather(f"{when}: file {path.relative_to(hub.folder)}", path.read_bytes())

    def gather_processes(self, hub, when):
        """What any user of the machine can read of the hub's processes."""
        children = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout
        self.gather(f"{when}: command lines", children)
        pids = [str(hub.hub.pid)] + [line.split()[0] for line in children.splitlines() if line.split()[1] == str(hub.hub.pid)]
        for pid in pids:
            try:
                self.gather(f"{when}: environment", pathlib.Path(f"/proc/{pid}/environ").read_bytes())
            except OSError:
                pass

    def gather_all(self, hub, flows):
        """Beside the running hub, and once it has stopped."""
        self.gather_processes(hub, "running")
        self.gather_commands(hub, "running", flows)
        self.gather_faces(hub, "running")
        hub.stop_hub()
        self.gather_commands(hub, "stopped", flows)
        self.gather_files(hub, "stopped")

    def assert_sent(self, seen, never=()):
        """The systems were sent each secret, or the search proves nothing."""
        everything = " ".join(seen)
        for name, secret in self.secrets.items():
            with self.subTest(name):
                sent = any(needle.decode() in everything for needle in forms(secret).values())
                self.assertEqual(sent, name not in never)

    def assert_silent(self):
        self.assertGreater(sum(map(len, self.said.values())), 10_000)
        for name, secret in {**self.secrets, "issued token": TOKEN}.items():
            for form, needle in forms(secret).items():
                self.assertGreaterEqual(len(needle), 4)
                for where, text in self.said.items():
                    at = text.find(needle)
                    self.assertEqual(at, -1, f"{name} stands {form} in {where}: …{text[max(0, at - 60):at + 80]!r}…")


class Preparing(RunningHub):
    """The flows of these connectors and their plugins, and no simulator; the test gives addresses and secrets and starts the hub itself."""

    def __init__(self, connectors):
        super().__init__(flows=())
        self.connectors = connectors

    def __enter__(self):
        try:
            self.prepare()
            self.flows = self.connectors
            for connector in self.flows:
                self.lienthong("plugins", "trust", BUILD / f"lib/plugins/{connector}.so")
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def begin(self, flows, secrets, edit_config=lambda text: text):
        """`flows` is YAML, two blanks in."""
        for name, value in secrets.items():
            self.write_secret(name, value)
        self.edit_config = lambda text: edit_config(text) + "\n\n" + flows
        self.write_config()
        self.start_hub()

    def problems(self, flows):
        return all(flow["problem"] for flow in self.get("/v1/status")["flows"] if flow["flow"] in flows)

"""No secret is ever written: each is given a value that is easy to find, everything the hub says is gathered, and none is in it.

The foreign system here is as unhelpful as can be: it refuses and quotes back, in its error answers, every header and body it was
sent, also decoded.
"""
import base64
import http.server
import json
import pathlib
import ssl
import subprocess
import threading
import unittest
import urllib.parse

from running_hub import BUILD, RunningHub, record, wait_for

CANARIES = {"nrs-token": "chim-hoang-yen.nrs+TOKEN/01", "lgsp-key": "chim-hoang-yen.lgsp+KEY/02", "lgsp-secret": "chim-hoang-yen.lgsp SECRET&03",
            "qlvb-secret": "chim-hoang-yen.qlvb+SECRET/04", "dvc-password": "chim-hoang-yen.dvc\"PASS\\05"}
TOKEN = "chim-hoang-yen.issued-TOKEN-06"
FLOWS = ("nrs-indicators", "lgsp-monthly", "qlvb-reports", "dvc-statistics", "dvc-dossiers", "nrs-push")


def forms(secret):
    """Every way a secret could be written: bytes to look for, each with its name."""
    raw = secret.encode()
    found = {"as it is": raw, "hex": raw.hex().encode(), "HEX": raw.hex().upper().encode(), "percent-encoded": urllib.parse.quote(secret, safe="").encode(),
             "form-encoded": urllib.parse.quote_plus(secret).encode(), "as a JSON string": json.dumps(secret)[1:-1].encode()}
    # Inside Base64 of something longer: what all texts share whatever stands before and behind.
    for shift in range(3):
        text = base64.b64encode(b"x" * shift + raw)
        found[f"Base64, {shift} bytes in"] = text[-(-shift * 8 // 6):(shift + len(raw)) * 8 // 6]
    return found


class Parrot(http.server.BaseHTTPRequestHandler):
    """Answers everything with an error that says all it was told, and hands out a token once asked for one."""
    protocol_version = "HTTP/1.1"

    def respond(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode("utf-8", "replace")
        headers = {name: value for name, value in self.headers.items()}
        given = headers.get("Authorization", "")
        decoded = base64.b64decode(given.split()[-1] + "==").decode("utf-8", "replace") if given.startswith("Basic ") else ""
        everything = " ".join([decoded, *headers.values(), body, self.path])
        self.server.seen.append(everything)
        if self.path.endswith("/token"):
            status, answer = 200, {"access_token": TOKEN, "expires_in": 3600, "token_type": "Bearer"}
        else:
            status = 400
            answer = {"fault": {"code": 900906, "message": everything, "description": everything}, "error": everything, "error_code": everything,
                      "error_description": everything, "message": everything, "Message": everything, "detail": everything, "code": everything,
                      "errorCode": everything, "ErrorCode": everything, "ErrorDesc": everything, "ErrorMessage": everything, "moTa": everything}
            if "mapi" in self.path or "DichVu" in body or "login" in body.lower():
                status = 200
        content = json.dumps(answer).encode()
        self.send_response(status, "x")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Location", "/elsewhere?" + urllib.parse.quote(everything))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = respond

    def log_message(self, *_):
        pass


class Canary(unittest.TestCase):
    def setUp(self):
        self.said = {}

    def gather(self, name, text):
        self.said[name] = self.said.get(name, b"") + (text if isinstance(text, bytes) else text.encode())

    def gather_commands(self, hub, when):
        for flow in FLOWS:
            for words in (("flow", "test", flow), ("--json", "flow", "test", flow)):
                done = hub.lienthong(*words, expect=None)
                self.assertIn(done.returncode, (0, 1))
                self.gather(f"{when}: {' '.join(words)}", done.stdout + done.stderr)
        for words in (("status",), ("--json", "status"), ("quarantine", "list"), ("--json", "quarantine", "list"), ("flow", "list"), ("config", "check"),
                      ("plugins", "list"), ("reconcile",)):
            done = hub.lienthong(*words, expect=None)
            self.gather(f"{when}: {' '.join(words)}", done.stdout + done.stderr)

    def gather_faces(self, hub, when):
        for path in ("/v1/status", "/metrics", "/healthz", "/", "/status.js", "/v1/changes"):
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

    def assert_silent(self):
        self.assertGreater(sum(map(len, self.said.values())), 10_000)
        for name, secret in {**CANARIES, "issued token": TOKEN}.items():
            for form, needle in forms(secret).items():
                self.assertGreaterEqual(len(needle), 4)
                for where, text in self.said.items():
                    at = text.find(needle)
                    self.assertEqual(at, -1, f"{name} stands {form} in {where}: …{text[max(0, at - 60):at + 80]!r}…")

    def give_canaries(self, hub):
        for name, value in CANARIES.items():
            (hub.folder / "secrets" / name).write_text(value, encoding="utf-8")

    def test_nothing_the_hub_says_about_a_system_that_quotes_everything_holds_a_secret(self):
        seen = []
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Parrot)
        server.daemon_threads = True
        server.seen = seen
        with Preparing() as hub:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(hub.pki / "simulators/nrs.pem", hub.pki / "simulators/nrs.key")
            server.socket = context.wrap_socket(server.socket, server_side=True)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            try:
                address = f"https://127.0.0.1:{server.server_address[1]}"
                hub.addresses = {name: address for name in hub.addresses}
                hub.write_config()
                self.give_canaries(hub)
                hub.start_hub()
                token = hub.token("push", "pull")
                hub.push(token, "canary-some-figure-01", [record(), record(indicator="A_V_99")])
                wait_for("every flow to have failed", lambda: all(
                    flow["problem"] for flow in hub.get("/v1/status")["flows"] if flow["flow"] in FLOWS and flow["flow"] != "nrs-push"))
                self.gather_faces(hub, "running")
                self.gather_processes(hub, "running")
                self.gather_commands(hub, "running")
                hub.stop_hub()
                self.gather_commands(hub, "stopped")
                self.gather_files(hub, "stopped")
            finally:
                server.shutdown()
                server.server_close()
        everything = " ".join(seen)
        for name, secret in CANARIES.items():
            with self.subTest(name):
                sent = any(needle.decode() in everything for needle in forms(secret).values())
                # QLVB's secret only signs; it never travels.
                self.assertEqual(sent, name != "qlvb-secret", "the system was sent it, or this test proves nothing")
        self.assertIn(TOKEN, everything)
        self.assert_silent()

    def test_the_search_itself_finds_a_secret_in_each_form(self):
        for form, needle in forms(CANARIES["lgsp-secret"]).items():
            self.said = {"somewhere": b"x" * 10_000 + needle}
            with self.subTest(form), self.assertRaises(AssertionError):
                self.assert_silent()


class Preparing(RunningHub):
    """All flows and their plugins, and no simulator; the test starts the hub itself."""

    def __init__(self):
        super().__init__(flows=())

    def __enter__(self):
        try:
            self.prepare()
            self.flows = ("nrs", "lgsp", "qlvb", "dvc")
            for connector in self.flows:
                self.lienthong("plugins", "trust", BUILD / f"lib/plugins/{connector}.so")
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self


if __name__ == "__main__":
    unittest.main()

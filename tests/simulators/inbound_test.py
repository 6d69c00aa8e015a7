"""The portal as a caller: a province's route is held to the answers the portal knows."""

import http.server
import json
import subprocess
import sys
import threading
import unittest

import dvc
import inbound
from simulator_case import HERE, Case


class Province(http.server.BaseHTTPRequestHandler):
    """A route as it should be, or one that takes duplicates."""

    takes_duplicates = False
    seen = set()

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        try:
            notice = json.loads(body)
        except ValueError:
            self.reply(500, b"not JSON")
            return
        code = notice.get("MaHoSo")
        if not all(notice.get(name) for name in inbound.NEEDED):
            answer = {"error_code": -1, "message": "missing"}
        elif code in self.seen and not self.takes_duplicates:
            answer = {"error_code": "1", "message": "duplicate"}
        else:
            self.seen.add(code)
            answer = {"error_code": 0, "message": f"{code}| create dossier success"}
        self.reply(200, json.dumps(answer).encode())

    def reply(self, status, body):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Inbound(Case):
    dialect_class, system = dvc.Dvc, "dvc"

    def route(self, handler):
        handler.seen = set()
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        self.addCleanup(thread.join)
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return f"http://127.0.0.1:{server.server_address[1]}/XrdAdapter/RestService/forward/addtthcKhuyenMai"

    def test_holds_a_good_route_good(self):
        url = self.route(type("Good", (Province,), {}))
        done = subprocess.run([sys.executable, HERE / "inbound.py", "--url", url], capture_output=True, text=True, check=False)
        self.assertEqual((done.returncode, [line[:5] for line in done.stdout.splitlines()]), (0, ["holds"] * 7), done.stdout)

    def test_finds_a_route_that_takes_a_notice_twice(self):
        url = self.route(type("Twice", (Province,), {"takes_duplicates": True}))
        failed = [what for what, held, _ in inbound.Caller(url).checks("H31.03-251120-0001") if not held]
        self.assertEqual(failed, ["the same notice again is a duplicate"])

    def test_calls_when_told_to_and_keeps_what_it_found(self):
        self.order(inbound={"url": self.route(type("Ordered", (Province,), {}))})
        called = self.log()["called"]
        self.assertEqual((len(called), all(check["holds"] for check in called)), (7, True))
        self.order(inbound={"url": "http://127.0.0.1:1/none"})
        self.assertEqual(self.log()["called"][-1]["check"], "the route answers")
        self.assertEqual(self.read("POST", "/_control", {"inbound": {"urll": "x"}})[0], 400)


if __name__ == "__main__":
    unittest.main()

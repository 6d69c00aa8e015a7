"""Server every simulated system stands on: HTTPS, the faults that were planned or ordered, and /_health, /_control, /_log.

A dialect is an object with `name`, `log`, `answer(request)`, `damage(request, answer)` and `control(settings)`. It is called from
several threads at once. Faults of its own it finds in `request.fault` and `request.order`; they stand in settings.OWN_FAULTS or,
for a system that has no settings there, as names in the dialect's `faults`.
"""

import argparse
import json
import os
import signal
import socket
import ssl
import struct
import sys
import threading
from collections import deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

import faults
import scenario
import settings
import shape
from faults import Answer

BODY_LIMIT = 50 * 1024 * 1024


@dataclass
class Request:
    method: str
    target: str
    path: str
    query: dict
    headers: object  # get() without regard to case
    body: bytes
    fault: str = "none"
    order: dict = field(default_factory=dict)  # the fault and what was said with it

    def json_value(self):
        """The body as whatever JSON it is, or None."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None

    def json(self):
        """The body as a JSON object, or None."""
        value = self.json_value()
        return value if isinstance(value, dict) else None


def json_answer(value, status=200, **headers):
    return Answer(status, json.dumps(value, ensure_ascii=False).encode(),
                  headers={k.replace("_", "-"): v for k, v in headers.items()})


class Log:
    """What the simulator saw, for tests to read."""

    def __init__(self):
        self._lock = threading.Lock()
        names = ("requests", "acknowledged", "packets", "refused", "statuses", "called", "services")
        self._lists = {name: deque(maxlen=20_000) for name in names}

    def add(self, name, entry):
        with self._lock:
            self._lists[name].append(entry)

    def taken(self):
        with self._lock:
            return {name: list(entries) for name, entries in self._lists.items()}


def pieces(body, size):
    return (body[start:start + size] for start in range(0, len(body), size))


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server_version = "simulator"
    sys_version = ""
    timeout = 120

    def do_GET(self):
        self.do_POST()  # A body that a client sends along is read too, or it would stand before the next request.

    def do_POST(self):
        body = self.read_body()
        if body is not None:
            self.respond(body)

    def read_body(self):
        """The request's body; None when there is no making sense of it, which was answered."""
        try:
            if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
                return self.read_chunks()
            length = int(self.headers.get("Content-Length", 0))
        except ValueError:
            return self.give_up(400)
        return self.rfile.read(length) if 0 <= length <= BODY_LIMIT else self.give_up(413)

    def read_chunks(self):
        body = b""
        while size := int(self.rfile.readline().split(b";")[0], 16):
            body += self.rfile.read(size)
            self.rfile.readline()
            if len(body) > BODY_LIMIT:
                return self.give_up(413)
        self.rfile.readline()
        return body

    def give_up(self, status):
        self.close_connection = True
        self.send(Answer(status, headers={"Connection": "close"}))

    def respond(self, body):
        parts = urlsplit(self.path)
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        request = Request(self.command, self.path, parts.path, query, self.headers, body)
        if parts.path.startswith("/_"):
            self.send(self.own(request))
            return
        server = self.server
        request.order = server.plan.take(request)
        request.fault = fault = request.order.get("fault", "none")
        entry = {"method": request.method, "target": request.target, "misbehave": fault}
        answer = None if fault in settings.own_faults(server.dialect) else faults.instead(request.order)
        if answer is None and (fault not in ("stall", "reset") or request.order.get("applied", True)):
            answer = server.answer(request)
        entry["status"] = answer.status if answer else 0
        server.log.add("requests", entry)
        if fault == "reset":
            self.reset()
            return
        if fault == "stall" and server.stopping.wait(request.order.get("seconds", 60)):
            return
        answer = answer or server.answer(request)
        self.send(server.dialect.damage(request, answer) if fault == "damage" else faults.altered(request.order, answer),
                  request.order)

    def own(self, request):
        if request.path == "/_health":
            return json_answer({"system": self.server.dialect.name, "status": "ok"})
        if request.path == "/_log":
            return json_answer(self.server.log.taken())
        if request.path == "/_control" and request.method == "POST":
            if not self.client_address[0].startswith("127."):
                return json_answer({"error": "only from this machine"}, 403)
            return self.control(request.json())
        return json_answer({"error": "unknown"}, 404)

    def control(self, order):
        """Faults, in place of those of the scenario; one fault, before all others; or settings of the system."""
        own = settings.own_faults(self.server.dialect)
        known = {**faults.COMMON, **own}
        if order is None or list(shape.choice(*known)(order.get("misbehave", "none"), "misbehave")):
            return json_answer({"error": "unknown misbehaviour", "known": list(known)}, 400)
        planned = order.pop("faults", None)
        told = {key: order.pop(key) for key in list(order) if key in {**faults.MATCHING, **known[order.get("misbehave", "none")]}}
        wanted = order.pop("misbehave", None)
        entries = [{"fault": wanted or "none", **told}] + (planned if isinstance(planned, list) else [])
        wrong = list(settings.MONTH(order["published_to"], "published_to")) if "published_to" in order else []
        wrong += [line for at, entry in enumerate(entries)
                  for line in scenario.fault_departures(own, entry, f"faults[{at - 1}]" if at else "")]
        if wrong or (planned is not None and not isinstance(planned, list)):
            return json_answer({"error": "; ".join(wrong) or "faults: expected a list"}, 400)
        if order and not self.server.dialect.control(order):
            return json_answer({"error": "unknown setting", "found": sorted(order)}, 400)
        if planned is not None:
            self.server.plan.plan(planned)
        if wanted is not None:
            self.server.plan.order(entries[0])
        return json_answer({"status": "ok"})

    def send(self, answer, order=None):
        fault = (order or {}).get("fault", "none")
        self.send_response(answer.status)
        for name, value in {"Content-Type": answer.content_type, **answer.headers}.items():
            self.send_header(name, value)
        if fault == "chunked":
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for piece in pieces(answer.body, 700):
                self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            self.wfile.write(b"0\r\n\r\n")
            return
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if fault == "cut":
            self.wfile.write(answer.body[:len(answer.body) // 2])
            self.close_connection = True
        elif fault == "slow":
            self.trickle(answer.body, order.get("seconds", 30))
        else:
            self.wfile.write(answer.body)

    def trickle(self, body, seconds):
        """Twenty pieces, so much time apart that all of them take the seconds."""
        for piece in pieces(body, max(1, -(-len(body) // 20))):
            if self.server.stopping.wait(seconds / 20):
                return
            self.wfile.write(piece)

    def reset(self):
        """Ends the connection with RST and no answer: the caller cannot know whether its request took effect."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        os.close(self.connection.detach())

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def __init__(self, dialect, address, options):
        super().__init__(address, Handler)
        self.dialect = dialect
        self.log = dialect.log
        self.plan = faults.Plan(getattr(options, "faults", ()))
        self._last = {}  # path -> the answer before
        self.stopping = threading.Event()
        is_plain = getattr(options, "plain_http", False)
        self.scheme = "http" if is_plain else "https"
        self._tls = None
        if not is_plain:
            self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._tls.minimum_version = ssl.TLSVersion.TLSv1_2
            self._tls.load_cert_chain(options.certificate, options.key)

    def answer(self, request):
        """The system's answer; for `repeat`, the one this path was given before."""
        answer = self.dialect.answer(request)
        if request.fault == "repeat":
            return self._last.get(request.path, answer)
        self._last[request.path] = answer
        return answer

    def get_request(self):
        # The handshake happens in the connection's own thread, so that a silent caller holds up nobody.
        connection, address = super().get_request()
        if self._tls is None:
            return connection, address
        return self._tls.wrap_socket(connection, server_side=True, do_handshake_on_connect=False), address

    def handle_error(self, request, client_address):
        error = sys.exc_info()[1]
        if not isinstance(error, OSError):
            super().handle_error(request, client_address)

    def stop(self):
        self.stopping.set()
        threading.Thread(target=self.shutdown).start()


def add_options(parser):
    """The options every simulator has."""
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True, help="0: any free port, printed as the first line")
    parser.add_argument("--certificate", required=True, help="PEM file: the server's certificate and its chain")
    parser.add_argument("--key", required=True, help="PEM file: its private key")
    parser.add_argument("--until-stdin-closes", action="store_true", help="stop when whoever started this is gone")


def read_options(parser, system, words=None):
    """What the command line says; what it leaves out, the scenario; then SIM_… variables; then settings.py."""
    add_options(parser)
    parser.add_argument("--scenario", help="JSON file: dialects, sizes of data, faults")
    values = settings.defaults(system)
    for name, value in values.items():
        if isinstance(value, (str, int, float)) and not isinstance(value, bool):
            parser.add_argument("--" + name.replace("_", "-"), type=type(value))
    given = vars(parser.parse_args(words))
    told = scenario.read(given["scenario"]).get(system, {}) if given["scenario"] else {}
    planned = told.pop("faults", [])
    return argparse.Namespace(**{**given, **values, **told, **{name: value for name, value in given.items() if value is not None},
                                 "faults": planned})


def serve(dialect, options):
    """Runs until SIGTERM or SIGINT, or, if so asked, until standard input closes."""
    server = Server(dialect, (options.host, options.port), options)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: server.stop())
    if options.until_stdin_closes:
        threading.Thread(target=lambda: (sys.stdin.buffer.read(), server.stop()), daemon=True).start()
    print(f"ready {server.scheme}://{options.host}:{server.server_address[1]}", flush=True)
    server.serve_forever(poll_interval=0.1)
    server.server_close()

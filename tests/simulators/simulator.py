"""Server every simulated system stands on: HTTPS, the misbehaviour switch, and /_health, /_control, /_log.

A dialect is an object with `name`, `faults` (misbehaviours of its own), `answer(request)`, `damage(request, answer)` and
`control(settings)`. It is called from several threads at once.
"""

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

COMMON_FAULTS = ("none", "refuse", "stall", "reset", "html502", "damage", "chunked", "bom")
GATEWAY_PAGE = b"<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1><hr>nginx</body></html>"
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

    def json(self):
        """The body as a JSON object, or None."""
        try:
            value = json.loads(self.body)
        except ValueError:
            return None
        return value if isinstance(value, dict) else None


@dataclass
class Answer:
    status: int = 200
    body: bytes = b""
    content_type: str = "application/json; charset=utf-8"
    headers: dict = field(default_factory=dict)


def json_answer(value, status=200, **headers):
    return Answer(status, json.dumps(value, ensure_ascii=False).encode(), headers={k.replace("_", "-"): v for k, v in headers.items()})


class Log:
    """What the simulator saw, for tests to read."""

    def __init__(self):
        self._lock = threading.Lock()
        self._lists = {name: deque(maxlen=20_000) for name in ("requests", "acknowledged", "packets", "refused")}

    def add(self, name, entry):
        with self._lock:
            self._lists[name].append(entry)

    def taken(self):
        with self._lock:
            return {name: list(entries) for name, entries in self._lists.items()}


class Switch:
    """The misbehaviour ordered last: which, how often (None: until changed), and on which paths."""

    def __init__(self):
        self._lock = threading.Lock()
        self._order = {}

    def set(self, order):
        with self._lock:
            self._order = dict(order)

    def take(self, path):
        """The order that applies to this request, counted once; {} for good behaviour."""
        with self._lock:
            order = self._order
            if order.get("misbehave", "none") == "none" or order.get("path", "") not in path:
                return {}
            if order.get("times") is not None:
                if order["times"] <= 0:
                    return {}
                order["times"] -= 1
            return dict(order)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server_version = "simulator"
    sys_version = ""
    timeout = 120

    def do_GET(self):
        self.respond(b"")

    def do_POST(self):
        body = self.read_body()
        if body is not None:
            self.respond(body)

    def read_body(self):
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            body = b""
            while size := int(self.rfile.readline().split(b";")[0], 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return body
        length = int(self.headers.get("Content-Length", 0))
        if length > BODY_LIMIT:
            self.send(Answer(413))
            return None
        return self.rfile.read(length)

    def respond(self, body):
        parts = urlsplit(self.path)
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        request = Request(self.command, self.path, parts.path, query, self.headers, body)
        if parts.path.startswith("/_"):
            self.send(self.own(request))
            return
        order = self.server.switch.take(parts.path)
        request.fault = fault = order.get("misbehave", "none")
        entry = {"method": request.method, "target": request.target, "misbehave": fault}
        answer = None
        if fault == "refuse":
            answer = Answer(503, b"Service Unavailable", "text/plain", {"Connection": "close"})
        elif fault == "html502":
            answer = Answer(502, GATEWAY_PAGE, "text/html")
        elif order.get("applied", True):
            answer = self.server.dialect.answer(request)
        entry["status"] = answer.status if answer else 0
        self.server.log.add("requests", entry)
        if fault == "reset":
            self.reset()
            return
        if fault == "stall" and self.server.stopping.wait(order.get("seconds", 60)):
            return
        answer = answer or self.server.dialect.answer(request)
        self.send(self.server.dialect.damage(request, answer) if fault == "damage" else answer, fault)

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
        dialect = self.server.dialect
        if order is None or order.get("misbehave", "none") not in COMMON_FAULTS + tuple(dialect.faults):
            return json_answer({"error": "unknown misbehaviour", "known": [*COMMON_FAULTS, *dialect.faults]}, 400)
        times = order.get("times")
        if times is not None and (not isinstance(times, int) or times < 0):
            return json_answer({"error": "times counts from 0"}, 400)
        rest = {key: value for key, value in order.items() if key not in ("misbehave", "times", "path", "seconds", "applied")}
        if rest and not dialect.control(rest):
            return json_answer({"error": "unknown setting", "found": sorted(rest)}, 400)
        if "misbehave" in order:
            self.server.switch.set(order)
        return json_answer({"status": "ok"})

    def send(self, answer, fault="none"):
        body = b"\xef\xbb\xbf" + answer.body if fault == "bom" else answer.body
        self.send_response(answer.status)
        for name, value in {"Content-Type": answer.content_type, **answer.headers}.items():
            self.send_header(name, value)
        if fault == "chunked":
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for start in range(0, len(body), 700):
                piece = body[start:start + 700]
                self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            self.wfile.write(b"0\r\n\r\n")
            return
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

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

    def __init__(self, dialect, address, certificate, key):
        super().__init__(address, Handler)
        self.dialect = dialect
        self.log = dialect.log
        self.switch = Switch()
        self.stopping = threading.Event()
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._tls.minimum_version = ssl.TLSVersion.TLSv1_2
        self._tls.load_cert_chain(certificate, key)

    def get_request(self):
        # The handshake happens in the connection's own thread, so that a silent caller holds up nobody.
        connection, address = super().get_request()
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


def serve(dialect, options):
    """Runs until SIGTERM or SIGINT, or, if so asked, until standard input closes."""
    server = Server(dialect, (options.host, options.port), options.certificate, options.key)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: server.stop())
    if options.until_stdin_closes:
        threading.Thread(target=lambda: (sys.stdin.buffer.read(), server.stop()), daemon=True).start()
    print(f"ready https://{options.host}:{server.server_address[1]}", flush=True)
    server.serve_forever(poll_interval=0.1)
    server.server_close()

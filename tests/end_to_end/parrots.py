"""Servers as unhelpful as can be: they refuse, and quote back whatever they were sent, also decoded. `seen` of each is what that was."""
import base64
import binascii
import contextlib
import http.server
import json
import socketserver
import ssl
import struct
import threading
import urllib.parse

from canaries import TOKEN


class Http(http.server.BaseHTTPRequestHandler):
    """Answers everything with an error that says all it was told, and hands out a token once asked for one."""
    protocol_version = "HTTP/1.1"

    def respond(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode("utf-8", "replace")
        headers = {name: value for name, value in self.headers.items()}
        given = headers.get("Authorization", "")
        decoded = base64.b64decode(given.split()[-1] + "==").decode("utf-8", "replace") if given.startswith("Basic ") else ""
        everything = " ".join([decoded, *headers.values(), body, self.path])
        self.server.seen.append(everything)
        if self.path.endswith("/token") or "/auth/login" in self.path:
            token = {"access_token": TOKEN, "expires_in": 3600, "token_type": "Bearer"}
            status, answer = 200, {**token, "data": token}
        else:
            status = 400
            answer = {"fault": {"code": 900906, "message": everything, "description": everything}, "error": everything, "error_code": everything,
                      "error_description": everything, "message": everything, "Message": everything, "detail": everything, "code": everything,
                      "errorCode": everything, "ErrorCode": everything, "ErrorDesc": everything, "ErrorMessage": everything, "moTa": everything}
            if "mapi" in self.path or (not self.path.startswith("/rest/") and "DichVu" in body) or "login" in body.lower():
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


class Lines(socketserver.StreamRequestHandler):
    """A conversation line by line."""

    def say(self, line):
        self.wfile.write(line + b"\r\n")

    def heard(self):
        for line in self.rfile:
            self.server.seen.append(line.decode("utf-8", "replace"))
            yield line.strip()

    def handle(self):
        with contextlib.suppress(OSError):
            self.converse()


class Pop3(Lines):
    def converse(self):
        self.say(b"+OK")
        for line in self.heard():
            self.say(b"+OK" if line.startswith(b"USER") else b"-ERR I do not know: " + line)


class Smtp(Lines):
    def converse(self):
        self.say(b"220 here")
        for line in self.heard():
            if line.startswith(b"EHLO"):
                self.say(b"250-here\r\n250 AUTH PLAIN")
                continue
            decoded = b""
            with contextlib.suppress(binascii.Error):
                decoded = base64.b64decode(line.rpartition(b" ")[2], validate=True).replace(b"\0", b" ")
            self.server.seen.append(decoded.decode("utf-8", "replace"))
            self.say(b"535 I do not know: " + line + b" which says " + decoded)


class PostgreSql(socketserver.StreamRequestHandler):
    """Wants the password in the clear, and repeats it in the error."""

    def handle(self):
        with contextlib.suppress(OSError, struct.error):
            self.rfile.read(struct.unpack("!I", self.rfile.read(4))[0] - 4)
            self.wfile.write(b"R" + struct.pack("!II", 8, 3))
            self.rfile.read(1)
            password = self.rfile.read(struct.unpack("!I", self.rfile.read(4))[0] - 4).rstrip(b"\0")
            self.server.seen.append(password.decode("utf-8", "replace"))
            said = b"SFATAL\0C28P01\0Mthe password is not " + password + b", nor " + base64.b64encode(password) + b"\0\0"
            self.wfile.write(b"E" + struct.pack("!I", len(said) + 4) + said)


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """Whoever hangs up is none of its business."""


@contextlib.contextmanager
def serving(parrot, certificate=None, key=None):
    """The parrot on a free port of 127.0.0.1, inside TLS where a certificate is given."""
    kind = http.server.ThreadingHTTPServer if parrot is Http else Server
    server = kind(("127.0.0.1", 0), parrot)
    server.daemon_threads = True
    server.seen = []
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    server.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()

"""A source that answers every request, and lies: one platform of monthly figures whose lie is named by the first part of the path.

Where a lie has nothing to say, and everywhere once `honest` is set, it answers as the platform should. Each lie has a month and a
series of its own, one value that is true, and one that no store may ever hold.
"""
import gzip
import json
import socket
import ssl
import struct
import threading
from dataclasses import dataclass, field

HEADER_LIMIT = 64 * 1024
MIB = 1024 * 1024
# Series of the lies, in turn: code, kind, agency that may tell it.
SERIES = (("CDTPT", "LK", "H31.02"), ("CNSDP", "LK", "H31.02"), ("CTX", "LK", "H31.02"))
MONTHS = [(2025, month) for month in range(1, 13)] + [(2026, month) for month in range(1, 11)]


@dataclass
class World:
    """What is true where one lie is told."""
    number: int

    @property
    def month(self):
        year, month = MONTHS[self.number % len(MONTHS)]
        return f"{month:02d}/{year}"

    @property
    def period(self):
        year, month = MONTHS[self.number % len(MONTHS)]
        return f"{year}-{month:02d}"

    @property
    def series(self):
        return SERIES[self.number // len(MONTHS)]

    @property
    def truth(self):
        return str(1000 + self.number)

    @property
    def falsehood(self):
        return str(666_000 + self.number)

    def item(self, value=None, **changes):
        code, kind, agency = self.series
        item = {"maSo": f"LGSP-{self.number}", "maChiTieu": code, "loai": kind, "tenChiTieu": code, "giaTri": value or self.truth, "donVi": "tỷ đồng",
                "maDonVi": agency, "tinhTrang": "UT", "tuNgay": "", "denNgay": "", "nguon": "https://source.test"}
        item.update(changes)
        return {name: part for name, part in item.items() if part is not None}

    def page(self, *items, **changes):
        page = {"kyBaoCao": self.month, "maTinh": "33", "trang": 1, "tongTrang": 1, "duLieu": list(items)}
        page.update(changes)
        return {name: part for name, part in page.items() if part is not None}

    def false_page(self, **changes):
        return self.page(self.item(self.falsehood), **changes)


def http(body, kind="application/json", status="200 OK", headers=(), length=None):
    """One answer as bytes."""
    body = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", *headers]
    if length != "none":
        lines.append(f"Content-Length: {len(body) if length is None else length}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def false_text(world, **changes):
    return json.dumps(world.false_page(**changes), ensure_ascii=False)


def with_value(world, literal):
    """A page whose value is the literal as it stands, without marks."""
    return http(json.dumps(world.page(world.item("@"))).replace('"@"', literal).encode())


def chunked_without_end(_):
    yield b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    while True:
        yield b"10000\r\n" + b" " * 0x10000 + b"\r\n"


def a_hundred_megabytes(world):
    begin = false_text(world).encode()
    yield (f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {100 * MIB + len(begin)}\r\n\r\n").encode()
    for _ in range(100):
        yield b" " * MIB
    yield begin


def interim_answers_without_end(_):
    while True:
        yield b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"


def a_byte_a_second(world):
    """The pauses are the server's: see Source.tell."""
    for byte in http(world.false_page()):
        yield None
        yield bytes([byte])


def cut_and_reset(world):
    whole = http(world.false_page())
    yield whole[:-40]
    yield "reset"


def ends_early(world):
    yield http(world.false_page(), length=len(false_text(world).encode()) + 100)
    yield "close"


@dataclass
class Lie:
    name: str
    where: str      # "token", "periods", "page": the answer that is a lie; "page in MM/yyyy": of a month that is only told of here
    tell: object    # world -> bytes, or pieces of them
    shows: str      # "flow" or "quarantine": where the operator reads of it
    code: str       # several, by "|", where the hub's speed decides which of its limits ends the lie
    world: World = None
    slug: str = ""
    base_url: str = ""
    asked: list = field(default_factory=list)

    def is_told(self, where, code):
        return where == self.shows and code in self.code.split("|")


def lies(trap):
    """Every lie there is. `trap` is an address nothing may ever ask."""
    def bad(name, tell, code, where="page"):
        return Lie(name, where, tell, "flow", code)

    def aside(name, tell, code, where="page"):
        return Lie(name, where, tell, "quarantine", code)

    table = [
        bad("a page of HTML with status 200", lambda w: http(b"<html><body>Please log in</body></html>", "text/html"), "unreadable"),
        bad("windows-1252 called UTF-8", lambda w: http(false_text(w, ghiChu="café").encode("cp1252", "replace"), "application/json; charset=utf-8"), "unreadable"),
        bad("gzip cut short", lambda w: http(gzip.compress(false_text(w).encode())[:-12], headers=["Content-Encoding: gzip"]), "transport.encoded"),
        bad("gzip nobody asked for", lambda w: http(gzip.compress(false_text(w).encode()), headers=["Content-Encoding: gzip"]), "transport.encoded"),
        bad("chunks without end", chunked_without_end, "transport.too_large|transport.unknown"),
        bad("a redirect to itself", lambda w: http(false_text(w).encode(), status="302 Found", headers=[f"Location: {w.path}"]), "http_302"),
        bad("a redirect to the machine's metadata", lambda w: http(b"{}", status="302 Found", headers=["Location: http://169.254.169.254/latest/meta-data/"]), "http_302"),
        bad("a redirect to another host", lambda w: http(b"{}", status="307 Temporary Redirect", headers=[f"Location: http://{trap}/kinhte"]), "http_307"),
        bad("another form: the list has a new name", lambda w: http({**w.false_page(duLieu=None), "items": [w.item(w.falsehood)]}), "shape"),
        aside("another form: a field has a new name", lambda w: http(w.page(w.item(giaTri=None, value=w.falsehood))), "value.missing"),
        bad("the same page once more", lambda w: http(w.page(w.item(w.falsehood), trang=2, tongTrang=2)), "shape"),
        bad("a page counter that goes back", lambda w: http(w.false_page(trang=0)), "shape"),
        bad("a thousand million pages", lambda w: http(w.false_page(tongTrang=1_000_000_000)), "shape"),
        bad("a page of another month", lambda w: http(w.false_page(kyBaoCao="01/2024")), "shape"),
        bad("the answer to another request", lambda w: http({"kyBaoCao": [w.month]}), "shape"),
        aside("a month that is none", lambda w: http({"kyBaoCao": ["13/2025"]}), "connector.set_aside", "periods"),
        aside("a clock in 1970", lambda w: http({"kyBaoCao": ["00/1970"]}), "connector.set_aside", "periods"),
        aside("a clock in 2100", lambda w: http(w.false_page(kyBaoCao="01/2100")), "connector.set_aside", "page in 01/2100"),
        bad("NaN", lambda w: with_value(w, "NaN"), "unreadable"),
        bad("Infinity", lambda w: with_value(w, "-Infinity"), "unreadable"),
        aside("the text NaN", lambda w: http(w.page(w.item("NaN"))), "number.malformed"),
        bad("a number with an exponent of 400", lambda w: with_value(w, "1e400"), "unreadable"),
        bad("a number of 5,000 digits", lambda w: with_value(w, "6" * 5000), "unreadable"),
        aside("a negative count", lambda w: http(w.page(w.item("-" + w.falsehood, maChiTieu="DNTL", loai="LK", donVi="doanh nghiệp"))), "rule.broken"),
        aside("a number written the English way", lambda w: http(w.page(w.item("666,000.5"))), "number.malformed"),
        aside("the same record twice with another value", lambda w: http(w.page(w.item(), w.item(w.falsehood))), "record.duplicate_key"),
        bad("the same key twice in one object", lambda w: with_value(w, f'"{w.truth}","giaTri":"{w.falsehood}"'), "unreadable"),
        bad("a million levels", lambda w: http(b"[" * 1_000_000 + b"]" * 1_000_000), "unreadable"),
        bad("NUL bytes", lambda w: http(false_text(w, ghiChu="@").replace("@", "\0").encode()), "unreadable"),
        aside("an escaped NUL in an identity", lambda w: http(w.page(w.item(w.falsehood, maDonVi="H31.02\0"))), "agency.unknown"),
        bad("a byte order mark", lambda w: http(b"\xef\xbb\xbf" + false_text(w).encode()), "unreadable"),
        bad("UTF-16", lambda w: http(false_text(w).encode("utf-16")), "unreadable"),
        bad("half of a surrogate pair", lambda w: with_value(w, r'"\ud800"'), "unreadable"),
        bad("a hundred megabytes", a_hundred_megabytes, "transport.too_large"),
        bad("nothing at all", lambda w: http(b""), "unreadable"),
        bad("a length too long", ends_early, "transport.unknown"),
        bad("a length too short", lambda w: http(w.false_page(), length=60), "transport.unknown"),
        bad("two lengths", lambda w: http(w.false_page(), headers=["Content-Length: 5"]), "transport.unknown"),
        bad("chunks and a length", lambda w: http(b"5\r\nhello\r\n0\r\n\r\n", headers=["Transfer-Encoding: chunked"]), "transport.unknown"),
        bad("a byte a second", a_byte_a_second, "transport.unknown"),
        bad("a reset in the middle", cut_and_reset, "transport.unknown"),
        bad("XML where JSON is expected", lambda w: http(f"<duLieu><giaTri>{w.falsehood}</giaTri></duLieu>".encode(), "application/json"), "unreadable"),
        bad("a header of a megabyte", lambda w: http(w.false_page(), headers=["X-Long: " + "x" * MIB]), "transport.unknown"),
        bad("interim answers without end", interim_answers_without_end, "transport.unknown"),
        bad("another protocol, unasked", lambda w: b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n", "transport.unknown"),
        bad("no HTTP at all", lambda w: b"220 mail.test ESMTP\r\n" + false_text(w).encode(), "transport.unknown"),
        aside("another agency's figures", lambda w: http(w.page(w.item(w.falsehood, maDonVi="H31.06"))), "agency.not_allowed"),
        aside("an indicator nobody knows", lambda w: http(w.page(w.item(w.falsehood, maChiTieu="KHONG_CO"))), "lookup.missing"),
        aside("a unit of something else", lambda w: http(w.page(w.item(w.falsehood, donVi="con gà"))), "unit.unknown"),
        bad("success with an error inside, for ever", lambda w: http({"fault": {"code": 900901, "message": "Invalid Credentials"}}), "wso2_900901"),
        bad("every call refused with a good token", lambda w: http({"fault": {"code": 900901, "message": "Invalid Credentials"}}, status="401 Unauthorized"), "wso2_900901", "periods"),
        bad("a login that never succeeds", lambda w: http({"error": "invalid_client", "error_description": "no"}, status="401 Unauthorized"), "invalid_client", "token"),
        bad("a token that has ended before it began", lambda w: http({"access_token": "t", "expires_in": -3600}), "shape", "token"),
        bad("an empty token", lambda w: http({"access_token": "", "expires_in": 3600}), "shape", "token"),
        bad("a token of ten megabytes", lambda w: http({"access_token": "t" * 10 * MIB, "expires_in": 3600}), "credential_too_long", "token"),
        bad("a token longer than a header may be", lambda w: http({"access_token": "t" * 100_000, "expires_in": 3600}), "credential_too_long", "token"),
        bad("a token with a header in it", lambda w: http({"access_token": "t\r\nX-Injected: yes", "expires_in": 3600}), "shape", "token"),
        bad("a token endpoint that shows a page", lambda w: http(b"<html>login</html>", "text/html"), "unreadable", "token"),
    ]
    for number, lie in enumerate(table):
        lie.world = World(number)
        lie.slug = f"lie-{number:02d}"
        lie.world.path = f"/{lie.slug}/kinhte/1.0/so-lieu-thang"
    return table


class Source:
    """Serves until closed. Each lie has an address of its own, `base_url`, because the hub leaves a host and port alone for all
    flows once one of them found it unwell; `stop_lying()` makes all of them honest at once."""

    def __init__(self, certificate, key):
        self.honest = False
        self.closing = threading.Event()
        self.trapped = 0
        self._trap = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._spring, daemon=True).start()
        self.lies = lies(f"127.0.0.1:{self._trap.getsockname()[1]}")
        self._by_slug = {lie.slug: lie for lie in self.lies}
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._tls.load_cert_chain(certificate, key)
        self._sockets = []
        for lie in self.lies:
            listening = socket.create_server(("127.0.0.1", 0), backlog=64)
            lie.base_url = f"https://127.0.0.1:{listening.getsockname()[1]}"
            self._sockets.append(listening)
            threading.Thread(target=self._accept, args=(listening,), daemon=True).start()

    def stop_lying(self):
        self.honest = True

    def close(self):
        self.closing.set()
        for one in (*self._sockets, self._trap):
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            one.close()

    def _spring(self):
        while True:
            try:
                caller, _ = self._trap.accept()
            except OSError:
                return
            self.trapped += 1
            caller.close()

    def _accept(self, listening):
        while True:
            try:
                plain, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(plain,), daemon=True).start()

    def _serve(self, plain):
        try:
            plain.settimeout(120)
            with self._tls.wrap_socket(plain, server_side=True) as caller:
                while self._answer_one(caller):
                    pass
        except OSError:
            pass  # The hub hung up on a lie, as it should.
        finally:
            plain.close()

    def _read(self, caller):
        head = b""
        while b"\r\n\r\n" not in head:
            piece = caller.recv(65536)
            if not piece or len(head) > HEADER_LIMIT:
                return None
            head += piece
        head, _, body = head.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        length = next((int(line.split(":")[1]) for line in lines[1:] if line.lower().startswith("content-length:")), 0)
        while len(body) < length:
            body += caller.recv(65536)
        return lines[0].split(" ")[1]

    def _answer_one(self, caller):
        target = self._read(caller)
        if target is None:
            return False
        lie = self._by_slug[target.split("/")[1]]
        where = "token" if target.endswith("/token") else "periods" if target.endswith("/ky-bao-cao") else "page"
        lie.asked.append(where)
        other_month = lie.where.partition(" in ")[2]
        if not self.honest and other_month and where == "periods":
            caller.sendall(http({"kyBaoCao": [other_month]}))
            return True
        if self.honest or lie.where.partition(" ")[0] != where:
            caller.sendall(self._truth(lie, where))
            return True
        return self.tell(caller, lie)

    def _truth(self, lie, where):
        world = lie.world
        if where == "token":
            return http({"access_token": f"token-{lie.slug}", "token_type": "Bearer", "expires_in": 3600})
        return http({"kyBaoCao": [world.month]} if where == "periods" else world.page(world.item()))

    def tell(self, caller, lie):
        told = lie.tell(lie.world)
        if isinstance(told, bytes):
            caller.sendall(told)
            return True  # The connection stays open: what is left over on it is the hub's to notice.
        for piece in told:
            if piece == "close":
                return False
            if piece == "reset":
                caller.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                return False
            if piece is None:
                if self.closing.wait(1):
                    return False
                continue
            caller.sendall(piece)
        return False

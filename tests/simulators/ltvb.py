"""A provincial document axis as REST (LTVB): login gives a JWT; every call carries it, X-SystemId and X-SecretKey."""

import base64
import binascii
import hashlib
import hmac
import json
import secrets
import threading
import uuid
import xml.etree.ElementTree as xml

import agencies
import edxml
import reports
from multipart import form_parts
from simulator import json_answer

PREFIX = "/v1/"
WORDS = {10: "Tệp không hợp lệ", 15: "Sai SystemId hoặc SecretKey", 18: "Đơn vị nhận không tồn tại",
         19: "Đơn vị gửi chưa đăng ký",
         20: "Lỗi nội bộ của trục", 21: "Lỗi xử lý tệp", 22: "Sai định dạng edXML", 23: "Đơn vị nhận đang bị khóa"}
TAKEN = ("done", "fail", "processing", "01", "02", "03", "04", "05", "06", "13", "15", "16")


def encoded(part):
    return base64.urlsafe_b64encode(part).rstrip(b"=").decode()


class Tokens:
    """JSON Web Tokens of HS256 that end by themselves."""

    def __init__(self, seconds):
        self._seconds, self._key = seconds, secrets.token_bytes(32)

    def sign(self, text):
        return encoded(hmac.new(self._key, text.encode(), hashlib.sha256).digest())

    def give(self, user, now):
        text = ".".join(encoded(json.dumps(part).encode())
                        for part in ({"alg": "HS256", "typ": "JWT"}, {"sub": user, "exp": int(now + self._seconds)}))
        return f"{text}.{self.sign(text)}"

    def is_current(self, token, now):
        text, _, signature = token.rpartition(".")
        if not text or not hmac.compare_digest(self.sign(text).encode(), signature.encode("utf-8", "surrogateescape")):
            return False
        payload = text.partition(".")[2]
        return now < json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))["exp"]

    def end(self):
        self._key = secrets.token_bytes(32)


def organ_ids(root, element):
    space = f"{{{edxml.URI}}}"
    return [node.text or "" for node in root.findall(f".//{space}MessageHeader/{space}{element}/{space}OrganId")]


class Ltvb:
    def __init__(self, options, log):
        self._log = log
        self._login = (options.ltvb_username, options.ltvb_password, options.ltvb_application_code)
        self._system, self._secret = options.ltvb_system_id, options.ltvb_secret_key
        self._tokens = Tokens(options.ltvb_token_seconds)
        self._catalogue = agencies.Catalogue(options.agency_count)
        self._shape, self._locked = options.ltvb_agencies, set(options.ltvb_locked)
        self._reports = {report.transport_id: report for report in reports.published(self._system)}
        self._status = dict.fromkeys(self._reports, "initial")
        self._lists = 0
        self._lock = threading.Lock()
        self._operations = {("POST", "sendEdoc"): self.send, ("GET", "syncReceivedEdocList"): self.received,
                            ("GET", "getEdoc"): self.document,
                            ("POST", "updateStatus"): self.acknowledge, ("GET", "getAgenciesList"): self.agencies}

    def answer(self, request, now, published_to):
        name = request.path[len(PREFIX):]
        if (request.method, name) == ("POST", "auth/login"):
            return self.login(request, now)
        if request.fault == "expire":
            self._tokens.end()
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme != "Bearer" or not self._tokens.is_current(token, now):
            self._log.add("refused", {"target": request.target, "code": 401, "why": "bearer missing, wrong or expired"})
            return json_answer({"success": False, "message": "licenseInfo:invalid"}, 401)
        keys = [request.headers.get(header, "").encode("latin-1") for header in ("X-SystemId", "X-SecretKey")]
        if not all([hmac.compare_digest(given, expected.encode()) for given,
                    expected in zip(keys, (self._system, self._secret))]):
            return self.failure(request, 15)
        operation = self._operations.get((request.method, name))
        return operation(request, published_to) if operation else json_answer({"success": False, "message": "not found"}, 404)

    def failure(self, request, code, more=""):
        said = WORDS[code] + (f": {more}" if more else "")
        self._log.add("refused", {"target": request.target, "code": code, "why": said})
        return json_answer({"success": False, "message": said,
                            "data": {"docId": None, "status": "error", "errorCode": code, "errorDesc": said}})

    def login(self, request, now):
        asked = request.json() or {}
        given = [str(asked.get(name, "")) for name in ("username", "password", "applicationCode")]
        if not all([hmac.compare_digest(got.encode(), expected.encode()) for got, expected in zip(given, self._login)]):
            self._log.add("refused", {"target": request.target, "code": 401,
                                      "why": "username, password or applicationCode is wrong"})
            return json_answer({"code": 401, "message": "Sai tên đăng nhập hoặc mật khẩu", "data": None}, 401)
        user = str(uuid.uuid5(edxml.NAMESPACE, given[0]))
        return json_answer({"code": 200, "message": "OK",
                            "data": {"token": self._tokens.give(user, now), "id": user, "username": given[0],
                                                                   "name": "Người dùng giả lập"}})

    def send(self, request, _):
        if "Content-Length" not in request.headers:
            return json_answer({"success": False, "message": "Unexpected end of Stream"}, 400)
        if request.fault == "axis_error":
            return self.failure(request, 20)
        parts = form_parts(request) or {}
        file_name, content = parts.get("edocFile", ("", b""))
        kind = parts.get("messageType", ("", b""))[1].decode("utf-8", "replace")
        if not file_name.endswith(".edxml") or not content or kind not in ("edoc", "status"):
            return self.failure(request, 10, "cần phần edocFile (*.edxml) và messageType edoc hoặc status")
        code, more = self.judge(content, kind)
        if code:
            return self.failure(request, code, more)
        name = str(uuid.uuid5(edxml.NAMESPACE, hashlib.sha256(content).hexdigest()))
        self._log.add("packets", {"docId": name, "bytes": len(content), "messageType": kind})
        return json_answer({"success": True, "message": "OK", "docId": name})

    def judge(self, content, kind):
        """(0, "") for a package that can go; else the axis's code and what it is about."""
        try:
            root = xml.fromstring(content)
        except xml.ParseError as error:
            return 22, str(error)
        senders, receivers = organ_ids(root, "From"), organ_ids(root, "To" if kind == "edoc" else "ResponseFor")
        if root.tag != f"{{{edxml.URI}}}edXML" or len(senders) != 1 or not receivers:
            return 22, "thiếu From, To hoặc ResponseFor"
        if senders[0] != self._system:
            return 19, senders[0]
        for receiver in receivers:
            if receiver in self._locked:
                return 23, receiver
            if not self._catalogue.knows(receiver):
                return 18, receiver
        try:
            for node in root.iter(f"{{{edxml.URI}}}ContentTransferEncoded"):
                base64.b64decode("".join((node.text or "").split()), validate=True)
        except binascii.Error:
            return 21, "ContentTransferEncoded"
        return 0, ""

    def received(self, request, published_to):
        first, last = request.query.get("fromDate", ""), request.query.get("toDate", "9999/12/31")
        found = [self.item(report) for report in self._reports.values()
                 if request.query.get("messageType") == "edoc" and first <= report.day <= last
                 and f"{report.year}-{report.month}" <= published_to]
        return json_answer({"success": True, "message": "OK", "count": len(found), "data": found})

    def item(self, report):
        time = report.day.replace("/", "-") + " 09:30:15"
        return {"serviceType": "eDoc", "createdTime": time, "updatedTime": time, "messageType": "edoc",
                "docId": report.transport_id,
                "from": report.sender, "to": report.receiver, "status": self._status[report.transport_id], "statusDesc": ""}

    def document(self, request, _):
        report = self._reports.get(request.query.get("docId"))
        if report is None:
            return self.failure(request, 10, "docId không tồn tại")
        files = [{"fileName": name, "fileContent": base64.b64encode(content).decode()} for _, name, _,
                 content in edxml.files(report)]
        return json_answer({"success": True, "data": {"docId": report.transport_id, "from": report.sender,
                                                      "fromName": report.sender_name,
                                                      "edocCode": f"{report.number}/{report.notation}",
                                                      "edocAbstract": report.subject,
                                                      "edxml": edxml.document(report).decode(), "attachments": files}})

    def acknowledge(self, request, _):
        asked = request.json() or {}
        name, status = str(asked.get("docId")), str(asked.get("status", ""))
        if name not in self._reports or status not in TAKEN:
            return self.failure(request, 10, "docId hoặc status không hợp lệ")
        self._status[name] = status
        self._log.add("acknowledged", {"id": name, "status": status})
        return json_answer({"success": True, "message": "OK"})

    def agencies(self, _, __):
        rows = list(self._catalogue.rows())
        by_number = {row.number: row.code for row in rows}
        listed = [{"orgCode": row.code, "orgName": row.name, "parentCode": by_number.get(row.parent, ""), "address": "",
                   "email": row.mail,
                   "phone": ""} for row in rows]
        with self._lock:
            self._lists += 1
            bare = self._shape == "array" or (self._shape == "alternating" and self._lists % 2 == 0)
        return json_answer(listed if bare else {"success": True, "data": listed})

"""QLVB simulator: the document axis VXP with signed headers; items wait in the list until they are acknowledged."""

import argparse
import base64
import hashlib
import hmac
import json
import threading
import uuid

import edxml
import reports
import simulator
from simulator import json_answer

PREFIX = "XroadVnpt-"
# Only "0" is known of a real server's numbers; "15" and "10" are those of a provincial axis, the rest are assumed.
OK, WRONG_KEY, BAD_FILE, UNKNOWN, OTHER_SENDER = "0", "15", "10", "18", "1"


def result(code, text, **more):
    return json_answer({"status": "OK" if code == OK else "FAIL", "ErrorCode": code, "ErrorDesc": text, **more})


def strict_object(text):
    """A JSON object of texts without repeated names, or None."""
    def pairs(items):
        if len({name for name, _ in items}) != len(items) or not all(isinstance(value, str) for _, value in items):
            raise ValueError
        return dict(items)
    try:
        value = json.loads(text, object_pairs_hook=pairs)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def received_text(headers, name):
    """A header's text as UTF-8; http.server hands out bytes as Latin-1."""
    return headers.get(PREFIX + name, "").encode("latin-1").decode("utf-8", "replace")


def signature_fault(headers, secrets):
    """Why the signed headers do not hold, or empty. The HMAC is over the received text, never over a text made anew."""
    raw = headers.get(PREFIX + "sign-header", "").encode("latin-1")
    signed = strict_object(raw)
    names = received_text(headers, "sign-header-key").split(";")
    if signed is None or sorted(PREFIX + name for name in names) != sorted(signed):
        return "sign-header-key and sign-header do not name the same headers"
    values = {name.lower(): signed[PREFIX + name] for name in names}
    if not {"systemid", "timestamp", "content-type"} <= set(values):
        return "systemid, timestamp and Content-Type must be signed"
    for name in names:
        if received_text(headers, name) != values[name.lower()]:
            return f"header {PREFIX}{name} differs from its signed copy"
    secret = secrets.get(values["systemid"])
    if secret is None:
        return "systemid is not registered"
    expected = hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected.encode(), received_text(headers, "hash-header").encode()):
        return "hash-header is wrong"
    return ""


class Qlvb:
    name = "qlvb"

    def __init__(self, options):
        self.log = simulator.Log()
        self._system = options.system_id
        self._secrets = {options.system_id: options.secret}
        self._published_to = options.published_to
        self._lock = threading.Lock()
        self._reports = {report.transport_id: report for report in reports.published(self._system)}
        self._status = dict.fromkeys(self._reports, "initial")
        self._sent = {}
        self._empty_lists = 0

    def control(self, settings):
        if set(settings) != {"published_to"}:
            return False
        self._published_to = settings["published_to"]
        return True

    def damage(self, request, answer):
        """A document's base64 arrives damaged inside a sound reply; any other reply is cut in half."""
        reply = json.loads(answer.body)
        if request.path != "/getEdoc" or not reply.get("data"):
            answer.body = answer.body[:len(answer.body) // 2]
            return answer
        return json_answer({**reply, "data": reply["data"][:len(reply["data"]) // 2 | 1] + "*"})

    def answer(self, request):
        fault = signature_fault(request.headers, self._secrets)
        if fault:
            self.log.add("refused", {"target": request.target, "code": WRONG_KEY, "why": fault})
            return result(WRONG_KEY, "Sai SystemId hoac SecretKey")
        operations = {("POST", "/getReceivedEdocList"): self.received, ("POST", "/getEdoc"): self.document,
                      ("POST", "/updateStatus"): self.acknowledge, ("POST", "/sendEdoc"): self.send,
                      ("POST", "/getSentEdocList"): self.sent, ("GET", "/countReceiveEdoc"): self.count}
        operation = operations.get((request.method, request.path))
        return operation(request) if operation else json_answer({"message": "not found"}, 404)

    def waiting(self):
        return [report for key, report in self._reports.items() if self._status[key] in ("initial", "processing")
                and f"{report.year}-{report.month}" <= self._published_to]

    def received(self, request):
        with self._lock:
            waiting = self.waiting() if received_text(request.headers, "messagetype") == "edoc" else []
            if not waiting:
                # An empty inbox is an empty list or no list at all, by turns.
                self._empty_lists += 1
                return result(OK, "Thanh cong", **({"data": []} if self._empty_lists % 2 else {}))
            return result(OK, "Thanh cong", data=[self.item(report) for report in waiting])

    def item(self, report):
        time = report.day.replace("/", "-") + " 09:30:15"
        status = self._status[report.transport_id]
        return {"docId": report.transport_id, "serviceType": "eDoc", "messageType": "edoc", "created_time": time, "updated_time": time,
                "from": report.sender, "to": report.receiver, "status": status, "status_desc": "Moi tao"}

    def document(self, request):
        report = self._reports.get(received_text(request.headers, "docId"))
        if report is None:
            return result(UNKNOWN, "Khong tim thay van ban")
        package = edxml.document(report)
        if request.fault == "damage_inside":
            package = package[:len(package) // 2]
        return result(OK, "Thanh cong", data=base64.b64encode(package).decode())

    def acknowledge(self, request):
        name, status = (received_text(request.headers, key) for key in ("docId", "status"))
        if name not in self._reports or status not in ("processing", "done", "fail"):
            return result(UNKNOWN, "Khong tim thay van ban hoac trang thai khong hop le")
        with self._lock:
            self._status[name] = status
        self.log.add("acknowledged", {"id": name, "status": status})
        return result(OK, "Thanh cong")

    def send(self, request):
        given = received_text(request.headers, "from")
        if given != self._system:
            return result(OTHER_SENDER, f"Don vi gui {given} khong dung voi ma da dang ky: {self._system}")
        # The Java SDK ends the body with CR LF that are not part of the file.
        content = request.body.rstrip(b"\r\n")
        if received_text(request.headers, "hash-file") not in edxml.hash_forms(content) + edxml.hash_forms(request.body):
            return result(BAD_FILE, "File khong hop le: sai hash-file")
        with self._lock:
            name = str(uuid.uuid5(edxml.NAMESPACE, hashlib.sha256(content).hexdigest()))
            self._sent[name] = json.loads(received_text(request.headers, "to") or "[]")
        self.log.add("packets", {"DocId": name, "bytes": len(content)})
        return result(OK, "Thanh cong", DocId=name)

    def sent(self, _):
        with self._lock:
            rows = [{"serviceType": "eDoc", "messageType": "edoc", "senderDocId": name, "fromCode": self._system, "toCode": to,
                     "sendStatus": "done", "receiveStatus": "initial"} for name, receivers in self._sent.items() for to in receivers]
        return result(OK, "Thanh cong", data=rows)

    def count(self, _):
        with self._lock:
            return result(OK, "Thanh cong", count=len(self.waiting()))


def main():
    options = simulator.read_options(argparse.ArgumentParser(description=__doc__), "qlvb")
    simulator.serve(Qlvb(options), options)


if __name__ == "__main__":
    main()

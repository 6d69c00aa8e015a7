"""QLVB simulator: the document axis VXP with signed headers; items wait in the list until they are acknowledged."""

import argparse
import base64
import hashlib
import json
import threading
import time
import uuid
from dataclasses import replace

import agencies
import damages
import edxml
import reports
import settings
import simulator
import status_packages
from faults import Answer
from inbox import DESCRIPTIONS, Inbox, Item
from simulator import json_answer
from vxp_signature import received_text, signature_fault

# Only "0" is known of a real server's numbers; "15" and "10" are those of a provincial axis, the rest are assumed.
OK, WRONG_KEY, BAD_FILE, UNKNOWN, OTHER_SENDER, BAD_MOVE = "0", "15", "10", "18", "1", "24"


def result(code, text, **more):
    return json_answer({"status": "OK" if code == OK else "FAIL", "ErrorCode": code, "ErrorDesc": text, **more})


def dashed(day):
    """A day as yyyy-MM-dd, whether it was written with slashes or dashes."""
    return day.strip().replace("/", "-")[:10]


class Qlvb:
    name = "qlvb"

    def __init__(self, options):
        options = settings.completed(self.name, options)
        self.log = simulator.Log()
        self.clock = time.monotonic
        self._system = options.system_id
        self._secrets = {options.system_id: options.secret}
        self._published_to = options.published_to
        self._empty_list, self._strict = options.empty_list, options.illegal_moves == "refuse"
        self._lock = threading.Lock()
        self._catalogue = agencies.Catalogue(options.agency_count)
        self._recipients = status_packages.Recipients(tuple(options.answers), options.answers_order, options.answers_repeated,
                                                      options.take_back_answer)
        self._history = status_packages.History()
        documents = list(self.documents(options))
        self._inbox = Inbox([*(self.as_item(document, options.damaged.get(str(document.number))) for document in documents),
                             *(self.taken_back(document) for document in documents if document.number in options.take_back)])
        self._sent = {}  # DocId -> (status_packages.Sent or None, receivers)
        self._told = []  # (DocId, status_packages.Status) of every status that was taken
        self._empty_lists = self._received = 0
        self._operations = {
            ("POST", "/getReceivedEdocList"): self.received, ("POST", "/getSentEdocList"): self.sent,
            ("POST", "/sendEdoc"): self.send,
            ("POST", "/getEdoc"): self.document, ("GET", "/downloadEdoc"): self.download,
            ("POST", "/updateStatus"): self.acknowledge,
            ("GET", "/countReceiveEdoc"): lambda _: self.count("edoc"),
            ("GET", "/countReceiveStatus"): lambda _: self.count("status"),
            ("POST", "/getAgenciesList"): self.agencies, ("POST", "/getAgenciesListQD20"): self.agencies_of_2020,
            ("POST", "/getSynchronizeUnit"): self.units, ("POST", "/registerAgency"): self.register,
            ("POST", "/deleteAgency"): self.unregister}

    def documents(self, options):
        """The published reports, then as many narrative ones as asked for, then those that act on others."""
        found = list(reports.published(self._system))
        found += [replace(found[0], number=len(found) + 1 + at, figures=()) for at in range(options.extra_documents)]
        for target, business in options.business.items():
            acted = next((one for one in found if one.number == int(target)), None)
            if acted:
                found.append(replace(acted, number=len(found) + 1, figures=(), business=business, target=acted))
        shapes = options.shapes
        return [replace(one, shape=shapes[(one.number - 1) % len(shapes)], aliased=options.alias_recipients) for one in found]

    @staticmethod
    def as_item(report, damage):
        def package():
            whole = edxml.document(report)
            return damages.KINDS[damage](whole) if damage else whole
        return Item(report.transport_id, "edoc", report.sender, report.receiver, dashed(report.day) + " 09:30:15",
                    f"{report.year}-{report.month}", package)

    def taken_back(self, report):
        """The sender of a document asks for it back: From is the sender, ResponseFor the one who is to give."""
        asked = status_packages.Status(report.sender, self._system, f"{report.number}/{report.notation}", report.day, report.document_id,
                                       "13", f"{report.day} 15:00:00", "Văn bản có sai sót")
        self._history.move(asked)
        return self.status_item(asked, published=f"{report.year}-{report.month}")

    def status_item(self, status, number=0, published=""):
        name = status.transport_id if not number else str(uuid.uuid5(edxml.NAMESPACE, f"{status.transport_id} {number}"))
        return Item(name, "status", status.sender, self._system, status.time.replace("/", "-"), published, status.package)

    def control(self, asked):
        if set(asked) != {"published_to"}:
            return False
        self._published_to = asked["published_to"]
        return True

    def damage(self, request, answer):
        """A document's base64 arrives damaged inside a sound reply; any other reply is cut in half."""
        reply = json.loads(answer.body) if request.path == "/getEdoc" else {}
        if not reply.get("data"):
            answer.body = answer.body[:len(answer.body) // 2]
            return answer
        return json_answer({**reply, "data": reply["data"][:len(reply["data"]) // 2 | 1] + "*"})

    def answer(self, request):
        why = signature_fault(request.headers, self._secrets)
        if why:
            self.log.add("refused", {"target": request.target, "code": WRONG_KEY, "why": why})
            return result(WRONG_KEY, "Sai SystemId hoac SecretKey")
        operation = self._operations.get((request.method, request.path))
        return operation(request) if operation else json_answer({"message": "not found"}, 404)

    def refused(self, request, code, words):
        self.log.add("refused", {"target": request.target, "code": code, "why": words})
        return result(code, words)

    # -- what comes in for the system that asks ---------------------------------------------------------------

    def received(self, request):
        days = [dashed(received_text(request.headers, name)) for name in ("fromDate", "toDate")]
        waiting = self._inbox.waiting(received_text(request.headers, "messagetype"), self._published_to, *days)
        if waiting:
            return result(OK, "Thanh cong", data=[self.row(item, status) for item, status in waiting])
        with self._lock:
            # An empty inbox is an empty list or no list at all, unless told otherwise by turns.
            self._empty_lists += 1
            shown = self._empty_list == "empty" or (self._empty_list == "alternating" and self._empty_lists % 2)
        return result(OK, "Thanh cong", **({"data": []} if shown else {}))

    @staticmethod
    def row(item, status):
        return {"docId": item.name, "serviceType": "eDoc", "messageType": item.kind, "created_time": item.time,
                "updated_time": item.time,
                "from": item.sender, "to": item.receiver, "status": status, "status_desc": DESCRIPTIONS[status]}

    def package(self, request):
        item = self._inbox[received_text(request.headers, "docId")]
        if item is None:
            return None
        package = item.package()
        return package[:len(package) // 2] if request.fault == "damage_inside" else package

    def document(self, request):
        package = self.package(request)
        if package is None:
            return result(UNKNOWN, "Khong tim thay van ban")
        return result(OK, "Thanh cong", data=base64.b64encode(package).decode())

    def download(self, request):
        package = self.package(request)
        return result(UNKNOWN, "Khong tim thay van ban") if package is None else Answer(200, package, "application/octet-stream")

    def acknowledge(self, request):
        name, status = (received_text(request.headers, key) for key in ("docId", "status"))
        if not self._inbox.acknowledge(name, status):
            return result(UNKNOWN, "Khong tim thay van ban hoac trang thai khong hop le")
        self.log.add("acknowledged", {"id": name, "status": status})
        return result(OK, "Thanh cong")

    def count(self, kind):
        return result(OK, "Thanh cong", count=len(self._inbox.waiting(kind, self._published_to)))

    # -- what the system that asks sends ----------------------------------------------------------------------

    def send(self, request):
        given = received_text(request.headers, "from")
        if given != self._system:
            return result(OTHER_SENDER, f"Don vi gui {given} khong dung voi ma da dang ky: {self._system}")
        # The Java SDK ends the body with CR LF that are not part of the file.
        content = request.body.rstrip(b"\r\n")
        if received_text(request.headers, "hash-file") not in edxml.hash_forms(content) + edxml.hash_forms(request.body):
            return result(BAD_FILE, "File khong hop le: sai hash-file")
        if received_text(request.headers, "messagetype") == "status":
            return self.take_status(request, content)
        try:
            receivers = json.loads(received_text(request.headers, "to") or "[]")
        except ValueError:
            return result(BAD_FILE, "Tham so to khong phai danh sach JSON")
        sent = status_packages.read_document(content)
        name = str(uuid.uuid5(edxml.NAMESPACE, hashlib.sha256(content).hexdigest()))
        with self._lock:
            is_new = name not in self._sent
            self._sent[name] = (sent, receivers or list(sent.receivers if sent else ()))
        self.log.add("packets", {"DocId": name, "bytes": len(content)})
        if sent and is_new:
            self.arrive(self._recipients.about(sent))
        return result(OK, "Thanh cong", DocId=name)

    def arrive(self, statuses):
        for status in statuses:
            with self._lock:
                self._history.move(status)
                self._received += 1
                number = self._received
            self._inbox.add(self.status_item(status, number))

    def take_status(self, request, content):
        """A report about a document: from its recipient, or from its sender who wants it back."""
        status = status_packages.read_status(content)
        if status is None or status.sender != self._system:
            return self.refused(request, BAD_FILE, "Goi trang thai khong hop le")
        with self._lock:
            legal = self._history.move(status, self._strict)
        if not legal and self._strict:
            return self.refused(request, BAD_MOVE, f"Trang thai {status.status} khong hop le")
        self.log.add("statuses", {"document_id": status.document_id, "status": status.status, "about": status.organ,
                                  "legal": legal})
        answer = self._recipients.to_take_back(status) if status.status == "13" else None
        name = str(uuid.uuid5(edxml.NAMESPACE, hashlib.sha256(content).hexdigest()))
        with self._lock:
            self._told.append((name, status))
        self.arrive([answer] if answer else [])
        return result(OK, "Thanh cong", DocId=name)

    def sent(self, request):
        """A row for each recipient of each document, or for each status."""
        if received_text(request.headers, "messagetype") == "status":
            return result(OK, "Thanh cong", data=self.told())
        received = "done" if self._recipients.answers else "initial"
        with self._lock:
            rows = [{"serviceType": "eDoc", "messageType": "edoc", "senderDocId": name,
                     "receiverDocId": str(uuid.uuid5(edxml.NAMESPACE, name + to)),
                     "fromCode": self._system, "toCode": to, "title": sent.subject if sent else "",
                     "notation": sent.code if sent else "",
                     "sentTime": dashed(sent.day) + " 08:00:00" if sent else "", "receivedTime": "", "sendStatus": "done",
                     "sendStatusDesc": DESCRIPTIONS["done"],
                     "receiveStatus": received, "receiveStatusDesc": DESCRIPTIONS[received]}
                    for name, (sent, receivers) in self._sent.items() for to in receivers]
        return result(OK, "Thanh cong", data=rows)

    def told(self):
        """Whether the real list names the document's notation in a status's row is assumed."""
        with self._lock:
            return [{"serviceType": "eDoc", "messageType": "status", "senderDocId": name, "receiverDocId": name,
                     "fromCode": self._system, "toCode": status.organ, "title": "", "notation": status.code,
                     "sentTime": dashed(status.time) + status.time[10:], "receivedTime": "", "sendStatus": "done",
                     "sendStatusDesc": DESCRIPTIONS["done"], "receiveStatus": "done", "receiveStatusDesc": DESCRIPTIONS["done"]}
                    for name, status in self._told]

    # -- the catalogue ----------------------------------------------------------------------------------------

    def agencies(self, _):
        rows = [{"id": str(row.number), "pid": str(row.parent), "code": row.code, "name": row.name, "mail": row.mail,
                 "oldCode": row.old_code} for row in self._catalogue.rows()]
        return result(OK, "Thanh cong", data=rows)

    def agencies_of_2020(self, request):
        level = received_text(request.headers, "level")
        rows = [{"id": str(row.number), "code": row.code, "name": row.name, "mail": row.mail, "code102": row.old_code}
                for row in self._catalogue.rows() if level in ("", str(row.level)) and row.code != row.old_code]
        return result(OK, "Thanh cong", data=rows)

    def units(self, _):
        rows = [{"id": str(row.number), "pid": str(row.parent), "code": row.code, "name": row.name, "mail": row.mail, "version": "1",
                 "centerCode": "", "deleted": False, "modifyDate": "2025-07-01 00:00:00", "isAgency": not row.code.endswith("W00")}
                for row in self._catalogue.rows()]
        return result(OK, "Thanh cong", data=rows)

    def register(self, request):
        asked = request.json() or {}
        missing = [name for name in ("pcode", "code", "name") if not asked.get(name) or not isinstance(asked[name], str)]
        if missing:
            return result(BAD_FILE, f"Thieu {missing[0]}")
        if not self._catalogue.add(asked["code"], asked["name"]):
            return result(OTHER_SENDER, "Don vi da dang ky")
        return result(OK, "Thanh cong")

    def unregister(self, request):
        if not self._catalogue.remove(received_text(request.headers, "agencyCode")):
            return result(UNKNOWN, "Khong tim thay don vi")
        return result(OK, "Thanh cong")


def main():
    options = simulator.read_options(argparse.ArgumentParser(description=__doc__), "qlvb")
    simulator.serve(Qlvb(options), options)


if __name__ == "__main__":
    main()

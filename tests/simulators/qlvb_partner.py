"""QLVB simulator with a partner behind the axis: what a test puts in waits in the list, and what is sent is kept whole."""

import argparse
import base64
import pathlib
import xml.etree.ElementTree as ElementTree

import agencies
import edxml
import qlvb
import simulator
import status_packages
from qlvb import OK, OTHER_SENDER, received_text, result

REFUSED = "Don vi gui chua duoc cap quyen"


def text_of(package, *names):
    """Texts of the elements at the end of a path of local names."""
    found = [ElementTree.fromstring(package)]
    for name in names:
        found = [child for parent in found for child in parent if child.tag.rpartition("}")[2] == name]
    return [element.text or "" for element in found]


class Partner(qlvb.Qlvb):
    def __init__(self, options):
        super().__init__(options)
        self._packages = {}   # what waits: docId -> entry
        self._taken = {}      # what was sent: DocId -> (package, receivers)
        self._refuses = False

    def control(self, settings):
        """{"packages": [{"docId", "from", "messageType", "file" with the package}], "refuses": bool}"""
        if not set(settings) <= {"packages", "refuses"}:
            return super().control(settings)
        with self._lock:
            self._refuses = settings.get("refuses", self._refuses)
            for entry in settings.get("packages", ()):
                content = pathlib.Path(entry["file"]).read_bytes()
                status = status_packages.read_status(content)
                if status:
                    self._history.move(status)
                self._packages[entry["docId"]] = {**entry, "package": base64.b64encode(content).decode(), "status": "initial"}
        return True

    def received(self, request):
        wanted = received_text(request.headers, "messagetype")
        with self._lock:
            return result(OK, "Thanh cong", data=[
                {"docId": name, "serviceType": "eDoc", "messageType": wanted, "from": entry["from"], "to": self._system,
                 "status": entry["status"], "status_desc": "Moi tao"}
                for name, entry in self._packages.items() if entry["messageType"] == wanted and entry["status"] == "initial"])

    def document(self, request):
        entry = self._packages.get(received_text(request.headers, "docId"))
        return result(OK, "Thanh cong", data=entry["package"]) if entry else super().document(request)

    def acknowledge(self, request):
        name, status = (received_text(request.headers, key) for key in ("docId", "status"))
        with self._lock:
            if name not in self._packages:
                return result(qlvb.UNKNOWN, "Khong tim thay van ban")
            self._packages[name]["status"] = status
        self.log.add("acknowledged", {"id": name, "status": status})
        return result(OK, "Thanh cong")

    def send(self, request):
        if self._refuses:
            return result(OTHER_SENDER, REFUSED)
        answer = super().send(request)
        content = request.body.rstrip(b"\r\n")
        if b'"ErrorCode": "0"' in answer.body:
            if received_text(request.headers, "messagetype") == "edoc":
                with self._lock:
                    self._taken.setdefault(len(self._taken), (content, received_text(request.headers, "hash-file")))
            self.log.add("packets", {"package": base64.b64encode(content).decode(), "kind": received_text(request.headers, "messagetype"), "hash": received_text(request.headers, "hash-file"),
                                     "forms": edxml.hash_forms(content), "to": received_text(request.headers, "to")})
        return answer

    def sent(self, request):
        if received_text(request.headers, "messagetype") == "status":
            return result(OK, "Thanh cong", data=self.told())
        rows = []
        with self._lock:
            for number, (package, _) in self._taken.items():
                header = ("edXMLEnvelope", "edXMLHeader", "MessageHeader")
                code = "/".join(text_of(package, *header, "Code", part)[0] for part in ("CodeNumber", "CodeNotation"))
                day = text_of(package, *header, "PromulgationInfo", "PromulgationDate")[0].replace("/", "-")
                rows += [{"serviceType": "eDoc", "messageType": "edoc", "senderDocId": str(number), "fromCode": self._system, "toCode": to,
                          "title": "", "notation": code, "sentTime": day + " 10:00:00", "sendStatus": "done", "receiveStatus": "initial"}
                         for to in text_of(package, *header, "To", "OrganId")]
        return result(OK, "Thanh cong", **({"data": rows} if rows else {}))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    simulator.add_options(parser)
    parser.add_argument("--system-id", default="H31.08")
    parser.add_argument("--secret", default="demo-secret-khong-that")
    parser.add_argument("--published-to", default="0000-00")
    parser.add_argument("--agency-count", type=int, default=agencies.REAL_SIZE)
    options = parser.parse_args()
    simulator.serve(Partner(options), options)


if __name__ == "__main__":
    main()

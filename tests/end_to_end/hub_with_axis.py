"""A running hub whose only partner is one document axis, and the packages such a test makes."""
import base64
import http.client
import json
import ssl
import sys
import xml.etree.ElementTree as ElementTree

from running_hub import BUILD, ROOT, RunningHub

URI = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
FLOW = """
  - name: {name}
    connector: qlvb
    {way}
    sender: H31.08
    agencies: ["*"]
    interval_secs: 1
    settings:
      base_url: {address}
      system_id: H31.08
      secret: file:secrets/qlvb-secret
      message_type: {kind}
"""


class DocumentHub(RunningHub):
    """`ways` are the flows: name, way and message type."""

    WAYS = (("gui-van-ban", "deliver: documents", "edoc"), ("van-ban-den", "mapping: qlvb/documents", "edoc"),
            ("trang-thai", "mapping: qlvb/statuses", "status"))

    def __init__(self, ways=WAYS):
        super().__init__(flows=(), edit_config=self.add_flows)
        self.ways = ways
        self.partner = None

    def __exit__(self, *reason):
        super().__exit__(*reason)
        if self.partner is not None:
            self.partner.terminate()
            self.partner.wait(15)

    def add_flows(self, text):
        self.partner = self.program("partner", [sys.executable, ROOT / "tests/simulators/qlvb_partner.py", "--port", "0", "--certificate",
                                                self.pki / "simulators/qlvb.pem", "--key", self.pki / "simulators/qlvb.key"], "ready")
        address = self.partner.ready_line.split()[1]
        self.partner_port = int(address.rsplit(":", 1)[1])
        return text + "".join(FLOW.format(name=name, way=way, address=address, kind=kind) for name, way, kind in self.ways)

    def write_config(self, port=0):
        super().write_config(port)
        self.lienthong("plugins", "trust", BUILD / "lib/plugins/qlvb.so")

    def ask_partner(self, method, path, order=None):
        trust = ssl.create_default_context(cafile=self.pki / "ca.pem")
        connection = http.client.HTTPSConnection("127.0.0.1", self.partner_port, context=trust, timeout=30)
        try:
            connection.request(method, path, body=None if order is None else json.dumps(order))
            return json.loads(connection.getresponse().read())
        finally:
            connection.close()

    def put_in(self, **packages):
        """Packages by docId: (sender, kind, bytes)."""
        entries = []
        for name, (sender, kind, package) in packages.items():
            file = self.folder / f"{name}.edxml"
            file.write_bytes(package)
            entries.append({"docId": name.replace("_", "-"), "from": sender, "messageType": kind, "file": str(file)})
        answer = self.ask_partner("POST", "/_control", {"packages": entries})
        assert answer == {"status": "ok"}, answer

    def packets(self, kind="edoc"):
        return [entry for entry in self.ask_partner("GET", "/_log")["packets"] if entry.get("kind") == kind]

    def statuses(self, document):
        """Status packages the partner got about a document, as (recipient in `to`, code, ResponseFor/OrganId, Description)."""
        found = []
        for entry in self.packets("status"):
            root = ElementTree.fromstring(base64.b64decode(entry["package"]))
            text = {node.tag.rpartition("}")[2]: node.text for node in root.iter()}
            about = {node.tag.rpartition("}")[2]: node.text for node in next(root.iter(f"{{{URI}}}ResponseFor"))}
            if about["DocumentId"] == document:
                found.append((entry["to"], text["StatusCode"], about["OrganId"], text.get("Description")))
        return found

    def documents(self):
        return {one["notation"]: one for one in self.get("/v1/status")["documents"]}


def tag(name, text):
    return f"<edXML:{name}>{text}</edXML:{name}>"


def package(header, trace="", attachments=()):
    files = "".join(f"<Attachment><AttachmentName>{name}</AttachmentName><edXML:ContentTransferEncoded xmlns:edXML=\"{URI}\">"
                    f"{base64.b64encode(content).decode()}</edXML:ContentTransferEncoded></Attachment>" for name, content in attachments)
    return (f'<?xml version="1.0" encoding="UTF-8"?><edXML xmlns="{URI}"><edXML:edXMLEnvelope xmlns:edXML="{URI}"><edXML:edXMLHeader>'
            f"<edXML:MessageHeader>{header}</edXML:MessageHeader>{trace}</edXML:edXMLHeader></edXML:edXMLEnvelope>"
            f"<AttachmentEncoded>{files}</AttachmentEncoded></edXML>").encode()


def status(document, code, time, sender="G22.99", reason=""):
    return package("<edXML:From>" + tag("OrganId", sender) + "</edXML:From><edXML:ResponseFor>" + tag("OrganId", "H31.08")
                   + tag("DocumentId", document) + "</edXML:ResponseFor>" + tag("StatusCode", code)
                   + (tag("Description", reason) if reason else "") + tag("Timestamp", time))

"""Documents on the axis, both ways: reports sent and followed to their end, and what passes counted for the signing report."""
import base64
import http.client
import io
import json
import ssl
import sys
import unittest
import xml.etree.ElementTree as ElementTree
import zipfile

from running_hub import BUILD, ROOT, RunningHub, wait_for

URI = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
SIGNED_PDF = b"%PDF-1.7\n<</Type/Sig/SubFilter/adbe.pkcs7.detached/ByteRange[0 1 2 3]>>\n%%EOF\n"
PDF = b"%PDF-1.4\n% van ban gia lap\n%%EOF\n"
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
    """A hub whose only partner is one document axis."""

    def __init__(self):
        super().__init__(flows=(), edit_config=self.add_flows)
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
        ways = (("gui-van-ban", "deliver: documents", "edoc"), ("van-ban-den", "mapping: qlvb/documents", "edoc"),
                ("trang-thai", "mapping: qlvb/statuses", "status"))
        return text + "".join(FLOW.format(name=name, way=way, address=address, kind=kind) for name, way, kind in ways)

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
        answer = self.ask_partner("POST", "/_control", {"packages": [
            {"docId": name.replace("_", "-"), "from": sender, "messageType": kind, "package": base64.b64encode(package).decode()}
            for name, (sender, kind, package) in packages.items()]})
        assert answer == {"status": "ok"}, answer

    def packets(self):
        return [entry for entry in self.ask_partner("GET", "/_log")["packets"] if "package" in entry]

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


def letter(number, sender, receivers, content, business="0", time="2025/03/20 08:00:00"):
    trace = ("<edXML:TraceHeaderList><edXML:TraceHeader>" + tag("OrganId", sender) + tag("Timestamp", time) + "</edXML:TraceHeader><edXML:Bussiness>"
             + tag("BussinessDocType", business) + "</edXML:Bussiness></edXML:TraceHeaderList>")
    return package("<edXML:From>" + tag("OrganId", sender) + "</edXML:From>"
                   + "".join("<edXML:To>" + tag("OrganId", code) + "</edXML:To>" for code in receivers)
                   + tag("DocumentId", f"{sender},2025/03/20,{number}/CV") + "<edXML:PromulgationInfo>" + tag("PromulgationDate", "2025/03/20")
                   + "</edXML:PromulgationInfo>", trace, (("van-ban.pdf", content),))


class Documents(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.hub = cls.enterClassContext(DocumentHub())
        cls.reader = cls.hub.token("pull")
        cls.report = cls.hub.folder / "bao-cao.pdf"
        cls.report.write_bytes(PDF)
        cls.figures = cls.hub.folder / "so-lieu.xlsx"
        cls.figures.write_bytes(b"so lieu gia lap " * 100)

    def send(self, number, *more, expect=0):
        return self.hub.lienthong("--json", "document", "send", "--to", "G22.99", "--to", "H31.04", "--number", number, "--notation", "BC-UBND",
                                  "--subject", "Báo cáo kinh tế & xã hội tháng 11", "--date", "2025-11-20", "--attach", self.report, "--attach",
                                  self.figures, "--by", "văn thư", *more, expect=expect)

    def state(self, number, wanted):
        return wait_for(f"{number} to be {wanted}", lambda: (one := self.hub.documents().get(f"{number}/BC-UBND")) and one["state"] == wanted and one)

    def packages(self, number):
        return [entry for entry in self.hub.packets() if f",{number}/BC-UBND<".encode() in base64.b64decode(entry["package"])]

    def test_a_report_is_sent_and_followed_to_its_end(self):
        taken = json.loads(self.send("145").stdout)
        self.assertEqual((taken["document"], taken["earlier"]), ("H31.08,2025/11/20,145/BC-UBND", False))
        sent = self.state("145", "delivered")
        self.assertIn("DocId", sent["receipt"])
        self.assertEqual([one["history"] for one in sent["recipients"]], [[], []])
        self.check_package(self.packages("145"))
        self.follow(taken["document"])

    def check_package(self, packets):
        self.assertEqual(len(packets), 1)
        self.assertEqual(packets[0]["hash"], packets[0]["forms"][1], "the hash as the reference client writes it")
        self.assertEqual(packets[0]["to"], '["G22.99","H31.04"]')
        content = base64.b64decode(packets[0]["package"])
        self.assertIn(b"<edXML:DocumentId>", content)
        self.assertIn(b"<AttachmentEncoded>", content)
        root = ElementTree.fromstring(content)
        files = {one.find(f"{{{URI}}}AttachmentName").text: base64.b64decode(one.find(f"{{{URI}}}ContentTransferEncoded").text)
                 for one in root.iter(f"{{{URI}}}Attachment")}
        self.assertEqual(files["bao-cao.pdf"], PDF)
        with zipfile.ZipFile(io.BytesIO(files["so-lieu.xlsx"])) as archive:
            self.assertEqual([name.rpartition(".")[2] for name in archive.namelist()], ["xlsx"])
            self.assertEqual(archive.read(archive.namelist()[0]), self.figures.read_bytes())

    def follow(self, document):
        """Statuses arrive late, twice and out of order; the latest by its own time is how the document stands."""
        self.hub.put_in(st1=("G22.99", "status", status(document, "03", "2025/11/20 10:05:00")),
                        st2=("G22.99", "status", status(document, "1", "2025/11/20 09:31:00")),
                        st3=("G22.99", "status", status(document, "03", "2025/11/20 10:05:00")),
                        st4=("H31.04", "status", status(document, "02", "2025/11/20 11:00:00", "000.00.04.H31", "Sai thẩm quyền")))

        def told():
            return {one["recipient"]: [past["code"] for past in one["history"]] for one in self.hub.documents()["145/BC-UBND"]["recipients"]}
        wait_for("all statuses", lambda: told() == {"G22.99": ["01", "03"], "H31.04": ["02"]})
        here, there = self.hub.documents()["145/BC-UBND"]["recipients"]
        self.assertEqual((here["code"], here["meaning_en"]), ("03", "accepted"))
        self.assertEqual((there["code"], there["reason"]), ("02", "Sai thẩm quyền"))
        listed = self.hub.lienthong("document", "list", expect=1).stdout
        self.assertIn("H31.04: 02 từ chối nhận / refused", listed)
        self.assertIn("Sai thẩm quyền", listed)

    def test_an_answer_that_is_lost_is_asked_about_and_nothing_is_sent_twice(self):
        self.hub.ask_partner("POST", "/_control", {"misbehave": "reset", "path": "/sendEdoc", "times": 1, "applied": True})
        self.send("146")
        self.assertIn("senderDocId", self.state("146", "delivered")["receipt"], "found in the list of what was sent")
        self.assertEqual(len(self.packages("146")), 1)

    def test_a_package_that_never_arrived_is_sent_again(self):
        self.hub.ask_partner("POST", "/_control", {"misbehave": "reset", "path": "/sendEdoc", "times": 1, "applied": False})
        self.send("147")
        self.assertEqual(self.state("147", "delivered")["attempts"], 2)
        self.assertEqual(len(self.packages("147")), 1)

    def test_what_is_taken_in_survives_the_hubs_death_and_is_taken_in_once(self):
        self.hub.kill_hub()
        first, again = json.loads(self.send("148").stdout), json.loads(self.send("148").stdout)
        self.assertEqual((first["earlier"], again["earlier"], again["id"]), (False, True, first["id"]))
        self.send("148", "--place", "Nơi khác", expect=2)
        self.hub.start_hub()
        self.state("148", "delivered")
        self.assertEqual(len(self.packages("148")), 1)

    def test_a_refusal_shows_its_reason_and_the_same_command_sends_again(self):
        self.hub.ask_partner("POST", "/_control", {"refuses": True})
        self.send("149")
        self.assertIn("Don vi gui chua duoc cap quyen", self.state("149", "failed")["problem"])
        self.hub.ask_partner("POST", "/_control", {"refuses": False})
        self.assertTrue(json.loads(self.send("149").stdout)["again"])
        self.state("149", "delivered")
        self.assertEqual(len(self.packages("149")), 1)

    def test_what_cannot_be_a_document_is_refused_before_anything_is_kept(self):
        for wrong in (("--number", '1"5'), ("--to", "02.29.W00"), ("--date", "2025-02-30"), ("--attach", self.hub.folder / "none.pdf")):
            words = ["document", "send", "--to", "G22.99", "--notation", "BC-UBND", "--subject", "x", "--by", "x", "--attach", str(self.report)]
            words += ["--number", "150"] if wrong[0] != "--number" else []
            self.hub.lienthong(*words, *wrong, expect=2)
        self.assertNotIn("150/BC-UBND", self.hub.documents())

    def figure(self, indicator, measure, unit):
        rows = self.hub.get(f"/v1/observations?indicator={indicator}&period_from=2025-03&period_to=2025-03", self.reader)["observations"]
        return {row["breakdown"]: row["value"] for row in rows if row["measure"] == measure}.get(f"EXECUTING_UNIT={unit}")

    def test_documents_are_counted_by_agency_whatever_the_order_and_however_often_they_come(self):
        signed = letter("1", "H31.03", ("H31.02", "000.00.02.H31", "H31.07", "02.29.W00"), SIGNED_PDF)
        self.hub.put_in(a=("H31.03", "edoc", signed), b=("H31.03", "edoc", letter("2", "H31.03", ("H31.02",), PDF)),
                        c=("H31.03", "edoc", letter("3", "H31.03", ("H31.02",), PDF, "1", "2025/03/21 08:00:00")),
                        d=("H31.03", "edoc", signed), e=("G22.99", "edoc", letter("9", "G22.99", ("H31.02",), PDF)))
        sent, received = "DEMO_HY_DOCUMENTS_SENT", "DEMO_HY_DOCUMENTS_RECEIVED"
        wait_for("three received", lambda: self.figure(received, "VALUE", "H31_02") == "3")
        wait_for("two sent", lambda: self.figure(sent, "VALUE", "H31_03") == "2")
        self.assertEqual((self.figure(sent, "SIGNED", "H31_03"), self.figure(sent, "SIGNED_PERCENT", "H31_03")), ("1", "50.00"))
        self.assertEqual((self.figure(received, "SIGNED", "H31_02"), self.figure(received, "VALUE", "H31_07")), ("1", "1"))
        # The third was recalled before it came; that it comes now changes nothing.
        self.hub.put_in(f=("H31.03", "edoc", letter("3", "H31.03", ("H31.02",), SIGNED_PDF)), g=("H31.03", "edoc", letter("4", "H31.03", ("H31.02",), SIGNED_PDF)))
        wait_for("the fourth", lambda: self.figure(sent, "VALUE", "H31_03") == "3" and self.figure(sent, "SIGNED_PERCENT", "H31_03") == "66.67")
        self.assertEqual(self.figure(received, "VALUE", "H31_02"), "4")


if __name__ == "__main__":
    unittest.main()

"""Documents on the axis, both ways: reports sent and followed to their end, taken back, changed and replaced; what came answered; and
what passes counted for the signing report."""
import base64
import io
import json
import unittest
import xml.etree.ElementTree as ElementTree
import zipfile

from browser import Browser
from hub_with_axis import URI, DocumentHub, package, status, tag
from running_hub import wait_for

SIGNED_PDF = b"%PDF-1.7\n<</Type/Sig/SubFilter/adbe.pkcs7.detached/ByteRange[0 1 2 3]>>\n%%EOF\n"
PDF = b"%PDF-1.4\n% van ban gia lap\n%%EOF\n"


def letter(number, sender, receivers, content, business="0", time="2025/03/20 08:00:00"):
    trace = ("<edXML:TraceHeaderList><edXML:TraceHeader>" + tag("OrganId", sender) + tag("Timestamp", time) + "</edXML:TraceHeader><edXML:Bussiness>"
             + tag("BussinessDocType", business) + "</edXML:Bussiness></edXML:TraceHeaderList>")
    return package("<edXML:From>" + tag("OrganId", sender) + "</edXML:From>"
                   + "".join("<edXML:To>" + tag("OrganId", code) + "</edXML:To>" for code in receivers)
                   + tag("DocumentId", f"{sender},2025/03/20,{number}/CV") + "<edXML:Code>" + tag("CodeNumber", number) + tag("CodeNotation", "CV")
                   + "</edXML:Code><edXML:PromulgationInfo>" + tag("PromulgationDate", "2025/03/20")
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

    def tell(self, document, code, *more, expect=0):
        return self.hub.lienthong("--json", "document", "tell", document, "--code", code, "--by", "văn thư", *more, expect=expect)

    def told(self, document, code):
        return [one for one in self.hub.get("/v1/status")["statuses_told"] if (one["document"], one["code"]) == (document, code)]

    def test_the_sender_of_what_came_for_us_is_told_that_it_arrived_and_then_what_becomes_of_it(self):
        document = "000.00.99.G22,2025/03/20,21/CV"
        other = "G22.99,2025/03/20,22/CV"
        self.hub.put_in(n1=("G22.99", "edoc", letter("21", "000.00.99.G22", ("H31.02", "000.00.08.H31"), PDF)),
                        n2=("G22.99", "edoc", letter("22", "G22.99", ("H31.02",), PDF)))
        wait_for("01 to arrive", lambda: self.hub.statuses(document))
        self.assertEqual(self.hub.statuses(document), [('["G22.99"]', "01", "G22.99", None)])
        self.tell(document, "02", expect=2)  # without a reason
        self.tell(document, "15", expect=2)  # nobody asked for it
        self.tell("G22.99,2025/03/20,99/CV", "03", expect=2)
        self.assertFalse(json.loads(self.tell(document, "03").stdout)["earlier"])
        self.assertTrue(json.loads(self.tell(document, "03").stdout)["earlier"])
        self.tell(document, "06", "--reason", "Đã xử lý xong")
        wait_for("03 and 06 to arrive", lambda: len(self.hub.statuses(document)) == 3)
        self.assertEqual([one[1:] for one in self.hub.statuses(document)[1:]], [("03", "G22.99", None), ("06", "G22.99", "Đã xử lý xong")])
        self.tell(document, "05", expect=2)  # it ended
        self.assertEqual(self.hub.statuses(other), [], "it came for another body")
        wait_for("the end to be shown", lambda: self.told(document, "06")[0]["state"] == "delivered")
        self.assertIn("06 đã hoàn thành / finished → G22.99  delivered", self.hub.lienthong("document", "list", "--told").stdout)
        # Asked to give it back, and asked once more.
        for turn in (1, 2):
            self.hub.put_in(**{f"back{turn}": ("G22.99", "status", self.wish(document, f"2025/03/2{turn} 08:00:00"))})
            wait_for("the wish to be known", lambda: '"earlier":false' in self.tell(document, "16", "--reason", "Đã xử lý", expect=None).stdout)
            wait_for("16 to arrive", lambda count=turn: [one[1] for one in self.hub.statuses(document)].count("16") == count)

    def test_a_status_the_axis_refuses_is_shown_and_sent_again_by_hand(self):
        document = "G22.99,2025/03/20,26/CV"
        self.hub.ask_partner("POST", "/_control", {"refuses": True})
        self.hub.put_in(r1=("G22.99", "edoc", letter("26", "G22.99", ("H31.08",), PDF)))
        wait_for("the refusal", lambda: (one := self.told(document, "01")) and one[0]["state"] == "failed")
        self.hub.ask_partner("POST", "/_control", {"refuses": False})
        self.assertIn("Don vi gui chua duoc cap quyen", self.hub.lienthong("document", "list", "--told", expect=1).stdout)
        self.assertTrue(json.loads(self.tell(document, "01").stdout)["again"])
        wait_for("01 to arrive", lambda: [one[1] for one in self.hub.statuses(document)] == ["01"])

    @staticmethod
    def wish(document, time):
        return package("<edXML:From>" + tag("OrganId", "G22.99") + "</edXML:From><edXML:ResponseFor>" + tag("OrganId", "H31.08")
                       + tag("DocumentId", document) + "</edXML:ResponseFor>" + tag("StatusCode", "13") + tag("Description", "Nhầm") + tag("Timestamp", time))

    def test_a_hub_killed_between_attempt_and_answer_asks_and_tells_a_status_once(self):
        for number, applied in (("23", True), ("24", False)):
            document = f"G22.99,2025/03/20,{number}/CV"
            self.hub.ask_partner("POST", "/_control", {"misbehave": "stall", "path": "/sendEdoc", "contains": f",{number}/CV<", "times": 1, "seconds": 60,
                                                       "applied": applied})
            self.hub.put_in(**{f"k{number}": ("G22.99", "edoc", letter(number, "G22.99", ("H31.08",), PDF))})
            wait_for("the attempt", lambda: (one := self.told(document, "01")) and one[0]["state"] == "attempting")  # pylint: disable=cell-var-from-loop
            if applied:
                wait_for("the axis to have it", lambda: self.hub.statuses(document))  # pylint: disable=cell-var-from-loop
            self.hub.kill_hub()
            self.hub.start_hub()
            told = wait_for("the end", lambda: (one := self.told(document, "01")) and one[0]["state"] == "delivered" and one[0])  # pylint: disable=cell-var-from-loop
            self.assertEqual([one[1] for one in self.hub.statuses(document)], ["01"])
            self.assertEqual(told["attempts"], 1 if applied else 2)

    def test_the_sender_of_what_cannot_be_read_is_told_once_that_it_was_refused(self):
        document = "G22.99,2025/03/20,25/CV"
        whole = letter("25", "G22.99", ("H31.08",), PDF)
        self.hub.put_in(u1=("G22.99", "edoc", whole[:-20]), u2=("G22.99", "edoc", whole[:200]), u3=("G22.99", "edoc", whole[:-30]),
                        u4=("G22.99", "status", status(document, "13", "2025/03/21 08:00:00")[:-10]))
        wait_for("02 to arrive", lambda: self.hub.statuses(document))
        wait_for("all to be read", lambda: self.hub.sealed())  # pylint: disable=unnecessary-lambda
        self.assertEqual(self.hub.statuses(document), [('["G22.99"]', "02", "G22.99", "Không đọc được gói tin. Tài liệu không đúng cú pháp XML.")])
        self.hub.put_in(u5=("G22.99", "edoc", whole))
        wait_for("01 to arrive", lambda: [one[1] for one in self.hub.statuses(document)] == ["02", "01"])

    def acted(self, number, kind):
        """The last act of a kind on a document of ours."""
        return ([one for one in self.hub.documents()[f"{number}/BC-UBND"]["acts"] if one["kind"] == kind] or [None])[-1]

    def header_of(self, entry, *path):
        root = ElementTree.fromstring(base64.b64decode(entry["package"]))
        return [node.text for node in root.iterfind(".//" + "/".join(f"{{{URI}}}{name}" for name in path))]

    def answer(self, document, code, sender, time="2099/01/01 08:00:00", reason=""):
        self.hub.put_in(**{f"{code}_{sender}_{document[-14:]}".replace("/", "_").replace(",", "_"): (sender, "status", status(document, code, time, sender, reason))})

    def test_what_was_sent_is_taken_back_and_the_answers_are_shown(self):
        document = json.loads(self.send("151").stdout)["document"]
        self.recall("151", "--reason", "Ban hành nhầm", expect=2)  # not sent yet, or not with this identity
        self.state("151", "delivered")
        first = json.loads(self.recall(document, "--reason", "Ban hành nhầm").stdout)
        self.assertEqual((first["act"], json.loads(self.recall(document, "--reason", "Ban hành nhầm").stdout)["earlier"]), ("recall", True))
        wait_for("the recall to be sent", lambda: self.acted("151", "recall")["state"] == "delivered")
        entry = self.packages("151")[1]
        self.assertEqual(self.header_of(entry, "MessageHeader", "DocumentId") + self.header_of(entry, "ResponseFor", "DocumentId"), [document] * 2)
        self.assertEqual(self.header_of(entry, "Bussiness", "BussinessDocType") + self.header_of(entry, "Bussiness", "BussinessDocReason"), ["1", "Ban hành nhầm"])
        self.assertEqual((self.header_of(entry, "ResponseFor", "Code"), self.header_of(entry, "Attachment")), (["151/BC-UBND"], []))
        self.answer(document, "15", "G22.99")
        self.answer(document, "16", "H31.04", reason="Đã xử lý")
        wait_for("both answers", lambda: [one.get("code") for one in self.acted("151", "recall")["answers"]] == ["15", "16"])
        listed = self.hub.lienthong("document", "list", expect=1).stdout
        self.assertIn("H31.04: 16 từ chối lấy lại hoặc cập nhật / taking back or updating refused", listed)
        self.tell(document, "13", "--reason", "Vẫn cần lấy lại", "--to", "000.00.04.H31")
        wait_for("13 to arrive", lambda: self.hub.statuses(document))
        self.assertEqual(self.hub.statuses(document), [('["000.00.04.H31"]', "13", "000.00.04.H31", "Vẫn cần lấy lại")], "towards the recipient")
        self.assertEqual(self.acted("151", "taking_back")["reason"], "Vẫn cần lấy lại")
        self.check_page("Thu hồi: Ban hành nhầm", "15 đồng ý lấy lại hoặc cập nhật", "16 từ chối lấy lại hoặc cập nhật", "Đề nghị lấy lại: Vẫn cần lấy lại")

    def check_page(self, *words, section="documents-section"):
        with Browser() as browser:
            browser.open(f"https://127.0.0.1:{self.hub.port}/", 1280, 900)
            wait_for("the page", lambda: browser.script("return document.body.dataset.ready === 'true'"), 30)
            text = browser.script(f"return document.getElementById('{section}').innerText")
            for word in words:
                self.assertIn(word, text)
            self.assertLessEqual(browser.script("return document.documentElement.scrollWidth"), 1280)

    def recall(self, document, *more, expect=0):
        return self.hub.lienthong("--json", "document", "recall", document, "--by", "văn thư", *more, expect=expect)

    def test_a_recall_whose_answer_is_lost_is_not_taken_for_the_document_and_sent_once(self):
        document = json.loads(self.send("152").stdout)["document"]
        self.state("152", "delivered")
        for turn, applied in enumerate((False, True), 1):
            self.hub.ask_partner("POST", "/_control", {"misbehave": "stall", "path": "/sendEdoc", "contains": f"Lần {turn}", "times": 1, "seconds": 60, "applied": applied})
            self.recall(document, "--reason", f"Lần {turn}")
            wait_for("the attempt", lambda: self.acted("152", "recall")["state"] == "attempting")
            if applied:
                wait_for("the axis to have it", lambda: len(self.packages("152")) == 3)
            self.hub.kill_hub()
            self.hub.start_hub()
            wait_for("the recall to be sent", lambda: self.acted("152", "recall")["state"] == "delivered")
            self.assertEqual(len(self.packages("152")), 1 + turn)

    def test_what_was_sent_is_updated_and_replaced(self):
        document = json.loads(self.send("153").stdout)["document"]
        self.state("153", "delivered")
        update = ("document", "update", document, "--by", "văn thư", "--reason", "Bổ sung nơi nhận")
        self.hub.lienthong(*update, expect=2)  # changes nothing
        self.hub.lienthong(*update, "--add", "G22.99", expect=2)  # has it
        self.hub.lienthong(*update, "--add", "H31.03", "--remove", "H31.04", "--subject", "Báo cáo đã sửa")
        wait_for("the update to be sent", lambda: self.acted("153", "update")["state"] == "delivered")
        entry = self.packages("153")[1]
        self.assertEqual(self.header_of(entry, "Bussiness", "BussinessDocType") + self.header_of(entry, "Bussiness", "DocumentId"), ["2", document])
        self.assertEqual(self.header_of(entry, "BussinessDocumentInfo", "DocumentInfo") + self.header_of(entry, "BussinessDocumentInfo", "DocumentReceiver"), ["1", "1"])
        self.assertEqual((self.header_of(entry, "Receiver", "OrganId"), self.header_of(entry, "Receiver", "ReceiverType")), (["H31.03", "H31.04"], ["1", "0"]))
        self.assertEqual((self.header_of(entry, "To", "OrganId"), self.header_of(entry, "MessageHeader", "Subject")), (["G22.99", "H31.04", "H31.03"], ["Báo cáo đã sửa"]))
        replaced = self.hub.lienthong("--json", "document", "replace", document, "--by", "văn thư", "--reason", "Thay số liệu", "--number", "154", "--notation",
                                      "BC-UBND", "--subject", "Báo cáo mới", "--date", "2025-11-20", "--attach", self.report)
        new = json.loads(replaced.stdout)["document"]
        self.state("154", "delivered")
        entry = self.packages("154")[0]
        self.assertEqual(self.header_of(entry, "Bussiness", "BussinessDocType") + self.header_of(entry, "ReplacementInfo", "DocumentId"), ["3", document])
        self.assertEqual(self.header_of(entry, "OrganIdList", "OrganId"), ["G22.99", "H31.03"], "who has it now")
        self.answer(new, "15", "G22.99")
        wait_for("the answer", lambda: self.acted("153", "replacement")["answers"][0].get("code") == "15")

    def figure(self, indicator, measure, unit):
        rows = self.hub.get(f"/v1/observations?indicator={indicator}&period_from=2025-03&period_to=2025-03", self.reader)["observations"]
        return {row["breakdown"]: row["value"] for row in rows if row["measure"] == measure}.get(f"EXECUTING_UNIT={unit}")

    def test_a_scan_of_tens_of_megabytes_comes_through_and_a_larger_one_holds_up_no_other(self):
        large, too_large = (letter(str(number), "H31.07", ("H31.05",), SIGNED_PDF + bytes(size)) for number, size in ((31, 36_000_000), (32, 45_000_000)))
        self.hub.put_in(s1=("H31.07", "edoc", too_large), s2=("H31.07", "edoc", large), s3=("H31.07", "edoc", letter("33", "H31.07", ("H31.05",), PDF)))
        sent = "DEMO_HY_DOCUMENTS_SENT"
        wait_for("two of three", lambda: self.figure(sent, "VALUE", "H31_07") == "2" and self.figure(sent, "SIGNED_PERCENT", "H31_07") == "50.00")

        def aside():
            listed = self.hub.lienthong("quarantine", "list", "--flow", "van-ban-den", expect=None).stdout
            return [line for line in listed.splitlines() if "mô tả: Gói tin lớn hơn dung lượng nhận được (72 MiB)" in line]
        self.assertIn("Hãy đề nghị bên gửi chia nhỏ rồi gửi lại", wait_for("the third to be on record", aside)[0])
        self.hub.put_in(s4=("H31.07", "edoc", letter("34", "H31.07", ("H31.05",), PDF)))
        wait_for("what came later", lambda: self.figure(sent, "VALUE", "H31_07") == "3")
        self.assertEqual(len(aside()), 1, "on record once, however often it is asked for")
        self.check_page("Mô tả: Gói tin lớn hơn dung lượng nhận được (72 MiB)", section="refusals")

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

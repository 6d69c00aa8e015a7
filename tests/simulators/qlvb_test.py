"""The document axis: what a signature must hold, what waits in the list and until when, what becomes of what is sent."""

import base64
import dataclasses
import hashlib
import hmac
import io
import json
import unittest
import zipfile
import xml.etree.ElementTree as xml

import damages
import edxml
import qlvb
import reports
import status_packages
from simulator_case import Case

VECTOR = {"systemid": "H52.99.01", "servicetype": "eDoc", "messagetype": "edoc", "timestamp": "21112025T093015+0042",
          "Content-Type": "application/json"}


def signed_headers(values, secret, tamper=None):
    """Headers as the Java SDK sends them, in the order given."""
    text = json.dumps({f"XroadVnpt-{k}": v for k, v in values.items()}, ensure_ascii=False, separators=(",", ":"))
    headers = {f"XroadVnpt-{k}": v for k, v in values.items()} | {
        "Content-Type": values.get("Content-Type", ""), "XroadVnpt-sign-header-key": ";".join(values),
        "XroadVnpt-sign-header": text,
        "XroadVnpt-hash-header": hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest(),
        "XroadVnpt-version": "3.0.201608"}
    return headers | (tamper or {})


class Axis(Case):
    """Signed calls, which all classes below make."""

    dialect_class, system = qlvb.Qlvb, "qlvb"

    def ask(self, target, tamper=None, reverse=False, body=b"{}", method="POST", **values):
        values = {"systemid": "H52.99.01", "timestamp": "21112025T093015+0042", "Content-Type": "application/json", **values}
        values = dict(reversed(values.items())) if reverse else values
        return self.read(method, target, body, signed_headers(values, "demo-secret-khong-that", tamper))[1]

    def inbox(self, kind="edoc", **named):
        return self.ask("/getReceivedEdocList", servicetype="eDoc", messagetype=kind, **named)

    def fetch(self, name):
        return base64.b64decode(self.ask("/getEdoc", docId=name)["data"], validate=True)

    def send(self, content, kind="edoc", **more):
        return self.ask("/sendEdoc", body=content + b"\r\n", **{"from": "H52.99.01", "servicetype": "eDoc", "messagetype": kind,
                                                               "hash-file": edxml.hash_forms(content)[1], **more})


class Qlvb(Axis):
    scenario = {"system_id": "H52.99.01"}

    def test_knows_the_worked_signature(self):
        headers = signed_headers(VECTOR, "demo-secret-khong-that")
        self.assertEqual(headers["XroadVnpt-hash-header"], "6676e256e70a66021b9bef210eecbeaef71f0b894ca76d8a9c56c488f0d614f0")
        self.assertEqual(self.read("POST", "/getReceivedEdocList", b"{}", headers)[1]["ErrorCode"], "0")

    def test_takes_any_order_and_any_case_of_header_names(self):
        self.assertEqual(self.inbox(reverse=True)["status"], "OK")
        lower = {name.lower(): value for name, value in signed_headers(VECTOR, "demo-secret-khong-that").items()}
        self.assertEqual(self.read("POST", "/getReceivedEdocList", b"{}", lower)[1]["status"], "OK")

    def test_refuses_headers_that_are_not_what_was_signed(self):
        for tamper in ({"XroadVnpt-messagetype": "status"}, {"XroadVnpt-hash-header": "0" * 64},
                       {"XroadVnpt-sign-header-key": "systemid"},
                       {"XroadVnpt-sign-header": "{}"}, {"XroadVnpt-systemid": "H52.99.02"}):
            self.assertEqual(self.inbox(tamper=tamper)["status"], "FAIL", tamper)
        self.assertTrue(self.log()["refused"][-1]["why"])

    def test_signs_the_text_that_was_sent(self):
        headers = signed_headers(VECTOR, "demo-secret-khong-that")
        headers["XroadVnpt-sign-header"] = headers["XroadVnpt-sign-header"].replace('","', '", "')
        self.assertEqual(self.read("POST", "/getReceivedEdocList", b"{}", headers)[1]["status"], "FAIL")

    def test_serves_reports_in_the_java_shape(self):
        first = self.inbox()["data"][0]
        replies = [self.ask("/getEdoc", filePath="/tmp", **{name: first["docId"]}) for name in ("docId", "docid")]
        self.assertEqual(replies[0], replies[1])
        package = base64.b64decode(replies[0]["data"], validate=True)
        root = xml.fromstring(package)
        space = "{" + edxml.URI + "}"
        self.assertEqual((root.tag, [child.tag for child in root]),
                         (space + "edXML", [space + "edXMLEnvelope", space + "AttachmentEncoded"]))
        self.assertIn(b"<edXML:DocumentId>", package)
        content = base64.b64decode(root.findall(f".//{space}Attachment/{space}ContentTransferEncoded")[1].text)
        rows = xml.fromstring(content).findall("ChiTieu")
        self.assertEqual({row.get("maDonVi") for row in rows}, {first["from"]})
        self.assertTrue(all(row.get("ma") and row.text for row in rows))

    def test_an_item_stays_until_it_is_done_or_failed(self):
        self.order(published_to="2025-03")
        waiting = [item["docId"] for item in self.inbox()["data"]]
        self.assertGreater(len(waiting), 2)
        self.ask("/updateStatus", docId=waiting[0], status="processing")
        self.assertIn(waiting[0], [item["docId"] for item in self.inbox()["data"]])
        self.assertEqual(self.ask("/updateStatus", docId=waiting[0], status="eaten")["status"], "FAIL")
        self.ask("/updateStatus", docId=waiting[0], status="done")
        self.ask("/updateStatus", docId=waiting[1], status="fail")
        self.assertEqual([item["docId"] for item in self.inbox()["data"]], waiting[2:])
        self.assertEqual(self.log()["acknowledged"][-1], {"id": waiting[1], "status": "fail"})
        for name in waiting[2:]:
            self.ask("/updateStatus", docId=name, status="done")
        self.assertEqual(sorted([self.inbox().get("data", "no list") == [], self.inbox().get("data", "no list") == []]),
                         [False, True])
        self.order(published_to="9999-12")
        self.assertTrue(self.inbox()["data"])

    def test_damages_a_document_and_nothing_around_it(self):
        name = self.inbox()["data"][0]["docId"]
        self.order(misbehave="damage", times=1)
        with self.assertRaises(ValueError):
            base64.b64decode(self.ask("/getEdoc", docId=name)["data"], validate=True)
        self.order(misbehave="damage_inside", times=1)
        with self.assertRaises(xml.ParseError):
            xml.fromstring(base64.b64decode(self.ask("/getEdoc", docId=name)["data"], validate=True))

    def test_takes_a_sent_file_by_either_hash(self):
        for form in edxml.hash_forms(b"abc"):
            reply = self.ask("/sendEdoc", body=b"abc\r\n", **{"from": "H52.99.01", "servicetype": "eDoc", "messagetype": "edoc",
                                                             "to": '["G22"]', "hash-file": form})
            self.assertTrue(reply["DocId"])
        self.assertEqual(edxml.hash_forms(b"abc")[1], "ba7816bf8f1cfea414140de5dae2223b0361a396177a9cb410ff61f2015ad")
        reply = self.ask("/sendEdoc", body=b"abd\r\n", **{"from": "H52.99.01", "hash-file": edxml.hash_forms(b"abc")[0]})
        self.assertEqual(reply["status"], "FAIL")
        reply = self.ask("/sendEdoc", body=b"abc\r\n", **{"from": "H52.99.02", "hash-file": edxml.hash_forms(b"abc")[0]})
        self.assertEqual(reply["ErrorDesc"], "Don vi gui H52.99.02 khong dung voi ma da dang ky: H52.99.01")

    def test_hands_out_the_raw_stream_too_and_counts_what_waits(self):
        item = self.inbox()["data"][0]
        headers = signed_headers({"systemid": "H52.99.01", "timestamp": "21112025T093015+0042",
                                  "Content-Type": "application/json",
                                  "docId": item["docId"]}, "demo-secret-khong-that")
        self.assertEqual(self.call("GET", "/downloadEdoc", headers=headers)[1], self.fetch(item["docId"]))
        self.assertEqual(self.ask("/countReceiveEdoc", method="GET", body=None)["count"], len(self.inbox()["data"]))
        self.assertEqual(self.ask("/countReceiveStatus", method="GET", body=None)["count"], 0)

    def test_narrows_the_list_by_days(self):
        found = self.inbox(fromDate="2025/09/01", toDate="2025/09/30")["data"]
        self.assertEqual({item["created_time"][:7] for item in found}, {"2025-09"})
        self.assertEqual(self.inbox(fromDate="2030-01-01").get("data", []), [])

    def test_registers_agencies_and_removes_them(self):
        new = json.dumps({"id": "1", "pcode": "H31", "code": "H31.91", "name": "Đơn vị mới"}).encode()
        self.assertEqual([self.ask("/registerAgency", body=new)["status"] for _ in range(2)], ["OK", "FAIL"])
        self.assertEqual(self.ask("/getAgenciesListQD20", level="2")["data"][-1]["code"], "H31.91")
        self.assertEqual([self.ask("/deleteAgency", agencyCode="H31.91")["status"] for _ in range(2)], ["OK", "FAIL"])

    def test_lists_as_many_agencies_as_there_are(self):
        rows = self.ask("/getAgenciesList")["data"]
        self.assertEqual((len(rows), sorted(rows[0])), (111_339, ["code", "id", "mail", "name", "oldCode", "pid"]))
        by_code = {row["code"]: row for row in rows}
        self.assertEqual((by_code["H31.02"]["oldCode"], by_code["H31.02"]["pid"]), ("000.00.02.H31", by_code["H31"]["id"]))
        self.assertGreater(sum(row["code"] == row["oldCode"] for row in rows), 1000)
        self.assertGreater(sum(row["code"].endswith("W00") for row in rows), 100)
        self.assertTrue(any(row["oldCode"].startswith("002.") for row in rows))
        self.assertEqual(len({row["code"] for row in rows}), len(rows))
        self.assertEqual({row["isAgency"] for row in self.ask("/getSynchronizeUnit")["data"]}, {True, False})


def local_names(package):
    """(local name, text) of everything in a package, in no order."""
    root = xml.fromstring(package)
    return sorted((node.tag.partition("}")[2], "".join((node.text or "").split())) for node in root.iter())


class Shapes(Axis):
    scenario = {"system_id": "H52.99.01", "shapes": ["java", "net", "saas"], "published_to": "2024-12", "alias_recipients": True}

    def packages(self):
        return {item["from"]: self.fetch(item["docId"]) for item in self.inbox()["data"]}

    def test_writes_three_shapes_that_say_the_same(self):
        first = next(iter(self.dialect.documents(self.options)))
        made = {shape: edxml.document(dataclasses.replace(first, shape=shape)) for shape in edxml.SHAPES}
        self.assertEqual(local_names(made["java"]), [pair for pair in local_names(made["net"]) if pair[0] != "DigitalSignature"])
        self.assertLess(set(dict(local_names(made["saas"]))), set(dict(local_names(made["java"]))))
        self.assertTrue(made["net"].find(b"<edXML:OrganName>") < made["net"].find(b"<edXML:OrganizationInCharge>"))
        self.assertTrue(made["net"].find(b"<edXML:Subject>") < made["net"].find(b"<edXML:DocumentId>"))
        self.assertIn(b"xlink:href", made["net"])
        self.assertIn(b"<edXML:DigitalSignature/>", made["net"])
        self.assertNotIn(b"edXML:", made["saas"])
        shapes = [one.shape for one in self.dialect.documents(self.options)][:4]
        self.assertEqual(shapes, ["java", "net", "saas", "java"])

    def test_names_a_receiver_twice_by_both_codes(self):
        for package in self.packages().values():
            header = xml.fromstring(package).find(f".//{{{edxml.URI}}}MessageHeader")
            codes = [node.findtext(f"{{{edxml.URI}}}OrganId") for node in header.findall(f"{{{edxml.URI}}}To")]
            self.assertEqual(codes, ["H52.99.01", "000.01.99.H52"])


class Many(Axis):
    scenario = {"system_id": "H52.99.01", "extra_documents": 5000, "empty_list": "missing"}

    def test_lists_five_thousand_at_once_and_leaves_the_list_out_when_empty(self):
        items = self.inbox()["data"]
        self.assertEqual(len({item["docId"] for item in items}), 5022)
        self.assertIn(b"bao-cao.pdf", self.fetch(items[-1]["docId"]))
        self.order(published_to="2000-01")
        self.assertNotIn("data", self.inbox())
        self.order(published_to="9999-12")


class Damaged(Axis):
    kinds = list(damages.KINDS)
    scenario = {"system_id": "H52.99.01", "damaged": {str(number): kind for number, kind in enumerate(kinds, 1)}}

    def test_a_damaged_document_is_damaged_each_time_and_its_neighbours_are_sound(self):
        packages = [self.fetch(item["docId"]) for item in self.inbox()["data"]]
        by_kind = dict(zip(self.kinds, packages))
        for kind in ("half", "junk_before", "entities"):
            with self.assertRaises(xml.ParseError):
                xml.fromstring(by_kind[kind])
        self.assertIn(b"%%%", by_kind["unreadable_attachment"])
        self.assertIn(b"e-doc.vn", by_kind["older_namespace"])
        self.assertNotIn(b"DocumentId", by_kind["no_identity"])
        self.assertIn(b"<edXML:OrganId>null<", by_kind["null_sender"])
        self.assertIn(b"<!DOCTYPE", by_kind["entities"])
        self.assertNotIn(b"application/pdf", by_kind["untrue_types"])
        encoded = f".//{{{edxml.URI}}}Attachment/{{{edxml.URI}}}ContentTransferEncoded"
        contents = {kind: base64.b64decode(xml.fromstring(by_kind[kind]).find(encoded).text)
                    for kind in ("text_damaged_pdf", "wrapped_attachment", "zip_bomb", "zip_of_a_path")}
        self.assertIn(b"\xef\xbf\xbd" * 100, contents["text_damaged_pdf"])
        archives = {kind: zipfile.ZipFile(io.BytesIO(contents[kind]))
                    for kind in ("wrapped_attachment", "zip_bomb", "zip_of_a_path")}
        self.assertEqual(archives["wrapped_attachment"].read(archives["wrapped_attachment"].namelist()[0]), edxml.PDF)
        self.assertEqual(archives["zip_bomb"].infolist()[0].file_size, 64 << 20)
        self.assertEqual(archives["zip_of_a_path"].namelist(), ["../../etc/bao-cao.pdf"])
        for package in packages[len(self.kinds):]:
            self.assertEqual(package, self.fetch(self.inbox()["data"][packages.index(package)]["docId"]))
            xml.fromstring(package)


class Acts(Axis):
    scenario = {"system_id": "H52.99.01", "business": {"1": "recall", "2": "update", "3": "replace"}, "take_back": [4]}

    def test_later_documents_act_on_earlier_ones(self):
        items = self.inbox()["data"]
        space = f"{{{edxml.URI}}}"
        roots = [xml.fromstring(self.fetch(item["docId"])) for item in items]
        ids = [root.findtext(f".//{space}MessageHeader/{space}DocumentId") for root in roots]
        recall, update, replacement = roots[-3:]
        self.assertEqual([root.findtext(f".//{space}BussinessDocType") for root in roots[-3:]], ["1", "2", "3"])
        self.assertEqual(ids[-3], ids[0])
        self.assertIsNone(recall.find(f".//{space}Bussiness/{space}DocumentId"))
        self.assertEqual(recall.findtext(f".//{space}ResponseFor/{space}DocumentId"), ids[0])
        self.assertEqual(update.findtext(f".//{space}Bussiness/{space}DocumentId"), ids[1])
        self.assertEqual(replacement.findtext(f".//{space}ReplacementInfo/{space}DocumentId"), ids[2])

    def test_a_sender_asks_for_a_document_back_the_other_way_round(self):
        items = self.inbox("status")["data"]
        self.assertEqual(len(items), 1)
        status = status_packages.read_status(self.fetch(items[0]["docId"]))
        self.assertEqual((status.status, status.organ, status.sender), ("13", "H52.99.01", items[0]["from"]))
        self.assertTrue(status.document_id.startswith(status.sender))


class Followed(Axis):
    scenario = {"system_id": "H52.99.01", "answers": ["01", "03", "06"], "answers_order": "reversed", "answers_repeated": 2,
                "take_back_answer": "15", "alias_recipients": True}

    def package(self, number=7):
        report = dataclasses.replace(next(reports.published("G22")), number=number, sender="H52.99.01", figures=(), aliased=True)
        return report, edxml.document(report)

    def statuses(self, document_id):
        read = [(item, status_packages.read_status(self.fetch(item["docId"]))) for item in self.inbox("status").get("data", [])]
        return [(item, status) for item, status in read if status.document_id == document_id]

    def test_recipients_report_what_becomes_of_a_document_late_first_and_twice(self):
        report, content = self.package(7)
        self.assertTrue(self.send(content)["DocId"])
        found = self.statuses(report.document_id)
        self.assertEqual([status.status for _, status in found], ["06", "06", "03", "03", "01", "01"])
        self.assertEqual({(status.sender, status.organ, status.code) for _, status in found},
                         {("G22", "H52.99.01", f"7/{report.notation}")})
        times = {status.status: status.time for _, status in found}
        self.assertLess(times["01"], times["06"])
        self.assertEqual(len({item["docId"] for item, _ in found}), 6)
        self.ask("/updateStatus", docId=found[0][0]["docId"], status="done")
        self.assertEqual(len(self.statuses(report.document_id)), 5)
        row = next(row for row in self.ask("/getSentEdocList", servicetype="eDoc", messagetype="edoc")["data"]
                   if (row["toCode"], row["notation"]) == ("G22", f"7/{report.notation}"))
        self.assertEqual((row["fromCode"], row["title"], row["sendStatus"]), ("H52.99.01", report.subject, "done"))

    def test_a_document_sent_twice_is_followed_once(self):
        report, content = self.package(8)
        self.assertEqual(self.send(content), self.send(content))
        self.assertEqual(len(self.statuses(report.document_id)), 6)

    def test_answers_a_recall_and_an_update(self):
        report, content = self.package(10)
        self.send(content)
        for business in ("recall", "update"):
            acting = dataclasses.replace(report, number=11, business=business, target=report)
            self.send(edxml.document(acting))
            answer = [status for _, status in self.statuses(acting.document_id) if status.status == "15"]
            self.assertEqual([(status.sender, status.organ) for status in answer], [("G22", "H52.99.01")], business)

    def test_lists_each_status_that_was_sent_under_the_notation_of_its_document(self):
        told = status_packages.Status("H52.99.01", "G22", "12/CV", "2025/03/20", "G22,2025/03/20,12/CV", "01", "2025/03/20 09:00:00")
        name = self.send(told.package(), "status")["DocId"]
        row = next(row for row in self.ask("/getSentEdocList", servicetype="eDoc", messagetype="status")["data"] if row["senderDocId"] == name)
        self.assertEqual((row["toCode"], row["notation"], row["sentTime"]), ("G22", "12/CV", "2025-03-20 09:00:00"))

    def test_refuses_a_status_that_is_none_or_of_somebody_else(self):
        other = status_packages.Status("H52.99.02", "G22", "1/BC", "2025/11/20", "x", "01", "2025/11/20 10:00:00")
        for content in (b"<edXML/>", b"no xml", other.package()):
            self.assertEqual(self.send(content, "status")["ErrorCode"], "10")

    def test_reads_a_code_written_as_a_number(self):
        status = status_packages.Status("a", "b", "1/BC", "2025/11/20", "x", "03", "2025/11/20 10:00:00")
        self.assertEqual(status_packages.read_status(status.package().replace(b">03<", b">3<")).status, "03")


if __name__ == "__main__":
    unittest.main()

"""The document axis: what a signature must hold, what waits in the list and until when, what becomes of what is sent."""

import base64
import hashlib
import hmac
import json
import unittest
import xml.etree.ElementTree as xml

import edxml
import qlvb
from simulator_case import Case

VECTOR = {"systemid": "H52.99.01", "servicetype": "eDoc", "messagetype": "edoc", "timestamp": "21112025T093015+0042",
          "Content-Type": "application/json"}


def signed_headers(values, secret, tamper=None):
    """Headers as the Java SDK sends them, in the order given."""
    text = json.dumps({f"XroadVnpt-{k}": v for k, v in values.items()}, ensure_ascii=False, separators=(",", ":"))
    headers = {f"XroadVnpt-{k}": v for k, v in values.items()} | {
        "Content-Type": values.get("Content-Type", ""), "XroadVnpt-sign-header-key": ";".join(values), "XroadVnpt-sign-header": text,
        "XroadVnpt-hash-header": hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest(), "XroadVnpt-version": "3.0.201608"}
    return headers | (tamper or {})


class Qlvb(Case):
    dialect_class, system = qlvb.Qlvb, "qlvb"
    scenario = {"system_id": "H52.99.01"}

    def ask(self, target, tamper=None, reverse=False, body=b"{}", **values):
        values = {"systemid": "H52.99.01", "timestamp": "21112025T093015+0042", "Content-Type": "application/json", **values}
        values = dict(reversed(values.items())) if reverse else values
        return self.read("POST", target, body, signed_headers(values, "demo-secret-khong-that", tamper))[1]

    def inbox(self, **named):
        return self.ask("/getReceivedEdocList", servicetype="eDoc", messagetype="edoc", **named)

    def test_knows_the_worked_signature(self):
        headers = signed_headers(VECTOR, "demo-secret-khong-that")
        self.assertEqual(headers["XroadVnpt-hash-header"], "6676e256e70a66021b9bef210eecbeaef71f0b894ca76d8a9c56c488f0d614f0")
        self.assertEqual(self.read("POST", "/getReceivedEdocList", b"{}", headers)[1]["ErrorCode"], "0")

    def test_takes_any_order_and_any_case_of_header_names(self):
        self.assertEqual(self.inbox(reverse=True)["status"], "OK")
        lower = {name.lower(): value for name, value in signed_headers(VECTOR, "demo-secret-khong-that").items()}
        self.assertEqual(self.read("POST", "/getReceivedEdocList", b"{}", lower)[1]["status"], "OK")

    def test_refuses_headers_that_are_not_what_was_signed(self):
        for tamper in ({"XroadVnpt-messagetype": "status"}, {"XroadVnpt-hash-header": "0" * 64}, {"XroadVnpt-sign-header-key": "systemid"},
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
        self.assertEqual((root.tag, [child.tag for child in root]), (space + "edXML", [space + "edXMLEnvelope", space + "AttachmentEncoded"]))
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
        self.assertEqual(sorted([self.inbox().get("data", "no list") == [], self.inbox().get("data", "no list") == []]), [False, True])
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


if __name__ == "__main__":
    unittest.main()

"""The provincial document axis: its login, its numbers, its quirks."""

import base64
import json
import unittest

import edxml
import lgsp
from simulator_case import Case

PACKAGE = (f'<edXML xmlns="{edxml.URI}"><edXMLEnvelope><edXMLHeader><MessageHeader><From><OrganId>H31.08</OrganId></From>'
           "<To><OrganId>%s</OrganId></To></MessageHeader></edXMLHeader></edXMLEnvelope>%s</edXML>")


def form(content, name="van-ban.edxml", kind="edoc"):
    """A multipart body and its headers."""
    head = f'--ranh\r\nContent-Disposition: form-data; name="edocFile"; filename="{name}"\r\nContent-Type: application/xml\r\n\r\n'
    parts = [head.encode() + content,
             f'--ranh\r\nContent-Disposition: form-data; name="messageType"\r\n\r\n{kind}'.encode(), b"--ranh--\r\n"]
    return b"\r\n".join(parts), {"Content-Type": "multipart/form-data; boundary=ranh"}


class Ltvb(Case):
    dialect_class, system = lgsp.Lgsp, "lgsp"
    scenario = {"dialects": ["ltvb"], "ltvb_secret_key": "x", "ltvb_locked": ["H31.05"], "agency_count": 3000,
                "ltvb_agencies": "alternating"}

    def token(self, **changes):
        asked = {"username": "nguoi-dung-gia-lap", "password": "mat-khau-khong-that", "applicationCode": "QLVB", "otp": None,
                 "twoFactorProvider": None, "typeObjs": [0, 1], **changes}
        return self.read("POST", "/v1/auth/login?allow_anonymous=true", asked)

    def ask(self, method, target, body=None, token=None, **headers):
        token = token or self.token()[1]["data"]["token"]
        return self.read(method, "/v1/" + target, body,
                         {"Authorization": f"Bearer {token}", "X-SystemId": "H31.08", "X-SecretKey": "x", **headers})

    def send(self, content, **named):
        body, headers = form(content, **named)
        return self.ask("POST", "sendEdoc", body, **headers)[1]

    def test_gives_a_token_of_half_an_hour(self):
        status, reply = self.token()
        self.assertEqual((status, reply["code"], sorted(reply["data"])), (200, 200, ["id", "name", "token", "username"]))
        token = reply["data"]["token"]
        self.assertEqual(len(token.split(".")), 3)
        self.assertEqual(self.ask("GET", "getEdoc?docId=x", token=token)[0], 200)
        self.later(1801)
        self.assertEqual(self.ask("GET", "getEdoc?docId=x", token=token),
                         (401, {"success": False, "message": "licenseInfo:invalid"}))
        self.assertEqual(self.token(password="x")[0], 401)
        self.assertEqual(self.token(applicationCode="x")[0], 401)

    def test_wants_the_bearer_and_both_keys(self):
        self.assertEqual(self.read("GET", "/v1/getAgenciesList"), (401, {"success": False, "message": "licenseInfo:invalid"}))
        token = self.token()[1]["data"]["token"]
        for forged in (token[:-2] + "AA", token.split(".")[0] + "..", "x"):
            self.assertEqual(self.ask("GET", "getAgenciesList", token=forged)[0], 401)
        for headers in ({"X-SecretKey": "y"}, {"X-SystemId": "H31.09"}):
            self.assertEqual(self.ask("GET", "getEdoc?docId=x", **headers)[1]["data"]["errorCode"], 15)
        self.order(misbehave="expire", times=1)
        self.assertEqual(self.ask("GET", "getAgenciesList", token=token)[0], 401)

    def test_lists_by_dates_with_slashes_and_serves_what_it_lists(self):
        listed = self.ask("GET", "syncReceivedEdocList?messageType=edoc&fromDate=2025/03/01&toDate=2025/03/31")[1]
        self.assertEqual(listed["count"], len(listed["data"]))
        self.assertGreater(listed["count"], 0)
        self.assertTrue(all(item["createdTime"].startswith("2025-03") for item in listed["data"]))
        self.assertEqual(self.ask("GET", "syncReceivedEdocList?messageType=status")[1]["count"], 0)
        name = listed["data"][0]["docId"]
        document = self.ask("GET", f"getEdoc?docId={name}")[1]["data"]
        self.assertIn("<edXML:DocumentId>", document["edxml"])
        self.assertTrue(base64.b64decode(document["attachments"][1]["fileContent"]).startswith(b"<?xml"))
        for status in ("done", "03"):
            self.assertTrue(self.ask("POST", "updateStatus", {"docId": name, "status": status})[1]["success"])
        self.assertEqual(self.log()["acknowledged"][-1], {"id": name, "status": "03"})
        self.assertFalse(self.ask("POST", "updateStatus", {"docId": name, "status": "gone"})[1]["success"])

    def test_takes_a_package_and_names_what_is_wrong_with_another(self):
        good = (PACKAGE % ("H31.02", "")).encode()
        self.assertTrue(self.send(good)["docId"])
        broken = "<Attachment><ContentTransferEncoded>%%%</ContentTransferEncoded></Attachment>"
        for code, reply in ((10, self.send(good, name="van-ban.xml")), (10, self.send(good, kind="psp")),
                            (18, self.send((PACKAGE % ("H99.02", "")).encode())), (22, self.send(b"<edXML")),
                            (22, self.send(b"<edXML/>")),
                            (19, self.send(good.replace(b"H31.08", b"H31.09"))),
                            (21, self.send((PACKAGE % ("H31.02", broken)).encode())),
                            (23, self.send((PACKAGE % ("H31.05", "")).encode()))):
            self.assertEqual((reply["success"], reply["data"]["docId"], reply["data"]["status"], reply["data"]["errorCode"]),
                             (False, None, "error", code))
        self.order(misbehave="axis_error", path="/sendEdoc")
        self.assertEqual(self.send(good)["data"]["errorCode"], 20)

    def test_refuses_a_body_whose_length_was_not_said(self):
        body, headers = form((PACKAGE % ("H31.02", "")).encode())
        status, reply = self.ask("POST", "sendEdoc", iter([body]), **headers)
        self.assertEqual((status, reply["message"]), (400, "Unexpected end of Stream"))

    def test_writes_the_agencies_as_object_and_as_bare_list(self):
        lists = [self.ask("GET", "getAgenciesList")[1] for _ in range(2)]
        self.assertEqual({type(listed) for listed in lists}, {dict, list})
        rows = next(listed for listed in lists if isinstance(listed, list))
        self.assertEqual(len(rows), 3000)
        found = next(row for row in rows if row["orgCode"] == "H31.02")
        self.assertEqual((found["parentCode"], found["orgName"]), ("H31", "Sở Tài chính"))
        self.assertEqual(json.dumps(rows), json.dumps(next(listed for listed in lists if isinstance(listed, dict))["data"]))


if __name__ == "__main__":
    unittest.main()

"""The integration platform: what each dialect demands, what expires, how it refuses, what it serves."""

import base64
import json
import unittest
import xml.etree.ElementTree as xml
from urllib.parse import urlencode

import lgsp
from simulator_case import Case


class Lgsp(Case):
    dialect_class, system = lgsp.Lgsp, "lgsp"
    scenario = {"consumer_key": "k", "consumer_secret": "s", "page_size": 15}

    def token(self, pair="k:s", grant="client_credentials"):
        return self.read("POST", "/token", f"grant_type={grant}".encode(), {
            "Authorization": "Basic " + base64.b64encode(pair.encode()).decode(),
            "Content-Type": "application/x-www-form-urlencoded"})

    def get(self, target, token=None):
        token = token or self.token()[1]["access_token"]
        return self.read("GET", "/kinhte/1.0/" + target, headers={"authorization": f"Bearer {token}"})

    def test_gives_a_token_for_basic_credentials_only(self):
        status, reply = self.token()
        self.assertEqual((status, sorted(reply)), (200, ["access_token", "expires_in", "scope", "token_type"]))
        self.assertIsInstance(reply["expires_in"], int)
        self.assertEqual(self.token("k:wrong"), (401, {"error": "invalid_client",
                                                       "error_description": "Client Authentication failed."}))
        self.assertEqual(self.token(grant="password")[0], 400)

    def test_lets_a_token_expire(self):
        token = self.token()[1]["access_token"]
        self.assertEqual(self.get("ky-bao-cao", token)[0], 200)
        self.later(20_000)  # behind the end of any token of these tests
        status, answer = self.get("ky-bao-cao", token)
        self.assertEqual((status, answer["fault"]["code"]), (401, 900901))
        self.assertEqual(self.get("ky-bao-cao")[0], 200)

    def test_names_its_faults_as_wso2_does(self):
        self.assertEqual(self.read("GET", "/kinhte/1.0/ky-bao-cao")[1]["fault"]["code"], 900902)
        self.assertEqual(self.get("ky-bao-cao", "wrong")[1]["fault"]["code"], 900901)
        self.assertEqual(self.get("khac")[1]["fault"]["code"], 900906)
        for name, status, code in (("throttle", 429, 900802), ("blocked", 503, 700700), ("expire", 401, 900901)):
            token = self.token()[1]["access_token"]
            self.order(misbehave=name, times=1)
            answer = self.get("ky-bao-cao", token)
            self.assertEqual((answer[0], answer[1]["fault"]["code"]), (status, code))

    def test_pages_a_month_as_published(self):
        self.assertIn("03/2025", self.get("ky-bao-cao")[1]["kyBaoCao"])
        pages = [self.get(f"so-lieu-thang?ky=03/2025&trang={page}")[1] for page in (1, 2)]
        items = [item for page in pages for item in page["duLieu"]]
        self.assertEqual([(page["trang"], page["tongTrang"]) for page in pages], [(1, 2), (2, 2)])
        self.assertEqual(len({item["maSo"] for item in items}), len(items))
        retail = next(item for item in items if (item["maChiTieu"], item["loai"]) == ("TMBL", "TT"))
        self.assertEqual((retail["giaTri"], retail["donVi"], retail["tinhTrang"], retail["maDonVi"]),
                         ("10.882", "tỷ đồng", "UT", "000.00.01.H31"))
        started = next(item for item in items if (item["maChiTieu"], item["loai"]) == ("DNTL", "TT"))
        self.assertEqual((started["tuNgay"], started["denNgay"]), ("22/02/2025", "21/03/2025"))
        self.assertIn("NVHD", {item["maChiTieu"] for item in items})
        self.assertEqual(self.get("so-lieu-thang?ky=03/2025&trang=3")[0], 404)
        self.assertEqual(self.get("so-lieu-thang?ky=02/2025&trang=1")[0], 404)

    def test_says_when_to_come_again_in_one_of_three_places(self):
        token = self.token()[1]["access_token"]
        self.order(misbehave="throttle", code=900804, retry_after=30, **{"as": "next_access_time"})
        fault = self.get("ky-bao-cao", token)[1]["fault"]
        self.assertEqual(fault["code"], 900804)
        self.assertRegex(fault["nextAccessTime"], r"^\d{4}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2}\+0000 UTC$")
        self.order(misbehave="throttle", retry_after=30)
        reply, _ = self.call("GET", "/kinhte/1.0/ky-bao-cao", headers={"Authorization": f"Bearer {token}"})
        self.assertEqual(reply.getheader("Retry-After"), "30")

    def test_takes_a_slash_too_many_and_knows_nothing_of_dialects_it_was_not_given(self):
        self.assertEqual(self.read("GET", "//kinhte/1.0/ky-bao-cao")[1]["fault"]["code"], 900902)
        self.assertEqual(self.read("GET", "/v1/getAgenciesList")[1]["fault"]["code"], 900902)
        self.assertEqual(self.get("nhan-so-lieu")[1]["fault"]["code"], 900906)


PAIR = {"Authorization": "Basic " + base64.b64encode(b"khoa-khong-that:bi-mat-khong-that").decode()}


class Platform(Case):
    """What the dialects below share."""

    dialect_class, system = lgsp.Lgsp, "lgsp"

    def periods(self, prefix="", **headers):
        return self.read("GET", prefix + "/kinhte/1.0/ky-bao-cao", headers=headers)

    def code(self, answer):
        return int(answer[1]["fault"]["code"])

    def form(self, headers=None, **more):
        form = urlencode({"grant_type": "client_credentials", **more}).encode()
        return self.read("POST", "/token", form, {"Content-Type": "application/x-www-form-urlencoded", **(headers or {})})


class CredentialsInBody(Platform):
    scenario = {"dialects": ["body"], "consumer_key": "k", "consumer_secret": "s", "fault_codes": "alternating"}

    def test_takes_the_credentials_as_fields_of_the_form_only(self):
        status, reply = self.form(client_id="k", client_secret="s")
        self.assertEqual(status, 200)
        self.assertEqual(self.periods(Authorization="Bearer " + reply["access_token"])[0], 200)
        self.assertEqual(self.form(client_id="k", client_secret="t")[0], 401)
        self.assertEqual(self.form({"Authorization": "Basic " + base64.b64encode(b"k:s").decode()})[0], 401)

    def test_writes_codes_as_number_and_as_text(self):
        self.assertEqual({type(self.periods()[1]["fault"]["code"]) for _ in range(2)}, {int, str})


class XmlFaults(Platform):
    scenario = {"fault_form": "xml", "quota_calls": 2, "quota_seconds": 60}

    def test_writes_faults_as_xml_and_counts_calls(self):
        _, body = self.call("GET", "/kinhte/1.0/ky-bao-cao")
        space = "{http://wso2.org/apimanager/security}"
        root = xml.fromstring(body)
        self.assertEqual((root.tag, root.findtext(space + "code")), (space + "fault", "900902"))
        bearer = "Bearer " + self.form(PAIR)[1]["access_token"]
        answers = [self.call("GET", "/kinhte/1.0/ky-bao-cao", headers={"Authorization": bearer}) for _ in range(3)]
        self.assertEqual([reply.status for reply, _ in answers], [200, 200, 429])
        throttled = xml.fromstring(answers[2][1])
        self.assertEqual([node.tag.partition("}")[2] for node in throttled], ["code", "message", "description", "nextAccessTime"])
        self.later(61)
        self.assertEqual(self.call("GET", "/kinhte/1.0/ky-bao-cao", headers={"Authorization": bearer})[0].status, 200)


class TokenLife(Platform):
    def test_gives_the_same_token_until_it_ends(self):
        first = self.form(PAIR)[1]
        self.later(3595)
        again = self.form(PAIR)[1]
        self.assertEqual(again["access_token"], first["access_token"])
        self.assertLessEqual(again["expires_in"], 6)
        self.later(3700)
        other = self.form(PAIR)[1]
        self.assertNotEqual(other["access_token"], first["access_token"])
        self.assertGreater(other["expires_in"], 3500)


class OldToken(Platform):
    scenario = {"token_seconds": 3600, "token_age": 3597}

    def test_the_first_token_may_be_nearly_over(self):
        self.assertLessEqual(self.form(PAIR)[1]["expires_in"], 3)
        self.later(4)
        self.assertGreater(self.form(PAIR)[1]["expires_in"], 3500)


NAMES = {"AccessKey": "ak", "SecretKey": "sk", "AppName": "IOC", "PartnerCode": "H31", "PartnerCodeCus": "H31"}


def composed(**changes):
    """The five names as the header wants them, in whatever order and spacing."""
    return base64.b64encode(json.dumps({**NAMES, **changes}, indent=1).encode()).decode()


class AccessTokenHeader(Platform):
    scenario = {"dialects": ["lgspaccesstoken"], "access_key": "ak", "secret_key": "sk", "envelope": "error_code"}

    def test_wants_the_header_for_the_token_and_both_for_data(self):
        status, reply = self.form({"lgspaccesstoken": composed()})
        self.assertEqual(status, 200)
        bearer = "Bearer " + reply["access_token"]
        self.assertEqual(self.periods(Authorization=bearer, lgspaccesstoken=composed())[1]["error_code"], 0)
        self.assertEqual(self.code(self.periods(lgspaccesstoken=composed())), 900901)
        self.assertEqual(self.code(self.periods(Authorization=bearer)), 900902)
        self.assertEqual(self.code(self.periods(Authorization=bearer, lgspaccesstoken=composed(PartnerCode="H32"))), 900901)

    def test_compares_the_json_inside(self):
        for wrong in (composed(SecretKey="x"), "no base64", base64.b64encode(b"[]").decode(), base64.b64encode(b"{}").decode()):
            self.assertEqual(self.form({"lgspaccesstoken": wrong})[0], 401, wrong)

    def test_takes_records_and_refuses_inside_the_envelope(self):
        headers = {"Authorization": "Bearer " + self.form({"lgspaccesstoken": composed()})[1]["access_token"],
                   "lgspaccesstoken": composed()}
        rows = {"data": [{"ma": "x", "tep": "AAAA"}]}
        self.assertEqual(self.read("POST", "/kinhte/1.0/nhan-so-lieu", rows, headers)[1],
                         {"error_code": 0, "result": 1, "message": "Thành công"})
        self.assertEqual(self.log()["packets"][-1], rows)
        self.assertEqual(self.read("POST", "/kinhte/1.0/nhan-so-lieu", {"data": {}}, headers)[1]["error_code"], 1)
        status, reply = self.read("GET", "/kinhte/1.0/so-lieu-thang?ky=01/1999", headers=headers)
        self.assertEqual((status, reply["error_code"]), (200, 404))


class BareAccessToken(Platform):
    scenario = {"dialects": ["lgspaccesstoken-bare"], "access_key": "ak", "secret_key": "sk", "envelope": "status_code"}

    def test_wants_the_text_without_scheme_and_gives_no_token(self):
        reply = self.periods(Authorization=composed())[1]
        self.assertEqual((reply["StatusCode"], reply["Status"], bool(reply["ResultObject"]["kyBaoCao"])), (200, "SUCCESS", True))
        self.assertEqual(self.code(self.periods(Authorization="Bearer " + composed())), 900901)
        self.assertEqual(self.code(self.periods()), 900902)
        self.assertEqual(self.form({"lgspaccesstoken": composed()})[0], 401)

    def test_disagrees_with_its_own_http_status(self):
        status, reply = self.read("GET", "/kinhte/1.0/so-lieu-thang?ky=01/1999", headers={"Authorization": composed()})
        self.assertEqual((status, reply["StatusCode"]), (200, 404))


class ApiKey(Platform):
    scenario = {"dialects": ["api-key"], "unit_code": "H31", "api_key": "k1"}

    def test_wants_both_headers_and_names_what_is_wrong(self):
        self.assertIn("kyBaoCao", self.periods(MaDonVi="H31", ApiKey="k1", Authorization="Bearer k1")[1])
        for headers, code in (({}, -300), ({"MaDonVi": "H31"}, -301), ({"MaDonVi": "H31", "ApiKey": "k2"}, -302),
                              ({"MaDonVi": "H32", "ApiKey": "k1"}, -303),
                              ({"MaDonVi": "H31", "ApiKey": "k1", "Authorization": "Bearer k2"}, -304)):
            status, reply = self.periods(**headers)
            self.assertEqual((status, reply["error_code"]), (200, code))


class StaticTokenBehindTheAdapter(Platform):
    scenario = {"dialects": ["static", "x-road"], "static_scheme": "KhoaTinh", "static_token": "t",
                "dstcode": "VN:GOV:000.00.00.H31:kinhte"}
    prefix = "/XrdAdapter/RestService/forward"

    def test_wants_its_scheme_word(self):
        self.assertEqual(self.periods(Authorization="KhoaTinh t")[0], 200)
        self.assertEqual(self.code(self.periods(Authorization="Bearer t")), 900901)

    def test_finds_the_destination_in_three_places(self):
        for target, headers in (("", {"dstcode": "VN:GOV:000.00.00.H31:kinhte"}),
                                ("", {"dstcode": "VN%3AGOV%3A000.00.00.H31%3Akinhte"}),
                                ("?dstcode=VN:GOV:000.00.00.H31:kinhte&providerurl=http://x", {}),
                                ("?dstcode=VN%3AGOV%3A000.00.00.H31%3Akinhte", {})):
            for prefix in (self.prefix, "/VXPAdapter/RestService/forward"):
                answer = self.read("GET", f"{prefix}/kinhte/1.0/ky-bao-cao{target}",
                                   headers={"Authorization": "KhoaTinh t", **headers})
                self.assertEqual(answer[0], 200, target)

    def test_refuses_a_destination_that_is_missing_malformed_other_or_doubtful(self):
        for headers, target in (({}, ""), ({"dstcode": "kinhte"}, ""), ({"dstcode": "VN:GOV:000.00.00.H32:kinhte"}, ""),
                                ({"dstcode": "VN:GOV:000.00.00.H31:kinhte"}, "?dstcode=VN:GOV:000.00.00.H32:kinhte")):
            answer = self.read("GET", f"{self.prefix}/kinhte/1.0/ky-bao-cao{target}",
                               headers={"Authorization": "KhoaTinh t", **headers})
            self.assertEqual((answer[0], self.code(answer)), (404, 900906))


if __name__ == "__main__":
    unittest.main()

"""Self-test of the simulators over real TLS: what they demand, what expires, what stays until acknowledged, how they misbehave."""

import base64
import hashlib
import hmac
import http.client
import json
import os
import signal
import ssl
import subprocess
import sys
import tempfile
import time
import unittest
import xml.etree.ElementTree as xml
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import edxml  # noqa: E402
import figures  # noqa: E402

VECTOR = {"systemid": "H52.99.01", "servicetype": "eDoc", "messagetype": "edoc", "timestamp": "21112025T093015+0042",
          "Content-Type": "application/json"}
FORWARD = "/XrdAdapter/RestService/forward/mapi/"
PACKET = {"_gia_dinh": "tên trường chưa đối chiếu QCVN 125", "loaiGoiTin": "DU_LIEU_CHI_SO", "maGoiTin": "goi-1", "maDonViGui": "H31",
          "maDonViNhan": "G22", "thoiGianGui": "2025-04-10 09:12:03", "maKyBaoCao": "202503",
          "duLieu": [{"maChiTieu": "A_I_1", "maPhanTo": "TONG", "giaTri": "0.16", "donViTinh": "%", "ghiChu": ""}]}


def setUpModule():
    global FOLDER, CERTIFICATE, KEY
    FOLDER = tempfile.TemporaryDirectory()
    CERTIFICATE, KEY = f"{FOLDER.name}/certificate.pem", f"{FOLDER.name}/key.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                    "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", KEY, "-out", CERTIFICATE],
                   check=True, capture_output=True)


def tearDownModule():
    FOLDER.cleanup()


class Case(unittest.TestCase):
    """One simulator for all tests of a class; every test begins with good behaviour."""

    system, options = "", ()

    @classmethod
    def setUpClass(cls):
        cls.process = subprocess.Popen([sys.executable, HERE / f"{cls.system}.py", "--port", "0", "--certificate", CERTIFICATE, "--key", KEY,
                                        *cls.options], stdout=subprocess.PIPE, text=True)
        word, address = cls.process.stdout.readline().split()
        assert word == "ready"
        cls.address = urlsplit(address)
        cls.trust = ssl.create_default_context(cafile=CERTIFICATE)

    @classmethod
    def tearDownClass(cls):
        cls.process.terminate()
        assert cls.process.wait(10) == 0
        cls.process.stdout.close()

    def setUp(self):
        self.order(misbehave="none")

    def call(self, method, target, body=None, headers=None, timeout=10):
        connection = http.client.HTTPSConnection(self.address.hostname, self.address.port, context=self.trust, timeout=timeout)
        try:
            if isinstance(body, dict):
                body = json.dumps(body, ensure_ascii=False).encode()
            connection.request(method, target, body, headers or {})
            reply = connection.getresponse()
            return reply, reply.read()
        finally:
            connection.close()

    def read(self, *arguments, **named):
        reply, body = self.call(*arguments, **named)
        return reply.status, json.loads(body)

    def order(self, **settings):
        self.assertEqual(self.read("POST", "/_control", settings), (200, {"status": "ok"}))

    def log(self):
        return self.read("GET", "/_log")[1]


class Nrs(Case):
    system, options = "nrs", ("--token", "t1")
    bearer = {"Authorization": "Bearer t1"}

    def values(self, codes, data_type=3, period=3, year=2025):
        return self.read("POST", "/bc/indicators", {"officeCode": "000.00.00.H31", "indicatorCodes": codes, "dataTypeId": data_type,
                                                    "periodId": period, "dataYear": year}, self.bearer)[1]

    def test_demands_the_bearer_token(self):
        for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic t1"}):
            status, reply = self.read("GET", "/bc/offices", headers=headers)
            self.assertEqual((status, reply["error"]["code"]), (401, 401))
        self.assertEqual(self.log()["refused"][-1]["code"], 401)

    def test_lists_codes_that_have_data(self):
        target = "/bc/indicators/hasdata?officeCode=000.00.00.H31&dataTypeId=3&periodId=3&datayear=2025"
        reply = self.read("GET", target, headers=self.bearer)[1]
        self.assertIn("HYE_CPI_TT", reply["data"])
        self.assertEqual((reply["total"], reply["error"]["code"]), (len(reply["data"]), 200))

    def test_writes_values_as_number_and_as_text(self):
        reply = self.values(["HYE_CPI_TT", "HYE_CPI_CK", "HYE_IIP_TT"])
        self.assertEqual([item["value"] for item in reply["data"]], [0.16, "3.61", -1.26])

    def test_says_not_available_where_the_report_had_no_figure(self):
        self.assertEqual(self.values(["HYE_VANG_TT"], period=6)["data"][0]["value"], "…")

    def test_refuses_inside_http_200(self):
        self.assertEqual(self.values(["HYE_XXX"])["error"]["code"], 404)
        self.order(misbehave="error_code", times=1)
        self.assertEqual(self.values(["HYE_CPI_TT"])["error"]["code"], 500)
        self.assertEqual(self.values(["HYE_CPI_TT"])["error"]["code"], 200)

    def test_shows_a_revision_only_once_it_is_published(self):
        self.order(published_to="2025-08")
        self.assertEqual(self.values(["HYE_GRDP_TD"], 3, 13)["data"][0]["value"], "…")
        self.assertEqual(self.values(["HYE_GRDP_TD"], 2, 13)["data"][0]["value"], 8.96)
        self.order(published_to="9999-12")
        self.assertEqual(self.values(["HYE_GRDP_TD"], 3, 13)["data"][0]["value"], 8.80)

    def push(self, name, **changes):
        return self.read("POST", "/qcvn125/goi-tin", {**PACKET, "maGoiTin": name, **changes}, self.bearer)

    def test_gives_one_receipt_for_one_packet(self):
        first, again = self.push("mot"), self.push("mot")
        self.assertEqual(first, again)
        self.assertEqual((first[0], first[1]["trangThai"]), (200, "DA_NHAN"))
        self.assertEqual(sum(packet["maGoiTin"] == "mot" for packet in self.log()["packets"]), 1)
        self.assertEqual(self.read("GET", "/qcvn125/goi-tin/mot", headers=self.bearer), first)
        status, reply = self.push("mot", maKyBaoCao="202504")
        self.assertEqual((status, reply["trangThai"]), (422, "TRA_LAI"))

    def test_sends_a_packet_back_with_the_rule_it_breaks(self):
        row = PACKET["duLieu"][0]
        for changes, word in [({"duLieu": []}, "duLieu"), ({"maKyBaoCao": "2025-03"}, "maKyBaoCao"), ({"loaiGoiTin": "X"}, "loaiGoiTin"),
                              ({"maKyBaoCao": "2025-13"}, "maKyBaoCao"), ({"duLieu": [{**row, "giaTri": "0,16"}]}, "giaTri"), ({"duLieu": [{**row, "giaTri": ""}]}, "ghiChu"),
                              ({"duLieu": [{**row, "maChiTieu": "A_XII_6", "giaTri": "100.5"}]}, "0-100")]:
            status, reply = self.push("hong", **changes)
            self.assertEqual((status, reply["trangThai"]), (422, "TRA_LAI"))
            self.assertIn(word, reply["lyDo"])
        self.assertEqual(self.read("GET", "/qcvn125/goi-tin/hong", headers=self.bearer)[0], 404)

    def test_takes_the_packet_that_the_hubs_own_mapping_renders(self):
        packet = (HERE.parents[1] / "mappings/nrs/push.expected.json").read_bytes()
        self.assertEqual(self.read("POST", "/qcvn125/goi-tin", packet, self.bearer)[1]["trangThai"], "DA_NHAN")

    def test_wants_a_period_for_every_row_of_a_packet_or_for_the_packet(self):
        row = {**PACKET["duLieu"][0], "maKyBaoCao": "2025M9"}
        packet = {key: value for key, value in PACKET.items() if key != "maKyBaoCao"} | {"maGoiTin": "ky", "duLieu": [row]}
        self.assertEqual(self.read("POST", "/qcvn125/goi-tin", packet, self.bearer)[0], 200)
        packet = {**packet, "maGoiTin": "khong-ky", "duLieu": PACKET["duLieu"]}
        self.assertIn("maKyBaoCao", self.read("POST", "/qcvn125/goi-tin", packet, self.bearer)[1]["lyDo"])

    def test_leaves_the_outcome_unknown_and_lets_the_sender_find_out(self):
        for name, applied, found in (("den", True, 200), ("khong-den", False, 404)):
            self.order(misbehave="reset", times=1, applied=applied)
            with self.assertRaises(ConnectionResetError):
                self.push(name)
            self.assertEqual(self.read("GET", f"/qcvn125/goi-tin/{name}", headers=self.bearer)[0], found)


class Misbehaviour(Case):
    system, options = "nrs", ("--token", "t1")
    bearer = {"Authorization": "Bearer t1"}

    def offices(self, **named):
        return self.call("GET", "/bc/offices", headers=self.bearer, **named)

    def test_counts_its_misbehaviours(self):
        self.order(misbehave="refuse", times=2)
        self.assertEqual([self.offices()[0].status for _ in range(3)], [503, 503, 200])

    def test_answers_with_a_gateway_page(self):
        self.order(misbehave="html502")
        reply, body = self.offices()
        self.assertEqual((reply.status, reply.getheader("Content-Type"), body[:6]), (502, "text/html", b"<html>"))

    def test_stalls(self):
        self.order(misbehave="stall", times=1, seconds=30)
        with self.assertRaises(TimeoutError):
            self.offices(timeout=0.3)
        self.assertEqual(self.offices()[0].status, 200)

    def test_damages_a_reply(self):
        self.order(misbehave="damage", times=1)
        with self.assertRaises(ValueError):
            json.loads(self.offices()[1])

    def test_sends_chunks_and_byte_order_marks(self):
        self.order(misbehave="chunked", times=1)
        reply, body = self.offices()
        self.assertEqual((reply.getheader("Transfer-Encoding"), json.loads(body)["error"]["code"]), ("chunked", 200))
        self.order(misbehave="bom", times=1)
        self.assertEqual(self.offices()[1][:3], b"\xef\xbb\xbf")

    def test_keeps_to_the_path_it_was_told(self):
        self.order(misbehave="refuse", path="/goi-tin")
        self.assertEqual(self.offices()[0].status, 200)

    def test_is_never_cut_off_from_control(self):
        self.order(misbehave="refuse")
        self.assertEqual(self.read("GET", "/_health"), (200, {"system": "nrs", "status": "ok"}))
        self.assertEqual(self.read("POST", "/_control", {"misbehave": "explode"})[0], 400)
        self.assertEqual(self.read("POST", "/_control", {"unknown": 1})[0], 400)


class Lgsp(Case):
    system, options = "lgsp", ("--consumer-key", "k", "--consumer-secret", "s", "--token-seconds", "2", "--page-size", "15")

    def token(self, pair="k:s", grant="client_credentials"):
        return self.read("POST", "/token", f"grant_type={grant}".encode(), {
            "Authorization": "Basic " + base64.b64encode(pair.encode()).decode(), "Content-Type": "application/x-www-form-urlencoded"})

    def get(self, target, token=None):
        token = token or self.token()[1]["access_token"]
        return self.read("GET", "/kinhte/1.0/" + target, headers={"authorization": f"Bearer {token}"})

    def test_gives_a_token_for_basic_credentials_only(self):
        status, reply = self.token()
        self.assertEqual((status, sorted(reply)), (200, ["access_token", "expires_in", "scope", "token_type"]))
        self.assertIsInstance(reply["expires_in"], int)
        self.assertEqual(self.token("k:wrong"), (401, {"error": "invalid_client", "error_description": "Client Authentication failed."}))
        self.assertEqual(self.token(grant="password")[0], 400)

    def test_lets_a_token_expire(self):
        token = self.token()[1]["access_token"]
        self.assertEqual(self.get("ky-bao-cao", token)[0], 200)
        deadline = time.monotonic() + 10
        while (answer := self.get("ky-bao-cao", token))[0] == 200 and time.monotonic() < deadline:
            time.sleep(0.1)
        self.assertEqual((answer[0], answer[1]["fault"]["code"]), (401, 900901))
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
        self.assertEqual((retail["giaTri"], retail["donVi"], retail["tinhTrang"], retail["maDonVi"]), ("10.882", "tỷ đồng", "UT", "000.00.01.H31"))
        started = next(item for item in items if (item["maChiTieu"], item["loai"]) == ("DNTL", "TT"))
        self.assertEqual((started["tuNgay"], started["denNgay"]), ("22/02/2025", "21/03/2025"))
        self.assertIn("NVHD", {item["maChiTieu"] for item in items})
        self.assertEqual(self.get("so-lieu-thang?ky=03/2025&trang=3")[0], 404)
        self.assertEqual(self.get("so-lieu-thang?ky=02/2025&trang=1")[0], 404)


def signed_headers(values, secret, tamper=None):
    """Headers as the Java SDK sends them, in the order given."""
    text = json.dumps({f"XroadVnpt-{k}": v for k, v in values.items()}, ensure_ascii=False, separators=(",", ":"))
    headers = {f"XroadVnpt-{k}": v for k, v in values.items()} | {
        "Content-Type": values.get("Content-Type", ""), "XroadVnpt-sign-header-key": ";".join(values), "XroadVnpt-sign-header": text,
        "XroadVnpt-hash-header": hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest(), "XroadVnpt-version": "3.0.201608"}
    return headers | (tamper or {})


class Qlvb(Case):
    system, options = "qlvb", ("--system-id", "H52.99.01", "--secret", "demo-secret-khong-that")

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


class Dvc(Case):
    system, options = "dvc", ("--username", "u", "--password", "p", "--session-seconds", "1.5")
    headers = {"dstcode": "VN:GOV:000.00.00.G22:vpcpdvcprovider", "Content-Type": "application/json"}

    def post(self, operation, **asked):
        return self.read("POST", FORWARD + operation, asked, self.headers)[1]

    def session(self):
        return self.post("login", username="u", password="p")["session"]

    def test_opens_a_session_for_the_right_password(self):
        self.assertTrue(self.session())
        self.assertEqual(int(self.post("login", username="u", password="wrong")["error_code"]), -2)

    def test_finds_its_destination_in_header_or_query(self):
        status, _ = self.read("POST", FORWARD + "login", {"username": "u", "password": "p"})
        self.assertEqual(status, 404)
        target = FORWARD + "login?dstcode=VN%3AGOV%3A000.00.00.G22%3Avpcpdvcprovider"
        self.assertEqual(int(self.read("POST", target, {"username": "u", "password": "p"})[1]["error_code"]), 0)

    def test_writes_error_codes_as_number_and_as_text(self):
        kinds = {type(self.post("login", username="u", password="p")["error_code"]) for _ in range(2)}
        self.assertEqual(kinds, {int, str})

    def test_ends_a_session_inside_http_200(self):
        session = self.session()
        deadline = time.monotonic() + 10
        while int((reply := self.post("g", session=session, service="ThongKeThang", thang=3, nam=2025))["error_code"]) == 0:
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.1)
        self.assertEqual((int(reply["error_code"]), reply["message"]), (-1, "Phiên làm việc hết hạn"))
        session = self.session()
        self.order(misbehave="expire", times=1)
        self.assertEqual(int(self.post("g", session=session, service="ThongKeThang", thang=3, nam=2025)["error_code"]), -1)

    def test_statistics_agree_with_the_dossiers(self):
        session = self.session()
        rows = self.post("g", session=session, madonvi="H31", service="ThongKeThang", thang="03", nam="2025")["result"]
        found = self.post("g", session=session, madonvi="H31", service="DanhSachHoSo", ngayNhan1="2025-03-01", ngayNhan2="2025-03-31")["result"]
        province = rows[-1]
        self.assertEqual((province["OrganizationInchargeIdlevel1"], province["NewReception"]), ("H31", len(found)))
        online = sum(dossier["KenhThucHien"] == "2" for dossier in found)
        self.assertAlmostEqual(province["OnlinePercent"], 100 * online / len(found), 2)
        for row in rows:
            self.assertEqual(row["Total"], row["NewReception"] + row["PreExtisting"])
            self.assertEqual(row["Total"], row["TotalSolved"] + row["TotalPending"])
        self.assertTrue(all(row["generated"] for row in rows + found))
        self.assertTrue(all(dossier["ChuHoSo"].startswith("Người Dân Giả Lập") for dossier in found))


class Data(unittest.TestCase):
    def test_every_published_figure_is_served_or_listed_as_not_served(self):
        lines = figures.table("crosswalk.csv")
        for row in figures.table("figures.csv"):
            words = figures.period_words(row["period"])
            found = [line for line in lines if (line["indicator"], line["measure"]) == (row["indicator"], row["measure"])
                     and words & set(line["periods"].split())]
            self.assertEqual(len(found), 1, row)

    def test_no_two_figures_stand_in_one_place_and_texts_agree_with_values(self):
        for system in ("nrs", "lgsp", "qlvb"):
            served = figures.load(system)
            places = {(figure.code, figure.kind, figure.year, figure.part, figure.status) for figure in served}
            self.assertEqual(len(places), len(served))
            for figure in served:
                if figure.value:
                    self.assertEqual(Decimal(figure.text.replace(".", "").replace(",", ".")), Decimal(figure.value), figure)


class Start(unittest.TestCase):
    def launch(self):
        addresses = Path(FOLDER.name) / "addresses.json"
        process = subprocess.Popen([sys.executable, HERE / "start", "--certificate", CERTIFICATE, "--key", KEY, "--addresses", addresses],
                                   stdout=subprocess.PIPE, text=True)
        self.addCleanup(process.stdout.close)
        self.assertEqual(process.stdout.readline().strip(), f"ready {addresses}")
        return process, addresses, json.loads(addresses.read_text())

    def wait_gone(self, numbers):
        deadline = time.monotonic() + 10
        while alive := [number for number in numbers if Path(f"/proc/{number}/cmdline").exists() and Path(f"/proc/{number}/cmdline").read_bytes()]:
            self.assertLess(time.monotonic(), deadline, alive)
            time.sleep(0.05)

    def test_starts_all_and_stops_all(self):
        process, addresses, systems = self.launch()
        self.assertEqual(sorted(systems), ["dvc", "lgsp", "nrs", "qlvb"])
        process.terminate()
        self.assertEqual(process.wait(20), 0)
        self.wait_gone(system["pid"] for system in systems.values())
        self.assertFalse(addresses.exists())

    def test_leaves_nothing_behind_when_killed(self):
        process, _, systems = self.launch()
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        self.wait_gone([system["pid"] for system in systems.values()])


if __name__ == "__main__":
    unittest.main()

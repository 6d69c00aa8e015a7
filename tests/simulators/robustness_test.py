"""Whatever a caller puts into a request, it gets an answer: no member of any body makes a simulator drop the connection."""

import copy
import http.client
import json
import unittest

import dvc
import edxml
import lgsp
import nrs
import qlvb
from dvc_test import dossier
from nrs_test import PACKET
from province_adapter_test import DOCUMENT
from qlvb_test import signed_headers
from simulator_case import Case

ODD = (None, [], {}, [[]], [{}], 0, -1.5, True, "", "x" * 5000, {"a": [None]}, "\u0000", "20259999999999", "2025-99-99 99:99:99")


def variants(body):
    """The body with each member, at any depth, replaced by each odd value."""
    yield from ODD
    places = [()]
    while places:
        place = places.pop()
        node = body
        for step in place:
            node = node[step]
        keys = node if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
        for key in keys:
            places.append((*place, key))
            for odd in ODD:
                changed = copy.deepcopy(body)
                inner = changed
                for step in place:
                    inner = inner[step]
                inner[key] = odd
                yield changed


class Robust(Case):
    """One connection for all calls; it must still be there after the last."""

    def setUp(self):
        super().setUp()
        self.line = http.client.HTTPSConnection("127.0.0.1", self.port, context=self.trust, timeout=60)
        self.addCleanup(self.line.close)

    def ask(self, target, body, headers):
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.line.request("POST", target, content, headers)
        reply = self.line.getresponse()
        return reply.status, reply.read()

    def bombard(self, target, body, headers=None):
        for changed in variants(body):
            try:
                status, _ = self.ask(target, changed, headers or {})
            except (http.client.HTTPException, OSError) as error:
                self.fail(f"{target}: no answer to {json.dumps(changed)[:300]}: {error!r}")
            self.assertIn(status, (200, 400, 401, 403, 404, 422), target)
        self.assertEqual(self.ask(target, b"\xff\xfe not JSON", headers or {})[0] // 100 in (2, 4), True)


class Nrs(Robust):
    dialect_class, system, scenario = nrs.Nrs, "nrs", {"token": "t1"}

    def test_any_body(self):
        bearer = {"Authorization": "Bearer t1"}
        self.bombard("/bc/indicators", {"officeCode": "000.00.00.H31", "indicatorCodes": ["HYE_CPI_TT"], "dataTypeId": 3,
                                        "periodId": 3, "dataYear": 2025}, bearer)
        regime = {"loaiGoiTin": "SO_LIEU_BAO_CAO", "maCheDoBaoCao": "CD-KTXH-THANG", "maBieuMau": "BM-KTXH-01",
                  "phienBanBieuMau": "1"}
        self.bombard("/qcvn125/goi-tin", {**PACKET, **regime}, bearer)
        self.bombard("/_control", {"misbehave": "none", "times": 1, "path": "/x", "published_to": "9999-12"})


class Lgsp(Robust):
    dialect_class, system = lgsp.Lgsp, "lgsp"
    scenario = {"dialects": ["static", "ltvb"], "static_token": "t", "agency_count": 100}

    def test_any_body(self):
        headers = {"Authorization": "Token t"}
        self.bombard("/mcdt/1.0/Document/SyncDocument", DOCUMENT, headers)
        self.bombard("/kinhte/1.0/nhan-so-lieu", {"data": [{"x": 1}]}, headers)
        login = {"username": "nguoi-dung-gia-lap", "password": "mat-khau-khong-that", "applicationCode": "QLVB"}
        self.bombard("/v1/auth/login", login)
        token = json.loads(self.ask("/v1/auth/login", login, {})[1])["data"]["token"]
        axis = {"Authorization": f"Bearer {token}", "X-SystemId": "H31.08", "X-SecretKey": "bi-mat-khong-that"}
        self.bombard("/v1/updateStatus", {"docId": "x", "status": "done"}, axis)
        self.bombard("/v1/sendEdoc", {}, {**axis, "Content-Type": "multipart/form-data"})


class Dvc(Robust):
    dialect_class, system, scenario = dvc.Dvc, "dvc", {"dialects": ["mapi", "proxy", "rest"]}

    def test_any_body(self):
        headers = {"dstcode": "VN:GOV:000.00.00.G22:vpcpdvcprovider"}
        target = "/XrdAdapter/RestService/forward/mapi/"
        login = {"username": "nguoi-dung-gia-lap", "password": "mat-khau-khong-that"}
        self.bombard(target + "login", login, headers)
        session = json.loads(self.ask(target + "login", login, headers)[1])["session"]
        for body in ({"service": "DongBoHoSoMC", "isUpdating": "False", "data": [dossier(1)]},
                     {"service": "TraCuuHoSo", "mahoso": "x"},
                     {"service": "CapNhatTienDoHoSoMC",
                      "data": [{"MaHoSo": "H31.03-251120-0001", "NguoiXuLy": "x", "ThoiDiemXuLy": "20251120081500",
                                                                  "NoiDungXuLy": "x", "TrangThai": "4"}]},
                     {"service": "DanhSachHoSo", "ngayNhan1": "2025-01-01", "ngayNhan2": "9999-12-31"},
                     {"service": "ThongKeThang", "thang": 1, "nam": 2025},
                     {"service": "DongBoHoiDap", "data": [{"HOIDAPID": "x", "NOIDUNG": "y"}]},
                     {"service": "LayNoiDungTraLoiTheoCauHoi", "cauhoiid": "x"},
                     {"service": "DongBoKetQuaHoiDapGuiTuDVCQG", "data": [{"HOIDAPID": "x", "NOIDUNGTRALOI": "y"}]},
                     {"service": "TraCuuTechID", "provider": "wso2is", "mstorcmnd": "1"},
                     {"service": "LayThuTuc", "maTTHC": "x"}):
            self.bombard(target + "g", {"session": session, **body}, headers)
        self.bombard("/api/SynsTTHCC/DongBoHoSoMC?MaDinhDanhDV=H31&isUpdating=True", [dossier(2)])
        self.bombard("/rest/token", {"client_id": "ioc", "client_secret": "bi-mat-khong-that"})
        answer = self.ask("/rest/token", {"client_id": "ioc", "client_secret": "bi-mat-khong-that"}, {})
        bearer = {"Authorization": "Bearer " + json.loads(answer[1])["data"]["access_token"]}
        self.bombard("/rest/NoiHoSo", {"MaDichVuCong": "1", "MaDonViTiepNhan": "H31", "NgayNop": "2025-11-20 08:15:00",
                                       "ThanhPhanHoSo": [
            {"MaThanhPhanHoSo": "x", "LoaiBan": 2, "GiayToDinhKem": [{"IdGiayTo": "x", "HashTepTin": "x"}]}],
                                       "ThongTinNguoiNop": {"LoaiDoiTuong": 0}}, bearer)
        self.bombard("/rest/CapNhatTrangThai", [{"IdHoSo": "x", "MaHoSo": "y", "TrangThai": 9, "DanhSachGiayToKetQua": [
            {"IdGiayTo": "x", "HashTepTin": "x"}]}], bearer)


class Qlvb(Robust):
    dialect_class, system, scenario = qlvb.Qlvb, "qlvb", {"system_id": "H52.99.01", "agency_count": 100}

    def test_any_header_and_any_package(self):
        base = {"systemid": "H52.99.01", "timestamp": "21112025T093015+0042", "Content-Type": "application/json"}
        for odd in ("", "x" * 500, "[", "{}", "5", '["a", 5]', "Đ", "9999-99-99"):
            text = odd.encode().decode("latin-1")
            for target, names in (("/getReceivedEdocList", ("messagetype", "fromDate", "toDate")), ("/getEdoc", ("docId",)),
                                  ("/updateStatus", ("docId", "status")),
                                  ("/sendEdoc", ("from", "to", "hash-file", "messagetype"))):
                content = b"<edXML/>"
                values = {**base, "from": "H52.99.01", "messagetype": "edoc", "hash-file": edxml.hash_forms(content)[0]}
                for name in names:
                    headers = {key: value.encode().decode("latin-1") for key, value in
                               signed_headers({**values, name: odd}, "demo-secret-khong-that").items()}
                    self.assertEqual(self.ask(target, content, {**headers, f"XroadVnpt-{name}": text})[0], 200,
                                     (target, name, odd))
        for content in (b"<a", b"", f'<edXML xmlns="{edxml.URI}"><MessageHeader><DocumentId/></MessageHeader></edXML>'.encode(),
                        f'<edXML xmlns="{edxml.URI}"><MessageHeader><ResponseFor/><StatusCode>13</StatusCode></MessageHeader>'
                        "</edXML>".encode()):
            for kind in ("edoc", "status"):
                values = {**base, "from": "H52.99.01", "messagetype": kind, "hash-file": edxml.hash_forms(content)[0]}
                self.assertEqual(self.ask("/sendEdoc", content, signed_headers(values, "demo-secret-khong-that"))[0], 200)


if __name__ == "__main__":
    unittest.main()

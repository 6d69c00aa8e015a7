"""The portal: login and sessions, what it keeps of dossiers, what it refuses, and how it calls the hub."""

import json
import unittest

import dvc
import questions
from simulator_case import Case

FORWARD = "/XrdAdapter/RestService/forward/mapi/"


class Portal(Case):
    """Calls that all classes below make."""

    dialect_class, system = dvc.Dvc, "dvc"
    headers = {"dstcode": "VN:GOV:000.00.00.G22:vpcpdvcprovider", "Content-Type": "application/json"}

    def post(self, operation, prefix=FORWARD, **asked):
        return self.read("POST", prefix + operation, asked, self.headers)[1]

    def session(self):
        return self.post("login", username="u", password="p")["session"]

    def serve(self, service, **asked):
        """(error_code as a number, the whole reply) of one service."""
        reply = self.post("g", session=self.session(), madonvi="H31", service=service, **asked)
        return int(reply["error_code"]), reply


class Dvc(Portal):
    scenario = {"username": "u", "password": "p"}

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
        ask = {"session": session, "service": "ThongKeThang", "thang": 3, "nam": 2025}
        self.assertEqual(int(self.post("g", **ask)["error_code"]), 0)
        self.later(601)
        reply = self.post("g", **ask)
        self.assertEqual((int(reply["error_code"]), reply["message"]), (-1, "Phiên làm việc hết hạn"))
        session = self.session()
        self.order(misbehave="expire", times=1)
        self.assertEqual(int(self.post("g", session=session, service="ThongKeThang", thang=3, nam=2025)["error_code"]), -1)

    def test_statistics_agree_with_the_dossiers(self):
        session = self.session()
        rows = self.post("g", session=session, madonvi="H31", service="ThongKeThang", thang="03", nam="2025")["result"]
        found = self.post("g", session=session, madonvi="H31", service="DanhSachHoSo", ngayNhan1="2025-03-01",
                          ngayNhan2="2025-03-31")["result"]
        province = rows[-1]
        self.assertEqual((province["OrganizationInchargeIdlevel1"], province["NewReception"]), ("H31", len(found)))
        online = sum(dossier["KenhThucHien"] == "2" for dossier in found)
        self.assertAlmostEqual(province["OnlinePercent"], 100 * online / len(found), 2)
        for row in rows:
            self.assertEqual(row["Total"], row["NewReception"] + row["PreExtisting"])
            self.assertEqual(row["Total"], row["TotalSolved"] + row["TotalPending"])
        self.assertTrue(all(row["generated"] for row in rows + found))
        self.assertTrue(all(dossier["ChuHoSo"].startswith("Người Dân Giả Lập") for dossier in found))

    def test_takes_the_path_of_the_service_for_driving_licences_too(self):
        prefix = "/VXPAdapter/RestService/forward/apiDVC-GPLX/tcdbdvcdata/mapi/"
        self.assertTrue(self.post("login", prefix, username="u", password="p")["session"])

    def test_serves_catalogues_in_capitals(self):
        for service, names in (("LayDanhMucCoQuan", "CAPDONVI MADONVI TENDONVI"),
                               ("LayDanhMucLinhVuc", "MALINHVUC MANGANH TENLINHVUC"),
                               ("LayDanhSachTTHC", "MATTHC TENTTHC"), ("LayDanhMucGioiTinh", "MA TEN")):
            code, reply = self.serve(service)
            self.assertEqual((code, " ".join(sorted(reply["result"][0]))), (0, names))
        self.assertEqual(self.serve("LayDanhMucMayBay")[0], -5)

    def test_describes_a_procedure_whose_code_was_localised(self):
        found = self.serve("LayThuTuc", maTTHC="1.009903.000.00.00.H31")[1]["result"]
        self.assertEqual((found[0]["MATTHC"], found[0]["CACHTHUCTHUCHIEN"][1]["THOIGIAN"][0]["THOIGIANGIAIQUYET"]),
                         ("1.009903", "7"))
        leaves = [found[0]]
        while leaves:
            one = leaves.pop()
            self.assertIsInstance(one, (dict, list, str))
            leaves += one.values() if isinstance(one, dict) else one if isinstance(one, list) else []
        self.assertEqual(self.serve("LayThuTuc", maTTHC="1.0099031")[1]["result"], [])

    def test_knows_people_by_a_technical_identity(self):
        one, same, other = (self.serve("TraCuuTechID", provider="wso2is", mstorcmnd=number)[1]["result"]
                            for number in ("001099000000", "001099000000", "0100000000"))
        self.assertEqual(one, same)
        self.assertNotEqual(one, other)
        self.assertEqual(self.serve("TraCuuTechID", provider="x", mstorcmnd="1")[0], -5)


def dossier(number, **changes):
    return {"MaHoSo": f"H31.03-251120-{number:04d}", "MaTTHC": "1.009901", "TenTTHC": "Thủ tục giả lập 1",
            "MaLinhVuc": "G99-LV01",
            "TenLinhVuc": "Lĩnh vực giả lập", "KenhThucHien": "2", "ChuHoSo": "Người Dân Giả Lập", "LoaiDoiTuong": "1",
            "Email": "", "SoDienThoai": "",
            "TrichYeuHoSo": "Hồ sơ giả lập", "NgayTiepNhan": "20251120081500", "NgayHenTra": "20251127170000",
            "TrangThaiHoSo": "4",
            "HinhThuc": "0", "DonViXuLy": "Sở Công Thương", "DinhDanhCHS": [{"LoaiDinhDanh": "1", "SoDinhDanh": "001099000000"}],
            "TaiLieuNop": [{"TenTepDinhKem": "Đơn.pdf", "IsDeleted": "False", "DuongDanTaiTepTin": "https://x.example/1"}],
            **changes}


class Sent(Portal):
    scenario = {"username": "u", "password": "p", "duplicate_answer": "alternating", "steps_most": 3}

    def send(self, *data, updating="False"):
        code, reply = self.serve("DongBoHoSoMC", isUpdating=updating, data=list(data))
        return code, reply["message"]

    def step(self, number, **changes):
        return {"MaHoSo": f"H31.03-251120-{number:04d}", "NguoiXuLy": "Cán bộ giả lập", "ThoiDiemXuLy": "20251121093000",
                "NoiDungXuLy": "Thẩm định", "TrangThai": "9", "NgayBatDau": "", **changes}

    def test_takes_a_dossier_once_and_then_as_an_update(self):
        self.assertEqual(self.serve("TraCuuHoSo", mahoso="H31.03-251120-9001")[1]["result"], [])
        self.assertEqual(self.send(dossier(9001)), (0, "Đồng bộ thành công"))
        again = [self.send(dossier(9001)) for _ in range(2)]
        self.assertEqual({code for code, _ in again}, {-3, 3})
        self.assertEqual(again[0][1], "Hồ sơ H31.03-251120-9001 đã tồn tại")
        self.assertEqual(self.send(dossier(9001, TrangThaiHoSo="10"), updating="True")[0], 0)
        self.assertEqual(self.serve("TraCuuHoSo", mahoso="H31.03-251120-9001")[1]["result"][0]["TrangThaiHoSo"], "10")
        self.assertEqual(self.send(dossier(9002), updating="True"), (-4, "Hồ sơ H31.03-251120-9002 không tồn tại"))

    def test_answers_for_the_batch_and_takes_all_of_it_or_nothing(self):
        self.send(dossier(9011))
        self.assertIn("đã tồn tại", self.send(dossier(9012), dossier(9011))[1])
        self.assertEqual(self.serve("TraCuuHoSo", mahoso="H31.03-251120-9012")[1]["result"], [])
        self.assertIn("đã tồn tại", self.send(dossier(9013), dossier(9013))[1])

    def test_names_the_member_that_is_wrong(self):
        for changes, place in (({"TrichYeuHoSo": "x" * 1001}, "data[0].TrichYeuHoSo"),
                               ({"NgayTiepNhan": "2025-11-20"}, "data[0].NgayTiepNhan"),
                               ({"NgayTiepNhan": ""}, "data[0].NgayTiepNhan"),
                               ({"NgayHenTra": "20251350170000"}, "data[0].NgayHenTra"),
                               ({"TrangThaiHoSo": "11"}, "data[0].TrangThaiHoSo"),
                               ({"TrangThaiHoSo": 4}, "data[0].TrangThaiHoSo"),
                               ({"MaHoSo": "H31-1"}, "data[0].MaHoSo"), ({"LoaiDoiTuong": "0"}, "data[0].LoaiDoiTuong"),
                               ({"TaiLieuNop": [{"TenTepDinhKem": "x" * 4001}]}, "data[0].TaiLieuNop[0].TenTepDinhKem"),
                               ({"DinhDanhCHS": [{"LoaiDinhDanh": "1"}]}, "data[0].DinhDanhCHS[0].SoDinhDanh"),
                               ({"MaHoSO": "x"}, "data[0].MaHoSO")):
            code, message = self.send(dossier(9021, **changes))
            self.assertEqual(code, -5)
            self.assertTrue(message.startswith(place + ":"), message)
        self.assertIn("isUpdating", self.send(dossier(9021), updating="true")[1])
        self.assertEqual(self.send(dossier(9021, NgayHenTra=""))[0], 0)

    def test_moves_known_dossiers_on_a_few_rows_at_a_time(self):
        self.send(dossier(9031))
        self.assertEqual(self.serve("CapNhatTienDoHoSoMC", data=[self.step(9031)])[0], 0)
        found = self.serve("TraCuuHoSo", mahoso="H31.03-251120-9031")[1]["result"][0]
        self.assertEqual((found["TrangThaiHoSo"], len(found["TienDo"])), ("9", 1))
        self.serve("CapNhatTienDoHoSoMC", data=[self.step(9031)])
        self.assertEqual(len(self.serve("TraCuuHoSo", mahoso="H31.03-251120-9031")[1]["result"][0]["TienDo"]), 1)
        for rows, words in (([self.step(9039)], "không tồn tại"), ([self.step(9031)] * 4, "at most 3"),
                            ([self.step(9031, NguoiXuLy="x" * 51)], "NguoiXuLy"),
                            ([self.step(9031, ThoiDiemXuLy="")], "ThoiDiemXuLy"), ([], "at least 1")):
            code, reply = self.serve("CapNhatTienDoHoSoMC", data=rows)
            self.assertIn(words, reply["message"])
            self.assertNotEqual(code, 0)

    def test_lists_what_was_sent_beside_what_it_had(self):
        before = len(self.serve("DanhSachHoSo", ngayNhan1="2026-02-01", ngayNhan2="2026-02-28")[1]["result"])
        self.send(dossier(9041, NgayTiepNhan="20260210081500"))
        found = self.serve("DanhSachHoSo", ngayNhan1="2026-02-01", ngayNhan2="2026-02-28")[1]["result"]
        self.assertEqual((before, [one["MaHoSo"] for one in found]), (0, ["H31.03-251120-9041"]))

    def test_takes_feedback_about_its_own_dossiers(self):
        self.send(dossier(9051, NoiNopHoSo="1"), dossier(9052, NoiNopHoSo="2"))
        tell = {"MaHoSo": "H31.03-251120-9051", "TrangThai": "11"}
        self.assertEqual(self.serve("DongBoTrangThaiHoSo", type="2", data=tell)[0], 0)
        self.assertEqual(self.serve("TraCuuHoSo", mahoso=tell["MaHoSo"])[1]["result"][0]["TrangThaiHoSo"], "3")
        self.assertEqual(self.serve("DongBoTrangThaiHoSo", type=2, data=tell)[0], -5)
        self.assertEqual(self.serve("DongBoTrangThaiHoSo", type="2", data={**tell, "TrangThai": "3"})[0], -5)
        self.assertEqual(self.serve("DongBoTrangThaiHoSo", type="2", data={**tell, "MaHoSo": "H31.03-251120-9052"})[0], -4)


class Asked(Portal):
    scenario = {"username": "u", "password": "p"}

    def test_passes_questions_on_until_they_are_answered(self):
        first = self.serve("LayDanhSachHoiDapGuiTuDVCQG")[1]["result"]
        self.assertEqual((len(first), set(first[0]) == set(questions.FIELDS)), (10, True))
        name = first[0]["HOIDAPID"]
        self.assertEqual(self.serve("LayNoiDungTraLoiTheoCauHoi", cauhoiid=name)[1]["result"], [])
        for rows, words in (([{"HOIDAPID": name}], "NOIDUNGTRALOI"), ([{"HOIDAPID": "x", "NOIDUNGTRALOI": "y"}], "không tồn tại"),
                            (None, "a list")):
            code, reply = self.serve("DongBoKetQuaHoiDapGuiTuDVCQG", data=rows)
            self.assertEqual(code, -5)
            self.assertIn(words, reply["message"])
        self.assertEqual(self.serve("DongBoKetQuaHoiDapGuiTuDVCQG", data=[{"HOIDAPID": name, "NOIDUNGTRALOI": "Có"}])[0], 0)
        self.assertEqual(self.serve("LayNoiDungTraLoiTheoCauHoi", cauhoiid=name)[1]["result"][0]["NOIDUNGTRALOI"], "Có")
        self.assertNotIn(name, [one["HOIDAPID"] for one in self.serve("LayDanhSachHoiDapGuiTuDVCQG")[1]["result"]])

    def test_takes_the_questions_of_an_agency_and_lists_them(self):
        self.assertEqual(self.serve("DongBoHoiDap", data=[{"HOIDAPID": "HD-X", "NOIDUNG": "?", "MADONVI": "H31"}])[0], 0)
        self.assertEqual([one["HOIDAPID"] for one in self.serve("LayDanhSachHoiDapBoCoQuan")[1]["result"]], ["HD-X"])
        self.assertEqual(self.serve("DongBoHoiDap", data=[{"HOIDAPID": "HD-Y"}])[0], -5)


class Proxy(Portal):
    scenario = {"username": "u", "password": "p", "dialects": ["mapi", "proxy"], "error_codes": "text", "result_member": "data",
                "duplicate_answer": "0", "partial_batches": True, "finished_early": 2}

    def push(self, *data):
        return self.read("POST", "/api/SynsTTHCC/DongBoHoSoMC?MaDinhDanhDV=000.00.03.H31&isUpdating=False", list(data))[1]

    def test_encodes_a_catalogue_twice(self):
        reply = self.read("GET", "/KetNoiMotCuaQuocGia/LayDanhMucLinhVuc")[1]
        self.assertEqual(list(reply), ["message"])
        self.assertEqual(json.loads(reply["message"])["result"][0]["MALINHVUC"], "G99-LV01")
        self.order(misbehave="cut_inside", times=1)
        cut = self.read("GET", "/KetNoiMotCuaQuocGia/LayDanhMucLinhVuc")[1]["message"]
        self.assertRaises(json.JSONDecodeError, json.loads, cut)

    def test_takes_a_bare_list_and_keeps_what_stood_before_the_wrong_one(self):
        self.assertEqual(self.push(dossier(9051)), {"error_code": "0", "message": "Đồng bộ thành công"})
        self.assertEqual(self.push(dossier(9052), dossier(9051)),
                         {"error_code": "0", "message": "Hồ sơ H31.03-251120-9051 đã tồn tại"})
        self.assertEqual(self.serve("TraCuuHoSo", mahoso="H31.03-251120-9052")[1]["data"][0]["MaHoSo"], "H31.03-251120-9052")
        asked = self.read("GET", "/api/SynsTTHCC/TraCuuHoSo?MaDinhDanhDV=000.00.03.H31&mahoso=H31.03-251120-9052")[1]
        self.assertEqual(asked["data"][0]["MaHoSo"], "H31.03-251120-9052")

    def test_shows_some_dossiers_as_finished_that_are_not(self):
        found = self.serve("DanhSachHoSo", ngayNhan1="2025-11-01", ngayNhan2="2025-11-30")[1]["data"]
        self.assertEqual({one["TrangThaiHoSo"] for one in found}, {"4", "9", "10"})


class Rest(Portal):
    scenario = {"dialects": ["rest"], "rest_client_secret": "s"}

    def token(self, secret="s"):
        return self.read("POST", "/rest/token", {"client_id": "ioc", "client_secret": secret})

    def ask(self, method, name, body=None, **headers):
        token = self.token()[1]["data"]["access_token"]
        return self.read(method, "/rest/" + name, body, {"Authorization": f"Bearer {token}", **headers})

    def upload(self):
        body = b'--r\r\nContent-Disposition: form-data; name="tep"; filename="don.pdf"\r\n\r\n%PDF\r\n--r--\r\n'
        return self.ask("POST", "TepTin", body, **{"Content-Type": "multipart/form-data; boundary=r"})[1]["data"][0]

    def dossier(self, **changes):
        file = self.upload()
        part = {"MaThanhPhanHoSo": "000.00.00.G99-KQ000001", "TenThanhPhanHoSo": "Đơn", "SoLuong": 1, "LoaiBan": 2,
                "GiayToDinhKem": [{"IdGiayTo": file["IdTepTin"], "TenGiayTo": "Đơn.pdf", "HashTepTin": file["HashTepTin"]}]}
        return {"MaDichVuCong": "1.009901", "MaDonViTiepNhan": "H31.03", "NgayNop": "2025-11-20 08:15:00",
                "ThanhPhanHoSo": [part],
                "ThongTinNguoiNop": {"LoaiDoiTuong": 0, "IdDoiTuong": "x", "ThongTinChiTiet": {}}, **changes}

    def test_goes_through_six_steps(self):
        code = self.ask("GET", "MaHoSo?MaDonVi=H31.03")[1]["value"]
        self.assertRegex(code, r"^H31\.03-\d{8}-\d{7}$")
        made = self.ask("POST", "NoiHoSo", self.dossier(MaHoSo=code))[1]["data"]
        self.assertEqual(made["maHoSo"], code)
        step = {"IDHoSo": made["idHoSo"], "MaHoSo": code, "TrangThai": 4, "ThoiDiemXuLy": "2025-11-21T09:30:00.000"}
        self.assertEqual(self.ask("POST", "CapNhatTienTrinh", [step])[0], 200)
        file = self.upload()
        result = {"IdGiayTo": file["IdTepTin"], "MaKetQua": "KQ.H31.000001", "TenGiayTo": "Kết quả",
                  "HashTepTin": file["HashTepTin"]}
        status = {"IdHoSo": made["idHoSo"], "MaHoSo": code, "TrangThai": 9, "NoiDungXuLy": "Hoàn thành",
                  "DanhSachGiayToKetQua": [result]}
        self.assertEqual(self.ask("POST", "CapNhatTrangThai", [status])[0], 200)
        self.assertEqual([packet["service"] for packet in self.log()["packets"]][-3:],
                         ["NoiHoSo", "CapNhatTienTrinh", "CapNhatTrangThai"])
        self.assertEqual(self.ask("POST", "NoiHoSo", self.dossier(MaHoSo=code))[0], 400)

    def test_refuses_by_the_status_of_http(self):
        self.assertEqual(self.token("x")[0], 403)
        self.assertEqual(self.read("GET", "/rest/MaHoSo?MaDonVi=H31")[0], 401)
        self.order(misbehave="expire", path="/MaHoSo")
        self.assertEqual(self.ask("GET", "MaHoSo?MaDonVi=H31")[0], 401)
        self.order(misbehave="none")
        for name, body, status, words in (
                ("NoiHoSo", self.dossier(NgayNop="2025-11-20T08:15:00"), 400, "NgayNop"),
                ("NoiHoSo", self.dossier(ThongTinNguoiNop={"LoaiDoiTuong": "1"}), 400, "LoaiDoiTuong"),
                ("NoiHoSo", {**self.dossier(), "ThanhPhanHoSo": [{"MaThanhPhanHoSo": "x", "LoaiBan": 0, "GiayToDinhKem": [
                    {"IdGiayTo": "x", "HashTepTin": "x"}]}]}, 400, "chưa được tải lên"),
                ("CapNhatTienTrinh", [{"IDHoSo": "x", "MaHoSo": "y", "TrangThai": 4, "ThoiDiemXuLy": "2025-11-21T09:30:00.000"}],
                 404, "Không tìm thấy"),
                ("CapNhatTienTrinh", [{"IdHoSo": "x", "MaHoSo": "y", "TrangThai": 4, "ThoiDiemXuLy": "2025-11-21T09:30:00.000"}],
                 400, "IDHoSo"),
                ("CapNhatTrangThai", [{"IdHoSo": "x", "MaHoSo": "y", "TrangThai": 4, "DanhSachLePhi": [{}]}], 400, "5, 6, 9"),
                ("CapNhatTrangThai", {"IdHoSo": "x"}, 400, "a list")):
            found, reply = self.ask("POST", name, body)
            self.assertEqual(found, status)
            self.assertIn(words, reply["message"])


if __name__ == "__main__":
    unittest.main()

"""The indicator API and the report packets: what they demand, what they show and when, what becomes of a packet."""

import json
import unittest

import nrs
import packets
import reporting_catalogues as catalogues
from simulator_case import HERE, Case

PACKET = {"_gia_dinh": "tên trường chưa đối chiếu QCVN 125", "loaiGoiTin": "DU_LIEU_CHI_SO", "maGoiTin": "goi-1",
          "maDonViGui": "H31",
          "maDonViNhan": "G22", "thoiGianGui": "2025-04-10 09:12:03", "maKyBaoCao": "202503",
          "duLieu": [{"maChiTieu": "A_I_1", "maPhanTo": "TONG", "giaTri": "0.16", "donViTinh": "%", "ghiChu": ""}]}


class Nrs(Case):
    dialect_class, system, scenario = nrs.Nrs, "nrs", {"token": "t1"}
    bearer = {"Authorization": "Bearer t1"}

    def values(self, codes, data_type=3, period=3, year=2025):
        return self.read("POST", "/bc/indicators", {"officeCode": "000.00.00.H31", "indicatorCodes": codes,
                                                    "dataTypeId": data_type,
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
        self.assertEqual((first[0], first[1]["trangThai"]), (200, "DA_NHAN"))
        self.assertEqual(again, (200, {**first[1], "trangThai": "DA_CO", "maGoiTinDaCo": "mot"}), "there already, under the same receipt")
        self.assertEqual(sum(packet["maGoiTin"] == "mot" for packet in self.log()["packets"]), 1)
        self.assertEqual(self.read("GET", "/qcvn125/goi-tin/mot", headers=self.bearer), first)
        status, reply = self.push("mot", maKyBaoCao="202504")
        self.assertEqual((status, reply["trangThai"]), (422, "TRA_LAI"))

    def test_sends_a_packet_back_with_the_rule_it_breaks(self):
        row = PACKET["duLieu"][0]
        for changes, word in [({"duLieu": []}, "duLieu"), ({"maKyBaoCao": "2025-03"}, "maKyBaoCao"),
                              ({"loaiGoiTin": "X"}, "loaiGoiTin"),
                              ({"maKyBaoCao": "2025-13"}, "maKyBaoCao"), ({"duLieu": [{**row, "giaTri": "0,16"}]}, "giaTri"),
                              ({"duLieu": [{**row, "giaTri": ""}]}, "ghiChu"),
                              ({"duLieu": [{**row, "maChiTieu": "A_XII_6", "giaTri": "100.5"}]}, "0-100")]:
            status, reply = self.push("hong", **changes)
            self.assertEqual((status, reply["trangThai"]), (422, "TRA_LAI"))
            self.assertIn(word, reply["lyDo"])
        self.assertEqual(self.read("GET", "/qcvn125/goi-tin/hong", headers=self.bearer)[0], 404)

    def test_says_of_each_row_what_is_wrong_with_it(self):
        row = PACKET["duLieu"][0]
        reply = self.push("hong", duLieu=[{**row, "maChiTieu": "A_XII_6", "giaTri": "100.5"}, row, {**row, "giaTri": "0,16"}])[1]
        self.assertEqual([item["maChiTieu"] for item in reply["chiTiet"]], ["A_XII_6", "A_I_1"])
        self.assertIn("0-100", reply["chiTiet"][0]["lyDo"])
        self.assertIn("dòng 3: giaTri", reply["chiTiet"][1]["lyDo"])
        self.assertNotIn("chiTiet", self.push("hong", duLieu=[])[1])

    def test_takes_the_packet_that_the_hubs_own_connector_sends(self):
        request = (HERE.parents[1] / "tests/golden/nrs/package_received/1.request.txt").read_text(encoding="utf-8")
        packet = request.partition("\n\n")[2].encode()
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


class National(Case):
    """Packets of regimes, which both classes below send; each test reports for an agency of its own."""

    dialect_class, system = nrs.Nrs, "nrs"
    bearer = {"Authorization": "Bearer t1"}

    def push(self, name, agency, row=None, **changes):
        packet = {**PACKET, "loaiGoiTin": "SO_LIEU_BAO_CAO", "maGoiTin": name, "maDonViGui": agency,
                  "maCheDoBaoCao": "CD-KTXH-THANG",
                  "maBieuMau": "BM-KTXH-01", "phienBanBieuMau": "1",
                  "duLieu": [{**PACKET["duLieu"][0], "maChiTieu": "HYE_CPI_TT", **(row or {})}],
                  "thoiGianGui": "2025-04-03 09:00:00", **changes}
        return self.read("POST", "/qcvn125/goi-tin", {key: value for key, value in packet.items() if value is not None},
                         self.bearer)

    def state(self, name):
        status, told = self.read("GET", f"/qcvn125/goi-tin/{name}/trang-thai", headers=self.bearer)
        return told["duLieu"][0] if status == 200 else told


class Reporting(National):
    scenario = {"token": "t1", "packets_returned": ["HYE_VANG_TT"]}

    def test_hands_down_eight_catalogues_and_what_became_of_reports_by_the_profile(self):
        profile, handed = packets.Profile(), []
        for kind in profile.kinds:
            status, packet = self.read("GET", f"/qcvn125/danh-muc/{kind}", headers=self.bearer)
            if status == 200:
                handed.append(kind)
                self.assertEqual(profile.violation(packet, sent=False), "")
        self.assertEqual((len(profile.kinds), len(handed), sum(kind["nhan"] for kind in profile.kinds.values())), (13, 9, 5))
        self.assertIn("loaiGoiTin không nhận", self.push("catalogue", "H31.21", loaiGoiTin="DANH_MUC_CHI_TIEU")[1]["lyDo"])

    def test_takes_one_report_for_a_regime_a_period_and_an_agency(self):
        self.assertEqual(self.push("d1", "H31.22")[1]["trangThai"], "DA_NHAN")
        status, reply = self.push("d2", "H31.22", row={"giaTri": "0.17"})
        self.assertEqual((status, reply["trangThai"], reply["maGoiTinDaCo"], reply["lyDo"]),
                         (409, "DA_CO", "d1", "đã có báo cáo d1 cho CD-KTXH-THANG, kỳ 202503, đơn vị H31.22"))
        self.assertEqual(self.push("d2", "H31.22", maDonViBaoCao="H31.21")[0], 200, "whom a report is of goes before who sends it")
        self.assertEqual(self.push("d3", "H31.23")[0], 200)
        self.assertEqual(self.push("d4", "H31.22", maKyBaoCao="202504", thoiGianGui="2025-05-03 09:00:00")[0], 200)
        self.assertEqual(self.push("d5", "H31.22", maGoiTinThayThe="d1")[0], 200)
        self.assertEqual(self.push("d6", "H31.22", maGoiTinThayThe="d1")[1]["maGoiTinDaCo"], "d5")
        self.assertEqual(self.push("d5", "H31.22")[1]["trangThai"], "DA_CO", "the same packet, whether it says what it replaces or not")
        self.assertIn("không tồn tại", self.push("d7", "H31.22", maGoiTinThayThe="d0")[1]["lyDo"])

    def test_names_the_rule_of_the_regime_that_is_broken(self):
        for changes, words in (({"maCheDoBaoCao": "CD-KHAC"}, "maCheDoBaoCao"), ({"maKyBaoCao": "20251"}, "kỳ THANG"),
                               ({"maKyBaoCao": None}, "maKyBaoCao"),
                               ({"maBieuMau": "BM-KTXH-02"}, "không thuộc CD-KTXH-THANG"),
                               ({"phienBanBieuMau": "2"}, "phienBanBieuMau"),
                               ({"row": {"maChiTieu": "A_I_1"}}, "không thuộc biểu mẫu"),
                               ({"duLieu": [{**PACKET["duLieu"][0], "maChiTieu": "HYE_CPI_TT"}] * 2}, "lặp lại")):
            status, reply = self.push("wrong", "H31.24", **changes)
            self.assertEqual(status, 422)
            self.assertIn(words, reply["lyDo"])

    def test_tells_a_late_report_from_one_in_time(self):
        self.assertNotIn("nopMuon", self.push("l1", "H31.25", thoiGianGui="2025-04-05 23:59:59")[1])
        self.assertTrue(self.push("l2", "H31.26", thoiGianGui="2025-04-06 00:00:00")[1]["nopMuon"])
        quarter = {"maCheDoBaoCao": "CD-KTXH-QUY", "maBieuMau": "BM-KTXH-02", "maKyBaoCao": "20254"}
        self.assertNotIn("nopMuon", self.push("l3", "H31.25", thoiGianGui="2026-01-10 09:00:00", **quarter)[1])
        self.assertTrue(self.push("l4", "H31.26", thoiGianGui="2026-01-11 00:00:00", **quarter)[1]["nopMuon"])

    def test_returns_a_report_and_takes_it_when_it_comes_again(self):
        self.assertEqual(self.push("r1", "H31.27", row={"maChiTieu": "HYE_VANG_TT"})[1]["trangThai"], "DA_NHAN")
        returned = self.state("r1")
        self.assertEqual((returned["trangThai"], returned["maGoiTinGoc"]), ("TRA_LAI", "r1"))
        self.assertIn("HYE_VANG_TT", returned["lyDo"])
        self.assertEqual([item["maChiTieu"] for item in returned["chiTiet"]], ["HYE_VANG_TT"])
        handed = self.read("GET", "/qcvn125/danh-muc/TRANG_THAI_BAO_CAO?tuNgay=2025-01-01&trang=", headers=self.bearer)[1]
        self.assertEqual(packets.Profile().violation(handed, sent=False), "")
        self.assertIn(returned, handed["duLieu"])
        later = self.read("GET", "/qcvn125/danh-muc/TRANG_THAI_BAO_CAO?tuNgay=2999-01-01", headers=self.bearer)[1]
        self.assertEqual(later["duLieu"], [])
        self.assertEqual(self.push("r2", "H31.27", row={"maChiTieu": "HYE_VANG_TT"})[1]["maGoiTinDaCo"], "r1", "it must say what it replaces")
        self.assertEqual(self.push("r2", "H31.27", row={"maChiTieu": "HYE_VANG_TT"}, maGoiTinThayThe="r1", hinhThucGui="GUI_LAI")[0], 200)
        self.assertEqual(self.state("r2")["trangThai"], "DA_DUYET")
        self.assertEqual(self.push("r3", "H31.27", row={"maChiTieu": "HYE_VANG_TT"})[0], 409)
        self.assertEqual(self.state("r9"), {"trangThai": "KHONG_TIM_THAY"})

    def test_takes_lists_outlines_and_statuses(self):
        lists = {"maBieuMau": None, "phienBanBieuMau": None}
        cell = {"dong": "1", "cot": "LUY_KE", "giaTri": "5"}
        self.assertEqual(self.push("k1", "H31.28", loaiGoiTin="SO_LIEU_DANH_SACH", duLieu=[cell], **lists)[0], 200)
        self.assertEqual(self.push("k2", "H31.28", loaiGoiTin="SO_LIEU_DANH_SACH", duLieu=[{**cell, "dong": "0"}],
                                   **lists)[0], 422)
        outline = {"loaiGoiTin": "DE_CUONG_BAO_CAO", "maDeCuong": "DC-KTXH-01", "duLieu": None, **lists}
        self.assertEqual(self.push("k3", "H31.28", noiDung=[{"muc": "1", "vanBan": "Kết quả"}], **outline)[0], 200)
        self.assertEqual(self.push("k6", "H31.29", noiDung=[], **outline)[0], 422)
        row = {"maGoiTinGoc": "k1", "trangThai": "HUY", "thoiGian": "2025-04-03 09:00:00"}
        status = {"loaiGoiTin": "TRANG_THAI_BAO_CAO", "maCheDoBaoCao": None, **lists}
        self.assertEqual(self.push("k4", "H31.28", duLieu=[row], **status)[0], 200)
        self.assertEqual(self.push("k5", "H31.28", duLieu=[{**row, "trangThai": "MAT"}], **status)[0], 422)


class StrictReporting(National):
    """The national side that neither approves at once nor takes what is late."""

    scenario = {"token": "t1", "packets_late": "refuse", "packets_duplicate": "take", "packets_approved": False}

    def test_refuses_what_is_late_takes_what_is_double_and_leaves_approval_open(self):
        self.assertIn("quá hạn nộp 2025-04-05 23:59:59", self.push("s1", "H31.31", thoiGianGui="2025-04-06 00:00:00")[1]["lyDo"])
        self.assertEqual([self.push(name, "H31.31")[0] for name in ("s2", "s3")], [200, 200])
        self.assertEqual(self.state("s3")["trangThai"], "DA_NHAN")


class Words(unittest.TestCase):
    """The profile a hub is given and the one this side judges by are of one mind, though neither is made from the other."""

    @staticmethod
    def theirs():
        lines = (HERE.parents[1] / "mappings/nrs/qcvn125-gia-dinh.profile").read_text(encoding="utf-8").splitlines()
        return [(key.strip(), [part.strip() for part in value.split(" : ")]) for key, _, value in
                (line.partition("=") for line in lines if line and not line.startswith("#"))]

    def test_kinds_members_and_rows_are_called_alike(self):
        told = self.theirs()
        words = {key.removeprefix("kind."): value[0] for key, value in told if key.startswith("kind.")}
        rules = packets.Profile()
        for name, word in words.items():
            if word == "NHIEM_VU":  # none of the 13 kinds
                continue
            kind = rules.kinds[word]
            members = {value[0].split("/")[0] for key, value in told if key.startswith(name + ".row.")}
            with self.subTest(kind=word):
                self.assertEqual(next(value[0] for key, value in told if key == name + ".rows"), kind.get("duLieu", "duLieu"))
                needed = set(kind.get("dong", {})) | set(kind.get("danhSach", {}))
                self.assertLessEqual(needed - {"hanNopNgay", "kieuDuLieu"}, members)
                sent = {value[0] for key, value in told if key.startswith(name + ".") and ".row." not in key}
                self.assertLessEqual(set(kind.get("goiTin", {})), sent)

    def test_every_kind_of_packet_the_hubs_own_connector_sends_keeps_to_the_rules(self):
        for case in ("package_received", "list_figures_received", "outline_report_received", "report_status_told", "report_sent_again"):
            request = (HERE.parents[1] / f"tests/golden/nrs/{case}/1.request.txt").read_text(encoding="utf-8")
            with self.subTest(case=case):
                self.assertEqual(packets.Profile().violation(json.loads(request.partition("\n\n")[2])), "")

    def test_what_becomes_of_a_packet_is_said_in_the_same_words(self):
        told = dict(self.theirs())
        for key, word in (("status.received", "DA_NHAN"), ("status.returned", "TRA_LAI"), ("status.duplicate", "DA_CO"), ("status.missing", "KHONG_TIM_THAY"),
                          ("status.approved", "DA_DUYET"), ("receipt.packet", "maGoiTin"), ("receipt.status", "trangThai"),
                          ("receipt.number", "maBienNhan"), ("receipt.reason", "lyDo"), ("receipt.earlier", "maGoiTinDaCo"),
                          ("receipt.items", "chiTiet"), ("receipt.item", "maChiTieu"), ("receipt.item_reason", "lyDo"),
                          ("submission.first", "GUI_MOI"), ("submission.again", "GUI_LAI"), ("figures.replaces", "maGoiTinThayThe")):
            self.assertEqual(told[key][0], word)


class Periods(unittest.TestCase):
    def test_a_period_ends_on_its_last_day(self):
        for period, last in (("202502", "2025-02-28"), ("202412", "2024-12-31"), ("20251", "2025-03-31"), ("20254", "2025-12-31"),
                             ("2024", "2024-12-31")):
            self.assertEqual(str(catalogues.days_of(period)[1]), last)
        for period in ("202513", "20255", "2025S1", "20250"):
            self.assertIsNone(catalogues.days_of(period), period)


if __name__ == "__main__":
    unittest.main()

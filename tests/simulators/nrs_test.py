"""The indicator API and the report packets: what they demand, what they show and when, what becomes of a packet."""

import unittest

import nrs
from simulator_case import HERE, Case

PACKET = {"_gia_dinh": "tên trường chưa đối chiếu QCVN 125", "loaiGoiTin": "DU_LIEU_CHI_SO", "maGoiTin": "goi-1", "maDonViGui": "H31",
          "maDonViNhan": "G22", "thoiGianGui": "2025-04-10 09:12:03", "maKyBaoCao": "202503",
          "duLieu": [{"maChiTieu": "A_I_1", "maPhanTo": "TONG", "giaTri": "0.16", "donViTinh": "%", "ghiChu": ""}]}


class Nrs(Case):
    dialect_class, system, scenario = nrs.Nrs, "nrs", {"token": "t1"}
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


if __name__ == "__main__":
    unittest.main()

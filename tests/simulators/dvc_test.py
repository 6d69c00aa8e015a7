"""The portal: login and sessions, what it keeps of dossiers, what it refuses, and how it calls the hub."""

import unittest

import dvc
from simulator_case import Case

FORWARD = "/XrdAdapter/RestService/forward/mapi/"


class Dvc(Case):
    dialect_class, system = dvc.Dvc, "dvc"
    scenario = {"username": "u", "password": "p"}
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


if __name__ == "__main__":
    unittest.main()

"""The integration platform: what each dialect demands, what expires, how it refuses, what it serves."""

import base64
import unittest

import lgsp
from simulator_case import Case


class Lgsp(Case):
    dialect_class, system = lgsp.Lgsp, "lgsp"
    scenario = {"consumer_key": "k", "consumer_secret": "s", "page_size": 15}

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
        self.later(3601)
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
        self.assertEqual((retail["giaTri"], retail["donVi"], retail["tinhTrang"], retail["maDonVi"]), ("10.882", "tỷ đồng", "UT", "000.00.01.H31"))
        started = next(item for item in items if (item["maChiTieu"], item["loai"]) == ("DNTL", "TT"))
        self.assertEqual((started["tuNgay"], started["denNgay"]), ("22/02/2025", "21/03/2025"))
        self.assertIn("NVHD", {item["maChiTieu"] for item in items})
        self.assertEqual(self.get("so-lieu-thang?ky=03/2025&trang=3")[0], 404)
        self.assertEqual(self.get("so-lieu-thang?ky=02/2025&trang=1")[0], 404)


if __name__ == "__main__":
    unittest.main()

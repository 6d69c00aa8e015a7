"""A report of the national reporting system's kind, from its first packet to its approval: receipts, returns with their reasons,
the corrected report sent again in its place, and packets whose outcome nobody saw."""
import json
import pathlib
import tempfile
import unittest
import uuid

from partner import HubWithPartner  # adds the folder of the simulators
import nrs
from running_hub import ROOT, record, wait_for

FLOWS = """
  - name: nrs-figures
    connector: nrs
    deliver: nrs/figures
    only: [A_II_1, A_II_2]
    whole_report: true
    interval_secs: 1
    longest_pause_secs: 1
    settings:
      base_url: {address}
      token: file:secrets/nrs-token
      profile: {root}/mappings/nrs/qcvn125-gia-dinh.profile

  - name: nrs-status
    connector: nrs
    deliver: nrs/report-status
    only: [A_II_1, A_II_2]
    interval_secs: 1
    longest_pause_secs: 1
    settings:
      base_url: {address}
      token: file:secrets/nrs-token
      profile: {root}/mappings/nrs/qcvn125-gia-dinh.profile

  - name: nrs-states
    connector: nrs
    mapping: nrs/reports
    sender: he-thong-bao-cao
    agencies: ["*"]
    interval_secs: 1
    settings:
      base_url: {address}
      token: file:secrets/nrs-token
      profile: {root}/mappings/nrs/qcvn125-gia-dinh.profile
      dialect: packets
      kinds: report_status
      first_day: 2025-01-01
"""
PACKETS, ASKED = "/qcvn125/goi-tin", "/qcvn125/goi-tin/nrs-figures-"
FIGURES = "SO_LIEU_BAO_CAO"
NEVER_CAME = {"fault": "reply", "status": 404, "body": '{"trangThai": "KHONG_TIM_THAY"}', "content_type": "application/json", "path": ASKED, "method": "GET"}


def lost(applied, **more):
    """The connection ends before the answer to a packet."""
    return {"fault": "reset", "applied": applied, "path": PACKETS, "method": "POST", "contains": FIGURES, "times": 1, **more}


def figures(period, revenue, spending=None):
    """A report of revenue and spending, or a correction of the first alone."""
    told = (("A_II_1", revenue), ("A_II_2", spending))
    return [record(indicator=code, measure="CUMULATIVE", period=period, agency="H31.02", value=value, unit="tỷ đồng", vintage="preliminary")
            for code, value in told if value is not None]


class Resubmission(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory(prefix="lienthong-rules-")))
        rules = json.loads((ROOT / "tests/simulators/data/qcvn125-gia-dinh.json").read_text(encoding="utf-8"))
        rules["khoangGiaTri"]["A_II_1"] = [0, 40_000]
        (folder / "rules.json").write_text(json.dumps(rules), encoding="utf-8")
        cls.hub = cls.enterClassContext(HubWithPartner(nrs.Nrs, FLOWS, {"packets_returned": ["A_II_1"], "profile": str(folder / "rules.json")}))
        cls.partner = cls.hub.partner
        cls.token = cls.hub.token("push", sender="so-tai-chinh", agencies=("H31.02",))

    def setUp(self):
        self.partner.misbehave()
        self.before = len(self.hub.items("nrs-figures"))

    def tell(self, records):
        status, _, answer = self.hub.push(self.token, f"{self.id()[-40:]}-{uuid.uuid4()}", records)
        self.assertEqual((status, {one["verdict"] for one in answer["verdicts"]}), (200, {"stored"}), answer)

    def sent(self, count, state="delivered"):
        """The items of this test, once so many are there and the last is in that state."""
        def found():
            items = self.hub.items("nrs-figures")[self.before:]
            return items if len(items) == count and items[-1]["state"] == state else None
        return wait_for(f"{count} items, the last {state}", found, 30)

    def packets(self, period):
        return [packet for packet in self.partner.log("packets") if packet.get("maKyBaoCao") == period]

    def quarantined(self, words):
        listed = self.hub.lienthong("--json", "quarantine", "list", "--limit", "1000", expect=None).stdout
        return next((json.loads(line) for line in listed.splitlines() if words in line), None)

    def test_a_returned_report_is_corrected_and_sent_again_whole_in_place_of_the_first(self):
        self.tell(figures("2025-09", "31868", "18688"))
        first = self.sent(1)[0]
        receipt = json.loads(first["receipt"])
        self.assertEqual((receipt["trangThai"], first["attempts"]), ("DA_NHAN", 1))
        (packet,) = self.packets("202509")
        self.assertEqual((packet["maGoiTin"], packet["hinhThucGui"], len(packet["duLieu"])), (receipt["maGoiTin"], "GUI_MOI", 2))
        self.assertNotIn("maGoiTinThayThe", packet)

        named = f"the partner returned report {packet['maGoiTin']}: "
        returned = wait_for("the return", lambda: self.quarantined(named), 30)
        self.assertIn("cần kiểm tra lại: A_II_1; A_II_1: số liệu chưa khớp, đề nghị kiểm tra lại", json.dumps(returned, ensure_ascii=False))

        self.tell(figures("2025-09", "31900"))
        second = self.sent(2)[1]
        self.assertEqual(json.loads(second["receipt"])["trangThai"], "DA_NHAN")
        packet = self.packets("202509")[-1]
        self.assertEqual((packet["maGoiTinThayThe"], packet["hinhThucGui"]), (receipt["maGoiTin"], "GUI_LAI"))
        self.assertEqual({row["maChiTieu"]: row["giaTri"] for row in packet["duLieu"]}, {"A_II_1": "31900", "A_II_2": "18688"})
        self.assertEqual(len(self.packets("202509")), 2)
        self.assertEqual(self.partner.dialect._submissions.status(packet["maGoiTin"])[0]["trangThai"], "DA_DUYET")
        def submitted():
            return [row["maGoiTinGoc"] for told in self.partner.log("packets") if told["loaiGoiTin"] == "TRANG_THAI_BAO_CAO" for row in told["duLieu"]
                    if row["maKyBaoCao"] == "202509" and row["trangThai"] == "DA_NOP"]
        wait_for("our own word that it was submitted", lambda: submitted() == [receipt["maGoiTin"], packet["maGoiTin"]], 30)
        # What was returned stays in the list until somebody says what was done about it.
        self.hub.lienthong("quarantine", "close", str(returned["id"]), "--reason", "đã gửi lại số liệu thu ngân sách")
        self.assertEqual(self.hub.lienthong("outbox", "list", "--flow", "nrs-figures", "--state", "delivered").returncode, 0)

    def test_a_refused_packet_says_why_row_by_row_and_its_correction_replaces_nothing(self):
        self.tell(figures("2025-08", "50000", "17000"))
        refused = self.sent(1, "failed")[0]
        self.assertIn("A_II_1: dòng 1: A_II_1 ngoài khoảng 0-40000", refused["problem"])
        self.assertEqual(json.loads(refused["receipt"])["trangThai"], "TRA_LAI")
        listed = self.hub.lienthong("outbox", "list", "--flow", "nrs-figures", "--state", "failed", expect=1).stdout
        self.assertIn("ngoài khoảng 0-40000", listed)
        shown = [one for one in self.hub.get("/v1/status")["deliveries"] if one["id"] == refused["id"]]
        self.assertIn("TRA_LAI", shown[0]["receipt"])
        self.tell(figures("2025-08", "30500"))
        self.sent(2)
        (packet,) = self.packets("202508")
        self.assertNotIn("maGoiTinThayThe", packet)
        self.assertEqual({row["maChiTieu"]: row["giaTri"] for row in packet["duLieu"]}, {"A_II_1": "30500", "A_II_2": "17000"})
        self.hub.lienthong("outbox", "settle", str(refused["id"]), "--as", "again", "--reason", "thử lại", expect=2)
        self.hub.lienthong("outbox", "settle", str(refused["id"]), "--as", "closed", "--reason", "đã sửa và gửi lại")
        self.hub.lienthong("outbox", "list", "--flow", "nrs-figures", "--state", "failed")

    def test_a_hub_killed_between_attempt_and_answer_takes_the_receipt_over(self):
        self.partner.misbehave({"fault": "stall", "seconds": 60, "applied": True, "path": PACKETS, "method": "POST", "contains": FIGURES, "times": 1})
        self.tell(figures("2025-07", "27000", "15000"))
        wait_for("the packet to be with the partner", lambda: self.packets("202507"))
        self.hub.kill_hub()
        self.hub.start_hub()
        (item,) = self.sent(1)
        self.assertEqual((json.loads(item["receipt"])["trangThai"], item["attempts"]), ("DA_NHAN", 1))
        self.assertEqual(len(self.packets("202507")), 1)

    def test_a_packet_sent_twice_is_recognised_and_its_first_receipt_taken_over(self):
        # The answer is lost, and the partner's register says at first that nothing came.
        self.partner.misbehave(lost(applied=True), {**NEVER_CAME, "times": 1})
        self.tell(figures("2025-06", "23000", "13000"))
        (item,) = self.sent(1)
        receipt = json.loads(item["receipt"])
        self.assertEqual((receipt["trangThai"], item["attempts"]), ("DA_CO", 2))
        self.assertEqual(receipt["maBienNhan"], self.partner.dialect._submissions.receipt(receipt["maGoiTin"])["maBienNhan"])
        self.assertEqual(len(self.packets("202506")), 1)

    def test_a_replacement_whose_answer_is_lost_is_found_out_and_sent_once(self):
        self.tell(figures("2025-05", "19000", "11000"))
        self.sent(1)
        # The first try meets "there already" and is no packet; the second, which says what it replaces, is lost.
        for lost_twice, value in ((lost(True, contains="GUI_LAI"), "19100"), (lost(False, contains="GUI_LAI"), "19200")):
            self.partner.misbehave(lost_twice)
            self.tell(figures("2025-05", value))
            wait_for("the replacement", lambda told=value: self.packets("202505")[-1]["duLieu"][0]["giaTri"] == told, 30)
        self.sent(3)
        told = self.packets("202505")
        self.assertEqual([packet.get("maGoiTinThayThe") for packet in told], [None, told[0]["maGoiTin"], told[1]["maGoiTin"]])

    def test_a_page_in_place_of_the_partners_word_is_no_word(self):
        page = {"path": ASKED, "method": "GET", "times": 1}
        self.partner.misbehave(lost(applied=False), {"fault": "html200", **page}, {"fault": "reply", "status": 404, "body": "<html>", **page}, {"fault": "html502", **page})
        self.tell(figures("2025-04", "15000", "9000"))
        (item,) = self.sent(1)
        self.assertEqual(item["attempts"], 2)
        self.assertEqual(len(self.packets("202504")), 1)


if __name__ == "__main__":
    unittest.main()

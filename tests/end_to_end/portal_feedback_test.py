"""How far the province is with a dossier that was submitted at the portal is told back to it: once for each state, never of other
dossiers, and asked about where nobody knows whether it arrived."""
import unittest

from one_window import PERSON, OneWindowAndPortal, document, done
from running_hub import wait_for

FLOWS = """
  - name: phan-hoi
    connector: dvc
    deliver: dvc/dossier-feedback
    facts: one_window_dossier
    interval_secs: 1
    longest_pause_secs: 1
    settings:
      base_url: {address}
      username: nguoi-dung-gia-lap
      password: file:secrets/dvc-password
      madonvi: H31
"""
FEEDBACK = "DongBoTrangThaiHoSo"


class PortalFeedback(OneWindowAndPortal):
    flows, way_out = FLOWS, "phan-hoi"

    def submitted(self, place="1"):
        """A new dossier the portal has: of a citizen who submitted it there (1), or of an agency that sent it (2)."""
        code = self.code()
        self.ask_portal("DongBoHoSoMC", isUpdating="False", data=[{
            "MaHoSo": code, "MaTTHC": "1.009907", "TenTTHC": "Thủ tục giả lập 7", "MaLinhVuc": "G99-LV01", "TenLinhVuc": "Lĩnh vực giả lập",
            "LoaiDoiTuong": "1", "Email": "", "SoDienThoai": "", "TrichYeuHoSo": "Hồ sơ giả lập", "NgayTiepNhan": "20260303080100",
            "NgayHenTra": "20260309170000", "TrangThaiHoSo": "1", "HinhThuc": "0", "DonViXuLy": "Sở Xây dựng", "NoiNopHoSo": place}])
        return code

    def state(self, code):
        return self.ask_portal("TraCuuHoSo", mahoso=code)["result"][0]["TrangThaiHoSo"]

    def wait_state(self, code, state):
        wait_for(f"{code} to stand at {state}", lambda: self.state(code) == state)

    def wait_settled(self, packets):
        wait_for("the outbox to be settled", lambda: (held := self.outbox())["delivered"] >= packets
                 and sum(held[state] for state in ("pending", "attempting", "unknown")) == 0)

    def told(self, code):
        """What the portal took of feedback on a dossier."""
        packets = self.hub.ask_simulator("dvc", "/_log")["packets"]
        return [packet for packet in packets if packet["service"] == FEEDBACK and packet["data"]["MaHoSo"] == code]

    def order(self, **fault):
        self.hub.ask_simulator("dvc", "/_control", {"service": FEEDBACK, "times": 1, **fault})

    def test_1_each_state_is_told_in_the_portals_words(self):
        code = self.submitted()
        self.tell(document(code))
        self.wait_state(code, "4")
        self.tell(done(code))
        self.wait_state(code, "9")
        first, second = self.told(code)
        self.assertEqual((first["type"], first["madonvi"], first["data"]["TrangThai"]), ("2", "H31", "4"))
        self.assertEqual(second["data"], {"MaHoSo": code, "TrangThai": "9", "MaHoSoDonVi": code, "MaDoiTuong": "", "NoiDung": "Đã xử lý xong",
                                          "NgayXuLy": "20260305090000", "TaiLieuXuLy": []})

    def test_2_dossiers_that_were_not_submitted_at_the_portal_are_not_told(self):
        own, sent, unknown = self.submitted(), self.submitted(place="2"), "H31.04-260303-9001"
        before = self.outbox()
        self.tell(document(own), document(sent), document(unknown))
        self.wait_state(own, "4")
        self.wait_settled(before["delivered"] + 1)
        self.assertEqual((self.told(sent), self.told(unknown), self.state(sent)), ([], [], "1"))
        self.assertEqual(self.outbox()["failed"], before["failed"], "that is no refusal")
        listed = self.hub.lienthong("--json", "outbox", "list", expect=None).stdout
        self.assertIn("not submitted at the portal", listed)

    def test_3_feedback_nobody_knows_the_outcome_of_is_asked_about_and_taken_once(self):
        for applied in (True, False):
            code, before = self.submitted(), self.outbox()["delivered"]
            self.order(misbehave="reset", applied=applied)
            self.tell(document(code))
            self.wait_state(code, "4")
            self.wait_settled(before + 1)
            self.assertEqual(len(self.told(code)), 1, applied)

    def test_4_a_hub_killed_in_the_middle_of_a_call_asks_before_it_tells_again(self):
        code, before = self.submitted(), self.outbox()["delivered"]
        self.order(misbehave="stall", seconds=60, applied=True)
        self.tell(document(code))
        self.wait_state(code, "4")
        self.assertEqual(self.outbox()["attempting"], 1, "begun on disk before its bytes left")
        self.hub.kill_hub()
        self.hub.start_hub()
        self.wait_settled(before + 1)
        self.assertEqual(len(self.told(code)), 1)

    def test_5_nothing_of_a_person_is_kept_or_sent(self):
        for path in self.hub.folder.rglob("*"):
            if path.is_file():
                held = path.read_bytes()
                self.assertEqual([mark for mark in (PERSON, "033099123456", "0912345678") if mark.encode() in held], [], path)


if __name__ == "__main__":
    unittest.main()

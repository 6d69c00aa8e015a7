"""Dossiers a one-window system tells go out to the portal with the step they stand at: new ones in one call, known ones as updates,
refused ones by themselves, and nothing twice when nobody knows whether a call arrived."""
import json
import unittest

from one_window import FINISHED, PERSON, RETURNED, OneWindowAndPortal, document, done
from running_hub import wait_for

FLOWS = """
  - name: gui-ho-so
    connector: dvc
    deliver: dvc/dossier-sync
    facts: one_window_dossier
    interval_secs: 1
    longest_pause_secs: 1
    settings:
      base_url: {address}
      username: nguoi-dung-gia-lap
      password: file:secrets/dvc-password
      madonvi: H31

  - name: o-cong
    connector: dvc
    mapping: dvc/dossiers
    agencies: ["*"]
    interval_secs: 1
    settings:
      base_url: {address}
      ask_for: dossiers
      username: nguoi-dung-gia-lap
      password: file:secrets/dvc-password
      madonvi: H31
      first_period: 2026-03
      lookback_periods: 240
"""

class PortalSending(OneWindowAndPortal):
    flows, way_out = FLOWS, "gui-ho-so"

    def log(self):
        return self.hub.ask_simulator("dvc", "/_log")

    def order(self, **fault):
        self.hub.ask_simulator("dvc", "/_control", fault)

    def at_portal(self, code):
        found = self.ask_portal("TraCuuHoSo", mahoso=code)["result"]
        return found[0] if found else {"TrangThaiHoSo": "", "TienDo": []}

    def wait_state(self, code, *states):
        """The dossier at the portal, once its steps are these."""
        def there():
            found = self.at_portal(code)
            return [step["TrangThai"] for step in found["TienDo"]] == list(states) and found
        return wait_for(f"{code} to stand at {states[-1]}", there)

    def sent(self, service, code):
        """How many calls of a service were taken that held the dossier."""
        return sum(packet["service"] == service and code in [row["MaHoSo"] for row in packet["data"]] for packet in self.log()["packets"])

    def test_0_the_two_flows_of_one_account_log_in_once(self):
        self.tell(document(self.code()))
        wait_for("both flows to have asked", lambda: {"DongBoHoSoMC", "DanhSachHoSo"} <= set(self.log()["services"]))
        self.assertEqual(sum("/mapi/login" in entry["target"] for entry in self.log()["requests"]), 1)

    def test_1_a_dossier_is_created_then_moved_on_as_the_province_tells_it(self):
        code = self.code()
        self.tell(document(code))
        found = self.wait_state(code, "4")
        self.assertEqual((found["TrangThaiHoSo"], found["NgayTiepNhan"], found["DonViXuLy"]), ("4", "20260303080100", "Sở Xây dựng"))
        self.tell(done(code))
        self.wait_state(code, "4", "9")
        self.tell(document(code, Status=2, IsReturned="true", ReturnedDate=RETURNED, FinishedDate=FINISHED))
        found = self.wait_state(code, "4", "9", "10")
        self.assertEqual((found["TrangThaiHoSo"], found["NgayKetThucXuLy"], found["NgayTra"]), ("10", "20260305090000", "20260306100000"))
        refused = [entry["why"] for entry in self.log()["refused"] if code in entry["why"]]
        self.assertEqual(refused, [f"Hồ sơ {code} đã tồn tại"] * 2, "each later state became an update")

    def test_2_many_go_in_one_call_and_a_refused_one_holds_up_no_other(self):
        codes = [self.code() for _ in range(5)]
        failed = self.outbox()["failed"]
        self.tell(*(document(code, DocTypeCode="9.000001" if code == codes[2] else "1.009907") for code in codes))
        for code in codes[:2] + codes[3:]:
            self.wait_state(code, "4")
        wait_for("the refusal to be on record", lambda: self.outbox()["failed"] == failed + 1)
        self.assertEqual(self.at_portal(codes[2])["TienDo"], [])
        steps = [packet for packet in self.log()["packets"] if packet["service"] == "CapNhatTienDoHoSoMC" and codes[0] in str(packet)]
        self.assertEqual([len(packet["data"]) for packet in steps], [4], "their steps went together")

    def test_3_a_call_nobody_knows_the_outcome_of_is_asked_about_and_taken_once(self):
        arrived, lost = self.code(), self.code()
        self.order(misbehave="reset", service="DongBoHoSoMC", applied=True, times=1)
        self.tell(document(arrived))
        self.wait_state(arrived, "4")
        self.order(misbehave="reset", service="DongBoHoSoMC", applied=False, times=1)
        self.tell(document(lost))
        self.wait_state(lost, "4")
        wait_for("both to be delivered", lambda: sum(self.outbox()[state] for state in ("pending", "attempting", "unknown")) == 0)
        self.assertEqual([self.sent("CapNhatTienDoHoSoMC", code) for code in (arrived, lost)], [1, 1])

    def test_4_a_hub_killed_in_the_middle_of_a_call_asks_before_it_sends_again(self):
        code = self.code()
        self.order(misbehave="stall", service="CapNhatTienDoHoSoMC", seconds=60, applied=True, times=1)
        self.tell(document(code))
        self.wait_state(code, "4")
        self.assertEqual(self.outbox()["attempting"], 1, "begun on disk before its bytes left")
        asked = self.log()["services"].count("TraCuuHoSo")
        self.hub.kill_hub()
        self.hub.start_hub()
        wait_for("the attempt to be settled", lambda: sum(self.outbox()[state] for state in ("pending", "attempting", "unknown")) == 0)
        self.assertGreater(self.log()["services"].count("TraCuuHoSo"), asked)
        self.assertEqual((self.sent("DongBoHoSoMC", code), self.sent("CapNhatTienDoHoSoMC", code)), (1, 1))

    def differing(self):
        """What the province and the portal do not say the same of."""
        told = self.hub.lienthong("--json", "facts", "compare", "dossiers", "--only", "differs", expect=None)
        self.assertIn(told.returncode, (0, 1), told.stderr)
        rows = [json.loads(line) for line in told.stdout.splitlines()]
        return {row["key"]: (row["here"], row["there"]) for row in rows if "key" in row}, rows[-1]

    def test_5_a_dossier_made_to_look_finished_at_the_portal_is_told_until_both_say_the_same(self):
        code = self.code()
        self.tell(document(code))
        found = self.wait_state(code, "4")
        rewritten = {name: value for name, value in found.items() if name != "TienDo"} | {"TrangThaiHoSo": "9", "NgayKetThucXuLy": "20260304090000"}
        self.ask_portal("DongBoHoSoMC", isUpdating="True", data=[rewritten])
        wait_for("the rewritten state to be told", lambda: self.differing()[0].get(code) == ("processing", "processed"))
        self.assertGreater(self.differing()[1]["agree"], 0)
        self.assertIn("cách khắc phục", self.hub.lienthong("facts", "compare", expect=1).stdout)
        self.tell(done(code))
        wait_for("both to say the same", lambda: code not in self.differing()[0])

    def answer_dossiers(self, code, words, **which):
        body = json.dumps({"error_code": code, "message": words}, ensure_ascii=False)
        self.order(misbehave="reply", status=200, body=body, content_type="application/json", service="DongBoHoSoMC", **which)

    def test_6_a_refusal_as_any_error_is_on_record_and_the_next_dossier_goes_on(self):
        refused, good = self.code(), self.code()
        failed = self.outbox()["failed"]
        self.answer_dossiers("-1", "Lỗi dữ liệu hồ sơ", contains=refused)
        self.tell(document(refused))
        wait_for("the refusal to be on record", lambda: self.outbox()["failed"] == failed + 1)
        self.tell(document(good))
        self.wait_state(good, "4")
        self.order(misbehave="none")

    def test_7_a_session_that_ended_in_words_alone_costs_no_dossier(self):
        code = self.code()
        self.answer_dossiers(1, "Hết phiên làm việc", times=1)
        self.tell(document(code))
        self.wait_state(code, "4")

    def test_8_nothing_of_a_person_is_kept_or_sent(self):
        for name in ("ChuHoSo", "Email", "SoDienThoai"):
            self.assertEqual({row[name] for packet in self.log()["packets"] if packet["service"] == "DongBoHoSoMC" for row in packet["data"]}, {""})
        for path in self.hub.folder.rglob("*"):
            if path.is_file():
                held = path.read_bytes()
                self.assertEqual([mark for mark in (PERSON, "033099123456", "0912345678") if mark.encode() in held], [], path)


if __name__ == "__main__":
    unittest.main()

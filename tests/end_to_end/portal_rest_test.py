"""Dossiers a one-window system tells go out to the newer portal: created once, then their progress and status under the name the portal
gave them, which it says only once: it outlives a restart and a kill, and where it was lost a person tells it."""
import json
import unittest

from partner import HubWithPartner  # adds the folder of the simulators
import dvc
from one_window import FLOW, OneWindow, document, done
from running_hub import BUILD, wait_for

FLOWS = FLOW + """
  - name: ra-cong
    connector: dvc_rest
    deliver: dvc_rest/dossiers
    facts: one_window_dossier
    interval_secs: 1
    longest_pause_secs: 1
    settings:
      base_url: {address}
      client_id: file:secrets/portal-client
      client_secret: file:secrets/portal-secret
"""
CREATE, PROGRESS, STATUS = "NoiHoSo", "CapNhatTienTrinh", "CapNhatTrangThai"


class RestHub(HubWithPartner):
    def prepare(self):
        super().prepare()
        self.write_secret("portal-client", "ioc")
        self.write_secret("portal-secret", "bi-mat-khong-that")
        for connector in ("dvc_rest", "mcdt"):
            self.lienthong("plugins", "trust", BUILD / f"lib/plugins/{connector}.so")


class PortalRest(OneWindow):
    @classmethod
    def setUpClass(cls):
        cls.hub = cls.enterClassContext(RestHub(dvc.Dvc, FLOWS, {"dialects": ["rest"]}))
        cls.partner = cls.hub.partner
        cls.bearer = {"Authorization": f"Bearer {cls.hub.token('push', 'pull', sender='mot-cua')}"}

    def setUp(self):
        self.partner.misbehave()

    def tell(self, *documents):
        """The number of the item that brings them out."""
        before = len(self.hub.items("ra-cong"))
        super().tell(*documents)
        return wait_for("the item", lambda: self.hub.items("ra-cong")[before:])[0]["id"]

    def item(self, number, state):
        def found():
            item = next(item for item in self.hub.items("ra-cong") if item["id"] == number)
            return item if item["state"] == state else None
        return wait_for(f"item {number} to be {state}", found, 30)

    def sent(self, code):
        """What the portal took of a dossier: service, state and what it is called there."""
        out = []
        for packet in self.partner.log("packets"):
            if packet["service"] == CREATE and packet["maHoSo"] == code:
                out.append(CREATE)
            out += [(packet["service"], row["TrangThai"], row.get("IDHoSo") or row["IdHoSo"]) for row in packet.get("data", ()) if row["MaHoSo"] == code]
        return out

    def called_at_portal(self, code):
        """As whoever runs the portal would look it up."""
        return self.partner.dialect._rest._dossiers[code]  # pylint: disable=protected-access

    def names(self, code):
        return [json.loads(line) for line in self.hub.lienthong("--json", "outbox", "names", "--key", code).stdout.splitlines()]

    def test_1_a_dossier_is_created_once_and_told_further_by_its_name_after_a_restart(self):
        code = self.code()
        receipt = json.loads(self.item(self.tell(document(code)), "delivered")["receipt"])["rows"][0]
        name = self.called_at_portal(code)
        self.assertEqual(self.sent(code), [CREATE, (PROGRESS, 4, name), (STATUS, 4, name)])
        self.assertEqual((receipt["idHoSo"], receipt["dossier"], receipt["progress"], receipt["status"]), (name, "created", "taken", "taken"))
        self.hub.stop_hub()
        self.hub.start_hub()
        self.item(self.tell(done(code)), "delivered")
        self.assertEqual(self.sent(code)[3:], [(PROGRESS, 9, name), (STATUS, 9, name)], "it is not created again")
        moment = self.partner.log("packets")[-2]["data"][0]["ThoiDiemXuLy"]
        self.assertEqual(moment, "2026-03-05T09:00:00.000")

    def test_2_a_hub_killed_behind_the_creation_knows_the_name_and_creates_nothing_again(self):
        code = self.code()
        self.partner.misbehave({"fault": "stall", "seconds": 60, "path": PROGRESS, "applied": True, "times": 1})
        number = self.tell(document(code))
        wait_for("the progress to be taken", lambda: len(self.sent(code)) == 2)
        self.hub.kill_hub()
        self.assertEqual([one["name"] for one in self.names(code)], [self.called_at_portal(code)], "kept before the next call left")
        self.hub.start_hub()
        self.item(number, "delivered")
        name = self.called_at_portal(code)
        self.assertEqual(self.sent(code), [CREATE, (PROGRESS, 4, name), (PROGRESS, 4, name), (STATUS, 4, name)])

    def test_3_a_refused_dossier_holds_up_no_other(self):
        codes = [self.code() for _ in range(4)]
        # An organisation has no code at this portal.
        number = self.tell(*(document(code, ApplicantsType=3 if code == codes[1] else 1) for code in codes))
        item = self.item(number, "failed")
        self.assertIn("1 of 4 dossiers", item["problem"])
        self.assertIn(codes[1], item["problem"])
        self.assertIn("LoaiDoiTuong", item["problem"])
        for code in codes[:1] + codes[2:]:
            self.assertEqual([entry[0] for entry in self.sent(code)[1:]], [PROGRESS, STATUS])
        self.assertEqual(self.sent(codes[1]), [])
        together = [len(packet["data"]) for packet in self.partner.log("packets") if packet["service"] == PROGRESS and codes[0] in str(packet)]
        self.assertEqual(together, [3], "the steps of the others went together")

    def test_4_a_token_that_ended_is_asked_for_anew_and_costs_nothing(self):
        code = self.code()
        self.partner.misbehave({"fault": "expire", "path": PROGRESS, "times": 1})
        self.item(self.tell(document(code)), "delivered")
        self.assertEqual([entry[0] for entry in self.sent(code)[1:]], [PROGRESS, STATUS])
        statuses = [entry["status"] for entry in self.partner.log("requests") if PROGRESS in entry["target"]]
        self.assertEqual(statuses[-2:], [401, 200])

    def test_5_a_name_lost_with_the_answer_is_told_by_a_person_and_holds_up_nothing_meanwhile(self):
        code, other = self.code(), self.code()
        self.partner.misbehave({"fault": "reset", "path": CREATE, "applied": True, "times": 1})
        item = self.item(self.tell(document(code)), "failed")
        self.assertIn("đã tồn tại", item["problem"])
        self.assertIn("lienthong outbox name", item["problem"])
        self.assertEqual((self.sent(code), self.names(code)), ([CREATE], []))
        self.item(self.tell(document(other)), "delivered")

        name = self.called_at_portal(code)
        telling = ("outbox", "name", "--is", name, "--reason", "cổng trả lời qua điện thoại")
        self.hub.lienthong(*telling, "--flow", "one-window", "--key", code, expect=2)
        unknown = self.hub.lienthong(*telling, "--flow", "ra-cong", "--key", code + "0", expect=2)
        self.assertIn("there is no fact of this key", unknown.stdout + unknown.stderr)
        self.hub.lienthong(*telling, "--flow", "ra-cong", "--key", code)
        self.assertEqual([(one["name"], one["why"]) for one in self.names(code)], [(name, "cổng trả lời qua điện thoại")])
        self.hub.lienthong("outbox", "settle", str(item["id"]), "--as", "again", "--reason", "đã biết idHoSo")
        self.item(item["id"], "delivered")
        self.assertEqual(self.sent(code), [CREATE, (PROGRESS, 4, name), (STATUS, 4, name)])


if __name__ == "__main__":
    unittest.main()

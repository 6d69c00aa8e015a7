"""The dossier statistics of a one-window system go through the hub, in as called and out as caller: to a province's adapter behind the
integration platform, which refuses some, takes some without an answer, and throttles."""
import json
import unittest

from partner import HubWithPartner  # adds the folder of the simulators
import lgsp
from running_hub import BUILD, wait_for

FLOWS = """
  - name: one-window
    connector: mcdt
    mapping: mcdt/statistic
    agencies: [H31.08]
    called: {}

  - name: statistic-out
    connector: lgsp
    deliver: lgsp/statistic
    only: [A_XII_6]
    whole_report: true
    interval_secs: 1
    longest_pause_secs: 1
    settings:
      base_url: {address}
      consumer_key: file:secrets/lgsp-key
      consumer_secret: file:secrets/lgsp-secret
      deliver_path: /mcdt/1.0/Statistic
      unknown_outcome: OUTCOME
"""
PATH = "/mcdt/1.0/Statistic"
COUNTS = {"NewReception": 135, "PreExtisting": 40, "Total": 175, "TotalSolved": 144, "SolvedInTime": 136, "SolvedInTimePercent": 94.44,
          "SolvedLate": 8, "SolvedLatePercent": 5.56, "TotalPending": 31, "Pending": 30, "PendingPercent": 96.77, "PendingLate": 1, "PendingLatePercent": 3.23}


def patient_for_a_second(text):
    return text.replace("\nflows:\n", "\noutward:\n  first_byte_secs: 1\n  breaker_rest_secs: 1\n\nflows:\n")


class StatisticHub(HubWithPartner):
    def prepare(self):
        super().prepare()
        self.lienthong("plugins", "trust", BUILD / "lib/plugins/mcdt.so")


class Case(unittest.TestCase):
    outcome = ""

    @classmethod
    def setUpClass(cls):
        cls.hub = cls.enterClassContext(StatisticHub(lgsp.Lgsp, FLOWS.replace("OUTCOME", cls.outcome), {"statistic_rules": "refuse"}, patient_for_a_second))
        cls.partner = cls.hub.partner
        cls.token = cls.hub.token("push", "pull", sender="mot-cua", agencies=("H31.08", "H31.03"))

    def setUp(self):
        self.partner.misbehave()
        self.before = len(self.hub.items("statistic-out"))

    def report(self, month, **changes):
        body = {"Month": month, "Year": 2025, "IsMonthStatistic": True, **COUNTS, "OrganizationInchargeIdlevel1": "H31",
                "OrganizationInchargeName": "UBND tỉnh Hưng Yên", **changes}
        status, _, answer = self.hub.call("POST", "/in/one-window/Statistic", json.dumps(body).encode(),
                                          {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"})
        self.assertEqual((status, json.loads(answer)["Status"]), (200, 1), answer)
        return {name: value for name, value in body.items() if name != "Note"}

    def taken(self, month):
        return [{name: value for name, value in packet.items() if name != "kind"} for packet in self.partner.log("packets") if packet["Month"] == month]

    def last(self, state):
        """The newest item of this test, once it is in that state."""
        def found():
            items = self.hub.items("statistic-out")[self.before:]
            return items[-1] if items and items[-1]["state"] == state else None
        return wait_for(f"the last one to be {state}", found, 30)


class SentAgain(Case):
    outcome = "send_again"

    def test_a_month_goes_out_as_it_came_in_and_a_correction_goes_out_whole(self):
        body = self.report(1)
        wait_for("the packet", lambda: self.taken(1))
        self.assertEqual(self.taken(1), [body])
        self.assertIn("Thành công", self.last("delivered")["receipt"])
        corrected = self.report(1, SolvedInTime=137, SolvedLate=7, SolvedInTimePercent=95.14, SolvedLatePercent=4.86)
        wait_for("the correction", lambda: len(self.taken(1)) == 2)
        self.assertEqual(self.taken(1)[-1], corrected, "what was not corrected is told again with it")
        # A figure of another line is no reason to call the adapter.
        self.hub.push(self.token, "another-line-0001", [{"indicator": "A_V_1", "measure": "VS_SAME_PERIOD", "period": "2025-01", "area": "GSO:33",
                                                        "agency": "H31.03", "value": "9.5", "unit": "%", "vintage": "estimated"}])
        wait_for("the seal", self.hub.sealed)
        self.report(11)
        wait_for("what came later", lambda: self.taken(11))
        self.assertEqual(len(self.partner.log("refused")), 0)

    def test_a_refused_record_shows_the_adapters_reason_and_holds_nothing_up(self):
        self.report(2, Total=180)
        item = self.last("failed")
        self.assertIn("found 180, expected NewReception + PreExtisting = 175", item["problem"])
        self.assertIn('"Status": 0', item["receipt"])
        right = self.report(2)
        wait_for("the right one", lambda: self.taken(2))
        self.assertEqual(self.taken(2), [right])

    def test_an_answer_that_never_came_leads_to_the_same_packet_again_where_it_takes_its_own_place(self):
        self.partner.misbehave({"fault": "stall", "seconds": 60, "applied": True, "path": PATH, "times": 1})
        body = self.report(3)
        item = self.last("delivered")
        self.assertEqual(item["attempts"], 2)
        self.assertEqual(self.taken(3), [body, body], "the very same, so that it stands once in a book kept by month and body")

    def test_a_throttling_platform_and_an_ended_token_cost_no_packet(self):
        self.partner.misbehave({"fault": "throttle", "retry_after": 1, "path": PATH, "times": 1}, {"fault": "expire", "path": PATH, "times": 1})
        body = self.report(6)
        self.last("delivered")
        self.assertEqual(self.taken(6), [body])
        statuses = [entry["status"] for entry in self.partner.log("requests") if entry["target"] == PATH]
        self.assertEqual(statuses[-3:], [429, 401, 200])


class LeftToAPerson(Case):
    outcome = "ask_person"

    def test_where_it_would_count_twice_a_person_is_asked_and_nothing_is_sent(self):
        self.partner.misbehave({"fault": "stall", "seconds": 60, "applied": True, "path": PATH, "times": 1})
        self.report(4)
        item = self.last("ask_person")
        wait_for("the packet", lambda: self.taken(4))
        listed = self.hub.lienthong("outbox", "list", "--flow", "statistic-out", "--state", "ask_person", expect=1).stdout
        self.assertIn("the partner offers no way to find out", listed)
        self.hub.lienthong("outbox", "settle", str(item["id"]), "--as", "delivered", "--reason", "đã hỏi trung tâm IOC: đã nhận")
        self.assertEqual(self.last("delivered")["attempts"], 1)
        self.hub.lienthong("outbox", "settle", str(item["id"]), "--as", "again", "--reason", "nhầm", expect=2)
        self.assertEqual(len(self.taken(4)), 1)
        self.partner.misbehave({"fault": "stall", "seconds": 60, "applied": False, "path": PATH, "times": 1})
        self.report(5)
        item = self.last("ask_person")
        self.hub.lienthong("outbox", "settle", str(item["id"]), "--as", "again", "--reason", "trung tâm IOC: không có")
        self.last("delivered")
        self.assertEqual(len(self.taken(5)), 1)

    def test_half_an_answer_that_says_success_does_not_send_the_packet_twice(self):
        self.partner.misbehave({"fault": "damage", "path": PATH, "times": 1})
        self.report(7)
        self.assertEqual(self.last("ask_person")["attempts"], 1)
        self.assertEqual(len(self.taken(7)), 1)


if __name__ == "__main__":
    unittest.main()

"""A partner that is away while figures and their corrections pile up and the hub itself dies: when it is back it is told everything
once, no old value after a new one, and it was asked no more than it takes to find out that it is back."""
import unittest

from partner import HubWithPartner  # adds the folder of the simulators
import nrs
from running_hub import record, wait_for

FLOWS = """
  - name: nrs-push
    connector: nrs
    deliver: nrs/push
    interval_secs: 1
    longest_pause_secs: 1
    settings:
      base_url: {address}
      token: file:secrets/nrs-token
      profile: {root}/mappings/nrs/qcvn125-gia-dinh.profile
"""
PACKETS = "/qcvn125/goi-tin"
WAYS = ({"fault": "html502"}, {"fault": "html200"}, {"fault": "refuse"}, {"fault": "reset", "applied": True}, {"fault": "throttle", "retry_after": 1})


def with_a_quick_breaker(text):
    return text.replace("\nflows:\n", "\noutward:\n  breaker_rest_secs: 1\n\nflows:\n")


class CatchUp(unittest.TestCase):
    def setUp(self):
        self.hub = self.enterContext(HubWithPartner(nrs.Nrs, FLOWS, edit_config=with_a_quick_breaker))
        self.partner = self.hub.partner
        self.token = self.hub.token("push", "pull", sender="so-cong-thuong", agencies=("H31.03",))
        self.told = []

    def tell(self, month, value):
        period = f"2025-{month:02d}"
        status, _, answer = self.hub.push(self.token, f"while-away-{len(self.told):04d}-0001", [record(period=period, value=value)])
        self.assertEqual((status, answer["verdicts"][0]["verdict"]), (200, "stored"), answer)
        self.told.append((period.replace("-", ""), value))

    def book(self):
        return [(row["maKyBaoCao"], row["giaTri"]) for packet in self.partner.log("packets") for row in packet["duLieu"]]

    def requests(self):
        return [entry for entry in self.partner.log("requests") if entry["target"].startswith(PACKETS)]

    def is_empty(self):
        box = self.hub.flow("nrs-push")["outbox"]
        self.assertEqual(box["failed"] + box["ask_person"], 0, "nothing is given up because the partner is away")
        return box["delivered"] == len(self.told)

    def test_what_piles_up_is_told_once_and_in_order(self):
        self.tell(1, "1.1")
        wait_for("the first packet", self.is_empty)
        self.partner.go_away()
        for month in range(1, 7):
            self.tell(month, f"2.{month}")
            self.tell(month, f"3.{month}")
            if month in (3, 5):
                self.hub.kill_hub()
                self.hub.start_hub()
        wait_for("the hub to see that nobody is there", lambda: self.hub.flow("nrs-push")["failures_in_a_row"] > 0)

        # It is there again, and unwell in one way after the other; the hub dies once more.
        self.partner.come_back({**WAYS[0], "path": PACKETS})
        asked = 0
        for number, way in enumerate(WAYS):
            self.partner.misbehave({**way, "path": PACKETS})
            before = len(self.requests())
            wait_for(f"the hub to meet {way['fault']}", lambda seen=before: len(self.requests()) > seen, 30)
            self.tell(7 + number, "4.1")
            asked += len(self.requests()) - before
            if number == 2:
                self.hub.kill_hub()
                self.hub.start_hub()
        self.assertLess(asked, 6 * len(WAYS), "it is tried, not besieged")

        self.partner.misbehave()
        before = len(self.requests())
        wait_for("everything to be told", self.is_empty, 60)
        self.assertEqual(sorted(self.book()), sorted(self.told), "each once")
        for month in {period for period, _ in self.told}:
            self.assertEqual([entry for entry in self.book() if entry[0] == month], [entry for entry in self.told if entry[0] == month], "no old value after a new one")
        self.assertEqual(len({packet["maGoiTin"] for packet in self.partner.log("packets")}), len(self.told))
        self.assertLessEqual(len(self.requests()) - before, len(self.told) + 2)
        items = self.hub.items("nrs-push")
        self.assertEqual([item["state"] for item in items], ["delivered"] * len(self.told))
        self.assertTrue(all("maBienNhan" in item["receipt"] for item in items), "every receipt is kept")
        served = {row["period"].replace("-", ""): row["value"] for row in self.hub.get("/v1/observations?indicator=A_V_1", self.token)["observations"]}
        self.assertEqual(dict(self.book()), served, "the partner holds what is served here")


if __name__ == "__main__":
    unittest.main()

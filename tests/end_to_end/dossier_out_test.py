"""Dossiers, their traces and votes of a one-window system go through the hub, in as called and out as caller: each a call of its own to a
province's adapter behind the integration platform, a dossier before its traces, and nothing of a person anywhere."""
import json
import unittest

from partner import HubWithPartner  # adds the folder of the simulators
import lgsp
from running_hub import BUILD, wait_for

PERSON = "Người Dân Không Được Giữ"
MARKS = (PERSON, "033099123456", "0912345678", "can-cuoc-cua-toi.pdf", "Phục vụ rất tận tình", "Cán Bộ Không Được Giữ")
ROUTES = {"documents": "Document/SyncDocument", "traces": "Document/UpdateDocumentTraces", "votes": "Vote"}
FLOWS = "".join(f"""
  - name: one-window-{mapping}
    connector: mcdt
    mapping: mcdt/{mapping}
    agencies: ["*"]
    called:
      paths:
        {route.rpartition("/")[2]}: /in/one-window/{route}
""" for mapping, route in ROUTES.items()) + "".join(f"""
  - name: {name}-out
    connector: lgsp
    deliver: lgsp/{name}
    facts: {kind}
    facts_per_parcel: 1
    interval_secs: 1
    longest_pause_secs: 1{more}
    settings:
      base_url: {{address}}
      consumer_key: file:secrets/lgsp-key
      consumer_secret: file:secrets/lgsp-secret
      deliver_path: /mcdt/1.0/{route}{setting}
""" for name, kind, route, more, setting in (
    ("dossier", "one_window_dossier", ROUTES["documents"], "", "\n      unknown_outcome: send_again"),
    ("trace", "one_window_trace", ROUTES["traces"], "\n    behind: dossier-out", ""),
    ("vote", "service_vote", ROUTES["votes"], "", "")))
SYNC = "/mcdt/1.0/Document/SyncDocument"


def document(code, **changes):
    """A dossier as SyncDocument tells it."""
    return {"DocTypeCode": "1.009907", "DocTypeName": "Thủ tục giả lập 7", "DocCode": code, "CitizenName": PERSON, "ApplicantsId": "033099123456",
            "ApplicantsType": 1, "Phone": "0912345678", "DateReceived": "2026-03-03T01:01:00Z", "DateAppointed": "2026-03-09T10:00:00Z",
            "IsSuccess": False, "SuccessDate": "", "IsReturned": "false", "ReturnedDate": "", "ReturnedType": 0, "Status": 1,
            "ProcessingOrganName": "Phòng Quản lý xây dựng", "OrganInchargeIdLevel1": "H31.04", "OrganInchargeName": "Sở Xây dựng",
            "Attachments": [{"Attachmentld": 77, "AttachmentName": "can-cuoc-cua-toi.pdf", "Base64": "Y2FuIGN1b2M=", "IsDeleted": False, "IsVerified": True}],
            **changes}


def as_sent(told):
    """The same as it goes on: without the person, and without what names or holds a file."""
    files = [{**file, "AttachmentName": "", "Base64": ""} for file in told["Attachments"]]
    return {**told, "CitizenName": "", "ApplicantsId": "", "Phone": "", "Attachments": files}


def trace(code, at, **changes):
    return {"DocumentId": "77", "DocCode": code, "UserName": "Cán Bộ Không Được Giữ", "UserPosition": "Chuyên viên", "DateCreated": at,
            "Comment": "Phục vụ rất tận tình", "Status": 1, "OrganizationInchargeIdLevel1": "H31.04", "OrganizationInchargeName": "Sở Xây dựng", **changes}


class DossierHub(HubWithPartner):
    def prepare(self):
        super().prepare()
        self.lienthong("plugins", "trust", BUILD / "lib/plugins/mcdt.so")


class DossierOut(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        patient = "\noutward:\n  first_byte_secs: 1\n  breaker_rest_secs: 1\n\nflows:\n"
        cls.hub = cls.enterClassContext(DossierHub(lgsp.Lgsp, FLOWS, edit_config=lambda text: text.replace("\nflows:\n", patient)))
        cls.partner = cls.hub.partner
        cls.token = cls.hub.token("push", "pull", sender="mot-cua")

    def setUp(self):
        self.partner.misbehave()

    def tell(self, what, *rows):
        status, _, text = self.hub.call("POST", f"/in/one-window/{ROUTES[what]}", json.dumps(list(rows)).encode(),
                                        {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"})
        self.assertEqual(status, 200, text)

    def packets(self, code=None):
        """What the adapter took, in that order; of one dossier."""
        return [{name: value for name, value in packet.items() if name != "kind"} for packet in self.partner.log("packets")
                if code is None or packet.get("DocCode") == code]

    def item(self, flow, about, state):
        """The newest item of that flow about it, once it is in that state."""
        def found():
            items = [item for item in self.hub.items(flow) if item["about"] == about]
            return items[-1] if items and items[-1]["state"] == state else None
        return wait_for(f"{about} to be {state}", found, 20)

    def test_1_a_dossier_its_traces_and_a_vote_arrive_each_in_a_call_of_its_own(self):
        code = "H31.04-260303-0001"
        told = document(code)
        self.tell("documents", told)
        steps = [trace(code, f"2026-03-03T0{hour}:30:00Z") for hour in (2, 3)]
        self.tell("traces", *steps)
        wait_for("all three", lambda: len(self.packets(code)) == 3)
        sent = [{name: value for name, value in {**step, "UserName": "", "UserPosition": ""}.items() if name != "Comment"} for step in steps]
        self.assertEqual(self.packets(code), [as_sent(told), *sent], "the dossier first")
        vote = {"DateCreated": "2026-03-31T10:00:00Z", "TotalVoted": 120, "PercentVeryGood": 70.5, "PercentGood": 25.0, "PercentBad": 4.5,
                "Questions": [{"DocTypeCode": "1.009907", "Content": "Phục vụ rất tận tình", "PercentVeryGood": 80.5, "PercentGood": 15.0, "PercentBad": 4.5}],
                "OrganizationInchargeIdLevel1": "H31.04", "OrganizationInchargeName": "Sở Xây dựng"}
        self.tell("votes", vote)
        wait_for("the vote", lambda: [packet for packet in self.packets() if "TotalVoted" in packet])
        self.assertEqual([packet for packet in self.packets() if "TotalVoted" in packet],
                         [{**vote, "Questions": [{**vote["Questions"][0], "Content": ""}]}])

    def test_2_an_update_goes_out_as_a_whole(self):
        code = "H31.04-260303-0001"
        told = document(code, Status=2, IsSuccess=True, SuccessDate="2026-03-05T20:30:00Z", FinishedDate="2026-03-05T20:30:00Z", IsReturned="true",
                        ReturnedDate="2026-03-06T03:00:00Z", ReturnedType=1)
        self.tell("documents", told)
        wait_for("the update", lambda: as_sent(told) in self.packets(code))
        self.tell("documents", told)
        self.tell("documents", document("H31.04-260303-0002"))
        wait_for("what came behind it", lambda: self.packets("H31.04-260303-0002"))
        self.assertEqual(self.packets(code).count(as_sent(told)), 1, "what is told again unchanged is not sent again")

    def test_3_a_refused_dossier_shows_why_and_holds_up_no_other_of_its_call(self):
        odd, bare, good = (document(f"H31.04-260304-000{i}") for i in (1, 2, 3))
        odd["ReturnedType"] = 1.5
        del bare["Attachments"]
        self.tell("documents", odd, bare, good)
        wait_for("the good one", lambda: self.packets(good["DocCode"]))
        item = self.item("dossier-out", odd["DocCode"], "failed")
        self.assertIn("ReturnedType: found 1.5, expected a whole number", item["problem"])
        self.assertIn('"Status": 0', item["receipt"])
        item = self.item("dossier-out", bare["DocCode"], "failed")
        self.assertEqual(item["attempts"], 0, "nothing was sent")
        for words in ("the partner demands the member Attachments", "[packet.member_missing]", "Bổ sung dữ liệu ở hệ thống nguồn"):
            self.assertIn(words, item["problem"])
        self.tell("documents", document(bare["DocCode"]), document(odd["DocCode"]))
        wait_for("both, mended", lambda: self.packets(bare["DocCode"]) and self.packets(odd["DocCode"]))

    def test_4_a_trace_that_came_before_its_dossier_is_told_to_a_person_with_what_to_do(self):
        code = "H31.04-260305-0001"
        self.tell("traces", trace(code, "2026-03-05T02:30:00Z"))
        item = self.item("trace-out", f"{code}/2026-03-05T02:30:00Z", "failed")
        self.assertIn("chưa được đồng bộ", item["problem"])
        listed = self.hub.lienthong("outbox", "list", "--flow", "trace-out", "--state", "failed", expect=1).stdout
        self.assertIn(f"lienthong outbox settle {item['id']} --as again", listed)
        self.tell("documents", document(code))
        wait_for("the dossier", lambda: self.packets(code))
        self.hub.lienthong("outbox", "settle", str(item["id"]), "--as", "again", "--reason", "hồ sơ đã được đồng bộ")
        wait_for("its trace", lambda: len(self.packets(code)) == 2)

    def test_5_an_answer_that_never_came_leads_to_the_same_packet_again(self):
        code = "H31.04-260306-0001"
        self.partner.misbehave({"fault": "stall", "seconds": 60, "applied": True, "path": SYNC, "contains": code, "times": 1})
        told = document(code)
        self.tell("documents", told)
        self.assertEqual(self.item("dossier-out", code, "delivered")["attempts"], 2)
        self.assertEqual(self.packets(code), [as_sent(told)] * 2)

    def test_6_a_hub_killed_in_the_middle_of_a_call_loses_no_dossier_nor_its_trace(self):
        codes = [f"H31.04-260307-000{i}" for i in range(1, 6)]
        self.partner.misbehave({"fault": "stall", "seconds": 60, "applied": True, "path": SYNC, "contains": codes[2], "times": 1})
        self.tell("documents", *map(document, codes))
        self.tell("traces", *(trace(code, "2026-03-07T02:30:00Z") for code in codes))
        wait_for("the call to be under way", lambda: self.packets(codes[2]))
        self.hub.kill_hub()
        self.hub.start_hub()
        wait_for("all of them", lambda: all(len(self.packets(code)) >= 2 for code in (*codes[:2], *codes[3:])) and len(self.packets(codes[2])) == 3)
        self.assertEqual([len(self.packets(code)) for code in codes], [2, 2, 3, 2, 2], "only what nobody knew of was sent twice")

    def test_7_nothing_of_a_person_is_kept_or_sent(self):
        folders = [path for path in self.hub.folder.rglob("*") if path.is_file()]
        self.assertTrue(folders)
        for path in folders:
            held = path.read_bytes()
            self.assertEqual([mark for mark in MARKS if mark.encode() in held], [], path)
        everything = json.dumps(self.packets(), ensure_ascii=False) + json.dumps(list(self.partner.log("refused")), ensure_ascii=False)
        self.assertEqual([mark for mark in MARKS if mark in everything], [])


if __name__ == "__main__":
    unittest.main()

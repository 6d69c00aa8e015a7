"""The province's adapter for dossiers and statistics: what it takes, and that it says what is wrong with the rest."""

import base64
import unittest

import dossiers
import lgsp
from simulator_case import Case

ATTACHMENT = {"Attachmentld": 1, "AttachmentName": "Đơn.pdf", "Base64": "", "IsVerified": True}
DOCUMENT = {"DocTypeCode": "1.009901", "DocTypeName": "Thủ tục giả lập", "DocCode": "H31.02-251120-0001",
            "CitizenName": "Người Dân Giả Lập",
            "ApplicantsId": "000000001", "ApplicantsType": 1, "Phone": "", "DateReceived": "2025-11-20T01:15:00Z",
            "DateAppointed": "2025-11-27T10:00:00Z", "IsSuccess": False, "SuccessDate": "", "IsReturned": "false",
            "ReturnedDate": "",
            "ReturnedType": 0, "Status": 1, "ProcessingOrganName": "Sở Tài chính", "Attachments": [ATTACHMENT],
            "OrganInchargeIdLevel1": "H31.02",
            "OrganInchargeName": "Sở Tài chính"}
TRACES = {"DocumentId": "1", "DocCode": DOCUMENT["DocCode"], "UserName": "Cán bộ giả lập", "UserPosition": "",
          "DateCreated": "2025-11-20T02:00:00Z",
          "OrganizationInchargeIdLevel1": "H31.02", "OrganizationInchargeName": "Sở Tài chính"}


class Adapter(Case):
    dialect_class, system, scenario = lgsp.Lgsp, "lgsp", {"statistic_rules": "refuse"}

    def post(self, operation, value):
        pair = base64.b64encode(b"khoa-khong-that:bi-mat-khong-that").decode()
        token = self.read("POST", "/token", b"grant_type=client_credentials",
                          {"Authorization": f"Basic {pair}",
                           "Content-Type": "application/x-www-form-urlencoded"})[1]["access_token"]
        return self.read("POST", "/mcdt/1.0" + operation, value, {"Authorization": f"Bearer {token}"})[1]

    def statistic(self, **changes):
        row = dossiers.statistics(dossiers.generate(), 2025, 3)[-1]
        return {name: row[name] for name in row if name not in ("OnlinePercent", "generated", "nguon")} | changes

    def test_wants_the_bearer(self):
        self.assertEqual(self.read("POST", "/mcdt/1.0/Statistic", self.statistic())[1]["fault"]["code"], 900902)

    def test_takes_a_dossier_and_then_its_traces(self):
        early = {**TRACES, "DocCode": "H31.02-251120-0002"}
        self.assertIn("chưa được đồng bộ", self.post("/Document/UpdateDocumentTraces", early)["Message"])
        self.assertEqual(self.post("/Document/SyncDocument", DOCUMENT), {"Status": 1, "Message": "Thành công"})
        self.assertEqual(self.post("/Document/UpdateDocumentTraces", TRACES)["Status"], 1)
        self.assertEqual([packet["kind"] for packet in self.log()["packets"]][-2:],
                         ["/Document/SyncDocument", "/Document/UpdateDocumentTraces"])

    def test_holds_a_dossier_to_the_schema_with_its_misspelt_names(self):
        missing = {name: value for name, value in DOCUMENT.items() if name != "CitizenName"}
        for value, words in ((missing, "CitizenName: missing"),
                             ({**DOCUMENT, "IsReturned": False}, "IsReturned: found false, expected a text"),
                             ({**DOCUMENT, "DateReceived": "2025-11-20T08:15:00+07:00"}, "expected a moment in UTC"),
                             ({**DOCUMENT, "ApplicantsType": 5}, "ApplicantsType: found 5"),
                             ({**DOCUMENT, "Attachments": []}, "at least 1"),
                             ({**DOCUMENT, "Attachments": [{**ATTACHMENT, "AttachmentId": 2}]},
                              "Attachments[0].AttachmentId: not known here"),
                             ([], "found []")):
            reply = self.post("/Document/SyncDocument", value)
            self.assertEqual(reply["Status"], 0)
            if isinstance(value, dict):
                self.assertIn(words, reply["Message"])

    def test_counts_a_statistic_again(self):
        self.assertEqual(self.post("/Statistic", self.statistic())["Status"], 1)
        total = self.statistic()["Total"]
        reply = self.post("/Statistic", self.statistic(Total=total + 1))
        self.assertEqual((reply["Status"], reply["Message"]),
                         (0, f"Total: found {total + 1}, expected NewReception + PreExtisting = {total}"))

    def test_takes_votes(self):
        vote = {"DateCreated": "2025-11-20T02:00:00Z", "TotalVoted": 3, "PercentVeryGood": 66.7, "PercentGood": 33.3,
                "PercentBad": 0,
                "Questions": [{"Content": "Hài lòng?", "PercentVeryGood": 66.7, "PercentGood": 33.3, "PercentBad": 0}],
                "OrganizationInchargeIdLevel1": "H31.02", "OrganizationInchargeName": "Sở Tài chính"}
        self.assertEqual(self.post("/Vote", vote)["Status"], 1)
        self.assertEqual(self.post("/Vote", {**vote, "TotalVoted": "3"})["Status"], 0)


if __name__ == "__main__":
    unittest.main()

"""The moves of a document: each recipient's own, in the table's order; the wish to have it back comes from its sender alone."""

import dataclasses
import unittest

import edxml
import reports
import status_packages
from qlvb_test import Axis

US, FIRST, SECOND, AT = "H52.99.01", "G22", "H52.99.02", "2025/11/20 10:00:00"


def about(code, sender=FIRST, organ=US, time=AT, document="x"):
    return status_packages.Status(sender, organ, "1/BC", "2025/11/20", document, code, time)


class History(unittest.TestCase):
    def moves(self, *statuses):
        history = status_packages.History()
        return [history.move(status) for status in statuses]

    def test_each_recipient_stands_for_itself(self):
        asked = [about("13", US, one) for one in (FIRST, SECOND)]
        self.assertEqual(self.moves(about("01"), about("03"), asked[0], asked[1], about("01", SECOND), about("15"), about("03")),
                         [True, True, True, False, True, True, False])

    def test_reports_stand_by_their_own_time_in_whatever_order_and_however_often_they_come(self):
        late = [about(code, time=f"2025/11/20 {hour}:00:00") for code, hour in (("05", "11"), ("05", "11"), ("03", "10"), ("01", "09"))]
        self.assertEqual(self.moves(*late, about("04"), about("06", time="2025/11/20 12:00:00"))[-2:], [False, True])
        self.assertEqual(self.moves(about("03"), about("01"), about("04"))[-1], True, "of one second the higher code")

    def test_an_ended_document_is_not_asked_back_and_a_refusal_leaves_it_where_it_was(self):
        asked = about("13", US, FIRST)
        for end in ("02", "06"):
            self.assertEqual(self.moves(about("01"), about(end), asked)[-1], False, end)
        self.assertEqual(self.moves(about("01"), asked, asked, about("16"), asked, about("15"), asked), [True, True, False, True, True, True, False])

    def test_a_wish_that_overtook_the_document_forbids_no_arrival(self):
        self.assertEqual(self.moves(about("13", US, FIRST), about("01"), about("16"), about("03")), [False, True, True, True])

    def test_an_answer_to_an_update_closes_nothing(self):
        self.assertEqual(self.moves(about("01"), about("15"), about("03")), [True, False, True])

    def test_an_agency_is_one_under_both_its_codes(self):
        self.assertEqual(self.moves(about("01", "H31.04"), about("13", US, "000.00.04.H31")), [True, True])


class Strict(Axis):
    scenario = {"system_id": US, "answers": ["01", "03"], "take_back_answer": "15", "illegal_moves": "refuse", "take_back": [2]}

    def tell(self, status):
        return self.send(status.package(), "status")["ErrorCode"]

    def sent(self, number, *receivers):
        report = dataclasses.replace(next(reports.published(FIRST)), number=number, sender=US, receiver=receivers[0], figures=())
        whole = edxml.document(report)
        more = "".join(f"<edXML:To><edXML:OrganId>{code}</edXML:OrganId></edXML:To>" for code in receivers[1:]).encode()
        self.assertTrue(self.send(whole.replace(b"<edXML:DocumentId>", more + b"<edXML:DocumentId>", 1))["DocId"])
        return report.document_id

    def test_a_document_is_asked_back_of_each_recipient_that_reported_and_of_each_once(self):
        document = self.sent(9, FIRST, SECOND)
        asked = [about("13", US, one, document=document) for one in (FIRST, SECOND, FIRST, "H52.99.03")]
        self.assertEqual([self.tell(one) for one in asked], ["0", "0", "24", "24"])
        told = [status_packages.read_status(self.fetch(item["docId"])) for item in self.inbox("status")["data"]]
        self.assertEqual([(one.sender, one.organ) for one in told if (one.status, one.document_id) == ("15", document)], [(FIRST, US), (SECOND, US)])

    def received(self, at):
        return status_packages.read_document(self.fetch(self.inbox()["data"][at]["docId"]))

    def report(self, received, *codes):
        return [self.tell(about(code, US, received.sender, document=received.document_id)) for code in codes]

    def test_a_recipient_moves_by_the_table_and_asks_for_nothing_back(self):
        received = self.received(0)
        self.assertEqual(self.report(received, "01", "15", "03", "13", "05", "06", "03"), ["0", "24", "0", "24", "0", "0", "24"])
        self.assertEqual(self.log()["statuses"][-1], {"document_id": received.document_id, "status": "06", "about": received.sender, "legal": True})

    def test_a_recipient_answers_the_sender_who_asked_for_it_back(self):
        self.assertEqual(self.report(self.received(1), "01", "03", "16", "03"), ["0", "24", "0", "0"])


if __name__ == "__main__":
    unittest.main()

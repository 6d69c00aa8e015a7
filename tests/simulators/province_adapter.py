"""A province's adapter for dossiers and statistics: SyncDocument, UpdateDocumentTraces, Statistic, Vote, spelt as on the wire."""

import threading

from shape import choice, flag, list_of, number, record, text, whole
from simulator import json_answer

TEXT, WHOLE = text(), whole()
MOMENT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z"
UTC, UTC_OR_EMPTY = text(MOMENT, "a moment in UTC such as 2025-11-20T01:15:00Z"), text(f"({MOMENT})?", "a moment in UTC, or nothing yet")
TAKEN, REFUSED = 1, 0  # assumed: no document says what numbers MResult.Status has


def fields(kinds):
    """{"a b": shape} as {"a": shape, "b": shape}."""
    return {name: shape for names, shape in kinds.items() for name in names.split()}


ATTACHMENT = record(fields({"Attachmentld": WHOLE, "AttachmentName Base64": TEXT, "IsDeleted IsVerified": flag}),
                    ["Attachmentld", "AttachmentName", "Base64", "IsVerified"])
FEE = record({"FeeName": TEXT, "FeeType": WHOLE, "Price": number()}, ["FeeName", "FeeType", "Price"])
PAPER = record({"PaperName": TEXT, "Amount": WHOLE, "PaperType": WHOLE}, ["PaperName", "Amount", "PaperType"])
SUPPLEMENTARY = record(
    fields({"SupplementaryId": WHOLE, "IsReceived": flag, "Papers": list_of(PAPER), "Fees": list_of(FEE),
            "SendUser SendComment SendDate ReceivedUser ReceivedComment ReceivedDate OldDateAppointed NewDateAppointed": TEXT}),
    ["SupplementaryId", "SendUser", "SendComment", "SendDate", "ReceivedDate", "IsReceived", "OldDateAppointed"])
DOCUMENT_NEEDS = ("DocTypeCode DocTypeName DocCode CitizenName ApplicantsId ApplicantsType Phone DateReceived DateAppointed "
                  "IsSuccess SuccessDate IsReturned ReturnedDate ReturnedType Status ProcessingOrganName Attachments "
                  "OrganInchargeIdLevel1 OrganInchargeName").split()
DOCUMENT = record(
    {**fields({"DocTypeCode DocTypeName DocCode CitizenName CitizenInfo Address Email Compendium Note ApplicantsId Phone "
               "ApproverName ApproverPosition SuccessNote IsReturned ReturnNote ProcessingOrganName HasSupplementary RequireSupplementaryDate "
               "OrganInchargeIdLevel1 OrganInchargeName": TEXT,
               "DateReceived DateAppointed": UTC, "SuccessDate ReturnedDate FinishedDate": UTC_OR_EMPTY,
               "ReturnedType Status": WHOLE, "IsSuccess": flag}),
     "ApplicantsType": choice(1, 2, 3, 4), "Attachments": list_of(ATTACHMENT, 1), "DocFees": list_of(FEE),
     "DocPapers": list_of(PAPER),
     "Supplementaries": list_of(SUPPLEMENTARY)}, DOCUMENT_NEEDS)
TRACES = record(fields({"DocumentId DocCode UserName UserPosition Comment OrganizationInchargeIdLevel1 "
                        "OrganizationInchargeName": TEXT, "DateCreated": UTC, "Status": WHOLE}),
                ["DocumentId", "DocCode", "UserName", "UserPosition", "DateCreated", "OrganizationInchargeIdLevel1",
                 "OrganizationInchargeName"])
STATISTIC_NUMBERS = ("Month Year NewReception PreExtisting Total TotalSolved SolvedInTime SolvedLate TotalPending Pending "
                     "PendingLate").split()
STATISTIC_PERCENTS = "SolvedInTimePercent SolvedLatePercent PendingLatePercent PendingPercent".split()
ORGANISATION = ["OrganizationInchargeIdlevel1", "OrganizationInchargeName"]
STATISTIC = record({**dict.fromkeys(STATISTIC_NUMBERS, whole(0)), **dict.fromkeys(STATISTIC_PERCENTS, number(0)),
                    "IsMonthStatistic": flag,
                    "Note": TEXT, **dict.fromkeys(ORGANISATION, TEXT)},
                   [*STATISTIC_NUMBERS, *STATISTIC_PERCENTS, "IsMonthStatistic", *ORGANISATION])
PERCENTS = dict.fromkeys(("PercentVeryGood", "PercentGood", "PercentBad"), number(0))
QUESTION = record({"DocTypeCode": TEXT, "Content": TEXT, **PERCENTS}, ["Content", *PERCENTS])
VOTE = record({"DateCreated": UTC, "TotalVoted": whole(0), **PERCENTS, "Questions": list_of(QUESTION),
               **fields({"OrganizationInchargeIdLevel1 OrganizationInchargeIdlevel1 OrganizationInchargeName": TEXT})},
              ["DateCreated", "TotalVoted", *PERCENTS])


def sums_that_do_not_hold(row):
    """The consistency rules of a statistic that a row breaks."""
    for whole_name, parts in (("Total", ("NewReception", "PreExtisting")), ("TotalSolved", ("SolvedInTime", "SolvedLate")),
                              ("TotalPending", ("Pending", "PendingLate"))):
        if row[whole_name] != sum(row[part] for part in parts):
            yield f"{whole_name}: found {row[whole_name]}, expected {' + '.join(parts)} = {sum(row[part] for part in parts)}"


class ProvinceAdapter:
    def __init__(self, options, log):
        self._prefix = options.adapter_path
        self._strict = options.statistic_rules == "refuse"
        self._log = log
        self._documents = set()
        self._lock = threading.Lock()
        self._operations = {"/Document/SyncDocument": (DOCUMENT, self.sync),
                            "/Document/UpdateDocumentTraces": (TRACES, self.trace),
                            "/Statistic": (STATISTIC, self.statistic), "/Vote": (VOTE, self.vote)}

    def answer(self, request):
        """MResult of one call; None where the path is none of this adapter's."""
        if request.method != "POST" or not request.path.startswith(self._prefix):
            return None
        name = request.path[len(self._prefix):]
        if name not in self._operations:
            return None
        schema, take = self._operations[name]
        value = request.json()
        wrong = list(schema(value, "")) or list(take(value))
        if wrong:
            self._log.add("refused", {"target": request.target, "code": REFUSED, "why": "; ".join(wrong)})
            return json_answer({"Status": REFUSED, "Message": "; ".join(wrong)})
        self._log.add("packets", {"kind": name, **value})
        return json_answer({"Status": TAKEN, "Message": "Thành công"})

    def sync(self, value):
        with self._lock:
            self._documents.add(value["DocCode"])
        return ()

    def trace(self, value):
        with self._lock:
            known = value["DocCode"] in self._documents
        return () if known else (f"DocCode: {value['DocCode']} chưa được đồng bộ",)

    def statistic(self, value):
        return sums_that_do_not_hold(value) if self._strict else ()

    def vote(self, _):
        return ()

"""Spreadsheets of the scoreboard and of obligations, over HTTP and from the command line, unzipped and read cell by cell."""
import io
import json
import pathlib
import unittest
import xml.etree.ElementTree as xml
import zipfile
from datetime import date, timedelta

from running_hub import RunningHub

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BASE = "https://solieu.hub.test"
FORM, AGENCY, PERIOD = "SL228_1_1", "H52.01", "2025-06"


class Sheet:
    """One sheet of a book: rows of cells, what formats them, links and the frozen head."""

    def __init__(self, book, number):
        path = f"xl/worksheets/sheet{number}.xml"
        self.root = xml.fromstring(book.read(path))
        self.formulas = self.root.findall(f".//{MAIN}f")
        styles = xml.fromstring(book.read("xl/styles.xml"))
        formats = {node.get("numFmtId"): node.get("formatCode") for node in styles.iter(MAIN + "numFmt")}
        self.formats = [formats.get(node.get("numFmtId"), "") for node in styles.find(MAIN + "cellXfs")]
        self.rows = [{cell.get("r").rstrip("0123456789"): self.value(cell) for cell in row} for row in self.root.iter(MAIN + "row")]
        self.frozen = int(self.root.find(f".//{MAIN}pane").get("ySplit"))
        self.widths = [float(column.get("width")) for column in self.root.iter(MAIN + "col")]
        targets = {}
        if f"xl/worksheets/_rels/sheet{number}.xml.rels" in book.namelist():
            relations = xml.fromstring(book.read(f"xl/worksheets/_rels/sheet{number}.xml.rels"))
            targets = {relation.get("Id"): relation.get("Target") for relation in relations}
        self.links = {link.get("ref"): targets[link.get(REL + "id")] for link in self.root.iter(MAIN + "hyperlink")}

    def value(self, cell):
        if cell.get("t") == "inlineStr":
            return "".join(text.text or "" for text in cell.iter(MAIN + "t"))
        node = cell.find(MAIN + "v")
        if node is None:
            return None
        number = float(node.text)
        if "yyyy" in self.formats[int(cell.get("s", "0"))]:
            return date(1899, 12, 30) + timedelta(days=int(number))
        return int(number)

    def table(self):
        """Rows below the headings, by heading."""
        head = self.rows[self.frozen - 1]
        return [{head[column]: value for column, value in row.items()} for row in self.rows[self.frozen:]]


def sheets(data):
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        assert book.testzip() is None
        names = [sheet.get("name") for sheet in xml.fromstring(book.read("xl/workbook.xml")).iter(MAIN + "sheet")]
        return dict(zip(names, (Sheet(book, i + 1) for i in range(len(names)))))


def with_address(text):
    return text.replace("listen:\n", f"listen:\n  public_url: {BASE}\n")


class Tables(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.hub = cls.enterClassContext(RunningHub(flows=(), edit_config=with_address))
        cls.token = cls.hub.token("pull")
        cls.hub.lienthong("compliance", "record", "receipt", "--form", FORM, "--agency", AGENCY, "--period", PERIOD, "--submission", "S-1",
                          "--who", "Trung tâm", "--why", "kiểm tra", "--lacks", "=1+1")

    def asked(self, path, **headers):
        status, answered, body = self.hub.call("GET", path, headers={"Authorization": f"Bearer {self.token}", **headers})
        self.assertEqual(status, 200, body)
        return answered, body

    def test_a_months_book_holds_the_same_counts_as_the_other_faces(self):
        answered, body = self.asked("/v1/compliance?month=2025-06&format=xlsx")
        self.assertEqual(answered["Content-Type"], XLSX)
        self.assertEqual(answered["Content-Disposition"], 'attachment; filename="compliance-2025-06.xlsx"')
        book = sheets(body)
        self.assertEqual(list(book), ["Tổng hợp", "Nghĩa vụ báo cáo"])
        board = self.hub.get("/v1/compliance?month=2025-06", self.token)
        counts = book["Tổng hợp"]
        self.assertEqual(counts.rows[0]["A"], board["title"])
        self.assertEqual((counts.rows[1]["B"], counts.rows[1]["D"]), (date(2025, 6, 1), date(2025, 6, 30)))
        self.assertIsInstance(counts.rows[2]["B"], date)
        self.assertEqual(counts.rows[3]["B"], board["act"])
        self.assertEqual(counts.frozen, 5)
        rows = counts.table()
        self.assertEqual([row.get("Mã cơ quan") for row in rows], [one["agency"] for one in board["agencies"]] + [None])
        for row, one in zip(rows, board["agencies"] + [board["total"]]):
            self.assertEqual([row[h] for h in ("Nghĩa vụ báo cáo", "Đúng hạn", "Quá hạn", "Chưa đầy đủ", "Bị từ chối", "Chưa gửi", "Miễn", "Đang mở", "Chưa mở")],
                             [one[k] for k in ("expected", "on_time", "late", "incomplete", "refused", "missing", "waived", "open", "upcoming")])
        self.assertEqual(len(book["Nghĩa vụ báo cáo"].table()), board["total"]["expected"])

    def test_an_obligations_row_has_dates_words_and_a_link_and_no_formula(self):
        _, body = self.asked(f"/v1/obligations?agency={AGENCY}&period_from={PERIOD}&format=xlsx")
        sheet = sheets(body)["Nghĩa vụ báo cáo"]
        told = {one["subject"]: one for one in
                self.hub.get(f"/v1/obligations?agency={AGENCY}&period_from={PERIOD}", self.token)["obligations"]}
        rows = {row["Mã báo cáo"]: row for row in sheet.table()}
        self.assertEqual(set(rows), set(told))
        one = rows[FORM]
        self.assertEqual(one["Thời hạn"], date.fromisoformat(told[FORM]["due"]))
        self.assertEqual(one["Diễn giải"], told[FORM]["in_words"])
        self.assertEqual(one["Lần gửi"], "S-1")
        self.assertIsInstance(one["Nhận lúc"], date)
        self.assertEqual(list(sheet.links.values()), [BASE + told[FORM]["receipt"]])
        self.assertEqual(one["Còn thiếu"], "=1+1")
        self.assertEqual(sheet.formulas, [])
        self.assertGreater(max(sheet.widths), 20)
        self.assertLess(max(sheet.widths), 70)

    def test_the_form_may_be_named_by_what_is_accepted(self):
        answered, body = self.asked("/v1/obligations?period_from=2025-06", Accept=XLSX)
        self.assertEqual(answered["Content-Type"], XLSX)
        self.assertTrue(body.startswith(b"PK"))
        status, _, body = self.hub.call("GET", "/v1/compliance?format=pdf", headers={"Authorization": f"Bearer {self.token}"})
        self.assertEqual((status, json.loads(body)["code"]), (400, "parameter.bad"))

    def test_named_reports_are_reached_by_their_spans(self):
        for query, title, act in (("month=2025-06", "tháng 06/2025", "Điều 18.1"), ("quarter=2025-Q2", "quý II/2025", "Điều 18.1"),
                                  ("year=2025", "năm 2025", "Điều 17.4"), ("day=2025-06-18", "ngày 18/06/2025", "Điều 12")):
            with self.subTest(query=query):
                board = self.hub.get("/v1/compliance?" + query, self.token)
                self.assertTrue(board["title"].endswith(title), board["title"])
                self.assertTrue(board["act"].endswith(act), board["act"])
                kind, period = query.split("=")
                self.assertEqual(board[kind], period)
                printed = json.loads(self.hub.lienthong("--json", "compliance", "--" + kind, period, expect=None).stdout)
                self.assertEqual({k: printed[k] for k in ("title", "act", "agencies", "total")},
                                 {k: board[k] for k in ("title", "act", "agencies", "total")})
        for query in ("month=2025", "quarter=2025-Q2&year=2025", "day=mai"):
            status, _, body = self.hub.call("GET", "/v1/compliance?" + query, headers={"Authorization": f"Bearer {self.token}"})
            self.assertEqual((status, json.loads(body)["code"]), (400, "parameter.bad"), query)

    def test_the_command_line_writes_the_same_book(self):
        file = pathlib.Path(self.hub.folder) / "quy-2.xlsx"
        self.hub.lienthong("compliance", "--quarter", "2025-Q2", "--xlsx", str(file), expect=1)
        served = sheets(self.asked("/v1/compliance?quarter=2025-Q2&format=xlsx")[1])
        written = sheets(file.read_bytes())
        for name, sheet in served.items():
            self.assertEqual(written[name].table(), sheet.table())
        self.hub.lienthong("compliance", "--quarter", "2025-Q2", "--xlsx", "/nowhere/x.xlsx", expect=2)

    def test_the_receipt_stands_in_every_form(self):
        _, body = self.asked(f"/v1/obligations?agency={AGENCY}&period_from={PERIOD}&status=incomplete&format=csv")
        self.assertIn(f"{BASE}/v1/submissions/S-1", body.decode())
        self.assertIn(",'=1+1,", body.decode(), "guarded against being run by a spreadsheet")


if __name__ == "__main__":
    unittest.main()

"""Another province's set, made by the commands of mappings/catalogue/README.md and by nothing else."""
import csv
import importlib.machinery
import importlib.util
import io
import json
import os
import pathlib
import re
import shlex
import subprocess
import tempfile
import unittest
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ["LIENTHONG_BUILD"]).resolve()
LOADER = importlib.machinery.SourceFileLoader("make_samples", str(ROOT / "mappings" / "gso" / "make_samples"))
make_samples = importlib.util.module_from_spec(importlib.util.spec_from_loader("make_samples", LOADER))
LOADER.exec_module(make_samples)
README = ROOT / "mappings" / "catalogue" / "README.md"


def commands_of_the_section():
    """The command lines below the heading, a backslash at a line's end joined."""
    section = README.read_text(encoding="utf-8").split("## Another province's set", 1)[1].split("\n## ", 1)[0]
    blocks = re.findall(r"```sh\n(.*?)```", section, re.S)
    lines = "".join(blocks).replace("\\\n", " ").splitlines()
    return [shlex.split(line, comments=True) for line in lines if line.strip() and not line.startswith("#")]


class AnotherProvince(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory(prefix="lienthong-import-")))
        cls.new = cls.folder / "danh-muc-bac-ninh"
        cls.ran = [(command, cls.run_command(command)) for command in commands_of_the_section()]

    @classmethod
    def run_command(cls, command, *more):
        assert command[0] == "lienthong", command
        arguments = [str(cls.new) if word == "danh-muc-bac-ninh" else word for word in command[1:]]
        return subprocess.run([str(BUILD / "bin" / "lienthong"), *more, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)

    def rows(self, name):
        with open(self.new / name, encoding="utf-8", newline="") as file:
            return {row.get("code") or row.get("regime"): row for row in csv.DictReader(file)}

    def test_every_command_of_the_page_is_done(self):
        self.assertGreater(len(self.ran), 8)
        for command, result in self.ran:
            self.assertEqual(result.returncode, 0, f"{command}\n{result.stdout}\n{result.stderr}")

    def test_the_province_has_its_own_indicators_agencies_forms_and_areas(self):
        indicators = self.rows("indicators.csv")
        self.assertEqual(sorted(indicators), ["A_III", "A_II_1", "A_II_1_U1", "A_I_1", "A_I_2", "A_I_2_1", "A_I_2_2", "B_1", "B_2"])
        self.assertEqual(indicators["A_I_2_2"]["unit"], "KWH")
        self.assertEqual(indicators["A_I_2_2"]["period_kinds"], "month;quarter;year")
        self.assertEqual(indicators["A_II_1_U1"]["agencies"], "H05.10;H05.07")
        self.assertEqual(indicators["A_I_2"]["heading"], "yes")
        self.assertEqual(indicators["B_2"]["unit"], "")
        self.assertEqual(self.rows("agencies.csv")["H05.03"]["aliases"], "000.00.03.H05")
        self.assertEqual(self.rows("forms.csv")["BN1_3_1"]["frequency"], "Q@04-06")
        self.assertEqual(self.rows("areas.csv")["GSO:07210"]["parent"], "GSO:24")

    def test_what_the_file_leaves_open_is_said_with_its_place(self):
        command = next(command for command, _ in self.ran if "indicators" in command)
        shown = json.loads(self.run_command(command, "--json").stdout)
        self.assertFalse(shown["written"])
        self.assertEqual((shown["added"], shown["changed"], shown["equal"]), (0, 0, 9))
        self.assertEqual({(one["code"], one["place"].split("csv:")[1]) for one in shown["findings"]},
                         {("finding.unit_unread", "20:30"), ("finding.frequency_date", "20:45"), ("finding.agency_unread", "20:60")})

    def test_all_imports_again_change_nothing(self):
        before = {path.name: path.read_bytes() for path in self.new.iterdir()}
        for command, _ in self.ran:
            if "import" in command:
                result = self.run_command(command)
                self.assertEqual(result.returncode, 0, result.stdout)
                self.assertIn("0 thêm mới | added, 0 thay đổi | changed", result.stdout)
        self.assertEqual({path.name: path.read_bytes() for path in self.new.iterdir()}, before)

    def test_lint_and_show_work_on_it(self):
        lint = json.loads(self.run_command(["lienthong", "--json", "catalogue", "lint", "--catalogue", "danh-muc-bac-ninh"]).stdout)
        self.assertIn("B_2", json.dumps(lint))
        shown = self.run_command(["lienthong", "catalogue", "show", "GSO:07210", "--as-of", "2025-08-01", "--catalogue", "danh-muc-bac-ninh"])
        self.assertEqual(shown.returncode, 0, shown.stderr)
        self.assertIn("Phường Bắc Giang", shown.stdout)

    def imported(self, *arguments):
        result = self.run_command(["lienthong", "catalogue", "import", *arguments, "--as", "indicators", "--catalogue", "danh-muc-bac-ninh",
                                   "--set", "set=BN", "--set", "act=demonstration", "--set", "valid_from=2025-07-01"], "--json")
        return result.returncode, json.loads(result.stdout)

    def test_a_workbook_says_what_the_same_table_says_as_csv(self):
        source = ROOT / "tests/end_to_end/another_province/chi-so.csv"
        rows = list(csv.reader(io.StringIO(source.read_text(encoding="utf-8-sig")), delimiter=";"))
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        book = self.folder / "chi-so.xlsx"
        book.write_bytes(make_samples.workbook(text.getvalue()))
        code, as_text = self.imported(str(source))
        code_too, as_book = self.imported(str(book))
        self.assertEqual((code, as_text["equal"] + as_text["changed"]), (code_too, as_book["equal"] + as_book["changed"]))
        bare = lambda rows: [{key: value for key, value in row.items() if key != "place"} for row in rows]
        self.assertEqual(bare(as_book["rows"]), bare(as_text["rows"]))
        self.assertGreater(len(as_book["rows"]), 5)
        self.assertEqual(as_book["sheet"], "Bieu")
        self.assertIn("chi-so.xlsx 'Bieu':", as_book["rows"][0]["place"])
        self.assertEqual(self.imported(str(book), "--sheet", "Bieu")[1]["rows"], as_book["rows"])
        code, refused = self.imported(str(book), "--sheet", "Phụ lục")
        self.assertEqual((code, refused["problems"][0]["code"], refused["problems"][0]["expected"]), (1, "import.sheet", "'Bieu'"))

    def test_of_two_sheets_with_a_header_one_must_be_named(self):
        one = make_samples.workbook("STT,Tên chỉ số,Đơn vị tính\n1,Chỉ số A,%\n")
        book = self.folder / "hai.xlsx"
        with zipfile.ZipFile(io.BytesIO(one)) as from_, zipfile.ZipFile(book, "w") as to:
            for name in from_.namelist():
                text = from_.read(name).decode()
                if name == "xl/workbook.xml":
                    text = text.replace("</sheets>", '<sheet name="Hai" sheetId="2" r:id="rId2"/></sheets>')
                elif name == "xl/_rels/workbook.xml.rels":
                    text = text.replace("</Relationships>", text[text.index("<Relationship "):].replace("rId1", "rId2").replace("sheet1", "sheet2"))
                to.writestr(name, text)
            to.writestr("xl/worksheets/sheet2.xml", from_.read("xl/worksheets/sheet1.xml"))
        code, refused = self.imported(str(book))
        self.assertEqual((code, refused["problems"][0]["code"], refused["problems"][0]["expected"]), (1, "import.sheet", "--sheet 'Bieu' or 'Hai'"))
        self.assertEqual(self.imported(str(book), "--sheet", "Hai")[1]["sheet"], "Hai")

    def test_what_is_called_a_workbook_and_is_none_is_said(self):
        book = self.folder / "gia.xlsx"
        book.write_text("STT;Tên chỉ số\n", encoding="utf-8")
        result = self.run_command(["lienthong", "catalogue", "import", str(book), "--as", "indicators", "--catalogue", "danh-muc-bac-ninh"])
        self.assertEqual(result.returncode, 2)
        self.assertIn("format.xlsx.not_workbook", result.stdout + result.stderr)

    def test_a_file_that_is_cut_off_changes_nothing(self):
        cut = self.folder / "chi-so.csv"
        whole = (ROOT / "tests/end_to_end/another_province/chi-so.csv").read_text(encoding="utf-8")
        before = {path.name: path.read_bytes() for path in self.new.iterdir()}
        cut.write_text(whole[:whole.rindex("Sở Xây")], encoding="utf-8")
        result = self.run_command(["lienthong", "catalogue", "import", str(cut), "--as", "indicators", "--catalogue", "danh-muc-bac-ninh",
                                   "--set", "set=BN", "--set", "act=demonstration", "--set", "valid_from=2025-07-01", "--write"])
        self.assertEqual(result.returncode, 2, result.stdout)
        self.assertIn("import.cells", result.stdout)
        self.assertEqual({path.name: path.read_bytes() for path in self.new.iterdir()}, before)


if __name__ == "__main__":
    unittest.main()

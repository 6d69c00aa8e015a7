"""The loop of work around a mapping: draft, test, diff over kept messages, explain a figure, check a file before it is sent."""
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

from running_hub import BUILD, ROOT, RunningHub, record, wait_for

sys.path.insert(0, str(ROOT / "tests/faults"))
from hostile_test import HOSTILE  # noqa: E402

PUSHED = [record(period="2024-01", value="9.55"), record(period="2024-02", value="10"), record(period="03/2024", value="11"),
          record(indicator="A_X_2_1", measure=None, agency="H31.05", unit="vụ", period="2024-04", value="3")]


class MappingWork(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.running = RunningHub(flows=())
        cls.hub = cls.running.__enter__()
        cls.token = cls.hub.token("push", "pull", sender="so-cong-thuong")
        cls.hub.push(cls.token, "mapping-work-000001", PUSHED)
        wait_for("the seal", cls.hub.sealed)

    @classmethod
    def tearDownClass(cls):
        cls.running.__exit__(None, None, None)

    def draft(self, name, *edits):
        """A copy of the push mapping with changes, outside the hub's folder."""
        text = (ROOT / "mappings/push/records.yaml").read_text(encoding="utf-8")
        for old, new in edits:
            self.assertIn(old, text)
            text = text.replace(old, new)
        file = self.hub.folder / name
        file.write_text(text, encoding="utf-8")
        return file

    # -- test ----------------------------------------------------------------------------------------------

    def test_the_shipped_samples_reach_every_part_of_every_mapping(self):
        done = self.hub.lienthong("test", "--cover", "100")
        self.assertEqual(len(re.findall(r"100 %", done.stdout)), len([file for file in (ROOT / "mappings").glob("*/*.yaml") if file.parent.name != "computed"]), done.stdout)

    def test_a_part_no_sample_reaches_is_named_and_fails_where_all_is_wanted(self):
        folder = self.hub.folder / "covered/push"
        folder.mkdir(parents=True)
        for file in (ROOT / "mappings/push").glob("records.*"):
            (folder / file.name).write_bytes(file.read_bytes())
        (folder / "records.breakdown.sample.json").unlink()
        options = ["test", "--catalogue", ROOT / "mappings/catalogue", "--mappings", folder.parent]
        self.assertIn("records.yaml:11:14: no sample reaches this path; found 'breakdown'", self.hub.lienthong(*options).stdout)
        self.hub.lienthong(*options, "--cover", "100", expect=1)
        self.hub.lienthong(*options, "--cover", "90")
        told = json.loads(self.hub.lienthong("--json", *options).stdout)["mappings"][0]
        self.assertEqual([problem["found"] for problem in told["unreached"]], ["breakdown"])
        findings = json.loads(self.hub.lienthong("--json", "check", *options[1:]).stdout)["findings"]
        self.assertIn(("mapping.path_unmatched", "breakdown"), [(finding["code"], finding.get("found")) for finding in findings])

    # -- try -----------------------------------------------------------------------------------------------

    def test_try_shows_the_record_asked_for_with_its_remedy_in_both_languages(self):
        shipped = ROOT / "mappings/push/records.yaml", ROOT / "mappings/push/records.sample.json"
        said = self.hub.lienthong("try", *shipped, "--record", "4", expect=1).stdout
        self.assertIn("record 4  /records/4  REFUSED", said)
        self.assertNotIn("record 3", said)
        for words in ("<- line 9", "Không đọc được kỳ số liệu", "The period cannot be read"):
            self.assertIn(words, said)
        whole = json.loads(self.hub.lienthong("--json", "try", *shipped, expect=1).stdout)
        self.assertEqual([one["verdict"] for one in whole["records"]],
                         ["accepted", "accepted", "accepted", "refused", "refused", "refused", "refused"])
        value = next(value for value in whole["records"][0]["values"] if value["field"] == "value")
        self.assertEqual((value["result"], value["place"], value["found"], value["line"]), ("99.87", "/records/0/value", "99.87", 13))
        self.hub.lienthong("try", *shipped, "--record", "40", expect=2)

    # -- diff ----------------------------------------------------------------------------------------------

    def test_the_mapping_in_force_differs_from_itself_in_nothing(self):
        said = self.hub.lienthong("diff", ROOT / "mappings/push/records.yaml").stdout
        self.assertIn("4 records: 4 unchanged, 0 with other figures", said)
        self.assertIn("byte for byte", said)

    def test_a_draft_shows_what_it_would_change_and_writes_nothing(self):
        draft = self.draft("draft.yaml", ("vintage: vintage", 'vintage: "official"'), ("unit: unit", 'unit: when(unit == "vụ", missing, unit)'),
                           ("period: period(period)", 'period: when(present(split(period, "/", 2)), month(period, "MM/yyyy"), period(period))'))
        before = self.hub.get("/v1/status")
        lines = [json.loads(line) for line in self.hub.lienthong("--json", "diff", draft, expect=1).stdout.splitlines()]
        kinds = {change["place"]: change for line in lines if "changes" in line for change in line["changes"]}
        self.assertEqual({place: change["kind"] for place, change in kinds.items()},
                         {"/records/0": "figures", "/records/1": "figures", "/records/2": "newly_accepted", "/records/3": "newly_refused"})
        figure = kinds["/records/0"]["figures"][0]
        self.assertEqual((figure["before"]["vintage"], figure["after"]["vintage"], figure["after"]["value"]), ("estimated", "official", "9.55"))
        self.assertEqual(kinds["/records/3"]["problems"][0]["code"], "field.missing")
        self.assertEqual(lines[-1]["sum"]["figures"], 2)
        said = self.hub.lienthong("diff", draft, expect=1).stdout
        self.assertIn("vintage estimated -> official", said)
        self.assertIn("1 newly refused, 1 newly accepted", said)
        self.assertEqual(self.hub.get("/v1/status")["messages"], before["messages"])
        self.assertEqual(self.hub.get("/v1/status")["log"], before["log"])

    def test_diff_looks_at_the_flow_and_the_days_asked_for(self):
        draft = self.draft("draft2.yaml", ("vintage: vintage", 'vintage: "official"'))
        self.assertIn("0 messages", self.hub.lienthong("diff", draft, "--since", "2999-01-01").stdout)
        self.assertIn("1 message,", self.hub.lienthong("diff", draft, "--since", "2001-01-01", expect=1).stdout)
        self.assertIn("mapping.absent", self.hub.lienthong("diff", draft, "--flow", "nirgends", expect=2).stderr)
        self.hub.lienthong("diff", draft, "--since", "gestern", expect=2)
        broken = self.draft("draft3.yaml", ("value: number(value, locale:plain)", "value: value"))
        self.assertIn("draft3.yaml:13:10: value wants a number", self.hub.lienthong("diff", broken, expect=2).stderr)

    # -- explain -------------------------------------------------------------------------------------------

    def test_a_figure_leads_back_to_its_bytes_mapping_line_sender_and_seal(self):
        key = "A_V_1|VS_SAME_PERIOD|2024-01|GSO:33|_T"
        told = json.loads(self.hub.lienthong("--json", "explain", key).stdout)
        self.assertEqual((told["revision"]["value"], told["revision"]["sender"], told["revision"]["flow"]), ("9.55", "so-cong-thuong", "push"))
        self.assertTrue(told["sealed"] and told["served"])
        self.assertEqual((told["mapping"]["name"], told["mapping"]["version"], told["mapping"]["on_disk"]), ("push/records", 1, True))
        self.assertEqual(json.loads(told["record"]["excerpt"]), PUSHED[0])
        value = next(value for value in told["record"]["values"] if value["field"] == "value")
        self.assertEqual((value["place"], value["found"], value["line"]), ("/records/0/value", "9.55", 13))
        self.assertEqual(told["message"]["source_id"], "mapping-work-000001")
        for asked in (key + "|H31.03", str(told["revision"]["revision"])):
            self.assertEqual(json.loads(self.hub.lienthong("--json", "explain", asked).stdout)["revision"], told["revision"])
        said = self.hub.lienthong("explain", key).stdout
        for words in ("push/records version 1", "sealed under a checkpoint", "<- line 13", '"value": "9.55"', "served"):
            self.assertIn(words, said)

    def test_a_mapping_that_was_changed_since_is_said_to_be(self):
        folder = self.hub.folder / "changed/push"
        folder.mkdir(parents=True)
        text = (ROOT / "mappings/push/records.yaml").read_text(encoding="utf-8")
        (folder / "records.yaml").write_text(text.replace("version: 1", "version: 2"), encoding="utf-8")
        config = self.hub.folder / "changed.yaml"
        config.write_text(re.sub(r"(?m)^(\s*mappings:) .*$", rf"\1 {folder.parent}", self.hub.config.read_text(encoding="utf-8")), encoding="utf-8")
        done = subprocess.run([BUILD / "bin/lienthong", "--config", config, "explain", "A_V_1|VS_SAME_PERIOD|2024-01|GSO:33|_T"], capture_output=True,
                              text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("no mapping on disk has the digest that made this figure", done.stdout)
        self.assertNotIn("<- line", done.stdout)

    def test_a_figure_nobody_told_is_not_found(self):
        for asked in ("A_V_1|VS_SAME_PERIOD|1999-01|GSO:33|_T", "999999", "nonsense"):
            self.assertIn("resource.unknown", self.hub.lienthong("explain", asked, expect=1).stderr)

    # -- mapping new ---------------------------------------------------------------------------------------

    def test_a_draft_from_a_payload_needs_only_what_a_person_decides(self):
        folder = self.hub.folder / "drafts/lgsp"
        payload = ROOT / "mappings/lgsp/monthly-figures.sample.json"
        done = self.hub.lienthong("mapping", "new", "--from", payload, "--name", "lgsp/thang", "--out", folder)
        self.assertEqual(sorted(file.name for file in folder.iterdir()), ["thang.sample.json", "thang.yaml", "thang_codes.csv"])
        checked = self.hub.lienthong("check", "--mappings", folder.parent, expect=1).stderr
        self.assertTrue(checked.strip())
        self.assertTrue(all("[mapping.undecided]" in line for line in checked.splitlines()), checked)
        self.assertIn("nobody has decided yet", done.stderr)
        for name in ("thang.yaml", "thang_codes.csv", "thang.sample.json"):
            self.assertIn(f"  {folder / name}\n", done.stdout)
        self.assertEqual(done.stderr.splitlines()[-1], f"then: lienthong try {folder / 'thang.yaml'} {folder / 'thang.sample.json'}")
        (folder / "thang.yaml").rename(folder / "kept.yaml")
        again = self.hub.lienthong("mapping", "new", "--from", payload, "--name", "lgsp/thang", "--out", folder, expect=2)
        self.assertIn("thang_codes.csv: this file is there already, nothing was written", again.stderr)
        self.assertIn("[draft.exists]", again.stderr)
        self.assertFalse((folder / "thang.yaml").exists())
        (folder / "kept.yaml").rename(folder / "thang.yaml")
        table = folder / "thang_codes.csv"
        table.write_text(re.sub(r",\?,", ",A_II_1,", table.read_text(encoding="utf-8")), encoding="utf-8")
        self.hub.lienthong("check", "--mappings", folder.parent)

    def test_a_table_as_an_office_saves_it_becomes_a_mapping_that_reads_it(self):
        rows = ["CÔNG AN TỈNH;;;;", "Tháng 10 năm 2025;;;;", ";;;;", "STT;Mã số;Chỉ tiêu;Đơn vị tính;Tháng báo cáo", "A;B;C;D;1", "I;;Tai nạn giao thông;;",
                "1;TN01;Số vụ tai nạn giao thông;Vụ;18", "2;TN02;Số người chết;Người;9", "3;CN04;Giá trị thiệt hại tài sản;Triệu đồng;1.250,5",
                ";;;;", ";;;;NGƯỜI LẬP BIỂU"]
        payload = self.hub.folder / "bao-cao.csv"
        payload.write_bytes("\ufeff".encode() + "\r\n".join(rows).encode())
        folder = self.hub.folder / "tables/cat"
        done = self.hub.lienthong("mapping", "new", "--from", payload, "--name", "cat/trat-tu", "--out", folder)
        self.assertIn("3 records of csv, written to:\n", done.stdout)
        draft, table = folder / "trat-tu.yaml", folder / "trat-tu_codes.csv"
        text = draft.read_text(encoding="utf-8")
        self.assertIn('\nlayout:\n  separator: semicolon\n  header: ["Mã số", "Chỉ tiêu", "Đơn vị tính", "Tháng báo cáo"]\n  stub: 3\n', text)
        draft.write_text(text + '  area: area("GSO", "33")\n  agency: agency("H31.05")\n', encoding="utf-8")
        decided = {"TN01": "A_X_3,ACCIDENTS", "TN02": "A_X_3,DEATHS", "CN04": "A_X_2_4,VALUE"}
        table.write_text(re.sub(r"(?m)^(\w+),\?,", lambda row: f"{row[1]},{decided[row[1]]}", table.read_text(encoding="utf-8")), encoding="utf-8")
        tried = self.hub.lienthong("try", draft, folder / "trat-tu.sample.csv").stdout
        for figure in ("A_X_3|ACCIDENTS|2025-10|GSO:33|_T|H31.05  18 CASE", "A_X_3|DEATHS|2025-10|GSO:33|_T|H31.05  9 PERSON",
                       "A_X_2_4|VALUE|2025-10|GSO:33|_T|H31.05  1250500000.0 VND"):
            self.assertIn(figure, tried)

    def test_what_no_mapping_can_be_begun_from_is_refused_with_its_file(self):
        for name, body, told in (("empty.json", b" \n", "empty.json: the payload is empty"),
                                 ("none.json", b'{"a": 1}', "none.json: nothing in the payload looks like records; expected objects of a list"),
                                 ("cut.json", b'{"nam": 2025,', "cut.json:1:14: "), ("cut.xml", b"<a><b>", "cut.xml:1:"),
                                 ("ragged.csv", b"a;b;c\n1;2;3\n1;2\n", "ragged.csv:3:3: ")):
            payload = self.hub.folder / name
            payload.write_bytes(body)
            done = self.hub.lienthong("mapping", "new", "--from", payload, expect=2)
            self.assertIn(f"{self.hub.folder}/{told}", done.stderr)
            self.assertEqual(done.stdout, "")
        for name in ("Bad", "bcct/Số liệu", "../x", "a/b/c", "cat/-x"):
            done = self.hub.lienthong("mapping", "new", "--from", ROOT / "mappings/push/records.sample.json", "--name", name, expect=2)
            self.assertIn(f"--name: this is no name of a mapping; found '{name}'", done.stderr)

    def test_every_format_the_hub_reads_can_be_begun_from(self):
        for payload, format_name in (("push/records.sample.json", "json"), ("push/records-xml.sample.xml", "xml"),
                                     ("qlvb/report-figures.sample.xml", "edxml"), ("gso/prices.sample.xlsx", "xlsx")):
            text = self.hub.lienthong("mapping", "new", "--from", ROOT / "mappings" / payload).stdout
            self.assertIn(f"\nformat: {format_name}\n", text)
            self.assertIn("\nrecords: /", text)


class Preflight(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.running = RunningHub(flows=())
        cls.hub = cls.running.__enter__()
        cls.token = cls.hub.token("push", sender="so-cong-thuong")

    @classmethod
    def tearDownClass(cls):
        cls.running.__exit__(None, None, None)

    def same(self, name, body, kind, number):
        """What preflight says of a body is what the hub says of it."""
        flow = "push-xml" if kind == "application/xml" else "push"
        file = self.hub.folder / f"preflight-{number}"
        file.write_bytes(body)
        status, _, answer = self.hub.call("POST", f"/v1/submissions?flow={flow}", body, {
            "Authorization": f"Bearer {self.token}", "Content-Type": kind, "Idempotency-Key": f"preflight-{number:012d}"})
        hub = json.loads(answer)
        done = self.hub.lienthong("--json", "preflight", file, "--flow", flow, expect=None)
        desk = json.loads(done.stdout)
        for verdict in hub["verdicts"]:
            verdict["verdict"] = verdict["verdict"].replace("unchanged", "stored")
        with self.subTest(name):
            self.assertEqual([(one["record"], one["verdict"]) for one in desk["verdicts"]], [(one["record"], one["verdict"]) for one in hub["verdicts"]])
            self.assertEqual(desk["verdicts"], hub["verdicts"])
            self.assertEqual(desk["codes"], hub["codes"])
            self.assertEqual((desk["catalogue"], desk["mapping"]), (hub["catalogue"], hub["mapping"]))
            self.assertEqual(done.returncode, 0 if status == 200 else 1)

    def test_it_says_of_every_sample_and_hostile_body_what_the_hub_says(self):
        bodies = [(file.name, file.read_bytes(), "application/xml" if file.suffix == ".xml" else "application/json")
                  for file in sorted((ROOT / "mappings/push").glob("*.sample.*"))]
        self.assertGreaterEqual(len(bodies), 4)
        for name, entry in HOSTILE.items():
            bodies.append((name, *(entry[:2] if isinstance(entry, tuple) else (entry, "application/json"))))
        for number, (name, body, kind) in enumerate(bodies):
            self.same(name, body, kind, number)

    def test_it_needs_neither_hub_nor_configuration(self):
        file = self.hub.folder / "offline.json"
        file.write_text(json.dumps({"records": PUSHED}), encoding="utf-8")
        offline = [BUILD / "bin/lienthong", "--config", "/nowhere", "preflight", "--mapping", "push/records", "--catalogue", ROOT / "mappings/catalogue",
                   "--mappings", ROOT / "mappings", "--agency", "H31.03", file]
        done = subprocess.run(offline, capture_output=True, text=True, check=False, cwd="/")
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("4 records, 2 would be taken, 2 refused", done.stdout)
        self.assertIn("agency.not_allowed", done.stdout)
        done = subprocess.run([*offline, "--atomic"], capture_output=True, text=True, check=False, cwd="/")
        self.assertIn("0 would be taken, 2 refused, 2 wait for the rest", done.stdout)


DESK_MAPPING = """mapping: cong/figures
version: 1
format: json
records: /duLieu/*
tables:
  codes: codes.csv
observe:
  indicator: lookup(codes, ma)
  period: month(/ky, "MM/yyyy")
  area: area("GSO", /tinh)
  agency: agency(donVi)
  value: number(giaTri, locale:vi)
  unit: donViTinh
  vintage: lookup(codes.vintage, ma)
"""


class AtTheDesk(unittest.TestCase):
    """A folder with mappings/ and the catalogue in it, no configuration and no hub, as a newcomer has it."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="lienthong-desk-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.cong = self.folder / "mappings/cong"
        self.cong.mkdir(parents=True)
        (self.folder / "mappings/catalogue").symlink_to(ROOT / "mappings/catalogue")
        self.write("figures.yaml", DESK_MAPPING)
        self.write("codes.csv", "key,indicator,vintage\nCHAY,A_X_2_1,official\n")
        self.write("figures.sample.json", self.payload(self.figure()))

    def write(self, name, text):
        (self.cong / name).write_text(text, encoding="utf-8")
        return self.cong / name

    @staticmethod
    def figure(**members):
        return {"ma": "CHAY", "donVi": "H31.04", "giaTri": "3", "donViTinh": "vụ", **members}

    @staticmethod
    def payload(*figures):
        return json.dumps({"ky": "03/2026", "tinh": "14", "duLieu": figures}, ensure_ascii=False)

    def run_in(self, folder, *words, expect=0):
        done = subprocess.run([BUILD / "bin/lienthong", *words], capture_output=True, text=True, check=False, cwd=folder)
        self.assertEqual(done.returncode, expect, done.stdout + done.stderr)
        return done

    def desk(self, *words, expect=0):
        return self.run_in(self.folder, *words, expect=expect)

    def tried(self, *figures, expect=0):
        self.write("payload.json", self.payload(*figures))
        return self.desk("try", "mappings/cong/figures.yaml", "mappings/cong/payload.json", expect=expect).stdout

    # -- where the catalogue is ------------------------------------------------------------------------------

    def test_no_configuration_is_needed_where_the_mappings_stand_in_the_folder_one_works_in(self):
        sample = "mappings/cong/figures.sample.json"
        self.desk("try", "mappings/cong/figures.yaml", sample)
        self.desk("check")
        self.desk("test", expect=1)
        self.assertIn(": 1 record, 1 would be taken", self.desk("preflight", "--mapping", "cong/figures", sample).stdout)
        self.desk("mapping", "new", "--from", sample)
        self.desk("catalogue", "show", "H31.04")

    def test_where_there_is_nothing_the_options_are_named(self):
        nowhere = self.folder / "nowhere"
        nowhere.mkdir()
        both = "expected --catalogue FOLDER --mappings FOLDER, or --config FILE [settings.unreadable]"
        self.assertIn(both, self.run_in(nowhere, "check", expect=2).stderr)
        self.assertIn(both, self.run_in(nowhere, "preflight", "--mapping", "a/b", "x.json", expect=2).stderr)
        one = "expected --catalogue FOLDER, or --config FILE [settings.unreadable]"
        for words in (("try", "a.yaml", "b.json"), ("mapping", "new", "--from", "b.json"), ("catalogue", "lint")):
            self.assertIn(one, self.run_in(nowhere, *words, expect=2).stderr)

    def test_a_configuration_that_was_named_is_not_done_without(self):
        said = self.desk("--config", "gone.yaml", "check", expect=2).stderr
        self.assertIn("gone.yaml: the configuration file cannot be read; expected a readable file, or --catalogue FOLDER --mappings FOLDER", said)

    # -- words behind the subcommand -------------------------------------------------------------------------

    def test_json_and_config_may_stand_behind_every_subcommand(self):
        self.assertEqual(json.loads(self.desk("check", "--json").stdout)["good"], 1)
        self.assertEqual(json.loads(self.desk("catalogue", "show", "H31.04", "--json").stdout), json.loads(self.desk("--json", "catalogue", "show", "H31.04").stdout))
        self.assertEqual(json.loads(self.desk("preflight", "--mapping", "cong/figures", "mappings/cong/figures.sample.json", "--json").stdout)["counts"]["received"], 1)
        self.assertIn("--json", self.desk("try", "--help").stdout)
        self.assertIn("gone.yaml", self.desk("status", "--config", "gone.yaml", expect=2).stderr)

    # -- check -----------------------------------------------------------------------------------------------

    def test_check_looks_at_one_file_alone(self):
        self.write("broken.yaml", DESK_MAPPING.replace("cong/figures", "cong/broken").replace("number(giaTri, locale:vi)", "giaTri"))
        self.assertIn("broken.yaml:12:10", self.desk("check", expect=1).stderr)
        self.assertIn("1 mapping file, 1 good, 0 computations, 0 good, 0 errors, 0 findings", self.desk("check", "mappings/cong/figures.yaml").stdout)
        self.assertIn("1 error,", self.desk("check", "mappings/cong/broken.yaml", expect=1).stdout)
        self.assertIn("[mapping.absent]", self.desk("check", "mappings/cong/gone.yaml", expect=2).stderr)
        shipped = ROOT / "mappings/computed/settled.yaml"
        said = self.desk("check", shipped, "--mappings", ROOT / "mappings", "--catalogue", ROOT / "mappings/catalogue").stdout
        self.assertIn("0 mapping files, 0 good, 1 computation, 1 good, 0 errors", said)

    # -- try -------------------------------------------------------------------------------------------------

    def test_try_says_what_codes_mean(self):
        said = self.tried(self.figure())
        for words in ("A_X_2_1 (Số vụ cháy, nổ", "H31.04 (Sở Xây dựng", "GSO:14 (Tỉnh Sơn La)"):
            self.assertIn(words, said)
        whole = json.loads(self.desk("try", "--json", "mappings/cong/figures.yaml", "mappings/cong/payload.json").stdout)
        names = {value["field"]: value.get("name") for value in whole["records"][0]["values"]}
        self.assertEqual((names["area"], names["value"]), ("Tỉnh Sơn La", None))
        self.assertTrue(names["agency"].startswith("Sở Xây dựng"))

    def test_codes_that_are_near_are_named_too(self):
        self.assertRegex(self.tried(self.figure(donVi="H31.9"), expect=1), r"expected  .*H31\.[0-9]+ \([^)]+\)")
        self.write("figures.yaml", DESK_MAPPING.replace("agency(donVi)", 'agency("H31.99")'))
        self.assertRegex(self.desk("check", expect=1).stderr, r"expected H31\.09 \([^)]+\), H31")

    def test_try_ends_with_what_was_not_read(self):
        figures = [self.figure(tenChiTieu=f"Chỉ tiêu {i}", maPhanTo="TONG" if i else "DOTHI", ghiChu="") for i in range(6)]
        self.assertTrue(self.tried(*figures[:1]).endswith("in the records, not read: tenChiTieu, maPhanTo, ghiChu\n"))
        said = self.tried(*figures, expect=1)
        self.assertTrue(said.endswith("in the records, not read: maPhanTo (DOTHI, TONG), tenChiTieu (6 values), ghiChu\n"), said[-300:])
        unread = json.loads(self.desk("try", "--json", "mappings/cong/figures.yaml", "mappings/cong/payload.json", expect=1).stdout)["unread"]
        self.assertEqual(unread, [{"path": "maPhanTo", "different": 2, "values": ["DOTHI", "TONG"]}, {"path": "tenChiTieu", "different": 6},
                                  {"path": "ghiChu", "different": 0}])
        self.assertNotIn("not read", self.tried(self.figure()))

    def test_a_document_that_cannot_be_read_is_no_record(self):
        payload = self.write("payload.xml", "<duLieu/>")
        said = self.desk("try", "mappings/cong/figures.yaml", payload, expect=1).stdout
        self.assertIn("the document cannot be read", said)
        self.assertIn("this looks like XML; the mapping's format is json", said)
        self.assertNotIn("record 0", said)
        whole = json.loads(self.desk("try", "--json", "mappings/cong/figures.yaml", payload, expect=1).stdout)
        self.assertEqual((whole["records"], whole["problems"][0]["code"]), ([], "format.json.syntax"))
        self.assertIn(whole["problems"][0]["code"], whole["codes"])
        self.write("figures.yaml", DESK_MAPPING.replace("format: json", "format: xml"))
        self.assertIn("this looks like JSON; the mapping's format is xml",
                      self.desk("try", "mappings/cong/figures.yaml", "mappings/cong/figures.sample.json", expect=1).stdout)
        empty = self.write("payload.json", '{"duLieu": []}')
        self.write("figures.yaml", DESK_MAPPING)
        said = self.desk("try", "mappings/cong/figures.yaml", empty, expect=1).stdout
        self.assertIn("message.no_records", said)
        self.assertNotIn("looks like", said)

    def test_no_record_has_a_negative_number_and_no_mapping_is_a_file_that_is_not_there(self):
        sample = "mappings/cong/figures.sample.json"
        self.assertIn("records are counted from 0", self.desk("try", "mappings/cong/figures.yaml", sample, "--record=-1", expect=2).stderr)
        self.assertIn("[mapping.absent]", self.desk("try", "mappings/cong/gone.yaml", sample, expect=2).stderr)

    def test_what_is_empty_and_what_came_to_nothing_are_told_apart(self):
        said = self.tried(self.figure(giaTri="nhiều", donViTinh=""), expect=1)
        self.assertRegex(said, r"value +\(came to nothing\)")
        self.assertRegex(said, r"unit +\(nothing there\)")

    def test_one_problem_of_two_fields_is_told_once(self):
        said = self.tried(self.figure(ma="NUOC"), expect=1)
        self.assertEqual(said.count("problem lookup.missing"), 1)
        self.assertIn("problem lookup.missing at /duLieu/0/ma, for indicator, vintage: codes.csv has no row for this", said)
        self.assertIn("mapping cong/figures line 8; mapping cong/figures line 14", said)

    def test_a_cell_is_shown_with_the_name_of_its_column(self):
        self.write("figures.yaml", DESK_MAPPING.replace("format: json", "format: csv").replace("records: /duLieu/*", "records: /tables/*/records/*")
                   .replace("/ky", "`Tháng báo cáo`").replace("/tinh", "tinh"))
        self.write("payload.csv", "ma,Tháng báo cáo,tinh,donVi,giaTri,donViTinh\nCHAY,03/2026,14,H31.04,3,vụ\nCHAY,13/2026,14,H31.04,3,vụ\n")
        said = self.desk("try", "mappings/cong/figures.yaml", "mappings/cong/payload.csv", expect=1).stdout
        self.assertIn("2:6 (Tháng báo cáo)  '03/2026'", said)
        self.assertRegex(said, r"problem period\.[a-z]+ at 3:6 \(Tháng báo cáo\)")

    # -- test ------------------------------------------------------------------------------------------------

    def test_a_sample_without_its_expected_file_is_told_what_writes_it(self):
        said = self.desk("test", "mappings/cong/figures.yaml", expect=1)
        command = "lienthong try mappings/cong/figures.yaml mappings/cong/figures.sample.json --expected >mappings/cong/figures.expected.json"
        self.assertEqual((said.stdout + said.stderr).count("no expected file: " + command), 1)
        self.assertIn("1 mapping, 1 sample, 1 difference\n", said.stdout)
        self.assertNotIn("sample.unreached", said.stdout)
        written = self.desk(*command.split(" >")[0].split()[1:]).stdout
        self.write("figures.expected.json", written)
        self.assertIn("1 mapping, 1 sample, 0 differences\n", self.desk("test", "mappings/cong/figures.yaml", "--cover", "100").stdout)

    def test_samples_that_cannot_be_run_leave_no_list_of_what_they_miss(self):
        self.write("figures.sample.json", "{")
        said = self.desk("test", "mappings/cong/figures.yaml", expect=1).stdout
        self.assertNotIn("sample.unreached", said)
        self.assertIn("  0 %", said)
        self.assertNotIn("path_unmatched", self.desk("check").stdout)

    def test_a_kept_sample_stands_when_a_table_gets_a_row(self):
        self.write("figures.sample.json", self.payload(self.figure(), self.figure(ma="NUOC")))
        written = self.desk("try", "mappings/cong/figures.yaml", "mappings/cong/figures.sample.json", "--expected").stdout
        self.assertIn("one of the 1 keys of codes.csv", written)
        self.write("figures.expected.json", written)
        self.write("codes.csv", "key,indicator,vintage\nCHAY,A_X_2_1,official\nNO,A_X_2_1,official\n")
        self.assertIn("0 differences", self.desk("test", "mappings/cong/figures.yaml").stdout)


if __name__ == "__main__":
    unittest.main()

"""What a reporting system told of its catalogues becomes a draft of ours: shown, written into a new folder, never over what is in use."""
import csv
import hashlib
import json
import pathlib
import shutil
import tempfile
import unittest

from running_hub import ROOT, RunningHub, wait_for

TOLD = ROOT / "tests/golden/nrs/catalogue"
FLOW = """
  - name: nrs-catalogue
    connector: push
    mapping: nrs/catalogue
    agencies: ["*"]
"""
BAD = {"kind": "indicators", "items": [
    {"code": "CT.001", "name": "Trùng mã", "valid_from": "2024-01-01"},
    {"code": "CT-009", "name": "Nhóm lạ", "group": "NH-9", "valid_from": "2024-01-01"},
    {"code": "chỉ-tiêu", "name": "Mã có dấu", "valid_from": "2024-01-01"},
    {"code": "CT-010", "name": "Không ngày"}]}


def small_catalogue(folder):
    """The one that ships, without the communes: a draft loads it many times over."""
    shutil.copytree(ROOT / "mappings/catalogue", folder)
    (folder / "area_lineage.csv").unlink()
    areas = (folder / "areas.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "areas.csv").write_text("".join(line for line in areas if line.startswith("code,") or ",province," in line or ",country," in line),
                                      encoding="utf-8")
    return folder


def digest_of(folder):
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in pathlib.Path(folder).iterdir() if file.is_file()}


class Draft(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory(prefix="lienthong-draft-")))
        cls.catalogue = small_catalogue(cls.folder / "catalogue")
        shipped = f"catalogue: {ROOT / 'mappings/catalogue'}\n"
        cls.running = RunningHub(flows=(), edit_config=lambda text: text.replace(shipped, f"catalogue: {cls.catalogue}\n") + "\n" + FLOW)
        cls.hub = cls.running.__enter__()
        cls.token = cls.hub.token("push", sender="he-thong-bao-cao")
        for number in range(1, 10):
            cls.tell(f"catalogue-{number}", (TOLD / f"{number}.payload.json").read_bytes())
        wait_for("the seal", cls.hub.sealed)

    @classmethod
    def tearDownClass(cls):
        cls.running.__exit__(None, None, None)

    @classmethod
    def tell(cls, key, payload):
        status, _, answer = cls.hub.push(cls.token, f"draft-test-key-{key}", payload, "?flow=nrs-catalogue")
        assert status in (200, 201), (status, answer)

    def draft(self, *options, expect):
        return json.loads(self.hub.lienthong("--json", "catalogue", "draft", "--from-flow", "nrs-catalogue", *options, expect=expect).stdout)

    def rows(self, folder, name):
        with open(folder / name, encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def test_1_rows_are_shown_against_the_catalogue_in_use_and_nothing_is_written(self):
        before = digest_of(self.catalogue)
        told = self.draft("--set", "valid_from=2024-01-01", "--set", "regime=LC17_SE", expect=0)
        self.assertNotIn("problems", told)
        added = {file["file"]: file["added"] for file in told["files"]}
        self.assertEqual(added["indicators.csv"], ["NRS_CT_001 from 2024-01-01", "NRS_CT_002 from 2024-01-01", "NRS_NH_1 from 2024-01-01"])
        self.assertEqual(len(added["breakdowns.csv"]), 2)
        self.assertEqual(len(added["forms.csv"]), 2)
        self.assertEqual([len(file["removed"]) for file in told["files"]], [0] * len(told["files"]))
        self.assertEqual({note["detail"].split(":")[0] for note in told["notes"]}, {"regime/CD-KTXH", "period/202503"})
        self.assertEqual((told["written"], digest_of(self.catalogue)), ("", before))

    def test_2_what_a_form_needs_and_no_packet_says_is_refused_with_its_place(self):
        told = self.draft("--set", "valid_from=2024-01-01", expect=1)
        forms = [problem for problem in told["problems"] if problem["code"] == "draft.unknown"]
        self.assertEqual([problem["found"] for problem in forms], ["CD-KTXH", "CD-KTXH"])
        self.assertRegex(forms[0]["place"], r"^message \d+ /items/0$")

    def test_3_a_draft_is_a_catalogue_that_loads_and_is_written_beside_the_one_in_use(self):
        folder = self.hub.folder / "ban-nhap"
        options = ("--set", "valid_from=2024-01-01", "--set", "regime=LC17_SE", "--write", folder)
        told = self.draft(*options, expect=0)
        self.assertEqual(told["written"], str(folder))
        rows = {row["code"]: row for row in self.rows(folder, "indicators.csv")}
        self.assertEqual((rows["NRS_CT_001"]["unit"], rows["NRS_CT_001"]["note"], rows["NRS_CT_001"]["breakdown_dimensions"]),
                         ("BILLION_VND", "below NRS_NH_1", "NRS_KHOI"))
        self.assertEqual(rows["NRS_NH_1"]["heading"], "yes")
        self.assertIn("NRS_BCS_1", {row["code"] for row in self.rows(folder, "indicator_sets.csv")})
        self.assertIn(("NRS_BCS_1", "NRS_CT_001"), {(row["set"], row["indicator"]) for row in self.rows(folder, "set_members.csv")})
        compared = self.hub.lienthong("catalogue", "diff", self.catalogue, folder).stdout
        self.assertIn("NRS_CT_002 from 2024-01-01", compared)
        written = digest_of(folder)
        refused = self.hub.lienthong("catalogue", "draft", "--from-flow", "nrs-catalogue", *options, expect=2)
        self.assertIn("catalogue.not_written", refused.stdout + refused.stderr)
        self.assertEqual(digest_of(folder), written)

    def test_4_clashing_and_unknown_codes_are_told_with_the_message_and_place_they_came_from(self):
        self.tell("bad", json.dumps(BAD).encode())
        wait_for("the seal", self.hub.sealed)
        told = self.draft("--set", "regime=LC17_SE", expect=1)
        found = {(problem["code"], problem["detail"].split(":")[0]) for problem in told["problems"]}
        self.assertTrue({("draft.clash", "indicator/CT.001"), ("draft.unknown", "indicator/CT-009"), ("draft.code", "indicator/chỉ-tiêu"),
                         ("draft.day", "indicator/CT-010")} <= found, found)
        places = {problem["detail"].split(":")[0]: problem["place"] for problem in told["problems"]}
        self.assertRegex(places["indicator/CT-009"], r"^message \d+ /items/1$")

    def test_5_a_flow_that_tells_no_catalogue_is_refused(self):
        refused = self.hub.lienthong("catalogue", "draft", "--from-flow", "push", expect=2)
        self.assertIn("catalogue_entry", refused.stdout + refused.stderr)


if __name__ == "__main__":
    unittest.main()

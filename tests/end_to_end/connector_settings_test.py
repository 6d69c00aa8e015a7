"""What a connector is told is checked at load against what it declares, with the place of every key and value; and plugins are listed."""
import json
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from running_hub import BUILD, CONNECTORS, ROOT

HEAD = f"""province: {{name: Tỉnh thử, area: "GSO:33"}}
data_directory: data
mappings: {ROOT}/mappings
signer: {{socket: s, chain: c, note_verifier: v}}
plugins: {{directory: {BUILD}/lib/plugins}}
flows:
"""
GOOD = """  - name: prices
    connector: market_price
    mapping: market_price/prices
    settings:
      base_url: https://gia.example
      api_key: file:key
      first_period: 2024-12
"""
BAD = """  - name: prices
    connector: market_price
    mapping: market_price/prices
    settings:
      base_url: gia.example/?x=1
      api_key: bi-mat-that-su-khong-duoc-in
      page_sise: 20
      page_size: 5000
      lookback_periods: [1, 2]
      first_period:
  - name: dossiers
    connector: dvc
    mapping: dvc/dosiers
    settings:
      base_url: http://user:mat-khau@cong.example
      ask_for: dossier
      madonvi: H31
      password: file:nothing-here
  - name: out
    connector: lgspp
    deliver: nrs/push
"""


class ConnectorSettings(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="lienthong-settings-"))
        (cls.folder / "key").touch(mode=0o600)
        (cls.folder / "key").write_text("khoa")
        cls.config = cls.folder / "hub.yaml"
        cls.config.write_text(HEAD + GOOD)
        for connector in (*CONNECTORS, "market_price"):
            cls.lienthong("plugins", "trust", BUILD / f"lib/plugins/{connector}.so")

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder, ignore_errors=True)

    @classmethod
    def lienthong(cls, *arguments, expect=0):
        done = subprocess.run([BUILD / "bin/lienthong", "--config", "hub.yaml", *map(str, arguments)], cwd=cls.folder,
                              capture_output=True, text=True, check=False)
        if done.returncode != expect:
            raise AssertionError(f"{arguments} ended with {done.returncode}, not {expect}:\n{done.stdout}\n{done.stderr}")
        return done

    def checked(self, flows):
        self.config.write_text(HEAD + flows)
        try:
            problems = json.loads(self.lienthong("--json", "config", "check", expect=1).stdout)["problems"]
            self.words = self.lienthong("config", "check", expect=1).stderr
        finally:
            self.config.write_text(HEAD + GOOD)
        return {problem["place"]: problem for problem in problems}

    def place(self, flows, text):
        """file:line:column of a text of the configuration, which occurs once."""
        before, found, _ = (HEAD + flows).partition(text)
        self.assertTrue(found, text)
        return f"hub.yaml:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"

    def test_good_settings_pass_and_nothing_is_started(self):
        self.assertIn("1 flow, ", self.lienthong("config", "check").stdout)
        self.assertFalse((self.folder / "data").exists())

    def test_every_problem_is_told_at_once_with_the_place_of_its_key_or_value(self):
        found = self.checked(BAD)
        wanted = {
            "gia.example/?x=1": ("process.setting_invalid", "gia.example/?x=1", "an absolute http or https address"),
            "bi-mat-that-su": ("process.setting_invalid", "28 bytes that are no reference", "file:PATH or env:NAME"),
            "page_sise": ("process.setting_unknown", "page_sise", "page_size"),
            "5000": ("process.setting_invalid", "5000", "a whole number from 1 to 1000"),
            "[1, 2]": ("process.setting_invalid", "a list", "a whole number from 1 to 240"),
            "first_period:": ("process.setting_invalid", "nothing", "a text"),
            "http://user": ("process.setting_invalid", "an address with a name or password in it", "without query, name or password"),
            "dossier\n": ("process.setting_invalid", "dossier", "one of: both, dossiers, statistics, procedures, catalogues, questions; nearest: dossiers"),
            "file:nothing-here": ("settings.secret", "file:nothing-here", "nothing-here"),
            "settings:\n      base_url: http://": ("process.setting_missing", "nothing", "a text that is not empty"),
            "lgspp": ("process.plugin_unlisted", "lgspp", "lgsp"),
        }
        for text, (code, has, expected) in wanted.items():
            problem = found.pop(self.place(BAD, text))
            self.assertEqual((problem["code"], problem["found"]), (code, has), problem)
            self.assertIn(expected, problem["expected"])
        mapping = found.pop(self.place(BAD, "name: dossiers") + " dossiers")
        self.assertEqual((mapping["found"], mapping["expected"]), ("dvc/dosiers", "dvc/dossiers"))
        self.assertEqual(found, {})
        for secret in ("bi-mat-that", "mat-khau@"):
            self.assertNotIn(secret, self.words)

    def test_a_flow_that_goes_where_its_connector_does_not_is_told(self):
        out = GOOD.replace("mapping: market_price/prices", "deliver: nrs/push")
        problem = self.checked(out)[self.place(out, "market_price")]
        self.assertEqual((problem["code"], problem["found"]), ("settings.connector", "deliver: nrs/push"))

    def test_a_way_out_goes_behind_one_that_stands_above_it_and_no_other(self):
        def flow(name, more):
            return (f"  - name: {name}\n    connector: lgsp\n    deliver: lgsp/trace\n{more}"
                    "    settings: {base_url: 'https://lgsp.example', sign_in: none}\n")
        facts = "    facts: one_window_trace\n"
        for text, found in ((flow("first", facts + "    behind: second\n") + flow("second", facts), "second"),
                            (flow("first", facts + "    behind: first\n"), "first"), (flow("first", "    facts_per_parcel: 1\n"), "first")):
            self.assertEqual([(problem["code"], problem["found"]) for problem in self.checked(text).values()], [("settings.flow", found)], text)

    def test_an_address_in_the_clear_needs_the_flow_s_word(self):
        plain = GOOD.replace("https://", "http://")
        self.assertEqual(self.checked(plain)[self.place(plain, "http://")]["code"], "settings.plain_http")

    def test_what_only_the_connector_can_judge_is_told_where_its_settings_stand(self):
        odd = GOOD.replace("2024-12", "12/2024")
        problem = self.checked(odd)[self.place(odd, "settings:")]
        self.assertEqual(problem["code"], "process.connector_refused")
        self.assertIn("expected a month such as 2024-12", problem["detail"])

    def test_a_service_that_lists_persons_is_no_catalogue(self):
        instead = {"LayDanhSachHoiDapBoCoQuan": "use ask_for: questions", "LayNoiDungTraLoiTheoCauHoi": "use ask_for: questions",
                   "danhsachhoso": "use ask_for: dossiers", "DongBoDanhGia": "no ask_for takes it", "TraCuuTechID": "no ask_for takes it"}
        flow = ("  - name: {0}\n    connector: dvc\n    mapping: dvc/catalogues\n    settings: {{base_url: 'https://cong.example', madonvi: H31, "
                "call_form: query, ask_for: catalogues, catalogue_services: 'LayDanhMucCoQuan, {0} LayDanhMucLinhVuc'}}\n")
        text = "".join(flow.format(name) for name in instead)
        found = self.checked(text)
        self.assertEqual([problem["code"] for problem in found.values()], ["process.connector_refused"] * len(instead))
        told = " ".join(problem["detail"] for problem in found.values())
        for name, words in instead.items():
            self.assertRegex(told, f"catalogue_services: '{name}' lists [a-z]+ of persons, and [^;]+; [^;]*{words}")

    def test_problems_of_the_file_do_not_hide_those_of_a_connector(self):
        both = GOOD.replace("    settings:", "    moode: atomic\n    settings:").replace("page_size", "").replace("2024-12", "2024-12\n      page_size: no")
        found = self.checked(both)
        self.assertEqual(found[self.place(both, "moode")]["expected"], "mode")
        self.assertEqual(found[self.place(both, "no\n")]["code"], "process.setting_invalid")

    def test_plugins_are_listed_with_what_they_do_trusted_or_not(self):
        own = self.folder / "plugins"
        own.mkdir()
        shutil.copy(BUILD / "lib/plugins/market_price.so", own)
        (own / "no_plugin.so").write_text("no ELF")
        self.config.write_text((HEAD + GOOD).replace(f"{BUILD}/lib/plugins", f"{own}, lock: own.lock"))
        try:
            listed = {one["name"]: one for one in json.loads(self.lienthong("--json", "plugins").stdout)["plugins"]}
            self.assertEqual((listed["market_price"]["trusted"], "version" in listed["market_price"]), (False, False))
            self.assertEqual(listed["no_plugin"]["problems"][0]["code"], "process.plugin_not_elf")
            self.lienthong("plugins", "trust", own / "market_price.so")
            self.lienthong("plugins", "trust", BUILD / "lib/plugins/nrs.so")
            self.assertIn(f"{BUILD}/lib/plugins/nrs.so", (self.folder / "own.lock").read_text())
            listed = {one["name"]: one for one in json.loads(self.lienthong("--json", "plugins", "list").stdout)["plugins"]}
            price = listed["market_price"]
            self.assertEqual((price["trusted"], price["version"], price["polls"], price["delivers"]), (True, "1", True, False))
            self.assertTrue(listed["nrs"]["delivers"])
            said = self.lienthong("plugins").stdout
            self.assertIn(f"market_price 1  trusted  polls, lists what its source holds  sha256 {price['sha256']}", said)
            self.assertIn("no_plugin  not trusted", said)
            (own / "market_price.so").write_bytes((own / "market_price.so").read_bytes() + b"x")
            self.assertIn("[process.plugin_digest]", self.lienthong("plugins", expect=1).stdout)
        finally:
            self.config.write_text(HEAD + GOOD)

    def test_a_connector_is_described_with_every_setting(self):
        about = json.loads(self.lienthong("--json", "plugins", "describe", "market_price").stdout)
        settings = {setting["name"]: setting for setting in about["settings"]}
        self.assertEqual((settings["api_key"]["type"], settings["api_key"]["needed"]), ("secret", True))
        self.assertEqual((settings["page_size"]["least"], settings["page_size"]["most"], settings["page_size"]["default"]), (1, 1000, "100"))
        said = self.lienthong("plugins", "describe", "dvc").stdout
        self.assertIn("  ask_for  both, dossiers, statistics, procedures, catalogues, questions  default both\n", said)
        self.assertIn("credentials, which the hub acquires and keeps\n  session\n", said)
        self.assertEqual(said, self.lienthong("plugins", "describe", "--file", BUILD / "lib/plugins/dvc.so").stdout)

    def test_a_readme_that_tells_other_settings_is_found_and_mended(self):
        readme = self.folder / "README.md"
        whole = (ROOT / "plugins/market_price/README.md").read_text()
        readme.write_text(whole.replace("from 1 to 1000", "from 1 to 100"))
        said = self.lienthong("plugins", "reference", "market_price", "--check", readme, expect=1).stderr
        self.assertIn("[connector.reference]", said)
        self.lienthong("plugins", "reference", "market_price", "--write", readme)
        self.assertEqual(readme.read_text(), whole)


if __name__ == "__main__":
    unittest.main()

"""The scenario file: what it may say, and that everything wrong with it is told with its place."""

import argparse
import json
import os
import unittest
from unittest import mock

import faults
import nrs
import scenario
import settings
import simulator
from simulator_case import FOLDER, HERE, Case


class Told(unittest.TestCase):
    def wrong(self, text):
        file = FOLDER / "wrong.json"
        file.write_text(text if isinstance(text, str) else json.dumps(text), encoding="utf-8")
        with self.assertRaises(scenario.Wrong) as told:
            scenario.read(file)
        return str(told.exception).replace(f"{file}", "FILE")

    def test_a_text_that_is_not_json_is_told_with_line_and_column(self):
        self.assertEqual(self.wrong('{"nrs":\n  {"token" "x"}}'), "FILE:2:12: not JSON: Expecting ':' delimiter")

    def test_a_file_that_is_not_there_is_told(self):
        with self.assertRaises(scenario.Wrong):
            scenario.read(FOLDER / "nowhere.json")

    def test_a_member_written_twice_is_told(self):
        self.assertIn("member nrs stands twice", self.wrong('{"nrs": {}, "nrs": {}}'))

    def test_every_error_is_told_with_its_place_and_what_was_expected(self):
        lines = self.wrong({"nsr": {}, "nrs": {"published_to": "2025"}, "lgsp": {"page_size": 0, "faults": [
            {"fault": "reset"}, {"fault": "rest"}, {"path": "/token"}, {"fault": "stall", "second": 3},
            {"fault": "expire", "nth": "2"}]}})
        for line in ("FILE: nsr: not known here, expected one of dvc, lgsp, nrs, qlvb, title",
                     'FILE: nrs.published_to: found "2025", expected a month as yyyy-MM',
                     "FILE: lgsp.page_size: found 0, expected a whole number from 1",
                     'FILE: lgsp.faults[1].fault: found "rest", expected one of "none", "refuse"',
                     "FILE: lgsp.faults[2].fault: missing",
                     "FILE: lgsp.faults[3].second: not known here, expected one of applied, contains",
                     'FILE: lgsp.faults[4].nth: found "2", expected a whole number from 1'):
            self.assertIn(line, lines)
        self.assertEqual(len(lines.splitlines()), 7)

    def test_a_fault_of_one_system_is_not_one_of_another(self):
        self.assertIn("dvc.faults[0].fault", self.wrong({"dvc": {"faults": [{"fault": "damage_inside"}]}}))


class Obeyed(Case):
    dialect_class, system = nrs.Nrs, "nrs"
    scenario = {"token": "t9", "published_to": "2025-08", "faults": [{"fault": "html502", "path": "/bc/offices", "nth": 2}]}

    def setUp(self):
        """Nothing is ordered: what happens is the scenario's."""

    def test_settings_and_faults_of_the_file_hold(self):
        bearer = {"Authorization": "Bearer t9"}
        self.assertEqual([self.call("GET", "/bc/offices", headers=bearer)[0].status for _ in range(3)], [200, 502, 200])


class Order(unittest.TestCase):
    def options(self, *more):
        words = ["--port", "0", "--certificate", "c", "--key", "k", *more]
        return simulator.read_options(argparse.ArgumentParser(), "lgsp", words)

    def test_an_option_goes_before_the_scenario_and_the_scenario_before_the_variable(self):
        file = FOLDER / "order.json"
        file.write_text('{"lgsp": {"page_size": 7, "consumer_key": "of the file"}}', encoding="utf-8")
        with mock.patch.dict(os.environ, {"SIM_LGSP_PAGE_SIZE": "8", "SIM_LGSP_CONSUMER_SECRET": "of the variable"}):
            found = self.options("--scenario", str(file), "--consumer-key", "of the option")
            self.assertEqual((found.page_size, found.consumer_key, found.consumer_secret, found.token_seconds),
                             (7, "of the option", "of the variable", 3600.0))
            self.assertEqual(self.options().page_size, 8)
        self.assertEqual((self.options().page_size, self.options().faults), (20, []))


class Documented(unittest.TestCase):
    def test_the_readme_has_every_key_and_the_examples_are_sound(self):
        readme = (HERE / "README.md").read_text(encoding="utf-8")
        for system, members in settings.SETTINGS.items():
            for name in [*members, *settings.OWN_FAULTS[system], *faults.COMMON, *faults.MATCHING]:
                self.assertIn(f"`{name}`", readme, system)
        for name in ("every-fault.json", "other-vendors.json"):
            self.assertEqual(set(scenario.read(HERE / "data" / name)) - {"title"}, set(settings.SETTINGS))


if __name__ == "__main__":
    unittest.main()

"""The schema for editors, judged by a validator that is not ours (python3-jsonschema): shipped mappings fit, broken ones do not.

Run by Debian's own python3, for which python3-jsonschema and python3-yaml are installed.
"""
import copy
import json
import os
import pathlib
import subprocess
import unittest

import jsonschema
import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
LIENTHONG = pathlib.Path(os.environ["LIENTHONG_BUILD"]).resolve() / "bin/lienthong"

GOOD = {"mapping": "demo/base", "version": 1, "format": "json", "records": "/data/*", "tables": {"codes": None}, "let": {"ky": 'month(/ky, "MM/yyyy")'},
        "observe": {"indicator": "lookup(codes, ma)", "period": "$ky", "area": 'area("GSO", tinh)', "agency": "agency(dv)",
                    "value": "number(gia, locale:vi)", "unit": "dv"}}


def without(key):
    broken = copy.deepcopy(GOOD)
    del broken[key]
    return broken


def with_(**changes):
    return {**copy.deepcopy(GOOD), **changes}


def observing(**changes):
    fields = {**GOOD["observe"], **changes}
    return with_(observe={name: value for name, value in fields.items() if value is not None})


EXTENDING = {"mapping": "demo/second", "version": 1, "extends": "base.yaml", "observe": {"unit": '"%"', "source": None}}

BROKEN = {
    "an extension of a file elsewhere": {**EXTENDING, "extends": "../base.yaml"}, "an extension of a table": {**EXTENDING, "extends": "base.csv"},
    "an extension with an unknown key": {**EXTENDING, "record": "/data/*"},
    "no name": without("mapping"), "no version": without("version"), "no records": without("records"), "neither observe nor fact": without("observe"),
    "a name without a connector": with_(mapping="base"), "a name in capitals": with_(mapping="Demo/base"), "version 0": with_(version=0),
    "a version that is a text": with_(version="one"), "records not from the root": with_(records="data/*"), "an unknown key": with_(record="/data/*"),
    "an unknown word for empty": with_(empty="maybe"), "a table in another folder": with_(tables={"codes": "../codes.csv"}),
    "a let with a blank in its name": with_(let={"a b": "x"}), "a misspelt field": observing(valu="x"), "no agency": observing(agency=None),
    "a list where one value stands": observing(unit=["a"]), "common without a list": with_(common={"unit": "dv"}),
    "an entry of a list that is not whole": with_(observe=[{"indicator": "ma"}]), "a key without a fact": with_(key="ma"),
    "a fact without a key": {**without("observe"), "fact": "dossier"}, "a kind with a capital": {**without("observe"), "fact": "Dossier", "key": "ma"},
    "render beside records": {**without("observe"), "render": {"a": "/id"}},
    "an each without an item": {"mapping": "a/b", "version": 1, "format": "json", "render": {"a": {"each": "/x/*"}}},
}


class Schema(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        printed = subprocess.run([LIENTHONG, "mapping", "schema"], capture_output=True, text=True, check=True).stdout
        cls.schema = json.loads(printed)
        jsonschema.Draft202012Validator.check_schema(cls.schema)
        cls.validator = jsonschema.Draft202012Validator(cls.schema)

    def errors(self, document):
        return [f"{list(error.path)}: {error.message[:200]}" for error in self.validator.iter_errors(document)]

    def test_every_shipped_mapping_fits(self):
        files = sorted((ROOT / "mappings").glob("*/*.yaml"))
        files = [file for file in files if file.parent.name != "computed"]  # computations are files of their own kind
        self.assertGreater(len(files), 5)
        for file in files:
            with self.subTest(file.name):
                self.assertEqual(self.errors(yaml.safe_load(file.read_text(encoding="utf-8"))), [])

    def test_a_good_one_fits_and_each_broken_one_does_not(self):
        self.assertEqual(self.errors(GOOD), [])
        self.assertEqual(self.errors(EXTENDING), [])
        for name, document in BROKEN.items():
            with self.subTest(name):
                self.assertNotEqual(self.errors(document), [])

    def test_the_functions_stand_in_what_an_editor_shows(self):
        self.assertIn("number(text, locale:vi)", self.schema["$defs"]["expression"]["description"])


if __name__ == "__main__":
    unittest.main()

"""What the documents say exists, exists; and every folder says why it is there."""
import re
import unittest

import tree

LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")
PATH = re.compile(r"`((?:hub|adapters|plugins|mappings|certs|deploy|tests)/[A-Za-z0-9_./-]+)`")


class Docs(unittest.TestCase):
    def test_links_and_paths_in_documents_lead_somewhere(self):
        wrong = []
        for name in tree.files(".md"):
            folder = (tree.ROOT / name).parent
            for number, line in enumerate(tree.text(name).splitlines(), 1):
                for target in LINK.findall(line):
                    if not (folder / target).exists():
                        wrong.append(f"{name}:{number}: nothing at {target}")
                for target in PATH.findall(line):
                    if not (tree.ROOT / target.rstrip(".")).exists():
                        wrong.append(f"{name}:{number}: nothing at {target}")
        self.assertEqual(wrong, [])

    def test_the_readme_shows_the_two_commands(self):
        readme = tree.text("README.md")
        for command in ("deploy/quickstart", "tests/run"):
            self.assertIn(command, readme)
            self.assertTrue((tree.ROOT / command).stat().st_mode & 0o100, f"{command} has no run bit")

    def test_code_in_the_connectors_readme_is_that_of_the_worked_example(self):
        source = tree.text("plugins/market_price/market_price.cpp")
        shown = re.findall(r"```cpp\n(.*?)```", tree.text("plugins/README.md"), re.S)
        self.assertTrue(shown)
        self.assertEqual([block for block in shown if block not in source], [])
        length = len(source.splitlines())
        self.assertLess(length, 150, "an afternoon's work, as the page promises")
        self.assertIn(f"{length} lines came of it", tree.text("plugins/README.md"))

    def test_sources_say_in_their_first_lines_what_they_are_for(self):
        silent = [name for name in tree.files(".hpp", ".cpp")
                  if not name.endswith("_test.cpp") and not tree.text(name).lstrip().startswith(("//", "/*"))
                  and not (name.endswith(".cpp") and (tree.ROOT / name).with_suffix(".hpp").exists())]
        self.assertEqual(silent, [])

    def test_texts_are_in_normal_form(self):
        import unicodedata
        wrong = [name for name in tree.files(".cpp", ".hpp", ".md", ".yaml", ".csv", ".def", ".js", ".html", ".py")
                 if not name.startswith(("tests/fuzz/corpus", "tests/unit/text")) and not unicodedata.is_normalized("NFC", tree.text(name))]
        self.assertEqual(wrong, [])

    def test_nothing_that_looks_like_a_secret_is_kept_here(self):
        wrong = [name for name in tree.files(".pem", ".key", ".p12", ".md", ".yaml", ".py", ".sh")
                 if "PRIVATE KEY-----" in tree.text(name) and not name.endswith("docs_test.py")]
        self.assertEqual(wrong, [])


if __name__ == "__main__":
    unittest.main()

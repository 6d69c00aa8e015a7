"""Files put into a folder become figures, once, whatever happens to the hub; what cannot be read is told and keeps nothing back."""
import hashlib
import os
import unittest

from hub_with_flows import HEAD, HubWithFlows, wait_for

FLOWS = """  - name: thu-muc
    connector: folder
    mapping: folder/figures
    sender: so-tai-chinh
    agencies: ["*"]
    interval_secs: 1
    settings:
      base_url: file://{folder}/nhan
      whole_by: renamed

  - name: co-dau
    connector: folder
    mapping: folder/figures
    sender: cuc-thong-ke
    agencies: ["*"]
    interval_secs: 1
    settings:
      base_url: file://{folder}/co-dau
      whole_by: marker

  - name: lang
    connector: folder
    mapping: folder/figures
    sender: ngan-hang
    agencies: ["*"]
    interval_secs: 1
    settings:
      base_url: file://{folder}/lang
      settle_secs: 1

  - name: khong-co
    connector: folder
    mapping: folder/figures
    sender: khong-co
    agencies: ["*"]
    interval_secs: 1
    settings:
      base_url: file://{folder}/khong-co
      whole_by: renamed
"""


def csv(period, value, code="TMBL", agency="H31.01"):
    return (HEAD + f"{code};{period};33;{agency};{value};tỷ đồng;UT\n").encode()


class Folder(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.running = HubWithFlows("folder", FLOWS)
        for name in ("nhan", "co-dau", "lang"):
            (cls.running.folder / name).mkdir()
        cls.hub = cls.running.__enter__()
        cls.token = cls.hub.token("pull")
        cls.inbox = cls.hub.folder / "nhan"

    @classmethod
    def tearDownClass(cls):
        cls.running.__exit__(None, None, None)

    def put(self, name, content, folder=None):
        """Whole at once, as a sender does who renames."""
        folder = folder or self.inbox
        unfinished = folder / "dang-ghi.tmp"
        unfinished.write_bytes(content)
        os.rename(unfinished, os.fsencode(folder) + b"/" + os.fsencode(name))

    def wait_moved(self, place, folder=None):
        path = (folder or self.inbox) / place
        wait_for(place, path.exists)
        return path

    def value(self, period, measure="VALUE"):
        return wait_for(f"the figure of {period}", lambda: self.hub.figures(self.token).get(("A_VIII_1", measure, period)))["value"]

    def journaled(self):
        return self.hub.get("/v1/status")["messages"]["journaled"]

    def test_01_a_file_becomes_figures_and_is_moved_with_a_note(self):
        content = csv("01/2025", "10.882,5") + "NVHD;01/2025;33;H31.06;1;tỷ đồng;UT\n".encode()
        self.put("bán lẻ 01-2025.csv", content)
        self.assertEqual(self.value("2025-01"), "10882.5")
        moved = self.wait_moved("da-nhan/bán lẻ 01-2025.csv")
        self.assertEqual(moved.read_bytes(), content)
        note = (self.inbox / "da-nhan/bán lẻ 01-2025.csv.ket-qua.txt").read_text(encoding="utf-8")
        for words in ("ĐÃ NHẬN", "RECEIVED", hashlib.sha256(content).hexdigest(), "+07:00"):
            self.assertIn(words, note)
        self.assertIn("NVHD", self.hub.lienthong("quarantine", "list", expect=1).stdout)
        wait_for("the seal", self.hub.sealed)

    def test_02_the_same_file_again_is_a_duplicate_and_other_content_a_new_message(self):
        self.put("hai.csv", csv("02/2025", "1"))
        self.wait_moved("da-nhan/hai.csv")
        before = self.journaled()
        self.put("hai.csv", csv("02/2025", "1"))
        note = self.wait_moved("trung/hai.csv").with_name("hai.csv.ket-qua.txt").read_text(encoding="utf-8")
        self.assertIn("TRÙNG", note)
        self.assertEqual(self.journaled(), before)
        self.put("hai.csv", csv("02/2025", "2"))
        self.wait_moved("da-nhan/hai.2.csv")
        self.assertEqual(self.journaled(), before + 1)
        wait_for("the revision", lambda: self.value("2025-02") == "2")

    def test_03_a_file_without_its_marker_is_not_taken(self):
        folder = self.hub.folder / "co-dau"
        whole = csv("03/2025", "1.234,5")
        (folder / "ba.csv").write_bytes(whole[:-20])
        self.hub.wait_polled("co-dau", 3)
        self.assertEqual(sorted(path.name for path in folder.iterdir()), ["ba.csv"])
        (folder / "ba.csv").write_bytes(whole)
        (folder / "ba.csv.done").touch()
        self.assertEqual(self.value("2025-03"), "1234.5")
        self.assertEqual(self.wait_moved("da-nhan/ba.csv", folder).read_bytes(), whole)
        wait_for("the marker to be moved along", (folder / "da-nhan/ba.csv.done").exists)

    def test_04_a_file_that_rests_is_taken(self):
        folder = self.hub.folder / "lang"
        (folder / "bon.csv").write_bytes(csv("04/2025", "4"))
        self.assertEqual(self.value("2025-04"), "4")
        self.wait_moved("da-nhan/bon.csv", folder)

    def test_05_what_cannot_be_read_is_set_aside_and_keeps_nothing_back(self):
        with open(self.inbox / "lon.tmp", "wb") as large:
            large.truncate(33 * 1024 * 1024)
        os.rename(self.inbox / "lon.tmp", self.inbox / "lon.csv")
        self.put(b"x\xe1\xff\n.csv", b"1")
        (self.inbox / "lien-ket.csv").symlink_to("/etc/passwd")
        self.put("rong.csv", b"")
        self.put("nam.csv", csv("05/2025", "5"))
        self.assertEqual(self.value("2025-05"), "5")
        for name, words in (("lon.csv", "split it into several files"), ("rong.csv", "Send it again with its content")):
            self.assertIn(words.lower(), self.wait_moved(f"cach-ly/{name}").with_name(f"{name}.ket-qua.txt").read_text(encoding="utf-8").lower())
        told = wait_for("what was set aside", lambda: (out := self.hub.lienthong("--json", "quarantine", "list", expect=1).stdout) and
                        "symbolic link" in out and out)
        for words in ("the name is not UTF-8", "split it into several files", "The file is empty"):
            self.assertIn(words, told)
        self.hub.wait_polled("thu-muc")
        again = self.hub.lienthong("--json", "quarantine", "list", expect=1).stdout
        self.assertEqual(again.count("symbolic link"), told.count("symbolic link"), "told once, not at every poll")

    def test_06_a_kill_between_journal_and_move_counts_it_once(self):
        before = self.journaled()
        folder = self.hub.folder / "lang"
        (folder / "da-nhan").rename(folder / "cu")
        (folder / "da-nhan").write_text("in the way")
        (folder / "sau.csv").write_bytes(csv("06/2025", "6"))
        self.assertEqual(self.value("2025-06"), "6")
        self.hub.wait_problem("lang", "cannot be moved")
        self.hub.kill_hub()
        self.assertTrue((folder / "sau.csv").exists())
        (folder / "da-nhan").unlink()
        self.hub.start_hub()
        note = self.wait_moved("da-nhan/sau.csv", folder).with_name("sau.csv.ket-qua.txt").read_text(encoding="utf-8")
        self.assertIn("ĐÃ NHẬN", note)
        self.assertEqual(self.journaled(), before + 1)

    def test_07_kills_at_any_moment_lose_nothing_and_count_nothing_twice(self):
        before = self.journaled()
        names = [f"giet-{number:02}.csv" for number in range(24)]
        for number, name in enumerate(names):
            self.put(name, csv(f"{number % 12 + 1:02}/{2024 + number // 12}", str(number + 1), "TMBL_LK"))
        for seen in (1, 5, 9):
            wait_for("files to be taken", lambda least=seen: sum(
                path.name.startswith("giet-") and path.suffix == ".csv" for path in (self.inbox / "da-nhan").iterdir()) >= least)
            self.hub.kill_hub()
            self.hub.start_hub()
        for name in names:
            # A kill between note and rename leaves a note without its file, whose name is then taken.
            stem = name.removesuffix(".csv")
            moved = wait_for(name, lambda start=stem: list((self.inbox / "da-nhan").glob(start + "*.csv")))
            self.assertEqual(len(moved), 1, moved)
            self.assertTrue(moved[0].with_name(moved[0].name + ".ket-qua.txt").exists(), name)
        self.assertEqual(self.journaled(), before + len(names))
        self.assertEqual([path.name for path in (self.inbox / "trung").iterdir() if path.name.startswith("giet-")], [])
        for number in range(len(names)):
            self.assertEqual(self.value(f"{2024 + number // 12}-{number % 12 + 1:02}", "CUMULATIVE"), str(number + 1))
        self.assertTrue(self.hub.get("/v1/status")["sum"]["holds"])

    def test_08_a_folder_that_is_not_there_is_told_in_a_sentence(self):
        self.hub.wait_problem("khong-co", "cannot be opened: No such file or directory")
        (self.hub.folder / "khong-co").mkdir()
        wait_for("the flow to be well", lambda: not self.hub.flow("khong-co")["problem"])


if __name__ == "__main__":
    unittest.main()

"""The axis's list of agencies, as large as the real one: fetched, kept, and asked when a document is to be sent."""
import os
import time
import unittest

from hub_with_axis import DocumentHub
from processes import family, kibibytes
from running_hub import wait_for

REAL_SIZE = 111_339
ROWS_OF_A_MESSAGE = 2_000
MEMORY_MIB = float(os.environ.get("LIENTHONG_AGENCIES_MIB", "512"))  # what a worker may take; a sanitizer keeps what was given back


class Agencies(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.hub = cls.enterClassContext(DocumentHub((("danh-ba", "mapping: qlvb/agencies", "agencies"),
                                                     ("gui-van-ban", "deliver: documents", "edoc"))))
        begun = time.monotonic()
        wait_for("the whole list", lambda: cls.hub.get("/v1/status")["sum"]["stored"] == REAL_SIZE)
        cls.seconds = time.monotonic() - begun

    def flow(self):
        return next(flow for flow in self.hub.get("/v1/status")["flows"] if flow["flow"] == "danh-ba")

    def send(self, *codes, number="1", expect=0):
        report = self.hub.folder / "bao-cao.pdf"
        report.write_bytes(b"%PDF-1.4")
        return self.hub.lienthong("document", "send", *[word for code in codes for word in ("--to", code)], "--number", number, "--notation", "BC", "--subject",
                                  "Báo cáo", "--attach", report, "--by", "văn thư", expect=expect)

    def test_all_of_it_is_kept_within_the_memory_of_a_worker(self):
        peaks = [kibibytes(pid, "VmHWM") // 1024 for pid in family(self.hub.hub.pid)]
        print(f"{REAL_SIZE} agencies in {self.seconds:.1f} s; peak MiB of the hub and its workers: {peaks}")
        self.assertLess(max(peaks), MEMORY_MIB)
        before = self.flow()["last_attempt"]
        wait_for("another round", lambda: self.flow()["last_attempt"] != before and self.flow()["state"] == "waiting")
        self.assertEqual(self.flow()["messages"], -(-REAL_SIZE // ROWS_OF_A_MESSAGE))
        self.assertEqual(self.hub.get("/v1/status")["sum"]["stored"], REAL_SIZE, "the same list again is nothing new")

    def test_a_recipient_on_the_list_is_taken_under_either_code_and_another_is_refused_with_the_nearest(self):
        begun = time.monotonic()
        self.send("H31.02", "000.00.03.H31", "G22", number="2")
        known = time.monotonic() - begun
        begun = time.monotonic()
        refused = self.send("H31.02", "H31.0Z", number="3", expect=2).stderr
        print(f"a command with listed recipients {known:.2f} s, with one that is not {time.monotonic() - begun:.2f} s")
        self.assertIn("the document axis has no agency of this code", refused)
        self.assertIn("H31.0Z", refused)
        self.assertIn("H31.02 (Sở Tài chính)", refused)
        self.assertEqual([one["notation"] for one in self.hub.get("/v1/status")["documents"]], ["2/BC"])


if __name__ == "__main__":
    unittest.main()

"""Catalogues of a portal through a province's proxy, which answers with JSON as text in a message: each list is asked once a day, a
damaged answer brings nothing, and a list the portal does not have holds up no other. What was asked at the portal comes as such lists,
without who asked."""
import unittest

from running_hub import RunningHub, wait_for

FLOWS = """

  - name: danh-muc-qua-proxy
    connector: dvc
    mapping: dvc/catalogues
    agencies: ["*"]
    interval_secs: 1
    longest_pause_secs: 1
    settings:
      base_url: {address}
      madonvi: 000.00.01.H31
      ask_for: catalogues
      call_form: query
      answer_form: message_text
      adapter_path: ""
      dstcode: ""
      share_path: /KetNoiMotCuaQuocGia

  - name: danh-muc-ngan
    connector: dvc
    mapping: dvc/catalogues
    agencies: ["*"]
    interval_secs: 1
    settings:
      base_url: {address}
      username: nguoi-dung-gia-lap
      password: file:secrets/dvc-password
      madonvi: H31
      ask_for: catalogues
      catalogue_services: LayDanhMucGioiTinh, LayDanhMucLePhi, LayDanhMucDanToc
      dstcode_in: query_encoded

  - name: hoi-dap
    connector: dvc
    mapping: dvc/questions
    agencies: ["*"]
    interval_secs: 1
    settings:
      base_url: {address}
      username: nguoi-dung-gia-lap
      password: file:secrets/dvc-password
      madonvi: H31.03
      ask_for: questions
"""
PROXY = "/KetNoiMotCuaQuocGia/"
SCENARIO = {"dvc": {"dialects": ["mapi", "proxy"], "faults": [{"fault": "cut_inside", "path": PROXY, "nth": 2}]}}


class PortalCatalogues(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.running = RunningHub(flows=("dvc",), scenario=SCENARIO)
        cls.running.edit_config = lambda text: text.partition("\n\n  - name: dvc-")[0] + FLOWS.format(address=cls.running.addresses["dvc"])
        cls.hub = cls.running.__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.running.__exit__(None, None, None)

    def status(self):
        return self.hub.get("/v1/status")

    def flow(self, name):
        return next(flow for flow in self.status()["flows"] if flow["flow"] == name)

    def asked(self, path):
        return [entry for entry in self.hub.ask_simulator("dvc", "/_log")["requests"] if path in str(entry)]

    def test_1_lists_become_facts_and_are_asked_once_a_day(self):
        # Six units and a field by the proxy; three sexes and two ethnic groups in a session; ten questions, two of them in both lists.
        wait_for("22 facts", lambda: (found := self.status())["sum"]["stored"] == 22 and found["messages"]["waiting"] == 0)
        before = [self.flow(name)["last_attempt"] for name in ("danh-muc-qua-proxy", "danh-muc-ngan")]
        wait_for("another round of both", lambda: all(self.flow(name)["last_attempt"] != last
                                                      for name, last in zip(("danh-muc-qua-proxy", "danh-muc-ngan"), before)))
        self.assertEqual((len(self.asked(PROXY + "LayDanhMucCoQuan")), len(self.asked(PROXY + "LayDanhMucLinhVuc"))), (2, 2),
                         "once, and once more after the answer that was cut off")
        services = self.hub.ask_simulator("dvc", "/_log")["services"]
        self.assertEqual(sorted(services), ["LayDanhMucDanToc", "LayDanhMucGioiTinh", "LayDanhMucLePhi",
                                            "LayDanhSachHoiDapBoCoQuan", "LayDanhSachHoiDapGuiTuDVCQG"])
        counted = self.status()["sum"]
        self.assertEqual((counted["stored"], counted["unchanged"]), (22, 2))

    def test_2_a_list_the_portal_does_not_have_is_set_aside_with_its_words(self):
        listed = self.hub.lienthong("--json", "quarantine", "list", expect=None).stdout
        self.assertIn("LayDanhMucLePhi was refused by the portal: Dịch vụ không tồn tại", listed)

    def test_3_who_asked_and_what_is_nowhere_on_disk(self):
        kept = b"".join(path.read_bytes() for path in self.running.folder.rglob("*") if path.is_file() and path.suffix != ".log")
        self.assertIn(b"HD-0001", kept)
        for words in ("Người Hỏi Giả Lập", "gialap.example", "Câu hỏi giả lập"):
            self.assertNotIn(words.encode(), kept)


if __name__ == "__main__":
    unittest.main()

"""Online services as the portal has them, live: how far they are offered, used and paid, counted here in another way, and told
again when a dossier moves on. What is a person's never leaves the connector."""
import calendar
import datetime
import sys
import unittest

from running_hub import ROOT, SECRETS, RunningHub, wait_for

sys.path.insert(0, str(ROOT / "tests/simulators"))
import dossiers  # noqa: E402

# Of the nine invented procedures, by mappings/dvc/online_services.csv and mappings/computed/procedure_fees.csv.
FULL, PARTIAL, ELIGIBLE, FREE = {1, 2, 4, 6, 9}, {3, 5, 7}, {1, 2, 3, 4, 6, 7, 9}, {5}
CATALOGUE = """
  - name: dvc-procedures
    connector: dvc
    mapping: dvc/procedures
    sender: cong-dvc
    agencies: ["*"]
    interval_secs: 1
    settings:
      base_url: {address}
      ask_for: procedures
      username: nguoi-dung-gia-lap
      password: file:secrets/dvc-password
      madonvi: H31
"""


def percent(part, whole):
    """Rounded half up to two places, as text."""
    scaled = (2 * 100 * 100 * part + whole) // (2 * whole)
    return f"{scaled // 100}.{scaled % 100:02d}"


def in_time(one):
    """QĐ 766/QĐ-TTg, 2.1; None where the waiting for papers would have to be subtracted."""
    asked = dossiers.supplements(one)
    if asked > 1:
        return False
    if one.finished:
        return None if asked else one.finished.date() <= one.due.date()
    last = one.received.date().replace(day=calendar.monthrange(one.received.year, one.received.month)[1])
    return last <= one.due.date()


def of_month(found):
    """What the dossiers received in one month give."""
    owing = [one for one in found if one.procedure not in FREE and dossiers.payment(one)[1] != "0"]
    said = [one for one in found if in_time(one) is not None]
    paid = [dossiers.payment(one)[0] for one in owing]
    digitised = sum(one.number % 3 != 0 if one.online and one.number % 2 == 0 else one.number % 4 != 0 for one in found)
    return {("A_XII_2", "VALUE"): percent(sum(one.online for one in found), len(found)),
            ("A_XII_4", "VALUE"): percent(paid.count("1"), len(owing)),
            ("QD766_2_1", "VALUE"): percent(sum(in_time(one) for one in said), len(said)),
            ("QD766_3_3", "DIRECT_PERCENT"): percent(sum(not one.online for one in found), len(found)),
            ("QD766_3_3", "POST_PERCENT"): "0.00",
            ("QD766_3_6", "VALUE"): percent(paid.count("1") + paid.count("2"), len(owing)),
            ("QD766_4_3", "VALUE"): percent(digitised, len(found)),
            ("QD766_4_4", "VALUE"): percent(sum(one.number % 6 == 0 for one in found), len(found)),
            ("QD766_4_5", "VALUE"): percent(sum(one.online and one.number % 5 != 0 for one in found), len(found))}


def online_of(found):
    """Form 17.7: dossiers handed in online, of one agency and month."""
    settled = [one for one in found if one.finished]
    return {"VALUE": len(found), "SETTLED": len(settled), "SETTLED_LATE": sum(one.finished > one.due for one in settled),
            "PENDING": len(found) - len(settled), "PAID_ONLINE": sum(dossiers.payment(one)[0] in "12" for one in found)}


class PortalFigures(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.running = RunningHub(flows=("dvc",))
        cls.running.edit_config = lambda text: text + CATALOGUE.replace("{address}", cls.running.addresses["dvc"])
        cls.hub = cls.running.__enter__()
        cls.token = cls.hub.token("pull")
        wait_for("every dossier and procedure to be looked at", cls.settled)

    @classmethod
    def tearDownClass(cls):
        cls.running.__exit__(None, None, None)

    @classmethod
    def settled(cls):
        flows = cls.hub.get("/v1/status")["flows"]
        sources = [flow for flow in flows if flow["direction"] == "in" and flow["connector"] != "push"]
        return all(flow.get("last_success") and flow["state"] == "waiting" for flow in sources) and cls.hub.sealed()

    def stored(self, *indicators):
        rows = [row for row in self.hub.changes(self.token) if row["indicator"].startswith(indicators)]
        return {(row["indicator"], row["measure"], row["period"], row["breakdown"]): row["value"] for row in rows}

    def test_1_use_payment_and_quality_are_those_of_the_dossiers_month_by_month(self):
        months = {}
        for one in dossiers.generate():
            months.setdefault(f"{one.received:%Y-%m}", []).append(one)
        wanted = {(*what, month, "_T"): value for month, found in months.items() for what, value in of_month(found).items()}
        self.assertEqual(self.stored("A_XII_2", "A_XII_4", "QD766_2", "QD766_3_3", "QD766_3_6", "QD766_4"), wanted)

    def test_2_the_online_service_report_has_every_agency_and_month(self):
        groups = {}
        for one in dossiers.generate():
            if one.online:
                groups.setdefault((f"{one.received:%Y-%m}", "EXECUTING_UNIT=" + one.agency.replace(".", "_")), []).append(one)
        wanted = {("DEMO_DVC_DOSSIERS", measure, *group): str(value) for group, found in groups.items()
                  for measure, value in online_of(found).items()}
        self.assertEqual(self.stored("DEMO_DVC_DOSSIERS"), wanted)

    def test_3_what_is_offered_is_the_catalogue_of_the_month_asked_once_a_day(self):
        stored = self.stored("A_XII_3", "DEMO_DVC_SERVICES", "QD766_1_3", "QD766_3_1")
        month = {period for _, _, period, _ in stored}.pop()
        units = [code for code, _ in dossiers.AGENCIES]
        wanted = {("A_XII_3", "VALUE", month, "_T"): percent(len(FULL & ELIGIBLE), len(ELIGIBLE)),
                  ("QD766_3_1", "VALUE", month, "_T"): percent(len(FULL | PARTIAL), 9), ("QD766_1_3", "VALUE", month, "_T"): "100.00"}
        for at, unit in enumerate(units):
            own = {number for number in range(1, 10) if number % len(units) == at}
            for measure, value in (("VALUE", own), ("FULL", own & FULL), ("PARTIAL", own & PARTIAL)):
                wanted["DEMO_DVC_SERVICES", measure, month, "EXECUTING_UNIT=" + unit.replace(".", "_")] = str(len(value))
        self.assertEqual(stored, wanted)

        def polled():
            return next(flow for flow in self.hub.get("/v1/status")["flows"] if flow["flow"] == "dvc-procedures")["last_attempt"]

        before = polled()
        wait_for("another round", lambda: polled() != before)
        self.assertEqual(self.hub.ask_simulator("dvc", "/_log")["services"].count("LayThuTuc"), 9)

    def send(self, updating, *sent):
        """What an agency's own system tells the portal."""
        path = "/XrdAdapter/RestService/forward/mapi/{}?dstcode=VN:GOV:000.00.00.G22:vpcpdvcprovider"
        session = self.hub.ask_simulator("dvc", path.format("login"), {"username": "nguoi-dung-gia-lap", "password": SECRETS["dvc-password"]})["session"]
        answer = self.hub.ask_simulator("dvc", path.format("g"), {"session": session, "madonvi": "H31", "service": "DongBoHoSoMC",
                                                                  "isUpdating": updating, "data": list(sent)})
        self.assertEqual(int(answer["error_code"]), 0, answer)

    def test_4_a_dossier_of_today_is_in_the_figures_and_another_state_of_it_in_the_next(self):
        now = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=7)))
        month, day = f"{now:%Y-%m}", f"{now:%Y%m%d}080000"
        like = {name: value for name, value in dossiers.as_sent(dossiers.generate()[0]).items() if name not in ("generated", "nguon", "MaDonViXuLy")}
        today = [{**like, "MaHoSo": f"H31.03-{now:%y%m%d}-{9000 + at}", "NgayTiepNhan": day, "NgayHenTra": "20991231170000", "TrangThaiHoSo": "4",
                  "NgayTra": "", "NgayKetThucXuLy": "", "KenhThucHien": channel, "DuocThanhToanTrucTuyen": "1", "DanhSachHoSoBoSung": []}
                 for at, channel in enumerate("122")]
        self.send("False", *today)
        wait_for("the dossiers of today", lambda: self.stored("A_XII_2").get(("A_XII_2", "VALUE", month, "_T")) == "66.67")
        self.send("True", {**today[1], "TrangThaiHoSo": "9", "NgayKetThucXuLy": f"{now:%Y%m%d}090000"})
        self.send("True", {**today[2], "KenhThucHien": "3"})
        wait_for("what became of them", lambda: self.stored("A_XII_2").get(("A_XII_2", "VALUE", month, "_T")) == "33.33")
        wait_for("all figures", self.settled)
        self.assertEqual(self.stored("QD766_3_3")["QD766_3_3", "POST_PERCENT", month, "_T"], "33.33")

    def test_5_nothing_of_a_person_is_in_any_file_of_the_hub(self):
        one = dossiers.as_sent(dossiers.generate()[0])
        marks = [one[name] for name in ("ChuHoSo", "Email", "SoDienThoai", "SoGiayToChuHoSo")]
        marks += ["Người Dân Giả Lập", "nguoi-dan-", "motcua.tinh-gialap", "Cán bộ Giả Lập"]
        code = one["MaHoSo"].encode()
        kept = [path for path in self.hub.folder.rglob("*") if path.is_file() and "pki" not in path.parts]
        self.assertTrue(any(code in path.read_bytes() for path in kept), "what is kept can be found")
        for path in kept:
            held = path.read_bytes()
            self.assertEqual([mark for mark in marks if mark.encode() in held], [], path)


if __name__ == "__main__":
    unittest.main()

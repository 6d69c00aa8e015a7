"""What becomes of packets: receipts, rules of regimes, lateness, returns, one report for each regime, period and agency."""

import hashlib
import threading
from datetime import datetime

import reporting_catalogues as catalogues

TIME = "%Y-%m-%d %H:%M:%S"
ASSUMED = "tên trường chưa đối chiếu QCVN 125"


def key_of(packet):
    """What may be reported once; None for packets of no regime."""
    regime, period = packet.get("maCheDoBaoCao"), packet.get("maKyBaoCao")
    return (packet["loaiGoiTin"], regime, period, packet["maDonViGui"]) if regime and period else None


def figures_of(packet):
    """(indicator, breakdown) of each row; only of kinds whose rows have any."""
    rows = [(row.get("maChiTieu"), row.get("maPhanTo")) for row in packet.get("duLieu", [])]
    return rows if all(isinstance(text, str) for row in rows for text in row) else []


def is_time(text):
    try:
        return bool(datetime.strptime(text, TIME))
    except ValueError:
        return False


def regime_violation(packet):
    """The first rule of its regime that a packet breaks; a packet that names none breaks none."""
    regime = packet.get("maCheDoBaoCao")
    if not regime:
        return ""
    found = next((row for row in catalogues.REGIMES if row[0] == regime), None)
    if not found:
        return f"maCheDoBaoCao không tồn tại: {regime}"
    period = packet.get("maKyBaoCao", "")
    if catalogues.kind_of(period) != found[2]:
        return f"maKyBaoCao {period} không phải kỳ {found[2]} của {regime}"
    form = packet.get("maBieuMau")
    if form and form not in found[4:]:
        return f"maBieuMau {form} không thuộc {regime}"
    if form and packet.get("phienBanBieuMau") != catalogues.VERSION:
        return f"phienBanBieuMau phải là {catalogues.VERSION}"
    if not is_time(packet["thoiGianGui"]):
        return f"thoiGianGui không phải một thời điểm: {packet['thoiGianGui']}"
    return form_violation(packet, form) if form == found[4] else ""


def form_violation(packet, form):
    """Rows whose indicator is none of the form's, or stands there a second time."""
    listed, seen = {row["maChiTieu"] for row in catalogues.indicators()}, set()
    for number, figure in enumerate(figures_of(packet), 1):
        if figure[0] not in listed:
            return f"dòng {number}: {figure[0]} không thuộc biểu mẫu {form}"
        if figure in seen:
            return f"dòng {number}: {figure[0]} lặp lại"
        seen.add(figure)
    return ""


class Submissions:
    def __init__(self, options, profile):
        self._profile = profile
        self._late, self._duplicates = options.packets_late, options.packets_duplicate
        self._returned, self._approved = set(options.packets_returned), options.packets_approved
        self._receipts = {}   # maGoiTin -> (digest of the bytes, receipt)
        self._status = {}     # maGoiTin -> TRANG_THAI_BAO_CAO, the newest
        self._standing = {}   # key -> maGoiTin of the report that counts
        self._returned_once = set()
        self._lock = threading.Lock()

    def receipt(self, name):
        with self._lock:
            return self._receipts.get(name, (None, None))[1]

    def status(self, name):
        """What the national side says about a packet it took; None when it never did."""
        with self._lock:
            return self._status.get(name)

    def take(self, packet, body):
        """(receipt or None, why it is sent back, whether it is a new one)."""
        reason = self._profile.violation(packet)
        if reason:
            return None, reason, False
        name, digest = packet["maGoiTin"], hashlib.sha256(body).hexdigest()
        with self._lock:
            known, receipt = self._receipts.get(name, (None, None))
            if known == digest:
                return receipt, "", False
            if known is not None:
                return None, f"maGoiTin {name} đã dùng cho một gói tin khác", False
            reason = regime_violation(packet) or self._standing_violation(packet)
            is_late = None if reason else self._is_late(packet)
            if is_late and self._late == "refuse":
                reason = f"quá hạn nộp {is_late}"
            if reason:
                return None, reason, False
            receipt = {"maGoiTin": name, "trangThai": "DA_NHAN", "maBienNhan": f"BN-{digest[:16]}",
                       **({"nopMuon": True} if is_late else {})}
            self._receipts[name] = (digest, receipt)
            self._judge(packet)
            return receipt, "", True

    def _is_late(self, packet):
        """The time limit a packet missed, or None."""
        until = catalogues.due(packet.get("maCheDoBaoCao"), packet.get("maKyBaoCao", ""))
        return until if until and datetime.strptime(packet["thoiGianGui"], TIME) > until else None

    def _standing_violation(self, packet):
        """A second report for the same regime, period and agency must say which it replaces, unless the first was returned."""
        before = self._standing.get(key_of(packet)) if key_of(packet) else None
        replaced = packet.get("maGoiTinThayThe")
        if replaced and replaced not in self._receipts:
            return f"maGoiTinThayThe {replaced} không tồn tại"
        if before is None or replaced == before or self._duplicates == "take" or self._status[before]["trangThai"] == "TRA_LAI":
            return ""
        regime, period, agency = key_of(packet)[1:]
        return f"đã có báo cáo {before} cho {regime}, kỳ {period}, đơn vị {agency}"

    def _judge(self, packet):
        """A packet about what is to be returned is returned the first time, and approved when it comes again."""
        key = key_of(packet)
        named = {packet.get("maCheDoBaoCao"), *(code for code, _ in figures_of(packet))}
        first = sorted(self._returned & named)
        once = (key or packet["maDonViGui"], *first)
        if first and once not in self._returned_once:
            self._returned_once.add(once)
            state, why = "TRA_LAI", f"{first[0]}: đề nghị kiểm tra lại số liệu"
        else:
            state, why = ("DA_DUYET" if self._approved else "DA_NHAN"), ""
        if key:
            self._standing[key] = packet["maGoiTin"]
        self._status[packet["maGoiTin"]] = {
            "_gia_dinh": ASSUMED, "loaiGoiTin": "TRANG_THAI_BAO_CAO", "maGoiTin": f"TT-{packet['maGoiTin']}"[:100],
            "maDonViGui": "G22",
            "maDonViNhan": "H31", "thoiGianGui": packet["thoiGianGui"], "maGoiTinGoc": packet["maGoiTin"], "trangThai": state,
            "lyDo": why}

"""What becomes of packets: receipts, rules of regimes, lateness, returns, one report for each regime, period and agency."""

import hashlib
import json
import threading
from datetime import datetime, timedelta, timezone

import reporting_catalogues as catalogues

TIME = "%Y-%m-%d %H:%M:%S"
HERE = timezone(timedelta(hours=7))
ASSUMED = "tên trường chưa đối chiếu QCVN 125"
# What a packet sent again as a replacement says differently from the same packet sent at first.
OF_SENDING = ("hinhThucGui", "maGoiTinThayThe")


def key_of(packet):
    """What may be reported once; None for packets of no regime."""
    regime, period = packet.get("maCheDoBaoCao"), packet.get("maKyBaoCao")
    return (packet["loaiGoiTin"], regime, period, packet.get("maDonViBaoCao") or packet["maDonViGui"]) if regime and period else None


def figures_of(packet):
    """(indicator, breakdown, measure, area) of each row; only of kinds whose rows have the first two."""
    rows = [tuple(row.get(name) for name in ("maChiTieu", "maPhanTo", "maBieuThi", "maDiaBan")) for row in packet.get("duLieu", [])]
    return rows if all(isinstance(text, str) for row in rows for text in row[:2]) else []


def content_of(packet):
    """A digest of what a packet tells, however it is sent."""
    told = {name: value for name, value in packet.items() if name not in OF_SENDING}
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


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
    for name, version in (("maBieuMau", "phienBanBieuMau"), ("maDeCuong", "phienBanDeCuong")):
        form = packet.get(name)
        if form and form not in found[4:]:
            return f"{name} {form} không thuộc {regime}"
        if form and packet.get(version, catalogues.VERSION if name == "maDeCuong" else None) != catalogues.VERSION:
            return f"{version} phải là {catalogues.VERSION}"
    if not is_time(packet["thoiGianGui"]):
        return f"thoiGianGui không phải một thời điểm: {packet['thoiGianGui']}"
    return form_violation(packet, found[4]) if packet.get("maBieuMau") == found[4] else ""


def form_violation(packet, form):
    """Rows whose indicator is none of the form's, or that say one figure a second time."""
    listed, seen = set(catalogues.lines_of(form)), set()
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
        self._receipts = {}   # maGoiTin -> (digest of what it tells, receipt)
        self._status = {}     # maGoiTin -> row of TRANG_THAI_BAO_CAO, the newest
        self._standing = {}   # key -> maGoiTin of the report that counts
        self._returned_once = set()
        self._lock = threading.Lock()

    def receipt(self, name):
        with self._lock:
            return self._receipts.get(name, (None, None))[1]

    def status(self, name):
        """What the national side says about a packet it took; None when it never did."""
        with self._lock:
            return [self._status[name]] if name in self._status else None

    def statuses(self, since):
        """What became of every packet about which something was said since a day."""
        with self._lock:
            return [row for row in self._status.values() if row["thoiGian"][:10] >= since]

    def take(self, packet, body):
        """(status, answer, whether it is a new one)."""
        reason = self._profile.violation(packet)
        if reason:
            items = self._profile.row_violations(packet) if packet is not None else []
            return self._sent_back(packet, reason, [{"maChiTieu": str(row.get("maChiTieu", "")), "lyDo": why} for row, why in items])
        name, content = packet["maGoiTin"], content_of(packet)
        with self._lock:
            known, receipt = self._receipts.get(name, (None, None))
            if known == content:
                return 200, {**receipt, "trangThai": "DA_CO", "maGoiTinDaCo": name}, False
            if known is not None:
                return self._sent_back(packet, f"maGoiTin {name} đã dùng cho một gói tin khác")
            reason = regime_violation(packet) or self._replacement_violation(packet)
            if not reason and (there := self._there_already(packet)):
                return 409, there, False
            is_late = None if reason else self._is_late(packet)
            if is_late and self._late == "refuse":
                reason = f"quá hạn nộp {is_late}"
            if reason:
                return self._sent_back(packet, reason)
            receipt = {"maGoiTin": name, "trangThai": "DA_NHAN", "maBienNhan": f"BN-{hashlib.sha256(body).hexdigest()[:16]}",
                       **({"nopMuon": True} if is_late else {})}
            self._receipts[name] = (content, receipt)
            self._judge(packet)
            return 200, receipt, True

    @staticmethod
    def _sent_back(packet, reason, items=()):
        return 422, {"maGoiTin": (packet or {}).get("maGoiTin", ""), "trangThai": "TRA_LAI", "lyDo": reason,
                     **({"chiTiet": list(items)} if items else {})}, False

    def _is_late(self, packet):
        """The time limit a packet missed, or None."""
        until = catalogues.due(packet.get("maCheDoBaoCao"), packet.get("maKyBaoCao", ""))
        return until if until and datetime.strptime(packet["thoiGianGui"], TIME) > until else None

    def _replacement_violation(self, packet):
        replaced = packet.get("maGoiTinThayThe")
        return f"maGoiTinThayThe {replaced} không tồn tại" if replaced and replaced not in self._receipts else ""

    def _there_already(self, packet):
        """A report for a regime, period and agency that have one, also one that was returned, must say that it replaces it."""
        key = key_of(packet)
        before = self._standing.get(key) if key else None
        if before is None or packet.get("maGoiTinThayThe") == before or self._duplicates == "take":
            return None
        regime, period, agency = key[1:]
        return {"maGoiTin": packet["maGoiTin"], "trangThai": "DA_CO", "maGoiTinDaCo": before,
                "lyDo": f"đã có báo cáo {before} cho {regime}, kỳ {period}, đơn vị {agency}"}

    def _judge(self, packet):
        """A packet about what is to be returned is returned the first time, and approved when it comes again."""
        key = key_of(packet)
        named = {packet.get("maCheDoBaoCao"), *(figure[0] for figure in figures_of(packet))}
        amiss = sorted(self._returned & named)
        once = (key or packet["maDonViGui"], *amiss[:1])
        is_returned = bool(amiss) and once not in self._returned_once
        if is_returned:
            self._returned_once.add(once)
        if key:
            self._standing[key] = packet["maGoiTin"]
        self._status[packet["maGoiTin"]] = {
            "maGoiTinGoc": packet["maGoiTin"],
            **{name: packet[name] for name in ("maCheDoBaoCao", "maBieuMau", "maKyBaoCao", "maDonViBaoCao") if name in packet},
            "trangThai": "TRA_LAI" if is_returned else "DA_DUYET" if self._approved else "DA_NHAN",
            "lyDo": f"cần kiểm tra lại: {', '.join(amiss)}" if is_returned else "",
            "chiTiet": [{"maChiTieu": one, "lyDo": "số liệu chưa khớp, đề nghị kiểm tra lại"} for one in amiss if is_returned],
            "thoiGian": datetime.now(HERE).strftime(TIME)}

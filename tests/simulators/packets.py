"""Judges report packets by a profile file: QCVN 125:2021/BTTTT fixes 13 kinds, its element names were not obtainable."""

import json
import re
from decimal import Decimal

import figures


class Profile:
    """A file of kinds, names and patterns; "qcvn125-gia-dinh.json" holds assumed names and is swapped without touching code."""

    def __init__(self, name="qcvn125-gia-dinh.json"):
        with open(figures.DATA / name, encoding="utf-8") as file:
            self._rules = json.load(file)

    @property
    def kinds(self):
        return self._rules["loai"]

    def violation(self, packet, sent=True):
        """The first rule a packet breaks, as a sentence; empty when it breaks none. `sent`: only kinds that are sent here."""
        if packet is None:
            return "gói tin không phải một đối tượng JSON"
        named = packet.get("loaiGoiTin")
        kind = self.kinds.get(named) if isinstance(named, str) else None
        if kind is None or (sent and not kind["nhan"]):
            return f"loaiGoiTin không nhận: {named}"
        reason = self._fields(packet, {**self._rules["goiTin"], **kind.get("goiTin", {})}, "gói tin")
        rows = packet.get("duLieu", [])
        if reason:
            return reason
        least, most = kind["soDong"]
        if not isinstance(rows, list) or not least <= len(rows) <= most:
            return f"duLieu phải có từ {least} đến {most} dòng"
        for number, row in enumerate(rows, 1):
            reason = self._row(row, packet, kind, f"dòng {number}")
            if reason:
                return reason
        return ""

    def _row(self, row, packet, kind, place):
        if not isinstance(row, dict):
            return f"{place}: không phải một đối tượng JSON"
        reason = self._fields(row, kind.get("dong", {}), place)
        return reason or (self._figure(row, packet, place) if kind.get("soLieu") else "")

    def _figure(self, row, packet, place):
        if not row.get("maKyBaoCao") and not packet.get("maKyBaoCao"):
            return f"{place}: không có maKyBaoCao ở dòng lẫn ở gói tin"
        if not row.get("giaTri") and not row.get("ghiChu"):
            return f"{place}: giaTri trống mà không có ghiChu"
        bounds = self._rules["khoangGiaTri"].get(row["maChiTieu"])
        if bounds and row.get("giaTri") and not bounds[0] <= Decimal(row["giaTri"]) <= bounds[1]:
            return f"{place}: {row['maChiTieu']} ngoài khoảng {bounds[0]}-{bounds[1]}"
        return ""

    def _fields(self, values, required, place):
        optional = {name: pattern for name, pattern in self._rules["tuyChon"].items() if name in values}
        for name, pattern in {**optional, **required}.items():
            value = values.get(name)
            if not isinstance(value, str) or not re.fullmatch(pattern, value):
                return f"{place}: {name} thiếu hoặc sai dạng: {value!r}"
        return ""

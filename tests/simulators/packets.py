"""Judges report packets by a profile file: QCVN 125:2021/BTTTT fixes 13 kinds, its element names were not obtainable."""

import json
import re
from decimal import Decimal

import figures


class Profile:
    """The profile "qcvn125-gia-dinh": assumed names, swappable without touching code."""

    def __init__(self, name="qcvn125-gia-dinh.json"):
        with open(figures.DATA / name, encoding="utf-8") as file:
            self._rules = json.load(file)

    def violation(self, packet):
        """The first rule a packet breaks, as a sentence; empty when it breaks none."""
        if packet is None:
            return "gói tin không phải một đối tượng JSON"
        if packet.get("loaiGoiTin") not in self._rules["loaiGoiTin"]:
            return f"loaiGoiTin không nhận: {packet.get('loaiGoiTin')}"
        reason = self._fields(packet, self._rules["goiTin"], "gói tin")
        rows = packet.get("duLieu")
        if reason:
            return reason
        if not isinstance(rows, list) or not 1 <= len(rows) <= self._rules["soDongToiDa"]:
            return "duLieu phải có từ 1 đến %d dòng" % self._rules["soDongToiDa"]
        for number, row in enumerate(rows, 1):
            reason = self._row(row, packet, f"dòng {number}")
            if reason:
                return reason
        return ""

    def _row(self, row, packet, place):
        if not isinstance(row, dict):
            return f"{place}: không phải một đối tượng JSON"
        reason = self._fields(row, self._rules["dong"], place)
        if reason:
            return reason
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
        for name, pattern in {**required, **optional}.items():
            value = values.get(name)
            if not isinstance(value, str) or not re.fullmatch(pattern, value):
                return f"{place}: {name} thiếu hoặc sai dạng: {value!r}"
        return ""

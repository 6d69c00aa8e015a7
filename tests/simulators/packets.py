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
        return self._of_packet(packet, sent) or next((why for _, why in self._of_rows(packet)), "")

    def row_violations(self, packet):
        """(row, sentence) of every row that breaks a rule, where the packet itself breaks none."""
        return [] if self._of_packet(packet, True) else list(self._of_rows(packet))

    def rows(self, packet):
        return packet.get(self._kind(packet).get("duLieu", "duLieu"), [])

    def _kind(self, packet):
        named = packet.get("loaiGoiTin")
        return self.kinds.get(named) if isinstance(named, str) else None

    def _of_packet(self, packet, sent):
        if packet is None:
            return "gói tin không phải một đối tượng JSON"
        kind = self._kind(packet)
        if kind is None or (sent and not kind["nhan"]):
            return f"loaiGoiTin không nhận: {packet.get('loaiGoiTin')}"
        reason = self._fields(packet, {**self._rules["goiTin"], **kind.get("goiTin", {})}, "gói tin")
        least, most = kind["soDong"]
        rows = self.rows(packet)
        if not reason and (not isinstance(rows, list) or not least <= len(rows) <= most):
            return f"{kind.get('duLieu', 'duLieu')} phải có từ {least} đến {most} dòng"
        return reason

    def _of_rows(self, packet):
        kind = self._kind(packet)
        for number, row in enumerate(self.rows(packet), 1):
            reason = self._row(row, packet, kind, f"dòng {number}")
            if reason:
                yield row if isinstance(row, dict) else {}, reason

    def _row(self, row, packet, kind, place):
        if not isinstance(row, dict):
            return f"{place}: không phải một đối tượng JSON"
        reason = self._fields(row, kind.get("dong", {}), place) or self._lists(row, kind.get("danhSach", {}), place)
        return reason or (self._figure(row, packet, place) if kind.get("soLieu") else "")

    def _lists(self, row, lists, place):
        for name, fields in lists.items():
            items = row.get(name)
            if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
                return f"{place}: {name} phải là danh sách các đối tượng"
            reason = next((why for item in items if (why := self._fields(item, fields, f"{place}, {name}"))), "")
            if reason:
                return reason
        return ""

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

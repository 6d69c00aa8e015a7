"""Questions citizens put to the portal and what agencies answered: lists, one answer, answers that are sent in.

Services and result fields are known; of the parameters only cauhoiid is, so data[] with the names of the results is assumed.
"""

import threading

from shape import list_of, record, text

FIELDS = "HOIDAPID NOIDUNG NOIDUNGTRALOI TRALOIID HOVATEN THUDIENTU TRANGTHAI MALINHVUC MADONVI MATTHCDP".split()
OPEN, ANSWERED = "0", "1"
ANSWER = record(dict.fromkeys(FIELDS, text()), ["HOIDAPID", "NOIDUNGTRALOI"])
QUESTION = record(dict.fromkeys(FIELDS, text()), ["HOIDAPID", "NOIDUNG"])


def question(number, unit):
    return {**dict.fromkeys(FIELDS, ""), "HOIDAPID": f"HD-{number:04d}", "NOIDUNG": f"Câu hỏi giả lập {number}",
            "HOVATEN": f"Người Hỏi Giả Lập {number}",
            "THUDIENTU": f"nguoihoi{number}@gialap.example", "TRANGTHAI": OPEN, "MALINHVUC": "G99-LV01", "MADONVI": unit,
            "MATTHCDP": "1.009901"}


class Questions:
    def __init__(self, units):
        self._lock = threading.Lock()
        self._known = {one["HOIDAPID"]: one for one in (question(number, units[number % len(units)]) for number in range(1, 11))}

    def open(self):
        """Those the portal passes on and nobody answered yet."""
        with self._lock:
            return [dict(one) for one in self._known.values() if one["TRANGTHAI"] == OPEN]

    def of_unit(self, unit):
        with self._lock:
            return [dict(one) for one in self._known.values() if not unit or one["MADONVI"] == unit]

    def answer(self, number):
        """What was answered to one question; nothing where nobody did."""
        with self._lock:
            found = self._known.get(number, {})
            if found.get("TRANGTHAI") != ANSWERED:
                return []
            return [{name: found[name] for name in ("HOIDAPID", "TRALOIID", "NOIDUNGTRALOI")}]

    def take_answers(self, rows):
        """What is wrong with answers that are sent in, or empty; all are taken or none."""
        wrong = list(list_of(ANSWER, 1)(rows, "data"))
        with self._lock:
            wrong += [f"Câu hỏi {row['HOIDAPID']} không tồn tại" for row in rows
                      if row["HOIDAPID"] not in self._known] if not wrong else []
            if not wrong:
                for row in rows:
                    kept = self._known[row["HOIDAPID"]]
                    kept |= {"NOIDUNGTRALOI": row["NOIDUNGTRALOI"], "TRALOIID": row.get("TRALOIID") or f"TL-{row['HOIDAPID']}",
                             "TRANGTHAI": ANSWERED}
        return wrong[0] if wrong else ""

    def take_questions(self, rows):
        """Questions an agency received itself, answered or not; a known one is replaced."""
        wrong = list(list_of(QUESTION, 1)(rows, "data"))
        if wrong:
            return wrong[0]
        with self._lock:
            for row in rows:
                self._known[row["HOIDAPID"]] = {**dict.fromkeys(FIELDS, ""), "TRANGTHAI": OPEN, **row}
        return ""

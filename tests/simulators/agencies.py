"""A catalogue of agency codes as large as the real one, made when it is asked for: both code forms, aliases, nodes of the axis.

Only Hưng Yên's codes are those of the demonstration; every other name is invented. The same size gives the same rows.
"""

from dataclasses import dataclass

import dossiers
import figures

CENTRAL, PROVINCES, SECOND, THIRD = 30, 63, 60, 40
ALIAS_EVERY, NODE_EVERY, RENUMBERED_EVERY = 97, 499, 41
REAL_SIZE = 111_339


@dataclass(frozen=True)
class Agency:
    number: int    # 1, 2, …
    parent: int    # the number of the one above; 0 at the top
    code: str      # "H31.02"; of an alias the old form
    old_code: str  # "000.00.02.H31"
    name: str
    level: int     # 1 at the top

    @property
    def mail(self):
        return f"vanthu{self.number}@gialap.example"


def old_form(code, renumbered=False):
    """H31.02.03 as 000.03.02.H31; a body that was renumbered keeps a group of its own."""
    groups = (code.split(".") + ["00", "00"])[:3]
    return f"{'002' if renumbered else '000'}.{groups[2]}.{groups[1]}.{groups[0]}"


def codes():
    """Every (code, code above) from the top down, without end for any size that is asked for."""
    tops = [f"G{n:02d}" for n in range(1, CENTRAL + 1)] + [f"H{n:02d}" for n in range(1, PROVINCES + 1)]
    yield from ((top, "") for top in tops)
    yield from ((f"{top}.{second:02d}", top) for second in range(1, SECOND + 1) for top in tops)
    yield from ((f"{top}.{second:02d}.{third:02d}", f"{top}.{second:02d}")
                for third in range(1, THIRD + 1) for second in range(1, SECOND + 1) for top in tops)


def names():
    known = dict(dossiers.AGENCIES) | {dossiers.PROVINCE[0]: dossiers.PROVINCE[1], "G22": "Văn phòng Chính phủ"}
    return known | {row["code"]: row["name"] for row in figures.table("senders.csv")}


class Catalogue:
    """The generated agencies, with what was registered and without what was removed since."""

    def __init__(self, size=REAL_SIZE):
        self._size = size
        self._codes = None
        self._added, self._removed = {}, set()

    def rows(self):
        """As many agencies as the catalogue is large: after some a second entry under the old form, in between nodes `…W00`."""
        yield from (row for row in self._first() if row.code not in self._removed)
        yield from list(self._added.values())

    def _first(self):
        known, numbers, number = names(), {"": 0}, 0
        for code, above in codes():
            for row in self._entries(code, number + 1, numbers[above], known):
                number += 1
                if number > self._size:
                    return
                numbers.setdefault(row.code, number)
                yield row

    def add(self, code, name):
        """Whether the code was new."""
        if self.knows(code):
            return False
        self._added[code] = Agency(self._size + len(self._added) + 1, 0, code, old_form(code), name, code.count(".") + 1)
        self._removed.discard(code)
        self._codes = None
        return True

    def remove(self, code):
        """Whether there was such a code."""
        if not self.knows(code):
            return False
        self._added.pop(code, None)
        self._removed.add(code)
        self._codes = None
        return True

    @staticmethod
    def _entries(code, number, parent, known):
        name, level = known.get(code, f"Đơn vị giả lập {code}"), code.count(".") + 1
        old = old_form(code, number % RENUMBERED_EVERY == 0 and code not in known)
        yield Agency(number, parent, code, old, name, level)
        if number % ALIAS_EVERY == 0:
            yield Agency(number + 1, parent, old, old, f"{name} (Mã cũ)", level)
        if number % NODE_EVERY == 0:
            node = number // NODE_EVERY
            at = number + 2 if number % ALIAS_EVERY == 0 else number + 1
            yield Agency(at, parent, f"{node % 90 + 10}.{node // 90:02d}.W00", "", "Nút trục giả lập", level)

    def knows(self, code):
        """Whether a code of either form is in the catalogue."""
        if self._codes is None:
            self._codes = {text for row in self.rows() for text in (row.code, row.old_code)}
        return code in self._codes

"""What waits for the system that asks the axis: items stay in the list until they are acknowledged as done or failed."""

import threading
from dataclasses import dataclass

DESCRIPTIONS = {"initial": "Moi tao", "processing": "Dang xu ly", "done": "Da xu ly", "fail": "That bai"}


@dataclass(frozen=True)
class Item:
    name: str         # the axis's own identity
    kind: str         # "edoc", "status"
    sender: str
    receiver: str
    time: str         # "2025-03-28 09:30:15"
    published: str    # "2025-03": not listed before
    package: object   # () -> bytes


class Inbox:
    def __init__(self, items):
        self._lock = threading.Lock()
        self._items, self._status = {}, {}
        for item in items:
            self.add(item)

    def add(self, item):
        with self._lock:
            self._items[item.name] = item
            self._status[item.name] = "initial"

    def __getitem__(self, name):
        return self._items.get(name)

    def waiting(self, kind, published_to, first="", last=""):
        """(item, status) of everything not yet acknowledged, oldest first; days as yyyy-MM-dd narrow it."""
        with self._lock:
            return [(item, self._status[name]) for name, item in self._items.items()
                    if item.kind == kind and self._status[name] in ("initial", "processing") and item.published <= published_to
                    and first <= item.time[:10] and (not last or item.time[:10] <= last)]

    def acknowledge(self, name, status):
        with self._lock:
            if name not in self._items or status not in ("processing", "done", "fail"):
                return False
            self._status[name] = status
            return True

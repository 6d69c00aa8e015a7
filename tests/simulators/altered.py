"""What a source has is not what it had: figures hidden for a while, lost for good, changed or added, as a test orders it."""

import threading

ORDERS = ("hide", "show", "lose", "change", "add")


class Altered:
    """Figures are named "<period>/<code>"; a period alone means all of it. `change` and `add` give new texts by name."""

    def __init__(self):
        self._lock = threading.Lock()
        self._hidden, self._lost = set(), set()
        self._changed, self._added = {}, {}

    def control(self, asked):
        """Takes an order; False, and nothing done, where it is none."""
        lists = all(isinstance(asked.get(name, []), list) for name in ("hide", "show", "lose"))
        texts = all(isinstance(asked.get(name, {}), dict) for name in ("change", "add"))
        if not asked or set(asked) - set(ORDERS) or not lists or not texts:
            return False
        with self._lock:
            self._hidden |= set(asked.get("hide", []))
            self._hidden -= set(asked.get("show", []))
            self._lost |= set(asked.get("lose", []))
            self._changed.update(asked.get("change", {}))
            self._added.update(asked.get("add", {}))
        return True

    def of(self, figures, name, alike):
        """The figures as they are now. `name` gives a figure's name; `alike` a copy of one under a name, with a text."""
        with self._lock:
            gone, changed, added = self._hidden | self._lost, dict(self._changed), dict(self._added)
        out = []
        for figure in figures:
            called = name(figure)
            if called not in gone and called.partition("/")[0] not in gone:
                out.append(alike(figure, called, changed[called]) if called in changed else figure)
        for called, text in added.items():
            model = next((one for one in figures if name(one).partition("/")[2] == called.partition("/")[2]), None)
            if model is not None and called not in gone and called.partition("/")[0] not in gone:
                out.append(alike(model, called, text))
        return out

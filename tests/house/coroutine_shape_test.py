"""co_await stands only in shapes that g++ 12 compiles correctly.

g++ 12 destroys temporaries twice, or never, around a co_await in a condition, in ?:, in && and ||, in braces, in
a switch head, beside an aggregate or capturing lambda written in the same expression. What is left is plain:
    auto name = co_await callee(named things);     Type name = co_await …;     name = co_await …;
    co_return co_await callee(named things);       co_await callee(named things);
"""
import re
import unittest

import tree

ALLOWED = re.compile(
    r"^\s*(?:"
    r"(?:const\s+)?(?:auto|[A-Za-z_][\w:]*(?:<[^;=]*>)?)[&]?\s+[A-Za-z_]\w*\s*=\s*co_await\s+CALL"
    r"|[A-Za-z_][\w.\->]*\s*=\s*co_await\s+CALL"
    r"|co_return\s+co_await\s+CALL"
    r"|co_await\s+CALL"
    r");\s*(?://.*)?$".replace("CALL", r"[A-Za-z_][\w:.<>\->]*\s*\([^{}?]*\)"))
FORBIDDEN_INSIDE = re.compile(r"&&|\|\||\?|\[[^\]]*\]\s*[({]|\bswitch\b|\bif\b|\bwhile\b|\bnew\b")


def statements(source):
    """Each statement that holds a co_await, joined to one line, with the line it starts on."""
    source = re.sub(r"//[^\n]*", "", source)
    for found in re.finditer(r"\bco_await\b", source):
        start = max(source.rfind(mark, 0, found.start()) for mark in (";", "{", "}")) + 1
        end = source.find(";", found.start())
        yield source.count("\n", 0, found.start()) + 1, " ".join(source[start:end + 1].split())


class CoroutineShape(unittest.TestCase):
    def test_every_co_await_has_a_shape_that_is_compiled_correctly(self):
        wrong, seen = [], 0
        for name in tree.files(".hpp", ".cpp"):
            if name.startswith("tests/"):
                continue
            for line, statement in statements(tree.text(name)):
                seen += 1
                statement = re.sub(r"^(?:while|if) \([^()]*(?:\([^()]*\)[^()]*)*\) (?=co_await )", "", statement)
                if not ALLOWED.match(statement) or FORBIDDEN_INSIDE.search(statement):
                    wrong.append(f"{name}:{line}: {statement}")
        self.assertGreater(seen, 5, "the search found no coroutines at all")
        self.assertEqual(wrong, [])

    def test_the_rule_knows_the_shapes_that_crash(self):
        for bad in ("if (co_await ready()) return;", "auto x = c ? co_await f() : y;", "co_await send(Request{a, b});",
                    "auto r = co_await f([t] { return t; });", "Pair p{co_await a(), b};", "x = y && co_await f();",
                    "switch (co_await f()) {"):
            self.assertFalse(ALLOWED.match(bad) and not FORBIDDEN_INSIDE.search(bad), bad)
        for good in ("auto r = co_await f(x, std::move(y));", "sdk::Step step = co_await tell(std::move(event), form);",
                     "co_return co_await f(x);", "co_await rest(pause);", "step = co_await ask(next);"):
            self.assertTrue(ALLOWED.match(good) and not FORBIDDEN_INSIDE.search(good), good)


if __name__ == "__main__":
    unittest.main()

"""A name means one thing: no two files define a type of the same name in one namespace.

Compilers see one file at a time and linkers keep one of what is alike, so two such types end in memory that is freed twice.
"""
import collections
import re
import unittest

import tree

TOKEN = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|[A-Za-z_]\w*|::|[{}();:=<>]', re.S)


def types_of(text):
    """Qualified names of the types a file defines for all to see."""
    text = re.sub(r'R"(\w*)\(.*?\)\1"', '""', text, flags=re.S)
    tokens = [word for word in TOKEN.findall(text) if word[:2] not in ("//", "/*")]
    scopes, at = [], 0
    while at < len(tokens):
        word = tokens[at]
        if word == "namespace" and all(scopes):
            end = at + 1
            while tokens[end] not in "{;=":
                end += 1
            if tokens[end] == "{":
                scopes.append("".join(tokens[at + 1:end]) or None)
            at = end
        elif word == "{":
            scopes.append(None)
        elif word == "}":
            scopes.pop()
        elif word in ("class", "struct", "enum") and all(scopes) and tokens[at - 1] not in ("<", "enum", ",", "using", "friend"):
            name, end = tokens[at + 1], at + 2
            if name in ("class", "struct"):
                name, end = tokens[at + 2], at + 3
            while tokens[end] == "::":
                name, end = name + "::" + tokens[end + 1], end + 2
            while tokens[end] not in ("{", ";", "<", "(", "=", ">", ")"):
                end += 1
            if tokens[end] == "{":
                yield "::".join([*scopes, name])
        at += 1


class OneName(unittest.TestCase):
    maxDiff = None

    def test_no_two_files_define_a_type_of_the_same_name(self):
        where = collections.defaultdict(list)
        for file in tree.files(".hpp", ".cpp"):
            if file.startswith(("hub/", "adapters/")):
                for name in set(types_of(tree.text(file))):
                    where[name].append(file)
        self.assertGreater(len(where), 300)
        self.assertEqual({name: files for name, files in where.items() if len(files) > 1}, {})

    def test_types_are_found_where_all_can_see_them(self):
        text = '''namespace a::b { class Seen final : public X { struct Inner {}; struct Late; }; struct Seen::Late {}; struct Later; enum class Kind : int { one };
                  namespace { struct Hidden {}; } template <class T> struct Of {}; void f() { struct Local {}; } }'''
        self.assertEqual(list(types_of(text)), ["a::b::Seen", "a::b::Seen::Late", "a::b::Kind", "a::b::Of"])


if __name__ == "__main__":
    unittest.main()

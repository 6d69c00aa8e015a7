"""Includes run one way. The table below is the law of the house; every #include is held against it."""
import re
import unittest

import tree

# room -> (rooms it may include, foreign libraries it may include in headers, in .cpp files only)
ROOMS = {
    "hub/sdk": ([], [], []),
    "hub/model": ([], [], []),
    "hub/text": (["hub/model"], [], ["unicode/"]),
    "hub/catalogue": (["hub/model", "hub/text"], [], []),
    "hub/rules": (["hub/catalogue", "hub/text", "hub/model"], [], []),
    "hub/mapping": (["hub/catalogue", "hub/text", "hub/model"], [], ["yaml-cpp/"]),
    "hub/compute": (["hub/mapping", "hub/catalogue", "hub/text", "hub/model"], [], []),
    "hub/ports": (["hub/model"], [], []),
    "hub/workshop": (["hub/mapping", "hub/rules", "hub/catalogue", "hub/text", "hub/ports", "hub/model", "hub/sdk"], [], []),
    "hub/process": (["hub/model", "hub/sdk"], [], ["seccomp.h"]),
    "hub/seal": (["hub/model", "hub/ports", "hub/sdk"], [], ["openssl/", "boost/json"]),
    "hub/compliance": (["hub/catalogue", "hub/text", "hub/model"], [], []),
    "hub/access": (["hub/model", "hub/ports", "hub/seal"], [], []),
    "hub/flow": (["hub/workshop", "hub/process", "hub/seal", "hub/compliance", "hub/ports", "hub/model", "hub/sdk",
                  "hub/mapping", "hub/compute", "hub/rules", "hub/catalogue", "hub/text"], ["boost/asio"], ["boost/url"]),
    "hub/http": (["hub/model"], ["boost/asio/any_io_executor.hpp"], ["boost/", "openssl/"]),
    "hub/api": (["hub/flow", "hub/access", "hub/http", "hub/seal", "hub/catalogue", "hub/rules", "hub/compliance", "hub/ports",
                 "hub/model", "hub/text"], ["boost/asio"], ["prometheus/", "boost/json"]),
    "hub/cli": (["*"], ["boost/asio"], ["*"]),
}
ADAPTER = (["hub/ports", "hub/model", "hub/text", "hub/sdk"], [])
ADAPTER_LIBRARIES = {
    "adapters/formats/json": ["boost/json", "boost/system"],
    "adapters/formats/ndjson": [],
    "adapters/formats/sdmx": [],
    "adapters/formats/xml": ["libxml/"],
    "adapters/formats/place": [],
    "adapters/formats/grid": [],
    "adapters/formats/csv": [],
    "adapters/formats/edxml": [],
    "adapters/formats/xlsx": ["libxml/"],
    "adapters/formats/zip": ["zlib.h"],
    "adapters/documents/edxml": ["zlib.h"],
    "adapters/formats/stream": [],
    "adapters/transports/beast": ["boost/", "openssl/"],
    "adapters/transports/blocking": ["boost/asio"],
    "adapters/transports/files": ["boost/asio", "dirent.h"],
    "adapters/transports/folder": ["openssl/"],
    "adapters/transports/mail": ["boost/asio", "Poco/"],
    "adapters/transports/reach": ["boost/asio", "netdb.h"],
    "adapters/transports/sftp": ["boost/asio", "libssh/"],
    "adapters/transports/sql": ["boost/asio", "libpq-fe.h", "sql.h", "sqlext.h", "sqlucode.h", "sqlite3.h"],
    "adapters/sqlite": ["Poco/", "sqlite3.h"],
    "adapters/journals/sqlite": ["Poco/", "sqlite3.h"],
    "adapters/stores/sqlite": ["Poco/", "sqlite3.h"],
    "adapters/pauses/sqlite": [],
    "adapters/watch/sqlite": [],
    "adapters/reconciliations/sqlite": [],
    "adapters/keys/pem": ["openssl/"],
    "adapters/tables/xlsx": ["xlsxwriter.h"],
    "adapters/mailers/poco": ["Poco/"],
}
# Which other adapters an adapter stands on: those that share one library.
ADAPTER_MAY = {
    "adapters/formats/csv": ["adapters/formats/place", "adapters/formats/grid", "adapters/formats/stream"],
    "adapters/formats/edxml": ["adapters/formats/place", "adapters/formats/xlsx", "adapters/formats/xml", "adapters/formats/zip"],
    "adapters/formats/xlsx": ["adapters/formats/place", "adapters/formats/grid", "adapters/formats/xml", "adapters/formats/zip"],
    "adapters/formats/stream": ["adapters/formats/place"],
    "adapters/formats/xml": ["adapters/formats/place", "adapters/formats/stream"],
    "adapters/formats/json": ["adapters/formats/place", "adapters/formats/stream"],
    "adapters/formats/ndjson": ["adapters/formats/json", "adapters/formats/place"],
    "adapters/formats/sdmx": ["adapters/formats/json", "adapters/formats/place", "adapters/formats/stream", "adapters/formats/xml"],
    "adapters/transports/beast": ["adapters/transports/reach"],
    "adapters/transports/files": ["adapters/transports/blocking", "adapters/transports/folder"],
    "adapters/transports/folder": ["adapters/transports/blocking"],
    "adapters/transports/mail": ["adapters/transports/blocking", "adapters/transports/reach"],
    "adapters/transports/sftp": ["adapters/transports/blocking", "adapters/transports/folder", "adapters/transports/reach"],
    "adapters/transports/sql": ["adapters/transports/blocking", "adapters/transports/reach"],
    "adapters/journals/sqlite": ["adapters/sqlite"],
    "adapters/stores/sqlite": ["adapters/sqlite"],
    "adapters/pauses/sqlite": ["adapters/sqlite"],
    "adapters/watch/sqlite": ["adapters/sqlite"],
    "adapters/reconciliations/sqlite": ["adapters/sqlite"],
    "adapters/keys/pem": ["hub/seal"],
    "adapters/documents/edxml": ["hub/seal"],
}
# Asio's coroutine types may stand in headers of these rooms; everything else of Beast and OpenSSL may not.
INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]')
# Libraries that are dear to compile, or whose quirks one file is to know, stand in the files named here alone.
ONLY_IN = {"yaml-cpp/": ("hub/mapping/yaml.cpp",),
           "CLI/": ("hub/cli/main.cpp", "hub/cli/signer_main.cpp", "hub/cli/worker_main.cpp")}
# Headers that are no room's face: only the .cpp files of their own room include them, and they each other.
INNER = {"hub/seal/openssl_handles.hpp", "hub/http/connection.hpp", "hub/http/pending_answer.hpp",
         "hub/http/response_message.hpp", "hub/http/service.hpp", "hub/http/tls_context.hpp"}
POSIX = re.compile(r"^(sys|linux|arpa|netinet)/|^(unistd|fcntl|signal|poll|spawn|dlfcn|time|elf|pthread|endian|errno|netdb)\.h$")
STANDARD = re.compile(r"^[a-z_0-9]+$|^std(int|def|io|lib)\.h$|^string\.h$|^limits\.h$")


def room_of(name):
    for room in sorted(list(ROOMS) + list(ADAPTER_LIBRARIES), key=len, reverse=True):
        if name.startswith(room + "/"):
            return room
    if name.startswith("plugins/"):
        return "plugins"
    return None


class Layering(unittest.TestCase):
    maxDiff = None

    def includes(self):
        for name in tree.files(".hpp", ".cpp", ".h"):
            if not name.startswith(("hub/", "adapters/", "plugins/")):
                continue
            for number, line in enumerate(tree.text(name).splitlines(), 1):
                found = INCLUDE.match(line)
                if found:
                    yield name, number, found.group(1), found.group(2)

    def test_every_source_stands_in_a_room_of_the_table(self):
        for name in tree.files(".hpp", ".cpp", ".h"):
            if name.startswith(("hub/", "adapters/", "plugins/")):
                self.assertIsNotNone(room_of(name), f"{name} stands in no room of the table")

    def test_rooms_include_only_what_the_table_lets_them(self):
        wrong = []
        for name, number, kind, target in self.includes():
            room = room_of(name)
            if kind == '"':
                allowed = ["hub/sdk"] if room == "plugins" else (
                    ADAPTER[0] + ADAPTER_MAY.get(room, []) if room.startswith("adapters/") else ROOMS[room][0])
                into = room_of(target)
                if into != room and "*" not in allowed and into not in allowed:
                    wrong.append(f"{name}:{number}: {room} may not include {target}")
        self.assertEqual(wrong, [])

    def test_foreign_libraries_stay_in_the_files_that_may_hold_them(self):
        wrong = []
        for name, number, kind, target in self.includes():
            if kind != "<" or STANDARD.match(target) or POSIX.match(target):
                continue
            room = room_of(name)
            if room == "plugins":
                allowed = []
            elif room.startswith("adapters/"):
                allowed = ADAPTER_LIBRARIES[room]
            else:
                in_headers, in_sources = ROOMS[room][1], ROOMS[room][2]
                allowed = in_headers + ([] if name.endswith((".hpp", ".h")) and name not in INNER else in_sources)
            if "*" not in allowed and not any(target.startswith(start) for start in allowed):
                wrong.append(f"{name}:{number}: {room} may not include <{target}> here")
            for library, only in ONLY_IN.items():
                if target.startswith(library) and name not in only:
                    wrong.append(f"{name}:{number}: <{target}> belongs to {', '.join(only)} alone")
        self.assertEqual(wrong, [])

    def test_inner_headers_are_included_by_sources_of_their_room_only(self):
        wrong = [f"{name}:{number}: {target}" for name, number, kind, target in self.includes()
                 if target in INNER and (room_of(name) != room_of(target) or not (name.endswith(".cpp") or name in INNER))]
        self.assertEqual(wrong, [])

    def test_a_connector_is_one_name_in_three_places(self):
        connectors = {name.split("/")[1] for name in tree.files(".cpp") if name.startswith("plugins/")}
        self.assertTrue(connectors)
        for connector in connectors:
            for place in ("plugins", "tests/golden"):
                self.assertTrue((tree.ROOT / place / connector).is_dir(), f"{place}/{connector} is missing")
            # Connectors that bring the same documents are read by the same mappings; their page says whose.
            shared = re.search(r"read by the same\s+mappings \(`mappings/([a-z0-9_]+)`\)", tree.text(f"plugins/{connector}/README.md"))
            place = f"mappings/{shared.group(1) if shared else connector}"
            self.assertTrue((tree.ROOT / place).is_dir(), f"{place} is missing")

    def test_no_file_has_a_name_that_says_nothing(self):
        for name in tree.files(""):
            stem = name.rsplit("/", 1)[-1].split(".")[0].lower()
            self.assertNotIn(stem, {"util", "utils", "helper", "helpers", "common", "misc", "stuff"}, name)


if __name__ == "__main__":
    unittest.main()

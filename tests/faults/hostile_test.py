"""Hostile bodies at the push door: each gets a clear refusal within a second, and costs little memory."""
import json
import os
import pathlib
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "end_to_end"))
from processes import family, kibibytes  # noqa: E402
from running_hub import RunningHub, record  # noqa: E402

MIB = 1024 * 1024
# The promise is one second, of the build people use; a build for debugging on a busy machine is given some room.
# Memory likewise: a sanitizer keeps what was given back.
MIB_EACH = float(os.environ.get("LIENTHONG_HOSTILE_MIB", "64"))
SECONDS = float(os.environ.get("LIENTHONG_HOSTILE_SECS", "5"))


def held(pid):
    """Bytes that a process and everything below it hold now."""
    return sum(kibibytes(one, "VmRSS") for one in family(pid)) * 1024


def xml(inner):
    return b"<records>" + inner + b"</records>", "application/xml"


HOSTILE = {
    "cut in the middle": (json.dumps({"records": [record()]})[:-20].encode(), "application/json", "format.json.syntax"),
    "nothing at all": (b"", "application/json", "format.json.syntax"),
    "100,000 levels deep": (b"[" * 100_000 + b"]" * 100_000, "application/json", "format.too_deep"),
    "a number of 300,000 digits": (b'{"records":[{"value":' + b"9" * 300_000 + b"}]}", "application/json", "format.number_too_long"),
    "the same key twice": (b'{"records":[{"value":1,"value":2}]}', "application/json", "format.json.duplicate_key"),
    "Latin-1 bytes": ('{"records":[{"source":"' + "Hưng Yên".encode("utf-16").decode("latin-1") + '"}]}').encode("latin-1"),
    "a byte order mark": (b"\xef\xbb\xbf{}", "application/json", "format.bom"),
    "rubbish behind the end": (b'{"records":[]} x', "application/json", "format.json.syntax"),
    "no records at all": (b'{"figures":[]}', "application/json", "message.no_records"),
    "100,000 members": (b"{" + b",".join(b'"k%d":1' % n for n in range(100_000)) + b"}", "application/json", "message.no_records"),
    "100,000 empty records": (b'{"records":[' + b",".join([b"{}"] * 100_000) + b"]}", "application/json", "message.too_many_records"),
    "as many empty records as are allowed": (b'{"records":[' + b",".join([b"{}"] * 5_000) + b"]}", "application/json", "field.missing"),
    "XML where JSON is read": (b"<records/>", "application/json", "format.json.syntax"),
    "a DOCTYPE that reads a file": (b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><records>&x;</records>", "application/xml", "format.xml.doctype"),
    "entities that grow a billionfold": (b"<!DOCTYPE a [<!ENTITY a '" + b"ha" * 50 + b"'>" + b"".join(
        b"<!ENTITY a%d '&a%s;&a%s;'>" % (n, str(n - 1).encode() if n else b"", str(n - 1).encode() if n else b"") for n in range(30)) + b"]><records>&a29;</records>",
        "application/xml", "format.xml.doctype"),
    "an entity of nobody": (*xml(b"<record><source>&x;</source></record>"), "format.xml.entity"),
    "100,000 attributes": (*xml(b"<record " + b" ".join(b'a%d="1"' % n for n in range(100_000)) + b"/>"), "format.xml.attributes"),
    "100,000 levels of XML": (*xml(b"<a>" * 100_000 + b"</a>" * 100_000), "format.too_deep"),
    "XML cut in the middle": (b"<records><record><indicator>A_I", "application/xml", "format.xml.syntax"),
    "XML of another encoding": (b'<?xml version="1.0" encoding="windows-1258"?><records/>', "application/xml", "format.not_utf8"),
    "100,000 empty records of XML": (*xml(b"<record/>" * 100_000), "message.too_many_records"),
    "as many empty records of XML as are allowed": (*xml(b"<record/>" * 5_000), "field.missing"),
}


class Hostile(unittest.TestCase):
    def test_each_is_refused_with_its_code_in_a_second_and_the_hub_goes_on(self):
        with RunningHub(flows=()) as hub:
            token = hub.token("push", "pull")
            hub.push(token, "hostile-warm-up-0001", [record(period="2024-01")])
            costs = []
            for number, (name, entry) in enumerate(HOSTILE.items()):
                body, kind, code = entry if isinstance(entry, tuple) else (entry, "application/json", "format.not_utf8")
                before = held(hub.hub.pid)
                begun = time.monotonic()
                status, _, answer = hub.call("POST", "/v1/submissions" + ("?flow=push-xml" if kind == "application/xml" else ""), body, {
                    "Authorization": f"Bearer {token}", "Content-Type": kind, "Idempotency-Key": f"hostile-body-{number:08d}"})
                took = time.monotonic() - begun
                grown = held(hub.hub.pid) - before
                costs.append((took, grown / max(1, len(body) / MIB), name))
                answer = json.loads(answer)
                with self.subTest(name):
                    self.assertEqual(status, 422, answer if len(str(answer)) < 3000 else str(answer)[:3000])
                    if code:
                        self.assertEqual(answer["verdicts"][0]["problems"][0]["code"], code)
                    self.assertLess(took, SECONDS)
                    self.assertLess(grown, MIB_EACH * MIB * max(1, len(body) / MIB))
            print(f"slowest: {max(costs)[0]:.2f} s for {max(costs)[2]}; heaviest: "
                  + "{0:.0f} MiB a MiB for {1}".format(*max((grown / MIB, name) for _, grown, name in costs)))
            status, _, answer = hub.call("POST", "/v1/submissions", b"<records/>", {
                "Authorization": f"Bearer {token}", "Content-Type": "application/xml", "Idempotency-Key": "hostile-declared-01"})
            self.assertEqual((status, json.loads(answer)["code"]), (415, "push.content_type"))
            self.assertEqual(self.announced(hub, token, 11 * MIB), 413)
            self.assertEqual(hub.push(token, "hostile-afterwards-01", [record(period="2024-02")])[0], 200)
            self.assertIn("everything agrees", hub.lienthong("reconcile").stdout)


    def announced(self, hub, token, size):
        """The answer to a body that is only announced: a hub that knows it is too large says so before it comes."""
        connection = hub.connect()
        connection.putrequest("POST", "/v1/submissions")
        for name, value in (("Authorization", f"Bearer {token}"), ("Content-Type", "application/json"),
                            ("Idempotency-Key", "hostile-too-large-01"), ("Content-Length", str(size))):
            connection.putheader(name, value)
        connection.endheaders()
        status = connection.getresponse().status
        connection.close()
        return status


if __name__ == "__main__":
    unittest.main()

"""Every fault as a caller meets it, and which requests it meets."""

import argparse
import gzip
import http.client
import json
import ssl
import threading
import unittest

import nrs
import settings
import simulator
from simulator_case import CERTIFICATE, KEY, Case, make_certificate


class Misbehaviour(Case):
    dialect_class, system, scenario = nrs.Nrs, "nrs", {"token": "t1"}
    bearer = {"Authorization": "Bearer t1"}

    def offices(self, **named):
        return self.call("GET", "/bc/offices", headers=self.bearer, **named)

    def test_counts_its_misbehaviours(self):
        self.order(misbehave="refuse", times=2)
        self.assertEqual([self.offices()[0].status for _ in range(3)], [503, 503, 200])

    def test_answers_with_a_gateway_page(self):
        self.order(misbehave="html502")
        reply, body = self.offices()
        self.assertEqual((reply.status, reply.getheader("Content-Type"), body[:6]), (502, "text/html", b"<html>"))

    def test_stalls(self):
        self.order(misbehave="stall", times=1, seconds=30)
        with self.assertRaises(TimeoutError):
            self.offices(timeout=0.3)
        self.assertEqual(self.offices()[0].status, 200)

    def test_damages_a_reply(self):
        self.order(misbehave="damage", times=1)
        with self.assertRaises(ValueError):
            json.loads(self.offices()[1])

    def test_sends_chunks_and_byte_order_marks(self):
        self.order(misbehave="chunked", times=1)
        reply, body = self.offices()
        self.assertEqual((reply.getheader("Transfer-Encoding"), json.loads(body)["error"]["code"]), ("chunked", 200))
        self.order(misbehave="bom", times=1)
        self.assertEqual(self.offices()[1][:3], b"\xef\xbb\xbf")

    def test_keeps_to_the_path_it_was_told(self):
        self.order(misbehave="refuse", path="/goi-tin")
        self.assertEqual(self.offices()[0].status, 200)

    def test_is_never_cut_off_from_control(self):
        self.order(misbehave="refuse")
        self.assertEqual(self.read("GET", "/_health"), (200, {"system": "nrs", "status": "ok"}))
        self.assertEqual(self.read("POST", "/_control", {"misbehave": "explode"})[0], 400)
        self.assertEqual(self.read("POST", "/_control", {"unknown": 1})[0], 400)

    def test_meets_the_nth_request_only(self):
        self.order(faults=[{"fault": "refuse", "nth": 2}, {"fault": "html502", "path": "/offices", "nth": 3, "times": 2}])
        self.assertEqual([self.offices()[0].status for _ in range(6)], [200, 503, 200, 502, 502, 200])

    def test_comes_again_every_so_many_requests(self):
        self.order(faults=[{"fault": "refuse", "every": 3, "times": 2}])
        self.assertEqual([self.offices()[0].status for _ in range(9)], [200, 200, 503, 200, 200, 503, 200, 200, 200])

    def test_tells_requests_apart_by_method_and_by_what_they_hold(self):
        self.order(faults=[{"fault": "refuse", "method": "POST", "contains": "HYE_IIP_TT"}])
        self.assertEqual(self.offices()[0].status, 200)
        for code, status in (("HYE_CPI_TT", 200), ("HYE_IIP_TT", 503)):
            asked = {"officeCode": "000.00.00.H31", "indicatorCodes": [code], "dataTypeId": 3, "periodId": 3, "dataYear": 2025}
            self.assertEqual(self.call("POST", "/bc/indicators", asked, self.bearer)[0].status, status)

    def test_an_ordered_fault_goes_before_the_planned_ones(self):
        self.order(faults=[{"fault": "refuse"}])
        self.order(misbehave="html502", times=1)
        self.assertEqual([self.offices()[0].status for _ in range(2)], [502, 503])

    def test_sends_elsewhere(self):
        self.order(misbehave="redirect", times=1)
        reply, _ = self.offices()
        self.assertEqual((reply.status, reply.getheader("Location")), (302, "http://169.254.169.254/latest/meta-data/"))
        self.order(misbehave="redirect", to="https://elsewhere.example/", status=307)
        reply, _ = self.offices()
        self.assertEqual((reply.status, reply.getheader("Location")), (307, "https://elsewhere.example/"))

    def test_says_when_to_come_again(self):
        self.order(misbehave="throttle", retry_after=7)
        reply, _ = self.offices()
        self.assertEqual((reply.status, reply.getheader("Retry-After")), (429, "7"))
        self.order(misbehave="throttle", **{"as": "date"})
        self.assertRegex(self.offices()[0].getheader("Retry-After"), "GMT$")
        self.order(misbehave="throttle", **{"as": "nothing"})
        self.assertIsNone(self.offices()[0].getheader("Retry-After"))

    def test_ends_an_answer_before_the_length_it_promised(self):
        self.order(misbehave="cut", times=1)
        with self.assertRaises(http.client.IncompleteRead):
            self.offices()

    def test_compresses_unasked_and_pads(self):
        plain = self.offices()[1]
        self.order(misbehave="gzip", times=1)
        reply, body = self.offices()
        self.assertEqual((reply.getheader("Content-Encoding"), gzip.decompress(body)), ("gzip", plain))
        self.order(misbehave="pad", bytes=3000, times=1)
        self.assertEqual(self.offices()[1], b" " * 3000 + plain)

    def test_lies_about_what_it_sends(self):
        self.order(misbehave="charset", charset="utf-16-le", times=1)
        reply, body = self.offices()
        self.assertEqual((reply.getheader("Content-Type"), body[:4]), ("application/json; charset=utf-8", b"{\0\"\0"))
        self.order(misbehave="content_type", content_type="image/png", times=1)
        self.assertEqual(self.offices()[0].getheader("Content-Type"), "image/png")
        self.order(misbehave="html200", times=1)
        reply, body = self.offices()
        self.assertEqual((reply.status, body[:6]), (200, b"<html>"))
        self.order(misbehave="empty", times=1)
        self.assertEqual(self.offices()[1], b"")
        self.order(misbehave="replace", find="H31", **{"with": "H99"})
        self.assertIn(b"000.00.00.H99", self.offices()[1])
        self.order(misbehave="reply", status=418, body="khong phai JSON")
        self.assertEqual((self.offices()[0].status, self.offices()[1]), (418, b"khong phai JSON"))

    def test_answers_with_the_page_before(self):
        def codes(period):
            target = f"/bc/indicators/hasdata?officeCode=000.00.00.H31&dataTypeId=3&periodId={period}&datayear=2025"
            return self.read("GET", target, headers=self.bearer)[1]["data"]
        first, second = codes(3), codes(13)
        self.assertNotEqual(first, second)
        codes(3)
        self.order(misbehave="repeat", times=1)
        self.assertEqual((codes(13), codes(13)), (first, second))

    def test_sends_slowly_but_whole(self):
        plain, pieces = self.offices()[1], []
        self.order(misbehave="slow", seconds=0.2)
        line = http.client.HTTPSConnection("127.0.0.1", self.port, context=self.trust, timeout=60)
        self.addCleanup(line.close)
        line.request("GET", "/bc/offices", headers=self.bearer)
        reply = line.getresponse()
        while piece := reply.read1(1 << 20):  # one record of TLS, so one piece, at a time
            pieces.append(piece)
        self.assertEqual(b"".join(pieces), plain)
        self.assertGreater(len(pieces), 10)

    def test_makes_a_caller_of_an_unreadable_length_go_away(self):
        self.assertEqual(self.call("POST", "/bc/indicators", headers={**self.bearer, "Content-Length": "viele"})[0].status, 400)

    def test_says_what_is_wrong_with_an_order(self):
        for order, word in (({"misbehave": "stall", "seconds": "60"}, "a number from 0"),
                            ({"misbehave": "reset", "times": -1}, "a whole number from 0"),
                            ({"faults": [{"fault": "stal"}]}, "faults[0].fault"), ({"faults": {}}, "a list")):
            status, reply = self.read("POST", "/_control", order)
            self.assertEqual(status, 400)
            self.assertIn(word, reply["error"])


class Small:
    """A system of a few lines that has no rows in settings.py: its faults are names."""

    name, faults = "small", ("own",)

    def __init__(self, _):
        self.log = simulator.Log()

    def control(self, _):
        return False

    def damage(self, _, answer):
        return answer

    def answer(self, request):
        return simulator.json_answer({"fault": request.fault})


class WithoutSettings(unittest.TestCase):
    def test_a_system_stands_on_the_server_with_its_options_alone(self):
        make_certificate()
        parser = argparse.ArgumentParser()
        simulator.add_options(parser)
        options = parser.parse_args(["--port", "0", "--certificate", CERTIFICATE, "--key", KEY])
        server = simulator.Server(Small(options), ("127.0.0.1", 0), options)
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        self.addCleanup(server.server_close)
        self.addCleanup(thread.join)
        self.addCleanup(server.stop)
        line = http.client.HTTPSConnection("127.0.0.1", server.server_address[1],
                                           context=ssl.create_default_context(cafile=CERTIFICATE), timeout=60)
        self.addCleanup(line.close)

        def ask(method, target, body=None):
            line.request(method, target, json.dumps(body).encode())
            reply = line.getresponse()
            return reply.status, json.loads(reply.read())
        self.assertEqual(ask("POST", "/_control", {"misbehave": "own", "times": 1}), (200, {"status": "ok"}))
        self.assertEqual([ask("GET", "/")[1]["fault"] for _ in range(2)], ["own", "none"])
        self.assertEqual(ask("POST", "/_control", {"misbehave": "expire"})[0], 400)

    def test_a_system_made_in_code_needs_no_option_but_those_that_differ(self):
        self.assertEqual(settings.completed("qlvb", argparse.Namespace(secret="x")).system_id, "H31.08")
        self.assertTrue(nrs.Nrs(argparse.Namespace(token="t")).log)


if __name__ == "__main__":
    unittest.main()

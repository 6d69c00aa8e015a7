"""What the tests of the simulators share: a certificate, a simulator on a port of its own over real TLS, and calls to it."""

import argparse
import atexit
import http.client
import json
import shutil
import ssl
import subprocess
import tempfile
import threading
import time
import unittest
from pathlib import Path

import simulator

HERE = Path(__file__).resolve().parent
FOLDER = Path(tempfile.mkdtemp(prefix="simulators-"))
atexit.register(shutil.rmtree, FOLDER, True)
CERTIFICATE, KEY = str(FOLDER / "certificate.pem"), str(FOLDER / "key.pem")


def make_certificate():
    """Made once for all tests of a program."""
    if not Path(CERTIFICATE).exists():
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days",
                        "2",
                        "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", KEY, "-out",
                        CERTIFICATE],
                       check=True, capture_output=True)


class Case(unittest.TestCase):
    """One simulator for all tests of a class; every test begins without an ordered fault and at the present time."""

    dialect_class, system, scenario = None, "", {}

    @classmethod
    def setUpClass(cls):
        make_certificate()
        words = ["--port", "0", "--certificate", CERTIFICATE, "--key", KEY]
        if cls.scenario:
            file = FOLDER / f"{cls.__name__}.json"
            file.write_text(json.dumps({cls.system: cls.scenario}), encoding="utf-8")
            words += ["--scenario", str(file)]
        options = simulator.read_options(argparse.ArgumentParser(), cls.system, words)
        cls.options = options
        cls.dialect = cls.dialect_class(options)
        cls.server = simulator.Server(cls.dialect, ("127.0.0.1", 0), options)
        cls.port = cls.server.server_address[1]
        cls.trust = ssl.create_default_context(cafile=CERTIFICATE)
        cls.thread = threading.Thread(target=cls.server.serve_forever, args=(0.05,))
        cls.thread.start()

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()
        cls.thread.join()
        cls.server.server_close()

    def setUp(self):
        self.order(misbehave="none", faults=[])
        self.later(0)

    def later(self, seconds):
        """Lets the simulator think that so many seconds have gone by."""
        self.dialect.clock = lambda: time.monotonic() + seconds

    def call(self, method, target, body=None, headers=None, timeout=60):
        connection = http.client.HTTPSConnection("127.0.0.1", self.port, context=self.trust, timeout=timeout)
        try:
            if isinstance(body, (dict, list)):
                body = json.dumps(body, ensure_ascii=False).encode()
            connection.request(method, target, body, headers or {})
            reply = connection.getresponse()
            return reply, reply.read()
        finally:
            connection.close()

    def read(self, *arguments, **named):
        reply, body = self.call(*arguments, **named)
        return reply.status, json.loads(body)

    def order(self, **settings):
        self.assertEqual(self.read("POST", "/_control", settings), (200, {"status": "ok"}))

    def log(self):
        return self.read("GET", "/_log")[1]

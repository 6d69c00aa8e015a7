"""A mail server as a process of its own, with what it was sent."""
import json
import signal
import subprocess

from running_hub import ROOT

SECRET = "mat-khau-thu-khong-that"
SYSTEM_PYTHON = "/usr/bin/python3"


class MailServer:
    """A mail server that lets the account nhac-viec in, and keeps what it takes."""

    def __init__(self, hub, name="server", *more):
        self.hub, self.name, self.more = hub, name, more
        self.mails_file = hub.folder / f"mails-{len(list(hub.folder.glob('mails-*')))}.jsonl"
        self.mails_file.touch()

    def __enter__(self):
        pki = self.hub.pki
        self.child = subprocess.Popen(
            [SYSTEM_PYTHON, ROOT / "tests/end_to_end/mail_server.py", "--certificate", pki / f"{self.name}.pem", "--key",
             pki / f"{self.name}.key", "--user", "nhac-viec", "--password", SECRET, "--mails", self.mails_file, *self.more],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        line = self.child.stdout.readline().split()
        if line[:1] != ["ready"]:
            raise AssertionError("the mail server did not start")
        self.port = int(line[1])
        return self

    def __exit__(self, *_):
        self.child.send_signal(signal.SIGKILL)
        self.child.wait()
        self.child.stdout.close()

    def mails(self):
        return [json.loads(line) for line in self.mails_file.read_text(encoding="utf-8").splitlines()]

"""Files on a real SSH server become figures; a server with another key is told nothing."""
import getpass
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time
import unittest

from free_port import free_port
from hub_with_flows import HEAD, HubWithFlows, wait_for

FLOW = """  - name: {name}
    connector: folder
    mapping: folder/figures
    sender: {name}
    agencies: ["*"]
    interval_secs: 1
    settings:
      base_url: sftp://127.0.0.1:{port}{folder}
      whole_by: renamed
      login: {login}
      user: {user}
      {secret}
      host_key: {key}
"""


class Server:
    """An sshd of its own on a free port, with keys of its own, that takes the test's own account by one key."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="lienthong-sshd-"))
        for name in ("host", "other", "account", "stranger"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", self.folder / name], check=True)
        shutil.copyfile(self.folder / "account.pub", self.folder / "authorized")
        if os.geteuid() == 0:
            os.makedirs("/run/sshd", mode=0o755, exist_ok=True)
        self.process = None
        for _ in range(20):
            self.port = free_port()
            if self.start():
                return
        raise AssertionError("sshd does not listen:\n" + (self.folder / "log").read_text())

    def start(self):
        (self.folder / "sshd_config").write_text(
            f"Port {self.port}\nListenAddress 127.0.0.1\nHostKey {self.folder}/host\nAuthorizedKeysFile {self.folder}/authorized\nStrictModes no\n"
            "UsePAM no\nPasswordAuthentication yes\nPermitRootLogin yes\nMaxStartups 100\nSubsystem sftp internal-sftp\nPidFile none\n")
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen([shutil.which("sshd") or "/usr/sbin/sshd", "-D", "-e", "-f", self.folder / "sshd_config"], stderr=log)
        return wait_for("sshd", lambda: self.process.poll() is not None or self.listens()) is True and self.process.poll() is None

    def listens(self):
        with socket.socket() as client:
            return client.connect_ex(("127.0.0.1", self.port)) == 0

    def stop(self):
        self.process.terminate()
        self.process.wait()

    def fingerprint(self, name="host"):
        return subprocess.run(["ssh-keygen", "-lf", self.folder / f"{name}.pub"], check=True, capture_output=True, text=True).stdout.split()[1]

    def remove(self):
        if self.process and self.process.poll() is None:
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


class Sftp(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.running = None
        try:
            cls.prepare()
        except BaseException:
            cls.tearDownClass()
            raise

    @classmethod
    def prepare(cls):
        cls.server = server = Server()
        cls.inbox = server.folder / "nhận tệp"
        cls.inbox.mkdir()
        folder = f"{server.folder}/nh%E1%BA%ADn%20t%E1%BB%87p"

        def flow(name, login="key", secret="private_key: file:secrets/account", key="host", where=folder):
            return FLOW.format(name=name, port=server.port, folder=where, login=login, user=getpass.getuser(), secret=secret,
                               key=server.fingerprint(key))
        flows = [flow("xa"), flow("khoa-khac", key="other"), flow("nguoi-la", secret="private_key: file:secrets/stranger"),
                 flow("mat-khau", login="password", secret="password: file:secrets/sai"), flow("khong-co", where="/khong/co")]
        cls.running = hub = HubWithFlows("folder", "\n".join(flows), {
            "account": (server.folder / "account").read_bytes(), "stranger": (server.folder / "stranger").read_bytes(), "sai": b"mat-khau-sai"})
        hub.__enter__()
        cls.hub = hub
        cls.token = hub.token("pull")

    @classmethod
    def tearDownClass(cls):
        if cls.running:
            cls.running.__exit__(None, None, None)
        if cls.server:
            cls.server.remove()

    def put(self, name, period, value, later_secs=0):
        unfinished = self.inbox / "dang-ghi.tmp"
        unfinished.write_text(HEAD + f"TMBL;{period};33;H31.01;{value};tỷ đồng;UT\n", encoding="utf-8")
        os.utime(unfinished, (time.time(), time.time() + later_secs))
        os.rename(unfinished, os.fsencode(self.inbox) + b"/" + os.fsencode(name))

    def value(self, period):
        return wait_for(f"the figure of {period}", lambda: self.hub.figures(self.token).get(("A_VIII_1", "VALUE", period)))["value"]

    def test_1_a_file_of_the_server_becomes_figures_and_is_moved_there_with_a_note(self):
        self.put("bán lẻ.csv", "01/2025", "10.882,5")
        self.assertEqual(self.value("2025-01"), "10882.5")
        wait_for("the move", (self.inbox / "da-nhan/bán lẻ.csv").exists)
        self.assertIn("ĐÃ NHẬN", (self.inbox / "da-nhan/bán lẻ.csv.ket-qua.txt").read_text(encoding="utf-8"))
        self.put("bán lẻ.csv", "01/2025", "10.883")
        wait_for("the second", (self.inbox / "da-nhan/bán lẻ.2.csv").exists)
        # SFTP tells whole seconds: of one name, size and second it would look like the second file, not moved away yet.
        self.put("bán lẻ.csv", "01/2025", "10.883", later_secs=10)
        wait_for("the duplicate", (self.inbox / "trung/bán lẻ.csv").exists)

    def test_2_a_server_with_another_key_is_told_nothing(self):
        problem = self.hub.wait_problem("khoa-khac", "the server showed the key")
        self.assertIn(self.server.fingerprint(), problem)
        self.assertIn(self.server.fingerprint("other"), problem)

    def test_3_what_is_wrong_is_told_in_a_sentence(self):
        self.assertIn("have the public key entered", self.hub.wait_problem("nguoi-la", "does not let the account"))
        self.assertIn("check user and password", self.hub.wait_problem("mat-khau", "does not let the account"))
        self.hub.wait_problem("khong-co", "there is no such file or folder")
        self.assertNotIn("mat-khau-sai", (self.hub.folder / "hub.log").read_text(encoding="utf-8"))

    def test_4_hostile_names_links_and_files_too_large_keep_nothing_back(self):
        with open(self.inbox / "lon.tmp", "wb") as large:
            large.truncate(33 * 1024 * 1024)
        os.rename(self.inbox / "lon.tmp", self.inbox / "lon.csv")
        self.put(b"x\xff.csv", "02/2025", "1")
        (self.inbox / "lien-ket.csv").symlink_to("/etc/passwd")
        self.put("hai.csv", "02/2025", "2")
        self.assertEqual(self.value("2025-02"), "2")
        wait_for("the large file to be set aside", (self.inbox / "cach-ly/lon.csv.ket-qua.txt").exists)
        told = wait_for("what was set aside", lambda: (out := self.hub.lienthong("--json", "quarantine", "list", expect=1).stdout) and
                        "symbolic link" in out and out)
        self.assertIn("the name is not UTF-8", told)
        self.assertTrue((self.inbox / "lien-ket.csv").is_symlink())

    def test_5_a_server_that_goes_away_is_caught_up_with(self):
        self.server.stop()
        self.hub.wait_problem("xa", "could not be reached")
        self.put("ba.csv", "03/2025", "3")
        self.server.start()
        self.assertEqual(self.value("2025-03"), "3")


if __name__ == "__main__":
    unittest.main()

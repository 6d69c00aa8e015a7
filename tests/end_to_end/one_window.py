"""A one-window system that tells dossiers to the hub, and a hub that has the portal's simulator behind it."""
import json
import unittest

from running_hub import BUILD, SECRETS, RunningHub

PERSON = "Người Dân Không Được Giữ"
PORTAL = "/XrdAdapter/RestService/forward/mapi/{}?dstcode=VN:GOV:000.00.00.G22:vpcpdvcprovider"
TOLD, FINISHED, RETURNED = "2026-03-03T01:01:00Z", "2026-03-05T02:00:00Z", "2026-03-06T03:00:00Z"
FLOW = """

  - name: one-window
    connector: mcdt
    mapping: mcdt/documents
    agencies: ["*"]
    called: {}
"""


def document(code, **changes):
    """A dossier as SyncDocument tells it."""
    return {"DocTypeCode": "1.009907", "DocTypeName": "Thủ tục giả lập 7", "DocCode": code, "CitizenName": PERSON, "ApplicantsId": "033099123456",
            "ApplicantsType": 1, "Phone": "0912345678", "DateReceived": TOLD, "DateAppointed": "2026-03-09T10:00:00Z", "IsSuccess": False,
            "IsReturned": "false", "Status": 1, "ProcessingOrganName": "Sở Xây dựng", "OrganInchargeIdLevel1": "H31.04",
            "OrganInchargeName": "Sở Xây dựng", **changes}


def done(code):
    return document(code, Status=2, IsSuccess=True, SuccessDate=FINISHED, FinishedDate=FINISHED)


class OneWindow(unittest.TestCase):
    """For a class that has `hub` and `bearer`: what the one-window system does."""
    known = 0

    @classmethod
    def code(cls):
        cls.known += 1
        return f"H31.04-260303-{cls.known:04d}"

    def tell(self, *documents):
        status, _, text = self.hub.call("POST", "/in/one-window/Document/SyncDocument", json.dumps(list(documents)).encode(),
                                        {"Content-Type": "application/json", **self.bearer})
        self.assertEqual(status, 200, text)


class OneWindowAndPortal(OneWindow):
    """`flows` is YAML, two blanks in, with {address} for the portal's; `way_out` is the one that is looked at."""
    flows = way_out = ""

    @classmethod
    def setUpClass(cls):
        cls.running = RunningHub(flows=("dvc",))
        cls.running.edit_config = lambda text: (text.partition("\n\n  - name: dvc-")[0] + FLOW +
                                                cls.flows.replace("{address}", cls.running.addresses["dvc"]))
        prepare = cls.running.prepare

        def with_one_window():
            prepare()
            cls.running.lienthong("plugins", "trust", BUILD / "lib/plugins/mcdt.so")
        cls.running.prepare = with_one_window
        cls.hub = cls.running.__enter__()
        cls.bearer = {"Authorization": f"Bearer {cls.hub.token('push', 'pull', sender='mot-cua')}"}

    @classmethod
    def tearDownClass(cls):
        cls.running.__exit__(None, None, None)

    def ask_portal(self, service, **members):
        session = self.hub.ask_simulator("dvc", PORTAL.format("login"), {"username": "nguoi-dung-gia-lap", "password": SECRETS["dvc-password"]})["session"]
        answer = self.hub.ask_simulator("dvc", PORTAL.format("g"), {"session": session, "madonvi": "H31", "service": service, **members})
        self.assertEqual(int(answer["error_code"]), 0, answer)
        return answer

    def outbox(self):
        return next(flow for flow in self.hub.get("/v1/status")["flows"] if flow["flow"] == self.way_out)["outbox"]

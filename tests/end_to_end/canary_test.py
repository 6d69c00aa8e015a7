"""No secret is ever written: each is given a value that is easy to find, everything the hub says is gathered, and none is in it.

The foreign systems here speak HTTP, refuse, and quote back whatever they were sent.
"""
import json
import unittest

import parrots
from canaries import TOKEN, Gathering, Preparing, forms
from one_window import FLOW as ONE_WINDOW, document
from running_hub import record, wait_for

CANARIES = {"nrs-token": "chim-hoang-yen.nrs+TOKEN/01", "lgsp-key": "chim-hoang-yen.lgsp+KEY/02", "lgsp-secret": "chim-hoang-yen.lgsp SECRET&03",
            "qlvb-secret": "chim-hoang-yen.qlvb+SECRET/04", "dvc-password": "chim-hoang-yen.dvc\"PASS\\05", "rest-token": "chim-hoang-yen.rest-TOKEN/07",
            "rest-key": "chim-hoang-yen.rest+KEY/08", "rest-password": "chim-hoang-yen.rest PASS&09", "rest-access": "chim-hoang-yen.rest\"ACCESS\\10",
            "rest-secret": "chim-hoang-yen.rest=SECRET?11", "ltvb-password": "chim-hoang-yen.ltvb\"PASS/12", "ltvb-system": "chim-hoang-yen.ltvb+SYSTEM/13",
            "portal-client": "chim-hoang-yen.portal+CLIENT/14", "portal-secret": "chim-hoang-yen.portal\"SECRET\\15",
            "price-key": "chim-hoang-yen.price+KEY/16"}
CONNECTORS = ("nrs", "lgsp", "qlvb", "dvc", "rest", "ltvb", "dvc_rest", "market_price", "mcdt")
IN = """  - {{name: {name}, connector: {connector}, mapping: {mapping}, agencies: ["*"], interval_secs: 1, settings: {{base_url: "{address}", {settings}}}}}

"""
REST = "path: /v1/so-lieu, messages: item, id_field: id, sign_in: "
LTVB = "username: ioc, password: file:secrets/ltvb-password, system_id: H31.08, system_secret: file:secrets/ltvb-system, application_code: IOC"
WAYS_IN = (("rest-fixed", "rest", "rest/hub-changes", REST + "fixed, fixed_token: file:secrets/rest-token"),
           ("rest-key", "rest", "rest/hub-changes", REST + "key_pair, unit_code: H31, api_key: file:secrets/rest-key"),
           ("rest-basic", "rest", "rest/hub-changes", REST + "basic, username: ioc, password: file:secrets/rest-password"),
           ("rest-lgsp", "rest", "rest/hub-changes",
            REST + "lgsp_bare, app_name: IOC, partner_code: H31, access_key: file:secrets/rest-access, secret_key: file:secrets/rest-secret"),
           ("ltvb", "ltvb", "qlvb/documents", LTVB),
           ("gia", "market_price", "market_price/prices", "api_key: file:secrets/price-key"))
NOBODY = ("rest-nobody", "rest", "rest/hub-changes", WAYS_IN[1][3])
OUT = ONE_WINDOW + """
  - {{name: ra-cong, connector: dvc_rest, deliver: dvc_rest/dossiers, facts: one_window_dossier, interval_secs: 1, longest_pause_secs: 1,
     settings: {{base_url: "{address}", client_id: file:secrets/portal-client, client_secret: file:secrets/portal-secret}}}}

  - {{name: gui-van-ban, connector: ltvb, deliver: documents, sender: H31.08, interval_secs: 1, settings: {{base_url: "{address}", {ltvb}}}}}
"""
WAITED_FOR = ("nrs-indicators", "lgsp-monthly", "qlvb-reports", "dvc-statistics", "dvc-dossiers", NOBODY[0], *(name for name, *_ in WAYS_IN))


class Canary(Gathering):
    secrets = CANARIES

    def flows(self, address):
        found = "".join(IN.format(name=name, connector=connector, mapping=mapping, address=where, settings=settings)
                        for where, ways in ((address, WAYS_IN), ("https://127.0.0.1:1", (NOBODY,))) for name, connector, mapping, settings in ways)
        return found + OUT.replace("called: {}", "called: {{}}").format(address=address, ltvb=LTVB)

    def send(self, hub):
        """Something of each kind that goes out."""
        token = hub.token("push", "pull")
        hub.push(token, "canary-some-figure-01", [record(), record(indicator="A_V_99")])
        told = hub.call("POST", "/in/one-window/Document/SyncDocument", json.dumps([document("H31.04-260303-0001")]).encode(),
                        {"Content-Type": "application/json", "Authorization": f"Bearer {token}"})
        self.assertEqual(told[0], 200, told)
        report = hub.folder / "bao-cao.pdf"
        report.write_bytes(b"%PDF-1.4\n%%EOF\n")
        self.gather_command(hub, "running", "document", "send", "--to", "G22.99", "--number", "1", "--notation", "BC", "--subject", "Báo cáo", "--attach",
                            str(report), "--by", "văn thư")

        def refused():
            out = [json.loads(line) for line in hub.lienthong("--json", "outbox", "list", "--flow", "ra-cong", expect=None).stdout.splitlines()]
            return any(item.get("problem") for item in out) and hub.get("/v1/status")["documents"][0]["problem"]
        wait_for("what was sent to be refused", refused)

    def test_nothing_the_hub_says_about_a_system_that_quotes_everything_holds_a_secret(self):
        with Preparing(CONNECTORS) as hub, parrots.serving(parrots.Http, hub.pki / "simulators/nrs.pem", hub.pki / "simulators/nrs.key") as parrot:
            address = f"https://127.0.0.1:{parrot.port}"
            hub.addresses = {name: address for name in hub.addresses}
            hub.begin(self.flows(address), CANARIES)
            self.send(hub)
            wait_for("every flow to have failed", lambda: hub.problems(WAITED_FOR))
            self.gather_all(hub, (*WAITED_FOR, "nrs-push", "ra-cong", "gui-van-ban"))
        # QLVB's secret only signs; it never travels.
        self.assert_sent(parrot.seen, never=("qlvb-secret",))
        self.assertIn(TOKEN, " ".join(parrot.seen))
        self.assert_silent()

    def test_the_search_itself_finds_a_secret_in_each_form(self):
        for form, needle in forms(CANARIES["lgsp-secret"]).items():
            self.said = {"somewhere": b"x" * 10_000 + needle}
            with self.subTest(form), self.assertRaises(AssertionError):
                self.assert_silent()


if __name__ == "__main__":
    unittest.main()

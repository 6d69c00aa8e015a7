"""Every dialect of the integration platform, by configuration alone: the real hub against a platform that demands it."""
import unittest

from running_hub import BUILD, RunningHub, wait_for

SECRETS = {"access-key": "ak-khong-that", "secret-key": "sk-khong-that", "api-key": "khoa-api-khong-that",
           "fixed-token": "ma-co-dinh-khong-that", "ltvb-password": "mat-khau-khong-that", "ltvb-system": "bi-mat-khong-that"}
KEYS = {"access_key": "file:secrets/access-key", "secret_key": "file:secrets/secret-key", "app_name": "IOC", "partner_code": "H31"}
CLIENT = {"consumer_key": "file:secrets/lgsp-key", "consumer_secret": "file:secrets/lgsp-secret"}
DSTCODE = {"dstcode": "VN:GOV:000.00.00.H31:kinhte"}
FIGURES = {
    "token by basic": {"sign_in": "oauth_basic", **CLIENT},
    "token by form": {"sign_in": "oauth_body", **CLIENT},
    "keys in a header": {"sign_in": "lgsp_header", **KEYS},
    "keys bare": {"sign_in": "lgsp_bare", **KEYS},
    "pair of keys": {"sign_in": "key_pair", "unit_code": "H31", "api_key": "file:secrets/api-key"},
    "fixed token": {"sign_in": "fixed", "token_scheme": "Token", "fixed_token": "file:secrets/fixed-token"},
    "adapter with a header": {**CLIENT, **DSTCODE, "adapter_path": "/XrdAdapter/RestService/forward"},
    "adapter with a query": {**CLIENT, **DSTCODE, "adapter_path": "/VXPAdapter/RestService/forward", "dstcode_in": "query"},
    "adapter with an encoded query": {**CLIENT, **DSTCODE, "adapter_path": "/XrdAdapter/RestService/forward", "dstcode_in": "query_encoded"},
}
AXIS = {"username": "nguoi-dung-gia-lap", "password": "file:secrets/ltvb-password", "application_code": "QLVB", "system_id": "H31.08",
        "system_secret": "file:secrets/ltvb-system", "days_back": 366}
ALL_DIALECTS = ["basic", "body", "lgspaccesstoken", "lgspaccesstoken-bare", "api-key", "static", "x-road", "ltvb"]


def flow_text(name, connector, mapping, address, settings):
    lines = [f"  - name: {name}", f"    connector: {connector}", f"    mapping: {mapping}", '    agencies: ["*"]', "    interval_secs: 1",
             "    settings:", f"      base_url: {address}"]
    return "\n".join(lines + [f"      {key}: {value}" for key, value in settings.items()])


def name_of(dialect):
    return dialect.replace(" ", "-")


class Dialects(RunningHub):
    """A hub with a flow for each dialect given, and the platform simulated as the scenario says."""

    def __init__(self, scenario, dialects, envelope="bare", axis=False):
        super().__init__(flows=("lgsp",), edit_config=self.with_flows, scenario=scenario)
        self.dialects, self.envelope, self.axis = dialects, envelope, axis

    def with_flows(self, text):
        for name, value in SECRETS.items():
            self.write_secret(name, value)
        head = text.partition("\n  - name: lgsp-monthly")[0]
        address = self.addresses["lgsp"]
        flows = [flow_text(name_of(dialect), "lgsp", "lgsp/monthly-figures", address,
                           {"first_period": "2025-10", "envelope": self.envelope, **settings}) for dialect, settings in self.dialects.items()]
        if self.axis:
            flows.append(flow_text("axis", "ltvb", "qlvb/report-figures", address, AXIS))
            flows.append(flow_text("agencies", "ltvb", "ltvb/agencies", address, {**AXIS, "message_type": "agencies"}))
        return head + "\n" + "\n\n".join(flows)

    def prepare(self):
        super().prepare()
        self.lienthong("plugins", "trust", BUILD / "lib/plugins/ltvb.so")

    def standings(self):
        return {flow["flow"]: flow for flow in self.get("/v1/status")["flows"] if flow["connector"] in ("lgsp", "ltvb")}

    def has_all(self):
        """Every flow has come round with messages, and nothing waits."""
        standings = self.standings()
        good = all(flow.get("last_success") and flow["messages"] > 0 for flow in standings.values())
        return standings if good and self.sealed() else None


class EveryDialect(unittest.TestCase):
    def test_each_way_to_sign_in_brings_the_figures_directly_and_through_an_adapter_and_the_axis_its_documents(self):
        axis = {"ltvb_agencies": "alternating", "agency_count": 3000}
        with Dialects({"lgsp": {"dialects": ALL_DIALECTS, **axis}}, FIGURES, axis=True) as hub:
            standings = wait_for("figures by every dialect", hub.has_all)
            self.assertEqual(set(standings), {name_of(dialect) for dialect in FIGURES} | {"axis", "agencies"})
            status = hub.get("/v1/status")
            self.assertTrue(status["sum"]["holds"])
            self.assertGreater(status["sum"]["stored"], 0)
            before = standings["agencies"]["last_success"]
            wait_for("another round", lambda: hub.standings()["agencies"]["last_success"] > before)
            self.assertEqual(hub.standings()["agencies"]["messages"], 2, "3000 rows, the same out of an object and out of a bare list")

    def test_envelopes_are_opened_where_the_platform_wraps_its_answers(self):
        for wrapped, envelope in (("error_code", "error_code"), ("status_code", "status_code")):
            with self.subTest(envelope), Dialects({"lgsp": {"envelope": wrapped}}, {"token by basic": FIGURES["token by basic"]}, envelope) as hub:
                wait_for("figures in an envelope", hub.has_all)

    def test_a_dialect_the_platform_does_not_speak_is_refused_in_words_and_stores_nothing(self):
        wrong = {name: FIGURES[name] for name in ("keys in a header", "keys bare", "fixed token")}
        with Dialects({"lgsp": {"dialects": ["basic"], "fault_form": "xml"}}, wrong) as hub:
            standings = wait_for("three refusals", lambda: hub.standings() if all(
                flow["state"] == "failing" for flow in hub.standings().values()) else None)
            for name, flow in standings.items():
                self.assertRegex(flow["problem"], r"401|404|invalid|shape", name)
                self.assertEqual(flow["messages"], 0)
                for secret in SECRETS.values():
                    self.assertNotIn(secret, flow["problem"])


if __name__ == "__main__":
    unittest.main()

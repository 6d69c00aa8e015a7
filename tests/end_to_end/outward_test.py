"""The hub beside foreign systems that fail, and beside people who stop a flow: what is asked, what is shown, what goes on."""
import json
import unittest

from running_hub import BUILD, RunningHub, record, wait_for


def short_rests(text):
    """Breakers rest a second, so that a test need not wait ten."""
    return text.replace("\ntrust:", "\noutward:\n  breaker_rest_secs: 1\n\ntrust:")


class Outward(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.running = RunningHub(flows=("lgsp", "qlvb"), edit_config=short_rests)
        cls.hub = cls.running.__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.running.__exit__(None, None, None)

    def tearDown(self):
        for connector in ("lgsp", "qlvb"):
            self.hub.ask_simulator(connector, "/_control", {"misbehave": "none"})

    def flow(self, name):
        return next(flow for flow in self.hub.get("/v1/status")["flows"] if flow["flow"] == name)

    def source(self, connector):
        address = self.hub.addresses[connector].removeprefix("https://")
        return next(source for source in self.hub.get("/v1/status")["sources"] if source["source"] == address)

    def metric(self, name, **labels):
        lines = self.hub.call("GET", "/metrics")[2].decode().splitlines()
        wanted = name + "{" + ",".join(f'{key}="{value}"' for key, value in labels.items()) + "} "
        return float(next(line.removeprefix(wanted) for line in lines if line.startswith(wanted)))

    def asked(self, connector):
        return len(self.hub.ask_simulator(connector, "/_log")["requests"])

    def test_1_a_source_that_fails_is_left_alone_and_taken_up_again_when_it_is_well(self):
        wait_for("the first round", lambda: self.flow("lgsp-monthly").get("last_success"))
        self.hub.ask_simulator("lgsp", "/_control", {"misbehave": "refuse"})
        before = self.asked("lgsp")
        source = wait_for("the breaker", lambda: next((one for one in [self.source("lgsp")] if one["breaker"] != "closed"), None))
        self.assertGreaterEqual(source["failures_in_a_row"], 5)
        self.assertIn("503", source["problem"])
        self.assertGreaterEqual(self.metric("lienthong_source_breaker", source=source["source"]), 1)
        self.assertLessEqual(self.asked("lgsp") - before, source["failures_in_a_row"] + 5, "one request for each failure and probe")
        self.assertEqual(self.source("qlvb")["breaker"], "closed", "another source is not touched")

        self.hub.ask_simulator("lgsp", "/_control", {"misbehave": "none"})
        wait_for("the probe", lambda: self.source("lgsp")["breaker"] == "closed")
        wait_for("the flow", lambda: self.flow("lgsp-monthly")["state"] in ("waiting", "working") and not self.flow("lgsp-monthly")["problem"])
        self.assertEqual(self.metric("lienthong_source_breaker", source=source["source"]), 0)

    def test_2_a_paused_flow_takes_nothing_new_also_after_a_restart_until_it_is_resumed(self):
        hub = self.hub
        hub.lienthong("flow", "pause", "lgsp-monthly", "--reason", "trục chuyển máy chủ", "--who", "an")
        flow = wait_for("the pause", lambda: next((one for one in [self.flow("lgsp-monthly")] if one["state"] == "paused"), None))
        self.assertEqual((flow["pause"]["reason"], flow["pause"]["who"]), ("trục chuyển máy chủ", "an"))
        self.assertEqual(self.metric("lienthong_flow_paused", flow="lgsp-monthly"), 1)
        self.assertEqual(self.metric("lienthong_flow_paused", flow="qlvb-reports"), 0)
        hub.stop_hub()
        asked = self.asked("lgsp")
        hub.start_hub()
        wait_for("the other flow", lambda: self.flow("qlvb-reports").get("last_success"))
        wait_for("the pause after the restart", lambda: self.flow("lgsp-monthly")["state"] == "paused")
        self.assertEqual(self.asked("lgsp"), asked)
        self.assertIn("trục chuyển máy chủ", hub.lienthong("flow", "list").stdout)
        again = hub.lienthong("--json", "flow", "pause", "lgsp-monthly", "--reason", "x", expect=2)
        self.assertEqual(json.loads(again.stdout)["problems"][0]["code"], "flow.paused_already")

        hub.lienthong("flow", "resume", "lgsp-monthly")
        wait_for("a round", lambda: self.flow("lgsp-monthly").get("last_success") and "pause" not in self.flow("lgsp-monthly"))
        for arguments, code in ((("resume", "lgsp-monthly"), "flow.not_paused"), (("pause", "nobody", "--reason", "x"), "flow.unknown"),
                                (("pause", "lgsp-monthly", "--reason", " "), "flow.reason_missing"), (("resume", "nobody"), "flow.unknown")):
            refused = hub.lienthong("--json", "flow", *arguments, expect=2)
            self.assertEqual(json.loads(refused.stdout)["problems"][0]["code"], code)

    def test_3_a_paused_push_flow_refuses_with_the_reason_and_takes_the_same_push_later(self):
        hub = self.hub
        token = hub.token("push")
        hub.lienthong("flow", "pause", "push", "--reason", "đang đối soát")
        status, _, answer = hub.push(token, "outward-paused-push-01", [record(period="2025-11")])
        self.assertEqual((status, answer["code"]), (503, "flow.paused"))
        self.assertIn("đang đối soát", json.dumps(answer, ensure_ascii=False))
        self.assertEqual(self.flow("push")["state"], "paused")
        hub.lienthong("flow", "resume", "push")
        self.assertEqual(hub.push(token, "outward-paused-push-01", [record(period="2025-11")])[0], 200)


TO_THE_PORTAL = """
  - name: {name}
    connector: dvc
    deliver: dvc/{name}
    facts: one_window_dossier
    settings:
      base_url: {address}
      username: nguoi-dung-gia-lap
      password: file:secrets/dvc-password
      madonvi: H31
"""
DOCUMENTS = """
  - name: van-ban
    connector: qlvb
    deliver: documents
    sender: H31.08
    settings:
      base_url: {address}
      system_id: H31.08
      secret: file:secrets/qlvb-secret
"""
SERVERS = """
  - name: co-so-du-lieu
    connector: sql
    mapping: sql/figures
    agencies: ["*"]
    settings:
      database: postgresql://{place}/so_lieu
      query: so-lieu.sql
      watermark_column: sua_luc
      key_column: id
      first_watermark: 2025-01-01

  - name: thu-muc
    connector: folder
    mapping: folder/figures
    agencies: ["*"]
    settings:
      base_url: sftp://{place}/den
      whole_by: renamed
      login: password
      user: hub
      password: file:secrets/dvc-password
      host_key: SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
"""


class FlowTest(unittest.TestCase):
    """lienthong flow test, beside a running hub and without one."""

    @classmethod
    def setUpClass(cls):
        cls.running = RunningHub(flows=("lgsp", "qlvb", "dvc", "nrs"))
        cls.hub = cls.running.__enter__()
        cls.plain_config = cls.hub.config.read_text(encoding="utf-8")

    @classmethod
    def tearDownClass(cls):
        cls.running.__exit__(None, None, None)

    def tearDown(self):
        self.hub.config.write_text(self.plain_config, encoding="utf-8")

    def tried(self, flow, expect):
        answer = json.loads(self.hub.lienthong("--json", "flow", "test", flow, expect=expect).stdout)
        self.assertEqual(answer["good"], expect == 0)
        return answer["steps"]

    def failed(self, flow):
        """The one step that failed; what stands behind it was not tried."""
        steps = self.tried(flow, 1)
        at = [step["state"] for step in steps].index("failed")
        self.assertTrue(all(step["state"] in ("ok", "skipped") for step in steps[:at]), steps)
        self.assertTrue(all(step["state"] == "skipped" for step in steps[at + 1:]), steps)
        for problem in steps[at]["problems"]:
            self.assertTrue(problem["detail"] and problem["remedy"] and problem["remedy_en"], problem)
        return steps[at]["step"], steps[at]["problems"][0]

    def edited(self, *pairs):
        text = self.plain_config
        for old, new in pairs:
            self.assertIn(old, text)
            text = text.replace(old, new)
        self.hub.config.write_text(text, encoding="utf-8")

    def test_1_every_flow_that_calls_works_step_by_step(self):
        for flow in ("lgsp-monthly", "qlvb-reports", "dvc-statistics", "nrs-indicators", "nrs-push"):
            with self.subTest(flow):
                steps = self.tried(flow, 0)
                self.assertEqual([step["step"] for step in steps], ["settings", "name", "tcp", "tls", "login", "first_call"])
                self.assertEqual([step["state"] for step in steps[:4]], ["ok"] * 4)
                self.assertIn("valid until 20", steps[3]["detail"])
        text = self.hub.lienthong("flow", "test", "lgsp-monthly").stdout
        self.assertIn("đạt / ok: đăng nhập / login", text)
        self.assertIn("nothing was kept or acknowledged", text)

    def test_2_each_step_that_can_fail_is_named_with_what_to_do(self):
        lgsp = self.hub.addresses["lgsp"]
        secret = self.hub.folder / "secrets/lgsp-secret"
        for name, old, new, step, code in (
                ("a secret that is not there", "file:secrets/lgsp-secret", "file:secrets/nowhere", "settings", "settings.secret"),
                ("a name nobody knows", lgsp, "https://lgsp.invalid", "name", "transport.refused"),
                ("a metadata service", lgsp, "https://169.254.169.254", "name", "transport.not_allowed"),
                ("a port nobody listens at", lgsp, "https://127.0.0.1:1", "tcp", "transport.refused"),
                ("an authority that did not issue the certificate", f"authorities: {self.hub.pki}/ca.pem", "authorities: /etc/ssl/certs/ca-certificates.crt",
                 "tls", "transport.tls"),
                ("a path that leads nowhere", f"base_url: {lgsp}\n      first_period", f"base_url: {lgsp}\n      api_path: /khong-co\n      first_period",
                 "first_call", "wso2_900906")):
            with self.subTest(name):
                self.edited((old, new))
                found, problem = self.failed("lgsp-monthly")
                self.assertEqual((found, problem["code"]), (step, code), problem)
        with self.subTest("a secret that is wrong"):
            self.edited()
            right = secret.read_text(encoding="utf-8")
            secret.write_text("sai", encoding="utf-8")
            try:
                found, problem = self.failed("lgsp-monthly")
            finally:
                secret.write_text(right, encoding="utf-8")
            self.assertEqual((found, problem["code"]), ("login", "invalid_client"))

    def test_3_without_a_hub_it_works_and_keeps_and_acknowledges_nothing(self):
        hub = self.hub
        wait_for("the documents", lambda: hub.sealed())
        hub.stop_hub()
        journaled = hub.lienthong("--json", "status").stdout
        before = hub.ask_simulator("qlvb", "/_log")
        self.tried("qlvb-reports", 0)
        after = hub.ask_simulator("qlvb", "/_log")
        self.assertGreater(len(after["requests"]), len(before["requests"]))
        self.assertEqual(after["acknowledged"], before["acknowledged"])
        self.assertEqual(hub.lienthong("--json", "status").stdout, journaled)

    def with_flows(self, flows):
        self.hub.config.write_text(self.plain_config.rstrip() + "\n\n" + flows, encoding="utf-8")

    def test_5_a_way_out_that_has_sent_nothing_yet_has_no_fault(self):
        portal = [TO_THE_PORTAL.format(name=name, address=self.hub.addresses["dvc"]) for name in ("dossier-sync", "dossier-feedback")]
        self.with_flows("".join(portal) + DOCUMENTS.format(address=self.hub.addresses["qlvb"]))
        for flow in ("dossier-sync", "dossier-feedback", "van-ban"):
            with self.subTest(flow):
                first_call = self.tried(flow, 0)[-1]
                self.assertEqual((first_call["step"], first_call["state"]), ("first_call", "skipped"))
                self.assertIn("something that was sent", first_call["detail"])

    def test_6_a_server_that_is_none_of_the_web_has_its_steps_too(self):
        for plugin in ("sql", "folder"):
            self.hub.lienthong("plugins", "trust", BUILD / f"lib/plugins/{plugin}.so")
        (self.hub.folder / "so-lieu.sql").write_text("SELECT id, sua_luc FROM so_lieu WHERE (sua_luc, id) > (:watermark, :key)"
                                                     " ORDER BY sua_luc, id LIMIT :limit", encoding="utf-8")
        for place, step in (("nowhere.invalid", "name"), ("127.0.0.1:1", "tcp")):
            self.with_flows(SERVERS.format(place=place))
            for flow in ("co-so-du-lieu", "thu-muc"):
                with self.subTest(f"{flow} at {place}"):
                    found, problem = self.failed(flow)
                    self.assertEqual((found, problem["code"]), (step, "transport.refused"))

    def test_4_what_calls_nobody_and_what_is_not_there_cannot_be_tested(self):
        for flow, code in (("push", "flow.calls_nobody"), ("nobody", "flow.unknown")):
            refused = json.loads(self.hub.lienthong("--json", "flow", "test", flow, expect=2).stdout)
            self.assertEqual(refused["problems"][0]["code"], code)


if __name__ == "__main__":
    unittest.main()

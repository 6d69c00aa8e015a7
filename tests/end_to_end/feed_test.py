"""One hub takes another's feed of served figures by configuration alone: the generic rest connector and a mapping."""
import json
import unittest

from running_hub import BUILD, RunningHub, record, wait_for

FLOW = """

  - name: hub-khac
    connector: rest
    mapping: rest/hub-changes
    sender: hub-khac
    agencies: ["*"]
    interval_secs: 1
    settings:
      base_url: https://localhost:{port}
      path: /v1/changes?served=true&limit={{page_size}}&cursor={{since}}
      paging: feed
      token_field: cursor
      items: changes
      messages: item
      page_size: 2
      sign_in: fixed
      fixed_token: file:secrets/hub-khac
"""


class Feed(unittest.TestCase):
    def setUp(self):
        self.other = self.entered(RunningHub(flows=()))
        self.push_token, self.pull_token = self.other.token("push"), self.other.token("pull")
        self.here = self.entered(Follower(self.other, self.pull_token))
        self.here_token = self.here.token("pull")

    def entered(self, context):
        context.__enter__()
        self.addCleanup(context.__exit__, None, None, None)
        return context

    def told(self, key, *records):
        status, _, answer = self.other.push(self.push_token, f"feed-of-figures-{key}", list(records))
        self.assertEqual(status, 200, answer)

    def figures_here(self):
        return sorted((row["period"], row["value"]) for row in self.here.get("/v1/observations?limit=5000", self.here_token)["observations"])

    def test_figures_and_their_corrections_arrive_over_several_pages_and_a_restart(self):
        self.told("k1", *[record(period=f"2025-{month:02}", value=f"{month}.5") for month in range(1, 6)])
        expected = [(f"2025-{month:02}", f"{month}.5") for month in range(1, 6)]
        wait_for("five figures", lambda: self.figures_here() == expected)
        self.here.kill_hub()
        # Told twice before anybody looks: the later telling is the one to end with.
        self.told("k2", record(period="2025-03", value="3.6"))
        self.told("k3", record(period="2025-03", value="3.7"))
        self.here.start_hub()
        expected[2] = ("2025-03", "3.7")
        wait_for("the correction", lambda: self.figures_here() == expected)
        history = self.here.get("/v1/observations?limit=5000&history=true&period_from=2025-03&period_to=2025-03", self.here_token)
        self.assertEqual([row["value"] for row in history["observations"]], ["3.5", "3.6", "3.7"])
        status = self.here.get("/v1/status")
        self.assertTrue(status["sum"]["holds"])

    def test_a_token_that_is_no_longer_good_is_said_and_nothing_is_lost(self):
        self.told("k1", record(value="1.5"))
        wait_for("a figure", lambda: len(self.figures_here()) == 1)
        for line in self.other.lienthong("--json", "token", "list").stdout.splitlines():
            if "pull" in json.loads(line)["roles"]:
                self.other.lienthong("token", "revoke", str(json.loads(line)["id"]))

        def refused():
            flow = next(flow for flow in self.here.get("/v1/status")["flows"] if flow["flow"] == "hub-khac")
            return flow["state"] == "failing" and "401" in flow["problem"]

        # A token is good for up to a second after it was revoked; what is told in that second may still be fetched.
        wait_for("the refusal", refused)
        self.told("k2", record(value="1.6"))
        self.assertEqual([value for _, value in self.figures_here()], ["1.5"])
        self.here.stop_hub()
        self.here.write_secret("hub-khac", self.other.token("pull"))
        self.here.start_hub()
        wait_for("what was told meanwhile", lambda: [value for _, value in self.figures_here()] == ["1.6"])


class Follower(RunningHub):
    """A hub that trusts the other one's certificate and holds a token of it."""

    def __init__(self, other, token):
        super().__init__(flows=(), edit_config=self.with_flow)
        self.other, self.other_token = other, token

    def with_flow(self, text):
        self.write_secret("hub-khac", self.other_token)
        return text.replace(f"authorities: {self.pki}/ca.pem", f"authorities: {self.other.pki}/ca.pem") + FLOW.format(port=self.other.port)

    def prepare(self):
        super().prepare()
        self.lienthong("plugins", "trust", BUILD / "lib/plugins/rest.so")


if __name__ == "__main__":
    unittest.main()

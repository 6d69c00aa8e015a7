"""The status page in a real browser, wide and narrow, in both languages. Leaves its pictures in the build's folder."""
import json
import unittest

from browser import Browser
from partner import HubWithPartner  # adds the folder of the simulators
import nrs
from running_hub import BUILD, RunningHub, record, wait_for

# Every text on the page against what lies behind it, by WCAG 2.1 §1.4.3; gives the worst offenders.
CONTRAST = r"""
const channel = v => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
const light = c => 0.2126 * channel(c[0]) + 0.7152 * channel(c[1]) + 0.0722 * channel(c[2]);
const colour = text => (text.match(/[\d.]+/g) || []).map(Number);
const behind = node => {
  for (let at = node; at; at = at.parentElement) {
    const c = colour(getComputedStyle(at).backgroundColor);
    if (c.length === 3 || c[3] === 1) return c;
  }
  return [255, 255, 255];
};
const poor = [];
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let node = walker.nextNode(); node; node = walker.nextNode()) {
  const element = node.parentElement;
  if (!node.textContent.trim() || !element.getClientRects().length || element.closest("noscript, script, .skip")) continue;
  const [a, b] = [light(colour(getComputedStyle(element).color)), light(behind(element))];
  const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  if (ratio < 4.5) poor.push(ratio.toFixed(2) + " " + node.textContent.trim().slice(0, 60));
}
return poor;
"""

FLOW = """
  - name: nrs-push
    connector: nrs
    deliver: nrs/push
    interval_secs: 1
    settings: {base_url: "{address}", token: "file:secrets/nrs-token", profile: "{root}/mappings/nrs/qcvn125-gia-dinh.profile"}
"""


def quiet_push(text):
    """Whoever pushes is expected every second, and so is quiet soon."""
    return text.replace("connector: push\n", "connector: push\n    expects_every_secs: 1\n", 1)


class Page(unittest.TestCase):
    def test_the_page_is_readable_at_1280_and_400_pixels_in_both_languages(self):
        pictures = BUILD / "pictures"
        with RunningHub(flows=("lgsp", "qlvb"), edit_config=quiet_push) as hub, Browser() as browser:
            token = hub.token("push", sender="so-cong-thuong")
            hub.push(token, "page-some-records-01", [record(period="2025-12"), record(indicator="A_V_99"), record(period="2025-13")])
            wait_for("figures", lambda: len(hub.get("/v1/status")["newest"]) >= 8 and hub.sealed())
            wait_for("the alarm", lambda: hub.get("/v1/status")["alarms"])
            for width in (1280, 400):
                for language, word, section, alarm in (("vi", "Bản ghi đã nhận", "Tuân thủ báo cáo", "Im lặng từ"),
                                                       ("en", "Records received", "Reporting compliance", "Quiet since")):
                    with self.subTest(width=width, language=language):
                        browser.emulate(width, 900)
                        browser.open(f"https://127.0.0.1:{hub.port}/" + ("?lang=en" if language == "en" else ""), width, 900)
                        wait_for("the page", lambda: browser.script("return document.body.dataset.ready === 'true'"), 30)
                        browser.screenshot(pictures / f"status-{width}-{language}.png")
                        self.assertIn(word, browser.script("return document.body.innerText"))
                        self.assertIn(alarm, browser.script("return document.body.innerText"))
                        # The head is no green light over a flow in alarm.
                        self.assertIn("1 luồng cần xem" if language == "vi" else "1 flow to look at",
                                      browser.script("return document.getElementById('health').innerText"))
                        self.assertIn(section, browser.script("return document.body.innerText"))
                        self.assertLessEqual(browser.script("return document.querySelectorAll('#agencies li').length"), 10)
                        self.assertIn("A_V_99", browser.script("return document.body.innerText"))
                        self.assertLessEqual(browser.script("return document.documentElement.scrollWidth"), width)
                        self.assertEqual(browser.script(CONTRAST), [])
                        # No document was sent here: an empty box would ask what it is for.
                        self.assertEqual(browser.script("return document.getElementById('documents-section').getClientRects().length"), 0)
                        self.assertEqual(browser.script("return document.documentElement.lang"), language)
            browser.script("document.querySelector('[data-language=vi]').click()")
            self.assertIn("Bản ghi đã nhận", browser.script("return document.body.innerText"))
            self.compare_by_the_page(hub, browser)

    def compare_by_the_page(self, hub, browser):
        """Somebody with a token of the role compares a flow with its source; without the role the page says why not."""
        shown = "return document.getElementById('reconciliations').innerText"
        wait_for("the flows that can be compared", lambda: "lgsp-monthly" in browser.script(shown), 30)
        self.assertIn("Đối soát với hệ thống nguồn", browser.script("return document.body.innerText"))
        answering, silent = "window.ask", "() => Promise.reject()"
        for role, said, fetch in (("pull", "quyền", answering), ("operate", "Không nhận được trả lời", silent),
                                  ("operate", "mục khớp", answering)):
            order = json.dumps([hub.token(role, sender="truc-van-hanh"), "2025-03-01"])
            browser.script(f"""
                const [token, since] = {order};
                window.ask ??= window.fetch;
                window.fetch = {fetch};
                if (!document.getElementById('reconciliation-order')) document.querySelector('#reconciliations .act').click();
                const form = document.getElementById('reconciliation-order');
                form.querySelector('[name=token]').value = token;
                form.querySelector('[name=since]').value = since;
                form.requestSubmit();""")
            wait_for("what came of it", lambda word=said: word in browser.script(shown), 30)
        self.assertEqual(browser.script(CONTRAST), [])

    def test_figures_sent_to_a_partner_are_shown_with_its_receipt_at_400_pixels(self):
        with HubWithPartner(nrs.Nrs, FLOW) as hub, Browser() as browser:
            token = hub.token("push", sender="so-cong-thuong")
            hub.push(token, "page-sent-figures-01", [record(period="2025-12"), record(period="2025-11")])
            wait_for("the receipt", lambda: [one for one in hub.get("/v1/status")["deliveries"] if one["state"] == "delivered"])
            for language, word in (("vi", "Biên nhận"), ("en", "Receipt")):
                browser.emulate(400, 900)
                browser.open(f"https://127.0.0.1:{hub.port}/" + ("?lang=en" if language == "en" else ""), 400, 900)
                wait_for("the page", lambda: browser.script("return document.body.dataset.ready === 'true'"), 30)
                browser.screenshot(BUILD / "pictures" / f"sent-400-{language}.png")
                shown = browser.script("return document.getElementById('deliveries').innerText")
                self.assertIn(word, shown)
                self.assertIn("maBienNhan", shown)
                self.assertIn("Hoạt động tốt" if language == "vi" else "Working well",
                              browser.script("return document.getElementById('health').innerText"))
                self.assertLessEqual(browser.script("return document.documentElement.scrollWidth"), 400)
                self.assertEqual(browser.script(CONTRAST), [])


if __name__ == "__main__":
    unittest.main()

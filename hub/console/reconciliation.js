// How each flow stands against its source: asks GET /v1/reconciliations, and sends what a person with a token decides.

const texts = {
  vi: {
    title: "Đối soát với hệ thống nguồn", never: "Chưa đối soát lần nào.", compare: "Đối soát ngay",
    last: (run) => `Lần gần nhất ${clock(run.at)} (${run.who}), từ ngày ${day(run.since)}: ${grouped(run.agreed)} trên ${grouped(run.compared)} mục khớp`,
    failed: (run) => `Không đối soát được lúc ${clock(run.failed_at)}: ${run.problem}`,
    open: (count) => count ? `${grouped(count)} chênh lệch` : "Khớp", table: "Tải bảng chênh lệch (CSV)",
    there: "Nguồn", here: "Hệ thống", accepted: (one) => `Đã chấp nhận ${clock(one.at)} (${one.who}): ${one.reason}`,
    actions: { fetch: "Lấy lại", withdraw: "Rút số liệu", accept: "Chấp nhận" },
    token: "Mã truy cập có quyền operate", reason: "Lý do", since: "Từ ngày", send: "Thực hiện", cancel: "Thôi", more: (count) => `và ${grouped(count)} chênh lệch khác, xem trong bảng CSV`,
    acted: (act) => `${clock(act.at)} · ${texts.vi.actions[act.action] ?? act.action} · ${act.who}${act.reason ? `: ${act.reason}` : ""}`,
    silent: "Không nhận được trả lời từ hệ thống: chưa biết yêu cầu đã được thực hiện hay chưa. Xem lại danh sách rồi thử lại.",
    outcomes: { fetched: "đã lấy lại", same: "không đổi", restored: "đã khôi phục", withdrawn: "đã rút", accepted: "đã chấp nhận", missing: "nguồn không có", no_figures: "không còn số liệu nào cần rút" },
  },
  en: {
    title: "Compared with the sources", never: "Never compared.", compare: "Compare now",
    last: (run) => `Last ${clock(run.at)} (${run.who}), since ${day(run.since)}: ${grouped(run.agreed)} of ${grouped(run.compared)} items agree`,
    failed: (run) => `Could not be compared at ${clock(run.failed_at)}: ${run.problem}`,
    open: (count) => count ? `${grouped(count)} ${count === 1 ? "difference" : "differences"}` : "Agrees", table: "Download the differences (CSV)",
    there: "Source", here: "Hub", accepted: (one) => `Accepted ${clock(one.at)} (${one.who}): ${one.reason}`,
    actions: { fetch: "Fetch again", withdraw: "Withdraw figures", accept: "Accept" },
    token: "Token with the role operate", reason: "Reason", since: "Since", send: "Do it", cancel: "Leave it", more: (count) => `and ${grouped(count)} more, in the table`,
    acted: (act) => `${clock(act.at)} · ${texts.en.actions[act.action] ?? act.action} · ${act.who}${act.reason ? `: ${act.reason}` : ""}`,
    silent: "The hub did not answer: whether this was done is not known. Look at the list, then try again.",
    outcomes: { fetched: "fetched", same: "unchanged", restored: "put back", withdrawn: "withdrawn", accepted: "accepted", missing: "the source has it not", no_figures: "no figure of it stands" },
  },
};

const refreshMillis = 10000;
const mostShown = 20;
let known = [];
let order = null; // What a person is about to say: {flow, action, items}.
let token = "";   // Kept in this page's memory alone.
let trouble = "";

const byId = (id) => document.getElementById(id);
const words = () => texts[document.documentElement.lang === "en" ? "en" : "vi"];
const isEnglish = () => document.documentElement.lang === "en";
const grouped = (number) => new Intl.NumberFormat(isEnglish() ? "en-GB" : "vi-VN").format(number);
const clock = (time) => time.slice(11, 19) + " " + day(time);
const day = (time) => time.slice(8, 10) + "/" + time.slice(5, 7) + "/" + time.slice(0, 4);

function element(tag, className, ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  for (const child of children) if (child !== null && child !== undefined && child !== "") node.append(child);
  return node;
}

function button(text, act) {
  const node = element("button", "act", text);
  node.type = "button";
  node.addEventListener("click", act);
  return node;
}

function begin(flow, action, items) {
  order = { flow, action, items };
  trouble = "";
  show();
  byId("reconciliation-order")?.querySelector("input")?.focus();
}

function field(name, label, type, value) {
  const input = document.createElement("input");
  input.name = name;
  input.type = type;
  input.value = value;
  input.required = true;
  return element("label", "", label, " ", input);
}

// What is asked before anything is sent: who says so, why, and since when.
function orderForm(run) {
  const w = words();
  const form = element("form", "order");
  form.id = "reconciliation-order";
  if (order.action === "compare") form.append(field("since", w.since, "date", run.since ?? `${new Date().getFullYear()}-01-01`));
  else form.append(element("p", "quiet", `${w.actions[order.action]}: `, element("code", "", order.items.join(", "))));
  if (order.action === "withdraw" || order.action === "accept") form.append(field("reason", w.reason, "text", ""));
  form.append(field("token", w.token, "password", token));
  const send = element("button", "act", w.send);
  form.append(element("p", "", send, " ", button(w.cancel, () => { order = null; show(); })));
  if (trouble) form.append(element("p", "problem", trouble));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    carryOut(new FormData(form));
  });
  return form;
}

async function carryOut(given) {
  const { flow, action, items } = order;
  token = given.get("token");
  const body = { action, items, reason: given.get("reason") ?? "", ...(given.get("since") ? { since: given.get("since") } : {}) };
  try {
    const answer = await fetch(`/v1/reconciliations?flow=${encodeURIComponent(flow)}`, {
      method: "POST", headers: { "Authorization": `Bearer ${token}`, "Content-Type": "application/json" }, body: JSON.stringify(body) });
    const told = await answer.json();
    if (answer.ok) order = null;
    else trouble = [isEnglish() ? told.title_en ?? told.title : told.title, told.detail].filter(Boolean).join(" ");
  } catch {
    trouble = words().silent;
  }
  await ask();
}

function differenceItem(run, one) {
  const w = words();
  const item = element("li", "",
    element("p", "title", element("code", "", one.fact ? `${one.fact} ${one.id}` : one.id), " ", isEnglish() ? one.meaning : one.meaning_vi),
    element("p", "quiet", `${w.there}: ${one.source || "–"} · ${w.here}: ${one.hub || "–"}`));
  if (one.accepted) item.append(element("p", "remedy", w.accepted(one.accepted)));
  else item.append(element("p", "remedy", isEnglish() ? one.what_to_do : one.what_to_do_vi));
  if (run.can_ask && !one.accepted)
    item.append(element("p", "", ...one.actions.map((action) => button(w.actions[action], () => begin(run.flow, action, [one.id])))));
  return item;
}

function flowItem(run) {
  const w = words();
  const compared = run.at && run.at !== run.failed_at;
  const state = !run.at ? "stopped" : run.problem ? "failing" : run.open ? "starting" : "waiting";
  const item = element("li", "", element("div", "head", element("b", "", run.flow), element("span", "state " + state, compared ? w.open(run.open) : "")));
  item.append(element("p", "quiet", compared ? w.last(run) : w.never));
  if (run.problem) item.append(element("p", "problem", w.failed(run)));
  if (run.differences?.length) {
    const list = element("ul", "refusals", ...run.differences.slice(0, mostShown).map((one) => differenceItem(run, one)));
    if (run.differences.length > mostShown) list.append(element("li", "", w.more(run.differences.length - mostShown)));
    const table = element("a", "", w.table);
    table.href = `/v1/reconciliations?format=csv&flow=${encodeURIComponent(run.flow)}`;
    item.append(list, element("p", "", table));
  }
  for (const act of (run.acts ?? []).slice(0, 5))
    item.append(element("p", "quiet", w.acted(act), " · ", element("code", "", act.over.id), ` ${w.outcomes[act.outcome] ?? act.outcome}`));
  if (order?.flow === run.flow) item.append(orderForm(run));
  else if (run.can_ask) item.append(element("p", "", button(w.compare, () => begin(run.flow, "compare", []))));
  return item;
}

function show() {
  byId("reconciliation").hidden = !known.length;
  byId("reconciliation-title").textContent = words().title;
  byId("reconciliations").replaceChildren(...known.map(flowItem));
}

async function ask() {
  try {
    const answer = await fetch("/v1/reconciliations", { cache: "no-store" });
    if (answer.ok) known = (await answer.json()).reconciliations;
  } catch {
    // The status itself says that the hub cannot be asked; what was known stays, and what just failed is to be seen.
  }
  show();
}

// What a person is writing is not taken from under the fingers.
setInterval(() => { if (!order) ask(); }, refreshMillis);
new MutationObserver(show).observe(document.documentElement, { attributes: true, attributeFilter: ["lang"] });
ask();

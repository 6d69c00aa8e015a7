// The status page: asks GET /v1/status every few seconds and shows what it says, Vietnamese first.

const texts = {
  vi: {
    skip: "Đến nội dung chính", sumTitle: "Bản ghi đã nhận và nơi chúng đang ở", flowsTitle: "Các luồng",
    newestTitle: "Số liệu mới nhất", refusalsTitle: "Bản ghi bị từ chối gần đây",
    refusalsLead: "Mỗi bản ghi bị từ chối nằm trong khu cách ly, kèm nguyên nhân và cách khắc phục; không bản ghi nào bị mất.",
    holds: "Tổng khớp: mọi bản ghi đã nhận đều ở đúng một trạng thái.", broken: "Tổng KHÔNG khớp. Hãy dừng tiếp nhận và kiểm tra.",
    healthy: "Hoạt động tốt", troubled: (flows) => `${grouped(flows)} luồng cần xem`, unhealthy: "Cần xử lý", offline: "Không hỏi được trạng thái; đang thử lại.",
    received: "Đã nhận", stored: "Đã lưu", unchanged: "Không đổi", refused: "Bị từ chối", returned: "Trả lại", closed: "Đã đóng", waiting: "Đang chờ",
    pause: (pause) => `Tạm dừng từ ${clock(pause.since)} (${pause.who}): ${pause.reason}`,
    probing: (source) => `Đang thử lại nguồn ${source.source} bằng một yêu cầu`,
    resting: (source) => `Nguồn ${source.source} được để yên đến ${clock(source.rests_until)} sau ${grouped(source.failures_in_a_row)} lỗi liên tiếp`,
    throttled: (source) => `Nguồn ${source.source} yêu cầu không hỏi lại trước ${clock(source.throttled_until)}`,
    workerDeaths: (workers) => `Tiến trình đầu nối đã chết ${grouped(workers.deaths)} lần và được thay thế; lần gần nhất: ${workers.last_end}`,
    workerAside: "Đầu nối bị tạm gác vì tiến trình chết liên tiếp. Sửa hoặc thay đầu nối, rồi gửi tín hiệu SIGUSR1 cho tiến trình lienthong.",
    alarm: "Báo động", lastNews: "Có gì mới gần nhất", spans: [[86400, "ngày"], [3600, "giờ"], [60, "phút"], [1, "giây"]],
    quiet: (alarm) => `Im lặng từ ${clock(alarm.since)}: thường có gì mới sau mỗi ${spanText(alarm.usual_secs)}, lẽ ra phải có trước ${clock(alarm.expected_by)}`,
    notHereYet: (alarm) => `Thời hạn đến ${clock(alarm.expected_by)}, luồng này thường mang về mà chưa có: ${alarm.found}`,
    messages: "gói tin", delivered: "đã giao", pending: "chờ giao", flowStates: { starting: "Khởi động", working: "Đang chạy", waiting: "Bình thường", failing: "Gặp lỗi", paused: "Tạm dừng", stopped: "Đã dừng" },
    in: "Nhận từ", out: "Gửi đến", called: "Được gọi bởi", lastSuccess: "Thành công gần nhất", never: "chưa có", none: "Chưa có gì.", noRefusals: "Không có bản ghi nào bị từ chối.",
    period: "Kỳ", from: "Nguồn", revision: "lần điều chỉnh", description: "Mô tả", found: "Đã thấy", expected: "Cần", place: "Vị trí", remedy: "Cách khắc phục",
    complianceTitle: "Tuân thủ báo cáo", complianceXlsx: "Tải bảng theo dõi của tất cả cơ quan (XLSX)", complianceCsv: "CSV", noneAmiss: "Không có báo cáo nào quá hạn, thiếu hoặc chưa gửi.",
    compliance: (board) => `Tháng ${monthText(board.month)} có ${grouped(board.total.expected)} báo cáo đến hạn theo bộ biểu mẫu ${board.set}`,
    deliveriesTitle: "Số liệu gửi đi gần nhất", receipt: "Biên nhận",
    documentsTitle: "Báo cáo tường minh đã gửi", noAnswer: "chưa có phản hồi", attempts: (count) => `${grouped(count)} lần gửi`,
    toldTitle: "Trạng thái đã báo cho bên gửi của văn bản đến", noAgreement: "chưa trả lời", to: "báo cho",
    acts: { recall: "Thu hồi", update: "Cập nhật", replacement: "Thay thế bằng", taking_back: "Đề nghị lấy lại" },
    deliveryStates: { pending: "Chờ gửi", attempting: "Đang gửi", unknown: "Đang hỏi lại", delivered: "Đã gửi", failed: "Bị từ chối", ask_person: "Cần người xử lý" },
    complianceYear: (year) => `Cả năm ${year.year} có ${grouped(year.total.expected)} báo cáo đến hạn`,
    disagreements: (open) => `Có ${grouped(open)} số liệu mà các cơ quan cung cấp khác nhau, đang chờ cùng rà soát.`,
    ruleBreaks: (open) => `Số liệu chưa khớp nhau theo quy tắc: ${[open.refuse && `${grouped(open.refuse)} không được chấp nhận`, open.finding && `${grouped(open.finding)} cần xem lại`, open.hint && `${grouped(open.hint)} gợi ý`].filter(Boolean).join(", ")}.`,
    statuses: { on_time: "đúng hạn", late: "quá hạn", incomplete: "chưa đầy đủ", refused: "bị từ chối", missing: "chưa gửi", waived: "miễn", open: "đang mở", upcoming: "chưa mở" },
    of: (expected) => `trên ${grouped(expected)} báo cáo phải gửi`,
    sealed: (log) => `Sổ chứng thực: ${log.sealed} mục đã niêm phong` + (log.time ? `, điểm chốt lúc ${clock(log.time)}` : ""),
    updated: (time) => `Cập nhật lúc ${clock(time)}`,
    vintages: { unstated: "", estimated: "ước tính", preliminary: "sơ bộ", official: "chính thức" },
  },
  en: {
    skip: "To the main content", sumTitle: "Records received, and where each stands", flowsTitle: "Flows",
    newestTitle: "Newest figures", refusalsTitle: "Records refused lately",
    refusalsLead: "Every refused record stands in quarantine with its reason and what to do; none is lost.",
    holds: "The sum holds: every record received is in exactly one state.", broken: "The sum does NOT hold. Stop the intake and look into it.",
    healthy: "Working well", troubled: (flows) => `${counted(flows, "flow")} to look at`, unhealthy: "Needs attention", offline: "The status could not be asked for; trying again.",
    received: "Received", stored: "Stored", unchanged: "Unchanged", refused: "Refused", returned: "Returned", closed: "Closed", waiting: "Waiting",
    pause: (pause) => `Paused since ${clock(pause.since)} (${pause.who}): ${pause.reason}`,
    probing: (source) => `The source ${source.source} is tried again by one request`,
    resting: (source) => `The source ${source.source} is left alone until ${clock(source.rests_until)} after ${counted(source.failures_in_a_row, "failure")} in a row`,
    throttled: (source) => `The source ${source.source} asked not to be asked again before ${clock(source.throttled_until)}`,
    workerDeaths: (workers) => `The connector's process died ${counted(workers.deaths, "time")} and was replaced; the last time: ${workers.last_end}`,
    workerAside: "The connector is set aside, since its processes die one after the other. Mend or replace it, then send the hub SIGUSR1.",
    alarm: "Alarm", lastNews: "Something new last came", spans: [[86400, "d"], [3600, "h"], [60, "min"], [1, "s"]],
    quiet: (alarm) => `Quiet since ${clock(alarm.since)}: usually something new comes every ${spanText(alarm.usual_secs)}, so by ${clock(alarm.expected_by)}`,
    notHereYet: (alarm) => `Due by ${clock(alarm.expected_by)}, usually brought by this flow and not there yet: ${alarm.found}`,
    messages: "messages", delivered: "delivered", pending: "to deliver", flowStates: { starting: "Starting", working: "Working", waiting: "Fine", failing: "Failing", paused: "Paused", stopped: "Stopped" },
    in: "From", out: "To", called: "Called by", lastSuccess: "Last success", never: "none yet", none: "Nothing yet.", noRefusals: "No record was refused.",
    period: "Period", from: "Source", revision: "revision", description: "Description", found: "Found", expected: "Expected", place: "Place", remedy: "What to do",
    complianceTitle: "Reporting compliance", complianceXlsx: "Download the scoreboard of all agencies (XLSX)", complianceCsv: "CSV", noneAmiss: "No report is late, incomplete or missing.",
    compliance: (board) => `${grouped(board.total.expected)} reports of the forms ${board.set} fall due in ${monthText(board.month)}`,
    deliveriesTitle: "Figures sent lately", receipt: "Receipt",
    documentsTitle: "Reports sent as documents", noAnswer: "nothing came back yet", attempts: (count) => counted(count, "attempt"),
    toldTitle: "Statuses told to the senders of what came in", noAgreement: "no answer yet", to: "told to",
    acts: { recall: "Recall", update: "Update", replacement: "Replaced by", taking_back: "Asked back" },
    deliveryStates: { pending: "To be sent", attempting: "Being sent", unknown: "Being asked about", delivered: "Sent", failed: "Refused", ask_person: "Needs somebody" },
    complianceYear: (year) => `${grouped(year.total.expected)} fall due in all of ${year.year}`,
    disagreements: (open) => `Agencies tell ${counted(open, "figure")} differently; they are to review them together.`,
    ruleBreaks: (open) => `Figures that do not agree by a rule: ${[open.refuse && `${grouped(open.refuse)} not acceptable`, open.finding && `${grouped(open.finding)} to look at`, open.hint && counted(open.hint, "hint")].filter(Boolean).join(", ")}.`,
    statuses: { on_time: "on time", late: "late", incomplete: "incomplete", refused: "refused", missing: "missing", waived: "waived", open: "open", upcoming: "upcoming" },
    of: (expected) => `of ${grouped(expected)} reports owed`,
    sealed: (log) => `Log: ${log.sealed} entries sealed` + (log.time ? `, checkpoint at ${clock(log.time)}` : ""),
    updated: (time) => `Updated at ${clock(time)}`,
    vintages: { unstated: "", estimated: "estimated", preliminary: "preliminary", official: "official" },
  },
};

const states = ["stored", "unchanged", "refused", "returned", "closed", "waiting"];
const refreshMillis = 3000;
let language = new URLSearchParams(location.search).get("lang") === "en" ? "en" : "vi";
let last = null;

const byId = (id) => document.getElementById(id);
const words = () => texts[language];
const grouped = (number) => new Intl.NumberFormat(language === "vi" ? "vi-VN" : "en-GB").format(number);
const counted = (number, thing) => `${grouped(number)} ${thing}${number === 1 ? "" : "s"}`; // In English only.
const clock = (time) => time.slice(11, 19) + " " + time.slice(8, 10) + "/" + time.slice(5, 7) + "/" + time.slice(0, 4);

// The two greatest parts of a length of time: "1 ngày 6 giờ".
function spanText(seconds) {
  const parts = [];
  for (const [size, name] of words().spans) {
    const count = Math.floor(seconds / size);
    if (count > 0) parts.push(`${grouped(count)} ${name}`);
    else if (parts.length) break;
    seconds -= count * size;
  }
  return parts.slice(0, 2).join(" ") || `0 ${words().spans.at(-1)[1]}`;
}

const monthText = (month) => month.slice(5, 7) + "/" + month.slice(0, 4);

// A decimal as people write it, from its text, so that no digit is lost on the way.
function decimal(text) {
  if (text === null) return "–";
  const [, sign, whole, , fraction] = /^(-?)(\d+)(\.(\d+))?$/.exec(text) ?? [null, "", text, "", ""];
  const [group, point] = language === "vi" ? [".", ","] : [",", "."];
  return sign.replace("-", "−") + whole.replace(/\B(?=(\d{3})+$)/g, group) + (fraction ? point + fraction : "");
}

function element(tag, className, ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  for (const child of children) if (child !== null && child !== undefined && child !== "") node.append(child);
  return node;
}

function fill(id, items, build, empty) {
  byId(id).replaceChildren(...(items.length ? items.map(build) : [element("li", "empty", empty)]));
}

function showSum(sum) {
  const w = words();
  byId("sum-lead").textContent = sum.holds ? w.holds : w.broken;
  const tile = (name, count) => {
    const mark = name === "received" ? null : element("i", name);
    return element("div", name === "received" ? "received" : "", element("dt", "", mark, w[name]), element("dd", "", grouped(count)));
  };
  byId("sum").replaceChildren(tile("received", sum.received), ...states.map((name) => tile(name, sum[name])));
  byId("balance").replaceChildren(...states.filter((name) => sum[name] > 0).map((name) => {
    const part = element("span", name);
    part.style.flexGrow = String(sum[name]);
    return part;
  }));
}

const alarmsOf = (flow) => (last.alarms ?? []).filter((one) => one.flow === flow.flow);
// A flow whose rounds all end well is not fine while an alarm says otherwise.
const isTroubled = (flow) => flow.state === "failing" || alarmsOf(flow).length > 0;

function flowItem(flow) {
  const w = words();
  const alarms = alarmsOf(flow);
  const state = alarms.length && flow.state === "waiting" ? element("span", "state failing", w.alarm) : element("span", "state " + flow.state, w.flowStates[flow.state] ?? flow.state);
  const item = element("li", "", element("div", "head", element("b", "", flow.flow), state));
  const outbox = flow.outbox ? `${grouped(flow.outbox.delivered)} ${w.delivered}, ${grouped(flow.outbox.pending + flow.outbox.attempting + flow.outbox.unknown)} ${w.pending}` : `${grouped(flow.messages)} ${w.messages}`;
  item.append(element("p", "quiet", flow.connector === "push" ? "POST /v1/submissions" + (flow.flow === "push" ? "" : "?flow=" + flow.flow) : `${w[flow.direction]} ${flow.connector} · ${outbox}`));
  if (flow.connector !== "push") item.append(element("p", "quiet", `${w.lastSuccess}: ${flow.last_success ? clock(flow.last_success) : w.never}`));
  if (flow.news?.last) item.append(element("p", "quiet", `${w.lastNews}: ${clock(flow.news.last)}`));
  if (flow.pause) item.append(element("p", "quiet", w.pause(flow.pause)));
  for (const alarm of alarms) {
    item.append(element("p", "problem", alarm.code === "flow.quiet" ? w.quiet(alarm) : w.notHereYet(alarm)));
    item.append(element("p", "remedy", `${w.remedy}: ${language === "en" ? alarm.remedy_en : alarm.remedy}`));
  }
  for (const source of (last.sources ?? []).filter((one) => (flow.sources ?? []).includes(one.source))) {
    if (source.breaker === "half_open") item.append(element("p", "problem", w.probing(source)));
    if (source.rests_until) item.append(element("p", "problem", w.resting(source)));
    if (source.throttled_until) item.append(element("p", "problem", w.throttled(source)));
  }
  const workers = (last.workers ?? []).find((one) => one.of === flow.flow);
  if (workers?.deaths) item.append(element("p", "quiet", w.workerDeaths(workers)));
  if (workers?.flapping || workers?.pausing) item.append(element("p", "problem", w.workerAside));
  if (flow.problem) item.append(element("p", "problem", flow.problem));
  return item;
}

// Which of the looks of a flow's state a document or a delivery takes.
const documentLooks = { pending: "waiting", attempting: "working", unknown: "working", delivered: "waiting", failed: "failing", ask_person: "failing" };

function documentItem(sent) {
  const w = words();
  const item = element("li", "", element("div", "head", element("b", "", sent.notation), element("span", "state " + documentLooks[sent.state], w.deliveryStates[sent.state] ?? sent.state)));
  item.append(element("p", "", sent.subject), element("p", "quiet", `${clock(sent.made_at)} · ${w.attempts(sent.attempts)}`));
  for (const one of sent.recipients) {
    const meaning = language === "en" ? one.meaning_en : one.meaning;
    const text = one.code ? `${one.code} ${meaning}` + (one.at ? ` · ${clock(one.at)}` : "") : w.noAnswer;
    item.append(element("p", one.code === "02" ? "problem" : "quiet", element("code", "", one.recipient), " ", text + (one.reason ? `: ${one.reason}` : "")));
  }
  if (sent.problem) item.append(element("p", "problem", sent.problem));
  item.append(...sent.acts.flatMap(actLines));
  return item;
}

const meaningOf = (told) => `${told.code} ${language === "en" ? told.meaning_en : told.meaning}`;

// What was done to a document after it was sent, and what its recipients said to that.
function actLines(act) {
  const w = words();
  const title = (w.acts[act.kind] ?? act.kind) + (act.kind === "replacement" ? ` ${act.document}` : "") + `: ${act.reason}`;
  const lines = [element("p", "", element("span", "state " + documentLooks[act.state], w.deliveryStates[act.state] ?? act.state), " ", title)];
  if (act.problem) lines.push(element("p", "problem", act.problem));
  for (const one of act.answers) {
    const text = one.code ? `${meaningOf(one)} · ${clock(one.at)}` + (one.reason ? `: ${one.reason}` : "") : w.noAgreement;
    lines.push(element("p", one.code === "16" ? "problem" : "quiet", element("code", "", one.recipient), " ", text));
  }
  return lines;
}

function toldItem(told) {
  const w = words();
  const item = element("li", "", element("div", "head", element("b", "", told.notation || told.document), element("span", "state " + documentLooks[told.state], w.deliveryStates[told.state] ?? told.state)));
  item.append(element("p", "", meaningOf(told) + (told.reason ? `: ${told.reason}` : "")));
  item.append(element("p", "quiet", `${clock(told.made_at)} · ${w.to} `, element("code", "", told.recipient), ` · ${w.attempts(told.attempts)}`));
  if (told.problem) item.append(element("p", "problem", told.problem));
  return item;
}

function deliveryItem(sent) {
  const w = words();
  const item = element("li", "", element("div", "head", element("b", "", `${sent.flow} #${sent.id}`), element("span", "state " + documentLooks[sent.state], w.deliveryStates[sent.state] ?? sent.state)));
  item.append(element("p", "quiet", (sent.begun_at ? `${clock(sent.begun_at)} · ` : "") + w.attempts(sent.attempts)));
  if (sent.receipt) item.append(element("p", "quiet", `${w.receipt}: `, element("code", "", sent.receipt.length > 300 ? sent.receipt.slice(0, 300) + "…" : sent.receipt)));
  if (sent.problem) item.append(element("p", "problem", sent.problem));
  return item;
}

function figureItem(figure) {
  const w = words();
  const names = figure.names ?? {};
  const title = language === "en" && names.indicator_en ? names.indicator_en : names.indicator ?? figure.indicator;
  const measure = language === "en" && names.measure_en ? names.measure_en : names.measure ?? figure.measure;
  const unit = names.unit ?? figure.unit;
  return element("li", "",
    element("p", "what", title),
    element("p", "quiet", element("code", "", figure.indicator), " ", measure),
    element("p", "value", decimal(figure.value), " ", element("small", "", unit)),
    element("p", "quiet", `${w.period} ${figure.period} · ${names.area ?? figure.area}` + (w.vintages[figure.vintage] ? ` · ${w.vintages[figure.vintage]}` : "")),
    element("p", "quiet", `${names.agency ?? figure.agency} · ${w.from}: ${figure.flow}` + (figure.number > 1 ? ` · ${w.revision} ${figure.number}` : "")));
}

const amiss = ["missing", "late", "incomplete", "refused"];
const countsText = (row, names) => names.filter((name) => row[name] > 0).map((name) => `${grouped(row[name])} ${words().statuses[name]}`).join(", ");

function agencyItem(row) {
  return element("li", "",
    element("p", "what", row.name, " ", element("code", "", row.agency)),
    element("p", "", element("b", "amiss", countsText(row, amiss)), " ", element("span", "quiet", words().of(row.expected))));
}

// Only where the configuration names a set of report forms.
function showCompliance(board) {
  const w = words();
  byId("compliance").hidden = !board;
  if (!board) return;
  for (const format of ["xlsx", "csv"])
    byId(`compliance-${format}`).href = `/v1/compliance?format=${format}&set=${encodeURIComponent(board.set)}&month=${board.month}`;
  const withCounts = (lead, total) => {
    const counts = countsText(total, Object.keys(w.statuses));
    return lead + (counts ? `: ${counts}.` : ".");
  };
  byId("compliance-lead").textContent = board.total ? withCounts(w.compliance(board), board.total) : board.problem;
  byId("compliance-year").hidden = !board.year;
  if (board.year) byId("compliance-year").textContent = withCounts(w.complianceYear(board.year), board.year.total);
  fill("agencies", board.worst ?? [], agencyItem, board.total ? w.noneAmiss : "");
}

// Refusals of one flow for one reason are one thing to mend: shown once, with how often and when last.
function groupedRefusals(entries) {
  const groups = new Map();
  for (const entry of entries) {
    const key = JSON.stringify([entry.flow, (entry.problems ?? []).map((problem) => [problem.code, problem.found])]);
    const group = groups.get(key);
    if (group) group.count += 1;
    else groups.set(key, { entry, count: 1 });
  }
  return [...groups.values()];
}

function refusalItem({ entry, count }) {
  const w = words();
  const item = element("li", "");
  for (const problem of entry.problems ?? []) {
    const title = language === "en" ? problem.title_en : problem.title;
    item.append(element("p", "title", title, count > 1 ? element("span", "times", ` × ${grouped(count)}`) : null));
    item.append(element("p", "quiet", `${entry.flow} · ${clock(entry.since)} · ${w.place}: `, element("code", "", problem.place || entry.place || "–"), " · ", element("code", "", problem.code)));
    // Where nothing was found to be shown, the description is all there is to act on.
    if (!problem.found && !problem.expected && problem.detail) item.append(element("p", "", `${w.description}: ${problem.detail}`));
    if (problem.found) item.append(element("p", "", `${w.found}: `, element("code", "", problem.found)));
    const expected = (language === "vi" && problem.expected_vi) || problem.expected;
    if (expected) item.append(element("p", "", `${w.expected}: ${expected}`));
    const remedy = language === "en" ? problem.remedy_en : problem.remedy;
    if (remedy) item.append(element("p", "remedy", `${w.remedy}: ${remedy}`));
  }
  return item;
}

function show() {
  const w = words();
  document.documentElement.lang = language;
  for (const node of document.querySelectorAll("[data-text]")) node.textContent = w[node.dataset.text];
  for (const button of document.querySelectorAll("[data-language]")) button.setAttribute("aria-pressed", String(button.dataset.language === language));
  if (!last) return;
  byId("province").textContent = last.province;
  document.title = `Liên thông – ${last.province}`;
  byId("notice").hidden = !last.notice;
  byId("notice").textContent = last.notice;
  const troubled = last.flows.filter(isTroubled).length;
  byId("health").className = "pill " + (!last.healthy ? "bad" : troubled ? "warn" : "good");
  byId("health").textContent = !last.healthy ? w.unhealthy : troubled ? w.troubled(troubled) : w.healthy;
  byId("trouble").hidden = last.healthy;
  byId("trouble").textContent = last.reasons.join(" ");
  showSum(last.sum);
  fill("flows", last.flows, flowItem, w.none);
  byId("deliveries-section").hidden = !last.deliveries.length;
  fill("deliveries", last.deliveries, deliveryItem, "");
  byId("documents-section").hidden = !last.documents.length && !last.statuses_told.length;
  for (const id of ["told-title", "told"]) byId(id).hidden = !last.statuses_told.length;
  fill("documents", last.documents, documentItem, w.none);
  fill("told", last.statuses_told, toldItem, "");
  showCompliance(last.compliance);
  byId("disagreements").hidden = !last.disagreements.open;
  byId("disagreements").textContent = w.disagreements(last.disagreements.open);
  const broken = last.rule_breaks;
  byId("rule-breaks").hidden = !(broken.refuse || broken.finding || broken.hint);
  byId("rule-breaks").textContent = w.ruleBreaks(broken);
  fill("newest", last.newest, figureItem, w.none);
  fill("refusals", groupedRefusals(last.refusals), refusalItem, w.noRefusals);
  byId("log").textContent = w.sealed(last.log);
  byId("updated").textContent = w.updated(last.now);
}

async function refresh() {
  try {
    const answer = await fetch("/v1/status", { cache: "no-store" });
    if (!answer.ok) throw new Error(String(answer.status));
    last = await answer.json();
    show();
    document.body.dataset.ready = "true";
  } catch {
    byId("trouble").hidden = false;
    byId("trouble").textContent = words().offline;
  }
  setTimeout(refresh, refreshMillis);
}

for (const button of document.querySelectorAll("[data-language]"))
  button.addEventListener("click", () => {
    language = button.dataset.language;
    history.replaceState(null, "", language === "en" ? "?lang=en" : location.pathname);
    show();
  });
show();
refresh();

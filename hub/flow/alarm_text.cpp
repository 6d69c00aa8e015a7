#include "hub/flow/alarm_text.hpp"

#include "hub/compliance/reminder_letter.hpp"
#include "hub/model/problem_json.hpp"
#include "hub/model/problem_text.hpp"

#include <algorithm>
#include <array>

namespace lienthong::flow {
namespace {

constexpr std::size_t most_named = 12;

/// The last day or minute that is in time.
std::string last_moment(Time closes)
{
    const compliance::Day last = local_day(closes - std::chrono::microseconds{1});
    return compliance::start_of(local_day(closes)) == closes ? compliance::day_text(last) : to_text(closes);
}

std::string list_of(const Forthcoming& one)
{
    std::string out;
    for (std::size_t i = 0; i < std::min(one.owed.size(), most_named); ++i) {
        const compliance::Obligation& owed = one.owed[i].obligation;
        out += (i == 0 ? "" : "; ") + owed.subject + ' ' + owed.period_text + ' ' + owed.agency;
        if (one.owed[i].outcome.status == compliance::Status::refused)
            out += " (refused / bị từ chối: " + one.owed[i].outcome.submission + ')';
    }
    if (one.owed.size() > most_named)
        out += "; +" + std::to_string(one.owed.size() - most_named);
    return out;
}

}  // namespace

std::string duration_text(std::chrono::seconds time, const TimeUnits& units)
{
    constexpr std::array<std::int64_t, 4> lengths = {86'400, 3'600, 60, 1};
    const auto part = [&](std::int64_t count, std::size_t unit) { return std::to_string(count) + ' ' + std::string(units[unit]); };
    const std::int64_t whole = time.count();
    for (std::size_t i = 0; i < lengths.size(); ++i) {
        if (whole < lengths[i])
            continue;
        const std::int64_t next = i + 1 < lengths.size() ? whole % lengths[i] / lengths[i + 1] : 0;
        return part(whole / lengths[i], i) + (next > 0 ? ' ' + part(next, i + 1) : "");
    }
    return part(0, units.size() - 1);
}

Problem quiet_problem(const std::string& flow, const Quiet& quiet, bool declared)
{
    return {.code = "flow.quiet",
            .detail = "nothing new has come since " + to_text(quiet.since) + "; " + (declared ? "declared" : "usual") + ": every " +
                      duration_text(quiet.usual),
            .place = flow,
            .found = to_text(quiet.since),
            .expected = to_text(quiet.expected),
            .rule = declared ? "flows.expects_every_secs" : ""};
}

Problem not_here_yet_problem(const Forthcoming& one, const std::optional<Pause>& pause)
{
    std::string detail = "the flow usually brings " + std::to_string(one.owed.size()) +
                         " of what is due by the end of " + last_moment(one.closes) + ", and it is not there yet";
    if (pause)
        detail += "; the flow is paused since " + to_text(pause->since) + " (" + pause->who + "): " + pause->reason;
    return {.code = "flow.not_here_yet",
            .detail = std::move(detail),
            .place = one.flow,
            .found = list_of(one),
            .expected = to_text(one.closes),
            .rule = one.owed.front().obligation.rule.act};
}

std::string line_of(const Alarm& alarm)
{
    const ProblemText& words = problem_text(alarm.problem.code);
    if (alarm.ended_at)
        return "alarm over: flow " + alarm.flow + " [" + alarm.problem.code + "] since " + to_text(alarm.raised_at) + ": " + alarm.ended_by;
    return "ALARM: flow " + alarm.problem.sentence() + "; " + std::string(words.remedy_en) + " / " + std::string(words.vi) + ' ' +
           std::string(words.remedy_vi);
}

Mail mail_of(std::span<const Alarm> alarms, const std::string& base_url)
{
    Mail out;
    const std::size_t raised = static_cast<std::size_t>(std::count_if(alarms.begin(), alarms.end(), [](const Alarm& one) { return !one.ended_at; }));
    out.subject = raised > 0 ? "Báo động: " + std::to_string(raised) + " luồng số liệu cần xử lý, trước hết " + alarms.front().flow
                             : "Hết báo động: luồng " + alarms.front().flow;
    for (const Alarm& alarm : alarms) {
        const ProblemText& words = problem_text(alarm.problem.code);
        out.text += "Luồng " + alarm.flow + (alarm.ended_at ? " (hết báo động lúc " + to_text(*alarm.ended_at) + ")" : "") + '\n';
        out.text += "   " + std::string(words.vi) + '\n';
        if (alarm.problem.code == "flow.quiet")
            out.text += "   Gói tin mới gần nhất: " + to_text(alarm.since) + "; thường có sau mỗi: " + duration_text(alarm.usual, vietnamese_units) + '\n';
        else
            out.text += "   Còn thiếu: " + alarm.problem.found + "\n   Thời hạn: hết " + last_moment(alarm.expected) + '\n';
        out.text += alarm.ended_at ? "   " + alarm.ended_by + '\n' : "   Cách xử lý: " + std::string(words.remedy_vi) + '\n';
        out.text += "   " + std::string(words.en) + ' ' + alarm.problem.detail + (alarm.ended_at ? "" : ". " + std::string(words.remedy_en)) + "\n\n";
    }
    if (!base_url.empty())
        out.text += "Trang trạng thái: " + base_url + "/\n";
    out.text += "Mỗi báo động được gửi một lần khi bắt đầu và một lần khi kết thúc.\n";
    return out;
}

void write_alarm(JsonWriter& out, const Alarm& alarm)
{
    out.member("flow", alarm.flow).member("since", to_text(alarm.since)).member("expected_by", to_text(alarm.expected));
    if (alarm.usual.count() > 0)
        out.member("usual_secs", std::int64_t{alarm.usual.count()});
    out.member("raised_at", to_text(alarm.raised_at));
    write_problem_members(out, alarm.problem);
}

}  // namespace lienthong::flow

// Two provinces' regimes and the working days of 2025 and 2026, as test data; the hub itself reads them from the catalogue.
#pragma once

#include "hub/compliance/obligation.hpp"
#include "hub/compliance/scoreboard.hpp"
#include "hub/compliance/status.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace lienthong::compliance {

inline Day day(int y, unsigned m, unsigned d)
{
    return Day{std::chrono::year{y}, std::chrono::month{m}, std::chrono::day{d}};
}

/// A moment written as people in Việt Nam would: "2026-02-23T16:00:00".
inline Time at(const std::string& local)
{
    return time_from(local + "+07:00").value();
}

/// Labour Code 45/2019 Article 112 and the yearly notices: Tết, Hùng Kings, 30/4, 1/5; Saturdays worked in exchange.
inline std::optional<Day> next_working(Day from)
{
    static const std::set<Day> off = {day(2025, 1, 27), day(2025, 1, 28), day(2025, 1, 29), day(2025, 1, 30), day(2025, 1, 31),
                                      day(2026, 1, 1),  day(2026, 1, 2),  day(2026, 2, 16), day(2026, 2, 17), day(2026, 2, 18),
                                      day(2026, 2, 19), day(2026, 2, 20), day(2026, 4, 27), day(2026, 4, 30), day(2026, 5, 1)};
    static const std::set<Day> worked = {day(2026, 1, 10)};
    for (Day one = from;; one = next(one)) {
        const std::chrono::weekday weekday{std::chrono::sys_days{one}};
        const bool weekend = weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
        if (worked.contains(one) || (!weekend && !off.contains(one)))
            return one;
    }
}

inline Due before_18()
{
    return {.day = 18,
            .inclusive = false,
            .words = "trước ngày 18 của tháng cuối kỳ báo cáo",
            .act = "Quyết định 228/QĐ-UBND, Điều 8.1b"};
}

/// QĐ 228/QĐ-UBND Article 8.
inline Regime son_la()
{
    const std::vector<PeriodSlot> months = {{PeriodKind::month, 0}};
    const std::vector<PeriodSlot> longer = {
        {PeriodKind::quarter, 1}, {PeriodKind::half, 1}, {PeriodKind::nine_months, 0}, {PeriodKind::year, 0}};
    const auto socio = [](const char* code, std::vector<std::string> from, const char* to, std::vector<PeriodSlot> periods,
                          Due due) {
        due.act = "Quyết định 228/QĐ-UBND, Điều 8.1c";
        return Tier{.code = code,
                    .from = std::move(from),
                    .to = to,
                    .report_class = ReportClass::socio_economic,
                    .periods = std::move(periods),
                    .due = std::move(due)};
    };
    Regime regime{.code = "SL228",
                  .name = "Quy chế báo cáo tỉnh Sơn La",
                  .tiers = {{.code = "commune",
                             .from = {"commune", "district_office"},
                             .to = "district",
                             .due = {.day = 17, .words = "chậm nhất vào ngày 17", .act = "Quyết định 228/QĐ-UBND, Điều 8.1b"}},
                            {.code = "department", .from = {"department", "district"}, .to = "lead", .due = before_18()},
                            {.code = "lead",
                             .from = {"lead"},
                             .to = "ioc",
                             .due = {.day = 25, .words = "chậm nhất vào ngày 25", .act = "Quyết định 228/QĐ-UBND, Điều 8.1a"}},
                            socio("socio-department", {"department"}, "dpi", months, before_18()),
                            socio("socio-department-long", {"department"}, "dpi", longer, before_18()),
                            socio("socio-dpi", {"dpi"}, "ioc", months, {.day = 23, .words = "chậm nhất vào ngày 23"}),
                            socio("socio-dpi-long", {"dpi"}, "ioc", longer, {.day = 23, .words = "chậm nhất vào ngày 23"})}};
    for (Tier& tier : regime.tiers) {
        tier.cutoff_from_day = 15;
        tier.cutoff_act = "Nghị định 09/2019/NĐ-CP, Điều 12";
    }
    return regime;
}

/// Quyết định 17/2022/QĐ-UBND (Lào Cai) Article 14.
inline Regime lao_cai()
{
    const auto tier = [](const char* from, const char* to, unsigned on) {
        return Tier{.code = from,
                    .from = {from},
                    .to = to,
                    .report_class = ReportClass::socio_economic,
                    .due = {.day = on, .words = "chậm nhất vào ngày", .act = "Quyết định 17/2022/QĐ-UBND, Điều 14.1a"}};
    };
    return {.code = "LC17", .name = "Quy chế tỉnh Lào Cai", .tiers = {tier("department", "dpi", 18), tier("dpi", "ppc", 20)}};
}

inline Duty duty(const std::string& subject, std::vector<Recurrence> recurrences, const std::string& role = "department",
                 const std::string& regime = "SL228", ReportClass report_class = ReportClass::periodic)
{
    return {.subject = subject,
            .name = "Báo cáo " + subject,
            .agency = "H52.01",
            .receiver = "H52",
            .role = role,
            .regime = regime,
            .report_class = report_class,
            .recurrences = std::move(recurrences)};
}

inline Plan plan(const std::vector<Duty>& duties, Day from, Day to, std::vector<Regime> regimes = {son_la(), lao_cai()})
{
    return obligations(duties, regimes, from, to, next_working);
}

inline Plan plan(const Duty& one, Day from, Day to)
{
    return plan(std::vector<Duty>{one}, from, to);
}

/// The due days of all obligations, "period due" in order.
inline std::vector<std::string> due_days(const Plan& plan)
{
    std::vector<std::string> out;
    for (const Obligation& one : plan.obligations)
        out.push_back(one.period_text + ' ' + day_text(one.deadline.due));
    return out;
}

/// A department's monthly form of March 2026: opens on the 15th, due before the 18th, so by the end of Tuesday the 17th.
inline const Obligation& march()
{
    static const Plan planned = plan(duty("F_1", {{.kind = PeriodKind::month}}), day(2026, 3, 1), day(2026, 4, 1));
    return planned.obligations.at(0);
}

inline Event receipt(const Obligation& of, std::string id, Time when, std::vector<std::string> missing = {})
{
    return {.id = id, .at = when, .scope = scope_of(of), .what = Receipt{.submission = "S-" + id, .missing = std::move(missing)}};
}

/// A receipt of `received`, known only since `recorded`.
inline Event taken_over(const Obligation& of, const std::string& id, Time received, Time recorded)
{
    return {.id = id, .at = recorded, .scope = scope_of(of), .what = Receipt{.submission = "S-" + id, .missing = {}, .received = received}};
}

inline Event refusal(const Obligation& of, std::string id, Time when)
{
    return {.id = id, .at = when, .scope = scope_of(of), .what = Refusal{.submission = "S-" + id, .received = std::nullopt}};
}

inline Event extension(Scope scope, std::string id, Time recorded, Time until)
{
    return {.id = std::move(id),
            .at = recorded,
            .scope = std::move(scope),
            .who = "H52",
            .why = "mưa lũ",
            .act = "Công văn 12/UBND-TH",
            .what = Extension{.until = until}};
}

}  // namespace lienthong::compliance

// lienthong compliance: who owes which reports, and how each agency stands with them.
#include "adapters/tables/xlsx/xlsx_table_writer.hpp"
#include "hub/cli/compliance_set.hpp"
#include "hub/cli/reminder_parts.hpp"
#include "hub/compliance/plan.hpp"
#include "hub/compliance/report.hpp"
#include "hub/compliance/scoreboard_csv.hpp"
#include "hub/compliance/scoreboard_json.hpp"
#include "hub/flow/told_receipts.hpp"
#include "hub/compliance/scoreboard_table.hpp"
#include "hub/ports/clock.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <set>

namespace lienthong::cli {
namespace {

using namespace lienthong::compliance;

constexpr std::size_t widest_name = 44;

struct Asked
{
    Report report;
    Time as_of{};
};

/// The report of the one span that was named; without any, today's.
Result<Asked> asked(const ComplianceOptions& options, Time now)
{
    const std::array<std::pair<const char*, const std::string*>, 4> given = {
        {{"day", &options.day}, {"month", &options.month}, {"quarter", &options.quarter}, {"year", &options.year}}};
    for (const auto& [kind, period] : given) {
        if (period->empty())
            continue;
        auto report = report_of(kind, *period, std::string("--") + kind);
        if (!report.ok())
            return report.problem();
        // A day of the past is shown as it ended, so that what was published then can be printed again.
        const Time as_of = period == &options.day ? start_of(next(text::first_day(*text::period_from(*period)))) : now;
        return Asked{std::move(report).value(), std::min(now, as_of)};
    }
    return Asked{daily_report(local_day(now)), now};
}

/// `text` in `width` characters, cut or filled up.
std::string fitted(const std::string& text, std::size_t width)
{
    const auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
    const auto size = static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins));
    if (size <= width)
        return text + std::string(width - size, ' ');
    std::size_t kept = 0, end = 0;
    while (end < text.size() && (kept += begins(text[end]) ? 1U : 0U) < width)
        ++end;
    return text.substr(0, end) + "…";
}

void print_row(const std::string& code, const std::string& name, std::size_t expected,
               const std::array<std::size_t, status_count>& counts)
{
    std::printf("%-10s %s %8zu", code.c_str(), fitted(name, widest_name).c_str(), expected);
    for (const Status status : {Status::on_time, Status::late, Status::incomplete, Status::refused, Status::missing, Status::waived,
                                Status::open, Status::upcoming})
        std::printf(" %8zu", counts[static_cast<std::size_t>(status)]);
    std::printf("\n");
}

void print_board(const Scoreboard& board, const AgencyName& name)
{
    std::printf("%s %s %s", fitted("Mã", 10).c_str(), fitted("Cơ quan", widest_name).c_str(), fitted("Phải gửi", 8).c_str());
    for (const char* heading : {"Đúng hạn", " Quá hạn", "Chưa đủ", "Từ chối", "Chưa gửi", "    Miễn", " Đang mở", " Chưa mở"})
        std::printf(" %s", fitted(heading, 8).c_str());
    std::printf("\n");
    std::size_t expected = 0;
    std::array<std::size_t, status_count> sums{};
    for (const ScoreRow& row : board.rows) {
        print_row(row.agency, name(row.agency), row.expected(), row.counts);
        expected += row.expected();
        for (std::size_t i = 0; i < status_count; ++i)
            sums[i] += row.counts[i];
    }
    print_row("", "Tổng cộng", expected, sums);
}

void print_entry(const ScoreEntry& entry)
{
    const auto& [obligation, outcome] = entry;
    std::printf("%s  kỳ %s  %s\n", obligation.subject.c_str(), obligation.period_text.c_str(), obligation.name.c_str());
    std::printf("    thời hạn: hết ngày %s%s\n", day_text(obligation.deadline.due).c_str(),
                obligation.deadline.provisional ? " (tạm tính)" : "");
    std::printf("    quy định: %s (%s)\n", obligation.rule.words.c_str(), obligation.rule.act.c_str());
    std::printf("    cách tính: %s\n", obligation.rule.reckoning.c_str());
    if (obligation.above != Squeeze::none || obligation.below != Squeeze::none)
        std::printf("    lưu ý: do ngày nghỉ, thời hạn trùng hoặc vượt thời hạn của cấp liền kề\n");
    std::printf("    trạng thái: %s\n", in_words(outcome).c_str());
}

bool wanting(const Scoreboard& board)
{
    return !worst_rows(board, 1).empty();
}

void print_json(const ComplianceSet& found, const Report& report, const Scoreboard& board, const Plan& plan, bool entries,
                const AgencyName& name)
{
    JsonWriter out;
    out.begin_object().member("set", found.set).member("title", report.title).member("act", report.act);
    write_scoreboard(out, board, name);
    if (entries) {
        out.key("obligations").begin_array();
        for (const ScoreRow& row : board.rows)
            for (const ScoreEntry& entry : row.entries)
                write_obligation(out, entry, name);
        out.end_array();
    }
    out.member("findings", static_cast<std::int64_t>(plan.findings.size()));
    std::printf("%s\n", out.end_object().take().c_str());
}

/// An agency that owes something and has nobody to write to is not reminded.
void add_missing_contacts(const ComplianceSet& found, Plan& plan)
{
    if (found.contacts.empty())
        return;
    const auto contacts = read_contacts(found.contacts, *found.catalogue, plan.findings);
    std::set<std::string> agencies;
    for (const Obligation& one : plan.obligations)
        agencies.insert(one.agency);
    for (const std::string& agency : agencies)
        if (!contacts.contains(agency))
            plan.findings.push_back({.code = "mail.no_contact",
                                     .detail = "nobody is named to write to about reports that fall due",
                                     .place = agency,
                                     .found = agency_name(*found.catalogue, agency),
                                     .expected = "a row in " + found.contacts});
}

Result<void> write_xlsx(const std::string& file, const Scoreboard& board, const Report& report, const AgencyName& name,
                        const std::string& base)
{
    const auto bytes = adapters::make_xlsx_table_writer()->write(scoreboard_tables(board, report, name, base));
    if (!bytes.ok())
        return bytes.problem();
    std::ofstream stream(file, std::ios::binary | std::ios::trunc);
    stream << *bytes << std::flush;
    if (!stream)
        return Problem{"tables.unwritable", "the file cannot be written", file, {}, "a folder that may be written to"};
    return {};
}

}  // namespace

int compliance_board(const Common& common, const ComplianceOptions& options)
{
    const auto found = compliance_set_or_print(common, options);
    if (!found)
        return not_done;
    if (!options.agency.empty() && found->catalogue->find_agency(options.agency) == nullptr) {
        print_problems({{"agency.unknown", "the catalogue has no such agency", "--agency", shortened(options.agency),
                         "a code of agencies.csv", {}}},
                       common.json);
        return not_done;
    }
    const auto what = asked(options, SystemClock().now());
    auto plan = what.ok() ? plan_of(*found->catalogue, found->set, what->report.span) : Result<Plan>(what.problem());
    if (!plan.ok()) {
        print_problems({plan.problem()}, common.json);
        return not_done;
    }
    if (options.findings) {
        add_missing_contacts(*found, *plan);
        print_problems(plan->findings, common.json);
        return plan->findings.empty() ? done : found_wrong;
    }
    if (!options.agency.empty())
        std::erase_if(plan->obligations, [&](const Obligation& one) { return one.agency != options.agency; });
    const auto events = found->kept == nullptr ? Result<std::vector<Event>>(found->events)
                                               : flow::known_events(*found->kept, found->store.get(), plan->obligations);
    if (!events.ok()) {
        print_problems({events.problem()}, common.json);
        return not_done;
    }
    const Scoreboard board = scoreboard(plan->obligations, *events, what->as_of, what->report.span);
    const AgencyName name = [&](std::string_view code) { return agency_name(*found->catalogue, code); };
    const bool entries = !options.agency.empty();
    if (!options.xlsx.empty())
        if (const auto written = write_xlsx(options.xlsx, board, what->report, name, found->base_url); !written.ok()) {
            print_problems({written.problem()}, common.json);
            return not_done;
        }
    if (options.csv) {
        std::printf("%s", (entries ? obligations_csv(board, name, found->base_url) : scoreboard_csv(board, name)).c_str());
    } else if (common.json) {
        print_json(*found, what->report, board, *plan, entries, name);
    } else {
        std::printf("%s (%s), lúc %s\n", what->report.title.c_str(), found->set.c_str(), to_text(what->as_of).c_str());
        if (entries)
            for (const ScoreRow& row : board.rows)
                for (const ScoreEntry& entry : row.entries)
                    print_entry(entry);
        print_board(board, name);
        if (!plan->findings.empty())
            std::printf("%zu điểm danh mục còn để ngỏ: lienthong compliance --findings\n", plan->findings.size());
    }
    return wanting(board) ? found_wrong : done;
}

}  // namespace lienthong::cli

// The scoreboard's tables, as JSON.
#include "hub/compliance/scoreboard_json.hpp"

#include "hub/compliance/receipt_link.hpp"

#include <algorithm>
#include <cstdint>
#include <string>

namespace lienthong::compliance {
namespace {

using Counts = std::array<std::size_t, status_count>;

std::string day_iso(Day day)
{
    return text::to_text(Period{.kind = PeriodKind::day,
                                .year = static_cast<int>(day.year()),
                                .part = static_cast<unsigned>(day.month()),
                                .day = static_cast<unsigned>(day.day())});
}

void write_counts(JsonWriter& out, std::size_t expected, const Counts& counts)
{
    out.member("expected", static_cast<std::int64_t>(expected));
    for (const Status status : all_statuses)
        out.member(to_text(status), static_cast<std::int64_t>(counts[static_cast<std::size_t>(status)]));
}

std::size_t wanting(const ScoreRow& row)
{
    return row[Status::missing] + row[Status::late] + row[Status::incomplete] + row[Status::refused];
}

}  // namespace

void write_row(JsonWriter& out, const ScoreRow& row, const AgencyName& name)
{
    out.begin_object().member("agency", row.agency).member("name", name(row.agency));
    write_counts(out, row.expected(), row.counts);
    out.end_object();
}

void write_total(JsonWriter& out, const Scoreboard& board)
{
    std::size_t expected = 0;
    Counts sums{};
    for (const ScoreRow& row : board.rows) {
        expected += row.expected();
        for (std::size_t i = 0; i < status_count; ++i)
            sums[i] += row.counts[i];
    }
    out.begin_object();
    write_counts(out, expected, sums);
    out.end_object();
}

void write_scoreboard(JsonWriter& out, const Scoreboard& board, const AgencyName& name)
{
    out.member("from", day_iso(board.span.from));
    out.member("to", day_iso(Day{std::chrono::sys_days{board.span.to} - std::chrono::days{1}}));
    out.member("as_of", lienthong::to_text(board.as_of)).key("agencies").begin_array();
    for (const ScoreRow& row : board.rows)
        write_row(out, row, name);
    out.end_array().key("total");
    write_total(out, board);
}

void write_obligation(JsonWriter& out, const ScoreEntry& entry, const AgencyName& name)
{
    const auto& [obligation, outcome] = entry;
    out.begin_object().member("id", obligation.id).member("subject", obligation.subject).member("name", obligation.name);
    out.member("agency", obligation.agency).member("agency_name", name(obligation.agency));
    out.member("period", obligation.period_text).member("window_from", day_iso(obligation.window_from));
    out.member("window_to", day_iso(obligation.window_to)).member("opens", lienthong::to_text(obligation.opens));
    out.member("due", day_iso(obligation.deadline.due)).member("closes", lienthong::to_text(outcome.deadline));
    out.member("provisional", obligation.deadline.provisional).member("rule", obligation.rule.words);
    out.member("act", obligation.rule.act).member("reckoning", obligation.rule.reckoning);
    out.member("status", to_text(outcome.status)).member("in_words", in_words(outcome));
    out.member("decided_by", outcome.decided_by).member("extended_by", outcome.extended_by);
    out.member("submission", outcome.submission).member("said", to_text(outcome.said));
    if (const std::string link = receipt_link({}, outcome.submission); !link.empty())
        out.member("receipt", link);
    if (outcome.received)
        out.member("received", lienthong::to_text(*outcome.received));
    out.key("lacking").begin_array();
    for (const std::string& part : outcome.lacking)
        out.text(part);
    out.end_array().key("incidents").begin_array();
    for (const std::string& incident : outcome.incidents)
        out.text(incident);
    out.end_array().end_object();
}

std::vector<const ScoreRow*> worst_rows(const Scoreboard& board, std::size_t most)
{
    std::vector<const ScoreRow*> out;
    for (const ScoreRow& row : board.rows)
        if (wanting(row) > 0)
            out.push_back(&row);
    std::stable_sort(out.begin(), out.end(), [](const ScoreRow* a, const ScoreRow* b) { return wanting(*a) > wanting(*b); });
    out.resize(std::min(out.size(), most));
    return out;
}

}  // namespace lienthong::compliance

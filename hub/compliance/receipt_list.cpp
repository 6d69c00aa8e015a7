#include "hub/compliance/receipt_list.hpp"

#include "hub/catalogue/csv.hpp"
#include "hub/compliance/plan.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>
#include <unordered_set>

namespace lienthong::compliance {
namespace {

using catalogue::Cell;
using catalogue::CsvRow;

enum Column : std::size_t { form, period, agency, received, submission, lacking, column_count };
constexpr std::array<std::string_view, column_count> names = {"form", "period", "agency", "received", "submission", "lacking"};
constexpr std::size_t absent = static_cast<std::size_t>(-1);

/// What makes two receipts the same one.
using Mark = std::tuple<std::string, std::string, Time, std::vector<std::string>>;

Mark mark_of(const Event& event)
{
    const auto& receipt = std::get<Receipt>(event.what);
    return {event.scope.obligation(), receipt.submission, came_in(event), receipt.missing};
}

class Reading
{
public:
    Reading(const std::string& file, const TakenOver& from) : file_(file), from_(from) {}

    void take(std::vector<CsvRow> rows)
    {
        rows_ = std::move(rows);
        if (rows_.empty() || !take_header(rows_.front()))
            return;
        for (std::size_t i = 1; i < rows_.size(); ++i)
            take_row(rows_[i]);
    }

    /// Refuses what nobody owes, and leaves out what is known.
    ReceiptList finish(const catalogue::Catalogue& catalogue, std::string_view set, std::span<const Event> kept)
    {
        check_owed(catalogue, set);
        std::set<Mark> known;
        for (const Event& event : kept)
            if (std::holds_alternative<Receipt>(event.what))
                known.insert(mark_of(event));
        for (Event& event : events_) {
            if (known.insert(mark_of(event)).second)
                out_.fresh.push_back(std::move(event));
            else
                ++out_.known;
        }
        return std::move(out_);
    }

private:
    void refuse(const Cell& cell, std::string code, std::string detail, std::string expected)
    {
        out_.refused.push_back({.code = std::move(code),
                                .detail = std::move(detail),
                                .place = catalogue::place_of(file_, cell.line, cell.column),
                                .found = shortened(cell.text),
                                .expected = std::move(expected)});
    }

    bool take_header(const CsvRow& header)
    {
        at_.fill(absent);
        for (std::size_t i = 0; i < header.size(); ++i) {
            const auto name = std::find(names.begin(), names.end(), header[i].text);
            if (name == names.end() || at_[static_cast<std::size_t>(name - names.begin())] != absent)
                refuse(header[i], "compliance.receipt", "the list has no such column, or has it twice",
                       "form, period, agency, received, submission, lacking");
            else
                at_[static_cast<std::size_t>(name - names.begin())] = i;
        }
        for (std::size_t column = 0; column < lacking; ++column)
            if (at_[column] == absent)
                refuse(header.front(), "compliance.receipt", "the list lacks the column " + std::string(names[column]), std::string(names[column]));
        return out_.refused.empty();
    }

    void take_row(const CsvRow& row)
    {
        const std::size_t wrong_before = out_.refused.size();
        if (row.size() != rows_.front().size())
            return refuse(row.front(), "compliance.receipt", "the row has more or fewer cells than the header",
                          std::to_string(rows_.front().size()) + " cells");
        const auto cell = [&](Column column) -> const Cell& { return row[at_[column]]; };
        for (const Column column : {form, agency, submission})
            if (cell(column).text.empty())
                refuse(cell(column), "compliance.receipt", "the cell " + std::string(names[column]) + " is empty", "not empty");
        const auto read = text::period_from(cell(period).text);
        if (!read.ok())
            refuse(cell(period), read.problem().code, read.problem().detail, read.problem().expected);
        const auto when = time_from(cell(received).text);
        if (!when || *when > from_.at)
            refuse(cell(received), "compliance.receipt", "this is no moment, or one to come", "a moment of the past, RFC 3339");
        if (out_.refused.size() != wrong_before)
            return;
        Event event{.id = "record",
                    .at = from_.at,
                    .scope = {.subject = cell(form).text, .agency = cell(agency).text, .period = text::to_text(*read)},
                    .who = from_.who,
                    .act = from_.act};
        event.what = Receipt{.submission = cell(submission).text, .missing = parts(row), .received = when};
        from_day_ = events_.empty() ? text::last_day(*read) : std::min(from_day_, text::last_day(*read));
        to_day_ = events_.empty() ? text::last_day(*read) : std::max(to_day_, text::last_day(*read));
        events_.push_back(std::move(event));
        forms_.push_back(&cell(form));
    }

    [[nodiscard]] std::vector<std::string> parts(const CsvRow& row) const
    {
        std::vector<std::string> out;
        if (at_[lacking] == absent)
            return out;
        const std::string& all = row[at_[lacking]].text;
        for (std::size_t start = 0; start < all.size();) {
            const std::size_t end = std::min(all.find(';', start), all.size());
            out.push_back(all.substr(start, end - start));
            start = end + 1;
        }
        return out;
    }

    void check_owed(const catalogue::Catalogue& catalogue, std::string_view set)
    {
        if (events_.empty())
            return;
        const Plan plan = obligations(duties_of(catalogue, set).duties, regimes_of(catalogue), from_day_, next(to_day_), next_working_of(catalogue));
        std::unordered_set<std::string_view> owed;
        for (const Obligation& one : plan.obligations)
            owed.insert(one.id);
        for (std::size_t i = 0; i < events_.size(); ++i)
            if (!owed.contains(events_[i].scope.obligation()))
                refuse(*forms_[i], "compliance.no_obligation", "nobody owes such a report: " + events_[i].scope.obligation(),
                       "a form, a period and an agency of GET /v1/obligations");
    }

    const std::string& file_;
    const TakenOver& from_;
    std::vector<CsvRow> rows_;
    std::array<std::size_t, column_count> at_{};
    std::vector<Event> events_;
    std::vector<const Cell*> forms_;  ///< The cell each event's form stands in.
    Day from_day_{};
    Day to_day_{};
    ReceiptList out_;
};

}  // namespace

ReceiptList receipts_from(const catalogue::Catalogue& catalogue, std::string_view set, std::string_view csv, const std::string& file,
                          std::span<const Event> kept, const TakenOver& from)
{
    auto rows = catalogue::read_csv(csv, file);
    if (!rows.ok())
        return {.fresh = {}, .known = 0, .refused = {rows.problem()}};
    if (rows->empty())
        return {.fresh = {}, .known = 0, .refused = {{"compliance.receipt", "the list has no header row", file, {}, "form,period,agency,…", {}}}};
    Reading reading(file, from);
    reading.take(std::move(rows).value());
    return reading.finish(catalogue, set, kept);
}

}  // namespace lienthong::compliance

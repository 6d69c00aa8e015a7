// Events out to CSV and back.
#include "hub/compliance/event_text.hpp"

#include "hub/catalogue/csv.hpp"
#include "hub/compliance/csv_text.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>

namespace lienthong::compliance {
namespace {

enum Column : std::size_t {
    id,
    kind,
    at,
    subject,
    agency,
    period,
    who,
    why,
    act,
    from,
    to,
    submission,
    missing,
    stage,
    column_count
};

constexpr std::array<std::string_view, column_count> headings = {
    "id", "kind", "at", "subject", "agency", "period", "who", "why", "act", "from", "to", "submission", "missing", "stage"};
/// In the order of Event::what.
constexpr std::array<std::string_view, 7> kinds = {"receipt", "extension", "incident", "intake",
                                                     "waiver",  "reminder",  "refusal"};

/// RFC 3339 to the microsecond: a millisecond less decides whether a report is late.
std::string precise(Time time)
{
    std::string text = lienthong::to_text(time);
    const auto micros = time - std::chrono::floor<std::chrono::milliseconds>(time);
    char digits[8];
    std::snprintf(digits, sizeof digits, "%03u", static_cast<unsigned>(micros.count()) % 1000U);
    return text.insert(text.size() - 6, digits);
}

std::string precise(const std::optional<Time>& time)
{
    return time ? precise(*time) : std::string();
}

struct Writing
{
    std::array<std::string, column_count>& cells;

    void operator()(const Receipt& receipt) const
    {
        cells[submission] = receipt.submission;
        for (const std::string& part : receipt.missing)
            cells[missing] += (cells[missing].empty() ? "" : ";") + part;
        cells[from] = precise(receipt.received);
    }
    void operator()(const Extension& extension) const { cells[to] = precise(extension.until); }
    void operator()(const Incident& incident) const
    {
        cells[from] = precise(incident.from);
        cells[to] = precise(incident.to);
    }
    void operator()(const Intake& intake) const
    {
        cells[from] = precise(intake.opens);
        cells[to] = precise(intake.closes);
    }
    void operator()(const Waiver&) const {}
    void operator()(const ReminderSent& reminder) const { cells[stage] = std::to_string(reminder.stage); }
    void operator()(const Refusal& refusal) const
    {
        cells[submission] = refusal.submission;
        cells[from] = precise(refusal.received);
    }
};

/// Reads one row; the first thing wrong is kept with its cell.
class RowReader
{
public:
    RowReader(const catalogue::CsvRow& row, const std::string& file) : row_(row), file_(file) {}

    Result<Event> read()
    {
        Event event;
        event.id = required(id);
        event.at = moment(at).value_or(Time{});
        if (text(at).empty())
            wrong(at, "a moment, RFC 3339");
        event.scope = {.subject = text(subject), .agency = text(agency), .period = text(period)};
        event.who = text(who);
        event.why = text(why);
        event.act = text(act);
        if (text(kind) == "receipt") {
            one_obligation();
            event.what = Receipt{.submission = required(submission), .missing = parts(), .received = not_after(event.at)};
        } else if (text(kind) == "extension") {
            reasons();
            required(act);
            required(to);
            event.what = Extension{.until = moment(to).value_or(Time{})};
        } else if (text(kind) == "incident") {
            reasons();
            required(from);
            event.what = Incident{.from = moment(from).value_or(Time{}), .to = moment(to)};
        } else if (text(kind) == "intake") {
            event.what = Intake{.opens = moment(from), .closes = moment(to)};
        } else if (text(kind) == "waiver") {
            reasons();
            event.what = Waiver{};
        } else if (text(kind) == "reminder") {
            one_obligation();
            event.what = ReminderSent{.stage = number(stage)};
        } else if (text(kind) == "refusal") {
            one_obligation();
            event.what = Refusal{.submission = required(submission), .received = not_after(event.at)};
        } else {
            wrong(kind, "receipt, extension, incident, intake, waiver, reminder, refusal");
        }
        if (problem_)
            return *problem_;
        return event;
    }

private:
    const std::string& text(Column column) const { return row_[column].text; }

    void wrong(Column column, const char* expected)
    {
        if (problem_)
            return;
        const catalogue::Cell& cell = row_[column];
        problem_ = Problem{.code = "compliance.event",
                           .detail = "the cell " + std::string(headings[column]) + " of an event cannot be read",
                           .place = catalogue::place_of(file_, cell.line, cell.column),
                           .found = shortened(cell.text),
                           .expected = expected};
    }

    const std::string& required(Column column)
    {
        if (text(column).empty())
            wrong(column, "not empty");
        return text(column);
    }

    void reasons()
    {
        required(who);
        required(why);
    }

    void one_obligation()
    {
        required(subject);
        required(agency);
        required(period);
    }

    std::optional<Time> moment(Column column)
    {
        if (text(column).empty())
            return std::nullopt;
        const auto time = time_from(text(column));
        if (!time)
            wrong(column, "a moment, RFC 3339");
        return time;
    }

    /// When a report came in, where that was before `recorded`.
    std::optional<Time> not_after(Time recorded)
    {
        const auto time = moment(from);
        if (time.value_or(recorded) > recorded)
            wrong(from, "a moment not after `at`");
        return time;
    }

    unsigned number(Column column)
    {
        unsigned out = 0;
        const std::string& digits = text(column);
        if (digits.empty() || digits.size() > 4 || digits.find_first_not_of("0123456789") != std::string::npos) {
            wrong(column, "a number of days");
            return 0;
        }
        for (const char c : digits)
            out = out * 10 + static_cast<unsigned>(c - '0');
        return out;
    }

    std::vector<std::string> parts() const
    {
        std::vector<std::string> out;
        const std::string& all = text(missing);
        for (std::size_t start = 0; start < all.size();) {
            const std::size_t end = std::min(all.find(';', start), all.size());
            out.push_back(all.substr(start, end - start));
            start = end + 1;
        }
        return out;
    }

    const catalogue::CsvRow& row_;
    const std::string& file_;
    std::optional<Problem> problem_;
};

Result<void> check_columns(const catalogue::CsvRow& row, std::size_t number, const std::string& file)
{
    bool right = row.size() == headings.size();
    for (std::size_t i = 0; right && number == 0 && i < row.size(); ++i)
        right = row[i].text == headings[i];
    if (right)
        return {};
    return Problem{.code = "compliance.event",
                   .detail = number == 0 ? "the header row is another" : "the row has more or fewer cells than the header",
                   .place = catalogue::place_of(file, row.front().line, 1),
                   .found = std::to_string(row.size()) + " cells",
                   .expected = std::to_string(headings.size()) + " cells, from id to stage"};
}

}  // namespace

std::string_view kind_of(const Event& event)
{
    return kinds.at(event.what.index());
}

ComplianceEvent kept(const Event& event)
{
    std::array<std::string, column_count> cells;
    std::visit(Writing{cells}, event.what);
    ComplianceEvent out{.id = event.id,
                        .at = event.at,
                        .kind = std::string(kind_of(event)),
                        .subject = event.scope.subject,
                        .agency = event.scope.agency,
                        .period = event.scope.period,
                        .who = event.who,
                        .why = event.why,
                        .act = event.act,
                        .body = {}};
    append_csv_row(out.body, {cells[from], cells[to], cells[submission], cells[missing], cells[stage]});
    out.body.erase(out.body.find_last_not_of("\r\n") + 1);
    return out;
}

Result<Event> event_from(const ComplianceEvent& event)
{
    std::string row;
    append_csv_row(row, {event.id, event.kind, precise(event.at), event.subject, event.agency, event.period, event.who, event.why,
                         event.act});
    row.replace(row.find_last_not_of("\r\n") + 1, std::string::npos, ',' + event.body + "\r\n");
    const auto rows = catalogue::read_csv(row, event.id);
    if (!rows.ok() || rows->size() != 1 || rows->front().size() != column_count)
        return Problem{.code = "compliance.event",
                       .detail = "the event as kept is no row",
                       .place = event.id,
                       .found = shortened(event.body),
                       .expected = "cells from `from` to `stage`"};
    return RowReader(rows->front(), event.id).read();
}

Result<std::vector<Event>> events_from(std::span<const ComplianceEvent> events)
{
    std::vector<Event> out;
    out.reserve(events.size());
    for (const ComplianceEvent& one : events) {
        auto event = event_from(one);
        if (!event.ok())
            return event.problem();
        out.push_back(std::move(event).value());
    }
    return out;
}

std::string events_text(std::span<const Event> events)
{
    std::string out;
    const auto& h = headings;
    append_csv_row(out, {h[0], h[1], h[2], h[3], h[4], h[5], h[6], h[7], h[8], h[9], h[10], h[11], h[12], h[13]});
    for (const Event& event : events) {
        std::array<std::string, column_count> cells;
        cells[at] = precise(event.at);
        std::visit(Writing{cells}, event.what);
        append_csv_row(
            out, {event.id, kind_of(event), cells[at], event.scope.subject, event.scope.agency, event.scope.period, event.who,
                  event.why, event.act, cells[from], cells[to], cells[submission], cells[missing], cells[stage]});
    }
    return out;
}

Result<std::vector<Event>> events_from(std::string_view csv, const std::string& file)
{
    auto rows = catalogue::read_csv(csv, file);
    if (!rows.ok())
        return rows.problem();
    if (rows->empty())
        return Problem{
            .code = "compliance.event", .detail = "the list has no header row", .place = file, .expected = "id,kind,at,…"};
    std::vector<Event> out;
    for (std::size_t i = 0; i < rows->size(); ++i) {
        if (const auto shape = check_columns((*rows)[i], i, file); !shape.ok())
            return shape.problem();
        if (i == 0)
            continue;
        auto event = RowReader((*rows)[i], file).read();
        if (!event.ok())
            return event.problem();
        out.push_back(std::move(event).value());
    }
    return out;
}

}  // namespace lienthong::compliance

// What functions make of one value that is there.
#include "hub/mapping/as_of_period.hpp"
#include "hub/mapping/date_pattern.hpp"
#include "hub/mapping/document_text.hpp"
#include "hub/mapping/evaluate.hpp"
#include "hub/mapping/letter_case.hpp"
#include "hub/model/time.hpp"
#include "hub/text/date.hpp"
#include "hub/text/repair.hpp"

namespace lienthong::mapping {
namespace {

using text::Period;
using text::PeriodKind;

Period period_of(const DayTime& day, PeriodKind kind)
{
    Period out{.kind = kind, .year = day.year};
    switch (kind) {
        case PeriodKind::day:
            out.part = day.month;
            out.day = day.day;
            break;
        case PeriodKind::month:
            out.part = day.month;
            break;
        case PeriodKind::quarter:
            out.part = (day.month - 1) / 3 + 1;
            break;
        default:
            break;
    }
    return out;
}

LetterValues letters_of(const Period& period)
{
    LetterValues out{.y = period.year};
    const int part = static_cast<int>(period.part);
    switch (period.kind) {
        case PeriodKind::day:
            out.M = part;
            out.d = static_cast<int>(period.day);
            break;
        case PeriodKind::month:
            out.M = part;
            break;
        case PeriodKind::quarter:
            out.q = part;
            break;
        case PeriodKind::half:
            out.h = part;
            break;
        default:
            break;
    }
    return out;
}

LetterValues letters_of(const DayTime& value, bool with_time)
{
    LetterValues out{.y = value.year, .M = static_cast<int>(value.month), .d = static_cast<int>(value.day)};
    if (with_time) {
        out.H = static_cast<int>(value.hour);
        out.m = static_cast<int>(value.minute);
        out.s = static_cast<int>(value.second);
    }
    return out;
}

bool is_date(std::string_view text)
{
    return text.size() == 10 && read_by_pattern(text, "yyyy-MM-dd").has_value();
}

}  // namespace

Value Evaluator::apply(const Expression& e, const Value& a)
{
    switch (e.op) {
        case Op::number: {
            if (e.locale == text::NumberLocale::plain && text::is_canonical(a.text))
                return make_of(e, a);
            const auto decimal = text::decimal_from(a.text, e.locale);
            if (!decimal)
                return fail(e, a.node, decimal.problem().code, decimal.problem().detail, a.text, decimal.problem().expected);
            return make(e, *decimal, a.node);
        }
        case Op::period_by_pattern:
        case Op::period_canonical:
        case Op::period_vi:
        case Op::period_in:
        case Op::period_of_date:
            return apply_period(e, a);
        case Op::date_by_pattern:
        case Op::date_vi:
        case Op::datetime_by_pattern:
        case Op::datetime_rfc3339:
        case Op::date_of_datetime:
            return apply_date(e, a);
        case Op::window_canonical:
            return apply_window(e, a);
        case Op::format:
            return apply_format(e, a);
        case Op::utc:
            return make(e, lienthong::to_text(*time_from(a.text) - std::chrono::hours(7)).substr(0, 19) + "Z", a.node);
        case Op::lookup:
            return apply_lookup(e, a);
        case Op::legacy:
            return apply_legacy(e, a);
        case Op::split:
            return apply_split(e, a);
        case Op::upper:
            return make(e, upper_case(a.text), a.node);
        case Op::lower:
            return make(e, lower_case(a.text), a.node);
        case Op::trim: {
            Value out = a;
            out.text = without_blanks(a.text);
            if (out.text.empty())
                out.state = Value::State::missing;
            return out;
        }
        case Op::area_in:
            return make(e, std::string(e.text) + ":" + std::string(a.text), a.node);
        case Op::area_full:
            if (a.text.find(':') == std::string_view::npos)
                return fail(e, a.node, "area.malformed", "this is no full code of an area", a.text, "system:code, as in GSO:33");
            return a;
        case Op::crosswalk:
            return make(e, crosswalk_text(e.text, a.text), a.node);
        default:
            return a;  // agency: resolved as of the period, where the observation is put together
    }
}

Value Evaluator::apply_period(const Expression& e, const Value& a)
{
    if (e.op == Op::period_of_date)
        return make(e, text::to_text(period_of(read_canonical(a.text), e.kind)), a.node);
    const auto period = e.op == Op::period_by_pattern  ? text::period_by_pattern(a.text, e.text)
                        : e.op == Op::period_canonical ? text::period_from(a.text)
                        : e.op == Op::period_in        ? text::period_within(a.text)
                                                       : text::period_from_vietnamese(a.text);
    if (!period)
        return fail(e, a.node, period.problem().code, period.problem().detail, a.text, period.problem().expected);
    return make(e, text::to_text(*period), a.node);
}

Value Evaluator::apply_date(const Expression& e, const Value& a)
{
    if (e.op == Op::date_of_datetime)
        return make(e, a.text.substr(0, 10), a.node);
    if (e.op == Op::datetime_rfc3339) {
        const auto time = time_from(a.text);
        const int year = time ? static_cast<int>(local_day(*time).year()) : 0;
        if (year < 1900 || year > 2999)
            return fail(e, a.node, "date.malformed", "this is no moment", a.text, "RFC 3339, as in 2025-03-14T09:12:03+07:00");
        const std::string written = lienthong::to_text(*time);
        return make(e, written.substr(0, 19) + "+07:00", a.node);
    }
    if (e.op == Op::date_vi) {
        const auto date = text::date_from_vietnamese(a.text);
        if (!date)
            return fail(e, a.node, date.problem().code, date.problem().detail, a.text, date.problem().expected);
        return make(e, text::to_text(*date), a.node);
    }
    const auto read = read_by_pattern(a.text, e.text);
    if (!read)
        return fail(e, a.node, "date.malformed", "this does not read as a day that exists", a.text, std::string(e.text));
    return make(e, e.op == Op::date_by_pattern ? date_text(*read) : datetime_text(*read), a.node);
}

Value Evaluator::apply_window(const Expression& e, const Value& a)
{
    const std::size_t slash = a.text.find('/');
    const std::string_view from = a.text.substr(0, slash), to = slash == std::string_view::npos ? "" : a.text.substr(slash + 1);
    if (!is_date(from) || !is_date(to))
        return fail(e, a.node, "window.malformed", "this is no window", a.text, "from/to, as in 2025-02-15/2025-03-14");
    return checked_window(e, a.node, from, to);
}

Value Evaluator::checked_window(const Expression& e, NodeId node, std::string_view from, std::string_view to)
{
    const std::string written = std::string(from) + "/" + std::string(to);
    if (to < from)
        return fail(e, node, "window.backwards", "the window ends before it begins", written,
                    "a first day that is not behind the last");
    return make(e, written, node);
}

Value Evaluator::apply_format(const Expression& e, const Value& a)
{
    const Type type = program_.at(program_.argument(e, 0)).type;
    LetterValues letters;
    if (type == Type::period) {
        const auto period = text::period_from(a.text);
        if (period)
            letters = letters_of(*period);
    } else {
        letters = letters_of(read_canonical(a.text), type == Type::datetime);
    }
    const auto written = write_by_pattern(letters, e.text);
    if (!written)
        return fail(e, a.node, "period.kind", "a period of this kind cannot be written so", a.text,
                    "a period that has what '" + std::string(e.text) + "' asks for");
    return make(e, *written, a.node);
}

Value Evaluator::apply_lookup(const Expression& e, const Value& a)
{
    const Table& table = program_.tables[e.index];
    const auto* row = table.find(a.text);
    if (row == nullptr) {
        if (e.argument_count > 1)
            return argument(e, 1);
        const std::string file = table.file().substr(table.file().rfind('/') + 1);
        return fail(e, a.node, "lookup.missing", file + " has no row for this", a.text,
                    "one of the " + std::to_string(table.rows().size()) + " keys of " + file);
    }
    if (marks_ != nullptr)
        marks_->rows[e.index][static_cast<std::size_t>(row - table.rows().data())] = true;
    const std::string& cell = (*row)[e.column].text;
    if (cell.empty())
        return {.node = a.node, .text = {}};
    return {.state = Value::State::present, .node = a.node, .text = cell};
}

Value Evaluator::apply_legacy(const Expression& e, const Value& a)
{
    note(0);
    if (!neighbours_) {
        std::vector<std::string_view> fields;
        for (NodeId id = 0; id < tree_.size(); ++id)
            if (const std::string_view text = without_blanks(tree_.node(id).text); !text.empty())
                fields.push_back(text);
        neighbours_.emplace(fields);
    }
    text::Repair repair = text::repair(a.text, *neighbours_);
    if (repair.refused())
        return fail(e, a.node, repair.problem->code, repair.problem->detail, repair.problem->found, repair.problem->expected);
    if (!repair.findings.empty())
        held_ = false;  // They are said of every record anew.
    for (Problem& finding : repair.findings) {
        finding.place = place(a.node);
        finding.rule = rule_at(e);
        findings_.push_back(std::move(finding));
    }
    return repair.converted ? make(e, repair.text, a.node) : a;
}

Value Evaluator::apply_split(const Expression& e, const Value& a)
{
    std::string_view rest = a.text;
    for (std::uint32_t part = 1;; ++part) {
        const std::size_t at = rest.find(e.text);
        if (part == e.index) {
            Value out = a;
            out.text = rest.substr(0, at);
            if (out.text.empty())
                out.state = Value::State::missing;
            return out;
        }
        if (at == std::string_view::npos)
            return {.node = a.node, .text = {}};
        rest.remove_prefix(at + e.text.size());
    }
}

}  // namespace lienthong::mapping

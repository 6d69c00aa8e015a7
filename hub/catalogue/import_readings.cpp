// Reads raw words with those who know them.
#include "hub/catalogue/import_readings.hpp"

#include "hub/text/frequency.hpp"
#include "hub/text/unicode.hpp"

#include <algorithm>
#include <optional>

namespace lienthong::catalogue {
namespace {

std::optional<std::string> dimension_named(const Catalogue& catalogue, const std::string& name)
{
    const std::string key = text::folded(name);
    for (const BreakdownCode& code : catalogue.breakdowns())
        if (code.code == "_T" && text::folded(code.name_vi) == key)
            return code.dimension;
    return std::nullopt;
}

Reading nothing(std::string code, std::string detail, std::string expected)
{
    return {.values = {}, .open = {{.code = std::move(code), .detail = std::move(detail), .expected = std::move(expected)}}};
}

void take_periods(const text::Frequency& frequency, FrequencyReading& out)
{
    for (const text::FrequencyKind kind : frequency.kinds)
        if (const auto period = text::period_kind(kind))
            out.values.emplace_back(to_text(*period));
    for (const unsigned month : frequency.months)
        out.months.push_back(std::to_string(month));
    if (frequency.ambiguous)
        out.open.push_back(
            {"finding.frequency_ambiguous", "the words have two readings; taken as the list of both", {}, {}, {}, {}});
    if (out.values.empty())
        out.open.push_back({"finding.frequency_unread", "the frequency is left open: no kind of period has it", {}, {}, {}, {}});
}

}  // namespace

std::vector<std::string> parts_of(std::string_view text, std::string_view marks)
{
    std::vector<std::string> out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(marks), text.size());
        if (std::string part = text::tidied(text.substr(0, end)); !part.empty())
            out.push_back(std::move(part));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

std::string joined(const std::vector<std::string>& parts)
{
    std::string out;
    for (const std::string& part : parts)
        out.append(out.empty() ? "" : ";").append(part);
    return out;
}

Reading unit_reading(const Catalogue& catalogue, const std::string& raw)
{
    if (raw.empty())
        return {};
    const auto unit = catalogue.unit(raw);
    if (!unit.ok())
        return nothing("finding.unit_unread", "the unit is left open: the catalogue has no unit of this spelling",
                       unit.problem().expected);
    return {.values = {(*unit)->code}, .open = {}};
}

FrequencyReading frequency_reading(const std::string& raw, bool of_form)
{
    FrequencyReading out;
    if (raw.empty())
        return out;
    const auto frequency = text::frequency_from(raw);
    if (!frequency.ok())
        out.open.push_back({"finding.frequency_unread",
                            "the frequency is left open: the words are none",
                            {},
                            {},
                            frequency.problem().expected,
                            {}});
    else if (of_form)
        out.canonical = to_text(*frequency);
    else if (frequency->date)
        out.open.push_back({"finding.frequency_date", "the frequency is left open: a date stands there", {}, {}, {}, {}});
    else
        take_periods(*frequency, out);
    return out;
}

Reading agencies_reading(const std::string& cell, const std::function<Result<std::string>(const std::string&)>& named)
{
    // Names hold commas themselves: the whole cell is tried first.
    const std::string whole = text::tidied(cell);
    if (whole.empty())
        return {};
    if (const auto code = named(whole); code.ok())
        return {.values = {*code}, .open = {}};
    Reading out;
    for (const std::string& name : parts_of(cell, ";,\n")) {
        const auto code = named(name);
        // The first one is the owner, so a part of them might name the wrong one.
        if (!code.ok())
            return nothing("finding.agency_unread",
                           "the agencies are left open: '" + name + "' is none the catalogue has on that day",
                           code.problem().expected);
        if (std::find(out.values.begin(), out.values.end(), *code) == out.values.end())
            out.values.push_back(*code);
    }
    return out;
}

Reading breakdowns_reading(const Catalogue& catalogue, const std::string& raw)
{
    if (const auto whole = dimension_named(catalogue, raw))
        return {.values = {*whole}, .open = {}};
    Reading out;
    for (const std::string& name : parts_of(raw, "/,;")) {
        auto dimension = dimension_named(catalogue, name);
        if (!dimension)
            return nothing("finding.breakdown_unread", "the breakdown is left open: '" + name + "' is no dimension",
                           "a name of breakdowns.csv, or a row of cell_words.csv");
        out.values.push_back(std::move(*dimension));
    }
    std::sort(out.values.begin(), out.values.end());
    out.values.erase(std::unique(out.values.begin(), out.values.end()), out.values.end());
    return out;
}

}  // namespace lienthong::catalogue

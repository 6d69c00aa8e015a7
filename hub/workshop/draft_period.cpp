// Looks for the period of the figures: in one field, in a year with a part beside it, or in a title.
#include "hub/text/period.hpp"
#include "hub/text/unicode.hpp"
#include "hub/workshop/draft_guess.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

namespace lienthong::workshop {
namespace {

using text::PeriodKind;

bool contains(std::string_view text, std::string_view word)
{
    return text.find(word) != std::string_view::npos;
}

/// What the name of a field, or an attribute of its element, says of the periods in it.
struct NameSays
{
    bool period = false, month = false, quarter = false, year = false;
    bool sending = false;  ///< When something was sent or written, which is no period of a figure.
};

NameSays by_name(std::string_view name)
{
    const std::string bare = bare_name(name);
    NameSays out;
    out.month = contains(bare, "thang") || contains(bare, "month");
    out.quarter = bare.starts_with("quy") || contains(bare, "quarter");
    out.year = bare.starts_with("nam") || contains(bare, "year");
    out.period = out.month || out.quarter || out.year || contains(bare, "ky") || contains(bare, "period") || contains(bare, "thoigian");
    for (const std::string_view word : {"gui", "sent", "send", "nhan", "tao", "created", "capnhat", "updated", "lapbieu"})
        out.sending = out.sending || contains(bare, word);
    return out;
}

NameSays says(const PayloadPlace& place, const std::vector<const PayloadPlace*>& every)
{
    NameSays out = by_name(place.name);
    for (const PayloadPlace* other : every)
        if (other->path.starts_with(place.path + "/@") && !other->values.empty()) {
            const std::string word = bare_name(other->values.front());
            out.month = out.month || word == "thang" || word == "month" || word == "m";
            out.quarter = out.quarter || word == "quy" || word == "quarter" || word == "q";
        }
    return out;
}

bool is_year(const std::string& text)
{
    return text.size() == 4 && text::period_by_pattern(text, "yyyy").ok();
}

/// The number of a month or a quarter.
bool is_part(const std::string& text)
{
    return text::period_by_pattern("2025-" + text, "yyyy-M").ok();
}

struct Way
{
    PeriodKind kind;
    std::string_view pattern;  ///< Empty: canonical text.
    bool digits = false;       ///< Digits alone, which may mean anything: only where a name says that they are a period.
};

/// By kind, and within a kind the stricter first.
constexpr std::array<Way, 18> ways = {{{PeriodKind::month, "MM/yyyy"},
                                       {PeriodKind::month, "M/yyyy"},
                                       {PeriodKind::month, "MM-yyyy"},
                                       {PeriodKind::month, "M-yyyy"},
                                       {PeriodKind::month, "yyyy/M"},
                                       {PeriodKind::month, "yyyy-M"},
                                       {PeriodKind::month, "yyyyMM", true},
                                       {PeriodKind::month, "yyyyM", true},
                                       {PeriodKind::quarter, "q/yyyy"},
                                       {PeriodKind::quarter, "q-yyyy"},
                                       {PeriodKind::quarter, "yyyy-q"},
                                       {PeriodKind::quarter, "yyyy'Q'q"},
                                       {PeriodKind::quarter, "'Q'q/yyyy"},
                                       {PeriodKind::quarter, "'Q'q-yyyy"},
                                       {PeriodKind::quarter, "yyyyq", true},
                                       {PeriodKind::day, "d/M/yyyy"},
                                       {PeriodKind::day, "d-M-yyyy"},
                                       {PeriodKind::day, "yyyyMMdd", true}}};

std::string plural(PeriodKind kind)
{
    return kind == PeriodKind::nine_months ? "nine months" : std::string(text::to_text(kind)) + "s";
}

struct Reading
{
    Way way;
    Fit fit;

    [[nodiscard]] std::string on(const std::string& path) const
    {
        return std::string(text::to_text(way.kind)) + "(" + path + ", \"" + std::string(way.pattern) + "\")";
    }
};

/// The kinds a place can be read as, each by the first way that fits best; only those that fit as well as the best.
std::vector<Reading> readings(const PayloadPlace& place, bool digits_too)
{
    std::vector<Reading> out;
    std::size_t best = 0;
    for (const Way& way : ways) {
        if (way.digits && !digits_too)
            continue;
        const Fit fit = place.fit([&](const std::string& v) { return text::period_by_pattern(v, way.pattern).ok(); });
        if (!fit.most())
            continue;
        best = std::max(best, fit.good);
        const auto same = std::find_if(out.begin(), out.end(), [&](const Reading& one) { return one.way.kind == way.kind; });
        if (same == out.end())
            out.push_back({way, fit});
        else if (fit.good > same->fit.good)
            *same = {way, fit};
    }
    std::erase_if(out, [&](const Reading& one) { return one.fit.good < best; });
    return out;
}

/// One field that holds whole periods. Without a name that says so no digits alone, and no days, are taken for periods.
std::optional<Guess> in_one_field(const PayloadPlace& place, const NameSays& name, bool days)
{
    if (place.fit(is_year).most())
        return std::nullopt;
    const auto allowed = [&](PeriodKind kind) { return kind != PeriodKind::day || (days && !name.sending); };
    const Fit canonical = place.fit([&](const std::string& v) {
        const auto period = text::period_from(v);
        return period.ok() && allowed(period->kind);
    });
    if (canonical.most())
        return Guess{"period(" + place.path + ")", told("periods in canonical text", canonical), place.path};
    std::vector<Reading> found = readings(place, name.period);
    std::erase_if(found, [&](const Reading& one) { return !allowed(one.way.kind); });
    if (!found.empty()) {
        // Of digits that are quarter or month the quarter comes first: months have two digits nearly everywhere.
        const auto wanted = [&](const Reading& one) {
            return name.quarter != name.month ? one.way.kind == (name.quarter ? PeriodKind::quarter : PeriodKind::month)
                                              : one.way.pattern == "yyyyq";
        };
        const auto chosen = std::find_if(found.begin(), found.end(), wanted);
        std::rotate(found.begin(), chosen == found.end() ? found.begin() : chosen, found.end());
        std::string because = told(plural(found.front().way.kind), found.front().fit);
        for (std::size_t i = 1; i < found.size(); ++i)
            because += "; but " + found[i].on(place.path) + " reads them too: " +
                       (name.quarter != name.month ? "chosen by the name" : "a person must say which they are");
        return Guess{found.front().on(place.path), because, place.path};
    }
    const Fit vietnamese = place.fit([](const std::string& v) { return text::period_from_vietnamese(v).ok(); });
    if (vietnamese.most())
        return Guess{"period_vi(" + place.path + ")", told("periods as Vietnamese write them", vietnamese), place.path};
    return std::nullopt;
}

/// A year in one field and its part in another.
std::optional<Guess> of_year_and_part(const std::vector<const PayloadPlace*>& every)
{
    const PayloadPlace* year = nullptr;
    for (const PayloadPlace* place : every)
        if (year == nullptr && by_name(place->name).year && place->fit(is_year).most())
            year = place;
    if (year == nullptr)
        return std::nullopt;
    const std::string some_year = *std::find_if(year->values.begin(), year->values.end(), is_year);
    std::vector<const PayloadPlace*> parts;
    for (const PayloadPlace* place : every) {
        const NameSays name = by_name(place->name);
        if (place != year && !place->values.empty() && !name.sending && (name.month || name.quarter || bare_name(place->name) == "ky"))
            parts.push_back(place);
    }
    struct Form
    {
        bool month, quarter;
        std::string_view function, before, between, pattern;
        bool year_first;
    };
    constexpr std::array<Form, 4> forms = {{{true, false, "month", "", "-", "yyyy-M", true},
                                            {false, true, "quarter", "", "-", "yyyy-q", true},
                                            {false, true, "period_vi", "quý ", "/", "", false},
                                            {true, true, "period_vi", "", "/", "", false}}};
    for (const PayloadPlace* part : parts)
        for (const Form& form : forms) {
            const NameSays name = by_name(part->name);
            if (!((form.month && name.month) || (form.quarter && name.quarter)))
                continue;
            const Fit fit = part->fit([&](const std::string& v) {
                const std::string whole = form.year_first ? some_year + std::string(form.between) + v
                                                          : std::string(form.before) + v + std::string(form.between) + some_year;
                return form.pattern.empty() ? text::period_from_vietnamese(whole).ok() : text::period_by_pattern(whole, form.pattern).ok();
            });
            if (!fit.most())
                continue;
            const std::string& first = form.year_first ? year->path : part->path;
            const std::string& second = form.year_first ? part->path : year->path;
            std::string expression = std::string(form.function) + "(concat(";
            if (!form.before.empty())
                expression += "\"" + std::string(form.before) + "\", ";
            expression += first + ", \"" + std::string(form.between) + "\", " + second + ")";
            expression += form.pattern.empty() ? ")" : ", \"" + std::string(form.pattern) + "\")";
            std::string because = told(name.month ? "a year and a month" : "a year and a quarter", fit);
            for (const PayloadPlace* other : parts)
                if (other != part && other->fit(is_part).most())
                    because += "; " + other->path + " stands beside them";
            return Guess{expression, because, part->path};
        }
    if (!parts.empty())
        return Guess{"", year->path + " holds years, but " + parts.front()->path + " ('" + parts.front()->values.front() +
                             "') stands beside it and says which part: month(concat(year, \"-\", part), \"yyyy-M\"), or quarter with \"yyyy-q\"",
                     year->path};
    return Guess{"year(" + year->path + ", \"yyyy\")", told("years, and neither a quarter nor a month beside them", year->fit(is_year)), year->path};
}

/// "Tháng 3" or "Quý I" in the record, and one year in a text around it.
std::optional<Guess> of_part_and_title(const PayloadPlaces& places)
{
    for (const PayloadPlace& part : places.in_record) {
        Fit parts;
        std::string between;
        for (const char* one : {"/", " ", " năm "}) {  // "Tháng 3/2025", "Cả năm 2025", "9 tháng năm 2025"
            const Fit fit = part.fit([&](const std::string& v) { return text::period_from_vietnamese(v + one + "2025").ok(); });
            if (fit.good > parts.good) {
                parts = fit;
                between = one;
            }
        }
        const Fit whole = part.fit([](const std::string& v) { return text::period_from_vietnamese(v).ok(); });
        if (!parts.most() || whole.good > 0 || part.fit(is_part).most())
            continue;
        for (const PayloadPlace& title : places.around) {
            const Fit years = title.fit([](const std::string& v) {
                const auto period = text::period_within(v);
                return period.ok() && period->kind == PeriodKind::year;
            });
            if (years.every())
                return Guess{"period_vi(concat(" + part.path + ", \"" + between + "\", period_in(" + title.path + ")))",
                             told("parts of a year that stands in a text around them", parts), part.path};
        }
        return Guess{"", part.path + " ('" + part.values.front() + "') says which part of a year, and no year stands anywhere: period_vi(concat(" +
                             part.path + ", \"" + between + "2026\"))",
                     part.path};
    }
    return std::nullopt;
}

/// "Báo cáo tình hình … Tháng 10 năm 2025": a longer text that speaks of one period.
std::optional<Guess> in_a_text(const PayloadPlace& place)
{
    const Fit fit = place.fit([](const std::string& v) { return text::period_within(v).ok(); });
    return fit.most() ? std::optional(Guess{"period_in(" + place.path + ")", told("the one period a text speaks of", fit), place.path}) : std::nullopt;
}

}  // namespace

std::optional<Guess> guess_period(const PayloadPlaces& places)
{
    const std::vector<const PayloadPlace*> every = every_place(places);
    const auto first_of = [&](const std::function<std::optional<Guess>(const PayloadPlace&)>& guess) {
        std::optional<Guess> out;
        for (const PayloadPlace* place : every)
            if (!out)
                out = guess(*place);
        return out;
    };
    auto out = first_of([&](const PayloadPlace& place) {
        const NameSays name = says(place, every);
        return name.period ? in_one_field(place, name, true) : std::nullopt;
    });
    if (!out)
        out = of_year_and_part(every);
    if (!out)
        out = of_part_and_title(places);
    if (!out)
        out = first_of([&](const PayloadPlace& place) { return in_one_field(place, says(place, every), false); });
    if (!out)
        out = first_of(in_a_text);
    if (!out)
        out = first_of([&](const PayloadPlace& place) {
            auto days = in_one_field(place, says(place, every), true);
            if (days)
                days->because += "; whether figures are of these days a person must say";
            return days;
        });
    return out;
}

}  // namespace lienthong::workshop

// Guesses fields by the look of values and by the catalogue, and writes what it guessed as a mapping file.
#include "hub/workshop/draft.hpp"

#include "hub/text/number.hpp"
#include "hub/text/period.hpp"
#include "hub/text/unicode.hpp"
#include "hub/workshop/payload_places.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <sstream>

namespace lienthong::workshop {
namespace {

using catalogue::Catalogue;
using catalogue::Day;

constexpr Day any_day{std::chrono::year{2025}, std::chrono::July, std::chrono::day{1}};
constexpr std::size_t most_examples = 60;

/// A name without case and separators, for hints: "kyBaoCao", "ky_bao_cao" and "KY-BAO-CAO" alike.
std::string bare(std::string_view name)
{
    std::string out;
    for (const char c : name)
        if (c >= 'A' && c <= 'Z')
            out += static_cast<char>(c + 32);
        else if (c != '_' && c != '-' && c != '.' && c != ' ')
            out += c;
    return out;
}

template <std::size_t N>
bool hints(const PayloadPlace& place, const std::array<std::string_view, N>& words)
{
    const std::string name = bare(place.name);
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return name.find(word) != std::string::npos; });
}

bool all_of(const PayloadPlace& place, const std::function<bool(const std::string&)>& fits)
{
    return !place.values.empty() && std::all_of(place.values.begin(), place.values.end(), fits);
}

bool is_number(const std::string& text, text::NumberLocale locale)
{
    return text::decimal_from(text, locale).ok();
}

/// An expression for one field, and why it was chosen.
struct Guess
{
    std::string expression;
    std::string because;
    std::string path;  ///< The place it reads.
};

class Guesses
{
public:
    Guesses(const PayloadPlaces& places, const Catalogue& catalogue) : places_(places), catalogue_(catalogue) {}

    [[nodiscard]] std::optional<Guess> period()
    {
        constexpr std::array<std::string_view, 8> words = {"ky", "period", "thang", "month", "quy", "quarter", "nam", "year"};
        for (const PayloadPlace* place : by_hint(words))
            if (auto guess = period_at(*place))
                return guess;
        const PayloadPlace *year = nullptr, *month = nullptr;
        for (const PayloadPlace* place : every()) {
            const std::string name = bare(place->name);
            const bool small =
                all_of(*place, [](const std::string& v) { return v.size() <= 2 && is_number(v, text::NumberLocale::plain); });
            if ((name == "nam" || name == "year") && all_of(*place, [](const std::string& v) { return v.size() == 4; }))
                year = place;
            if ((name == "thang" || name == "month") && small)
                month = place;
        }
        if (year != nullptr && month != nullptr)
            return Guess{"month(concat(" + year->path + ", \"-\", " + month->path + "), \"yyyy-M\")", "a year and a month",
                         month->path};
        if (year != nullptr)
            return Guess{"year(" + year->path + ", \"yyyy\")", "a year", year->path};
        return std::nullopt;
    }

    [[nodiscard]] std::optional<Guess> area()
    {
        constexpr std::array<std::string_view, 9> words = {"tinh", "diaban", "area", "province", "huyen",
                                                           "xa",   "phuong", "gso",  "region"};
        for (const PayloadPlace* place : every())
            if (all_of(*place, [&](const std::string& v) {
                    return v.find(':') != std::string::npos && catalogue_.find_area(v, any_day) != nullptr;
                }))
                return Guess{"area(" + place->path + ")", "full codes of areas", place->path};
        for (const char* system : {"GSO", "NAME"})
            for (const PayloadPlace* place : every())
                if ((std::string_view(system) == "NAME" || hints(*place, words)) &&
                    all_of(*place, [&](const std::string& v) { return catalogue_.area(system, v, any_day).ok(); }))
                    return Guess{"area(\"" + std::string(system) + "\", " + place->path + ")",
                                 std::string(system) == "GSO" ? "administrative codes" : "names of areas", place->path};
        return std::nullopt;
    }

    [[nodiscard]] std::optional<Guess> agency() const
    {
        for (const PayloadPlace* place : every())
            if (all_of(*place, [&](const std::string& v) { return catalogue_.agency(v, any_day).ok(); }))
                return Guess{"agency(" + place->path + ")", "agencies of the catalogue", place->path};
        return std::nullopt;
    }

    [[nodiscard]] std::optional<Guess> unit() const
    {
        for (const PayloadPlace* place : every())
            if (all_of(*place, [&](const std::string& v) { return catalogue_.unit(v).ok(); }))
                return Guess{place->alone(), "units of the catalogue", place->path};
        return std::nullopt;
    }

    [[nodiscard]] std::optional<Guess> vintage() const
    {
        for (const PayloadPlace* place : every())
            if (!place->numbers && all_of(*place, [&](const std::string& v) { return catalogue_.vintage(v).ok(); }))
                return Guess{place->alone(), "vintages of the catalogue", place->path};
        return std::nullopt;
    }

    /// Where the notation cannot be told from the values it is left out: number(x) alone is what check asks about.
    [[nodiscard]] std::optional<Guess> value(const std::set<std::string>& taken) const
    {
        constexpr std::array<std::string_view, 5> words = {"giatri", "value", "solieu", "figure", "amount"};
        constexpr std::array<std::string_view, 8> of_time = {"month", "year", "day", "quarter", "thang", "nam", "ngay", "quy"};
        std::vector<const PayloadPlace*> found;
        for (const PayloadPlace& place : places_.in_record)
            if (taken.count(place.path) == 0 && !notations(place).empty() &&
                std::find(of_time.begin(), of_time.end(), bare(place.name)) == of_time.end())
                found.push_back(&place);
        if (found.empty())
            return std::nullopt;
        const auto named =
            std::find_if(found.begin(), found.end(), [&](const PayloadPlace* place) { return hints(*place, words); });
        const PayloadPlace& place = named == found.end() ? *found.front() : **named;
        std::string others;
        for (const PayloadPlace* other : found)
            if (other != &place)
                others += (others.empty() ? "; numbers too: " : ", ") + other->path;
        const std::vector<std::string> ways = notations(place);
        if (ways.size() == 1)
            return Guess{"number(" + place.path + ", locale:" + ways.front() + ")", "numbers" + others, place.path};
        std::string either;
        for (const std::string& way : ways)
            either += (either.empty() ? "" : " or ") + ("locale:" + way);
        return Guess{"number(" + place.path + ")", "numbers; the values fit " + either + others, place.path};
    }

    /// The place that holds the catalogue's own codes, or else the source's.
    [[nodiscard]] const PayloadPlace* codes(bool& own, const std::set<std::string>& taken) const
    {
        constexpr std::array<std::string_view, 6> words = {"chitieu", "chiso", "indicator", "code", "ma", "key"};
        for (const PayloadPlace* place : every())
            if (all_of(*place, [&](const std::string& v) { return catalogue_.indicator(v, any_day).ok(); })) {
                own = true;
                return place;
            }
        own = false;
        const PayloadPlace* best = nullptr;
        std::size_t most = 0;
        for (const PayloadPlace& place : places_.in_record) {
            if (taken.count(place.path) != 0 || place.numbers ||
                !all_of(place, [](const std::string& v) { return v.find(' ') == std::string::npos && v.size() <= 40; }))
                continue;
            std::size_t score = std::set<std::string>(place.values.begin(), place.values.end()).size();
            for (std::size_t i = 0; i < words.size(); ++i)
                if (bare(place.name).find(words[i]) != std::string::npos)
                    score += 100000 / (i + 1);
            if (score > most) {
                most = score;
                best = &place;
            }
        }
        return most >= 1000 || (best != nullptr && most > 1) ? best : nullptr;
    }

    /// What people call each code: the place with the longest texts that changes with the code.
    [[nodiscard]] const PayloadPlace* names(const PayloadPlace& codes) const
    {
        const PayloadPlace* best = nullptr;
        std::size_t most = 0;
        for (const PayloadPlace& place : places_.in_record) {
            const bool names = hints(place, std::array<std::string_view, 2>{"ten", "name"});
            if (place.path == codes.path || place.numbers || !names || place.values.size() != codes.values.size())
                continue;
            std::size_t length = 0;
            for (const std::string& value : place.values)
                length += value.size();
            if (length > most) {
                most = length;
                best = &place;
            }
        }
        return best;
    }

private:
    [[nodiscard]] std::vector<const PayloadPlace*> every() const
    {
        std::vector<const PayloadPlace*> out;
        for (const auto* list : {&places_.in_record, &places_.around})
            for (const PayloadPlace& place : *list)
                out.push_back(&place);
        return out;
    }

    template <std::size_t N>
    [[nodiscard]] std::vector<const PayloadPlace*> by_hint(const std::array<std::string_view, N>& words) const
    {
        std::vector<const PayloadPlace*> out = every();
        std::erase_if(out, [&](const PayloadPlace* place) { return !hints(*place, words); });
        return out;
    }

    static std::optional<Guess> period_at(const PayloadPlace& place)
    {
        struct Way
        {
            std::string_view before, pattern, because;
        };
        constexpr std::array<Way, 7> ways = {{{"month", "MM/yyyy", "months"},
                                              {"month", "M/yyyy", "months"},
                                              {"month", "yyyyMM", "months"},
                                              {"month", "MM-yyyy", "months"},
                                              {"quarter", "q/yyyy", "quarters"},
                                              {"day", "dd/MM/yyyy", "days"},
                                              {"day", "yyyyMMdd", "days"}}};
        const bool years = all_of(place, [](const std::string& v) { return v.size() == 4; });
        if (!years && all_of(place, [](const std::string& v) { return text::period_from(v).ok(); }))
            return Guess{"period(" + place.path + ")", "periods in canonical text", place.path};
        for (const Way& way : ways)
            if (all_of(place, [&](const std::string& v) { return text::period_by_pattern(v, way.pattern).ok(); }))
                return Guess{std::string(way.before) + "(" + place.path + ", \"" + std::string(way.pattern) + "\")",
                             std::string(way.because), place.path};
        if (!years && all_of(place, [](const std::string& v) { return text::period_from_vietnamese(v).ok(); }))
            return Guess{"period_vi(" + place.path + ")", "periods as Vietnamese write them", place.path};
        return std::nullopt;
    }

    /// The notations that fit every value and give different numbers.
    static std::vector<std::string> notations(const PayloadPlace& place)
    {
        if (place.numbers && !place.values.empty())
            return {"plain"};
        constexpr std::array<std::pair<std::string_view, text::NumberLocale>, 3> ways = {
            {{"plain", text::NumberLocale::plain}, {"vi", text::NumberLocale::vi}, {"en", text::NumberLocale::en}}};
        std::vector<std::string> out;
        std::set<std::string> readings;
        for (const auto& [name, locale] : ways) {
            if (!all_of(place, [&, l = locale](const std::string& v) { return is_number(v, l); }))
                continue;
            std::string reading;
            for (const std::string& value : place.values)
                reading += *text::decimal_from(value, locale) + " ";
            if (readings.insert(reading).second)
                out.emplace_back(name);
        }
        return out;
    }

    const PayloadPlaces& places_;
    const Catalogue& catalogue_;
};

std::set<std::string> words_of(std::string_view text)
{
    std::string folded = text::folded(text);
    for (char& c : folded)
        if (c == ',' || c == '(' || c == ')' || c == ';' || c == '.')
            c = ' ';
    std::istringstream in(folded);
    std::set<std::string> out;
    for (std::string word; in >> word;)
        out.insert(word);
    return out;
}

/// The indicators whose names share most words with this one; empty where none is near.
std::string nearest_by_name(const std::string& name, const Catalogue& catalogue)
{
    const std::set<std::string> wanted = words_of(name);
    std::vector<std::pair<std::size_t, const catalogue::Indicator*>> near;
    for (const catalogue::Indicator& indicator : catalogue.indicators()) {
        if (indicator.heading || wanted.empty())
            continue;
        const std::set<std::string> own = words_of(indicator.name_vi);
        const auto shared = static_cast<std::size_t>(
            std::count_if(own.begin(), own.end(), [&](const std::string& word) { return wanted.count(word) != 0; }));
        const std::size_t share = shared * 100 / std::max<std::size_t>(1, own.size() + wanted.size() - shared);
        if (share >= 30)
            near.emplace_back(share, &indicator);
    }
    std::stable_sort(near.begin(), near.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    std::string out;
    for (std::size_t i = 0; i < near.size() && i < 3; ++i)
        out += (i == 0 ? "by its name: " : ", ") + near[i].second->code;
    return out;
}

std::string cell(const std::string& text)
{
    if (text.find_first_of(",\"\n\r") == std::string::npos)
        return text;
    std::string out = "\"";
    for (const char c : text)
        out += c == '"' ? "\"\"" : std::string(1, c);
    return out + "\"";
}

std::string table_of(const PayloadPlace& codes, const PayloadPlace* names, const Catalogue& catalogue)
{
    std::map<std::string, std::string> rows;
    for (std::size_t i = 0; i < codes.values.size(); ++i)
        rows.emplace(codes.values[i], names == nullptr ? "" : names->values[i]);
    std::string out = "key,indicator,measure,name,note\n";
    for (const auto& [key, name] : rows)
        out += cell(key) + ",?,," + cell(name) + "," + cell(nearest_by_name(name, catalogue)) + "\n";
    return out;
}

/// One line of a comment: no line ends, no controls, not too long.
std::string example(const std::string& text)
{
    std::string out = shortened(text, most_examples);
    std::replace_if(
        out.begin(), out.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20U || c == 0x7F; }, ' ');
    return out;
}

void list_places(std::string& out, const std::vector<PayloadPlace>& places, std::size_t records)
{
    std::size_t width = 0;
    for (const PayloadPlace& place : places)
        width = std::max(width, std::min<std::size_t>(40, place.path.size()));
    for (const PayloadPlace& place : places) {
        out += "#   " + place.path + std::string(width - std::min(width, place.path.size()) + 2, ' ');
        out += place.values.empty() ? "(always empty)" : "'" + example(place.values.front()) + "'";
        if (records > 0 && place.present < records && !place.values.empty())
            out += "  in " + std::to_string(place.present) + " of " + std::to_string(records);
        out += "\n";
    }
}

void add_field(std::string& out, const char* field, const std::optional<Guess>& guess, const char* hint)
{
    if (guess)
        out += "  # " + guess->because + "\n  " + field + ": " + guess->expression + "\n";
    else
        out += std::string("  # ") + field + ": nothing in the payload looks like it; " + hint + "\n";
}

}  // namespace

Draft draft_of(const Tree& tree, const std::string& name, const std::string& format, const std::string& table_file,
               const Catalogue& catalogue)
{
    const PayloadPlaces places = places_of(tree);
    Guesses guesses(places, catalogue);
    const auto period = guesses.period(), area = guesses.area(), agency = guesses.agency(), unit = guesses.unit(),
               vintage = guesses.vintage();
    std::set<std::string> taken;
    for (const auto* guess : {&period, &area, &agency, &unit, &vintage})
        if (*guess)
            taken.insert((*guess)->path);
    bool own = false;
    const PayloadPlace* codes = guesses.codes(own, taken);
    if (codes != nullptr)
        taken.insert(codes->path);
    const auto value = guesses.value(taken);

    Draft out{.mapping = {}, .table = {}, .records = places.count};
    std::string& text = out.mapping;
    text = "# A draft from a payload with " + std::to_string(places.count) +
           " records. What is not here, or is \"?\", a person must decide:\n"
           "# lienthong check names each such place and what would be right. The examples are the payload's own: take personal "
           "data out.\n"
           "mapping: " +
           name + "\nversion: 1\nformat: " + format + "\n";
    if (!places.records.empty())
        text += "records: " + places.records + "\n";
    if (codes != nullptr && !own) {
        text += "tables:\n  codes: " + table_file + "\n";
        out.table = table_of(*codes, guesses.names(*codes), catalogue);
    }
    text += "# What stands in a record, with an example:\n";
    list_places(text, places.in_record, places.count);
    if (!places.around.empty()) {
        text += "# What stands around the records:\n";
        list_places(text, places.around, 0);
    }
    text += "observe:\n";
    if (codes != nullptr && own)
        add_field(text, "indicator", Guess{codes->alone(), "indicators of the catalogue", codes->path}, "");
    else if (codes != nullptr) {
        text += "  # the source's own codes; " + table_file + " says which indicator and measure each is\n";
        text += "  indicator: lookup(codes, " + codes->path + ")\n  measure: lookup(codes.measure, " + codes->path + ")\n";
    } else {
        add_field(text, "indicator", std::nullopt, "a code in quotes, or an entry of a list for each number in a record");
    }
    add_field(text, "period", period, "a month, a quarter or a year of the document");
    add_field(text, "area", area, "a code such as area(\"GSO\", \"33\")");
    add_field(text, "agency", agency, "who answers for the figures, such as agency(\"H31.01\")");
    add_field(text, "value", value, "a number of the record");
    add_field(text, "unit", unit, "the unit in quotes");
    if (vintage)
        add_field(text, "vintage", vintage, "");
    return out;
}

}  // namespace lienthong::workshop

// Tells the fields of an observation by the look of most of their values, by the catalogue and by their names.
#include "hub/workshop/draft_guess.hpp"

#include "hub/text/number.hpp"
#include "hub/text/unicode.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <sstream>
#include <utility>

namespace lienthong::workshop {
namespace {

using catalogue::Day;

constexpr Day any_day{std::chrono::year{2025}, std::chrono::July, std::chrono::day{1}};
constexpr std::size_t longest_code = 40, longest_key = 200;

template <std::size_t N>
bool hints(const PayloadPlace& place, const std::array<std::string_view, N>& words)
{
    const std::string name = bare_name(place.name);
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return name.find(word) != std::string::npos; });
}

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_plain_number(const std::string& text)
{
    return text::decimal_from(text, text::NumberLocale::plain).ok();
}

/// A row's number in its list, a part of a date or a day: numbers, but no figures.
bool counts_or_dates(const PayloadPlace& place)
{
    const std::string name = bare_name(place.name);
    return name.starts_with("ngay") || name.find("date") != std::string::npos ||
           is_one_of(name, {"stt", "tt", "sott", "sothutu", "thutu", "no", "row", "group", "month", "year", "day", "quarter", "thang",
                            "nam", "quy"});
}

/// The words of a name, without marks: they end at blanks and signs, and before capitals.
std::vector<std::string> words_of(std::string_view name)
{
    std::string apart;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
        if (i > 0 && is_capital(name[i]) && !is_capital(name[i - 1]))
            apart += ' ';
        apart += name[i] == '_' || name[i] == '-' || name[i] == '.' ? ' ' : name[i];
    }
    std::istringstream in(text::unmarked(apart));
    return {std::istream_iterator<std::string>(in), {}};
}

/// "maChiTieu", "Mã số", "indicator_code": what stands there names something, be it digits.
bool is_called_code(const PayloadPlace& place)
{
    const std::vector<std::string> words = words_of(place.name);
    return !words.empty() && (words.front() == "ma" || is_one_of(words.back(), {"code", "key", "id"}));
}

/// How the numbers of a place may be written: every notation that reads as many as the best does, and differently.
struct Notations
{
    Fit fit;
    std::vector<std::string> ways;
};

Notations notations(const PayloadPlace& place)
{
    constexpr std::array<std::pair<std::string_view, text::NumberLocale>, 3> known = {
        {{"plain", text::NumberLocale::plain}, {"vi", text::NumberLocale::vi}, {"en", text::NumberLocale::en}}};
    Notations out;
    std::set<std::string> readings;
    for (const auto& [name, locale] : known) {
        std::string reading;
        const Fit fit = place.fit([&, l = locale](const std::string& v) {
            const auto number = text::decimal_from(v, l);
            reading += (number.ok() ? *number : "") + " ";
            return number.ok();
        });
        // The format's own numbers have a notation; a text among them is what is wrong.
        const bool own = place.own_numbers * 2 > place.values.size();
        if (!fit.most() || fit.good < out.fit.good || (own && name != "plain"))
            continue;
        if (fit.good > out.fit.good) {
            out = {fit, {}};
            readings.clear();
        }
        if (readings.insert(reading).second)
            out.ways.emplace_back(name);
    }
    return out;
}

/// The name of a place and, where it is an attribute, of its element: "DiaBan/@ma".
PayloadPlace with_element(PayloadPlace place)
{
    const std::size_t slash = place.path.rfind("/@");
    if (slash != std::string::npos)
        place.name = place.path.substr(place.path.substr(0, slash).rfind('/') + 1);
    return place;
}

/// "a/b" of "a/b/@unit"; nothing of a place that is no attribute of an element below the record.
std::string element_of(const std::string& path)
{
    const std::size_t slash = path.rfind("/@");
    return path.starts_with('@') ? "." : slash == std::string::npos ? "" : path.substr(0, slash);
}

}  // namespace

std::string bare_name(std::string_view name)
{
    std::string out = text::unmarked(name);
    std::erase_if(out, [](char c) { return c == '_' || c == '-' || c == '.' || c == ' '; });
    return out;
}

std::string told(std::string_view what, const Fit& fit)
{
    std::string out(what);
    if (fit.good < fit.all)
        out += " in " + std::to_string(fit.good) + " of " + std::to_string(fit.all) + "; not '" + shortened(fit.other, 40) + "'";
    return out;
}

std::vector<const PayloadPlace*> every_place(const PayloadPlaces& places)
{
    std::vector<const PayloadPlace*> out;
    for (const auto* list : {&places.in_record, &places.around})
        for (const PayloadPlace& place : *list)
            out.push_back(&place);
    // What a label says stands in a column of a name too, mostly.
    std::stable_partition(out.begin(), out.end(), [](const PayloadPlace* place) { return place->path != "row" && place->path != "group"; });
    return out;
}

std::optional<Guess> Guesses::area() const
{
    constexpr std::array<std::string_view, 9> words = {"tinh", "diaban", "area", "province", "huyen", "xa", "phuong", "gso", "region"};
    for (const PayloadPlace* place : every_place(places_)) {
        const Fit fit = place->fit([&](const std::string& v) { return v.find(':') != std::string::npos && catalogue_.find_area(v, any_day) != nullptr; });
        if (fit.most())
            return Guess{"area(" + place->path + ")", told("full codes of areas", fit), place->path};
    }
    for (const std::string_view system : {"GSO", "NAME"})
        for (const PayloadPlace* place : every_place(places_)) {
            if (system == "GSO" && !hints(with_element(*place), words))
                continue;
            const Fit fit = place->fit([&](const std::string& v) { return catalogue_.area(system, v, any_day).ok(); });
            if (fit.most())
                return Guess{"area(\"" + std::string(system) + "\", " + place->path + ")",
                             told(system == "GSO" ? "administrative codes" : "names of areas", fit), place->path};
        }
    return std::nullopt;
}

std::optional<Guess> Guesses::agency() const
{
    for (const PayloadPlace* place : every_place(places_)) {
        const Fit fit = place->fit([&](const std::string& v) { return catalogue_.agency(v, any_day).ok(); });
        if (fit.most())
            return Guess{"agency(" + place->path + ")", told("agencies of the catalogue", fit), place->path};
    }
    return std::nullopt;
}

std::optional<Guess> Guesses::vintage() const
{
    for (const PayloadPlace* place : every_place(places_)) {
        const bool there = place->path.starts_with('/') || place->path.starts_with("..") || place->present * 2 > places_.count;
        const Fit fit = place->fit([&](const std::string& v) { return catalogue_.vintage(v).ok(); });
        if (there && place->own_numbers == 0 && fit.most())
            return Guess{place->alone(), told("vintages of the catalogue", fit), place->path};
    }
    return std::nullopt;
}

std::vector<Guess> Guesses::values(const std::set<std::string>& taken) const
{
    constexpr std::array<std::string_view, 5> words = {"giatri", "value", "solieu", "figure", "amount"};
    struct Found
    {
        const PayloadPlace* place;
        Notations notations;
        bool named;
    };
    std::vector<Found> found;
    for (const PayloadPlace& place : places_.in_record)
        if (taken.count(place.path) == 0 && !place.values.empty() && !counts_or_dates(place) && !is_called_code(place))
            if (auto ways = notations(place); !ways.ways.empty())
                found.push_back({&place, std::move(ways), hints(place, words)});
    std::stable_sort(found.begin(), found.end(), [](const Found& a, const Found& b) {
        return a.named != b.named ? a.named : a.place->present > b.place->present;
    });
    std::vector<Guess> out;
    for (const Found& one : found) {
        const auto& ways = one.notations.ways;
        std::string expression = "number(" + one.place->path, because = told("numbers", one.notations.fit);
        if (ways.size() == 1) {
            expression += ", locale:" + ways.front();
        } else {
            because += "; the values fit ";
            for (const std::string& way : ways)
                because += (&way == &ways.front() ? "locale:" : " or locale:") + way;
        }
        out.push_back({expression + ")", because, one.place->path});
    }
    return out;
}

std::optional<Guess> Guesses::unit(const std::vector<Guess>& values) const
{
    const auto is_figure = [&](const std::string& path, std::size_t from) {
        return std::any_of(values.begin() + static_cast<std::ptrdiff_t>(std::min(from, values.size())), values.end(),
                           [&](const Guess& value) { return value.path == path; });
    };
    std::optional<Guess> other;
    for (const PayloadPlace* place : every_place(places_)) {
        const Fit fit = place->fit([&](const std::string& v) { return catalogue_.unit(v).ok(); });
        if (!fit.most())
            continue;
        const Guess guess{place->alone(), told("units of the catalogue", fit), place->path};
        const std::string element = element_of(place->path);
        if (!values.empty() && !element.empty() && element == values.front().path)
            return guess;
        if (!other && (element.empty() || !is_figure(element, 1)))
            other = guess;
    }
    return other;
}

const PayloadPlace* Guesses::codes(bool& own, const std::set<std::string>& taken) const
{
    constexpr std::array<std::string_view, 6> words = {"chitieu", "chiso", "indicator", "code", "ma", "key"};
    for (const PayloadPlace* place : every_place(places_))
        if (place->fit([&](const std::string& v) { return catalogue_.indicator(v, any_day).ok(); }).every()) {
            own = true;
            return place;
        }
    own = false;
    const PayloadPlace* best = nullptr;
    std::size_t most = 0;
    for (const PayloadPlace& place : places_.in_record) {
        const bool short_words = place.fit([](const std::string& v) { return v.find(' ') == std::string::npos && v.size() <= longest_code; }).every();
        if (taken.count(place.path) != 0 || !short_words || place.own_numbers > 0 || counts_or_dates(place))
            continue;
        std::size_t score = std::set<std::string>(place.values.begin(), place.values.end()).size();
        for (std::size_t i = 0; i < words.size(); ++i)
            if (bare_name(place.name).find(words[i]) != std::string::npos)
                score += 100000 / (i + 1);
        if (score > most && (is_called_code(place) || !place.fit(is_plain_number).most())) {
            most = score;
            best = &place;
        }
    }
    return most >= 1000 ? best : best != nullptr && most > 1 && named_as_keys(taken) == nullptr ? best : named_as_keys(taken);
}

/// Where a source has no codes, what it calls each figure is as good a key.
const PayloadPlace* Guesses::named_as_keys(const std::set<std::string>& taken) const
{
    constexpr std::array<std::string_view, 5> words = {"chitieu", "chiso", "indicator", "noidung", "ten"};
    const auto same_as_taken = [&](const PayloadPlace& place) {
        return std::any_of(places_.in_record.begin(), places_.in_record.end(), [&](const PayloadPlace& one) {
            return taken.count(one.path) != 0 && one.values == place.values;
        });
    };
    const PayloadPlace* label = nullptr;
    for (const PayloadPlace& place : places_.in_record) {
        const bool words_only = place.fit([](const std::string& v) { return v.size() <= longest_key && !is_plain_number(v); }).every();
        if (taken.count(place.path) != 0 || !words_only || place.present != places_.count || same_as_taken(place))
            continue;
        if (hints(place, words) || bare_name(place.name) == "name")
            return &place;
        if (place.name == "row")
            label = &place;
    }
    return label;
}

const PayloadPlace* Guesses::names(const PayloadPlace& codes) const
{
    constexpr std::array<std::string_view, 5> words = {"ten", "name", "chitieu", "chiso", "noidung"};
    if (hints(codes, words) && !is_called_code(codes))
        return nullptr;  // its keys are names
    const PayloadPlace* best = nullptr;
    std::size_t most = 0;
    for (const PayloadPlace& place : places_.in_record) {
        const bool names = hints(place, words) || place.name == "row";
        if (place.path == codes.path || place.own_numbers > 0 || !names || place.values.size() != codes.values.size())
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

}  // namespace lienthong::workshop

// Writes what was guessed of a payload as a mapping file, and a table of the source's codes beside it.
#include "hub/workshop/draft.hpp"

#include "hub/workshop/draft_guess.hpp"
#include "hub/workshop/payload_places.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

namespace lienthong::workshop {
namespace {

using catalogue::Catalogue;

constexpr std::size_t most_examples = 60, widest_path = 40;

std::set<std::string> words_of(std::string folded)
{
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
    const std::set<std::string> wanted = words_of(catalogue.spelled_out(name));
    std::vector<std::pair<std::size_t, const catalogue::Indicator*>> near;
    for (const catalogue::Indicator& indicator : catalogue.indicators()) {
        if (indicator.heading || wanted.empty())
            continue;
        const std::set<std::string> own = words_of(catalogue.spelled_out(indicator.name_vi));
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
        rows.emplace(codes.values[i], names != nullptr ? names->values[i] : "");
    std::string out = "key,indicator,measure,name,note\n";
    for (const auto& [key, name] : rows)
        out += cell(key) + ",?,," + cell(name) + "," + cell(nearest_by_name(name.empty() ? key : name, catalogue)) + "\n";
    return out;
}

/// A text inside one line of a comment.
std::string one_line(std::string text)
{
    std::replace_if(
        text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20U || c == 0x7F; }, ' ');
    return text;
}

std::string example(const std::string& text)
{
    return one_line(shortened(text, most_examples));
}

/// Characters, not bytes.
std::size_t width_of(std::string_view text)
{
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

void list_places(std::string& out, const std::vector<PayloadPlace>& places, std::size_t records)
{
    std::size_t width = 0;
    for (const PayloadPlace& place : places)
        width = std::max(width, std::min(widest_path, width_of(place.path)));
    for (const PayloadPlace& place : places) {
        out += "#   " + one_line(place.path) + std::string(width - std::min(width, width_of(place.path)) + 2, ' ');
        out += place.values.empty() ? "(always empty)" : "'" + example(place.values.front()) + "'";
        if (records > 0 && place.present < records && !place.values.empty())
            out += "  in " + std::to_string(place.present) + " of " + std::to_string(records);
        out += "\n";
    }
}

/// `key: expression`; as a block where YAML would end a plain value inside it.
std::string line_of(const std::string& indent, const char* key, const std::string& expression)
{
    const bool plain = expression.find(": ") == std::string::npos && expression.find(" #") == std::string::npos;
    return indent + key + ": " + (plain ? "" : ">-\n" + std::string(width_of(indent) + 2, ' ')) + expression + "\n";
}

/// The lines of an observation's fields.
class Fields
{
public:
    void add(const char* field, const std::optional<Guess>& guess, const char* hint)
    {
        if (guess && !guess->expression.empty())
            text_ += "  # " + one_line(guess->because) + "\n" + line_of("  ", field, guess->expression);
        else if (guess)
            text_ += std::string("  # ") + field + ": " + one_line(guess->because) + "\n";
        else
            text_ += std::string("  # ") + field + ": nothing in the payload looks like it; " + hint + "\n";
        any_ = any_ || (guess && !guess->expression.empty());
    }
    void add(const std::string& lines) { text_ += lines; }
    [[nodiscard]] const std::string& text() const { return text_; }
    [[nodiscard]] bool any() const { return any_; }

private:
    std::string text_;
    bool any_ = false;
};

/// Everything that was guessed of one payload.
struct Guessed
{
    std::optional<Guess> period, area, agency, unit, vintage;
    std::vector<Guess> values;
    const PayloadPlace* codes = nullptr;
    bool own_codes = false;

    /// Each number of a record is a figure of its own, since nothing in it says what it is a figure of.
    [[nodiscard]] bool wide() const { return codes == nullptr && values.size() > 1; }
};

Guessed guessed(const PayloadPlaces& places, const Guesses& guesses)
{
    Guessed out;
    out.period = guess_period(places);
    out.area = guesses.area();
    out.agency = guesses.agency();
    out.vintage = guesses.vintage();
    std::set<std::string> taken;
    const auto take = [&](const std::optional<Guess>& guess) {
        if (guess && !guess->expression.empty())
            taken.insert(guess->path);
    };
    for (const auto* guess : {&out.period, &out.area, &out.agency, &out.vintage})
        take(*guess);
    take(guesses.unit(guesses.values(taken)));
    out.codes = guesses.codes(out.own_codes, taken);
    if (out.codes != nullptr)
        taken.insert(out.codes->path);
    out.values = guesses.values(taken);
    out.unit = guesses.unit(out.values);
    return out;
}

constexpr const char* unit_hint = "the unit in quotes";

void add_shared(Fields& fields, const Guessed& all, bool with_unit)
{
    fields.add("period", all.period, "a month, a quarter or a year of the document");
    fields.add("area", all.area, "a code such as area(\"GSO\", \"33\")");
    fields.add("agency", all.agency, "who answers for the figures, such as agency(\"H31.01\")");
    if (with_unit)
        fields.add("unit", all.unit, unit_hint);
    if (all.vintage)
        fields.add("vintage", all.vintage, "");
}

/// One entry for each number of a record.
std::string wide_observation(const Guessed& all, const Guesses& guesses)
{
    std::string entries;
    bool own_units = false;
    for (std::size_t i = 0; i < all.values.size(); ++i) {
        const Guess& value = all.values[i];
        std::vector<Guess> first = {value};
        first.insert(first.end(), all.values.begin(), all.values.end());
        const auto unit = guesses.unit(first);
        entries += "  # " + one_line(value.path + ": " + value.because) + "\n  - indicator: \"?\"\n" + line_of("    ", "value", value.expression);
        if (unit && unit->path.starts_with(value.path + "/@")) {
            own_units = true;
            entries += line_of("    ", "unit", unit->expression);
        }
    }
    Fields common;
    add_shared(common, all, !own_units);
    return (common.any() ? "common:\n" : "") + common.text() +
           "# Nothing in a record says what its numbers are: each is a figure of its own. Take away those that are none.\nobserve:\n" + entries;
}

std::string one_observation(const Guessed& all, const std::string& table_file)
{
    Fields fields;
    if (all.codes != nullptr && all.own_codes)
        fields.add("indicator", Guess{all.codes->alone(), "indicators of the catalogue", all.codes->path}, "");
    else if (all.codes != nullptr)
        fields.add("  # the source's own codes; " + table_file + " says which indicator and measure each is\n" +
                   line_of("  ", "indicator", "lookup(codes, " + all.codes->path + ")") +
                   line_of("  ", "measure", "lookup(codes.measure, " + all.codes->path + ")"));
    else
        fields.add("indicator", std::nullopt, "a code in quotes, or an entry of a list for each number in a record");
    std::optional<Guess> value;
    if (!all.values.empty()) {
        value = all.values.front();
        for (std::size_t i = 1; i < all.values.size(); ++i)
            value->because += (i == 1 ? "; numbers too: " : ", ") + all.values[i].path;
    }
    add_shared(fields, all, false);
    fields.add("value", value, "a number of the record");
    fields.add("unit", all.unit, unit_hint);
    return "observe:\n" + fields.text();
}

}  // namespace

Result<Draft> draft_of(const DraftRequest& request, const Catalogue& catalogue)
{
    const PayloadPlaces places = places_of(request.tree);
    if (places.count == 0)
        return Problem{"draft.no_records", "nothing in the payload looks like records", {}, {},
                       "objects of a list, elements of one name, or rows below a header, each with two values or more: a figure and what it is of", {}};
    const Guesses guesses(places, catalogue);
    const Guessed all = guessed(places, guesses);

    Draft out{.mapping = {}, .table = {}, .records = places.count};
    std::string& text = out.mapping;
    text = "# A draft from a payload with " + std::to_string(places.count) +
           " records. What is not here, or is \"?\", a person must decide:\n"
           "# lienthong check names each such place and what would be right. The examples are the payload's own: take personal "
           "data out.\n"
           "mapping: " +
           request.name + "\nversion: 1\nformat: " + request.format + "\n" + request.layout + "records: " + places.records + "\n";
    if (all.codes != nullptr && !all.own_codes) {
        text += "tables:\n  codes: " + request.table_file + "\n";
        out.table = table_of(*all.codes, guesses.names(*all.codes), catalogue);
    }
    text += "# What stands in a record, with an example:\n";
    list_places(text, places.in_record, places.count);
    if (!places.around.empty()) {
        text += "# What stands around the records:\n";
        list_places(text, places.around, 0);
    }
    text += all.wide() ? wide_observation(all, guesses) : one_observation(all, request.table_file);
    return out;
}

}  // namespace lienthong::workshop

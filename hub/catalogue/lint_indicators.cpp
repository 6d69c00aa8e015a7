// Lint of indicators: units, frequencies, duties, numbers and names, scopes and disaggregations.
#include "hub/catalogue/counts.hpp"
#include "hub/catalogue/lint_parts.hpp"
#include "hub/catalogue/refusals.hpp"
#include "hub/catalogue/tables.hpp"
#include "hub/text/unicode.hpp"

#include <set>

namespace lienthong::catalogue {
namespace {

/// Cell by cell the same but for blanks and which of ',' and '/' parts the words.
std::string parted_alike(std::string_view raw)
{
    std::string out;
    for (const char c : text::folded(raw))
        if (c != ' ')
            out += c == '/' ? ',' : c;
    return out;
}

std::string without_blanks(std::string_view text)
{
    std::string out;
    std::copy_if(text.begin(), text.end(), std::back_inserter(out), [](char c) { return c != ' '; });
    return out;
}

bool is_capitals(std::string_view text)
{
    return text.size() > 1 && std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool names_districts(std::string_view raw)
{
    return text::folded(raw).find("huyện") != std::string::npos;
}

/// Rank of the finest kind; kinds are in order of length.
int finest(const text::Frequency& frequency)
{
    return frequency.kinds.empty() ? -1 : static_cast<int>(frequency.kinds.front());
}

/// The parts a name lists in brackets: "Tổng mức (bán lẻ, dịch vụ khác)".
std::vector<std::string> listed_parts(std::string_view name)
{
    const std::size_t open = name.find('(');
    const std::size_t close = name.find(')', open == std::string_view::npos ? 0 : open);
    std::vector<std::string> out;
    if (open == std::string_view::npos || close == std::string_view::npos)
        return out;
    std::string_view rest = name.substr(open + 1, close - open - 1);
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find_first_of(",;"), rest.size());
        out.push_back(text::tidied(rest.substr(0, end)));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return out;
}

/// What follows "khu vực" in the names of an agency, where it is a number: "11" or "XXV".
std::string region_number(std::string_view raw)
{
    constexpr std::string_view region = "khu vực ";
    const std::size_t at = raw.find(region);
    if (at == std::string_view::npos)
        return {};
    const std::string_view rest = raw.substr(at + region.size());
    const std::string_view number = rest.substr(0, std::min(rest.find(' '), rest.size()));
    return number.find_first_not_of("0123456789IVXLC") == std::string_view::npos ? std::string(number) : std::string{};
}

bool is_arabic(const std::string& number)
{
    return !number.empty() && number.find_first_not_of("0123456789") == std::string::npos;
}

class Lines
{
public:
    Lines(const Catalogue& catalogue, std::vector<Problem>& found) : catalogue_(catalogue), found_(found)
    {
        for (const Indicator& line : catalogue.indicators())
            count(line);
        for (const Area& area : catalogue.areas())
            if (area.level == "district" && districts_end_ < area.validity.to)
                districts_end_ = area.validity.to;
    }

    void run()
    {
        for (const Indicator& line : catalogue_.indicators()) {
            line_ = &line;
            frequency_ = frequency_of(line.frequency_raw);
            if (!line.note.empty())
                add("note", line.note);
            look_at_place();
            if (line.heading)
                continue;
            look_at_unit();
            look_at_measures();
            if (line.data_method == DataMethod::computed && line.calculation.empty())
                add("calculation_missing", "the figure is computed, and nothing says how");
            if (line.act == "demonstration")
                continue;  // Our own lines have no words of an act to judge.
            look_at_frequency();
            look_at_duty();
            look_at_scope();
        }
    }

private:
    void count(const Indicator& line)
    {
        if (!line.unit.empty() && !line.unit_raw.empty())
            ++units_[line.unit][line.unit_raw];
        if (const auto read = frequency_of(line.frequency_raw); read && !read->date) {
            ++frequencies_[text::to_text(*read)][line.frequency_raw];
            auto& paces = paces_[group_of(line)];
            ++paces[finest(*read)];
        }
        if (!line.disaggregation_raw.empty())
            ++disaggregations_[parted_alike(line.disaggregation_raw)][line.disaggregation_raw];
        if (!line.scope_raw.empty())
            ++scopes_[line.set][line.scope_raw];
        if (line.agencies.size() > 1)
            ++separators_[line.agency_raw.find(';') != std::string::npos ? ";" : ","];
        if (const std::string number = region_number(line.agency_raw); !number.empty())
            ++regions_[is_arabic(number)];
        const std::string name = text::folded(line.name_vi);
        names_[name].insert(line.code);
        if (!line.unit.empty())
            ++units_of_name_[name][line.unit];
        if (!line.parent.empty())
            below_[line.parent].push_back(&line);
        else if (is_numbered(line))
            numbers_[line.set + ' ' + line.code.substr(line.code.rfind('_') + 1)].push_back(line.code);
    }

    static std::string group_of(const Indicator& line) { return line.set + ' ' + line.code.substr(0, line.code.find('_')); }

    void add(const char* code, std::string detail, std::string_view found = {}, std::string expected = {})
    {
        found_.push_back(finding(code, *line_, std::move(detail), found, std::move(expected)));
    }

    /// The spelling most lines use, when this one is another.
    void compare_spelling(const char* code, const Spellings& spellings, const std::string& own)
    {
        if (const std::string& other = usual(spellings); other != own)
            add(code, "written otherwise than in other lines", own, other);
    }

    [[nodiscard]] const Unit* unit_named(const std::string& raw) const
    {
        const auto found = raw.empty() ? Result<const Unit*>(Problem{}) : catalogue_.unit(raw);
        return found.ok() ? *found : nullptr;
    }

    /// The nearest line above that is no heading.
    [[nodiscard]] const Indicator* above() const
    {
        const Indicator* line = line_;
        for (std::size_t parts = line->code.size(); parts > 0 && !line->parent.empty(); --parts) {
            const auto found = catalogue_.indicator(line->parent, line_->validity.from);
            if (!found.ok())
                return nullptr;
            line = *found;
            if (!line->heading)
                return line;
        }
        return nullptr;
    }

    void look_at_place()
    {
        const std::string name = text::folded(line_->name_vi);
        if (const auto& same = names_.at(name); same.size() > 1)
            add("name_repeated", "lines of the same name", line_->name_vi, listed({same.begin(), same.end()}));
        if (name.starts_with("- trong đó"))
            add("part_of", "a part of the line above, not one of the figures it adds up from", line_->name_vi);
        if (is_unnumbered(*line_))
            add("number_missing", "the line stands without a number; its code counts it under the line above", line_->name_vi);
        if (line_->parent.empty() && is_numbered(*line_)) {
            const std::string number = line_->code.substr(line_->code.rfind('_') + 1);
            const auto& bearers = numbers_.at(line_->set + ' ' + number);
            if (bearers.size() > 1 && bearers.front() == line_->code)
                add("number_repeated", "the number stands in " + std::to_string(bearers.size()) + " places of the list", number,
                    listed(bearers));
        }
        if (!line_->heading && line_->code == section_of(*line_))
            add("section_line", "a section that is itself a line, without a number", line_->name_vi);
        look_at_components();
        if (line_->name_vi.find("...") != std::string::npos)
            add("name_open", "the name ends in '...', so other values may be meant than the measures it names", line_->name_vi);
        if (line_->validity.to.year() != std::chrono::year(9999))
            add("ends", "figures of periods from " + day_text(line_->validity.to) + " on are refused", day_text(line_->validity.to));
    }

    /// Only where at least one part has a line: otherwise the brackets list values or explain.
    void look_at_components()
    {
        const auto children = below_.find(line_->code);
        if (children == below_.end())
            return;
        std::vector<std::string> missing = listed_parts(line_->name_vi);
        const std::size_t all = missing.size();
        std::erase_if(missing, [&](const std::string& part) {
            return std::any_of(children->second.begin(), children->second.end(),
                               [&](const Indicator* child) { return text::folded(child->name_vi) == text::folded(part); });
        });
        if (!missing.empty() && missing.size() < all)
            add("components_missing", "the name lists " + std::to_string(all) + " parts; some have no line below", listed(missing));
    }

    void look_at_unit()
    {
        const Unit* own = catalogue_.find_unit(line_->unit);
        const Unit* written = unit_named(line_->unit_raw);
        if (line_->unit.empty() && line_->unit_raw.empty())
            add("unit_missing", "the line has no unit", "", "a unit; until then each mapping declares its own");
        else if (line_->unit.empty() && written != nullptr)
            add("unit_unfit", "the unit as written does not fit the line", line_->unit_raw);
        else if (line_->unit.empty())
            add("unit_unread", "the line's unit is no one unit of the catalogue", line_->unit_raw);
        else if (!line_->unit_raw.empty())
            look_at_writing(*own);
        if (own != nullptr) {
            const auto& of_name = units_of_name_.at(text::folded(line_->name_vi));
            if (const std::string& other = usual(of_name); other != own->code && of_name.at(own->code) < of_name.at(other))
                add("unit_of_same_name", "other lines of this name count in another unit", own->code, other);
        }
        // Only of the line right above: what stands under a heading is no part of the line above the heading.
        const Indicator* parent = above();
        const Unit* parents = parent == nullptr || parent->code != line_->parent ? nullptr : catalogue_.find_unit(parent->unit);
        if (own != nullptr && parents != nullptr && own->dimension != parents->dimension)
            add("unit_differs", "the line above counts in another dimension, so it is no sum of this one", own->code,
                parents->code);
        look_below(own != nullptr ? own : written);
    }

    void look_at_writing(const Unit& own)
    {
        const std::string& raw = line_->unit_raw;
        compare_spelling("unit_spelling", units_.at(own.code), raw);
        const std::string closed = without_blanks(raw);
        const auto is_closed = [&](const std::string& text) { return text == closed; };
        if (closed != raw && (is_closed(own.name_vi) || std::any_of(own.spellings.begin(), own.spellings.end(), is_closed)))
            add("unit_spacing", "a blank stands inside the unit", raw, closed);
        if (is_capitals(raw))
            add("unit_abbreviated", "capitals stand for the words of the unit", raw, own.name_vi);
        if (own.name_vi.find('/') != std::string::npos && raw.find('/') == std::string::npos && raw.find('%') == std::string::npos)
            add("unit_ratio", "a count is written where the line is a ratio", raw, own.name_vi);
    }

    void look_below(const Unit* own)
    {
        const auto children = below_.find(line_->code);
        if (own == nullptr || children == below_.end())
            return;
        std::set<std::string> units;
        for (const Indicator* child : children->second)
            if (const Unit* unit = catalogue_.find_unit(child->unit))
                units.insert(unit->dimension == own->dimension ? std::string{} : unit->code);
        if (!units.empty() && !units.contains(""))
            add("unit_contradicts", "every line below counts in another dimension", line_->unit_raw,
                listed({units.begin(), units.end()}));
    }

    void look_at_measures()
    {
        unsigned several = 0;
        for (const Measure& measure : line_->measures) {
            if (measure.code == "VALUE")
                continue;
            if (line_->unit_of(measure).empty())
                add("measure_unit", "neither the measure " + measure.code + " nor the line has a unit");
            several += measure.set == line_->set ? 1 : 0;
        }
        const bool group = text::folded(line_->name_vi).starts_with("nhóm chỉ số");
        if (!line_->unit_raw.empty() && (several > 1 || group))
            add("unit_of_several", "one unit is written for a line that holds several values", line_->unit_raw);
    }

    void look_at_frequency()
    {
        if (line_->frequency_raw.empty()) {
            add("frequency_missing", "the line has no frequency");
            if (line_->unit_raw.empty() && line_->scope_raw.empty() && !line_->agency_raw.empty())
                add("line_hollow", "the line names who reports it and how, but no unit, scope or frequency", line_->agency_raw);
            return;
        }
        if (!frequency_) {
            add("frequency_unread", "the words are no frequency", line_->frequency_raw);
            return;
        }
        if (frequency_->date)
            add("frequency_date", "a date stands where a frequency belongs", line_->frequency_raw);
        else
            compare_spelling("frequency_spelling", frequencies_.at(text::to_text(*frequency_)), line_->frequency_raw);
        if (frequency_->ambiguous)
            add("frequency_ambiguous", "the words have two readings", line_->frequency_raw, readings());
        if (std::find(frequency_->kinds.begin(), frequency_->kinds.end(), text::FrequencyKind::hour) != frequency_->kinds.end())
            add("frequency_hourly", "no period of figures is an hour", line_->frequency_raw, "days, and a feed for what is hourly");
        if (const Indicator* parent = above(); parent != nullptr && !parent->frequency_raw.empty()) {
            const auto of_parent = frequency_of(parent->frequency_raw);
            if (of_parent && text::to_text(*of_parent) != text::to_text(*frequency_))
                add("frequency_differs", "the line above is reported for other periods", line_->frequency_raw,
                    parent->frequency_raw);
        }
        look_at_pace();
    }

    [[nodiscard]] std::string readings() const
    {
        std::string out;
        for (const text::Frequency& reading : text::readings(*frequency_))
            out.append(out.empty() ? "" : " or ").append(text::to_vietnamese(reading));
        return out;
    }

    /// A group in which nine lines of ten have one pace is meant for it: "daily, monthly" figures.
    void look_at_pace()
    {
        const auto& paces = paces_.at(group_of(*line_));
        unsigned all = 0;
        for (const auto& [pace, lines] : paces)
            all += lines;
        const auto rarer = [](const auto& a, const auto& b) { return a.second < b.second; };
        const auto most = std::max_element(paces.begin(), paces.end(), rarer);
        constexpr unsigned share = 10;
        if (!frequency_->date && (all - most->second) * share <= all + share && finest(*frequency_) > most->first)
            add("frequency_group", "reported less often than nearly all lines of its group", line_->frequency_raw);
    }

    void look_at_duty()
    {
        const std::string& raw = line_->agency_raw;
        if (raw.empty())
            add("agency_missing", "no agency is responsible");
        if (line_->agencies.size() > 1) {
            add("agency_several", "more than one agency is responsible; the first is taken as the owner", raw);
            const std::string separator = raw.find(';') != std::string::npos ? ";" : ",";
            if (const std::string& other = usual(separators_); other != separator)
                add("agency_separator", "the agencies are parted otherwise than in other lines", separator, other);
        } else if (names_districts(raw)) {
            add("agency_set", "a whole level of bodies is responsible, not one", raw);
        }
        for (const std::string& code : line_->agencies) {
            const Agency* agency = catalogue_.find_agency(code);
            if (agency != nullptr && agency->validity.to < line_->validity.to)
                add("agency_ends", "the agency ends before the line does", agency->name_vi);
        }
        if (const std::string number = region_number(raw); is_arabic(number) && regions_.contains(false))
            add("agency_number", "the region's number is arabic, in other lines roman", raw);
        if (line_->method_raw.empty())
            add("method_missing", "the line names no way of collection");
    }

    void look_at_scope()
    {
        if (const auto scopes = scopes_.find(line_->set); scopes != scopes_.end() && !line_->scope_raw.empty())
            if (const std::string& other = usual(scopes->second); other != line_->scope_raw)
                add("scope_other", "the scope is no area but a disaggregation or a list of bodies", line_->scope_raw, other);
        const std::string& raw = line_->disaggregation_raw;
        if (raw.empty())
            return;
        compare_spelling("disaggregation_spelling", disaggregations_.at(parted_alike(raw)), raw);
        if (raw.find(',') != std::string::npos && raw.find('/') != std::string::npos)
            add("disaggregation_mixed", "with ',' and '/' in one cell it is open what is crossed with what", raw);
        if (line_->breakdown_dimensions.empty() && !names_districts(raw))
            add("disaggregation_scope", "the disaggregation names no dimension", raw, "a dimension, or an empty cell");
        if (line_->breakdown_dimensions.empty() && names_districts(raw) && districts_end_ < line_->validity.to)
            add("disaggregation_district", "districts ended on " + day_text(districts_end_), raw, "communes since then");
    }

    const Catalogue& catalogue_;
    std::vector<Problem>& found_;
    std::map<std::string, Spellings> units_, frequencies_, disaggregations_, scopes_, units_of_name_;
    std::map<std::string, std::map<int, unsigned>> paces_;  ///< Of a group: lines by their finest kind.
    std::map<std::string, std::set<std::string>> names_;
    std::map<std::string, std::vector<const Indicator*>> below_;
    std::map<std::string, std::vector<std::string>> numbers_;
    std::map<bool, unsigned> regions_;  ///< Arabic numbers, roman ones.
    Spellings separators_;
    Day districts_end_{};
    const Indicator* line_ = nullptr;
    std::optional<text::Frequency> frequency_;
};

}  // namespace

void lint_indicators(const Catalogue& catalogue, std::vector<Problem>& found)
{
    Lines(catalogue, found).run();
}

}  // namespace lienthong::catalogue

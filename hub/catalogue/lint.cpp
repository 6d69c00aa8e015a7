// Looks over the indicators for what their act left open, contradicts or writes in more than one way.
#include "hub/catalogue/lint.hpp"

#include "hub/catalogue/tables.hpp"
#include "hub/text/unicode.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace lienthong::catalogue {
namespace {

/// Ways of writing that mean the same, and how often each is used.
using Spellings = std::map<std::string, unsigned>;

/// What stands for the same frequency: kinds and months together.
std::string frequency_key(const Indicator& line)
{
    std::string out;
    for (const text::PeriodKind kind : line.kinds)
        out.append(to_text(kind)).append(1, ' ');
    for (const unsigned month : line.months)
        out.append(std::to_string(month)).append(1, ' ');
    return out;
}

bool names_a_year(std::string_view frequency)
{
    const std::size_t slash = frequency.rfind('/');
    return slash != std::string_view::npos && frequency.size() - slash == 5 &&
           frequency.find_first_not_of("0123456789", slash + 1) == std::string_view::npos;
}

class Lint
{
public:
    explicit Lint(const Catalogue& catalogue) : catalogue_(catalogue)
    {
        for (const Indicator& line : catalogue.indicators()) {
            if (!line.unit.empty() && !line.unit_raw.empty())
                ++units_[line.unit][line.unit_raw];
            if (!line.frequency_raw.empty())
                ++frequencies_[frequency_key(line)][line.frequency_raw];
            names_[text::folded(line.name_vi)].insert(line.code);
        }
    }

    std::vector<Problem> run()
    {
        for (const Indicator& line : catalogue_.indicators()) {
            line_ = &line;
            if (!line.note.empty())
                add("note", line.note);
            if (const auto& same = names_.at(text::folded(line.name_vi)); same.size() > 1)
                add("name_repeated", "lines of the same name", line.name_vi, listed({same.begin(), same.end()}));
            if (line.heading)
                continue;
            look_at_unit();
            if (line.act == "demonstration")
                continue;  // Our own lines have no words of an act to judge.
            look_at_frequency();
            look_at_duty();
        }
        return std::move(found_);
    }

private:
    void add(const char* code, std::string detail, std::string found = {}, std::string expected = {})
    {
        found_.push_back({.code = std::string("finding.") + code,
                          .detail = line_->code + ": " + std::move(detail),
                          .place = line_->place,
                          .found = shortened(found),
                          .expected = std::move(expected),
                          .rule = line_->act});
    }

    /// The spelling most lines use, when this one is another.
    void compare_spelling(const char* code, const Spellings& spellings, const std::string& own)
    {
        const auto usual = std::max_element(spellings.begin(), spellings.end(),
                                            [](const auto& a, const auto& b) { return a.second < b.second; });
        if (usual->first != own)
            add(code, "written otherwise than in other lines", own, usual->first);
    }

    const Indicator* above() const
    {
        if (line_->parent.empty())
            return nullptr;
        const auto found = catalogue_.indicator(line_->parent, line_->validity.from);
        return found.ok() && !(*found)->heading ? *found : nullptr;
    }

    void look_at_unit()
    {
        if (line_->unit.empty() && line_->unit_raw.empty())
            add("unit_missing", "the line has no unit", "", "a unit; until then each mapping declares its own");
        else if (line_->unit.empty())
            add("unit_unread", "the line's unit is no one unit of the catalogue that fits it", line_->unit_raw);
        else if (!line_->unit_raw.empty())
            compare_spelling("unit_spelling", units_.at(line_->unit), line_->unit_raw);
        for (const Measure& measure : line_->measures)
            if (measure.code != "VALUE" && line_->unit_of(measure).empty())
                add("measure_unit", "neither the measure " + measure.code + " nor the line has a unit");
        const Unit* own = catalogue_.find_unit(line_->unit);
        const Unit* parents = above() == nullptr ? nullptr : catalogue_.find_unit(above()->unit);
        if (own != nullptr && parents != nullptr && own->dimension != parents->dimension)
            add("unit_differs", "the line above counts in another dimension, so it is no sum of this one", own->code,
                parents->code);
    }

    void look_at_frequency()
    {
        if (line_->frequency_raw.empty()) {
            add("frequency_missing", "the line has no frequency");
            return;
        }
        if (names_a_year(line_->frequency_raw))
            add("frequency_date", "a date stands where a frequency belongs", line_->frequency_raw);
        else
            compare_spelling("frequency_spelling", frequencies_.at(frequency_key(*line_)), line_->frequency_raw);
        if (const Indicator* parent = above(); parent != nullptr && !parent->frequency_raw.empty()) {
            const bool shared = std::any_of(line_->kinds.begin(), line_->kinds.end(),
                                            [&](text::PeriodKind kind) { return parent->may_have(kind); });
            if (!shared || line_->months != parent->months)
                add("frequency_differs", "the line above is reported for other periods", line_->frequency_raw,
                    parent->frequency_raw);
        }
    }

    void look_at_duty()
    {
        if (line_->agency_raw.empty())
            add("agency_missing", "no agency is responsible");
        if (line_->agencies.size() > 1)
            add("agency_several", "more than one agency is responsible; the first is taken as the owner", line_->agency_raw);
        for (const std::string& code : line_->agencies) {
            const Agency* agency = catalogue_.find_agency(code);
            if (agency != nullptr && agency->validity.to < line_->validity.to)
                add("agency_ends", "the agency ends before the line does", agency->name_vi);
        }
        if (line_->method_raw.empty())
            add("method_missing", "the line names no way of collection");
    }

    const Catalogue& catalogue_;
    std::map<std::string, Spellings> units_, frequencies_;
    std::map<std::string, std::set<std::string>> names_;
    const Indicator* line_ = nullptr;
    std::vector<Problem> found_;
};

}  // namespace

std::vector<Problem> lint(const Catalogue& catalogue)
{
    return Lint(catalogue).run();
}

}  // namespace lienthong::catalogue

// Units, breakdowns and vintages: what a value is counted in, divided by and worth.
#include "hub/catalogue/tables.hpp"
#include "hub/text/number.hpp"
#include "hub/text/unicode.hpp"

#include <algorithm>
#include <stdexcept>

namespace lienthong::catalogue {
namespace {

Problem breakdown_unknown(std::string_view breakdown, std::string detail, std::string expected, const Indicator& indicator)
{
    return {.code = "breakdown.unknown",
            .detail = std::move(detail),
            .found = shortened(breakdown),
            .expected = std::move(expected),
            .rule = indicator.place};
}

}  // namespace

Result<const Unit*> Catalogue::unit(std::string_view code_or_spelling) const
{
    if (const auto it = tables_->units_by_text.find(code_or_spelling); it != tables_->units_by_text.end())
        return it->second;
    if (const auto it = tables_->units_by_folded.find(text::folded(code_or_spelling.substr(0, 400)));
        it != tables_->units_by_folded.end())
        return it->second;
    return Problem{.code = "unit.unknown",
                   .detail = "the catalogue has no unit of this code or spelling",
                   .found = shortened(code_or_spelling),
                   .expected = listed(tables_->near_units.of(code_or_spelling))};
}

const std::vector<Unit>& Catalogue::units() const
{
    return tables_->units;
}

const Unit* Catalogue::find_unit(std::string_view code) const
{
    const auto it = tables_->units_by_code.find(code);
    return it == tables_->units_by_code.end() ? nullptr : it->second;
}

Result<std::string> Catalogue::convert(std::string_view decimal, const Unit& from, const Unit& to) const
{
    const Unit* source = find_unit(from.code);
    const Unit* target = find_unit(to.code);
    if (source == nullptr || target == nullptr)
        throw std::logic_error("convert was given a unit of another catalogue");
    if (source == target)
        return std::string(decimal);
    const auto row = static_cast<std::size_t>(source - tables_->units.data());
    const auto column = static_cast<std::size_t>(target - tables_->units.data());
    const std::string& ratio = tables_->ratios[row * tables_->units.size() + column];
    if (ratio.empty()) {
        std::vector<std::string> fitting;
        for (const Unit& unit : tables_->units)
            if (unit.dimension == target->dimension)
                fitting.push_back(unit.name_vi);
        return Problem{.code = "unit.dimension",
                       .detail = from.code + " measures " + from.dimension + ", " + to.code + " measures " + to.dimension,
                       .found = from.name_vi,
                       .expected = listed(fitting)};
    }
    return text::multiply(decimal, ratio);
}

Result<void> Catalogue::check_breakdown(const Indicator& indicator, std::string_view breakdown) const
{
    if (breakdown == "_T")
        return {};
    const auto& dimensions = indicator.breakdown_dimensions;
    if (dimensions.empty())
        return breakdown_unknown(breakdown, "the indicator has no breakdown", "_T", indicator);
    auto next = dimensions.begin();
    std::string_view rest = breakdown;
    for (bool more = true; more;) {
        const std::size_t end = std::min(rest.find(';'), rest.size());
        const std::string_view part = rest.substr(0, end);
        more = end < rest.size();
        rest.remove_prefix(more ? end + 1 : end);

        const std::size_t equals = std::min(part.find('='), part.size());
        const std::string_view dimension = part.substr(0, equals);
        const auto place = std::find(next, dimensions.end(), dimension);
        if (place == dimensions.end())
            return breakdown_unknown(breakdown, "the indicator has no such dimension there",
                                     listed(dimensions) + ", in this order", indicator);
        next = place + 1;
        const std::string_view code = part.substr(std::min(equals + 1, part.size()));
        const auto codes = tables_->breakdown_codes.find(dimension);
        if (codes == tables_->breakdown_codes.end())
            throw std::logic_error("check_breakdown was given an indicator of another catalogue");
        if (!codes->second.contains(code)) {
            const std::vector<std::string> all(codes->second.begin(), codes->second.end());
            const std::string near = listed(text::nearest(code, all));
            return breakdown_unknown(breakdown, "the dimension " + *place + " has no such code",
                                     near.empty() ? listed(all) : near, indicator);
        }
    }
    return {};
}

const std::vector<BreakdownCode>& Catalogue::breakdowns() const
{
    return tables_->breakdowns;
}

Result<Vintage> Catalogue::vintage(std::string_view code_or_spelling) const
{
    if (const auto it = tables_->vintages_by_text.find(code_or_spelling); it != tables_->vintages_by_text.end())
        return it->second;
    if (const auto it = tables_->vintages_by_folded.find(text::folded(code_or_spelling.substr(0, 400)));
        it != tables_->vintages_by_folded.end())
        return it->second;
    return Problem{.code = "vintage.unknown",
                   .detail = "the catalogue has no vintage of this code or spelling",
                   .found = shortened(code_or_spelling),
                   .expected = listed(tables_->near_vintages.of(code_or_spelling))};
}

}  // namespace lienthong::catalogue

#include "hub/catalogue/ownership.hpp"

#include "hub/catalogue/forms.hpp"
#include "hub/catalogue/tables.hpp"
#include "hub/text/number.hpp"
#include "hub/text/period.hpp"

#include <algorithm>

namespace lienthong::catalogue {
namespace {

bool holds(std::span<const std::string> agencies, std::string_view agency)
{
    return std::find(agencies.begin(), agencies.end(), agency) != agencies.end();
}

const Assignment* assigned(const Catalogue& catalogue, const std::string& indicator, std::span<const std::string> agencies,
                           Day day)
{
    for (const std::string& agency : agencies)
        if (const Assignment* owner = catalogue.owner(indicator, province_of(agency), day))
            return owner;
    return nullptr;
}

}  // namespace

std::vector<std::string> responsible_for(const Catalogue& catalogue, const FigureKey& figure,
                                         std::span<const std::string> telling)
{
    std::vector<std::string> out;
    const auto period = text::period_from(figure.period);
    if (!period.ok())
        return out;
    const Day day = text::last_day(*period);
    if (const auto indicator = catalogue.indicator(figure.indicator, day); indicator.ok())
        out = (*indicator)->agencies;
    const Assignment* owner = assigned(catalogue, figure.indicator, telling, day);
    if (owner == nullptr)
        owner = assigned(catalogue, figure.indicator, out, day);
    if (owner != nullptr) {
        std::erase(out, owner->agency);
        out.insert(out.begin(), owner->agency);
    }
    return out;
}

Serving serving_of(std::span<const std::string> responsible, std::span<const std::string> telling, std::string_view settled_on)
{
    Serving out;
    if (!responsible.empty())
        out.owner = responsible.front();
    out.owner_absent = !out.owner.empty() && !holds(telling, out.owner);
    if (!settled_on.empty() && holds(telling, settled_on)) {
        out.served = settled_on;
        out.settled = true;
        return out;
    }
    const auto named = std::find_if(responsible.begin(), responsible.end(),
                                    [&](const std::string& agency) { return holds(telling, agency); });
    out.served = named != responsible.end() ? *named : telling.front();
    return out;
}

bool same_figure(const Catalogue& catalogue, const Observation& a, const Observation& b)
{
    if (a.availability != b.availability)
        return false;
    if (a.availability != Availability::value)
        return true;
    if (a.unit == b.unit)
        return text::compare(a.value, b.value) == 0;
    const Unit* of_a = catalogue.find_unit(a.unit);
    const Unit* of_b = catalogue.find_unit(b.unit);
    if (of_a == nullptr || of_b == nullptr || of_a->dimension != of_b->dimension)
        return false;
    // Multiplying into the base unit is exact; dividing need not be.
    return text::compare(text::multiply(a.value, of_a->factor), text::multiply(b.value, of_b->factor)) == 0;
}

}  // namespace lienthong::catalogue

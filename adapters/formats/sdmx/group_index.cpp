// One hash look-up for each kind of group and observation.
#include "adapters/formats/sdmx/group_index.hpp"

#include <algorithm>
#include <utility>

namespace lienthong::adapters {
namespace {

void add_part(std::string& key, std::string_view text)
{
    key += std::to_string(text.size());
    key += ':';
    key += text;
}

}  // namespace

bool GroupIndex::add(std::vector<SdmxValue> dimensions, const std::vector<SdmxValue>& attributes)
{
    std::sort(dimensions.begin(), dimensions.end(), [](const SdmxValue& a, const SdmxValue& b) { return a.name < b.name; });
    std::vector<std::string_view> names;
    std::string key;
    for (const SdmxValue& dimension : dimensions) {
        names.push_back(dimension.name);
        add_part(key, dimension.text);
    }
    auto kind = std::find_if(kinds_.begin(), kinds_.end(), [&](const Kind& one) { return one.dimensions == names; });
    if (kind == kinds_.end()) {
        if (kinds_.size() == most_kinds)
            return false;
        kind = kinds_.insert(kinds_.end(), {std::move(names), {}});
    }
    std::vector<SdmxValue>& given = kind->by_values[std::move(key)];
    given.insert(given.end(), attributes.begin(), attributes.end());
    return given.size() <= most_attributes;
}

void GroupIndex::apply(std::vector<SdmxValue>& values) const
{
    const std::size_t own = values.size();
    for (const Kind& kind : kinds_) {
        std::string key;
        std::size_t found = 0;
        for (const std::string_view name : kind.dimensions)
            for (std::size_t i = 0; i < own; ++i)
                if (values[i].name == name) {
                    add_part(key, values[i].text);
                    ++found;
                    break;
                }
        if (found != kind.dimensions.size())
            continue;
        if (const auto given = kind.by_values.find(key); given != kind.by_values.end())
            values.insert(values.end(), given->second.begin(), given->second.end());
    }
}

}  // namespace lienthong::adapters

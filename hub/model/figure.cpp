#include "hub/model/figure.hpp"

namespace lienthong {

FigureKey figure_of(const SeriesKey& key)
{
    return {key.indicator, key.measure, key.period, key.area, key.breakdown};
}

std::string to_text(const FigureKey& key)
{
    std::string out = key.indicator;
    for (const std::string* field : {&key.measure, &key.period, &key.area, &key.breakdown}) {
        out += '|';
        out += *field;
    }
    return out;
}

std::optional<FigureKey> figure_from(std::string_view text)
{
    FigureKey key;
    for (std::string* field : {&key.indicator, &key.measure, &key.period, &key.area}) {
        const std::size_t bar = text.find('|');
        if (bar == std::string_view::npos || bar == 0)
            return std::nullopt;
        *field = text.substr(0, bar);
        text.remove_prefix(bar + 1);
    }
    if (text.empty() || text.find('|') != std::string_view::npos)
        return std::nullopt;
    key.breakdown = text;
    return key;
}

}  // namespace lienthong

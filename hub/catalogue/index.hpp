/// Indexes looked up by a view of a text, without making a string.
#pragma once

#include "hub/catalogue/catalogue.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace lienthong::catalogue {

struct TextHash
{
    using is_transparent = void;
    [[nodiscard]] std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

template <class T>
using Index = std::unordered_map<std::string, T, TextHash, std::equal_to<>>;

/// Areas by a text that lives as long as they do: there are thousands of them, and each keeps its own texts.
using AreaIndex = std::unordered_map<std::string_view, std::vector<const Area*>>;

/// The row that holds on the day, or null.
template <class Row>
[[nodiscard]] const Row* on(const std::vector<const Row*>& rows, Day day)
{
    for (const Row* row : rows)
        if (row->validity.holds(day))
            return row;
    return nullptr;
}

/// The first day of `validity` on which no row holds; its end where there is none. `rows` in any order.
template <class Row>
[[nodiscard]] Day first_gap(const std::vector<const Row*>& rows, const Validity& validity)
{
    Day day = validity.from;
    while (day < validity.to) {
        const Row* row = on(rows, day);
        if (row == nullptr)
            return day;
        day = row->validity.to;
    }
    return validity.to;
}

}  // namespace lienthong::catalogue

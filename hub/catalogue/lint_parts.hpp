/// What the parts of lint share: ways of writing counted, and findings about a row.
#pragma once

#include "hub/catalogue/catalogue.hpp"
#include "hub/catalogue/forms.hpp"
#include "hub/text/frequency.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::catalogue {

/// Ways of writing that mean the same, and how often each is used.
using Spellings = std::map<std::string, unsigned>;

[[nodiscard]] inline const std::string& usual(const Spellings& spellings)
{
    return std::max_element(spellings.begin(), spellings.end(), [](const auto& a, const auto& b) { return a.second < b.second; })
        ->first;
}

[[nodiscard]] inline std::optional<text::Frequency> frequency_of(std::string_view raw)
{
    auto read = text::frequency_from(raw);
    if (!read.ok())
        return std::nullopt;
    return std::move(read).value();
}

/// A finding about an indicator or a form.
template <class Row>
[[nodiscard]] Problem finding(const char* code, const Row& row, std::string detail, std::string_view found = {},
                              std::string expected = {})
{
    return {.code = std::string("finding.") + code,
            .detail = row.code + ": " + std::move(detail),
            .place = row.place,
            .found = shortened(found),
            .expected = std::move(expected),
            .rule = row.act};
}

void lint_indicators(const Catalogue& catalogue, std::vector<Problem>& found);
void lint_forms(const Catalogue& catalogue, std::vector<Problem>& found);
void lint_assignments(const Catalogue& catalogue, std::vector<Problem>& found);
void lint_crosswalks(const Catalogue& catalogue, std::vector<Problem>& found);
void lint_remarks(const Catalogue& catalogue, std::vector<Problem>& found);

}  // namespace lienthong::catalogue

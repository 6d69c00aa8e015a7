/// What a look-up says when it finds nothing, in the words all look-ups share.
#pragma once

#include "hub/catalogue/catalogue.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace lienthong::catalogue {

/// "2025-07-01".
[[nodiscard]] std::string day_text(Day day);

/// "from 2008-08-01 until before 2025-07-01".
[[nodiscard]] std::string span_text(const Validity& validity);

[[nodiscard]] Problem unknown(std::string code, const char* what, std::string_view wanted, const std::vector<std::string>& near);

template <class Row>
[[nodiscard]] Problem not_valid(std::string code, const char* what, std::string_view wanted, Day day,
                                const std::vector<const Row*>& rows)
{
    std::string spans;
    for (const Row* row : rows)
        spans.append(spans.empty() ? "" : "; ").append(span_text(row->validity));
    return {.code = std::move(code),
            .detail = std::string("the ") + what + " is not valid on " + day_text(day),
            .found = shortened(wanted),
            .expected = "a day " + spans,
            .rule = rows.front()->act};
}

}  // namespace lienthong::catalogue

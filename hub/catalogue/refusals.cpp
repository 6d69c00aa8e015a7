// Words of the look-ups' refusals.
#include "hub/catalogue/refusals.hpp"

#include "hub/catalogue/tables.hpp"

namespace lienthong::catalogue {

std::string day_text(Day day)
{
    return to_text(text::Period{.kind = text::PeriodKind::day,
                                .year = static_cast<int>(day.year()),
                                .part = static_cast<unsigned>(day.month()),
                                .day = static_cast<unsigned>(day.day())});
}

std::string span_text(const Validity& validity)
{
    return "from " + day_text(validity.from) + " until before " + day_text(validity.to);
}

Problem unknown(std::string code, const char* what, std::string_view wanted, const std::vector<std::string>& near)
{
    return {.code = std::move(code),
            .detail = std::string("the catalogue has no ") + what + " of this code or name",
            .found = shortened(wanted),
            .expected = listed(near)};
}

}  // namespace lienthong::catalogue

// Reads a date word by word; the first sign between its numbers is the second as well.
#include "hub/text/date.hpp"

#include "hub/text/unicode.hpp"
#include "hub/text/words.hpp"

#include <optional>

namespace lienthong::text {
namespace {

/// In bytes; what is longer is no date, whatever it begins with.
constexpr std::size_t longest_date = 100;

std::optional<Period> read(std::string_view folded_text)
{
    Words words(folded_text, "/-.,");
    words.take("ngày");
    Period date{.kind = PeriodKind::day};
    date.day = words.number(2);
    if (words.take("tháng")) {
        date.part = words.number(2);
        words.take_mark();
        if (!words.take("năm"))
            return std::nullopt;
    } else {
        const char mark = words.at_end() ? '\0' : words.ahead().front();
        if (mark == ',' || !words.take_mark())
            return std::nullopt;
        date.part = words.number(2);
        if (words.at_end() || words.ahead().front() != mark || !words.take_mark())
            return std::nullopt;
    }
    date.year = static_cast<int>(words.number(4));
    if (!words.at_end() || !exists(date))
        return std::nullopt;
    return date;
}

}  // namespace

Result<Period> date_from_vietnamese(std::string_view text)
{
    if (text.size() <= longest_date)
        if (const auto date = read(folded(text)))
            return *date;
    return Problem{.code = "date.malformed",
                   .detail = "this is no day that exists, as Vietnamese write it",
                   .found = shortened(text),
                   .expected = "ngày 05 tháng 01 năm 2020, 05/01/2020 or 5-1-2020"};
}

}  // namespace lienthong::text

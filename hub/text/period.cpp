// Canonical period texts and the days they span.
#include "hub/text/period.hpp"

#include "hub/text/period_malformed.hpp"

#include <array>

namespace lienthong::text {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::year;
using std::chrono::year_month_day;

constexpr std::array kinds = {std::string_view("day"),  std::string_view("month"),       std::string_view("quarter"),
                              std::string_view("half"), std::string_view("nine_months"), std::string_view("year")};

/// A number of exactly `count` digits at `at`, or -1.
int digits_at(std::string_view text, std::size_t at, std::size_t count)
{
    if (at + count > text.size())
        return -1;
    int out = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        out = out * 10 + (text[i] - '0');
    }
    return out;
}

void append_padded(std::string& out, unsigned number)
{
    out += static_cast<char>('0' + number / 10 % 10);
    out += static_cast<char>('0' + number % 10);
}

/// First and last month of a period.
std::pair<unsigned, unsigned> months(const Period& period)
{
    switch (period.kind) {
        case PeriodKind::day:
        case PeriodKind::month:
            return {period.part, period.part};
        case PeriodKind::quarter:
            return {period.part * 3 - 2, period.part * 3};
        case PeriodKind::half:
            return {period.part * 6 - 5, period.part * 6};
        case PeriodKind::nine_months:
            return {1, 9};
        case PeriodKind::year:
            break;
    }
    return {1, 12};
}

}  // namespace

std::string_view to_text(PeriodKind kind)
{
    return kinds.at(static_cast<std::size_t>(kind));
}

std::optional<PeriodKind> period_kind_from(std::string_view text)
{
    for (std::size_t i = 0; i < kinds.size(); ++i)
        if (kinds[i] == text)
            return static_cast<PeriodKind>(i);
    return std::nullopt;
}

std::string to_text(const Period& period)
{
    const auto number = static_cast<unsigned>(period.year);
    std::string out;
    append_padded(out, number / 100);
    append_padded(out, number % 100);
    switch (period.kind) {
        case PeriodKind::day:
        case PeriodKind::month:
            out += '-';
            append_padded(out, period.part);
            if (period.kind == PeriodKind::day) {
                out += '-';
                append_padded(out, period.day);
            }
            break;
        case PeriodKind::quarter:
            out.append("-Q").append(1, static_cast<char>('0' + period.part));
            break;
        case PeriodKind::half:
            out.append("-S").append(1, static_cast<char>('0' + period.part));
            break;
        case PeriodKind::nine_months:
            out += "-M9";
            break;
        case PeriodKind::year:
            break;
    }
    return out;
}

year_month_day first_day(const Period& period)
{
    const unsigned first = period.kind == PeriodKind::day ? period.day : 1;
    return {year{period.year}, month{months(period).first}, day{first}};
}

year_month_day last_day(const Period& period)
{
    if (period.kind == PeriodKind::day)
        return first_day(period);
    return year_month_day{year{period.year} / month{months(period).second} / std::chrono::last};
}

bool exists(const Period& period)
{
    if (period.year < 1900 || period.year > 2999)
        return false;
    switch (period.kind) {
        case PeriodKind::day:
            return first_day(period).ok();
        case PeriodKind::month:
            return period.part >= 1 && period.part <= 12 && period.day == 0;
        case PeriodKind::quarter:
            return period.part >= 1 && period.part <= 4 && period.day == 0;
        case PeriodKind::half:
            return period.part >= 1 && period.part <= 2 && period.day == 0;
        case PeriodKind::nine_months:
        case PeriodKind::year:
            break;
    }
    return period.part == 0 && period.day == 0;
}

Result<Period> period_from(std::string_view canonical)
{
    constexpr std::string_view forms = "2025, 2025-S1, 2025-Q3, 2025-M9, 2025-03 or 2025-03-31";
    Period period{.kind = PeriodKind::year, .year = digits_at(canonical, 0, 4), .part = 0, .day = 0};
    const std::string_view rest = canonical.size() > 4 ? canonical.substr(4) : std::string_view();
    const auto part = [&](std::size_t at, std::size_t count) {
        const int number = digits_at(rest, at, count);
        return number < 0 ? 99U : static_cast<unsigned>(number);
    };
    bool fits = rest.empty() || rest[0] == '-';
    if (rest.size() == 3 && rest == "-M9") {
        period.kind = PeriodKind::nine_months;
    } else if (rest.size() == 3 && (rest[1] == 'Q' || rest[1] == 'S')) {
        period.kind = rest[1] == 'Q' ? PeriodKind::quarter : PeriodKind::half;
        period.part = part(2, 1);
    } else if (rest.size() == 3) {
        period.kind = PeriodKind::month;
        period.part = part(1, 2);
    } else if (rest.size() == 6) {
        fits = fits && rest[3] == '-';
        period.kind = PeriodKind::day;
        period.part = part(1, 2);
        period.day = part(4, 2);
    } else {
        fits = rest.empty();
    }
    if (!fits || !exists(period))
        return period_malformed(canonical, std::string(forms));
    return period;
}

}  // namespace lienthong::text

#include "hub/flow/http_date.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace lienthong::flow {
namespace {

constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::vector<std::string_view> words_of(std::string_view text)
{
    std::vector<std::string_view> words;
    while (!text.empty()) {
        const std::size_t from = text.find_first_not_of(' ');
        if (from == std::string_view::npos)
            break;
        const std::size_t end = std::min(text.find(' ', from), text.size());
        words.push_back(text.substr(from, end - from));
        text.remove_prefix(end);
    }
    return words;
}

/// `least` to `most` digits.
std::optional<int> digits(std::string_view text, std::size_t least, std::size_t most)
{
    if (text.size() < least || text.size() > most)
        return std::nullopt;
    int value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9')
            return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

std::optional<Time> moment(std::optional<int> year, std::string_view month, std::optional<int> day, std::string_view clock)
{
    const auto at = std::find(months.begin(), months.end(), month);
    if (!year || !day || at == months.end() || clock.size() != 8 || clock[2] != ':' || clock[5] != ':')
        return std::nullopt;
    const auto hour = digits(clock.substr(0, 2), 2, 2), minute = digits(clock.substr(3, 2), 2, 2), second = digits(clock.substr(6), 2, 2);
    const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(at - months.begin()) + 1),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    // 60 is a leap second.
    if (!date.ok() || !hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 60)
        return std::nullopt;
    return std::chrono::sys_days(date) + std::chrono::hours(*hour) + std::chrono::minutes(*minute) + std::chrono::seconds(*second);
}

/// The year of two digits that lies no more than 50 years ahead.
std::optional<int> whole_year(std::optional<int> short_year, Time now)
{
    if (!short_year)
        return std::nullopt;
    const int current = static_cast<int>(local_day(now).year());
    int year = current - current % 100 + *short_year;
    if (year > current + 50)
        year -= 100;
    return year;
}

}  // namespace

std::optional<Time> http_date(std::string_view text, Time now)
{
    const auto words = words_of(text);
    if (words.size() == 6 && words[0].size() == 4 && words[0].ends_with(',') && words[5] == "GMT")
        return moment(digits(words[3], 4, 4), words[2], digits(words[1], 2, 2), words[4]);
    if (words.size() == 4 && words[0].ends_with(',') && words[3] == "GMT" && words[1].size() == 9 && words[1][2] == '-' && words[1][6] == '-')
        return moment(whole_year(digits(words[1].substr(7), 2, 2), now), words[1].substr(3, 3), digits(words[1].substr(0, 2), 2, 2), words[2]);
    if (words.size() == 5 && words[0].size() == 3)
        return moment(digits(words[4], 4, 4), words[1], digits(words[2], 1, 2), words[3]);
    return std::nullopt;
}

std::optional<std::chrono::milliseconds> retry_after(std::string_view text, Time now)
{
    using std::chrono::milliseconds;
    constexpr milliseconds day = std::chrono::hours(24);
    while (text.ends_with(' '))
        text.remove_suffix(1);
    if (!text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return text.size() > 6 ? day : std::min<milliseconds>(day, std::chrono::seconds(*digits(text, 1, 6)));
    const auto until = http_date(text, now);
    if (!until)
        return std::nullopt;
    return std::clamp(std::chrono::ceil<milliseconds>(*until - now), milliseconds(0), day);
}

}  // namespace lienthong::flow

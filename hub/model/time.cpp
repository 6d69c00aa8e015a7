#include "hub/model/time.hpp"

#include <cstdio>

namespace lienthong {
namespace {

constexpr std::chrono::hours local_offset{7};

bool digits(std::string_view text, std::size_t at, std::size_t count, int& out)
{
    if (at + count > text.size())
        return false;
    out = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        out = out * 10 + (text[i] - '0');
    }
    return true;
}

}  // namespace

std::chrono::year_month_day local_day(Time time)
{
    return std::chrono::floor<std::chrono::days>(time + local_offset);
}

std::string to_text(Time time)
{
    const auto local = time + local_offset;
    const auto day = std::chrono::floor<std::chrono::days>(local);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::milliseconds>(local - day)};
    char buffer[64];
    const int size = std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02uT%02d:%02d:%02d.%03d+07:00",
                                   static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                                   static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
                                   static_cast<int>(clock.minutes().count()),
                                   static_cast<int>(clock.seconds().count()),
                                   static_cast<int>(clock.subseconds().count()));
    return {buffer, static_cast<std::size_t>(size)};
}

std::optional<Time> time_from(std::string_view text)
{
    int year, month, day, hour, minute, second;
    if (!digits(text, 0, 4, year) || !digits(text, 5, 2, month) || !digits(text, 8, 2, day) ||
        !digits(text, 11, 2, hour) || !digits(text, 14, 2, minute) || !digits(text, 17, 2, second))
        return std::nullopt;
    if (text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':')
        return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (!date.ok() || hour > 23 || minute > 59 || second > 59)
        return std::nullopt;
    std::size_t at = 19;
    long micros = 0;
    if (at < text.size() && text[at] == '.') {
        long scale = 100'000;
        std::size_t count = 0;
        for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, ++count, scale /= 10)
            micros += (text[at] - '0') * scale;
        if (count == 0 || count > 6)
            return std::nullopt;
    }
    std::chrono::minutes offset{0};
    if (at + 1 == text.size() && text[at] == 'Z') {
        ++at;
    } else {
        int oh, om;
        if (at + 6 != text.size() || (text[at] != '+' && text[at] != '-') || text[at + 3] != ':' ||
            !digits(text, at + 1, 2, oh) || !digits(text, at + 4, 2, om) || oh > 23 || om > 59)
            return std::nullopt;
        offset = std::chrono::minutes(oh * 60 + om);
        if (text[at] == '-')
            offset = -offset;
    }
    return Time{std::chrono::sys_days{date} + std::chrono::hours{hour} + std::chrono::minutes{minute} +
                std::chrono::seconds{second} + std::chrono::microseconds{micros} - offset};
}

}  // namespace lienthong

#include "hub/flow/pace.hpp"

#include <algorithm>

namespace lienthong::flow {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds most_first_wait{5'000};

milliseconds part(milliseconds whole, double chance)
{
    return milliseconds(static_cast<std::int64_t>(static_cast<double>(whole.count()) * chance));
}

/// FNV-1a with the bits of MurmurHash3's finish mixed in, so that names that differ in one letter lie far apart.
std::uint64_t place_of(std::string_view name)
{
    std::uint64_t hash = 0xCBF29CE484222325U;
    for (const char c : name)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
    hash = (hash ^ (hash >> 33U)) * 0xFF51AFD7ED558CCDU;
    hash = (hash ^ (hash >> 33U)) * 0xC4CEB9FE1A85EC53U;
    return hash ^ (hash >> 33U);
}

milliseconds phase_of(std::string_view flow, milliseconds interval)
{
    return milliseconds(static_cast<std::int64_t>(place_of(flow) % static_cast<std::uint64_t>(interval.count())));
}

}  // namespace

double chance_of(std::string_view nonce)
{
    std::uint64_t bits = 0;
    for (const char c : nonce.substr(0, 13))
        bits = bits << 4U | static_cast<std::uint64_t>(c >= 'a' ? c - 'a' + 10 : c - '0');
    return static_cast<double>(bits) / static_cast<double>(std::uint64_t{1} << 52U);
}

milliseconds pause_after(const sdk::Failure& failure, std::int64_t failures_in_a_row, const PaceSettings& settings,
                         double chance)
{
    if (failure.kind == sdk::FailureClass::permanent)
        return settings.longest_pause / 2 + part(settings.longest_pause / 2, chance);
    milliseconds most = settings.first_pause;
    for (std::int64_t i = 1; i < failures_in_a_row && most < settings.longest_pause; ++i)
        most *= 2;
    most = std::min(most, settings.longest_pause);
    if (failure.kind == sdk::FailureClass::throttled) {
        const milliseconds asked(failure.retry_after_millis);
        // What the source asked for is the pause; what is added only keeps its callers apart.
        return asked + std::max(settings.first_pause / 10, part(std::min(most, std::max(settings.first_pause, asked)), chance));
    }
    return std::max(settings.first_pause / 10, part(most, chance));
}

milliseconds first_wait(std::string_view flow, milliseconds interval)
{
    const milliseconds within = std::min(interval, most_first_wait);
    return within.count() <= 0 ? milliseconds(0) : phase_of(flow, within);
}

milliseconds next_wait(std::string_view flow, milliseconds interval, Time now)
{
    if (interval.count() <= 0)
        return milliseconds(0);
    const auto since = std::chrono::floor<milliseconds>(now.time_since_epoch()) - phase_of(flow, interval);
    const auto into = since.count() % interval.count();
    return milliseconds(into < 0 ? -into : interval.count() - into);
}

}  // namespace lienthong::flow

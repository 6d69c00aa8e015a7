#include "hub/model/verdict.hpp"

#include <numeric>

namespace lienthong {

std::string_view to_text(RecordState state)
{
    constexpr std::array<std::string_view, record_state_count> names = {"stored",   "unchanged", "refused",
                                                                        "returned", "closed",    "waiting"};
    return names.at(static_cast<std::size_t>(state));
}

std::int64_t Tally::sum() const
{
    return std::accumulate(in_state.begin(), in_state.end(), std::int64_t{0});
}

}  // namespace lienthong

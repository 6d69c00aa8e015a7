#include "hub/flow/each_quarantined.hpp"

namespace lienthong::flow {

Result<void> each_quarantined(const Store& store, std::initializer_list<RecordState> states, const std::string& flow,
                              const std::function<void(const QuarantineEntry&)>& take)
{
    constexpr std::size_t page = 1000;
    for (const RecordState state : states)
        for (std::int64_t after = 0;;) {
            const auto entries = store.quarantine(state, flow, after, page);
            if (!entries.ok())
                return entries.problem();
            if (entries->empty())
                break;
            for (const QuarantineEntry& entry : *entries)
                take(entry);
            after = entries->back().id;
        }
    return {};
}

}  // namespace lienthong::flow

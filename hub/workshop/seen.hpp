/// Seen: which series keys the records of a message have spoken of, and where.
#pragma once

#include "hub/model/verdict.hpp"

#include <cstdint>
#include <vector>

namespace lienthong::workshop {

/// Keys stay in their verdicts; here is only where. One thread at a time.
class Seen
{
public:
    /// An observation of a message: by its verdict's position, and its own in that verdict.
    struct At
    {
        std::uint32_t verdict = 0;
        std::uint32_t observation = 0;
    };

    /// Makes room for so many more keys.
    void expect(std::size_t keys);
    /// The observation of `verdicts` that had the key of `at` first, which is `at` itself where no other had it.
    [[nodiscard]] At add(const std::vector<Verdict>& verdicts, At at);
    /// Forgets what the last verdict has added, for what is refused has spoken of nothing. `verdict` is its position.
    void take_back(std::uint32_t verdict);

private:
    struct Slot
    {
        std::uint32_t hash = 0;  ///< 0: free.
        At at{};
    };
    void grow(std::size_t slots);

    std::vector<Slot> slots_;  ///< A power of two, at most half of them taken.
    std::size_t count_ = 0;
    std::vector<std::size_t> added_;  ///< Slots of the last verdict, in order.
    std::uint32_t last_ = 0;
};

}  // namespace lienthong::workshop

// Keeps texts in blocks; what is larger than a block gets one of its own.
#include "hub/mapping/text_arena.hpp"

#include <cstring>

namespace lienthong::mapping {

std::string_view TextArena::keep(std::string_view text)
{
    if (text.empty())
        return {};
    if (text.size() > block_bytes) {
        // A block of its own, put below the current one so that its rest is still used.
        auto own = std::make_unique<char[]>(text.size());
        std::memcpy(own.get(), text.data(), text.size());
        const std::string_view kept(own.get(), text.size());
        blocks_.insert(blocks_.empty() ? blocks_.end() : blocks_.end() - 1, std::move(own));
        if (blocks_.size() == 1)
            used_ = block_bytes;
        return kept;
    }
    if (blocks_.empty() || used_ + text.size() > block_bytes) {
        blocks_.push_back(std::make_unique<char[]>(block_bytes));
        used_ = 0;
    }
    char* at = blocks_.back().get() + used_;
    std::memcpy(at, text.data(), text.size());
    used_ += text.size();
    return {at, text.size()};
}

void TextArena::clear()
{
    if (blocks_.size() > 1) {
        blocks_.clear();
        used_ = block_bytes;
    } else if (used_ != block_bytes) {
        used_ = 0;
    }
}

}  // namespace lienthong::mapping

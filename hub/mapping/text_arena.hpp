/// Text arena: texts that live together and go together, without an allocation each.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

namespace lienthong::mapping {

/// Texts that live until the next clear, without an allocation each.
class TextArena
{
public:
    std::string_view keep(std::string_view text);
    void clear();

private:
    static constexpr std::size_t block_bytes = 4096;
    std::vector<std::unique_ptr<char[]>> blocks_;
    std::size_t used_ = block_bytes;
};

}  // namespace lienthong::mapping

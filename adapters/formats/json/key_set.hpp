/// Which names the members of one object have, of however many.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace lienthong::adapters {

/// A name of up to 32 digits and colons, as keys of SDMX are, takes 20 to 40 bytes, and 60 while the table grows; any other is
/// kept as it is. Nothing is judged by a hash alone.
class KeySet
{
public:
    /// False when it has that name already.
    [[nodiscard]] bool add(std::string_view name);
    void clear();

private:
    /// Four bits a character, from the front; no name is packed into zeros.
    using Packed = std::array<std::uint64_t, 2>;

    [[nodiscard]] static std::optional<Packed> packed(std::string_view name);
    /// Where the name is in the table, or would be.
    [[nodiscard]] std::size_t slot(const Packed& name) const;
    void grow();

    std::vector<Packed> table_;
    std::size_t count_ = 0;
    std::unordered_set<std::string> others_;
};

}  // namespace lienthong::adapters

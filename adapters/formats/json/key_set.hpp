/// Which names the members of one object have, of however many.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::adapters {

/// A name of up to 32 digits and colons, as keys of SDMX are, takes 20 to 40 bytes, and 60 while the table grows; any other is
/// kept as it is. Nothing is judged by a hash alone, and no sender can tell which names fall together: that is drawn anew for
/// every set.
class KeySet
{
public:
    KeySet();
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

    const Packed factors_;
    std::vector<Packed> table_;  ///< A power of two of them, or none.
    std::size_t count_ = 0;
    std::set<std::string, std::less<>> others_;
};

}  // namespace lienthong::adapters

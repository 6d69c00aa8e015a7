// An open table of short names, packed.
#include "adapters/formats/json/key_set.hpp"

#include <random>
#include <utility>

namespace lienthong::adapters {
namespace {

constexpr std::size_t first_slots = 1024, half_a_word = 16;

std::uint64_t drawn()
{
    std::random_device random;
    return std::uint64_t{random()} << 32U | random() | 1U;
}

}  // namespace

KeySet::KeySet() : factors_{drawn(), drawn()} {}

std::optional<KeySet::Packed> KeySet::packed(std::string_view name)
{
    if (name.empty() || name.size() > 2 * half_a_word)
        return std::nullopt;
    Packed out{};
    for (std::size_t i = 0; i < name.size(); ++i) {
        const char c = name[i];
        if (c != ':' && (c < '0' || c > '9'))
            return std::nullopt;
        const std::uint64_t digit = c == ':' ? 11U : static_cast<std::uint64_t>(c - '0') + 1U;
        out[i / half_a_word] |= digit << (4U * (i % half_a_word));
    }
    return out;
}

std::size_t KeySet::slot(const Packed& name) const
{
    // Multiply and shift: the upper bits, with factors that nobody outside knows.
    __extension__ using Wide = unsigned __int128;
    const auto mixed = static_cast<std::uint64_t>((Wide{factors_[0]} * name[0] + Wide{factors_[1]} * name[1]) >> 64U);
    const std::size_t mask = table_.size() - 1;
    std::size_t at = (mixed ^ mixed >> 32U) & mask;
    while (table_[at] != Packed{} && table_[at] != name)
        at = (at + 1) & mask;
    return at;
}

void KeySet::grow()
{
    std::vector<Packed> old(table_.empty() ? first_slots : 2 * table_.size());
    std::swap(old, table_);
    for (const Packed& name : old)
        if (name != Packed{})
            table_[slot(name)] = name;
}

bool KeySet::add(std::string_view name)
{
    const auto short_name = packed(name);
    if (!short_name)
        return others_.emplace(name).second;
    if (5 * (count_ + 1) > 4 * table_.size())
        grow();
    Packed& place = table_[slot(*short_name)];
    if (place == *short_name)
        return false;
    place = *short_name;
    ++count_;
    return true;
}

void KeySet::clear()
{
    table_.clear();
    others_.clear();
    count_ = 0;
}

}  // namespace lienthong::adapters

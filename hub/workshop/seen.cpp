// A table of positions with open addressing; what was added last can be taken back without leaving gaps.
#include "hub/workshop/seen.hpp"

#include "hub/text/same_text.hpp"

#include <bit>
#include <string>
#include <string_view>

namespace lienthong::workshop {
namespace {

constexpr std::uint64_t odd = 0x9E37'79B9'7F4A'7C15U, other_odd = 0xC2B2'AE3D'27D4'EB4FU;

/// Of one field; both ends of up to 16 bytes are all of it.
std::uint64_t hash_of(std::string_view text)
{
    using text::word_at;
    const char* const at = text.data();
    const std::size_t size = text.size();
    std::uint64_t first = size, last = 0;
    if (size >= 8) {
        for (std::size_t i = 0; i + 16 < size; i += 8)
            first = (first ^ word_at<std::uint64_t>(at + i)) * other_odd;
        first ^= word_at<std::uint64_t>(at + (size > 16 ? size - 16 : 0));
        last = word_at<std::uint64_t>(at + size - 8);
    } else if (size >= 4) {
        first ^= word_at<std::uint32_t>(at);
        last = word_at<std::uint32_t>(at + size - 4);
    } else {
        for (const char c : text)
            last = (last << 8U) | static_cast<unsigned char>(c);
    }
    const std::uint64_t mixed = (first ^ std::rotl(last, 23)) * odd + last * other_odd;
    return mixed ^ (mixed >> 32U);
}

/// Never 0, which is a free slot's.
std::uint32_t hash_of(const SeriesKey& key)
{
    std::uint64_t out = 0, factor = 1;
    for (const std::string* field : {&key.indicator, &key.measure, &key.period, &key.area, &key.breakdown, &key.agency}) {
        out += hash_of(*field) * factor;
        factor *= odd;
    }
    return static_cast<std::uint32_t>(((out ^ (out >> 31U)) * odd) >> 32U) | 1U;
}

}  // namespace

void Seen::expect(std::size_t keys)
{
    if (const std::size_t wanted = 2 * (count_ + keys); wanted > slots_.size())
        grow(std::bit_ceil(wanted));
}

void Seen::grow(std::size_t slots)
{
    std::vector<Slot> before(slots);
    before.swap(slots_);
    for (const Slot& slot : before) {
        if (slot.hash == 0)
            continue;
        std::size_t i = (slot.hash >> 1U) & (slots - 1);
        while (slots_[i].hash != 0)
            i = (i + 1) & (slots - 1);
        slots_[i] = slot;
    }
}

Seen::At Seen::add(const std::vector<Verdict>& verdicts, At at)
{
    if (at.verdict != last_ || at.observation == 0) {
        last_ = at.verdict;
        added_.clear();
        expect(verdicts[at.verdict].observations.size());  // so that nothing moves before it may be taken back
    }
    const SeriesKey& key = verdicts[at.verdict].observations[at.observation].key;
    const std::uint32_t hash = hash_of(key);
    std::size_t i = (hash >> 1U) & (slots_.size() - 1);
    for (; slots_[i].hash != 0; i = (i + 1) & (slots_.size() - 1)) {
        const At other = slots_[i].at;
        if (slots_[i].hash == hash && verdicts[other.verdict].observations[other.observation].key == key)
            return other;
    }
    slots_[i] = {hash, at};
    added_.push_back(i);
    ++count_;
    return at;
}

void Seen::take_back(std::uint32_t verdict)
{
    if (verdict != last_)
        return;
    for (const std::size_t slot : added_)
        slots_[slot].hash = 0;
    count_ -= added_.size();
    added_.clear();
}

}  // namespace lienthong::workshop

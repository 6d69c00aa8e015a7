// The compact list of accepted observations: writing and reading its numbers.
#include "adapters/stores/sqlite/accepted.hpp"

#include "adapters/stores/sqlite/encoding.hpp"

#include <stdexcept>

namespace lienthong::adapters::store {
namespace {

// The lowest bit of an entry's number tells a revision (0: the rest is its zigzag distance from the one before)
// from an observation (1: the rest is the size of what follows).
void append_number(std::string& out, std::uint64_t number)
{
    for (; number >= 0x80; number >>= 7U)
        out += static_cast<char>(number | 0x80U);
    out += static_cast<char>(number);
}

[[noreturn]] void damaged()
{
    throw std::runtime_error("a list of accepted observations in the store is damaged");
}

std::uint64_t take_number(std::string_view& bytes)
{
    std::uint64_t number = 0;
    for (unsigned shift = 0; shift < 64 && !bytes.empty(); shift += 7) {
        const auto byte = static_cast<unsigned char>(bytes.front());
        bytes.remove_prefix(1);
        number |= static_cast<std::uint64_t>(byte & 0x7fU) << shift;
        if (byte < 0x80)
            return number;
    }
    damaged();
}

Observation observation_from(std::string_view bytes)
{
    TextReader reader(bytes);
    Observation out;
    for (std::string* field : {&out.key.indicator, &out.key.measure, &out.key.period, &out.key.area, &out.key.breakdown,
                               &out.key.agency, &out.value, &out.unit, &out.window, &out.source})
        *field = reader.next();
    const auto vintage = vintage_from(reader.next());
    const auto availability = availability_from(reader.next());
    if (!vintage || !availability)
        damaged();
    out.vintage = *vintage;
    out.availability = *availability;
    return out;
}

}  // namespace

void AcceptedList::add(RevisionId revision)
{
    const std::int64_t step = revision - last_;
    last_ = revision;
    const std::uint64_t zigzag = (static_cast<std::uint64_t>(step) << 1U) ^ (step < 0 ? ~std::uint64_t{0} : 0);
    append_number(bytes_, zigzag << 1U);
}

void AcceptedList::add(const Observation& observation)
{
    std::string text;
    for (const std::string* field : {&observation.key.indicator, &observation.key.measure, &observation.key.period,
                                     &observation.key.area, &observation.key.breakdown, &observation.key.agency,
                                     &observation.value, &observation.unit, &observation.window, &observation.source})
        append_text(text, *field);
    append_text(text, to_text(observation.vintage));
    append_text(text, to_text(observation.availability));
    append_number(bytes_, (static_cast<std::uint64_t>(text.size()) << 1U) | 1U);
    bytes_ += text;
}

void AcceptedList::read(std::string_view bytes, const std::function<void(RevisionId)>& revision,
                        const std::function<void(Observation)>& observation)
{
    RevisionId last = 0;
    while (!bytes.empty()) {
        const std::uint64_t number = take_number(bytes);
        if ((number & 1U) != 0) {
            if (number >> 1U > bytes.size())
                damaged();
            observation(observation_from(bytes.substr(0, number >> 1U)));
            bytes.remove_prefix(number >> 1U);
            continue;
        }
        const std::uint64_t zigzag = number >> 1U;
        last += static_cast<std::int64_t>((zigzag >> 1U) ^ (~(zigzag & 1U) + 1U));
        revision(last);
    }
}

}  // namespace lienthong::adapters::store

#include "hub/ports/outbox.hpp"

#include <array>

namespace lienthong {

std::string_view to_text(DeliveryState state)
{
    constexpr std::array<std::string_view, 6> names = {"pending",   "attempting", "unknown",
                                                       "delivered", "failed",     "ask_person"};
    return names.at(static_cast<std::size_t>(state));
}

}  // namespace lienthong

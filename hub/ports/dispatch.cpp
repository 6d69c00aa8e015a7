#include "hub/ports/dispatch.hpp"

#include <array>

namespace lienthong {

std::string_view to_text(Business business)
{
    constexpr std::array<std::string_view, 5> names = {"new", "recall", "update", "replacement", "status"};
    return names.at(static_cast<std::size_t>(business));
}

}  // namespace lienthong

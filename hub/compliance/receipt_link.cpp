#include "hub/compliance/receipt_link.hpp"

namespace lienthong::compliance {

std::string receipt_link(std::string_view base, std::string_view submission)
{
    const bool own = submission.size() > 2 && submission.starts_with("S-") &&
                     submission.find_first_not_of("0123456789", 2) == std::string_view::npos;
    if (!own)
        return {};
    while (base.ends_with('/'))
        base.remove_suffix(1);
    return std::string(base) + "/v1/submissions/" + std::string(submission);
}

}  // namespace lienthong::compliance

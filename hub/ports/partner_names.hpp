/// PartnerNames: what a partner calls a fact that a flow told it. Some tell it once, when they take the fact in, and never again.
#pragma once

#include "hub/model/result.hpp"
#include "hub/model/time.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace lienthong {

struct PartnerName
{
    std::string flow;
    std::string kind;  ///< Of the fact.
    std::string key;   ///< Of the fact.
    std::string name;
    std::string why;   ///< Empty: the partner said it in an answer to the hub; else why a person says so.
    Time at{};
};

inline constexpr std::size_t longest_partner_name = 1000;  ///< Bytes.

/// Every call is thread-safe and durable when it returns. Nothing is ever overwritten: of each fact the newest name counts.
class PartnerNames
{
public:
    virtual ~PartnerNames() = default;
    /// All of them or none; one that says what counts already adds nothing. Fails with: store.*; store.partner_name for an empty
    /// or too long one.
    [[nodiscard]] virtual Result<void> keep(const std::vector<PartnerName>& names) = 0;
    /// Names by key, of those of `keys` that have one.
    [[nodiscard]] virtual Result<std::map<std::string, std::string>> called(const std::string& flow, const std::string& kind,
                                                                            const std::vector<std::string>& keys) const = 0;
    /// What counts, of one flow, or of all where it is empty; and of one key, or of all; newest first.
    [[nodiscard]] virtual Result<std::vector<PartnerName>> names(const std::string& flow, const std::string& key,
                                                                 std::size_t limit) const = 0;
};

}  // namespace lienthong

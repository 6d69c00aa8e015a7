/// Identities: who may push, for which agencies. Only digests of tokens are kept.
#pragma once

#include "hub/model/result.hpp"
#include "hub/model/time.hpp"

#include <optional>
#include <string>
#include <vector>

namespace lienthong {

struct Identity
{
    std::string id;                     ///< Public name of the token, "T-" and 10 letters; safe to log.
    std::string secret_digest;          ///< SHA-256 hex of the secret.
    std::string sender;
    std::vector<std::string> agencies;  ///< Canonical agency codes it may speak for; "*" for all.
    std::vector<std::string> roles;     ///< "push", "pull"
    Time issued_at{};
    std::optional<Time> revoked_at{};
    std::string note;
};

/// Every call is thread-safe and durable when it returns.
class Identities
{
public:
    virtual ~Identities() = default;
    [[nodiscard]] virtual Result<void> add(const Identity& identity) = 0;
    [[nodiscard]] virtual Result<std::optional<Identity>> find(const std::string& secret_digest) const = 0;
    [[nodiscard]] virtual Result<std::vector<Identity>> all() const = 0;
    /// Fails with access.token_unknown. Revoking twice keeps the first time.
    [[nodiscard]] virtual Result<void> revoke(const std::string& id, Time at) = 0;
};

}  // namespace lienthong

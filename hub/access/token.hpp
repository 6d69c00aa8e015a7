/// Tokens: how a sender proves who it is. The secret is shown once, at issue; the hub keeps only its digest.
#pragma once

#include "hub/ports/clock.hpp"
#include "hub/ports/identities.hpp"

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::access {

struct TokenRequest
{
    std::string sender;                 ///< ^[a-z0-9]+([._-][a-z0-9]+)*$, at most 64 characters.
    std::vector<std::string> agencies;  ///< Canonical codes it may speak for; "*" for all.
    std::vector<std::string> roles;     ///< "push", "pull", "operate"
    std::string note;
};

struct IssuedToken
{
    Identity identity;
    std::string secret;  ///< "lt_" and 43 letters of base64url: 256 random bits. Shown once.
};

/// Fails with: access.bad_sender, access.bad_role, access.no_agencies, store.*.
[[nodiscard]] Result<IssuedToken> issue_token(Identities& identities, const TokenRequest& request, Time now);

/// Answers who stands behind an Authorization header. Remembers an answer for one second, so that a revoked
/// token is refused at the latest one second after it was revoked. Thread-safe.
class Gatekeeper
{
public:
    Gatekeeper(std::shared_ptr<const Identities> identities, std::shared_ptr<const Clock> clock);

    /// Fails with: access.missing (no bearer token), access.refused (unknown or revoked), access.role, store.*.
    [[nodiscard]] Result<Identity> admit(std::string_view authorization, std::string_view role);

private:
    struct Remembered
    {
        Identity identity;
        Time until{};
    };
    std::shared_ptr<const Identities> identities_;
    std::shared_ptr<const Clock> clock_;
    std::mutex mutex_;
    std::map<std::string, Remembered> remembered_;
};

}  // namespace lienthong::access

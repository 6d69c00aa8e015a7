// Issuing bearer tokens and recognising them again.
#include "hub/access/token.hpp"

#include "hub/seal/digest.hpp"

#include <sys/random.h>

#include <algorithm>
#include <stdexcept>

namespace lienthong::access {
namespace {

constexpr std::size_t secret_bytes = 32;
constexpr std::size_t most_remembered = 4096;

std::string random_bytes(std::size_t count)
{
    std::string bytes(count, '\0');
    std::size_t filled = 0;
    while (filled < count) {
        const ssize_t got = getrandom(bytes.data() + filled, count - filled, 0);
        if (got <= 0)
            throw std::runtime_error("the system gives no random bytes");
        filled += static_cast<std::size_t>(got);
    }
    return bytes;
}

std::string base64url(std::string_view bytes)
{
    std::string text = seal::to_base64(bytes);
    std::replace(text.begin(), text.end(), '+', '-');
    std::replace(text.begin(), text.end(), '/', '_');
    text.erase(std::find(text.begin(), text.end(), '='), text.end());
    return text;
}

std::string public_name()
{
    constexpr std::string_view letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    std::string name = "T-";
    for (const char byte : random_bytes(10))
        name += letters[static_cast<unsigned char>(byte) % letters.size()];
    return name;
}

bool is_sender_name(std::string_view name)
{
    if (name.empty() || name.size() > 64)
        return false;
    bool letter_before = false;
    for (const char c : name) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        const bool mark = c == '.' || c == '_' || c == '-';
        if (!letter && !(mark && letter_before))
            return false;
        letter_before = letter;
    }
    return letter_before;
}

}  // namespace

Result<IssuedToken> issue_token(Identities& identities, const TokenRequest& request, Time now)
{
    if (!is_sender_name(request.sender))
        return Problem{"access.bad_sender", "a sender's name cannot be this", "sender", shortened(request.sender, 80),
                       "lower-case letters and digits, joined by . _ or -, at most 64"};
    if (request.agencies.empty())
        return Problem{"access.no_agencies", "a token must name the agencies it may speak for", "agencies", "",
                       "at least one agency code, or * for all"};
    if (request.roles.empty())
        return Problem{"access.bad_role", "a token must have a role", "roles", "", "push, pull or operate"};
    for (const std::string& role : request.roles)
        if (role != "push" && role != "pull" && role != "operate")
            return Problem{"access.bad_role", "there is no such role", "roles", role, "push, pull or operate"};

    IssuedToken token;
    token.secret = "lt_" + base64url(random_bytes(secret_bytes));
    token.identity.id = public_name();
    token.identity.secret_digest = seal::sha256_hex(token.secret);
    token.identity.sender = request.sender;
    token.identity.agencies = request.agencies;
    token.identity.roles = request.roles;
    token.identity.issued_at = now;
    token.identity.note = request.note;
    if (const auto added = identities.add(token.identity); !added.ok())
        return added.problem();
    return token;
}

Gatekeeper::Gatekeeper(std::shared_ptr<const Identities> identities, std::shared_ptr<const Clock> clock)
    : identities_(std::move(identities)), clock_(std::move(clock))
{
}

Result<Identity> Gatekeeper::admit(std::string_view authorization, std::string_view role)
{
    constexpr std::string_view scheme = "Bearer ";
    if (authorization.substr(0, scheme.size()) != scheme)
        return Problem{"access.missing", "the request carries no bearer token", "Authorization", "", "Authorization: Bearer <token>"};
    const std::string digest = seal::sha256_hex(authorization.substr(scheme.size()));
    const Time now = clock_->now();

    Identity identity;
    bool known = false;
    {
        std::lock_guard lock(mutex_);
        const auto it = remembered_.find(digest);
        if (it != remembered_.end() && now < it->second.until) {
            identity = it->second.identity;
            known = true;
        }
    }
    if (!known) {
        const auto found = identities_->find(digest);
        if (!found.ok())
            return found.problem();
        if (!found->has_value() || (*found)->revoked_at)
            return Problem{"access.refused", "the token is unknown or revoked", "Authorization", "", "a token that is in force"};
        identity = **found;
        std::lock_guard lock(mutex_);
        if (remembered_.size() >= most_remembered)
            remembered_.clear();
        remembered_[digest] = Remembered{identity, now + std::chrono::seconds(1)};
    }
    if (std::find(identity.roles.begin(), identity.roles.end(), role) == identity.roles.end())
        return Problem{"access.role", "the token has not the role this needs", "Authorization", identity.id, "a token with the role " + std::string(role)};
    return identity;
}

}  // namespace lienthong::access

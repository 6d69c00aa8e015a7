/// Mail call: what a request for a mailbox asks, read from address and headers.
#pragma once

#include "hub/model/result.hpp"
#include "hub/ports/transport.hpp"

#include <cstdint>
#include <string>

namespace lienthong::adapters {

struct MailCall
{
    enum class Verb : unsigned char { list, read, remove };

    Verb verb = Verb::list;
    std::string host;
    std::uint16_t port = 995;
    std::string user, password;
    std::string uid;  ///< Empty for a listing.
};

/// Whether a mailbox may give this as a mail's unique id: 1 to 70 printable characters of ASCII (RFC 1939, section 7).
[[nodiscard]] bool is_uid(std::string_view text);

/// Fails with: transport.bad_request; nothing of a password is ever in it.
[[nodiscard]] Result<MailCall> read_mail_call(const HttpRequest& request);

}  // namespace lienthong::adapters

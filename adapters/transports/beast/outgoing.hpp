/// A request taken apart and checked, ready to be sent. Part of the files that compile Beast.
#pragma once

#include "hub/ports/transport.hpp"

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>

#include <string>

namespace lienthong::adapters {

struct Outgoing
{
    bool tls = true;
    std::string host;  ///< Name or address, without brackets.
    std::string port;
    Reach reach;
    std::string where;  ///< "GET https://host:port", for messages: a path may hold secrets.
    boost::beast::http::request<boost::beast::http::string_body> message;

    /// "host:port" in lower case, an IPv6 address in brackets: as Reach::hosts writes it.
    [[nodiscard]] std::string source() const;
    /// What was judged under one rule is not used under another.
    [[nodiscard]] std::string pool_key() const
    {
        return (tls ? "https://" : "http://") + source() + (reach.private_networks ? "" : "|public");
    }
};

/// Fails with: transport.bad_request. Takes the body out of `request`.
[[nodiscard]] Result<Outgoing> outgoing(HttpRequest& request, bool plain_http);

}  // namespace lienthong::adapters

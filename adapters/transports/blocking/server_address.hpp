/// Server address: the words in which requests for servers other than web servers name a place and an account.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace lienthong::adapters {

struct HostAndPort
{
    std::string host;  ///< Not empty; an IPv6 address without its brackets.
    std::string port;  ///< One to five digits, or empty where none is named.
};

/// Reads what stands between "://" and the path (RFC 3986, section 3.2, without user information); nothing when it is no such
/// thing. Thread-safe.
[[nodiscard]] std::optional<HostAndPort> read_host_and_port(std::string_view authority);

struct Login
{
    std::string user, password;
};

/// Reads a header Authorization: Basic (RFC 7617); nothing when it is another, or hides a NUL. Thread-safe.
[[nodiscard]] std::optional<Login> read_basic_login(std::string_view authorization);

}  // namespace lienthong::adapters

/// Part: how a piece of a request is computed. The plugin says how; the host computes once, with secrets the
/// plugin never sees, refuses CR and LF in headers, and never logs the outcome.
///
///   concat({literal("Basic "), base64(concat({secret("consumer_key"), literal(":"), secret("consumer_secret")}))})
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lienthong::sdk {

enum class PartKind : std::uint8_t {
    literal,      ///< text
    secret,       ///< the secret setting named text
    credential,   ///< the credential named text, acquired and cached by the host
    earlier,      ///< the named part text, computed before
    concat,       ///< all arguments in order
    base64,       ///< of argument 0
    hex,          ///< lower case, of argument 0
    vxp_hex,      ///< hex without zero padding, byte by byte, as the VXP reference client renders SHA-256
    form_url,     ///< application/x-www-form-urlencoded, of argument 0
    json_string,  ///< quoted JSON string, of argument 0
    sha256,       ///< 32 raw bytes, of argument 0
    hmac_sha256,  ///< 32 raw bytes: argument 0 is the key, argument 1 the message
};

struct Part
{
    PartKind kind = PartKind::literal;
    std::string text;
    std::vector<Part> arguments;

    friend bool operator==(const Part&, const Part&) = default;
};

inline Part make_part(PartKind kind, std::string text, std::vector<Part> arguments = {})
{
    Part part;
    part.kind = kind;
    part.text = std::move(text);
    part.arguments = std::move(arguments);
    return part;
}

inline Part literal(std::string text)
{
    return make_part(PartKind::literal, std::move(text));
}
inline Part secret(std::string name)
{
    return make_part(PartKind::secret, std::move(name));
}
inline Part credential(std::string name)
{
    return make_part(PartKind::credential, std::move(name));
}
inline Part earlier(std::string name)
{
    return make_part(PartKind::earlier, std::move(name));
}
inline Part concat(std::vector<Part> parts)
{
    return make_part(PartKind::concat, {}, std::move(parts));
}
inline Part base64(Part of)
{
    return make_part(PartKind::base64, {}, {std::move(of)});
}
inline Part hex(Part of)
{
    return make_part(PartKind::hex, {}, {std::move(of)});
}
inline Part vxp_hex(Part of)
{
    return make_part(PartKind::vxp_hex, {}, {std::move(of)});
}
inline Part form_url(Part of)
{
    return make_part(PartKind::form_url, {}, {std::move(of)});
}
inline Part json_string(Part of)
{
    return make_part(PartKind::json_string, {}, {std::move(of)});
}
inline Part sha256(Part of)
{
    return make_part(PartKind::sha256, {}, {std::move(of)});
}
inline Part hmac_sha256(Part key, Part message)
{
    return make_part(PartKind::hmac_sha256, {}, {std::move(key), std::move(message)});
}

}  // namespace lienthong::sdk

// The framing gate: one pass over the lines, one table of reasons.
#include "hub/http/gate.hpp"

#include "hub/http/refusals.hpp"
#include "hub/http/request_target.hpp"

#include <algorithm>
#include <array>

namespace lienthong::http {
namespace {

constexpr std::array<std::string_view, 7> methods = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};

/// Fields whose second occurrence could be read instead of the first.
constexpr std::array<std::string_view, 4> singular = {"authorization", "content-type", "idempotency-key", "expect"};

constexpr std::size_t npos = std::string_view::npos;

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

bool same_any_case(std::string_view text, std::string_view lower_case)
{
    return text.size() == lower_case.size() &&
           std::equal(text.begin(), text.end(), lower_case.begin(), [](char a, char b) { return lower(a) == b; });
}

/// RFC 9110 §5.6.2.
bool is_token(std::string_view text)
{
    constexpr std::string_view extra = "!#$%&'*+-.^_`|~";
    return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
        return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z') || extra.find(c) != npos;
    });
}

bool is_control(char c)
{
    return (static_cast<unsigned char>(c) < 0x20U && c != '\t') || c == 0x7F;
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

bool all_digits(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// The name without port and brackets kept; empty when the form is wrong.
std::string_view host_name(std::string_view host)
{
    const bool bracketed = host.starts_with('[');
    const std::size_t end = bracketed ? host.find(']') : host.find(':');
    if (bracketed && end == npos)
        return {};
    const std::size_t name_end = bracketed ? end + 1 : std::min(end, host.size());
    const std::string_view rest = host.substr(name_end);
    if (rest.empty())
        return host.substr(0, name_end);
    const bool port = rest[0] == ':' && rest.size() > 1 && rest.size() <= 6 && all_digits(rest.substr(1));
    return port ? host.substr(0, name_end) : std::string_view{};
}

/// Counts and judges the fields of one header.
class Fields
{
public:
    explicit Fields(const GateRules& rules) : rules_(rules) {}

    const Refusal* take(std::string_view line)
    {
        if (line.starts_with(' ') || line.starts_with('\t'))
            return &refusals::obs_fold;
        if (++count_ > rules_.header_fields)
            return &refusals::too_many_fields;
        const std::size_t colon = line.find(':');
        if (colon == npos || !is_token(line.substr(0, colon)))
            return &refusals::field_name;
        const std::string_view value = trimmed(line.substr(colon + 1));
        if (std::any_of(value.begin(), value.end(), is_control))
            return &refusals::field_value;
        return one(line.substr(0, colon), value);
    }

    const Refusal* together(bool http_1_0) const
    {
        if (hosts_ == 0)
            return &refusals::host_missing;
        if (encodings_ != 0 && lengths_ != 0)
            return &refusals::length_and_encoding;
        if (encodings_ != 0 && http_1_0)
            return &refusals::encoding_version;
        return nullptr;
    }

private:
    const Refusal* one(std::string_view name, std::string_view value)
    {
        if (same_any_case(name, "host"))
            return host(value);
        if (same_any_case(name, "content-length"))
            return length(value);
        if (same_any_case(name, "transfer-encoding"))
            return encoding(value);
        if (same_any_case(name, "upgrade") || same_any_case(name, "http2-settings"))
            return &refusals::upgrade;
        if (same_any_case(name, "trailer"))
            return &refusals::trailer;
        if (same_any_case(name, "expect") && !same_any_case(value, "100-continue"))
            return &refusals::expectation;
        for (std::size_t i = 0; i < singular.size(); ++i) {
            if (!same_any_case(name, singular[i]))
                continue;
            if (seen_[i])
                return &refusals::repeated_field;
            seen_[i] = true;
        }
        return nullptr;
    }

    const Refusal* host(std::string_view value)
    {
        if (++hosts_ > 1)
            return &refusals::host_twice;
        const std::string_view name = host_name(value);
        const bool known = std::any_of(rules_.hosts.begin(), rules_.hosts.end(),
                                       [&](const std::string& allowed) { return same_any_case(name, allowed); });
        return !name.empty() && known ? nullptr : &refusals::host_unknown;
    }

    const Refusal* length(std::string_view value)
    {
        if (++lengths_ > 1)
            return &refusals::length_twice;
        return !value.empty() && value.size() <= 15 && all_digits(value) ? nullptr : &refusals::length_form;
    }

    const Refusal* encoding(std::string_view value)
    {
        if (++encodings_ > 1)
            return &refusals::encoding_twice;
        return same_any_case(value, "chunked") ? nullptr : &refusals::encoding_form;
    }

    const GateRules& rules_;
    std::size_t count_ = 0;
    std::size_t hosts_ = 0;
    std::size_t lengths_ = 0;
    std::size_t encodings_ = 0;
    std::array<bool, singular.size()> seen_{};
};

const Refusal* judge_request_line(std::string_view line, bool& http_1_0)
{
    const std::size_t first = line.find(' ');
    const std::size_t last = line.rfind(' ');
    if (first == npos || first == last || line.find(' ', first + 1) != last)
        return &refusals::request_line;
    const std::string_view version = line.substr(last + 1);
    if (!is_token(line.substr(0, first)))
        return &refusals::request_line;
    if (!version.starts_with("HTTP/"))
        return &refusals::request_line;
    if (version != "HTTP/1.1" && version != "HTTP/1.0")
        return &refusals::version;
    http_1_0 = version == "HTTP/1.0";
    if (std::find(methods.begin(), methods.end(), line.substr(0, first)) == methods.end())
        return &refusals::method;
    return judge_target(line.substr(first + 1, last - first - 1));
}

}  // namespace

std::size_t header_length(std::string_view bytes)
{
    for (std::size_t at = bytes.find('\n'); at != npos; at = bytes.find('\n', at + 1)) {
        if (at == 0 || (at == 1 && bytes[0] == '\r'))
            return at + 1;
        const std::string_view after = bytes.substr(at + 1);
        if (after.starts_with('\n'))
            return at + 2;
        if (after.starts_with("\r\n"))
            return at + 3;
    }
    return 0;
}

const Refusal* judge_header(std::string_view header, const GateRules& rules)
{
    if (header.size() > rules.header_bytes)
        return &refusals::header_too_large;
    if (header.find('\0') != npos)
        return &refusals::control_byte;
    Fields fields(rules);
    bool http_1_0 = false;
    bool first = true;
    while (!header.empty()) {
        const std::size_t end = header.find('\n');
        if (end == npos || end == 0 || header[end - 1] != '\r' || header.substr(0, end - 1).find('\r') != npos)
            return &refusals::line_ending;
        const std::string_view line = header.substr(0, end - 1);
        header.remove_prefix(end + 1);
        if (line.empty())
            return first || !header.empty() ? &refusals::request_line : fields.together(http_1_0);
        if (const Refusal* no = first ? judge_request_line(line, http_1_0) : fields.take(line))
            return no;
        first = false;
    }
    return &refusals::line_ending;
}

}  // namespace lienthong::http

#include "hub/flow/redaction.hpp"

#include "hub/model/json_text.hpp"
#include "hub/seal/digest.hpp"

#include <algorithm>

namespace lienthong::flow {
namespace {

std::string hex(std::string_view bytes, std::string_view digits)
{
    std::string out;
    for (const char c : bytes) {
        out += digits[static_cast<unsigned char>(c) >> 4U];
        out += digits[static_cast<unsigned char>(c) & 15U];
    }
    return out;
}

/// Percent-encoded but for RFC 3986's unreserved characters, as most libraries do it; a blank as `blank`.
std::string percent(std::string_view bytes, std::string_view digits, std::string_view blank)
{
    std::string out;
    for (const char c : bytes) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
        if (plain)
            out += c;
        else if (c == ' ')
            out += blank;
        else
            out += '%' + hex(std::string_view(&c, 1), digits);
    }
    return out;
}

/// What every Base64 text shares that holds `bytes` behind `shift` others, modulo 3.
std::string base64_inside(std::string_view bytes, std::size_t shift)
{
    const std::string text = seal::to_base64(std::string(shift, 'x') + std::string(bytes));
    // A character stands for 6 bits; those that also depend on a neighbour are left out at both ends.
    const std::size_t from = (shift * 8 + 5) / 6;
    const std::size_t end = (shift + bytes.size()) * 8 / 6;
    return end > from ? text.substr(from, end - from) : std::string();
}

}  // namespace

void Redaction::add(std::string_view secret)
{
    if (secret.size() < least_bytes)
        return;
    constexpr std::string_view lower = "0123456789abcdef", upper = "0123456789ABCDEF";
    std::vector<std::string> forms = {std::string(secret),           hex(secret, lower),          hex(secret, upper),
                                      percent(secret, upper, "%20"), percent(secret, lower, "%20"), percent(secret, upper, "+")};
    const std::string quoted = json_string(secret);
    const std::string_view in_json = std::string_view(quoted).substr(1, quoted.size() - 2);
    forms.emplace_back(in_json);
    // A header such as lgspaccesstoken is the Base64 of JSON.
    for (const std::string_view inside : {secret, in_json})
        for (std::size_t shift = 0; shift < 3; ++shift) {
            forms.push_back(base64_inside(inside, shift));
            std::string for_urls = forms.back();
            std::replace(for_urls.begin(), for_urls.end(), '+', '-');
            std::replace(for_urls.begin(), for_urls.end(), '/', '_');
            forms.push_back(std::move(for_urls));
        }
    for (std::string& form : forms)
        if (form.size() >= least_bytes && std::find(forms_.begin(), forms_.end(), form) == forms_.end())
            forms_.push_back(std::move(form));
    std::stable_sort(forms_.begin(), forms_.end(), [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
}

std::string Redaction::clean(std::string text) const
{
    constexpr std::string_view mark = "…";
    for (const std::string& form : forms_)
        for (std::size_t at = text.find(form); at != std::string::npos; at = text.find(form, at + mark.size()))
            text.replace(at, form.size(), mark);
    // Whoever quotes may have cut in the middle of a secret, and marked the cut.
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + mark.size()))
        for (const std::string& form : forms_)
            for (std::size_t length = form.size() - 1; length >= least_bytes && at >= least_bytes; --length)
                if (at >= length && text.compare(at - length, length, form, 0, length) == 0) {
                    text.erase(at - length, length);
                    at -= length;
                    break;
                }
    return text;
}

void Redaction::clean(sdk::Step& step) const
{
    if (step.failure) {
        step.failure->code = clean(std::move(step.failure->code));
        step.failure->detail = clean(std::move(step.failure->detail));
    }
    for (sdk::SetAside& item : step.set_aside)
        item.why = clean(std::move(item.why));
    if (step.delivery) {
        step.delivery->detail = clean(std::move(step.delivery->detail));
        step.delivery->receipt = clean(std::move(step.delivery->receipt));
    }
}

}  // namespace lienthong::flow

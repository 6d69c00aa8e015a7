#include "hub/model/mail.hpp"

#include <algorithm>

namespace lienthong {
namespace {

constexpr std::size_t longest_address = 254;
constexpr std::string_view local_signs = ".!#$%&'*+/=?^_`{|}~-";

bool letter_or_digit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool dotted(std::string_view text)
{
    return !text.empty() && text.front() != '.' && text.back() != '.' && text.find("..") == std::string_view::npos;
}

}  // namespace

bool is_mail_address(std::string_view text)
{
    const std::size_t at = text.find('@');
    if (at == std::string_view::npos || text.size() > longest_address)
        return false;
    const std::string_view local = text.substr(0, at), host = text.substr(at + 1);
    return dotted(local) && dotted(host) && host.front() != '-' && host.back() != '-' &&
           std::all_of(local.begin(), local.end(),
                       [](char c) { return letter_or_digit(c) || local_signs.find(c) != std::string_view::npos; }) &&
           std::all_of(host.begin(), host.end(), [](char c) { return letter_or_digit(c) || c == '.' || c == '-'; });
}

}  // namespace lienthong

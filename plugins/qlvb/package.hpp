/// What a package's media type says of it, so that nobody has to open it: who gets it, and what its document is called.
///
///   application/edxml+xml; messagetype=edoc; to="G22.99 H52.14"; notation="145/BC-UBND"; date=2025/11/20; before="0 1"
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace qlvb {

struct Package
{
    std::string message_type;  ///< "edoc", "status"
    std::vector<std::string> to;
    std::string notation;  ///< Number and notation as people write them, "145/BC-UBND".
    std::string date;      ///< yyyy/MM/dd of the document.
    /// How many packages of this kind and notation each of `to` got before, in its order: a document, its recall, what was told of it.
    std::vector<std::string> before;
};

/// The value of a parameter of a media type (RFC 9110 §8.3.1); empty when it is not there. Values hold no backslash.
inline std::string parameter_of(std::string_view media_type, std::string_view name)
{
    std::size_t at = media_type.find(';');
    while (at != std::string_view::npos) {
        std::string_view rest = media_type.substr(at + 1);
        rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
        const std::size_t equals = rest.find('=');
        if (equals == std::string_view::npos)
            return {};
        std::string_view value = rest.substr(equals + 1);
        const bool quoted = !value.empty() && value.front() == '"';
        if (quoted)
            value.remove_prefix(1);
        const std::size_t end = std::min(value.find(quoted ? '"' : ';'), value.size());
        if (rest.substr(0, equals) == name)
            return std::string(value.substr(0, end));
        const auto behind = static_cast<std::size_t>(value.data() + end - media_type.data());
        at = media_type.find(';', behind);
    }
    return {};
}

inline std::vector<std::string> words_of(std::string_view text)
{
    std::vector<std::string> out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        if (end > at)
            out.emplace_back(text.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

/// Nothing when it does not say to whom it goes, or names somebody in a way no header can carry.
inline std::optional<Package> package_of(std::string_view media_type)
{
    const std::string to = parameter_of(media_type, "to");
    Package package{parameter_of(media_type, "messagetype"), words_of(to), parameter_of(media_type, "notation"),
                    parameter_of(media_type, "date"), words_of(parameter_of(media_type, "before"))};
    package.before.resize(package.to.size(), "0");
    const bool plain = std::all_of(to.begin(), to.end(), [](unsigned char c) { return c >= 0x20U && c < 0x7FU && c != '"' && c != '\\'; });
    if (package.to.empty() || !plain || (package.message_type != "edoc" && package.message_type != "status"))
        return std::nullopt;
    return package;
}

/// ["G22.99","H52.14"], as compact as the reference client writes it.
inline std::string json_list(const std::vector<std::string>& codes)
{
    std::string out = "[";
    for (const std::string& code : codes)
        out += (out.size() > 1 ? ",\"" : "\"") + code + '"';
    return out + ']';
}

}  // namespace qlvb

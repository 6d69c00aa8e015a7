// Looks for tags and nothing else; what it cuts out is read by the strict reader.
#include "adapters/formats/edxml/header_format.hpp"

#include "adapters/formats/edxml/edxml_format.hpp"

#include <vector>

namespace lienthong::adapters {
namespace {

std::string_view local_name(std::string_view name)
{
    const std::size_t colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

}  // namespace

std::string header_alone(std::string_view package)
{
    constexpr std::size_t most_open = 64;
    std::vector<std::string_view> open;
    for (std::size_t at = package.find('<'); at != std::string_view::npos; at = package.find('<', at + 1)) {
        const std::size_t end = package.find('>', at);
        if (end == std::string_view::npos || open.size() > most_open)
            return {};
        std::string_view tag = package.substr(at + 1, end - at - 1);
        if (tag.empty() || tag.front() == '?' || tag.front() == '!')
            continue;
        const bool closes = tag.front() == '/';
        tag.remove_prefix(closes ? 1 : 0);
        const bool is_empty = !tag.empty() && tag.back() == '/';
        const std::string_view name = tag.substr(0, tag.find_first_of(" \t\r\n/"));
        if (!closes && !is_empty)
            open.push_back(name);
        if (!closes)
            continue;
        if (open.empty() || open.back() != name)
            return {};
        open.pop_back();
        if (local_name(name) != "MessageHeader")
            continue;
        std::string out(package.substr(0, end + 1));
        for (; !open.empty(); open.pop_back())
            out.append("</").append(open.back()) += '>';
        return out;
    }
    return {};
}

Result<Tree> EdxmlHeaderFormat::read(std::string_view bytes, const Layout& layout, const FormatLimits& limits) const
{
    const std::string header = header_alone(bytes);
    if (header.empty())
        return Problem{"format.edxml.no_header",
                       "the package has no whole MessageHeader",
                       "1:1",
                       {},
                       "an edXML package of QCVN 102:2016/BTTTT",
                       {}};
    return EdxmlFormat().read(header, layout, limits);
}

}  // namespace lienthong::adapters

// Looks at an attachment's bytes before anybody believes its name.
#include "adapters/formats/edxml/attachment.hpp"

#include "adapters/formats/place/place.hpp"
#include "adapters/formats/zip/zip_reader.hpp"

#include <algorithm>
#include <utility>

namespace lienthong::adapters {
namespace {

constexpr std::string_view zip_file = "PK\x03\x04", book_part = "xl/workbook.xml", any_ending = ".unk";

std::string ending_of(std::string_view name)
{
    const std::size_t dot = name.rfind('.');
    std::string out(dot == std::string_view::npos ? std::string_view{} : name.substr(dot));
    std::transform(out.begin(), out.end(), out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

ZipLimits of_wrappers()
{
    ZipLimits limits;
    limits.archives = true;
    return limits;
}

/// The name of the one entry that is the attachment itself; empty when the archive is no wrapper.
std::string_view wrapped_entry(const ZipReader& archive, std::string_view ending)
{
    const std::vector<std::string_view> names = archive.names();
    if (names.size() != 1)
        return {};
    const std::string inner = ending_of(names.front());
    return inner == ending || inner == any_ending ? names.front() : std::string_view{};
}

}  // namespace

Result<Attachment> attachment_of(std::string bytes, std::string_view name, bool declared_as_xml)
{
    const std::string ending = ending_of(name);
    Attachment out{.bytes = std::move(bytes)};
    const bool promised = declared_as_xml || ending == ".xml";
    if (ending != ".zip" && out.bytes.starts_with(zip_file)) {
        const auto archive = ZipReader::open(out.bytes, of_wrappers());
        if (!archive && promised)
            return archive.problem();
        if (archive)
            if (const std::string_view entry = wrapped_entry(*archive, ending); !entry.empty()) {
                auto inside = archive->read(entry);
                if (!inside)
                    return inside.problem();
                out.bytes = *std::move(inside);
                out.unwrapped = true;
            }
    }
    const bool packed = out.bytes.starts_with(zip_file);
    if (promised) {
        out.kind = AttachmentKind::xml;
    } else if (packed) {
        const auto archive = ZipReader::open(out.bytes);
        if (ending == ".xlsx" || (archive && archive->has(book_part)))
            out.kind = AttachmentKind::workbook;
    } else {
        const std::string_view text = without_mark(out.bytes);
        const std::size_t start = text.find_first_not_of(" \t\r\n");
        if (start != std::string_view::npos && text[start] == '<')
            out.kind = AttachmentKind::perhaps_xml;
    }
    return out;
}

}  // namespace lienthong::adapters

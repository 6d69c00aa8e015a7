/// XML parts of a workbook as events: the pre-scan of adapters/formats/xml first, then libxml2 pushed piece by piece.
#pragma once

#include "hub/model/result.hpp"

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace lienthong::adapters {

/// Attributes of one element, by local name; views end with the event.
class XmlAttributes
{
public:
    [[nodiscard]] std::string_view of(std::string_view name) const;
    /// Of a namespace, such as r:id.
    [[nodiscard]] std::string_view foreign(std::string_view name) const;

    struct One
    {
        std::string_view name, value;
        bool is_foreign = false;
    };
    std::vector<One> all;
};

/// Told what stands in a part. What opened() or closed() returns ends the reading.
class XmlReader
{
public:
    XmlReader() = default;
    virtual ~XmlReader() = default;
    XmlReader(const XmlReader&) = delete;
    XmlReader& operator=(const XmlReader&) = delete;
    [[nodiscard]] virtual std::optional<Problem> opened(std::string_view name, const XmlAttributes& attributes) = 0;
    [[nodiscard]] virtual std::optional<Problem> closed(std::string_view name) = 0;
    virtual void characters(std::string_view text) = 0;
};

/// Fails with the codes of XmlFormat, place "<part>:line:column", and with what the reader returned. Time is linear in the size.
[[nodiscard]] Result<void> read_xml(std::string_view part, std::string_view bytes, XmlReader& reader);

/// The numbers of attributes: digits alone, at most nine of them.
[[nodiscard]] std::optional<std::uint32_t> whole_number(std::string_view text);
/// "1", "true" and "on".
[[nodiscard]] bool is_set(std::string_view text);

}  // namespace lienthong::adapters

/// The header of an edXML package that cannot be read as a whole, so that its sender can be told.
#pragma once

#include "hub/ports/format.hpp"

#include <string>
#include <string_view>

namespace lienthong::adapters {

/// Everything up to the end of MessageHeader, with what is open there closed; nothing where it does not come to that end. Read
/// strictly afterwards: what is wrong inside of it stays wrong.
[[nodiscard]] std::string header_alone(std::string_view package);

/// Format "edxml-header": "edxml" of header_alone(). Thread-safe. Fails with: what "edxml" fails with, format.edxml.no_header.
class EdxmlHeaderFormat final : public Format
{
public:
    [[nodiscard]] std::string_view name() const override { return "edxml-header"; }
    using Format::read;
    [[nodiscard]] Result<Tree> read(std::string_view bytes, const Layout& layout, const FormatLimits& limits) const override;
};

}  // namespace lienthong::adapters

/// Format: turns foreign bytes into a Tree. Implemented in adapters/formats; runs only in worker processes.
#pragma once

#include "hub/model/layout.hpp"
#include "hub/model/result.hpp"
#include "hub/model/tree.hpp"

#include <cstddef>
#include <string_view>

namespace lienthong {

struct FormatLimits
{
    std::size_t bytes = 10 * 1024 * 1024;
    std::size_t depth = 64;
    std::size_t nodes = 2'000'000;
    std::size_t attributes = 128;        ///< Per XML element.
    std::size_t number_digits = 64;      ///< Longest number, in characters.
};

class Format
{
public:
    virtual ~Format() = default;
    /// Names as mappings write them: "json", "xml".
    [[nodiscard]] virtual std::string_view name() const = 0;
    /// Reads a whole document. The bytes need not outlive the call. `layout` is for formats of rows; others do not look at it.
    /// Fails with: format.* codes; place is "line:column" in the document. Thread-safe.
    [[nodiscard]] virtual Result<Tree> read(std::string_view bytes, const Layout& layout, const FormatLimits& limits) const = 0;
    [[nodiscard]] Result<Tree> read(std::string_view bytes, const FormatLimits& limits) const { return read(bytes, Layout{}, limits); }
};

}  // namespace lienthong

/// TableWriter: makes a file for spreadsheets of sheets of typed cells.
#pragma once

#include "hub/model/result.hpp"
#include "hub/model/table.hpp"

#include <span>
#include <string>
#include <string_view>

namespace lienthong {

class TableWriter
{
public:
    virtual ~TableWriter() = default;
    /// The file's bytes. Thread-safe. Fails with: tables.unwritable.
    [[nodiscard]] virtual Result<std::string> write(std::span<const TableSheet> sheets) const = 0;
    /// "application/…", for an answer over HTTP.
    [[nodiscard]] virtual std::string_view media_type() const = 0;
};

}  // namespace lienthong

/// One file's rows as they are to be, while an import adds to them. Inner part of import.
#pragma once

#include "hub/catalogue/table.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::catalogue {

/// One thread at a time.
class ImportSheet
{
public:
    using Values = std::map<std::string, std::string, std::less<>>;  ///< By column; what is not there is empty.

    /// With the rows of the file as it is. `form` outlives it.
    ImportSheet(const Table& table, const FileForm& form);

    /// The row of a key, or null; until the next add().
    [[nodiscard]] Values* find(const std::string& key);
    void add(Values values);
    /// As key_of() of a table.
    [[nodiscard]] std::string key_of(const Values& values) const;
    /// CSV of all rows, in any order. Optional columns the file had not and nobody fills stay away.
    [[nodiscard]] std::string text() const;

    [[nodiscard]] static const std::string& value(const Values& row, std::string_view column);

private:
    const FileForm& form_;
    std::vector<std::string> kept_;  ///< Columns the file has.
    std::vector<Values> rows_;
    std::map<std::string, std::size_t, std::less<>> by_key_;
};

}  // namespace lienthong::catalogue

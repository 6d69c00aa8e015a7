/// What offices write over their columns and into their cells, and what of the catalogue it means: data, from headings.csv and
/// cell_words.csv, so that another province's words are added without a line of code.
///
/// Read once, then never changed; thread-safe.
#pragma once

#include "hub/catalogue/files.hpp"
#include "hub/model/problem.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::catalogue {

/// The column of a row's number in its list ("1.1", "a)", "II"); no column of the catalogue, but codes are made of it.
inline constexpr std::string_view numbering_column = "numbering";
/// What is known to carry nothing for the catalogue.
inline constexpr std::string_view no_column = "-";

/// A heading as it is compared: case, blanks, line breaks, place of the tone mark and a mark at its end do not matter.
[[nodiscard]] std::string heading_key(std::string_view heading);

class Headings
{
public:
    /// From headings.csv and, where it is there, cell_words.csv of the folder. Adds a problem for each fault.
    Headings(const std::string& directory, std::vector<Problem>& problems);

    /// The column a heading stands for: one of the form's own columns, `numbering`, `-`, or nothing. The columns' names are
    /// known without being listed.
    [[nodiscard]] std::optional<std::string> column(const FileForm& form, std::string_view heading) const;
    /// All headings of a table, for showing what is near.
    [[nodiscard]] std::vector<std::string> known(const FileForm& form) const;

    /// Whether the words of a column are listed.
    [[nodiscard]] bool has_words(const FileForm& form, std::string_view column) const;
    /// What words in a cell mean: a value listed, or one that is meant by its own name.
    [[nodiscard]] std::optional<std::string> value(const FileForm& form, std::string_view column, std::string_view words) const;
    /// All words of a column.
    [[nodiscard]] std::vector<std::string> words(const FileForm& form, std::string_view column) const;

private:
    struct Entry
    {
        std::string written, meaning;
    };
    using Entries = std::map<std::string, Entry, std::less<>>;  ///< By key.

    [[nodiscard]] const Entries* words_of(const FileForm& form, std::string_view column) const;

    std::map<std::string, Entries, std::less<>> headings_;  ///< By table.
    std::map<std::string, Entries, std::less<>> words_;     ///< By "table column".
};

/// The name of a table: "indicators" of indicators.csv.
[[nodiscard]] std::string_view table_name(const FileForm& form);
/// The form of a table by its name or its file's; null where it is none.
[[nodiscard]] const FileForm* form_of_table(std::string_view table);

}  // namespace lienthong::catalogue

/// The files of a catalogue: their columns in the order mappings/catalogue/README.md gives, how their rows are sorted,
/// what makes two rows the same one, and which cells hold the meaning of a code.
///
/// Held as data, so that loading, exporting and comparing agree. Thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::catalogue {

/// Whether a catalogue may lack a file; one that does has no rows of it.
enum class Presence : std::uint8_t { required, optional };

struct SortColumn
{
    std::string name;
    bool number = false;  ///< Compared as a whole number, not as text.
    std::string first{};  ///< The word that stands before all others: the owner, the total.
};

struct FileForm
{
    std::string name;  ///< "indicators.csv"
    Presence presence = Presence::required;
    std::vector<std::string> columns;
    std::vector<std::string> optional;  ///< Those of `columns` a file may lack.
    std::vector<SortColumn> sorted_by;
    std::vector<std::string> key;  ///< Two catalogues mean the same row by these.
    /// Cells that say what a code means. A code never changes meaning (Decision 228/QĐ-UBND, Article 6(2)). Of `unit` it is
    /// the dimension that counts; of names, that they are the same but for case, blanks and place of the tone mark.
    std::vector<std::string> meaning;
};

/// All files, by name.
[[nodiscard]] const std::vector<FileForm>& file_forms();

/// One of them; std::out_of_range for a name that is none is our own broken promise.
[[nodiscard]] const FileForm& file_form(std::string_view name);

}  // namespace lienthong::catalogue

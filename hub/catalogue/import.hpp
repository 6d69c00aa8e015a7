/// Import: a table as a province has it, made into rows of one of the catalogue's files; shown first, written when asked.
///
/// The next state of the folder is built aside, loaded with every check and compared with what is there; a code whose meaning
/// would change is refused (Decision 228/QĐ-UBND, Article 6(2)). Only then files are replaced, each whole. Imports of one
/// folder at a time; others wait for none and are refused.
#pragma once

#include "hub/catalogue/diff.hpp"
#include "hub/catalogue/import_rows.hpp"
#include "hub/catalogue/import_source.hpp"

#include <functional>
#include <string>
#include <vector>

namespace lienthong::catalogue {

struct ImportRequest
{
    std::string file;               ///< The table to read; places begin with it as given.
    std::optional<std::vector<SourceSheet>> sheets{};  ///< What is in the file, where it is a workbook; else it is read as text.
    std::string sheet{};                               ///< The one to read; may be empty where only one has a header.
    std::string table;              ///< "indicators"
    std::string catalogue;          ///< The folder the rows are to join; may be new.
    std::string headings;           ///< The folder of headings.csv.
    std::optional<char> separator;  ///< Recognised where it is not declared.
    ImportTerms terms;
    bool write = false;
};

enum class RowState : std::uint8_t { added, changed, equal };
[[nodiscard]] std::string_view to_text(RowState state);

/// What becomes of one row of the source.
struct ImportedRow
{
    std::string key;    ///< "A_I_1 from 2025-01-01"
    std::string place;  ///< "file:line" in the source.
    RowState state = RowState::equal;
    std::vector<CellChange> cells;  ///< What changes; of an added row its cells that are not empty.
};

struct Import
{
    std::string separator;     ///< "comma", "semicolon" or "tab"; empty of a workbook.
    std::string sheet;         ///< Of a workbook.
    unsigned header_line = 0;  ///< In the source.
    std::vector<MatchedHeading> headings;
    std::vector<ImportedRow> rows;     ///< In the order of the source.
    std::vector<FileDiff> files;       ///< Every file of the folder that differs, also those added to with the rows.
    std::vector<std::string> created;  ///< Files a new folder gets.
    std::vector<Problem> notes, findings;
    std::vector<Problem> problems;            ///< Any: nothing is written.
    std::string digest_before, digest_after;  ///< Of the catalogue; before is empty for a new folder.
    bool written = false;

    [[nodiscard]] std::size_t count(RowState state) const;
};

/// `sha256_hex` as for Catalogue::load. Every problem that can be found at once is told at once.
[[nodiscard]] Import import_table(const ImportRequest& request, const std::function<std::string(std::string_view)>& sha256_hex);

}  // namespace lienthong::catalogue

/// Diff: what differs between two catalogues, row by row and cell by cell.
#pragma once

#include "hub/model/problem.hpp"

#include <map>
#include <string>
#include <vector>

namespace lienthong::catalogue {

class Table;
struct FileForm;

struct CellChange
{
    std::string column;
    std::string before, after;
    bool meaning = false;  ///< The code means something else since: an error, since codes are immutable.
};

struct RowChange
{
    std::string key;    ///< "A_I_1 from 2024-01-01"
    std::string place;  ///< "indicators.csv:12" in the newer catalogue.
    std::vector<CellChange> cells;
};

struct FileDiff
{
    std::string file;
    std::vector<std::string> added, removed;  ///< Keys, sorted.
    std::vector<RowChange> changed;           ///< By key.

    [[nodiscard]] bool same() const { return added.empty() && removed.empty() && changed.empty(); }
};

/// What a row is known by between two catalogues, as RowChange::key shows it.
[[nodiscard]] std::string key_of(const Table& table, const FileForm& form, std::size_t row);

/// The files that differ, by name. Both folders must hold catalogues that load; adds a problem where a file is no table.
/// A row is the same row by its code and first day; one whose first day was moved is removed and added, and where its
/// meaning changed with it, the change is reported for the pair.
[[nodiscard]] std::vector<FileDiff> diff(const std::string& older, const std::string& newer, std::vector<Problem>& problems);

/// Every change of meaning as a problem: catalogue.meaning_changed (Decision 228/QĐ-UBND, Article 6(2)).
[[nodiscard]] std::vector<Problem> changes_of_meaning(const std::vector<FileDiff>& files);

}  // namespace lienthong::catalogue

/// Draft tables: what a reporting system has in its catalogues, laid out as tables that an import of the catalogue takes.
#pragma once

#include "hub/catalogue/catalogue.hpp"
#include "hub/catalogue/import_source.hpp"
#include "hub/model/observation.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace lienthong::cli {

/// A fact of kind catalogue_entry, and where it came from.
struct ToldEntry
{
    Fact fact;
    std::string place;  ///< "message 12 /items/3"
};

struct DraftTerms
{
    std::string prefix;  ///< Set of the new indicators and forms, and what codes begin with: "NRS".
    std::string name;    ///< What that set is called.
    std::map<std::string, std::string>
        otherwise;                  ///< Column → what holds where an entry says nothing of it; `regime` holds for all forms.
    std::set<std::string> regimes;  ///< Those regimes.csv has.
};

struct DraftTable
{
    std::string table;                ///< "indicators"
    catalogue::SourceSheet sheet;     ///< First row the columns' names.
    std::vector<std::string> places;  ///< Of the rows below it.
};

struct DraftTables
{
    std::vector<DraftTable> tables;  ///< In the order in which they can be imported; without those that have no row.
    std::vector<Problem> notes;      ///< Entries of kinds the catalogue has no rows for, or whose rows need what no packet says.
    std::vector<Problem> problems;   ///< Entries that should have become rows and did not, each with its place.
};

/// `present` is the catalogue the rows are to join. Codes become prefix and the system's own code in capitals, with '_' for every
/// other character; of two that become one the second is left out, as is whatever names a code that is not known.
/// Problems: draft.code, draft.clash, draft.unknown, draft.day. Notes: draft.no_row.
[[nodiscard]] DraftTables draft_tables(const std::vector<ToldEntry>& entries, const DraftTerms& terms,
                                       const catalogue::Catalogue& present);

}  // namespace lienthong::cli

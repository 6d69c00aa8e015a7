/// Draft: a mapping begun from a payload, so that a new source starts from what stands in it and not from an empty file.
///
/// What can be seen is written down: where the records are, which places look like period, area, agency, value and unit. What
/// only a person can know is left out or written with "?", so that `lienthong check` names each with its place and remedy.
#pragma once

#include "hub/catalogue/catalogue.hpp"
#include "hub/model/result.hpp"
#include "hub/model/tree.hpp"

#include <string>

namespace lienthong::workshop {

struct DraftRequest
{
    const Tree& tree;
    std::string name;        ///< "connector/name"
    std::string format;
    std::string table_file;  ///< What the look-up table will be called.
    std::string layout{};    ///< The key `layout` as layout_text() writes it; empty for formats without one.
};

struct Draft
{
    std::string mapping;  ///< The YAML file.
    std::string table;    ///< CSV of the source's codes, each to be given an indicator; empty where none is needed.
    std::size_t records = 0;
};

/// Fails with draft.no_records where nothing in the document is like a record. Thread-safe.
[[nodiscard]] Result<Draft> draft_of(const DraftRequest& request, const catalogue::Catalogue& catalogue);

}  // namespace lienthong::workshop

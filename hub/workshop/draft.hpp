/// Draft: a mapping begun from a payload, so that a new source starts from what stands in it and not from an empty file.
///
/// What can be seen is written down: where the records are, which places look like period, area, agency, value and unit. What
/// only a person can know is left out or written with "?", so that `lienthong check` names each with its place and remedy.
#pragma once

#include "hub/catalogue/catalogue.hpp"
#include "hub/model/tree.hpp"

#include <string>

namespace lienthong::workshop {

struct Draft
{
    std::string mapping;  ///< The YAML file.
    std::string table;    ///< CSV of the source's codes, each to be given an indicator; empty where none is needed.
    std::size_t records = 0;
};

/// `name` is "connector/name", `table_file` what the look-up table will be called. Pure function; never fails: a document
/// without anything like a record gives a draft that says so.
[[nodiscard]] Draft draft_of(const Tree& tree, const std::string& name, const std::string& format, const std::string& table_file,
                             const catalogue::Catalogue& catalogue);

}  // namespace lienthong::workshop

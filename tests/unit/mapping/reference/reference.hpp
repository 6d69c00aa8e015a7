/// Reference: a second, slow and plain interpreter of the mapping language, written from mappings/README.md alone.
///
/// It remembers nothing, shares nothing with hub/mapping and takes each rule of the page at its word; what both make of a
/// document must be the same. The catalogue's look-ups are shared: they are not the language. Mappings that do not load are
/// not for it.
#pragma once

#include "hub/catalogue/catalogue.hpp"
#include "hub/model/tree.hpp"

#include <map>
#include <string>
#include <vector>

namespace lienthong::reference {

/// A mapping names a table that `tables` has not.
struct TableNotGiven
{
};

/// What became of a document, line by line: "0 /r/0 skipped", "1 /r/1 observation …", "2 /r/2 number.malformed /r/2/so".
/// The problems of a record are a set, sorted.
[[nodiscard]] std::vector<std::string> outcome(const std::string& mapping,
                                               const std::map<std::string, std::string, std::less<>>& tables, const Tree& tree,
                                               const catalogue::Catalogue& catalogue);

/// The two kinds of line whose form both sides must share.
[[nodiscard]] std::string line_of(const Observation& observation);
[[nodiscard]] std::string line_of(const Fact& fact);

}  // namespace lienthong::reference

/// Reads a computation's file: its own keys here, its expressions by the mapping language's reader and checker.
#pragma once

#include "hub/compute/computation.hpp"
#include "hub/mapping/yaml.hpp"

#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace lienthong::compute {

/// What one file is held against, and where to say what is wrong with it.
struct ReadingParts
{
    const mapping::yaml::Source& source;
    const mapping::ReadBeside& read_beside;
    const FactFieldNames& facts;
    const catalogue::Catalogue& catalogue;
    std::vector<Problem>& problems;
    std::vector<Problem>& findings;
};

struct ReadDeclaration
{
    Declaration declaration;                                         ///< Of use only when nothing was reported.
    std::vector<std::pair<std::string, std::string>> table_bytes{};  ///< By file name, for the digest.
};

[[nodiscard]] ReadDeclaration read_declaration(const mapping::yaml::Node& root, const ReadingParts& parts);

}  // namespace lienthong::compute

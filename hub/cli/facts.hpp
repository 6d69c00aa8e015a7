/// lienthong facts: facts as two sources tell them.
#pragma once

#include "hub/cli/commands.hpp"

#include <cstddef>
#include <string>

namespace lienthong::cli {

struct FactOptions
{
    std::string name;        ///< Of a comparison; empty: all.
    std::string only;        ///< "differs", "only_here", "only_there"; empty: all.
    std::size_t limit = 50;  ///< Differences shown of one comparison; all are counted.
};

int facts_compare(const Common& common, const FactOptions& options);

}  // namespace lienthong::cli

/// Draft: `lienthong catalogue draft`, what a reporting system told of its catalogues as the next state of ours.
#pragma once

#include "hub/cli/commands.hpp"

#include <string>
#include <vector>

namespace lienthong::cli {

struct DraftOptions
{
    std::string flow;              ///< Whose kept messages it is made of.
    std::string prefix = "NRS";    ///< Set of the new rows, and what their codes begin with.
    std::vector<std::string> set;  ///< COLUMN=VALUE for what entries leave unsaid.
    std::string out;               ///< Folder to write to; empty to show only.
};

int catalogue_draft(const Common& common, const DraftOptions& options);

}  // namespace lienthong::cli

/// What the compliance commands begin with: the catalogue, the set of forms they speak of, and the events kept so far.
#pragma once

#include "hub/catalogue/catalogue.hpp"
#include "hub/cli/commands.hpp"
#include "hub/cli/data.hpp"
#include "hub/compliance/event.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lienthong::cli {

struct ComplianceSet
{
    std::shared_ptr<const catalogue::Catalogue> catalogue;
    std::string set;
    std::vector<compliance::Event> events;
    std::string contacts;                    ///< File of whom to write to; may be empty.
    std::string base_url;                    ///< What links to the hub begin with; may be empty.
    std::shared_ptr<Store> store;            ///< Null as `kept` is.
    std::shared_ptr<ComplianceEvents> kept;  ///< Null where a catalogue's folder was named: then there are no events.
};

/// The set is the one named, else the configuration's, else the only one there is. Problems are printed.
[[nodiscard]] std::optional<ComplianceSet> compliance_set_or_print(const Common& common, const ComplianceOptions& options);

}  // namespace lienthong::cli

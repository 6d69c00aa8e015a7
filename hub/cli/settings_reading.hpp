/// Reading: values of a configuration by the table of its keys, each wrong one a problem at its place.
#pragma once

#include "hub/cli/installation.hpp"
#include "hub/cli/settings.hpp"
#include "hub/mapping/yaml.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::cli {

namespace yaml = mapping::yaml;

/// A wrong or missing value reads as its fallback, or as nothing, so that one reading finds every problem.
class Reading
{
public:
    Reading(const yaml::Source& source, std::vector<Problem>& problems) : source_(source), problems_(problems) {}

    /// The value of a key of a section, after the section's keys have been checked.
    const yaml::Node* value(const yaml::Node* map, std::string_view section, std::string_view name);
    std::string text(const yaml::Node* map, std::string_view section, std::string_view name);
    std::string path(const yaml::Node* map, std::string_view section, std::string_view name);
    /// The same for a folder that also came with the program.
    std::string installed_path(const yaml::Node* map, std::string_view section, std::string_view name, Came what);
    std::int64_t number(const yaml::Node* map, std::string_view section, std::string_view name, std::int64_t most);
    bool toggle(const yaml::Node* map, std::string_view section, std::string_view name);
    std::vector<std::string> list(const yaml::Node* map, std::string_view section, std::string_view name);
    std::map<std::string, std::string> entries(const yaml::Node* map, std::string_view section, std::string_view name);
    /// What a connector is told, with the place of each name and value; its declaration judges them later.
    process::GivenSettings connector_settings(const yaml::Node& flow);
    /// Refuses keys the table does not have, naming the nearest that it has.
    void check_keys(const yaml::Node& map, std::string_view section);
    void add(std::string code, std::string place, std::string found, std::string expected, std::string detail);
    /// Where the value of a key stands; the file where there is none.
    [[nodiscard]] std::string place(const yaml::Node* map, std::string_view name) const;
    [[nodiscard]] const yaml::Source& source() const { return source_; }

private:
    const yaml::Source& source_;
    std::vector<Problem>& problems_;
};

/// One of the flows.
[[nodiscard]] FlowSettings read_flow(Reading& in, const yaml::Node& node);

}  // namespace lienthong::cli

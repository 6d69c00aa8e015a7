/// Extend: a mapping file laid over the one it extends, so that everything behind this sees one mapping. What is laid over
/// what is said in mappings/README.md, "A mapping that extends another".
#pragma once

#include "hub/mapping/mapping.hpp"
#include "hub/mapping/yaml.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace lienthong::mapping {

/// Files a mapping may be made of, its own among them.
inline constexpr std::size_t most_extended = 8;

struct Extended
{
    yaml::Node root;                                          ///< Of all files together.
    std::vector<std::pair<std::string, std::string>> bytes{};  ///< Of the files it extends, by name, for the digest.
};

/// `root` is the first file of `source`; the files it extends are added to the source. A mapping that extends nothing comes
/// back as it is. Returns nothing after a problem of one of the files: mapping.extends, or what reading YAML tells.
[[nodiscard]] std::optional<Extended> extended(yaml::Source& source, yaml::Node root, const ReadBeside& read_beside,
                                               std::vector<Problem>& problems);

}  // namespace lienthong::mapping

/// Schema: what a mapping file may look like, for editors that complete and check YAML while it is written.
#pragma once

#include <string>

namespace lienthong::mapping {

/// A JSON Schema (draft 2020-12) of mapping files, from the tables the loader uses. It knows keys, shapes and names, not
/// expressions: those `lienthong check` reads. Every mapping that loads is valid by it. Thread-safe.
[[nodiscard]] std::string json_schema();

}  // namespace lienthong::mapping

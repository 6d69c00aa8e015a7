// lienthong mapping schema: a JSON Schema of mapping files, for editors.
#include "hub/cli/commands.hpp"
#include "hub/mapping/schema.hpp"

#include <cstdio>

namespace lienthong::cli {

int mapping_schema()
{
    std::printf("%s\n", mapping::json_schema().c_str());
    return done;
}

}  // namespace lienthong::cli

/// Written: an expression of the mapping language as mappings/README.md lets it be written; the reference's own reading of it.
///
/// Nothing of hub/mapping is used here: two readings that share no line can be held against each other. Only what loads is
/// read, so a fault is a programming error and thrown as std::logic_error.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lienthong::reference {

struct WrittenStep
{
    bool attribute = false, all = false;
    std::string prefix{}, name{};
};

struct WrittenPath
{
    bool from_root = false;
    unsigned up = 0;
    std::vector<WrittenStep> steps{};
};

struct Written
{
    /// "text", "number", "true", "false", "missing", "path", "let", "call", "==", "!=", "and", "or", "not".
    std::string kind{};
    std::string text{};  ///< Of a text or number; the name of a let or a function.
    WrittenPath path{};
    std::vector<Written> parts{};
};

[[nodiscard]] Written read_written(std::string_view text);
[[nodiscard]] WrittenPath read_written_path(std::string_view text);

}  // namespace lienthong::reference

/// Bound query: a statement whose `:name` parameters are made the database's own.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lienthong::adapters {

/// How a database writes its parameters.
enum class Placeholder : unsigned char {
    numbered,  ///< $1, $2: the same name, the same number.
    question,  ///< ?: each mention is one.
};

struct BoundQuery
{
    std::string text;
    std::vector<std::string> names;  ///< Of the parameters in order; with Placeholder::question one for each mention.
};

/// What stands in literals ('…', E'…', $tag$…$tag$), in quoted names ("…", `…`) and in comments is left alone, and so is `::`.
/// Thread-safe.
[[nodiscard]] BoundQuery bound_query(std::string_view text, Placeholder form);

}  // namespace lienthong::adapters

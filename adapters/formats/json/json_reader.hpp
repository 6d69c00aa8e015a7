/// The parser behind the formats that hold JSON: appends JSON texts to a tree, one after the other.
#pragma once

#include "hub/ports/format.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

namespace lienthong::adapters {

/// What is wrong with a text, and at which byte of it; the problem has no place yet.
struct JsonFault
{
    Problem problem;
    std::size_t offset = 0;
};

class JsonReader
{
public:
    /// `depth` levels stand above the texts already. The tree and the limits must outlive it.
    JsonReader(Tree& tree, const FormatLimits& limits, std::size_t depth);
    ~JsonReader();
    JsonReader(const JsonReader&) = delete;
    JsonReader& operator=(const JsonReader&) = delete;

    /// Appends one whole text below `parent`. The bytes must live as long as the tree: names and texts point into them.
    /// `base` is where they begin in the tree's document. After a fault the tree holds a part of the text.
    [[nodiscard]] std::optional<JsonFault> append(std::string_view bytes, NodeId parent, std::uint32_t base);
    /// The same for a list or an object that is in the tree already: appends what stands in it.
    [[nodiscard]] std::optional<JsonFault> append_inside(std::string_view bytes, NodeId container, std::uint32_t base);

private:
    [[nodiscard]] std::optional<JsonFault> run(std::string_view bytes);

    struct Parser;
    std::unique_ptr<Parser> parser_;
    FormatLimits limits_;
};

/// format.json.duplicate_key, of the member of that name whose value begins there.
[[nodiscard]] JsonFault duplicate_key(std::string_view text, std::size_t value, std::string_view name);

/// About as many nodes as will come out of the text, so that the arena is asked for once.
[[nodiscard]] std::size_t most_json_nodes(std::string_view bytes, const FormatLimits& limits);

}  // namespace lienthong::adapters

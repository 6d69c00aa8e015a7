/// YAML: a file as light nodes that know their places; for mappings and for configuration.
///
/// The core of YAML 1.2 and no more: maps, lists and scalars. Anchors, aliases, tags, several documents and keys
/// that are no scalars are refused, so that what stands in a file is what it means.
#pragma once

#include "hub/model/problem.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::mapping::yaml {

enum class Kind : std::uint8_t { null, scalar, sequence, map };
enum class Style : std::uint8_t {
    plain,   ///< Written without quotes.
    quoted,  ///< In single or double quotes.
    block,   ///< Behind | or >.
};

struct Node
{
    Kind kind = Kind::null;
    Style style = Style::plain;
    std::size_t offset = 0;      ///< Byte in the file where it begins.
    std::string text{};          ///< Of a scalar.
    std::vector<Node> keys{};    ///< Of a map, in file order; each a scalar.
    std::vector<Node> values{};  ///< Of a map, one per key; or the items of a sequence.

    /// Value of the key, or null.
    [[nodiscard]] const Node* find(std::string_view key) const;
    /// The key itself, or null; for its place.
    [[nodiscard]] const Node* find_key(std::string_view key) const;
    /// "a text", "a list", "a map", "nothing".
    [[nodiscard]] std::string_view kind_name() const;
};

/// The bytes of a file, and of those it builds on, from which places are said. Offsets count through all of them, so
/// that a node says by its offset which file it is from. Not copied by anything that refers to it.
class Source
{
public:
    /// A leading UTF-8 byte order mark is dropped.
    Source(std::string file, std::string text);
    /// Lays another file behind the others and gives its number: the first is 0, the next 1.
    std::uint32_t add(std::string file, std::string text);

    [[nodiscard]] std::uint32_t count() const { return static_cast<std::uint32_t>(parts_.size()); }
    /// As places say it.
    [[nodiscard]] const std::string& file(std::uint32_t number = 0) const { return parts_[number].file; }
    [[nodiscard]] std::string_view text(std::uint32_t number = 0) const;
    [[nodiscard]] std::size_t begin(std::uint32_t number) const { return parts_[number].begin; }
    [[nodiscard]] std::uint32_t number_of(std::size_t offset) const;  ///< The file it lies in.
    [[nodiscard]] std::uint32_t line(std::size_t offset) const;       ///< In that file, from 1.
    [[nodiscard]] std::uint32_t column(std::size_t offset) const;     ///< From 1, in characters.
    /// "file:line:column"; columns count characters, from 1.
    [[nodiscard]] std::string place(std::size_t offset) const;
    [[nodiscard]] std::string place(const Node& node) const { return place(node.offset); }
    /// Where byte `at` of a plain or block scalar's text stands in the file.
    [[nodiscard]] std::size_t offset_in(const Node& node, std::size_t at) const;

private:
    struct Part
    {
        std::string file;
        std::size_t begin = 0;         ///< In text_.
        std::uint32_t first_line = 0;  ///< In line_starts_.
    };
    std::string text_;  ///< Of all files, a line end between two.
    std::vector<Part> parts_;
    std::vector<std::size_t> line_starts_;
};

/// Reads the one document of a file, at most 64 levels deep. Returns nothing when it is no YAML at all; a duplicate key
/// is a problem that leaves the rest readable. Codes: yaml.syntax, yaml.duplicate_key, yaml.unsupported.
[[nodiscard]] std::optional<Node> read(const Source& source, std::vector<Problem>& problems, std::uint32_t number = 0);

}  // namespace lienthong::mapping::yaml

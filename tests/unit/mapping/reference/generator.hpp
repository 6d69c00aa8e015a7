/// Generator: random mappings that mostly load and random documents that mostly fit them, from a seed.
///
/// A mapping is kept as its parts and a document as a tree of its own, so that a failing case can be made smaller part by part.
/// The same seed gives the same case on every machine.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace lienthong::reference {

/// A piece of a document, written as JSON or as XML.
struct Piece
{
    enum class Kind { text, raw, list, object };  ///< raw: a number, true, false or null; in XML a text.
    Kind kind = Kind::text;
    std::string name{}, text{};
    std::vector<Piece> parts{};
    bool attribute = false;  ///< In JSON a member called "@name".
};

struct Case
{
    std::string format = "json", records;
    bool empty_allowed = false;
    using Lines = std::vector<std::pair<std::string, std::string>>;  ///< Name and expression, as YAML has it.
    Lines lets, common, set;
    std::vector<Lines> entries;
    std::string skip, key;  ///< Empty where left out; with a key a fact is made.
    bool entries_are_list = false;
    Piece document;

    [[nodiscard]] std::string mapping() const;
    [[nodiscard]] std::string document_text() const;
};

[[nodiscard]] Case random_case(std::uint64_t seed);
/// The look-up tables every case may name.
[[nodiscard]] const std::map<std::string, std::string, std::less<>>& tables_of_cases();
/// What is left when one part is taken away, for every part that can be.
[[nodiscard]] std::vector<Case> smaller(const Case& whole);

}  // namespace lienthong::reference

/// Syntax: an expression as it was written, before anything is known about its names.
#pragma once

#include "hub/model/problem.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::mapping {

struct Step
{
    enum class Kind : std::uint8_t {
        name,  ///< A member or child element; digits alone are also an item's position.
        attribute,
        all,  ///< `*`
    };
    Kind kind = Kind::name;
    std::string prefix;  ///< Namespace prefix as written, or empty.
    std::string name;
};

struct Path
{
    bool from_root = false;
    std::uint32_t up = 0;     ///< How many `..` it begins with.
    std::vector<Step> steps;  ///< None: the root or the record itself.
    std::string text{};       ///< As written.

    [[nodiscard]] bool selects_many() const
    {
        for (const Step& step : steps)
            if (step.kind == Step::Kind::all)
                return true;
        return false;
    }
};

struct Syntax
{
    enum class Kind : std::uint8_t { text, number, boolean, missing, path, let, call, equal, unequal, both, either, negation };
    Kind kind = Kind::missing;
    std::size_t offset = 0;  ///< Byte in the expression where it begins.
    std::string text{};      ///< Of a literal; the name of a function or a let.
    std::string label{};     ///< As an argument: the word before its colon.
    Path path{};
    std::vector<Syntax> arguments{};  ///< Of a call or an operator.
};

/// What is wrong with an expression, and at which byte of it.
struct SyntaxFault
{
    std::size_t offset = 0;
    std::string detail, found, expected;
};

/// Longest expression in bytes, and how deep parentheses, calls and operators may nest.
inline constexpr std::size_t most_expression_bytes = 4096;
inline constexpr std::size_t most_expression_levels = 64;

/// Reads a whole expression. Stops at the first fault: what follows it would be guessed.
[[nodiscard]] std::optional<Syntax> parse_expression(std::string_view text, SyntaxFault& fault);
/// Reads a whole path, as `records` and `each` want it.
[[nodiscard]] std::optional<Path> parse_path(std::string_view text, SyntaxFault& fault);

/// Whether two expressions are written alike, blanks aside.
[[nodiscard]] bool alike(const Syntax& a, const Syntax& b);

}  // namespace lienthong::mapping

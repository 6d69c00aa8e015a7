/// Coverage: which parts of a mapping its samples reach, so that nothing goes to work untried.
///
/// A part is what one sample record can show to be right: an expression of a key that is worked out; a path at which
/// something stands; a branch of `when`, `default`, `lookup`, `and` or `or` that is taken; a condition of the mapping's own
/// that holds, and that does not; a row of a look-up table that is found.
#pragma once

#include "hub/mapping/mapping.hpp"
#include "hub/model/problem.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace lienthong::mapping {

/// What runs of one mapping have come by. One thread at a time.
struct Marks
{
    static constexpr std::uint8_t present = 1, missing = 2, failed = 4;
    static constexpr std::uint8_t no = 8;  ///< A condition that does not hold.

    explicit Marks(const Mapping& mapping);

    std::vector<std::uint8_t> expressions;  ///< By ExpressionId.
    std::vector<std::vector<bool>> rows;    ///< By table.
};

enum class PartKind : std::uint8_t { expression, path, branch, condition, row };
[[nodiscard]] std::string_view to_text(PartKind kind);

struct Part
{
    PartKind kind = PartKind::expression;
    bool reached = false;
    std::string place;   ///< "file:line:column", in the mapping or in a table.
    std::string found;   ///< The path, the key of the row; else empty.
    std::string wanted;  ///< What a sample record must have to reach it.
};

/// Every part of a mapping, in the order of the file, tables last.
[[nodiscard]] std::vector<Part> parts_of(const Mapping& mapping, const Marks& marks);

/// The share of the parts that are reached, in whole percent, rounded down: 100 means all of them.
[[nodiscard]] unsigned percent_reached(const std::vector<Part>& parts);

/// A part no sample reaches, as a problem sample.unreached.
[[nodiscard]] Problem unreached(const Part& part);

}  // namespace lienthong::mapping

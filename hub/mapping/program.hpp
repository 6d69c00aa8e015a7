/// Program: a checked mapping, ready to run. Names are resolved to positions, patterns are known to be right.
#pragma once

#include "hub/mapping/mapping.hpp"
#include "hub/mapping/syntax.hpp"
#include "hub/mapping/table.hpp"
#include "hub/text/number.hpp"
#include "hub/text/period.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::mapping {

enum class Type : std::uint8_t {
    text,
    number,
    date,
    datetime,
    period,
    area,
    agency,
    window,
    condition,
    missing,
    unknown,  ///< Of an expression with a fault: fits everywhere, so that one fault is told once.
};
[[nodiscard]] std::string_view to_text(Type type);

enum class Op : std::uint8_t {
    literal,
    path,
    let,
    number,
    period_by_pattern,
    period_canonical,
    period_vi,
    period_in,
    period_of_date,
    date_by_pattern,
    date_vi,
    date_of_datetime,
    datetime_by_pattern,
    datetime_rfc3339,
    utc,
    window_of_dates,
    window_canonical,
    format,
    area_in,
    area_full,
    area_within,
    crosswalk,
    agency,
    lookup,
    when,
    fallback,
    present,
    concat,
    join,
    split,
    trim,
    legacy,
    upper,
    lower,
    equal,
    negation,
    both,
    either,
};

using ExpressionId = std::uint32_t;
inline constexpr ExpressionId no_expression = 0xFFFFFFFFU;
inline constexpr std::uint32_t no_slot = 0xFFFFFFFFU;

struct Expression
{
    Op op = Op::literal;
    Type type = Type::unknown;
    bool of_document = false;  ///< Reads nothing of the record: the same for all records of a document.
    bool numeric = false;      ///< equal: compared as numbers.
    text::NumberLocale locale = text::NumberLocale::plain;
    text::PeriodKind kind = text::PeriodKind::year;  ///< period_of_date
    std::uint16_t argument_count = 0;
    std::uint16_t file = 0;            ///< In Program::files.
    std::uint32_t first_argument = 0;  ///< In Program::arguments.
    std::uint32_t index = 0;           ///< path: in paths; let: in lets; lookup: in tables; split: which part.
    std::uint32_t column = 0;          ///< lookup: the cell of the row.
    std::uint32_t slot = no_slot;      ///< Where its value is remembered.
    std::uint32_t line = 0;            ///< In that file.
    std::uint32_t character = 0;       ///< In that line, from 1.
    std::string_view text;             ///< Literal, pattern, separator or joined_systems(); a condition is "true" or "".
    const Syntax* syntax = nullptr;    ///< As written; only while loading.
    std::size_t offset = 0;            ///< Byte of yaml::Source where it begins; only while loading.
};

/// A path with its prefixes resolved.
struct ResolvedPath
{
    struct Step
    {
        mapping::Step::Kind kind = mapping::Step::Kind::name;
        std::string name;
        std::string space;  ///< Namespace URI, when has_space.
        bool has_space = false;
        std::optional<std::uint32_t> item{};  ///< The name read as a position.
        bool beyond_ascii = false;            ///< The name, in NFC, may stand in a document in another form.
    };
    bool from_root = false;
    std::uint32_t up = 0;
    std::vector<Step> steps;
    std::string text;

    [[nodiscard]] bool selects_many() const
    {
        return std::any_of(steps.begin(), steps.end(), [](const Step& step) { return step.kind == mapping::Step::Kind::all; });
    }
};

/// One entry of `observe`.
struct Entry
{
    std::array<ExpressionId, field_count> fields{};  ///< no_expression where left out.
    ExpressionId when = no_expression;
    std::uint32_t line = 0;
    std::uint16_t file = 0;  ///< In Program::files.
};

struct FactFields
{
    std::string kind;
    ExpressionId key = no_expression;
    std::vector<std::pair<std::string, ExpressionId>> fields;
};

/// A piece of a render template.
struct Template
{
    enum class Kind : std::uint8_t { value, object, list, each };
    Kind kind = Kind::value;
    ExpressionId value = no_expression;
    ExpressionId where = no_expression;
    std::uint32_t path = 0;            ///< each: in Program::paths.
    std::vector<std::string> names{};  ///< object
    std::vector<Template> children{};  ///< object, list; each: the item.
};

struct Mapping::Program
{
    std::string name, format, digest;
    std::vector<std::string> files;  ///< The mapping's, then those it extends, as places say them.
    std::uint32_t version = 0;
    Layout layout;
    bool empty_allowed = false;
    std::uint32_t records = 0;  ///< In paths.
    std::vector<Expression> expressions;
    std::vector<ExpressionId> arguments;
    std::vector<ResolvedPath> paths;
    std::vector<Table> tables;
    std::vector<std::uint16_t> table_files;  ///< By table: which of `files` declares it.
    std::vector<ExpressionId> lets;
    std::uint32_t slots = 0;
    ExpressionId skip = no_expression;
    std::vector<Entry> entries;
    std::optional<FactFields> fact;
    std::optional<Template> packet;
    std::vector<std::string> packet_needs;  ///< Members of the packet without which there is none.
    std::vector<Problem> whole_only;  ///< Why its documents can be read as a whole only.
    std::deque<std::string> texts;    ///< What Expression::text points into.

    [[nodiscard]] const Expression& at(ExpressionId id) const { return expressions[id]; }
    /// "file:line:column" of an expression.
    [[nodiscard]] std::string place(ExpressionId id) const
    {
        const Expression& e = expressions[id];
        return files[e.file] + ":" + std::to_string(e.line) + ":" + std::to_string(e.character);
    }
    [[nodiscard]] ExpressionId argument(const Expression& of, std::size_t i) const { return arguments[of.first_argument + i]; }
};

}  // namespace lienthong::mapping

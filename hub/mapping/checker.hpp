/// Checker: turns the values of a mapping file into expressions of known type, telling everything that is wrong.
#pragma once

#include "hub/mapping/functions.hpp"
#include "hub/mapping/program.hpp"
#include "hub/mapping/yaml.hpp"

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace lienthong::mapping {

/// What a value is wanted for.
struct Want
{
    enum class Fit : std::uint8_t {
        exactly,    ///< The type, or missing.
        printable,  ///< Anything but an area or an agency.
    };
    std::string subject;  ///< "value", "set.received": as messages name it.
    Type type = Type::unknown;
    Fit fit = Fit::exactly;
};

class Checker
{
public:
    Checker(Mapping::Program& program, const yaml::Source& source, std::vector<Problem>& problems)
        : program_(program), source_(source), problems_(problems)
    {
    }

    void report(const char* code, std::size_t offset, std::string detail, std::string found, std::string expected);
    /// "one of a, b" or the nearest ones alone.
    [[nodiscard]] static std::string suggestion(std::string_view wrong, const std::vector<std::string>& known);

    void add_namespace(const yaml::Node& key, std::string uri);
    /// A table that was named but not read: known, so that its uses are not told again.
    void add_broken_table(const std::string& name) { broken_tables_.insert(name); }
    void add_whole_table(const std::string& name) { broken_tables_.erase(name); }
    void add_let(const yaml::Node& key, const yaml::Node& value);

    /// no_expression when there is a fault, which has been reported.
    ExpressionId expression(const yaml::Node& node, const Want& want);
    /// Position in Program::paths of a plainly written path; 0 after a fault.
    std::uint32_t path(const yaml::Node& node);

    /// To be called last: reports tables, lets and namespaces nothing uses, and gives slots to what is worth remembering.
    void finish(const yaml::Node* tables, const yaml::Node* lets, const yaml::Node* namespaces);

private:
    [[nodiscard]] std::size_t offset_of(const Syntax& syntax) const { return source_.offset_in(*node_, syntax.offset); }
    ExpressionId add(Op op, Type type, const Syntax& syntax, const std::vector<ExpressionId>& arguments = {});
    std::string_view keep(std::string_view text) { return program_.texts.emplace_back(text); }
    ExpressionId fault(const char* code, const Syntax& syntax, std::string detail, std::string found, std::string expected);
    ExpressionId unknown(const Syntax& syntax) { return add(Op::literal, Type::unknown, syntax); }

    ExpressionId check(const Syntax& syntax);
    ExpressionId check_path(const Syntax& syntax, bool many);
    ExpressionId check_let(const Syntax& syntax);
    ExpressionId check_comparison(const Syntax& syntax);
    ExpressionId check_logic(const Syntax& syntax, Op op);
    ExpressionId check_call(const Syntax& syntax);
    ExpressionId check_number(const Syntax& syntax);
    ExpressionId check_part(const Function& function, const Syntax& syntax);
    ExpressionId check_dated(const Function& function, const Syntax& syntax);
    ExpressionId check_window(const Syntax& syntax);
    ExpressionId check_format(const Syntax& syntax);
    ExpressionId check_area(const Syntax& syntax);
    ExpressionId check_within(const Syntax& syntax);
    ExpressionId check_crosswalk(const Syntax& syntax);
    ExpressionId check_lookup(const Syntax& syntax);
    ExpressionId check_when(const Syntax& syntax);
    ExpressionId check_fallback(const Syntax& syntax);
    ExpressionId check_concat(const Syntax& syntax);
    ExpressionId check_join(const Syntax& syntax);
    ExpressionId check_split(const Syntax& syntax);

    /// Checks an argument and that it has the type.
    ExpressionId argument(const Syntax& syntax, Type type, std::string_view subject);
    bool has_type(ExpressionId id, const Syntax& syntax, Type type, std::string_view subject);
    /// The literal text of an argument that must be written out; nothing after reporting.
    const std::string* literal(const Syntax& syntax, std::string_view what, std::string_view example);
    Type common_type(const std::vector<std::pair<ExpressionId, const Syntax*>>& branches, std::string_view subject);
    std::optional<ResolvedPath> resolve(const Path& path, std::size_t offset);
    void give_slot(ExpressionId id);

    /// What a condition is for every record, where the record has no say in it.
    [[nodiscard]] std::optional<bool> constant(ExpressionId id) const;
    /// A condition of the mapping's own that no record can change.
    void check_constant(ExpressionId id, const Syntax& syntax, std::string_view subject);
    /// Branches of a `when` that no record can take; at most one is told.
    void check_branches(const Syntax& syntax, const std::vector<ExpressionId>& parts);

    Mapping::Program& program_;
    const yaml::Source& source_;
    std::vector<Problem>& problems_;
    const yaml::Node* node_ = nullptr;
    std::deque<Syntax> kept_;
    std::map<std::string, std::string> namespaces_;
    std::map<std::string, std::uint32_t> lets_;
    bool hides_uses_ = false;  ///< A fault kept part of an expression from being looked at.
    std::set<std::string> broken_tables_, used_tables_, used_lets_, used_namespaces_;
};

}  // namespace lienthong::mapping

/// Computation: a checked declaration of how figures are computed from facts of one kind.
///
/// Data, not code: specified in mappings/README.md, "Computed indicators". Its expressions are the mapping language's,
/// read from one fact. A loaded computation never changes; using it is thread-safe.
#pragma once

#include "hub/mapping/mapping.hpp"
#include "hub/mapping/program.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::compute {

using mapping::ExpressionId;

/// What the mappings store of facts: the names of the fields by kind.
using FactFieldNames = std::map<std::string, std::set<std::string>>;

/// A time something may take: kept when `until` is no later than it ends.
struct Term
{
    std::string name;
    ExpressionId from = mapping::no_expression;
    ExpressionId until = mapping::no_expression;
    ExpressionId working_days = mapping::no_expression;  ///< How many, counted from the day after `from`; or
    ExpressionId due = mapping::no_expression;           ///< the last day or moment itself.
};

/// Which facts of a group are meant: all of them where nothing is said.
struct Selection
{
    ExpressionId where = mapping::no_expression;
    std::optional<std::size_t> term{};  ///< In Declaration::terms.
    bool kept = true;                   ///< Those that kept it, or those that broke it.
};

struct FigureRule
{
    enum class Kind : std::uint8_t { count, sum, share, average };
    enum class Days : std::uint8_t { none, calendar, working };
    std::string indicator, measure, unit;
    Kind kind = Kind::count;
    Selection selected;                           ///< What is counted, summed, averaged; the part of a share.
    Selection among;                              ///< Of a share: the whole.
    ExpressionId value = mapping::no_expression;  ///< sum, average: the number of one fact; or
    Days days = Days::none;                       ///< average: the days from a term's beginning to its end.
    std::size_t days_of = 0;                      ///< In Declaration::terms.
    unsigned places = 0;                          ///< share, average: rounded half away from zero to so many.
};

struct Declaration
{
    std::string name, kind, digest;
    std::uint32_t version = 0;
    std::unique_ptr<mapping::Mapping::Program> program;  ///< Its first entry has the group.
    ExpressionId where = mapping::no_expression;
    std::vector<Term> terms;
    std::vector<FigureRule> figures;
};

class Computation
{
public:
    /// Reads and checks a computation and the tables beside it. Appends every problem, in the order of the checks; place
    /// is "file:line:column". Null when there is at least one. `findings` are worth saying but no error: an indicator the
    /// catalogue does not call computed. Codes: compute.*, mapping.*, yaml.*, table.*.
    [[nodiscard]] static std::shared_ptr<const Computation> load(const std::string& path, const FactFieldNames& facts,
                                                                 const catalogue::Catalogue& catalogue,
                                                                 const mapping::Sha256Hex& sha256_hex,
                                                                 std::vector<Problem>& problems, std::vector<Problem>& findings);
    /// The same from memory: `file` is the name used in places.
    [[nodiscard]] static std::shared_ptr<const Computation> compile(
        const std::string& file, std::string_view text, const mapping::ReadBeside& read_beside, const FactFieldNames& facts,
        const catalogue::Catalogue& catalogue, const mapping::Sha256Hex& sha256_hex, std::vector<Problem>& problems,
        std::vector<Problem>& findings);

    [[nodiscard]] const std::string& name() const { return declaration_.name; }  ///< "computed/settled"
    [[nodiscard]] const std::string& kind() const { return declaration_.kind; }  ///< "dossier"
    [[nodiscard]] std::uint32_t version() const { return declaration_.version; }
    /// SHA-256 hex over the file and its tables.
    [[nodiscard]] const std::string& digest() const { return declaration_.digest; }
    [[nodiscard]] const Declaration& declaration() const { return declaration_; }

private:
    explicit Computation(Declaration declaration) : declaration_(std::move(declaration)) {}
    Declaration declaration_;
};

/// Two computations that tell one measure of one indicator would overwrite each other: compute.told_twice.
[[nodiscard]] std::vector<Problem> overlaps(const std::vector<std::shared_ptr<const Computation>>& computations);

}  // namespace lienthong::compute

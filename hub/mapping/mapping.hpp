/// Mapping: a checked program that turns one record of a document into observations or a fact.
///
/// Total and deterministic: no loops, no I/O, no eval. Specified in mappings/README.md. A loaded mapping never
/// changes; running it is thread-safe.
#pragma once

#include "hub/catalogue/catalogue.hpp"
#include "hub/model/tree.hpp"
#include "hub/model/verdict.hpp"

#include <memory>
#include <string>
#include <vector>

namespace lienthong::mapping {

/// Where one value of an observation came from, for `lienthong try`.
struct Trace
{
    std::string field;   ///< "value", "period"
    std::string place;   ///< Node it was read from; empty for a literal.
    std::string raw;     ///< What stood there.
    std::string result;
};

class Mapping
{
public:
    /// Reads and checks a mapping file and the look-up tables beside it. Every problem, not the first;
    /// place is "file:line:column". Null when there is at least one problem that is an error.
    /// `findings` are worth saying but no error (a unit the catalogue leaves blank).
    [[nodiscard]] static std::shared_ptr<const Mapping> load(const std::string& path, const catalogue::Catalogue& catalogue,
                                                             std::vector<Problem>& problems, std::vector<Problem>& findings);
    ~Mapping();
    Mapping(const Mapping&) = delete;
    Mapping& operator=(const Mapping&) = delete;

    [[nodiscard]] const std::string& name() const;     ///< "lgsp/monthly-figures"
    [[nodiscard]] const std::string& format() const;   ///< "json", "xml"
    /// SHA-256 hex over the mapping file and its tables.
    [[nodiscard]] const std::string& digest() const;

    /// The records of a document, in document order.
    [[nodiscard]] std::vector<NodeId> records(const Tree& tree) const;
    /// Runs the program over one record. Problems make the verdict refused. `traces` may be null.
    [[nodiscard]] Verdict run(const Tree& tree, NodeId record, std::uint32_t number, const catalogue::Catalogue& catalogue,
                              std::vector<Trace>* traces) const;
    /// For a render mapping: the packet's bytes for these observations.
    [[nodiscard]] bool renders() const;
    [[nodiscard]] Result<std::string> render(const std::vector<Observation>& observations, const catalogue::Catalogue& catalogue,
                                             const std::vector<std::pair<std::string, std::string>>& facts_of_parcel) const;

    struct Program;

private:
    explicit Mapping(std::unique_ptr<Program> program);
    std::unique_ptr<Program> program_;
};

}  // namespace lienthong::mapping

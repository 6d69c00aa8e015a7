/// Mapping: a checked program that turns one record of a document into observations or a fact.
///
/// Total and deterministic: no loops, no I/O, no eval. Specified in mappings/README.md. A loaded mapping never
/// changes; running it is thread-safe.
#pragma once

#include "hub/catalogue/catalogue.hpp"
#include "hub/model/layout.hpp"
#include "hub/model/record_path.hpp"
#include "hub/model/tree.hpp"
#include "hub/model/verdict.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lienthong::mapping {

/// Where one value of an observation came from, for `lienthong try`.
struct Trace
{
    std::string field;   ///< "value", "period"; "set.received" in a fact; "skip", "when".
    std::string place;   ///< Node it was read from; empty for a literal.
    std::string raw;     ///< What stood there.
    std::string result;  ///< Canonical text; empty when missing or failed.
    std::string file{};      ///< Where its expression stands: empty for the mapping's own, else the one it extends.
    std::uint32_t line = 0;  ///< In that file.
};

/// "line 8", or "line 8 of base.yaml" where the mapping extends that.
[[nodiscard]] std::string line_text(std::uint32_t line, std::string_view file);

struct Marks;  // coverage.hpp

/// SHA-256 as lower-case hex; given by the caller, so that this room needs no cryptography.
using Sha256Hex = std::function<std::string(std::string_view)>;
/// The bytes of a file beside the mapping by its name, or nothing when there is none.
using ReadBeside = std::function<std::optional<std::string>(std::string_view name)>;

/// Steps one record, and what a document's records share, may take.
inline constexpr std::uint64_t steps_of_record = 100'000;
/// Bytes of the texts that the expressions of one record, and those a document's records share, may make.
inline constexpr std::size_t text_bytes_of_record = 1024UL * 1024;

/// The fields of an observation, in the order problems are reported.
enum class Field : std::uint8_t {
    indicator,
    measure,
    period,
    area,
    breakdown,
    agency,
    value,
    unit,
    vintage,
    availability,
    window,
    source
};
inline constexpr std::size_t field_count = 12;
[[nodiscard]] std::string_view to_text(Field field);

class Mapping
{
public:
    struct Program;

    /// Reads and checks a mapping file and the look-up tables beside it. Appends every problem, not the first, in
    /// file order; place is "file:line:column". Null when there is at least one. `findings` are worth saying but
    /// no error (a unit the catalogue leaves blank).
    [[nodiscard]] static std::shared_ptr<const Mapping> load(const std::string& path, const catalogue::Catalogue& catalogue,
                                                             const Sha256Hex& sha256_hex, std::vector<Problem>& problems,
                                                             std::vector<Problem>& findings);
    /// The same from memory: `file` is the name used in places.
    [[nodiscard]] static std::shared_ptr<const Mapping> compile(const std::string& file, std::string_view text,
                                                                const ReadBeside& read_beside,
                                                                const catalogue::Catalogue& catalogue,
                                                                const Sha256Hex& sha256_hex, std::vector<Problem>& problems,
                                                                std::vector<Problem>& findings);
    ~Mapping();
    Mapping(const Mapping&) = delete;
    Mapping& operator=(const Mapping&) = delete;

    [[nodiscard]] const std::string& name() const;    ///< "lgsp/monthly-figures"
    [[nodiscard]] const std::string& format() const;  ///< "json", "xml"
    [[nodiscard]] const Layout& layout() const;  ///< What it declares of its documents' rows.
    [[nodiscard]] std::uint32_t version() const;
    /// SHA-256 hex over the mapping file and its tables.
    [[nodiscard]] const std::string& digest() const;

    /// Where its records stand, for formats that read them one by one.
    [[nodiscard]] RecordPath record_path() const;
    /// Why its documents can only be read as a whole, place "file:line:column": an expression reaches from the root, or past
    /// the record, into other records. None: it gives the same verdicts when each record stands alone in its document.
    [[nodiscard]] const std::vector<Problem>& whole_only() const;

    /// The records of a document, in document order. Fails with message.no_records when the place they should
    /// stand in is not there, or is empty and the mapping does not say `empty: allowed`.
    [[nodiscard]] Result<std::vector<NodeId>> records(const Tree& tree) const;
    /// Whether this is a render mapping; then records() and Run are not for it.
    [[nodiscard]] bool renders() const;
    /// The packet's bytes for these observations; `parcel` is what the flow says of it ("id", "time", "sender" …).
    /// Fails with the run codes of mapping.def, place in the parcel.
    /// `marks` notes which parts were reached; may be null.
    [[nodiscard]] Result<std::string> render(const std::vector<Observation>& observations, const catalogue::Catalogue& catalogue,
                                             const std::vector<std::pair<std::string, std::string>>& parcel,
                                             Marks* marks = nullptr) const;

    [[nodiscard]] const Program& program() const { return *program_; }

private:
    explicit Mapping(std::unique_ptr<const Program> program);
    std::unique_ptr<const Program> program_;
};

/// Runs one mapping over the records of one document, remembering what is the same for all of them. One thread at
/// a time; the mapping, the tree and the catalogue must outlive it. Give records in document order: then a
/// record's place costs nothing to find.
class Run
{
public:
    /// `marks` notes which parts of the mapping were reached; may be null.
    Run(const Mapping& mapping, const Tree& tree, const catalogue::Catalogue& catalogue, Marks* marks = nullptr);
    ~Run();
    Run(const Run&) = delete;
    Run& operator=(const Run&) = delete;

    /// The verdict on one record, number `number` from 0; nothing when the mapping's `skip` passes it over. A record with a
    /// fault of its format is refused with that alone. Problems
    /// make it refused and leave it without observations. Units are as the sender wrote them; area and agency are
    /// resolved as of the period. `traces` may be null.
    [[nodiscard]] std::optional<Verdict> record(NodeId record, std::uint32_t number, std::vector<Trace>* traces = nullptr);
    /// The same into a verdict that is empty. False when the mapping passes the record over; then it says nothing.
    [[nodiscard]] bool record(NodeId record, std::uint32_t number, Verdict& verdict, std::vector<Trace>* traces);

    /// What the last record took of its budget; at most steps_of_record and text_bytes_of_record.
    struct Spent
    {
        std::uint64_t steps = 0;     ///< Functions, operators and nodes looked at.
        std::size_t text_bytes = 0;  ///< Of the texts its expressions made.
    };
    [[nodiscard]] Spent spent() const;

    /// What the last record's observations are as far as they could be read, when it was refused: so that what is
    /// right in them can still be judged, and its sender learns everything at once. Empty when it was accepted.
    [[nodiscard]] const std::vector<Observation>& drafts() const;
    /// Whether a problem of this field of the last record's observation `index` has been told.
    [[nodiscard]] bool is_faulty(std::size_t index, Field field) const;
    /// Where a field of the last record's observation `index` came from, for problems found later; the record's
    /// own place when it was written in the mapping.
    [[nodiscard]] std::string place_of(std::size_t index, Field field) const;
    /// "mapping <name> line N" of that field's expression.
    [[nodiscard]] std::string rule_of(std::size_t index, Field field) const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace lienthong::mapping

/// Workshop: bytes in, verdicts and observations out. A pure function, run in worker processes.
#pragma once

#include "hub/catalogue/catalogue.hpp"
#include "hub/mapping/mapping.hpp"
#include "hub/model/verdict.hpp"
#include "hub/ports/format.hpp"

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lienthong::workshop {

/// Records one message may hold. Every record gets a verdict, and a few bytes can hold a refused record, so this
/// bounds what an answer can grow to.
inline constexpr std::size_t most_records = 5'000;

/// What the flow lets this message speak about.
struct Scope
{
    std::vector<std::string> agencies;  ///< Canonical codes the sender may speak for; "*" for all.
    std::string area;                   ///< Everything must lie within it, e.g. "GSO:33"; empty for anywhere.
    /// The day in Việt Nam on which the message is read: no figure but a plan is of a period that begins later. Nothing where
    /// no day is meant, as when a sample is tried.
    std::optional<std::chrono::year_month_day> today{};
};

struct Job
{
    std::string mapping;  ///< Mapping name.
    std::string content_type;
    std::string payload;
    Scope scope;
};

struct Outcome
{
    std::vector<Verdict> verdicts;  ///< An unreadable message has exactly one, refused, record 0.
    std::string catalogue_digest;
    std::string mapping_digest;
};

class Workshop
{
public:
    Workshop(std::shared_ptr<const catalogue::Catalogue> catalogue, std::vector<std::shared_ptr<const mapping::Mapping>> mappings,
             std::vector<std::shared_ptr<const Format>> formats);

    /// Never fails: what is wrong with the message is in its verdicts. Thread-safe.
    [[nodiscard]] Outcome work(const Job& job) const;

private:
    [[nodiscard]] std::vector<Verdict> run_document(const mapping::Mapping& mapping, std::string_view payload,
                                                    const Scope& scope) const;

    std::shared_ptr<const catalogue::Catalogue> catalogue_;
    std::map<std::string, std::shared_ptr<const mapping::Mapping>, std::less<>> mappings_;
    std::map<std::string, std::shared_ptr<const Format>, std::less<>> formats_;
};

/// What one mapping makes of one document.
struct Examination
{
    std::vector<Verdict> verdicts;  ///< One per record, in order; what was skipped is counted but not among them.
    std::uint32_t skipped = 0;
};

/// The work itself, for one mapping and without a Workshop: `lienthong try` and `test` call it. With `traces`, one
/// list is added per verdict of a record that was run; `marks` notes which parts of the mapping were reached. Both may be
/// null. Never fails; thread-safe.
[[nodiscard]] Examination examine(const mapping::Mapping& mapping, const Format& format, std::string_view payload,
                                  const catalogue::Catalogue& catalogue, const Scope& scope,
                                  std::vector<std::vector<mapping::Trace>>* traces = nullptr, mapping::Marks* marks = nullptr);

/// From this size on the records of a message are read one by one, where format and mapping can: their verdicts are the same,
/// and what is held does not grow with their number.
inline constexpr std::size_t stream_from_bytes = 1024 * 1024;

/// Takes a verdict as it comes; false when no more is wanted.
using TakeVerdict = std::function<bool(Verdict&&)>;

/// The same for a document that need not fit into memory, record by record; nothing of it is kept, so its records may be of
/// any number, and two that speak of one series key are both handed over. Fails with: the mapping's whole_only(), what
/// Format::stream fails with, message.no_records; what was handed over before counts for nothing then. Thread-safe.
[[nodiscard]] Result<void> examine(const mapping::Mapping& mapping, const Format& format, ByteSource& source,
                                   const catalogue::Catalogue& catalogue, const Scope& scope, const FormatLimits& limits,
                                   const TakeVerdict& take);

/// Checks an observation against the catalogue as of its period and against the scope: indicator.*, measure.*,
/// period.*, area.*, agency.*, unit.*, breakdown.*, value.*. Converts the unit; adds problems and findings at the verdict's
/// place.
void validate(Observation& observation, const catalogue::Catalogue& catalogue, const Scope& scope, Verdict& verdict);

/// The pipe form of jobs and outcomes (hub/sdk/wire.hpp). Decoding refuses anything malformed.
[[nodiscard]] std::string encode(const Job& job);
[[nodiscard]] Result<Job> decode_job(std::string_view bytes);
[[nodiscard]] std::string encode(const Outcome& outcome);
[[nodiscard]] Result<Outcome> decode_outcome(std::string_view bytes);

}  // namespace lienthong::workshop

/// The submission row: written before its revisions, completed after them, read back for a repeat.
#pragma once

#include "adapters/sqlite/connection.hpp"
#include "hub/ports/store.hpp"

#include <optional>
#include <string>
#include <vector>

namespace lienthong::adapters::store {

[[nodiscard]] SubmissionId begin_submission(sqlite::Connection& connection, const Application& application);

struct SubmissionEnd
{
    RevisionId first_revision = 0;
    RevisionId below_revision = 0;
    std::string states;    ///< encoding.hpp
    std::string accepted;  ///< accepted.hpp
    std::string answer;
};
void end_submission(sqlite::Connection& connection, SubmissionId id, const SubmissionEnd& end);

/// The message's first application, as its sender was told.
[[nodiscard]] std::optional<Applied> earlier_application(sqlite::Connection& connection, MessageId message);

/// Store::brought.
[[nodiscard]] std::vector<Brought> read_brought(sqlite::Connection& connection, SubmissionId after, std::size_t limit);

/// The state every known record of the message was last left in by a submission; empty when it was never applied.
/// Records in quarantine may have moved on since.
[[nodiscard]] std::vector<RecordState> last_states(sqlite::Connection& connection, MessageId message);

}  // namespace lienthong::adapters::store

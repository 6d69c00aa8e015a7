/// QuarantineBook: the records of one message that are, or once were, not in the store. And closing one by hand.
#pragma once

#include "adapters/sqlite/connection.hpp"
#include "adapters/sqlite/standing.hpp"
#include "hub/ports/store.hpp"

#include <map>
#include <optional>
#include <string>

namespace lienthong::adapters::store {

class QuarantineBook
{
public:
    struct Row
    {
        std::int64_t id = 0;
        RecordState state = RecordState::refused;

        [[nodiscard]] bool is_open() const { return state == RecordState::refused || state == RecordState::waiting; }
    };

    QuarantineBook(sqlite::Connection& connection, SubmissionId submission, MessageId message, Time now);

    /// Reads the message's rows; only a replay needs them.
    void load();
    [[nodiscard]] std::optional<Row> row(std::uint32_t record) const;

    void add(const Verdict& verdict, RecordState state);
    /// Still refused, or now refused, or held back: the newest problems, place and excerpt take the older ones' place.
    void renew(const Row& row, const Verdict& verdict, RecordState state);
    void close(const Row& row, const std::string& reason);
    /// The record is in the store: what was kept of it here is let go.
    void leave(const Row& row, RecordState state);

private:
    sqlite::Connection& connection_;
    const SubmissionId submission_;
    const MessageId message_;
    const std::int64_t now_;
    std::map<std::uint32_t, Row> rows_;
};

/// Adds to the one row of counts.
void add_to_tally(sqlite::Connection& connection, const Tally& change);

/// Fails with store.quarantine_unknown, store.quarantine_settled.
[[nodiscard]] Result<void> close_by_hand(sqlite::Connection& connection, const sqlite::Standing& standing, std::int64_t id,
                                         const std::string& reason, Time at);

}  // namespace lienthong::adapters::store

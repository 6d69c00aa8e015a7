/// FactBook: puts facts beside their newest versions. Lives for one application.
#pragma once

#include "adapters/sqlite/connection.hpp"
#include "hub/ports/store.hpp"

#include <optional>

namespace lienthong::adapters::store {

class FactBook
{
public:
    FactBook(sqlite::Connection& connection, SubmissionId submission, Time received_at);

    /// True when the fact is new or differs from its newest version. One whose field as_of is less than the version's is older,
    /// whenever it came, and changes nothing.
    bool place(const Fact& fact, std::uint32_t record);
    /// The newest version's id when a message received after this one told the fact.
    [[nodiscard]] std::optional<std::int64_t> superseding(const Fact& fact);

private:
    sqlite::Connection& connection_;
    const SubmissionId submission_;
    const std::int64_t received_at_;
};

}  // namespace lienthong::adapters::store

/// SeriesBook: puts observations beside what their series hold already. Lives for one application.
#pragma once

#include "adapters/sqlite/connection.hpp"
#include "adapters/stores/sqlite/series_memory.hpp"
#include "hub/ports/store.hpp"

#include <optional>
#include <string>

namespace lienthong::adapters::store {

class SeriesBook
{
public:
    SeriesBook(sqlite::Connection& connection, SubmissionId submission, Time received_at, SeriesMemory& memory);

    struct Placed
    {
        RevisionId revision = 0;
        bool fresh = false;  ///< A new revision; otherwise the current one says the same.
    };
    Placed place(const Observation& observation, std::uint32_t record);

    /// The current revision when it says exactly this.
    [[nodiscard]] std::optional<RevisionId> current_like(const Observation& observation);
    /// The current revision when a message received after this one told the figure.
    [[nodiscard]] std::optional<RevisionId> superseding(const Observation& observation);

    [[nodiscard]] RevisionId first_revision() const { return first_revision_; }
    [[nodiscard]] RevisionId below_revision() const { return next_revision_; }

private:
    /// The head as remembered or as the tables say; nothing when there is no such series.
    [[nodiscard]] SeriesHead* find(const Observation& observation);
    /// The series and its first revision; false when there is such a series.
    bool open_series(const Observation& observation, std::uint32_t record);
    void insert_revision(std::int64_t series, std::int64_t number, std::optional<RevisionId> previous,
                         const Observation& observation, std::uint32_t record);

    sqlite::Connection& connection_;
    SeriesMemory& memory_;
    const SubmissionId submission_;
    const std::int64_t received_at_;
    RevisionId first_revision_ = 0;
    RevisionId next_revision_ = 0;
    std::int64_t next_series_ = 0;
    bool expects_new_ = false;
    std::string key_, content_;  ///< Of the observation in hand.
};

}  // namespace lienthong::adapters::store

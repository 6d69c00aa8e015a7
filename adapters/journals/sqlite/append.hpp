/// Append: writes one journal entry: which messages are new, their rows and chunks, and the cursor.
#pragma once

#include "adapters/sqlite/writer.hpp"
#include "hub/ports/journal.hpp"

namespace lienthong::adapters::journal {

inline constexpr std::size_t chunk_bytes = 1024 * 1024;
[[nodiscard]] constexpr std::int64_t chunks_of(std::int64_t bytes)
{
    return (bytes + static_cast<std::int64_t>(chunk_bytes) - 1) / static_cast<std::int64_t>(chunk_bytes);
}

/// Over everything about a message but its bytes, which have checksums of their own, chunk by chunk.
[[nodiscard]] std::int64_t checksum_of(const Message& message);

class Append final : public sqlite::Write
{
public:
    Append(JournalEntry entry, Journal::AppendDone done) : entry_(std::move(entry)), done_(std::move(done)) {}

    Result<void> run(sqlite::Connection& connection) override;
    void committed() override { done_(std::move(journaled_)); }
    void failed(const Problem& problem) override { done_(problem); }
    [[nodiscard]] std::size_t bytes() const override;

private:
    JournalEntry entry_;
    Journal::AppendDone done_;
    std::vector<Journaled> journaled_;
};

}  // namespace lienthong::adapters::journal

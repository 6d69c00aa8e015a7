/// Journal: makes messages durable. From here a message is "received".
#pragma once

#include "hub/model/message.hpp"
#include "hub/model/result.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace lienthong {

enum class Arrival : std::uint8_t {
    fresh,      ///< Not seen before.
    duplicate,  ///< Same source, sender and id, same digest: the message of that earlier id.
    conflict,   ///< Same identity, other digest than the last: kept as a further message and flagged.
};

struct Journaled
{
    MessageId id = 0;
    Arrival arrival = Arrival::fresh;
    bool applied = false;  ///< A duplicate whose submission is already in the store.
};

/// Where a connector stands in its source, committed with the messages before it.
struct CursorMove
{
    std::string flow;
    std::string cursor;
};

struct JournalEntry
{
    std::vector<Message> messages;
    std::optional<CursorMove> cursor;
    bool keep_conflicts = true;  ///< false: a conflicting message is not kept (a push whose key was used before).
    /// The source says what holds now: what it said before, but not last, under an identity of its own is a return to it, and a
    /// conflict. false: it is a repeat, of a caller whose answer was lost, and a duplicate.
    bool states_now = false;
};

/// A message without its bytes, for whoever counts and compares.
struct HeldMessage
{
    MessageId id = 0;
    std::string source_id;
    std::string digest;  ///< SHA-256 hex of the payload.
    Time received_at{};
    bool conflict = false;  ///< It came under the identity of an earlier one, with other bytes.
    std::string source{};   ///< As Message::source.
};

/// Every call is thread-safe. `done` runs on a thread of the journal and must not block.
class Journal
{
public:
    using AppendDone = std::function<void(Result<std::vector<Journaled>>)>;

    virtual ~Journal() = default;
    /// All messages of the entry and its cursor become durable together, or nothing does. `done` is called
    /// only after the bytes are on stable storage; many entries may share one fsync.
    /// Fails with: journal.full, journal.broken (after which every append fails until restart).
    virtual void append(JournalEntry entry, AppendDone done) = 0;

    [[nodiscard]] virtual Result<Message> read(MessageId id) const = 0;
    /// Messages not marked applied, oldest first, at most `limit`, with ids greater than `after`.
    [[nodiscard]] virtual Result<std::vector<MessageId>> unapplied(MessageId after, std::size_t limit) const = 0;
    /// What a flow took in, by ascending id, ids greater than `after`, at most `limit`.
    [[nodiscard]] virtual Result<std::vector<HeldMessage>> held(const std::string& flow, MessageId after, std::size_t limit) const = 0;
    /// A mark that may be lost in a crash; the store decides what was applied.
    virtual void mark_applied(std::vector<MessageId> ids) = 0;
    /// Waits until every mark made so far is on disk, or says why not.
    [[nodiscard]] virtual Result<void> flush_marks() = 0;
    [[nodiscard]] virtual Result<std::string> cursor(const std::string& flow) const = 0;  ///< "" at the beginning.

    struct Standing
    {
        std::int64_t messages = 0;
        std::int64_t unapplied = 0;
        std::int64_t conflicts = 0;
        std::optional<Time> oldest_unapplied{};
    };
    [[nodiscard]] virtual Result<Standing> standing() const = 0;
};

}  // namespace lienthong

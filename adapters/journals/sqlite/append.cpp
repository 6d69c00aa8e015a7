// Identity (source, sender, source id) and digest decide what a message is; then its bytes go down in chunks.
#include "adapters/journals/sqlite/append.hpp"

#include "adapters/sqlite/checksum.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace lienthong::adapters::journal {
namespace {

using sqlite::Blob;
using sqlite::Connection;
using sqlite::Query;

constexpr const char* find_same =
    "SELECT id, applied FROM message WHERE source = $1 AND sender = $2 AND source_id = $3 AND digest = $4"
    " ORDER BY id DESC LIMIT 1";
constexpr const char* find_last =
    "SELECT digest FROM message WHERE source = $1 AND sender = $2 AND source_id = $3 ORDER BY id DESC LIMIT 1";
constexpr const char* find_namesake = "SELECT min(id) FROM message WHERE source = $1 AND sender = $2 AND source_id = $3";
constexpr const char* next_message = "SELECT coalesce(max(id), 0) + 1 FROM message";
constexpr const char* next_chunk = "SELECT coalesce(max(id), 0) + 1 FROM chunk";
constexpr const char* insert_message =
    "INSERT INTO message (id, flow, source, sender, source_id, digest, plugin_digest, content_type, attributes, received_at,"
    " first_chunk, payload_bytes, reply_bytes, conflict, checksum, applied)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 0)";
constexpr const char* insert_chunk = "INSERT INTO chunk (id, checksum, bytes) VALUES ($1, $2, $3)";
constexpr const char* move_cursor =
    "INSERT INTO source_cursor (flow, position) VALUES ($1, $2) ON CONFLICT (flow) DO UPDATE SET position = excluded.position";

std::int64_t number(Connection& connection, const char* sql)
{
    Query query = connection.query(sql);
    query.next();
    return query.integer(0);
}

void insert_chunks(Connection& connection, std::int64_t id, std::string_view bytes)
{
    for (; !bytes.empty(); bytes.remove_prefix(std::min(bytes.size(), chunk_bytes))) {
        const std::string_view chunk = bytes.substr(0, chunk_bytes);
        connection.run(insert_chunk, id++, sqlite::checksum({chunk}), Blob{chunk});
    }
}

MessageId insert(Connection& connection, const Message& message, bool conflict)
{
    const std::int64_t id = number(connection, next_message);
    const std::int64_t first_chunk = number(connection, next_chunk);
    const auto payload_bytes = static_cast<std::int64_t>(message.payload.size());
    connection.run(insert_message, id, message.flow, message.source, message.sender, message.source_id, message.digest,
                   message.plugin_digest, message.content_type, message.attributes,
                   message.received_at.time_since_epoch().count(), first_chunk, payload_bytes, message.reply.size(), conflict,
                   checksum_of(message));
    insert_chunks(connection, first_chunk, message.payload);
    insert_chunks(connection, first_chunk + chunks_of(payload_bytes), message.reply);
    return id;
}

bool is_last(Connection& connection, const Message& message)
{
    Query last = connection.query(find_last, message.source, message.sender, message.source_id);
    return last.next() && last.text(0) == message.digest;
}

using Identity = std::tuple<std::string_view, std::string_view, std::string_view>;

Identity identity_of(const Message& message)
{
    return {message.source_id, message.sender, message.source};
}

/// Whose content may be a return to an earlier one. A list that tells one identity twice does not say which of the two holds now.
std::set<Identity> told_once(const JournalEntry& entry)
{
    std::set<Identity> once, more;
    if (entry.states_now)
        for (const Message& message : entry.messages)
            if (!message.source_id.empty() && !once.insert(identity_of(message)).second)
                more.insert(identity_of(message));
    for (const Identity& identity : more)
        once.erase(identity);
    return once;
}

Journaled keep(Connection& connection, const JournalEntry& entry, const Message& message, bool may_be_a_return)
{
    if (!may_be_a_return || is_last(connection, message)) {
        Query same = connection.query(find_same, message.source, message.sender, message.source_id, message.digest);
        if (same.next())
            return {same.integer(0), Arrival::duplicate, same.integer(1) != 0};
    }
    std::optional<std::int64_t> namesake;
    // Without an id of the source's own the digest is the identity, so no conflict is possible.
    if (!message.source_id.empty()) {
        Query query = connection.query(find_namesake, message.source, message.sender, message.source_id);
        query.next();
        namesake = query.optional_integer(0);
    }
    if (!namesake)
        return {insert(connection, message, false), Arrival::fresh, false};
    if (!entry.keep_conflicts)
        return {*namesake, Arrival::conflict, false};
    return {insert(connection, message, true), Arrival::conflict, false};
}

}  // namespace

std::int64_t checksum_of(const Message& message)
{
    return sqlite::checksum({message.flow, message.source, message.sender, message.source_id, message.digest,
                             message.plugin_digest, message.content_type, message.attributes,
                             std::to_string(message.received_at.time_since_epoch().count())});
}

Result<void> Append::run(Connection& connection)
{
    journaled_.clear();
    const std::set<Identity> once = told_once(entry_);
    for (const Message& message : entry_.messages)
        journaled_.push_back(keep(connection, entry_, message, once.contains(identity_of(message))));
    if (entry_.cursor)
        connection.run(move_cursor, entry_.cursor->flow, entry_.cursor->cursor);
    return {};
}

std::size_t Append::bytes() const
{
    std::size_t sum = 0;
    for (const Message& message : entry_.messages)
        sum += message.payload.size() + message.reply.size() + message.attributes.size() + 1024;
    return sum;
}

}  // namespace lienthong::adapters::journal

// The Journal port over SQLite: reading, marks, standing.
#include "adapters/journals/sqlite/append.hpp"
#include "adapters/journals/sqlite/schema.hpp"
#include "adapters/journals/sqlite/sqlite_journal.hpp"
#include "adapters/sqlite/checksum.hpp"

#include <mutex>

namespace lienthong::adapters {
namespace journal {
namespace {

using sqlite::Connection;
using sqlite::Database;
using sqlite::Query;

constexpr const char* read_message =
    "SELECT flow, source, sender, source_id, digest, plugin_digest, content_type, attributes, received_at, first_chunk,"
    " payload_bytes, reply_bytes, checksum FROM message WHERE id = $1";
constexpr const char* read_chunks = "SELECT bytes, checksum FROM chunk WHERE id >= $1 AND id < $2 ORDER BY id";
constexpr const char* read_unapplied = "SELECT id FROM message WHERE applied = 0 AND id > $1 ORDER BY id LIMIT $2";
constexpr const char* read_held =
    "SELECT id, source_id, digest, received_at, conflict, source FROM message WHERE id > $1 AND flow = $2 ORDER BY id LIMIT $3";
constexpr const char* write_mark = "UPDATE message SET applied = 1 WHERE id = $1 AND applied = 0";
constexpr const char* read_cursor = "SELECT position FROM source_cursor WHERE flow = $1";
constexpr const char* count_messages = "SELECT coalesce(max(id), 0) FROM message";
constexpr const char* count_conflicts = "SELECT count(*) FROM message WHERE conflict = 1";
constexpr const char* count_unapplied = "SELECT count(*) FROM message WHERE applied = 0";
constexpr const char* read_oldest = "SELECT received_at FROM message WHERE applied = 0 ORDER BY id LIMIT 1";

Time time_of(std::int64_t micros)
{
    return Time{std::chrono::microseconds{micros}};
}

/// False when the bytes are not those that were written.
bool read_bytes(Connection& connection, std::int64_t first, std::int64_t bytes, std::string& out)
{
    out.reserve(static_cast<std::size_t>(bytes));
    Query query = connection.query(read_chunks, first, first + chunks_of(bytes));
    while (query.next()) {
        if (sqlite::checksum({query.view(0)}) != query.integer(1))
            return false;
        out += query.view(0);
    }
    return static_cast<std::int64_t>(out.size()) == bytes;
}

/// What marks could not be written, for whoever flushes next.
struct LostMarks
{
    std::mutex mutex;
    std::optional<Problem> problem;
};

class Mark final : public sqlite::Write
{
public:
    Mark(std::vector<MessageId> ids, std::shared_ptr<LostMarks> lost) : ids_(std::move(ids)), lost_(std::move(lost)) {}

    Result<void> run(Connection& connection) override
    {
        for (const MessageId id : ids_)
            connection.run(write_mark, id);
        return {};
    }
    void committed() override {}
    void failed(const Problem& problem) override
    {
        const std::lock_guard lock(lost_->mutex);
        lost_->problem = problem;
    }
    [[nodiscard]] bool lazy() const override { return true; }

private:
    std::vector<MessageId> ids_;
    std::shared_ptr<LostMarks> lost_;
};

class SqliteJournal final : public Journal
{
public:
    explicit SqliteJournal(std::shared_ptr<Database> database) : database_(std::move(database)) {}

    void append(JournalEntry entry, AppendDone done) override
    {
        database_->submit(std::make_unique<Append>(std::move(entry), std::move(done)));
    }

    [[nodiscard]] Result<Message> read(MessageId id) const override
    {
        return database_->read<Message>([&](Connection& connection) -> Result<Message> {
            Query query = connection.query(read_message, id);
            if (!query.next())
                return about(id, "no_message", "the journal holds no such message");
            Message message;
            message.id = id;
            std::string* const fields[] = {&message.flow,   &message.source,        &message.sender,       &message.source_id,
                                           &message.digest, &message.plugin_digest, &message.content_type, &message.attributes};
            for (int column = 0; std::string * field : fields)
                *field = query.text(column++);
            message.received_at = time_of(query.integer(8));
            const std::int64_t first = query.integer(9), payload = query.integer(10), reply = query.integer(11);
            if (query.integer(12) != checksum_of(message) || !read_bytes(connection, first, payload, message.payload) ||
                !read_bytes(connection, first + chunks_of(payload), reply, message.reply))
                return about(id, "damaged", "the message was damaged on disk");
            return message;
        });
    }

    [[nodiscard]] Result<std::vector<MessageId>> unapplied(MessageId after, std::size_t limit) const override
    {
        return database_->read<std::vector<MessageId>>([&](Connection& connection) {
            std::vector<MessageId> ids;
            Query query = connection.query(read_unapplied, after, limit);
            while (query.next())
                ids.push_back(query.integer(0));
            return ids;
        });
    }

    [[nodiscard]] Result<std::vector<HeldMessage>> held(const std::string& flow, MessageId after, std::size_t limit) const override
    {
        return database_->read<std::vector<HeldMessage>>([&](Connection& connection) {
            std::vector<HeldMessage> out;
            Query query = connection.query(read_held, after, flow, limit);
            while (query.next())
                out.push_back({query.integer(0), query.text(1), query.text(2), time_of(query.integer(3)), query.integer(4) != 0, query.text(5)});
            return out;
        });
    }

    void mark_applied(std::vector<MessageId> ids) override { database_->submit(std::make_unique<Mark>(std::move(ids), lost_)); }

    [[nodiscard]] Result<void> flush_marks() override
    {
        // Writes are taken in order, so every mark made before this one has been decided when it has.
        if (auto flushed = database_->write([](Connection&) -> Result<void> { return {}; }); !flushed)
            return flushed;
        const std::lock_guard lock(lost_->mutex);
        if (!lost_->problem)
            return {};
        return *std::exchange(lost_->problem, std::nullopt);
    }

    [[nodiscard]] Result<std::string> cursor(const std::string& flow) const override
    {
        return database_->read<std::string>([&](Connection& connection) {
            Query query = connection.query(read_cursor, flow);
            return query.next() ? query.text(0) : std::string();
        });
    }

    [[nodiscard]] Result<Standing> standing() const override
    {
        return database_->read<Standing>([](Connection& connection) {
            const auto count = [&connection](const char* sql) {
                Query query = connection.query(sql);
                return query.next() ? query.integer(0) : 0;
            };
            Standing standing{count(count_messages), count(count_unapplied), count(count_conflicts), std::nullopt};
            Query oldest = connection.query(read_oldest);
            if (oldest.next())
                standing.oldest_unapplied = time_of(oldest.integer(0));
            return standing;
        });
    }

private:
    [[nodiscard]] Problem about(MessageId id, const std::string& name, const std::string& detail) const
    {
        Problem problem = database_->standing().problem(name, detail);
        problem.found = std::to_string(id);
        return problem;
    }

    std::shared_ptr<LostMarks> lost_ = std::make_shared<LostMarks>();
    std::shared_ptr<Database> database_;
};

}  // namespace
}  // namespace journal

Result<std::unique_ptr<Journal>> open_sqlite_journal(const std::string& path, std::size_t max_bytes)
{
    auto database = sqlite::Database::open(path, journal::schema, max_bytes);
    if (!database)
        return database.problem();
    return std::unique_ptr<Journal>(std::make_unique<journal::SqliteJournal>(std::move(database).value()));
}

}  // namespace lienthong::adapters

// Documents taken in, their packages, and what became of every attempt to send them.
#include "adapters/stores/sqlite/dispatch.hpp"

#include "adapters/sqlite/database.hpp"
#include "adapters/stores/sqlite/attempts.hpp"
#include "adapters/stores/sqlite/encoding.hpp"

#include <algorithm>
#include <utility>

namespace lienthong::adapters {
namespace {

using sqlite::Blob;
using sqlite::Connection;
using sqlite::Database;
using sqlite::Query;
using store::micros;
using store::time_of;

constexpr sqlite::Upgrade upgrades[] = {{1, R"sql(
ALTER TABLE document ADD COLUMN business INTEGER NOT NULL DEFAULT 0;
ALTER TABLE document ADD COLUMN act TEXT NOT NULL DEFAULT '';
ALTER TABLE document ADD COLUMN about TEXT NOT NULL DEFAULT '';
ALTER TABLE document ADD COLUMN code TEXT NOT NULL DEFAULT '';
ALTER TABLE document ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE document ADD COLUMN removed BLOB NOT NULL DEFAULT x'';
ALTER TABLE document ADD COLUMN place TEXT NOT NULL DEFAULT '';
ALTER TABLE document ADD COLUMN type_name TEXT NOT NULL DEFAULT '';
DROP INDEX document_once;
CREATE UNIQUE INDEX document_once ON document (flow, document, act);
CREATE INDEX document_of ON document (document);
CREATE INDEX document_about ON document (about) WHERE about <> '';
CREATE INDEX document_noted ON document (notation);
CREATE INDEX document_kind ON document (business, id);
CREATE TABLE told (
    flow       TEXT PRIMARY KEY,
    facts      BIGINT NOT NULL
);
)sql"}};

// The package stands in a table of its own, so that a list of documents reads none of them.
const sqlite::Schema schema{"store", 2, R"sql(
CREATE TABLE document (
    id         INTEGER PRIMARY KEY,
    flow       TEXT NOT NULL,
    document   TEXT NOT NULL,
    business   INTEGER NOT NULL,
    act        TEXT NOT NULL,
    about      TEXT NOT NULL,
    code       TEXT NOT NULL,
    reason     TEXT NOT NULL,
    recipients BLOB NOT NULL,
    removed    BLOB NOT NULL,
    subject    TEXT NOT NULL,
    notation   TEXT NOT NULL,
    day        TEXT NOT NULL,
    place      TEXT NOT NULL,
    type_name  TEXT NOT NULL,
    made_by    TEXT NOT NULL,
    made_at    BIGINT NOT NULL,
    digest     TEXT NOT NULL,
    state      INTEGER NOT NULL,
    attempts   BIGINT NOT NULL,
    begun_at   BIGINT,
    not_before BIGINT NOT NULL,
    receipt    BLOB NOT NULL,
    problem    TEXT NOT NULL
);
CREATE UNIQUE INDEX document_once ON document (flow, document, act);
CREATE INDEX document_of ON document (document);
CREATE INDEX document_about ON document (about) WHERE about <> '';
CREATE INDEX document_noted ON document (notation);
CREATE INDEX document_kind ON document (business, id);
CREATE INDEX document_open ON document (flow, id) WHERE state <= 2;
CREATE TABLE told (
    flow       TEXT PRIMARY KEY,
    facts      BIGINT NOT NULL
);
CREATE TABLE document_package (
    document INTEGER PRIMARY KEY REFERENCES document (id),
    bytes    BLOB NOT NULL
);
)sql", upgrades};

#define DOCUMENT_COLUMNS                                                                                                                   \
    "id, flow, document, business, act, about, code, reason, recipients, removed, subject, notation, day, place, type_name, made_by, "     \
    "made_at, state, attempts, receipt, problem, digest"
constexpr const char* find_one = "SELECT " DOCUMENT_COLUMNS " FROM document WHERE id = $1";
constexpr const char* find_same = "SELECT " DOCUMENT_COLUMNS " FROM document WHERE flow = $1 AND document = $2 AND act = $3";
// Business: 0 new, 3 replacement, 4 status. A status 13 belongs to what was sent, not to what came in.
constexpr const char* find_newest = "SELECT " DOCUMENT_COLUMNS " FROM document WHERE business IN (0, 3) ORDER BY id DESC LIMIT $1";
constexpr const char* find_statuses = "SELECT " DOCUMENT_COLUMNS " FROM document WHERE business = 4 AND code <> '13' ORDER BY id DESC LIMIT $1";
constexpr const char* find_about = "SELECT " DOCUMENT_COLUMNS " FROM document WHERE document = $1 OR (about <> '' AND about = $2) ORDER BY id";
// State 3 is delivered.
constexpr const char* find_beside =
    "SELECT recipients FROM document WHERE flow = $1 AND notation = $2 AND substr(day, 1, 4) = $3 AND (business = 4) = $4 AND state = 3 AND id <> $5";
constexpr const char* find_told = "SELECT facts FROM told WHERE flow = $1";
constexpr const char* put_told =
    "INSERT INTO told (flow, facts) VALUES ($1, $2) ON CONFLICT (flow) DO UPDATE SET facts = excluded.facts";
#undef DOCUMENT_COLUMNS
constexpr const char* insert_document =
    "INSERT INTO document (flow, document, business, act, about, code, reason, recipients, removed, subject, notation, day, place, type_name,"
    " made_by, made_at, state, attempts, not_before, receipt, problem, digest)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 0, 0, $16, $17, '', $18)";
constexpr const char* insert_package =
    "INSERT INTO document_package (document, bytes) SELECT id, $1 FROM document WHERE flow = $2 AND document = $3 AND act = $4";
constexpr const char* read_package = "SELECT bytes FROM document_package WHERE document = $1";
constexpr const char* next_item =
    "SELECT id, flow, state, attempts, not_before, receipt, problem FROM document"
    " WHERE flow = $1 AND state <= 2 AND not_before <= $2 ORDER BY id LIMIT 1";
constexpr store::AttemptStatements attempts = {
    "SELECT state FROM document WHERE id = $1",
    "UPDATE document SET state = $1, attempts = attempts + 1, begun_at = $2 WHERE id = $3",
    "UPDATE document SET state = $1, receipt = $2, problem = $3, not_before = $4 WHERE id = $5",
    "SELECT state, count(*) FROM document WHERE flow = $1 GROUP BY state",
    "SELECT min(not_before) FROM document WHERE flow = $1 AND state <= 2 AND not_before > $2"};

DispatchedDocument document_from(const Query& query)
{
    DispatchedDocument out;
    out.id = query.integer(0);
    out.flow = query.text(1);
    out.document = query.text(2);
    out.business = static_cast<Business>(query.integer(3));
    out.act = query.text(4);
    out.about = query.text(5);
    out.code = query.text(6);
    out.reason = query.text(7);
    out.to = store::texts_from(query.view(8));
    out.removed = store::texts_from(query.view(9));
    out.subject = query.text(10);
    out.notation = query.text(11);
    out.day = query.text(12);
    out.place = query.text(13);
    out.type_name = query.text(14);
    out.made_by = query.text(15);
    out.made_at = time_of(query.integer(16));
    out.state = static_cast<DeliveryState>(query.integer(17));
    out.attempts = static_cast<std::uint32_t>(query.integer(18));
    out.receipt = query.text(19);
    out.problem = query.text(20);
    out.digest = query.text(21);
    return out;
}

Problem unknown(std::int64_t id)
{
    return {"document.unknown", "no document with this number was taken in", {}, std::to_string(id), "a number of lienthong document list", {}};
}

class SqliteDispatch final : public Dispatch
{
public:
    explicit SqliteDispatch(std::shared_ptr<Database> database)
        : database_(std::move(database)), attempts_(database_, attempts, unknown)
    {
    }

    [[nodiscard]] Result<Added> add(const DispatchedDocument& document, const std::string& package) override
    {
        Added added;
        const auto take_in = [&](Connection& connection) -> Result<void> {
            added = {};
            if (auto same = found_same(connection, document)) {
                if (same->digest != document.digest)
                    return Problem{"document.exists", "a document with this number and notation was taken in before, with other content", {},
                                   document.document, "another number, or the very same files and words", {}};
                added = {std::move(*same), true};
                return {};
            }
            const std::string to = store::encoded(document.to), removed = store::encoded(document.removed);
            connection.run(insert_document, document.flow, document.document, document.business, document.act, document.about, document.code,
                           document.reason, Blob{to}, Blob{removed}, document.subject, document.notation, document.day, document.place,
                           document.type_name, document.made_by, micros(document.made_at), Blob{}, document.digest);
            connection.run(insert_package, Blob{package}, document.flow, document.document, document.act);
            added.document = *found_same(connection, document);
            return {};
        };
        if (auto done = database_->write(take_in); !done)
            return done.problem();
        return added;
    }

    [[nodiscard]] Result<DispatchedDocument> document(std::int64_t id) const override
    {
        return database_->read<DispatchedDocument>([&](Connection& connection) -> Result<DispatchedDocument> {
            Query query = connection.query(find_one, id);
            if (!query.next())
                return unknown(id);
            return document_from(query);
        });
    }

    [[nodiscard]] Result<std::string> package(std::int64_t id) const override
    {
        return database_->read<std::string>([&](Connection& connection) -> Result<std::string> {
            auto bytes = package_of(connection, id);
            if (!bytes)
                return unknown(id);
            return *std::move(bytes);
        });
    }

    [[nodiscard]] Result<std::vector<DispatchedDocument>> newest(std::size_t limit) const override { return listed(find_newest, limit); }
    [[nodiscard]] Result<std::vector<DispatchedDocument>> newest_statuses(std::size_t limit) const override
    {
        return listed(find_statuses, limit);
    }
    [[nodiscard]] Result<std::vector<DispatchedDocument>> about(const std::string& document) const override
    {
        return listed(find_about, document, document);
    }

    [[nodiscard]] Result<std::vector<std::size_t>> delivered_beside(const DispatchedDocument& document) const override
    {
        return database_->read<std::vector<std::size_t>>([&](Connection& connection) -> Result<std::vector<std::size_t>> {
            std::vector<std::size_t> out(document.to.size(), 0);
            const std::string year = document.day.substr(0, 4);  // What is bound is not copied.
            Query query = connection.query(find_beside, document.flow, document.notation, year,
                                           std::int64_t{document.business == Business::status}, document.id);
            while (query.next()) {
                const std::vector<std::string> to = store::texts_from(query.view(0));
                for (std::size_t i = 0; i < out.size(); ++i)
                    out[i] += static_cast<std::size_t>(std::count(to.begin(), to.end(), document.to[i]));
            }
            return out;
        });
    }

    [[nodiscard]] Result<std::optional<FactVersionId>> told(const std::string& flow) const override
    {
        return database_->read<std::optional<FactVersionId>>([&](Connection& connection) -> Result<std::optional<FactVersionId>> {
            Query query = connection.query(find_told, flow);
            if (!query.next())
                return std::optional<FactVersionId>();
            return std::optional(FactVersionId{query.integer(0)});
        });
    }

    [[nodiscard]] Result<void> set_told(const std::string& flow, FactVersionId through) override
    {
        return database_->write([&](Connection& connection) -> Result<void> {
            connection.run(put_told, flow, through);
            return {};
        });
    }

    [[nodiscard]] Result<std::size_t> enqueue(const std::string&, const std::string&, std::uint64_t, Time,
                                              const std::vector<std::string>&, std::size_t) override
    {
        return std::size_t{0};
    }

    [[nodiscard]] Result<LeafId> finished_through(const std::string&) const override { return LeafId{0}; }

    /// Documents are of their own each; none says what another said before.
    [[nodiscard]] Result<std::optional<OutboxItem>> next(const std::string& flow, Time now, KeptInOrder) const override
    {
        return database_->read<std::optional<OutboxItem>>([&](Connection& connection) -> Result<std::optional<OutboxItem>> {
            Query query = connection.query(next_item, flow, micros(now));
            if (!query.next())
                return std::optional<OutboxItem>();
            return std::optional(OutboxItem{query.integer(0), query.text(1), 0, static_cast<DeliveryState>(query.integer(2)),
                                            static_cast<std::uint32_t>(query.integer(3)), time_of(query.integer(4)), query.text(5),
                                            query.text(6)});
        });
    }

    [[nodiscard]] Result<std::optional<Time>> falls_due(const std::string& flow, Time now) const override
    {
        return attempts_.falls_due(flow, now);
    }

    [[nodiscard]] Result<void> begin_attempt(std::int64_t id, Time now) override { return attempts_.begin(id, now); }

    [[nodiscard]] Result<void> finish_attempt(std::int64_t id, DeliveryState state, const std::string& receipt,
                                              const std::string& problem, Time not_before) override
    {
        return attempts_.finish(id, state, receipt, problem, not_before);
    }

    /// The same document taken in again is sent again: add() is how people decide here.
    [[nodiscard]] Result<void> decide(std::int64_t id, DeliveryState, const std::string&, Time, KeptInOrder) override { return unknown(id); }

    [[nodiscard]] Result<std::optional<OutboxItem>> item(std::int64_t) const override { return std::optional<OutboxItem>(); }

    [[nodiscard]] Result<std::vector<OutboxItem>> items(const std::string&, std::size_t) const override
    {
        return std::vector<OutboxItem>();
    }

    [[nodiscard]] Result<std::vector<std::int64_t>> standing(const std::string& flow) const override { return attempts_.standing(flow); }

private:
    template <class... Values>
    Result<std::vector<DispatchedDocument>> listed(const char* sql, const Values&... values) const
    {
        return database_->read<std::vector<DispatchedDocument>>([&](Connection& connection) -> Result<std::vector<DispatchedDocument>> {
            std::vector<DispatchedDocument> out;
            Query query = connection.query(sql, values...);
            while (query.next())
                out.push_back(document_from(query));
            return out;
        });
    }
    static std::optional<DispatchedDocument> found_same(Connection& connection, const DispatchedDocument& document)
    {
        Query query = connection.query(find_same, document.flow, document.document, document.act);
        if (!query.next())
            return std::nullopt;
        return document_from(query);
    }
    static std::optional<std::string> package_of(Connection& connection, std::int64_t id)
    {
        Query query = connection.query(read_package, id);
        if (!query.next())
            return std::nullopt;
        return query.text(0);
    }
    std::shared_ptr<Database> database_;
    store::Attempts attempts_;
};

}  // namespace

Result<std::shared_ptr<Dispatch>> open_sqlite_dispatch(const std::string& path)
{
    auto opened = Database::open(path, schema, 0);
    if (!opened)
        return opened.problem();
    return std::shared_ptr<Dispatch>(std::make_shared<SqliteDispatch>(*std::move(opened)));
}

}  // namespace lienthong::adapters

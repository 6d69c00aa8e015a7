// Asks a SQLite file by its own library, whose column_text is the database's rendering.
#include "adapters/transports/sql/sqlite_query.hpp"

#include "adapters/transports/sql/row_answer.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <memory>

namespace lienthong::adapters {
namespace {

constexpr int busy_millis = 5'000;
constexpr int steps_between_looks = 10'000;

struct CloseDatabase
{
    void operator()(sqlite3* database) const { sqlite3_close(database); }
};
struct FinishStatement
{
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;
using Statement = std::unique_ptr<sqlite3_stmt, FinishStatement>;

int is_too_late(void* deadline)
{
    return std::chrono::steady_clock::now() > *static_cast<Deadline*>(deadline) ? 1 : 0;
}

HttpAnswer refused(int code, const std::string& said)
{
    switch (code & 0xFF) {
        case SQLITE_CANTOPEN:
            return refusal(
                404, "the database file cannot be opened: " + said + "; check its path and that the hub's user may read it");
        case SQLITE_INTERRUPT:
            return refusal(504,
                           "the query ran out of time: ask for fewer rows, or add an index on the watermark and key columns");
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return refusal(503, "the database is busy: " + said);
        case SQLITE_PERM:
        case SQLITE_AUTH:
        case SQLITE_READONLY:
            return refusal(403, "the database does not allow it: " + said + "; the query may only read");
        case SQLITE_NOTADB:
        case SQLITE_CORRUPT:
            return refusal(422, "the file is no SQLite database, or is damaged: " + said);
        case SQLITE_ERROR:
            return refusal(400, "the database refuses the query: " + said);
        default:
            return refusal(500, "the database failed: " + said);
    }
}

bool add_row(sqlite3_stmt* statement, RowAnswer& rows)
{
    std::vector<std::optional<std::string_view>> row;
    for (int i = 0; i < sqlite3_column_count(statement); ++i) {
        const int type = sqlite3_column_type(statement, i);
        if (type == SQLITE_BLOB)
            return rows.refuse_bytes(sqlite3_column_name(statement, i), "hex(…)");
        const auto* const text = type == SQLITE_NULL ? nullptr : reinterpret_cast<const char*>(sqlite3_column_text(statement, i));
        row.push_back(text == nullptr
                          ? std::nullopt
                          : std::optional(std::string_view(text, static_cast<std::size_t>(sqlite3_column_bytes(statement, i)))));
    }
    return rows.add(row);
}

}  // namespace

Result<HttpAnswer> query_sqlite(const SqlCall& call, std::size_t answer_limit, Deadline deadline)
{
    sqlite3* opened = nullptr;
    const int code = sqlite3_open_v2(call.database.c_str(), &opened, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nullptr);
    const Database database(opened);
    if (code != SQLITE_OK)
        return refused(code, opened == nullptr ? "out of memory" : sqlite3_errmsg(opened));
    sqlite3_busy_timeout(opened, busy_millis);
    sqlite3_limit(opened, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_progress_handler(opened, steps_between_looks, is_too_late, &deadline);

    sqlite3_stmt* prepared = nullptr;
    const char* rest = nullptr;
    const int made = sqlite3_prepare_v2(opened, call.statement.data(), static_cast<int>(call.statement.size()), &prepared, &rest);
    const Statement statement(prepared);
    if (made != SQLITE_OK || prepared == nullptr)
        return refused(made == SQLITE_OK ? SQLITE_ERROR : made,
                       made == SQLITE_OK ? "it holds no statement" : sqlite3_errmsg(opened));
    if (std::string_view(rest).find_first_not_of(" \t\r\n;") != std::string_view::npos)
        return refusal(400, "the query is more than one statement");
    if (sqlite3_stmt_readonly(prepared) == 0)
        return refusal(403, "the query would write; it may only read");
    for (int i = 1; i <= sqlite3_bind_parameter_count(prepared); ++i) {
        const char* name = sqlite3_bind_parameter_name(prepared, i);
        const auto value = call.bound.find(name == nullptr ? "" : name + 1);
        if (value == call.bound.end())
            return refusal(400,
                           "the query has a parameter that nothing is bound to: " + std::string(name == nullptr ? "?" : name));
        sqlite3_bind_text(prepared, i, value->second.data(), static_cast<int>(value->second.size()), SQLITE_STATIC);
    }

    RowAnswer rows(call.most_rows, answer_limit);
    std::vector<std::string> columns;
    for (int i = 0; i < sqlite3_column_count(prepared); ++i)
        columns.emplace_back(sqlite3_column_name(prepared, i));
    bool going = rows.begin(std::move(columns));
    while (going) {
        const int step = sqlite3_step(prepared);
        if (step != SQLITE_ROW && step != SQLITE_DONE)
            return refused(step, sqlite3_errmsg(opened));
        going = step == SQLITE_ROW && add_row(prepared, rows);
    }
    return std::move(rows).answer();
}

}  // namespace lienthong::adapters

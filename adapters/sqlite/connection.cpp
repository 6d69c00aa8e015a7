// Opening a SQLite file through Poco::Data with the settings a store of record needs.
#include "adapters/sqlite/connection.hpp"

#include "adapters/sqlite/failure.hpp"

#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/SQLite/Utility.h>
#include <Poco/Data/Session.h>
#include <Poco/Exception.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <mutex>

namespace lienthong::adapters::sqlite {
namespace {

// SQLite gives the -wal and -shm files the mode of the main file.
void make_private_file(const std::string& path)
{
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file < 0)
        throw Failure(SQLITE_CANTOPEN, path + ": " + std::strerror(errno));
    const int moded = ::fchmod(file, S_IRUSR | S_IWUSR);
    const int why = errno;
    ::close(file);
    if (moded != 0)
        throw Failure(SQLITE_CANTOPEN, path + ": cannot set mode 0600: " + std::strerror(why));
}

void register_connector()
{
    static std::once_flag once;
    std::call_once(once, [] {
        // A connection is one thread's at a time, so its own lock, and the one around the count of its memory, protect
        // nothing: they were a tenth of a bulk write. Both can be chosen only before the library is first used.
        Poco::Data::SQLite::Utility::setThreadMode(Poco::Data::SQLite::Utility::THREAD_MODE_MULTI);
        sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
        Poco::Data::SQLite::Connector::registerConnector();
    });
}

// synchronous=FULL in WAL mode lost nothing in 30 000 simulated power cuts; NORMAL lost acknowledged records.
constexpr const char* common_settings =
    "PRAGMA busy_timeout=5000;"
    "PRAGMA foreign_keys=ON;"
    "PRAGMA trusted_schema=OFF;"
    "PRAGMA automatic_index=OFF;"  // An index made for one query reads the whole table first, at every asking.
    "PRAGMA cell_size_check=ON;"
    "PRAGMA mmap_size=0;"
    "PRAGMA temp_store=MEMORY;";
// Two writes to the log a page: with pages twice the usual size a large submission takes half as many, a small one no longer.
constexpr const char* writer_settings =
    "PRAGMA page_size=8192;"
    "PRAGMA journal_mode=WAL;"
    "PRAGMA synchronous=FULL;"
    "PRAGMA cache_size=-65536;"
    "PRAGMA wal_autocheckpoint=4096;"
    "PRAGMA journal_size_limit=67108864;";
constexpr const char* reader_settings =
    "PRAGMA query_only=ON;"
    "PRAGMA cache_size=-8192;";

}  // namespace

struct Connection::Session
{
    explicit Session(const std::string& path) : poco("SQLite", path) {}
    Poco::Data::Session poco;
};

Connection::Connection(const std::string& path, Purpose purpose)
{
    register_connector();
    if (purpose == Purpose::write)
        make_private_file(path);
    try {
        session_ = std::make_unique<Session>(path);
        handle_ = Poco::Data::SQLite::Utility::dbHandle(session_->poco);
    } catch (const Poco::Exception& error) {
        throw Failure(SQLITE_CANTOPEN, path + ": " + error.displayText());
    }
    sqlite3_extended_result_codes(handle_, 1);
    script(common_settings);
    script(purpose == Purpose::write ? writer_settings : reader_settings);
    if (purpose == Purpose::write && pragma("journal_mode") != "wal")
        throw Failure(SQLITE_CANTOPEN, path + ": the file system does not carry a write-ahead log");
}

Connection::~Connection()
{
    rollback();
    statements_.clear();
}

const Statement& Connection::prepared(const char* sql)
{
    std::unique_ptr<Statement>& statement = statements_[sql];
    if (!statement)
        statement = std::make_unique<Statement>(handle_, sql);
    return *statement;
}

void Connection::script(const std::string& sql)
{
    char* text = nullptr;
    const int code = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, &text);
    const std::string message = text ? text : "";
    sqlite3_free(text);
    if (code != SQLITE_OK)
        throw Failure(code, message);
}

std::string Connection::pragma(const std::string& name)
{
    const Statement statement(handle_, ("PRAGMA " + name).c_str());
    Query query(statement);
    return query.next() ? query.text(0) : std::string();
}

std::int64_t Connection::changed() const
{
    return sqlite3_changes64(handle_);
}

bool Connection::in_transaction() const
{
    return sqlite3_get_autocommit(handle_) == 0;
}

void Connection::rollback() noexcept
{
    // SQLite may have ended the transaction by itself; what it held is gone all the same.
    ++rollbacks_;
    if (in_transaction())
        sqlite3_exec(handle_, "ROLLBACK", nullptr, nullptr, nullptr);
}

void Connection::rollback_to(const char* sql)
{
    ++rollbacks_;
    run(sql);
}

}  // namespace lienthong::adapters::sqlite

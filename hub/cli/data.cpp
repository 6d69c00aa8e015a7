#include "hub/cli/data.hpp"

#include "adapters/journals/sqlite/sqlite_journal.hpp"
#include "adapters/stores/sqlite/sqlite_store.hpp"

#include <filesystem>

namespace lienthong::cli {

Result<Data> open_data(const Settings& settings)
{
    namespace fs = std::filesystem;
    std::error_code error;
    const fs::path directory(settings.data_directory);
    const bool made = fs::create_directories(directory, error);
    if (!error && made)
        fs::permissions(directory, fs::perms::owner_all, error);
    if (error)
        return Problem{"settings.data_directory", "the data directory cannot be made: " + error.message(), settings.data_directory, {}, "a directory of our own", {}};
    Data data;
    auto journal = adapters::open_sqlite_journal((directory / "journal.db").string());
    if (!journal.ok())
        return journal.problem();
    data.journal = std::move(journal).value();
    auto store = adapters::open_sqlite_store((directory / "store.db").string());
    if (!store.ok())
        return store.problem();
    data.store = store->store;
    data.outbox = store->outbox;
    data.identities = store->identities;
    data.events = store->events;
    data.rule_breaks = store->rule_breaks;
    data.facts = store->facts;
    data.fact_outbox = store->fact_outbox;
    data.partner_names = store->partner_names;
    return data;
}

}  // namespace lienthong::cli

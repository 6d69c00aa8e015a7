// The store applying submissions against bare SQLite inserting the same rows, both with WAL and synchronous=FULL.
#include "adapters/stores/sqlite/sqlite_store.hpp"
#include "hub/flow/answer.hpp"
#include "hub/flow/leaf.hpp"
#include "hub/seal/digest.hpp"

#include <benchmark/benchmark.h>
#include <sqlite3.h>

#include <filesystem>
#include <future>

using namespace lienthong;

namespace {

std::filesystem::path fresh_folder()
{
    static int number = 0;
    const auto folder = std::filesystem::temp_directory_path() / ("lienthong-bench-" + std::to_string(getpid()) + "-" + std::to_string(++number));
    std::filesystem::create_directories(folder);
    return folder;
}

Application application(MessageId message, std::int64_t records)
{
    Application out;
    out.message = message;
    out.flow = "push";
    out.connector = "push";
    out.sender = "bench";
    out.catalogue_digest = out.mapping_digest = std::string(64, 'a');
    out.received_at = out.applied_at = Time(std::chrono::microseconds(1'760'000'000'000'000 + message));
    for (std::int64_t i = 0; i < records; ++i) {
        Verdict verdict;
        verdict.record = static_cast<std::uint32_t>(i);
        Observation observation;
        observation.key = {"A_VIII_1", "VALUE", "2025-03", "GSO:" + std::to_string(i), "_T", "H31.01"};
        observation.value = std::to_string(message) + "." + std::to_string(i);
        observation.unit = "BILLION_VND";
        verdict.observations.push_back(std::move(observation));
        out.verdicts.push_back(std::move(verdict));
    }
    flow::set_leaf(out, std::string(64, 'b'));
    return out;
}

void store_applies(benchmark::State& state)
{
    const auto folder = fresh_folder();
    {
        const auto opened = adapters::open_sqlite_store((folder / "store.db").string());
        MessageId message = 0;
        for (auto _ : state) {
            state.PauseTiming();
            Application next = application(++message, state.range(0));
            state.ResumeTiming();
            std::promise<bool> applied;
            opened->store->apply(std::move(next), [](const Application&, const Applied&) { return Told{.answer = "{}"}; },
                                 [&applied](Result<Applied> result) { applied.set_value(result.ok()); });
            if (!applied.get_future().get())
                state.SkipWithError("the store refused");
        }
    }
    state.SetItemsProcessed(state.range(0) * state.iterations());
    std::filesystem::remove_all(folder);
}

void bare_sqlite_inserts(benchmark::State& state)
{
    const auto folder = fresh_folder();
    sqlite3* db = nullptr;
    sqlite3_open((folder / "bare.db").c_str(), &db);
    sqlite3_exec(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                     "CREATE TABLE row(id INTEGER PRIMARY KEY, key TEXT, value TEXT, unit TEXT, vintage TEXT, source TEXT, message INTEGER)", nullptr, nullptr, nullptr);
    sqlite3_stmt* insert = nullptr;
    sqlite3_prepare_v2(db, "INSERT INTO row(key,value,unit,vintage,source,message) VALUES(?,?,?,?,?,?)", -1, &insert, nullptr);
    MessageId message = 0;
    for (auto _ : state) {
        state.PauseTiming();
        const Application next = application(++message, state.range(0));
        state.ResumeTiming();
        sqlite3_exec(db, "BEGIN", nullptr, nullptr, nullptr);
        for (const Verdict& verdict : next.verdicts) {
            const Observation& o = verdict.observations.front();
            const std::string key = to_text(o.key);
            const std::string_view vintage = to_text(o.vintage);
            sqlite3_bind_text(insert, 1, key.data(), static_cast<int>(key.size()), SQLITE_STATIC);
            sqlite3_bind_text(insert, 2, o.value.data(), static_cast<int>(o.value.size()), SQLITE_STATIC);
            sqlite3_bind_text(insert, 3, o.unit.data(), static_cast<int>(o.unit.size()), SQLITE_STATIC);
            sqlite3_bind_text(insert, 4, vintage.data(), static_cast<int>(vintage.size()), SQLITE_STATIC);
            sqlite3_bind_text(insert, 5, o.source.data(), static_cast<int>(o.source.size()), SQLITE_STATIC);
            sqlite3_bind_int64(insert, 6, next.message);
            sqlite3_step(insert);
            sqlite3_reset(insert);
        }
        sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr);
    }
    state.SetItemsProcessed(state.range(0) * state.iterations());
    sqlite3_finalize(insert);
    sqlite3_close(db);
    std::filesystem::remove_all(folder);
}

}  // namespace

BENCHMARK(bare_sqlite_inserts)->Arg(1)->Arg(100)->Arg(1000)->UseRealTime();
BENCHMARK(store_applies)->Arg(1)->Arg(100)->Arg(1000)->UseRealTime();
BENCHMARK_MAIN();

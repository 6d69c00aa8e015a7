/// Making applications and waiting for the store's answers.
#pragma once

#include "hub/ports/store.hpp"

#include <future>
#include <string>
#include <vector>

namespace lienthong::testing {

inline Time at(std::int64_t second)
{
    return Time{std::chrono::seconds{1'770'000'000 + second}};
}

inline Observation observation(const std::string& indicator, const std::string& value, const std::string& period = "2026-03")
{
    return {{indicator, "PERIOD", period, "GSO:33", "_T", "H33.09"}, value, "PERCENT", Vintage::official};
}

inline Verdict accepted_record(std::uint32_t record, std::vector<Observation> observations)
{
    Verdict verdict;
    verdict.record = record;
    verdict.place = "/records/" + std::to_string(record);
    verdict.observations = std::move(observations);
    return verdict;
}

inline Verdict refused_record(std::uint32_t record, const std::string& found)
{
    Verdict verdict;
    verdict.record = record;
    verdict.place = "/records/" + std::to_string(record);
    verdict.excerpt = "{\"giaTri\":\"" + found + "\"}";
    verdict.problems = {
        {"value.not_a_number", "the value is not a number", verdict.place + "/giaTri", found, "1.250,5", "NĐ 94"}};
    return verdict;
}

/// Every application gets a leaf of its own, so that leaves can be told apart.
inline Application application(MessageId message, std::int64_t received_second, std::vector<Verdict> verdicts)
{
    Application application;
    application.message = message;
    application.flow = "monthly";
    application.connector = "push";
    application.sender = "so_cong_thuong";
    application.catalogue_digest = "c1";
    application.mapping_digest = "m1";
    application.received_at = at(received_second);
    application.applied_at = at(received_second + 1);
    application.verdicts = std::move(verdicts);
    application.leaf.text = "leaf of message " + std::to_string(message) + " at " + std::to_string(received_second);
    application.leaf.hash = std::string(24, '\0') + std::string(8, static_cast<char>(message));
    return application;
}

inline Leaf leaf_of(const Settlement& settlement)
{
    return {"settled: " + settlement.reason, std::string(31, '\x7f') + settlement.agency.back()};
}

inline std::future<Result<Applied>> start(Store& store, Application application, Store::Render render = {})
{
    auto promise = std::make_shared<std::promise<Result<Applied>>>();
    auto future = promise->get_future();
    if (!render)
        render = [](const Application&, const Applied& applied) { return Told{.answer = "submission " + std::to_string(applied.submission)}; };
    store.apply(std::move(application), std::move(render),
                [promise](Result<Applied> applied) { promise->set_value(std::move(applied)); });
    return future;
}

inline Applied apply(Store& store, Application application, Store::Render render = {})
{
    return start(store, std::move(application), std::move(render)).get().value();
}

using States = std::vector<RecordState>;

/// Makes a store of today one of version 5.
inline constexpr const char* back_to_version_5 =
    "DROP INDEX outbox_once; ALTER TABLE outbox DROP COLUMN facts_from; ALTER TABLE outbox DROP COLUMN facts_below;"
    "CREATE UNIQUE INDEX outbox_once ON outbox (flow, leaf); DROP TABLE partner_name;"
    "UPDATE schema_version SET version = 5 WHERE name = 'store';";

}  // namespace lienthong::testing

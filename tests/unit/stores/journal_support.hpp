/// Making messages and waiting for the journal's answers.
#pragma once

#include "hub/ports/journal.hpp"

#include <future>
#include <string>

namespace lienthong::testing {

inline Message message(const std::string& source_id, const std::string& payload, const std::string& digest)
{
    Message message;
    message.flow = "monthly";
    message.source = "push";
    message.source_id = source_id;
    message.sender = "so_cong_thuong";
    message.content_type = "application/json";
    message.payload = payload;
    message.digest = digest;
    message.received_at = *time_from("2026-03-10T08:00:00.123456+07:00");
    return message;
}

inline std::future<Result<std::vector<Journaled>>> start(Journal& journal, JournalEntry entry)
{
    auto promise = std::make_shared<std::promise<Result<std::vector<Journaled>>>>();
    auto future = promise->get_future();
    journal.append(std::move(entry), [promise](Result<std::vector<Journaled>> result) { promise->set_value(std::move(result)); });
    return future;
}

inline Result<std::vector<Journaled>> append(Journal& journal, JournalEntry entry)
{
    return start(journal, std::move(entry)).get();
}

}  // namespace lienthong::testing

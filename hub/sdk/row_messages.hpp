/// Row messages: a list that comes whole in one answer, without pages or cursor, goes on in messages of some rows each.
#pragma once

#include "hub/sdk/connector.hpp"
#include "hub/sdk/fingerprint.hpp"
#include "hub/sdk/json_message.hpp"

#include <string>
#include <string_view>
#include <utility>

namespace lienthong::sdk {

/// Adds payloads {"data":[…]} to a step. They are known by their place and content, so rows that did not change are nothing new to
/// the journal.
class RowMessages
{
public:
    /// A message is read in one piece, however long the list is.
    static constexpr std::size_t rows_of_a_message = 2'000;

    /// `list` begins the messages' identities; both must outlive it.
    RowMessages(Step& step, std::string_view list) : step_(step), list_(list) {}

    /// `row` is JSON.
    void add(std::string_view row)
    {
        rows_ += count_ == 0 ? "" : ",";
        rows_ += row;
        if (++count_ == rows_of_a_message)
            put();
    }
    /// After the last row.
    void end()
    {
        if (count_ > 0)
            put();
    }

private:
    void put()
    {
        std::string bytes = "{\"data\":[" + rows_ + "]}";
        std::string source_id = std::string(list_) + '/' + std::to_string(++messages_) + '/' + fingerprint(bytes);
        step_.payloads.push_back(json_message(std::move(source_id), std::move(bytes)));
        rows_.clear();
        count_ = 0;
    }

    Step& step_;
    std::string_view list_;
    std::string rows_;
    std::size_t count_ = 0, messages_ = 0;
};

}  // namespace lienthong::sdk

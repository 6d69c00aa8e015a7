/// How lists are kept in one column: texts as netstrings ("5:hello,"), record states as one byte each.
#pragma once

#include "hub/model/observation.hpp"
#include "hub/model/problem.hpp"
#include "hub/model/time.hpp"
#include "hub/model/verdict.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::adapters::store {

[[nodiscard]] inline std::int64_t micros(Time time)
{
    return time.time_since_epoch().count();
}
[[nodiscard]] inline Time time_of(std::int64_t micros)
{
    return Time{std::chrono::microseconds{micros}};
}

void append_text(std::string& out, std::string_view text);

/// Takes texts off the front, in the order they were appended. Throws std::runtime_error on anything else: the
/// column was damaged.
class TextReader
{
public:
    explicit TextReader(std::string_view bytes) : rest_(bytes) {}
    [[nodiscard]] bool at_end() const { return rest_.empty(); }
    [[nodiscard]] std::string_view next();

private:
    std::string_view rest_;
};

[[nodiscard]] std::string encoded(const std::vector<std::string>& texts);
[[nodiscard]] std::vector<std::string> texts_from(std::string_view bytes);
[[nodiscard]] std::string encoded(const std::vector<std::int64_t>& ids);
[[nodiscard]] std::vector<std::int64_t> ids_from(std::string_view bytes);
[[nodiscard]] std::string encoded(const std::vector<Problem>& problems);
[[nodiscard]] std::vector<Problem> problems_from(std::string_view bytes);
using FactFields = std::vector<std::pair<std::string, std::string>>;
[[nodiscard]] std::string encoded(const FactFields& fields);
[[nodiscard]] FactFields fields_from(std::string_view bytes);

/// The state a submission left a record in, and what the submission had to do with it.
struct StateMark
{
    RecordState state = RecordState::stored;
    bool untouched = false;   ///< A replay saw the record but it was not in quarantine; the state is that of then.
    bool first_seen = false;  ///< The record counts as received from this submission on.
};
[[nodiscard]] char encoded(StateMark mark);
/// Throws std::runtime_error for a byte that is none.
[[nodiscard]] StateMark state_mark_from(char byte);
/// The records a submission moved or brought, by the state it left them in.
[[nodiscard]] Tally counts_of(std::string_view states);

}  // namespace lienthong::adapters::store

// The changes feed: sealed revisions in the order of the log, without gap or repeat.
#include "hub/api/names.hpp"
#include "hub/api/routes.hpp"
#include "hub/api/sealed_wait.hpp"
#include "hub/seal/digest.hpp"

#include <algorithm>

namespace lienthong::api {
namespace {

constexpr std::int64_t most_changes = 5'000;
constexpr std::int64_t longest_wait_secs = 30;

/// After which revision of which leaf a reader stands.
struct Position
{
    std::uint64_t leaf = 0;
    RevisionId revision = 0;
};

std::string check_of(const std::string& body)
{
    return seal::sha256_hex("lienthong changes cursor " + body).substr(0, 8);
}

/// Opaque to readers: hex of a versioned position and a check against typing errors.
std::string cursor_text(const Position& position)
{
    const std::string body = "1 " + std::to_string(position.leaf) + " " + std::to_string(position.revision);
    return seal::to_hex(body + " " + check_of(body));
}

std::optional<Position> cursor_from(const std::string& text)
{
    const auto decoded = seal::from_hex(text);
    if (!decoded)
        return std::nullopt;
    const std::size_t last = decoded->rfind(' ');
    if (last == std::string::npos || check_of(decoded->substr(0, last)) != decoded->substr(last + 1))
        return std::nullopt;
    const std::string body = decoded->substr(0, last);
    const std::size_t first = body.find(' ');
    const std::size_t second = body.find(' ', first + 1);
    if (body.substr(0, first) != "1" || second == std::string::npos)
        return std::nullopt;
    const auto leaf = number_from(std::string_view(body).substr(first + 1, second - first - 1), INT64_MAX);
    const auto revision = number_from(std::string_view(body).substr(second + 1), INT64_MAX);
    if (!leaf || !revision)
        return std::nullopt;
    return Position{static_cast<std::uint64_t>(*leaf), *revision};
}

Result<std::string> page_of_changes(const ApiParts& parts, Position from, std::size_t limit)
{
    const std::uint64_t sealed = parts.sealer->standing().sealed;
    const auto rows = parts.store->changes(from.leaf, from.revision, sealed, limit);
    if (!rows.ok())
        return rows.problem();
    JsonWriter out;
    out.begin_object().key("changes").begin_array();
    for (const RevisionRow& row : *rows) {
        out.begin_object();
        write_revision(out, row, nullptr);
        out.end_object();
    }
    out.end_array();
    const bool more = rows->size() == limit;
    Position next = from;
    if (!rows->empty())
        next = {rows->back().log_index.value_or(from.leaf), rows->back().id};
    // Everything sealed was read: leaves without revisions (refusals only) are passed over for good.
    if (!more)
        next = {std::max(sealed, from.leaf), 0};
    out.member("cursor", cursor_text(next)).member("more", more).member("sealed", static_cast<std::int64_t>(sealed));
    return out.end_object().take();
}

}  // namespace

void Routes::changes(Api& api, Call call)
{
    const ApiParts& parts = Routes::parts(api);
    Position from;
    std::size_t limit = 1000;
    std::int64_t wait = 0;
    for (const auto& [name, value] : call.request.query) {
        if (name == "cursor" && !value.empty()) {
            const auto position = cursor_from(value);
            if (!position)
                return call.respond(problem_response(400, Problem{"cursor.unknown", "this is no cursor of this hub", "query/cursor",
                                                                  shortened(value, 80), "the cursor of an earlier answer"}));
            from = *position;
        } else if (name == "limit" || name == "wait") {
            const std::int64_t most = name == "limit" ? most_changes : longest_wait_secs;
            const auto number = number_from(value, most);
            if (!number || (name == "limit" && *number == 0))
                return call.respond(problem_response(400, Problem{"parameter.bad", "this parameter cannot be that", "query/" + name,
                                                                  shortened(value, 40), "a number up to " + std::to_string(most)}));
            if (name == "limit")
                limit = static_cast<std::size_t>(*number);
            else
                wait = *number;
        }
    }
    auto answer = [&api, from, limit, respond = call.respond] {
        const auto body = page_of_changes(Routes::parts(api), from, limit);
        respond(body.ok() ? json_response(200, *body) : problem_response(status_of(body.problem()), body.problem()));
    };
    if (wait == 0 || parts.sealer->standing().sealed > from.leaf)
        return answer();
    Routes::waiting_of(api).until_more_than(from.leaf, std::chrono::seconds(wait), [&api, answer] { Routes::on_reader(api, answer); });
}

}  // namespace lienthong::api

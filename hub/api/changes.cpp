// The changes feed: what sealed leaves brought, in the order of the log, without gap or repeat: every agency's telling, or
// the one served of each figure.
#include "hub/api/names.hpp"
#include "hub/api/query.hpp"
#include "hub/api/routes.hpp"
#include "hub/api/sealed_wait.hpp"
#include "hub/seal/digest.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace lienthong::api {
namespace {

constexpr std::int64_t most_changes = 5'000;
constexpr std::int64_t changes_unasked = 1'000;
constexpr std::int64_t longest_wait_secs = 30;

/// Which of the two feeds is read. A position in one is none in the other: who changed over halfway would miss what the
/// other said before it.
enum class Feed : std::uint8_t { told, served };

/// After which change of which leaf a reader stands.
struct Position
{
    Feed feed = Feed::told;
    std::uint64_t leaf = 0;
    RevisionId change = 0;  ///< The revision told, or what the change was counted by (ServedChange::cause).
};

constexpr std::array<std::string_view, 2> feed_names = {"told", "served"};

std::string check_of(const std::string& body)
{
    return seal::sha256_hex("lienthong changes cursor " + body).substr(0, 8);
}

/// Opaque to readers: hex of a versioned position and a check against typing errors.
std::string cursor_text(const Position& position)
{
    const std::string body = "2 " + std::string(feed_names.at(static_cast<std::size_t>(position.feed))) + " " +
                             std::to_string(position.leaf) + " " + std::to_string(position.change);
    return seal::to_hex(body + " " + check_of(body));
}

std::optional<Position> cursor_from(const std::string& text)
{
    const auto decoded = seal::from_hex(text);
    if (!decoded)
        return std::nullopt;
    std::vector<std::string> words(1);
    for (const char c : *decoded) {
        if (c == ' ')
            words.emplace_back();
        else
            words.back() += c;
    }
    if (words.size() != 5 || words[0] != "2" || check_of(decoded->substr(0, decoded->rfind(' '))) != words[4])
        return std::nullopt;
    const auto* const feed = std::find(feed_names.begin(), feed_names.end(), words[1]);
    const auto leaf = number_from(words[2], INT64_MAX);
    const auto change = number_from(words[3], INT64_MAX);
    if (feed == feed_names.end() || !leaf || !change)
        return std::nullopt;
    return Position{static_cast<Feed>(feed - feed_names.begin()), static_cast<std::uint64_t>(*leaf), *change};
}

struct Page
{
    std::size_t changes = 0;
    Position next;  ///< After the last of them.
};

/// Every agency's telling, as it was told.
Result<Page> write_told(JsonWriter& out, const ApiParts& parts, const Position& from, std::uint64_t sealed, std::size_t limit)
{
    const auto rows = parts.store->changes(from.leaf, from.change, sealed, limit);
    if (!rows.ok())
        return rows.problem();
    Page page{rows->size(), from};
    for (const RevisionRow& row : *rows) {
        out.begin_object();
        write_revision(out, row, nullptr);
        // As it was at this place of the log, so that a page is the same whenever it is read.
        out.member("served", row.served_when_told).end_object();
        page.next = {from.feed, row.log_index.value_or(from.leaf), row.id};
    }
    return page;
}

/// One telling of each figure, wherever another becomes the one served.
Result<Page> write_served(JsonWriter& out, const ApiParts& parts, const Position& from, std::uint64_t sealed, std::size_t limit)
{
    const auto changes = parts.store->served_changes(from.leaf, from.change, sealed, limit);
    if (!changes.ok())
        return changes.problem();
    Page page{changes->size(), from};
    for (const ServedChange& change : *changes) {
        out.begin_object();
        write_revision(out, change.row, nullptr);
        out.member("served", true).key("change").begin_object();
        out.member("because", to_text(change.because)).member("log_index", static_cast<std::int64_t>(change.log_index));
        if (change.because == ServedBecause::told)
            out.member("told", change.cause);
        if (change.because == ServedBecause::settled)
            out.member("settlement", change.leaf);
        out.end_object().end_object();
        page.next = {from.feed, change.log_index, change.cause};
    }
    return page;
}

Result<std::string> page_of_changes(const ApiParts& parts, const Position& from, std::size_t limit)
{
    const std::uint64_t sealed = parts.sealer->standing().sealed;
    JsonWriter out;
    out.begin_object().key("changes").begin_array();
    const auto page = (from.feed == Feed::served ? write_served : write_told)(out, parts, from, sealed, limit);
    if (!page.ok())
        return page.problem();
    out.end_array();
    const bool more = page->changes == limit;
    // Everything sealed was read: leaves that changed nothing are passed over for good.
    const Position next = more ? page->next : Position{from.feed, std::max(sealed, from.leaf), 0};
    out.member("cursor", cursor_text(next)).member("more", more).member("sealed", static_cast<std::int64_t>(sealed));
    return out.end_object().take();
}

Problem no_cursor(const std::string& found, const std::string& expected)
{
    return {"cursor.unknown", "this is no cursor of this feed", "query/cursor", shortened(found, 80), expected};
}

}  // namespace

void Routes::changes(Api& api, Call call)
{
    const ApiParts& parts = Routes::parts(api);
    Query query(call.request);
    Position from;
    from.feed = query.flag("served") ? Feed::served : Feed::told;
    const std::size_t limit = query.limit(most_changes, changes_unasked);
    const std::int64_t wait = query.number("wait", 0, longest_wait_secs, 0);
    if (query.problem())
        return call.respond(problem_response(400, *query.problem()));
    if (const std::string cursor = query.text("cursor"); !cursor.empty()) {
        const auto position = cursor_from(cursor);
        if (!position || position->feed != from.feed) {
            const auto* expected = position ? "the same `served` as the answer it came with" : "the cursor of an earlier answer";
            return call.respond(problem_response(400, no_cursor(cursor, expected)));
        }
        from = *position;
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

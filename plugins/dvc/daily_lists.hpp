/// Daily lists: what the portal lists whole, without pages and without a day to begin with, asked once a day, in turn.
///
/// A list is handed on only when it is another than the one handed on last: its fingerprint stands in the cursor. A new month makes
/// it another, so that what stood in it is on record month by month. What the portal refuses to list is set aside and holds up no
/// other list.
#pragma once

#include "hub/sdk/fingerprint.hpp"
#include "hub/sdk/words.hpp"
#include "plugins/dvc/messages.hpp"
#include "plugins/dvc/portal.hpp"

#include <algorithm>
#include <stdexcept>

namespace dvc {

inline constexpr std::size_t most_lists = 40, longest_service = 60;

/// What lists of one kind have in common.
struct ListKind
{
    std::string_view cursor;   ///< First word of a cursor.
    std::string_view context;  ///< First word of a context.
    std::string_view setting;  ///< The one that names the services.
    std::string_view example;  ///< A service's name.
    Endpoint at = Endpoint::share;
    /// Where lists are of persons: the JSON text of what may leave the worker, empty for nothing; rows that are none are set aside
    /// without their content. Else a list is handed on as it came.
    std::string (*kept)(const std::string& service, TreeView rows, Step& step) = nullptr;
};

/// What is known of one list.
struct KnownList
{
    std::string service;
    std::string print;  ///< Of what was handed on last; "-" for nothing.
};

class DailyLists
{
public:
    /// `portal` must outlive it. Throws std::invalid_argument for names that can be none.
    DailyLists(const Portal& portal, const ListKind& kind, std::string_view services) : portal_(portal), kind_(kind)
    {
        std::string spaced(services);
        std::replace(spaced.begin(), spaced.end(), ',', ' ');
        for (Words words(spaced); !words.rest().empty();) {
            const std::string_view name = words.next();
            if (name.empty())
                continue;
            if (!is_service(name) || named(name) || services_.size() == most_lists)
                throw std::invalid_argument(std::string(kind_.setting) + ": expected up to 40 different names such as " +
                                            std::string(kind_.example));
            services_.emplace_back(name);
        }
    }

    /// Cursor of catalogues: "k1 2026-11-26 LayDanhMucCoQuan=0123456789abcdef …".
    [[nodiscard]] Step poll(std::string_view cursor, const Moment& moment) const
    {
        std::vector<KnownList> before;
        const std::string today = text_of(day_of(moment));
        Words words(cursor);
        if (!cursor.empty()) {
            const bool ours = words.next() == kind_.cursor;
            const std::string_view day = words.next();
            const auto read = read_lists(words.rest());
            if (!ours || !read_month(day.substr(0, 7)) || !read)
                return step_of(unknown_cursor(cursor));
            if (day == today && read->size() == services_.size() && all_named(*read))
                return {};
            before = *read;
        }
        std::vector<KnownList> now;
        for (const std::string& service : services_) {
            const auto is_it = [&](const KnownList& one) { return one.service == service; };
            const auto known = std::find_if(before.begin(), before.end(), is_it);
            now.push_back({service, known == before.end() ? "-" : known->print});
        }
        return go_on(0, today, now);
    }

    /// The answer to a request, and its context behind the first word: the place of the list asked for, the day, all lists.
    [[nodiscard]] Step reply(Words words, const Answer& answer) const
    {
        const auto at = words.number();
        const std::string day(words.next());
        const auto month = read_month(std::string_view(day).substr(0, 7));
        auto all = read_lists(words.rest());
        if (!at || !month || !all || static_cast<std::size_t>(*at) >= all->size())
            return step_of(unknown_context(kind_.context));
        KnownList& one = (*all)[static_cast<std::size_t>(*at)];
        Step step;
        if (auto failure = portal_.refusal(one.service, answer)) {
            if (failure->kind != FailureClass::unknown || !Portal::is_own_word(*failure))
                return step_of(std::move(*failure));
            std::string said = "{\"service\":" + json_quoted(one.service) + ",\"answer\":";
            // Where lists are of persons, rows may stand beside a refusal.
            said += kind_.kept != nullptr ? only_members(answer.document, {"error_code"}) : std::string(answer.document.source());
            said += '}';
            step.set_aside.push_back({{}, failure->detail, std::move(said), {}});
        } else if (auto shape = take(one, *month, day, answer, step)) {
            return step_of(std::move(*shape));
        }
        Step further = go_on(*at + 1, day, *all);
        step.requests = std::move(further.requests);
        step.cursor = std::move(further.cursor);
        return step;
    }

private:
    static bool is_service(std::string_view name)
    {
        const auto fits = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
        return !name.empty() && name.size() <= longest_service && std::all_of(name.begin(), name.end(), fits);
    }
    [[nodiscard]] bool named(std::string_view name) const
    {
        return std::find(services_.begin(), services_.end(), name) != services_.end();
    }
    [[nodiscard]] bool all_named(const std::vector<KnownList>& list) const
    {
        return std::all_of(list.begin(), list.end(), [&](const KnownList& one) { return named(one.service); });
    }

    /// "LayDanhMucCoQuan=0123456789abcdef LayDanhMucLinhVuc=-".
    static std::optional<std::vector<KnownList>> read_lists(std::string_view text)
    {
        std::vector<KnownList> out;
        for (Words words(text); !words.rest().empty();) {
            const std::string_view word = words.next();
            const std::size_t split = word.find('=');
            if (split == std::string_view::npos || !is_service(word.substr(0, split)) || out.size() == most_lists)
                return std::nullopt;
            out.push_back({std::string(word.substr(0, split)), std::string(word.substr(split + 1))});
        }
        return out;
    }
    static std::string text_of_all(const std::vector<KnownList>& all)
    {
        std::string out;
        for (const KnownList& one : all)
            out += ' ' + one.service + '=' + one.print;
        return out;
    }

    [[nodiscard]] std::optional<Failure> take(KnownList& one, Month month, const std::string& day, const Answer& answer, Step& step) const
    {
        const TreeView rows = rows_of(answer);
        if (rows.kind() != LIENTHONG_NODE_ARRAY)
            return wrong_shape(one.service, "the array 'result'");
        if (!rows.first())
            return std::nullopt;
        const std::string kept = kind_.kept != nullptr ? kind_.kept(one.service, rows, step) : std::string(rows.source());
        if (kept.empty())
            return std::nullopt;
        Payload payload = payload_of(one.service, month, kept);
        const std::string print = fingerprint(payload.bytes);
        if (print == one.print)
            return std::nullopt;
        one.print = print;
        // Of its day: a list that goes back to what it was is told again.
        payload.source_id = one.service + '/' + day;
        // The reply beside it would hold what the payload leaves out.
        payload.keep_reply = kind_.kept == nullptr;
        step.payloads.push_back(std::move(payload));
        return std::nullopt;
    }

    [[nodiscard]] Step go_on(int at, const std::string& day, const std::vector<KnownList>& all) const
    {
        Step step;
        if (static_cast<std::size_t>(at) >= all.size())
            step.cursor = std::string(kind_.cursor) + ' ' + day + text_of_all(all);
        else
            step.requests.push_back(portal_.ask({kind_.at, all[static_cast<std::size_t>(at)].service, {}, {}},
                                                std::string(kind_.context) + ' ' + std::to_string(at) + ' ' + day + text_of_all(all)));
        return step;
    }

    const Portal& portal_;
    ListKind kind_;
    std::vector<std::string> services_;
};

}  // namespace dvc

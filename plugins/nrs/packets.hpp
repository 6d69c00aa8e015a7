/// Packets: lists asked kind by kind and packets handed over, in whatever words the profile has for them.
///
/// Cursor: "p1 <since>" between rounds, "p1 <since> <until> <kind> <page>" within one; days as 2025-04-10, page empty for the
/// first. Contexts: "pull <since> <until> <kind> <page>", "push <id> <packet that would replace an earlier one>", "again <id>",
/// "find <id>".
#pragma once

#include "hub/sdk/failures.hpp"
#include "hub/sdk/words.hpp"
#include "plugins/nrs/item_reader.hpp"
#include "plugins/nrs/packet_writer.hpp"
#include "plugins/nrs/partner.hpp"
#include "plugins/nrs/profile_reader.hpp"

#include <stdexcept>

namespace nrs {

using namespace lienthong::sdk;

class Packets
{
public:
    /// What is asked for where a round is at.
    struct Place
    {
        std::string since, until, kind, page;
        [[nodiscard]] std::string text() const { return since + ' ' + until + ' ' + kind + ' ' + page; }
    };

    Packets(const Settings& settings, Profile profile)
        : profile_(std::move(profile)),
          partner_(settings),
          path_(settings.text("push_path")),
          first_day_(settings.text("first_day"))
    {
        if (!read_pattern(day_form.canonical, first_day_))
            throw std::invalid_argument("first_day: expected a day such as 2025-01-01");
        // A flow that only delivers does not ask, whatever its profile has.
        const bool asks = settings.text("dialect") == "packets";
        for (std::string_view rest = asks ? settings.text("kinds") : std::string_view{}; !rest.empty();) {
            const std::string_view name = rest.substr(0, rest.find(','));
            rest.remove_prefix(std::min(name.size() + 1, rest.size()));
            const Kind* kind = profile_.kind(name);
            if (kind == nullptr || !kind->in)
                throw std::invalid_argument("kinds: found '" + excerpt(name, 60) +
                                            "', expected kinds the profile has as in or both, with commas between and no blanks");
            kinds_.emplace_back(name);
        }
    }

    [[nodiscard]] Step poll(std::string_view cursor, const Moment& moment) const
    {
        if (kinds_.empty())
            return failure("settings", "'kinds' must name what to ask for");
        Place place{first_day_, text_of(day_of(moment)), kinds_.front(), ""};
        Words words(cursor);
        if (!cursor.empty()) {
            if (words.next() != "p1")
                return step_of(unknown_cursor(cursor));
            place.since = words.next();
            if (!words.rest().empty()) {
                const std::string until(words.next()), kind(words.next());
                // A kind that is no longer asked for: the round begins anew, and what was had already is a duplicate.
                if (std::find(kinds_.begin(), kinds_.end(), kind) != kinds_.end())
                    place = {place.since, until, kind, std::string(words.rest())};
            }
            if (!read_pattern(day_form.canonical, place.since) || !read_pattern(day_form.canonical, place.until))
                return step_of(unknown_cursor(cursor));
        }
        return step_asking(ask(place));
    }

    [[nodiscard]] Step reply(std::string_view context, const Answer& answer) const
    {
        Words words(context);
        const std::string_view what = words.next();
        if (what == "pull") {
            Place place{std::string(words.next()), std::string(words.next()), std::string(words.next()), ""};
            place.page = words.rest();
            const Kind* kind = profile_.kind(place.kind);
            return kind == nullptr ? step_of(unknown_context(context)) : take_list(place, *kind, answer);
        }
        const std::string id(words.next());
        return receipt(what, id, words.rest(), answer);
    }

    [[nodiscard]] Step deliver(const Parcel& parcel) const
    {
        const Kind* kind = profile_.kind(parcel.document.child("kind").text());
        std::string why_not;
        if (!parcel.document)
            why_not = "the packet is no JSON document";
        else if (kind == nullptr || !kind->out)
            why_not = "the profile hands out no packet of kind '" + excerpt(parcel.document.child("kind").text(), 60) + "'";
        else if (parcel.document.child("id").text() != parcel.id)
            why_not = "the packet's id must be /id, by which the partner is asked about it";
        if (!why_not.empty())
            return refused_here(parcel.id, why_not);
        const PacketWriter writer(profile_, *kind, parcel.document);
        if (!writer.why_not().empty())
            return refused_here(parcel.id, writer.why_not());
        return step_asking(send(writer.first(), "push " + parcel.id + ' ' + writer.again()));
    }

    [[nodiscard]] Step find_out(const Parcel& parcel) const
    {
        return step_asking(partner_.ask("GET", filled(profile_.word("find"), {{"{id}", parcel.id}}), "find " + parcel.id));
    }

private:
    using Blanks = std::vector<std::pair<std::string_view, std::string_view>>;

    static Step failure(std::string code, std::string detail)
    {
        return step_of({FailureClass::permanent, std::move(code), std::move(detail), {}, 0});
    }

    /// The partner never saw the packet; a person mends the mapping or the profile, and the figures go out with what comes next.
    static Step refused_here(const std::string& id, const std::string& why)
    {
        Step step;
        step.delivery = DeliveryReport{Delivery::refused, {}, "package " + excerpt(id) + " was not sent: " + why};
        return step;
    }

    [[nodiscard]] Part filled(std::string_view address, const Blanks& blanks) const
    {
        std::vector<Part> parts;
        std::string plain = path_;
        while (!address.empty()) {
            const auto* blank = [&]() -> const Blanks::value_type* {
                for (const auto& one : blanks)
                    if (address.substr(0, one.first.size()) == one.first)
                        return &one;
                return nullptr;
            }();
            if (blank == nullptr) {
                plain += address.front();
                address.remove_prefix(1);
                continue;
            }
            parts.push_back(literal(std::move(plain)));
            plain.clear();
            parts.push_back(form_url(literal(std::string(blank->second))));
            address.remove_prefix(blank->first.size());
        }
        if (!plain.empty())
            parts.push_back(literal(std::move(plain)));
        return parts.size() == 1 ? parts.front() : concat(std::move(parts));
    }

    [[nodiscard]] Request ask(const Place& place) const
    {
        const Kind* kind = profile_.kind(place.kind);
        const auto since = to_theirs(profile_, profile_.word("day").empty() ? "text" : "day", place.since);
        return partner_.ask(
            "GET",
            filled(profile_.word("pull"), {{"{kind}", kind->word},
                                           {"{since}", since ? std::string_view(*since) : std::string_view(place.since)},
                                           {"{page}", place.page}}),
            "pull " + place.text());
    }

    [[nodiscard]] Request send(std::string body, std::string context) const
    {
        Request request = partner_.ask("POST", literal(path_ + std::string(profile_.word("send"))), std::move(context));
        request.headers.push_back({"Content-Type", literal("application/json")});
        request.body = literal(std::move(body));
        request.repeatable = false;
        return request;
    }

    [[nodiscard]] Step take_list(const Place& place, const Kind& kind, const Answer& answer) const
    {
        const std::string asked = "the list of " + kind.name + (place.page.empty() ? "" : ", page " + excerpt(place.page, 60));
        if (auto wrong = http_failure(answer, asked))
            return step_of(std::move(*wrong));
        const std::string told = text_at(answer.document, profile_.place("answer.kind"));
        if (!told.empty() && told != kind.word)
            return step_of(wrong_shape(asked, "its kind '" + kind.word + "', but as '" + excerpt(told, 60) + "'"));
        const TreeView rows = node_at(answer.document, kind.rows);
        if (rows.kind() != LIENTHONG_NODE_ARRAY)
            return step_of(wrong_shape(asked, "the list '" + shown(kind.rows) + "'"));
        const std::string next = text_at(answer.document, profile_.place("answer.next"));
        if (next.size() > longest_partner_word)
            return step_of(word_too_long(asked, next));
        if (!next.empty() && next == place.page)
            return step_of(wrong_shape(asked, "a next page other than the one that was asked for"));
        Step step;
        std::string items;
        for (TreeView item = rows.first(); item; item = item.next()) {
            const ItemReader read(profile_, kind, item);
            if (!read.damage().empty()) {
                const std::string name = read.value("code");
                step.set_aside.push_back({kind.name + '/' + name, "an item of " + asked + " cannot be taken: " + read.damage(),
                                          std::string(item.source()), ""});
                continue;
            }
            items += (items.empty() ? "" : ",") + read.json();
            if (kind.name == "report_status" && read.value("status") == "returned")
                step.set_aside.push_back(returned(read, item));
        }
        if (!items.empty()) {
            Payload payload;
            payload.content_type = "application/json";
            payload.bytes = "{\"kind\":" + quoted(kind.name) + ",\"items\":[" + items + "]}";
            payload.keep_reply = true;
            step.payloads.push_back(std::move(payload));
        }
        move_on(step, place, next);
        return step;
    }

    /// Why something was sent back: what is said of the whole, then of each item.
    [[nodiscard]] std::string reasons(TreeView told, std::string whole) const
    {
        constexpr std::size_t most_items = 20;
        std::string out = excerpt(whole, 500);
        std::size_t count = 0;
        const Path& items = profile_.place("receipt.items");
        for (TreeView item = items.empty() ? TreeView{} : node_at(told, items).first(); item; item = item.next())
            if (++count <= most_items)
                out += (out.empty() ? "" : "; ") + excerpt(text_at(item, profile_.place("receipt.item")), 100) + ": " +
                       excerpt(text_at(item, profile_.place("receipt.item_reason")), 300);
        if (count > most_items)
            out += "; and " + std::to_string(count - most_items) + " more";
        return out.empty() ? "no reason is given" : out;
    }

    /// A report the partner sent back is a matter somebody must see to: it stands in quarantine until it is closed with a reason.
    [[nodiscard]] SetAside returned(const ItemReader& read, TreeView item) const
    {
        const std::string named = read.value("packet").empty()
                                      ? read.value("regime") + ' ' + read.value("period") + ' ' + read.value("agency")
                                      : read.value("packet");
        return {"report_status/" + named + '/' + read.value("time"),
                "the partner returned report " + excerpt(named) + ": " + reasons(item, read.value("reason")) +
                    "; have the figures mended, they then go out as its replacement, and close this with what was done",
                std::string(item.source()), ""};
    }

    void move_on(Step& step, const Place& place, const std::string& page) const
    {
        Place following = place;
        following.page = page;
        if (page.empty()) {
            const auto at = std::find(kinds_.begin(), kinds_.end(), place.kind);
            if (at == kinds_.end() || at + 1 == kinds_.end()) {
                step.cursor = "p1 " + place.until;
                return;
            }
            following.kind = *(at + 1);
        }
        step.requests.push_back(ask(following));
        step.cursor = "p1 " + following.text();
    }

    /// 5xx and answers without our packet leave open whether it arrived; the host then asks with find_out.
    [[nodiscard]] Step receipt(std::string_view what, const std::string& id, std::string_view replacement,
                               const Answer& answer) const
    {
        const bool find = what == "find";
        if (!find && what != "push" && what != "again")
            return step_of(unknown_context(std::string(what) + ' ' + id));
        const auto said = [&](const char* place) { return text_at(answer.document, profile_.place(place)); };
        const std::string asked = "package " + excerpt(id);
        const std::string_view state = profile_.status_of(said("receipt.status"));
        const std::int32_t status = answer.status;
        const std::string earlier = said("receipt.earlier");
        const bool ours = said("receipt.packet") == id;
        // A page instead of a document, be it under 200 or 404, is no word of the partner's about the packet.
        if (find && !answer.document && !answer.body.empty() && (status == 200 || status == 404))
            return step_of({FailureClass::transient,
                            "unreadable",
                            asked + " was asked about, and answered with something else than the document expected",
                            {},
                            0});
        Step step;
        DeliveryReport report{Delivery::unknown, std::string(answer.body),
                              asked + " was answered with HTTP status " + std::to_string(status) + " and no receipt for it"};
        if (find && (status == 404 || (status == 200 && state == "missing"))) {
            report = {Delivery::not_delivered, {}, asked + " never reached the partner"};
        } else if (state == "duplicate" && (earlier == id || (earlier.empty() && ours))) {
            report = {Delivery::delivered, std::string(answer.body), asked + " was there already"};
        } else if (state == "duplicate" && !earlier.empty() && what == "push" && !replacement.empty()) {
            std::string body(replacement);
            const std::string inside = quoted(earlier);
            body.replace(body.find(earlier_goes_here), 1, inside.substr(1, inside.size() - 2));
            return step_asking(send(std::move(body), "again " + id));
        } else if (state == "duplicate" && !earlier.empty()) {
            report = {Delivery::refused, std::string(answer.body),
                      asked + " was not taken: the partner has " + excerpt(earlier) + " for the same regime, period and agency"};
        } else if (status == 401 || status == 403 || status == 404 || status == 405 || status == 429 || (find && status >= 500)) {
            return step_of(*http_failure(answer, asked));
        } else if (state == "returned" || state == "cancelled" ||
                   (!find && status >= 400 && status <= 499 && status != 408 && status != 409)) {
            report = {Delivery::refused, std::string(answer.body),
                      asked + " was sent back: " + reasons(answer.document, said("receipt.reason"))};
        } else if (status == 200 && ours && !state.empty() && state != "draft" && state != "missing") {
            report = {Delivery::delivered, std::string(answer.body), "receipt " + excerpt(said("receipt.number"))};
        }
        step.delivery = std::move(report);
        return step;
    }

    Profile profile_;
    Partner partner_;
    std::string path_, first_day_;
    std::vector<std::string> kinds_;
};

}  // namespace nrs

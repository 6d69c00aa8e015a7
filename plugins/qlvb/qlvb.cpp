/// qlvb: documents that wait for us on the national document axis (VXP): list, get, acknowledge.
///
/// Keeps no cursor: what is not acknowledged stays on the list. Contexts of requests: "list", "get <sender or -> <docId>",
/// "ack <status> <docId>"; of what goes to the journal: "taken <docId>", "broken <docId>".
#include "hub/sdk/base64.hpp"
#include "hub/sdk/failures.hpp"
#include "hub/sdk/plugin.hpp"
#include "hub/sdk/spec.hpp"
#include "hub/sdk/words.hpp"

#include <stdexcept>

namespace {

using namespace lienthong::sdk;

constexpr std::size_t longest_id = 500;

using Parameter = std::pair<std::string, std::string>;

/// The reference client's ddMMyyyy'T'HHmmss+SSSS, where SSSS are milliseconds and no zone.
std::string timestamp(const Moment& moment)
{
    const std::chrono::year_month_day day = day_of(moment);
    const std::chrono::hh_mm_ss time(wall_time(moment) - std::chrono::floor<std::chrono::days>(wall_time(moment)));
    return padded(unsigned(day.day()), 2) + padded(unsigned(day.month()), 2) + padded(static_cast<unsigned>(int(day.year())), 4) +
           'T' + padded(unsigned(time.hours().count()), 2) + padded(unsigned(time.minutes().count()), 2) +
           padded(unsigned(time.seconds().count()), 2) + '+' + padded(unsigned(time.subseconds().count()), 4);
}

/// Fit for a header and for a context: neither empty nor endless, no control characters, no blanks around it.
bool is_plain(std::string_view id)
{
    return !id.empty() && id.size() <= longest_id && id.front() != ' ' && id.back() != ' ' &&
           std::all_of(id.begin(), id.end(), [](unsigned char c) { return c >= 0x20U && c != 0x7FU; });
}

/// A place below `count` that the moment's nonce picks.
std::ptrdiff_t turn(const Moment& moment, std::size_t count)
{
    std::size_t picked = 0;
    for (const char c : moment.nonce)
        picked = (picked * 16U + static_cast<std::size_t>(c >= 'a' ? c - 'a' + 10 : c - '0')) % count;
    return static_cast<std::ptrdiff_t>(picked);
}

/// Nothing when the axis says success. Its numbers other than 0 are not published, so none is taken for permanent.
std::optional<Failure> refusal(std::string_view asked, const Answer& answer)
{
    if (auto failure = http_failure(answer, asked))
        return failure;
    const std::string_view code = answer.document.child_any_case("ErrorCode").text();
    if (code.empty())
        return wrong_shape(asked, "ErrorCode");
    if (code == "0")
        return std::nullopt;
    return Failure{
        FailureClass::unknown,
        "vxp_" + excerpt(code, 40),
        std::string(asked) + " was refused by the axis: " + excerpt(answer.document.child_any_case("ErrorDesc").text()),
        {},
        0};
}

class Qlvb final : public Connector
{
public:
    explicit Qlvb(const Settings& settings)
        : system_(settings.text("system_id")), batch_(static_cast<std::size_t>(settings.integer("batch_size")))
    {
        if (!is_plain(system_) || system_.find_first_of("\"\\") != std::string::npos)
            throw std::invalid_argument("system_id: expected a registered identifier such as H31.08");
    }

    static Description description();

    Step poll(std::string_view cursor, const Moment& moment) const override
    {
        if (!cursor.empty())
            return step_of(unknown_cursor(cursor));
        return ask("/getReceivedEdocList", {{"servicetype", "eDoc"}, {"messagetype", "edoc"}}, {}, "list", moment);
    }

    Step reply(std::string_view context, const Answer& answer, const Moment& moment) const override
    {
        Words words(context);
        const std::string_view kind = words.next();
        const std::string_view word = words.next();
        const std::string id(words.rest());
        if (kind == "list")
            return listed(answer, moment);
        if (kind == "get")
            return document(id, word, answer);
        if (kind != "ack")
            return step_of(unknown_context(context));
        return noted("updateStatus", id, refusal("updateStatus " + std::string(word) + " of " + id, answer), answer);
    }

    /// Only now, when the document cannot be lost any more, the axis may forget it.
    Step journaled(std::string_view context, Arrived, const Moment& moment) const override
    {
        Words words(context);
        const std::string_view kind = words.next();
        const std::string id(words.rest());
        if (kind == "taken")
            return ask("/updateStatus", {{"docId", id}}, {{"status", "done"}}, "ack done " + id, moment);
        if (kind == "broken")
            return ask("/updateStatus", {{"docId", id}, {"description", "Khong doc duoc goi tin"}}, {{"status", "fail"}},
                       "ack fail " + id, moment);
        return kind.empty() ? Step{} : step_of(unknown_context(context));
    }

private:
    /// A signed call. Names stand in the order in which the reference client's Java HashMap yields them.
    [[nodiscard]] Step ask(std::string path, std::vector<Parameter> before, std::vector<Parameter> after, std::string context,
                           const Moment& moment) const
    {
        std::vector<Parameter> all = {{"systemid", system_}};
        all.insert(all.end(), before.begin(), before.end());
        all.insert(all.end(), {{"timestamp", timestamp(moment)}, {"Content-Type", "application/json"}});
        all.insert(all.end(), after.begin(), after.end());

        Request request;
        request.method = "POST";
        request.target = literal(std::move(path));
        request.body = literal("{}");
        request.context = std::move(context);
        request.timeout_millis = 60'000;
        request.headers = {{"Content-Type", literal("application/json")},
                           {"User-Agent", literal("JAVASDKAgent/1.0.0 XRoad/VPCP")}};
        std::vector<Part> text;
        std::string names;
        for (const auto& [name, value] : all) {
            request.headers.push_back({"XroadVnpt-" + name, literal(value)});
            names += (names.empty() ? "" : ";") + name;
            text.push_back(literal((text.empty() ? "{\"XroadVnpt-" : ",\"XroadVnpt-") + name + "\":"));
            text.push_back(name == "docId" ? json_string(literal(value)) : literal('"' + value + '"'));
        }
        text.push_back(literal("}"));
        request.parts = {{"sign-header", concat(std::move(text))}};
        request.headers.push_back({"XroadVnpt-sign-header-key", literal(names)});
        request.headers.push_back({"XroadVnpt-sign-header", earlier("sign-header")});
        request.headers.push_back({"XroadVnpt-hash-header", hex(hmac_sha256(secret("secret"), earlier("sign-header")))});
        request.headers.push_back({"XroadVnpt-version", literal("3.0.201608")});
        Step step;
        step.requests.push_back(std::move(request));
        return step;
    }

    [[nodiscard]] Step listed(const Answer& answer, const Moment& moment) const
    {
        if (auto failure = refusal("the list of received documents", answer))
            return step_of(std::move(*failure));
        Step step;
        std::vector<TreeView> waiting;
        for (TreeView at = answer.document.child_any_case("data").first(); at; at = at.next()) {
            const std::string_view status = at.child_any_case("status").text();
            if (status == "done" || status == "fail")
                continue;
            const std::string_view id = at.child_any_case("docId").text();
            if (is_plain(id))
                waiting.push_back(at);
            else
                step.set_aside.push_back({"getReceivedEdocList/" + excerpt(id, 40),
                                          "an item of the list has no usable docId",
                                          std::string(at.source()),
                                          {}});
        }
        // Each poll begins elsewhere, so that a document whose answer never arrives whole cannot hold up all behind it.
        if (!waiting.empty())
            std::rotate(waiting.begin(), waiting.begin() + turn(moment, waiting.size()), waiting.end());
        waiting.resize(std::min(waiting.size(), batch_));
        for (const TreeView& at : waiting) {
            const std::string id(at.child_any_case("docId").text());
            const std::string_view from = at.child_any_case("from").text();
            const bool named = is_plain(from) && from.find(' ') == std::string_view::npos;
            Step get = ask("/getEdoc", {{"docId", id}, {"filePath", "."}}, {},
                           "get " + std::string(named ? from : "-") + ' ' + id, moment);
            step.requests.push_back(std::move(get.requests.front()));
        }
        return step;
    }

    static Step document(const std::string& id, std::string_view from, const Answer& answer)
    {
        if (auto failure = refusal("getEdoc of " + id, answer))
            return noted("getEdoc", id, std::move(failure), answer);
        auto bytes = decode_base64(answer.document.child_any_case("data").text());
        Step step;
        if (!bytes || bytes->empty()) {
            step.set_aside.push_back(
                {id, "the document's base64 is damaged or missing", std::string(answer.body), "broken " + id});
            return step;
        }
        Payload payload;
        payload.source_id = id;
        payload.content_type = "application/edxml+xml";
        payload.bytes = std::move(*bytes);
        payload.sender = from == "-" ? "" : from;
        payload.context = "taken " + id;
        payload.keep_reply = true;
        step.payloads.push_back(std::move(payload));
        return step;
    }

    /// What the axis refuses for one document is kept for people to see and asked again by the next poll; a failure here
    /// would stop every document behind it.
    static Step noted(const std::string& call, const std::string& id, std::optional<Failure> failure, const Answer& answer)
    {
        Step step;
        if (failure && failure->code.compare(0, 4, "vxp_") == 0)
            step.set_aside.push_back({call + '/' + id, failure->detail, std::string(answer.body), {}});
        else
            step.failure = std::move(failure);
        return step;
    }

    std::string system_;
    std::size_t batch_;
};

Description Qlvb::description()
{
    Description d;
    d.name = "qlvb";
    d.version = "1";
    d.speaks =
        "Document axis VXP 3.0.201608 with signed headers, in: edXML packages (QCVN 102:2016/BTTTT), acknowledged once "
        "journaled. "
        "It does not send documents or status packages and does not speak the LTVB or iws dialects.";
    d.settings = {
        required(SettingType::url, "base_url", "Where the axis listens."),
        required(SettingType::text, "system_id", "Identifier under which the hub is registered with the axis."),
        required(SettingType::secret, "secret", "Secret that goes with the identifier; signs every request."),
        integer_setting("batch_size", 200, 1, 500,
                        "Most documents fetched by one poll; the rest stays on the list for the next."),
    };
    return d;
}

}  // namespace

LIENTHONG_CONNECTOR(Qlvb);

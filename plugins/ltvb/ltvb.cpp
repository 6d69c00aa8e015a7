/// ltvb: a province's own document axis behind its integration platform: list by day, get, journal, acknowledge; or the list of
/// agencies; send.
///
/// Cursor: "v1 2025-03-10", the day to begin with; none of agencies. Contexts: "sign_in", "list <day of today>", "agencies", "get
/// <day to go on from or -> <docId>", "ack <docId>", "deliver <parcel>", "inventory"; of what goes to the journal: "taken
/// <docId>", "broken <docId>".
#include "hub/sdk/base64.hpp"
#include "hub/sdk/envelope.hpp"
#include "hub/sdk/large_item.hpp"
#include "hub/sdk/percent.hpp"
#include "hub/sdk/plugin.hpp"
#include "hub/sdk/sign_in.hpp"
#include "hub/sdk/turn.hpp"
#include "hub/sdk/words.hpp"
#include "hub/sdk/xroad.hpp"
#include "plugins/ltvb/agencies.hpp"

#include <stdexcept>

namespace {

using namespace lienthong::sdk;

constexpr std::size_t longest_id = 500;
constexpr std::size_t longest_receipt = 64 * 1024;

/// Fit for a query and for a context: neither empty nor endless, no blanks, no control characters.
bool is_plain(std::string_view id)
{
    return !id.empty() && id.size() <= longest_id &&
           std::all_of(id.begin(), id.end(), [](unsigned char c) { return c > 0x20U && c != 0x7FU; });
}

/// What the axis says by its own numbers. One document's refusal never stops the others.
struct Refusal
{
    std::string code;
    std::string text;
    bool may_pass = false;  ///< 20, the axis's own fault, may pass by itself; the others want a person.
};

std::optional<Refusal> refusal_of(const TreeView& said)
{
    if (said.child("success").text() != "false")
        return std::nullopt;
    const TreeView data = said.child("data");
    const TreeView code = data.child_any_case("errorCode") ? data.child_any_case("errorCode") : said.child_any_case("errorCode");
    const TreeView text = data.child_any_case("errorDesc") ? data.child_any_case("errorDesc") : said.child("message");
    return Refusal{excerpt(code.text(), 40), excerpt(text.text()), code.text() == "20"};
}

class Ltvb final : public Connector
{
public:
    explicit Ltvb(const Settings& settings)
        : sign_in_(settings),
          xroad_(settings),
          kind_(settings.text("message_type")),
          done_word_(settings.text("done_word")),
          batch_(static_cast<std::size_t>(settings.integer("batch_size"))),
          days_back_(static_cast<int>(settings.integer("days_back")))
    {
        if (!is_plain(done_word_) || done_word_.find_first_of("\"\\") != std::string::npos)
            throw std::invalid_argument("done_word: expected a word such as done");
    }

    static Description description();

    Step poll(std::string_view cursor, const Moment& moment) const override
    {
        if (fetches_agencies())
            return cursor.empty() ? step_with(ask_agencies()) : step_of(unknown_cursor(cursor));
        const Day today = day_of(moment);
        Words words(cursor);
        std::optional<Day> from = Day(std::chrono::sys_days(today) - std::chrono::days(days_back_));
        if (!cursor.empty() && (words.next() != "v1" || !(from = read_day(words.rest()))))
            return step_of(unknown_cursor(cursor));
        return step_with(ask_list(*from, today, "list " + text_of(today)));
    }

    Step reply(std::string_view context, const Answer& answer, const Moment& moment) const override
    {
        if (context == SignIn::context)
            return sign_in_.acquired(answer);
        Words words(context);
        const std::string_view kind = words.next();
        if (kind == "list")
            return listed(words.rest(), answer, moment);
        if (kind == "agencies")
            return agencies(answer, moment);
        if (kind == "inventory")
            return inventory(answer, moment);
        if (kind == "get") {
            const std::string_view then = words.next();
            return document(std::string(words.rest()), then, answer, moment);
        }
        if (kind == "deliver")
            return delivered(words.rest(), answer, moment);
        if (kind != "ack")
            return step_of(unknown_context(context));
        return acknowledged(std::string(words.rest()), answer, moment);
    }

    Step acquire(std::string_view name, const Moment&) const override
    {
        Step step = sign_in_.acquire(name);
        for (Request& request : step.requests)
            xroad_.route(request);
        return step;
    }

    Step journaled(std::string_view context, Arrived, const Moment&) const override
    {
        Words words(context);
        const std::string_view kind = words.next();
        const std::string id(words.rest());
        if (kind.empty())
            return {};
        if (kind != "taken" && kind != "broken")
            return step_of(unknown_context(context));
        Request request = ask("POST", "/v1/updateStatus", "ack " + id);
        request.headers.push_back({"Content-Type", literal("application/json")});
        request.body = concat({literal("{\"docId\":"), json_string(literal(id)),
                               literal(",\"status\":\"" + std::string(kind == "taken" ? done_word_ : "fail") + "\"}")});
        return step_with(std::move(request));
    }

    /// A parcel that says of itself what kind it is (`messagetype=status`) goes as that, any other as the flow's own; a flow of
    /// agencies has no kind of its own to send, so from it a document goes.
    Step deliver(const Parcel& parcel, const Moment& moment) const override
    {
        const bool is_status = kind_ == "status" || parcel.content_type.find("; messagetype=status;") != std::string::npos;
        const std::string boundary = "lienthong-" + moment.nonce;
        Request request = ask("POST", "/v1/sendEdoc", "deliver " + parcel.id);
        request.headers.push_back({"Content-Type", literal("multipart/form-data; boundary=" + boundary)});
        request.body = literal("--" + boundary + "\r\nContent-Disposition: form-data; name=\"messageType\"\r\n\r\n" +
                               (is_status ? "status" : "edoc") + "\r\n--" + boundary +
                               "\r\nContent-Disposition: form-data; name=\"edocFile\"; filename=\"" + file_name(parcel.id) +
                               "\"\r\nContent-Type: application/xml\r\n\r\n" + parcel.bytes + "\r\n--" + boundary + "--\r\n");
        request.repeatable = false;
        request.timeout_millis = 60'000;
        return step_with(std::move(request));
    }

    Step list(std::string_view since, const Moment& moment) const override
    {
        if (fetches_agencies())
            return Connector::list(since, moment);
        const auto from = read_day(since);
        if (!from)
            return failed(FailureClass::permanent, "since", "expected a day such as 2025-03-10");
        return step_with(ask_list(*from, day_of(moment), "inventory"));
    }

    Step fetch(std::string_view id, const Moment& moment) const override
    {
        if (fetches_agencies())
            return Connector::fetch(id, moment);
        if (!is_plain(id))
            return failed(FailureClass::permanent, "no_item", "no document is named '" + excerpt(id, 80) + "'");
        return step_with(get(id, "-"));
    }

private:
    static Step step_with(Request request)
    {
        Step step;
        step.requests.push_back(std::move(request));
        return step;
    }

    [[nodiscard]] Request ask(std::string method, std::string path, std::string context) const
    {
        Request request;
        request.method = std::move(method);
        request.target = literal(std::move(path));
        request.context = std::move(context);
        xroad_.route(request);
        sign_in_.prove(request);
        request.headers.push_back({"Accept", literal("application/json")});
        return request;
    }

    /// `then`: the day to go on from when it is kept, "-" for none.
    [[nodiscard]] Request get(std::string_view id, std::string_view then) const
    {
        Request request =
            ask("GET", "/v1/getEdoc?docId=" + percent_encoded(id), "get " + std::string(then) + ' ' + std::string(id));
        may_be_large(request);
        return request;
    }

    [[nodiscard]] Request ask_list(const Day& from, const Day& to, std::string context) const
    {
        return ask(
            "GET",
            "/v1/syncReceivedEdocList?messageType=" + kind_ + "&fromDate=" + text_of(from, '/') + "&toDate=" + text_of(to, '/'),
            std::move(context));
    }

    [[nodiscard]] bool fetches_agencies() const { return kind_ == "agencies"; }

    /// One answer holds the whole list.
    [[nodiscard]] Request ask_agencies() const
    {
        Request request = ask("GET", "/v1/getAgenciesList", "agencies");
        request.timeout_millis = 60'000;
        return request;
    }

    static std::string file_name(std::string_view id)
    {
        std::string out;
        for (const char c : id)
            out += (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ? c : '_';
        return out + ".edxml";
    }

    /// What a list's refusal means; nothing when it is not refused.
    [[nodiscard]] std::optional<Failure> refused_list(std::string_view asked, const Answer& answer, const Moment& moment) const
    {
        if (auto failure = gateway_failure(asked, answer, sign_in_.credential_name(), moment))
            return failure;
        if (const auto refusal = refusal_of(answer.document))
            return Failure{refusal->may_pass ? FailureClass::transient : FailureClass::permanent,
                           "ltvb_" + refusal->code,
                           std::string(asked) + " was refused by the axis: " + refusal->text,
                           {},
                           0};
        return std::nullopt;
    }

    /// Nothing when the list is there.
    [[nodiscard]] std::optional<Failure> fault_of_list(const Answer& answer, const Moment& moment) const
    {
        constexpr std::string_view asked = "the list of received documents";
        if (auto failure = refused_list(asked, answer, moment))
            return failure;
        if (answer.document.child("success").text() != "true")
            return wrong_shape(asked, "success");
        return std::nullopt;
    }

    [[nodiscard]] Step agencies(const Answer& answer, const Moment& moment) const
    {
        constexpr std::string_view asked = "the list of agencies";
        auto failure = refused_list(asked, answer, moment);
        if (!failure)
            failure = ltvb::fault_of_agencies(asked, answer.document, sign_in_.credential_name());
        return failure ? step_of(std::move(*failure)) : ltvb::agencies_in(asked, answer.document);
    }

    [[nodiscard]] Step listed(std::string_view today, const Answer& answer, const Moment& moment) const
    {
        if (auto failure = fault_of_list(answer, moment))
            return step_of(std::move(*failure));
        Step step;
        std::vector<std::string> waiting;
        for (TreeView at = answer.document.child("data").first(); at; at = at.next()) {
            const std::string_view status = at.child_any_case("status").text();
            const std::string_view id = at.child_any_case("docId").text();
            if (status == "done" || status == "fail" || status == done_word_)
                continue;
            if (is_plain(id))
                waiting.emplace_back(id);
            else
                step.set_aside.push_back({"syncReceivedEdocList/" + excerpt(id, 40),
                                          "an item of the list has no usable docId",
                                          std::string(at.source()),
                                          {}});
        }
        if (waiting.empty())
            step.cursor = "v1 " + std::string(today);
        const bool all = waiting.size() <= batch_;
        take_turns(waiting, moment);
        waiting.resize(std::min(waiting.size(), batch_));
        // The day moves on with the last document of the list, when all before it are kept.
        for (const std::string& id : waiting)
            step.requests.push_back(get(id, all && &id == &waiting.back() ? today : "-"));
        return step;
    }

    [[nodiscard]] Step inventory(const Answer& answer, const Moment& moment) const
    {
        if (auto failure = fault_of_list(answer, moment))
            return step_of(std::move(*failure));
        Step step;
        step.inventory.emplace();
        for (TreeView at = answer.document.child("data").first(); at; at = at.next())
            step.inventory->listed.push_back(
                {std::string(at.child_any_case("docId").text()),
                 {},
                 {},
                 excerpt(at.child_any_case("status").text(), 40) + ' ' + excerpt(at.child_any_case("updatedTime").text(), 40)});
        return step;
    }

    [[nodiscard]] Step document(const std::string& id, std::string_view then, const Answer& answer, const Moment& moment) const
    {
        const std::string asked = "getEdoc of " + id;
        Step step;
        if (then != "-")
            step.cursor = "v1 " + std::string(then);
        if (answer.status == 413) {
            step.set_aside.push_back(left_at_its_source("getEdoc/" + id));
            return step;
        }
        if (auto failure = gateway_failure(asked, answer, sign_in_.credential_name(), moment))
            return step_of(std::move(*failure));
        const auto refusal = refusal_of(answer.document);
        if (refusal && refusal->may_pass)
            return step_of(
                {FailureClass::transient, "ltvb_" + refusal->code, asked + " was refused by the axis: " + refusal->text, {}, 0});
        if (refusal) {
            step.set_aside.push_back({"getEdoc/" + id,
                                      asked + " was refused by the axis with " + refusal->code + ": " + refusal->text,
                                      std::string(answer.body),
                                      {}});
            return step;
        }
        const TreeView data = answer.document.child("data");
        const std::string_view text = data.child_any_case("edxml").text();
        const std::size_t first = text.find_first_not_of(" \t\r\n");
        // The axis writes the package as its own text or as base64 of it.
        const bool plain = first != std::string_view::npos && (text[first] == '<' || text.substr(first, 3) == "\xEF\xBB\xBF");
        auto bytes = plain ? std::optional<std::string>(text) : decode_base64(text);
        if (!bytes || bytes->empty()) {
            step.set_aside.push_back(
                {id, "the document has no edxml, or its base64 is damaged", std::string(answer.body), "broken " + id});
            return step;
        }
        const std::string_view from = data.child_any_case("from").text();
        Payload payload;
        payload.source_id = id;
        payload.content_type = "application/edxml+xml";
        payload.bytes = std::move(*bytes);
        payload.sender = is_plain(from) ? from : std::string_view();
        payload.context = "taken " + id;
        payload.keep_reply = true;
        step.payloads.push_back(std::move(payload));
        return step;
    }

    /// A refused acknowledgement is kept for people to see; the document stays on the list and comes again as a duplicate.
    [[nodiscard]] Step acknowledged(const std::string& id, const Answer& answer, const Moment& moment) const
    {
        const std::string asked = "updateStatus of " + id;
        Step step;
        step.failure = gateway_failure(asked, answer, sign_in_.credential_name(), moment);
        const auto refusal = refusal_of(answer.document);
        if (!step.failure && refusal)
            step.set_aside.push_back({"updateStatus/" + id,
                                      asked + " was refused by the axis with " + refusal->code + ": " + refusal->text,
                                      std::string(answer.body),
                                      {}});
        return step;
    }

    [[nodiscard]] Step delivered(std::string_view id, const Answer& answer, const Moment& moment) const
    {
        const std::string asked = "the document " + std::string(id);
        if (auto failure = gateway_failure(asked, answer, sign_in_.credential_name(), moment))
            return step_of(after_handing_over(*std::move(failure), answer.status));
        Step step;
        const std::string receipt(answer.body.substr(0, longest_receipt));
        const TreeView number = answer.document.child_any_case("docId");
        if (const auto refusal = refusal_of(answer.document))
            step.delivery = DeliveryReport{refusal->may_pass ? Delivery::not_delivered : Delivery::refused, receipt,
                                           asked + " was refused by the axis with " + refusal->code + ": " + refusal->text};
        else if (answer.document.child("success").text() == "true" && !number.text().empty())
            step.delivery = DeliveryReport{Delivery::delivered, receipt, {}};
        else
            step.delivery = DeliveryReport{Delivery::unknown, receipt, asked + " was answered without success and docId"};
        return step;
    }

    SignIn sign_in_;
    XRoad xroad_;
    std::string kind_, done_word_;
    std::size_t batch_;
    int days_back_;
};

Description Ltvb::description()
{
    Description d;
    d.name = "ltvb";
    d.version = "1";
    d.speaks =
        "A provincial document axis by REST (login for a JWT, X-SystemId, X-SecretKey), in: edXML documents or status packages, "
        "acknowledged once journaled, and the list of agencies; out: documents by multipart. It lists what the axis holds; it "
        "cannot ask what became of a document it sent.";
    d.settings = {
        required(SettingType::url, "base_url", "Where the axis listens."),
        choice_setting("message_type", "edoc", {"edoc", "status", "agencies"},
                       "Whether this flow is of documents, of status packages, or of the axis's list of agencies."),
        text_setting("done_word", "done",
                     "What the axis is told of a document that is kept; some want a number of QCVN 102 such as 03."),
        integer_setting("batch_size", 200, 1, 500, "Most documents fetched by one poll; the next goes on."),
        integer_setting("days_back", 7, 1, 366, "How many days back the first poll begins."),
    };
    append(d.settings, SignIn::settings("login", "/v1/auth/login?allow_anonymous=true"));
    append(d.settings, XRoad::settings({}, {}));
    d.credentials = {std::string(SignIn::token_name)};
    d.delivers = true;
    d.lists = true;
    return d;
}

}  // namespace

LIENTHONG_CONNECTOR(Ltvb);

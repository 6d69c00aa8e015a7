/// rest: any API that answers questions with JSON or XML, page by page, since where the last poll ended; and takes packets by
/// POST.
///
/// What is asked is a template: {page}, {offset}, {page_size}, {token}, {since} and {today} are filled in. Cursor: "v1 <since>".
/// Contexts: "sign_in", "page <page> <offset> <greatest since so far> <token>", "deliver <parcel>", "ask <parcel>"; what may be
/// empty or hold blanks stands percent-encoded behind a '='.
#include "hub/sdk/envelope.hpp"
#include "hub/sdk/percent.hpp"
#include "hub/sdk/plugin.hpp"
#include "hub/sdk/sign_in.hpp"
#include "hub/sdk/words.hpp"
#include "hub/sdk/xroad.hpp"
#include "plugins/rest/template.hpp"

#include <stdexcept>

namespace {

using namespace lienthong::sdk;
using namespace lienthong::rest;

constexpr int most_pages = 10'000;
constexpr std::size_t longest_receipt = 64 * 1024;

/// A place below an answer's content by member or element names, "a/b/@c"; empty is the content itself.
TreeView at_path(TreeView from, std::string_view path)
{
    while (from && !path.empty()) {
        const std::string_view name = path.substr(0, path.find('/'));
        path.remove_prefix(std::min(path.size(), name.size() + 1));
        from = name.starts_with('@') ? from.attribute(name.substr(1)) : from.child(name);
    }
    return from;
}

/// What stands there; nothing of a null.
std::string_view said_at(const TreeView& at)
{
    return at.kind() == LIENTHONG_NODE_NULL ? std::string_view() : at.text();
}

/// What the next poll can begin with: a value longer than a cursor carries says nothing.
std::string_view mark_at(const TreeView& at)
{
    const std::string_view text = said_at(at);
    return percent_encoded(text).size() > longest_partner_word ? std::string_view() : text;
}

/// Whether a text comes after another: by number where both are digits, else letter by letter, as dates that begin with the year
/// do.
bool comes_after(std::string_view a, std::string_view b)
{
    const auto digits = [](std::string_view text) {
        return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
    };
    return digits(a) && digits(b) && a.size() != b.size() ? a.size() > b.size() : a > b;
}

std::string packed(std::string_view text)
{
    return '=' + percent_encoded(text);
}

std::optional<std::string> unpacked(std::string_view word)
{
    if (word.empty() || word.front() != '=')
        return std::nullopt;
    auto text = percent_decoded(word.substr(1));
    return text && percent_encoded(*text).size() > longest_partner_word ? std::nullopt : text;
}

/// The address behind rel="next" of a Link header (RFC 8288), of which only the plain form is read.
std::string_view next_of_link(std::string_view header)
{
    while (!header.empty()) {
        const std::string_view link = header.substr(0, header.find(','));
        header.remove_prefix(std::min(header.size(), link.size() + 1));
        const std::size_t open = link.find('<'), close = link.find('>');
        if (open != std::string_view::npos && close != std::string_view::npos && open < close &&
            (link.find("rel=\"next\"", close) != std::string_view::npos ||
             link.find("rel=next", close) != std::string_view::npos))
            return link.substr(open + 1, close - open - 1);
    }
    return {};
}

/// Where a round stands between two pages.
struct Standing
{
    int page = 1;
    int offset = 0;
    std::string greatest;  ///< Since, of what was read so far.
    std::string token;     ///< Or the target of the next link.
};

class Rest final : public Connector
{
public:
    explicit Rest(const Settings& settings)
        : sign_in_(settings),
          envelope_(settings),
          xroad_(settings),
          settings_(settings),
          paging_(settings_.text("paging")),
          form_(settings_.text("format") == "xml" ? AnswerForm::xml : AnswerForm::json),
          first_page_(static_cast<int>(settings_.integer("first_page"))),
          page_size_(static_cast<int>(settings_.integer("page_size")))
    {
        for (const char* name : {"path", "body", "deliver_path", "find_out_path"})
            if (const std::string wrong = fault_of_template(settings.text(name)); !wrong.empty())
                throw std::invalid_argument(std::string(name) + ": " + wrong);
        if ((paging_ == "token" || paging_ == "feed") && settings_.text("token_field").empty())
            throw std::invalid_argument("token_field: paging by token needs the place of the next token in an answer");
        const bool asks_since = settings_.text("path").find("{since}") != std::string_view::npos;
        if (asks_since && paging_ != "feed" && settings_.text("since_field").empty())
            throw std::invalid_argument("since_field: {since} is asked for, so say which field of an item it is taken from");
        if (settings_.text("messages") == "item" && form_ == AnswerForm::xml)
            throw std::invalid_argument("messages: only items of JSON can be messages of their own");
        if (percent_encoded(settings_.text("since_first")).size() > longest_partner_word)
            throw std::invalid_argument("since_first: at most " + std::to_string(longest_partner_word) + " bytes, percent-encoded");
    }

    static Description description();

    Step poll(std::string_view cursor, const Moment& moment) const override
    {
        Standing at;
        at.page = first_page_;
        at.greatest = settings_.text("since_first");
        if (!cursor.empty()) {
            Words words(cursor);
            const bool known = words.next() == "v1";
            auto since = unpacked(words.rest());
            if (!known || !since)
                return step_of(unknown_cursor(cursor));
            at.greatest = std::move(*since);
        }
        return step_with(ask_page(at, at.greatest, moment));
    }

    Step reply(std::string_view context, const Answer& answer, const Moment& moment) const override
    {
        if (context == SignIn::context)
            return sign_in_.acquired(answer);
        Words words(context);
        const std::string_view kind = words.next();
        if (kind == "deliver" || kind == "ask")
            return kind == "ask" ? found_out(words.rest(), answer, moment) : delivered(words.rest(), answer, moment);
        const auto page = words.number(), offset = words.number();
        auto since = unpacked(words.next()), greatest = unpacked(words.next()), token = unpacked(words.next());
        if (kind != "page" || !page || !offset || !since || !greatest || !token)
            return step_of(unknown_context(context));
        return taken({*page, *offset, std::move(*greatest), std::move(*token)}, *since, answer, moment);
    }

    Step acquire(std::string_view name, const Moment&) const override
    {
        Step step = sign_in_.acquire(name);
        for (Request& request : step.requests)
            xroad_.route(request);
        return step;
    }

    Step deliver(const Parcel& parcel, const Moment& moment) const override
    {
        Request request = ask(std::string(settings_.text("deliver_method")),
                              filled(settings_.text("deliver_path"), {{"id", parcel.id}}, moment), "deliver " + parcel.id);
        request.headers.push_back({"Content-Type", literal(parcel.content_type)});
        request.headers.push_back({"Idempotency-Key", literal(parcel.id)});
        request.body = literal(parcel.bytes);
        request.answer = AnswerForm::either;
        request.repeatable = false;
        return step_with(std::move(request));
    }

    Step find_out(const Parcel& parcel, const Moment& moment) const override
    {
        if (settings_.text("find_out_path").empty())
            return Connector::find_out(parcel, moment);
        Request request = ask("GET", filled(settings_.text("find_out_path"), {{"id", parcel.id}}, moment), "ask " + parcel.id);
        request.answer = AnswerForm::either;
        return step_with(std::move(request));
    }

    /// Only items with an identity of their own can be told apart from one question to the next; pages shift.
    Step list(std::string_view since, const Moment& moment) const override
    {
        if (settings_.text("messages") != "item" || settings_.text("id_field").empty())
            return failed(FailureClass::permanent, "no_list",
                          "only items with an identity can be compared: set messages: item, and id_field");
        if (!read_day(since))
            return failed(FailureClass::permanent, "since", "expected a day such as 2025-03-10");
        const std::string_view first = settings_.text("since_first");
        const bool narrows = settings_.text("path").find("{since}") != std::string_view::npos ||
                             settings_.text("body").find("{since}") != std::string_view::npos;
        Standing at;
        at.page = first_page_;
        // A day can be asked since where the API counts by days; numbers and tokens are asked from the beginning.
        at.greatest = paging_ != "feed" && (first.empty() || read_month(first.substr(0, 7))) ? since : first;
        Step step = step_with(ask_page(at, at.greatest, moment));
        step.inventory.emplace();
        if (!narrows)
            step.inventory->covers.emplace_back();
        return step;
    }

private:
    using Values = std::vector<std::pair<std::string_view, std::string>>;

    static Step step_with(Request request)
    {
        Step step;
        step.requests.push_back(std::move(request));
        return step;
    }

    /// A path with its placeholders filled in, percent-encoded.
    static std::string filled(std::string_view text, Values values, const Moment& moment)
    {
        values.emplace_back("today", text_of(day_of(moment)));
        return fill(text, values, percent_encoded);
    }

    [[nodiscard]] Request ask(std::string method, std::string target, std::string context) const
    {
        Request request;
        request.method = std::move(method);
        request.target = literal(std::move(target));
        request.answer = form_;
        request.context = std::move(context);
        request.timeout_millis = static_cast<std::uint32_t>(settings_.integer("timeout_secs")) * 1'000U;
        xroad_.route(request);
        sign_in_.prove(request);
        request.headers.push_back({"Accept", literal(form_ == AnswerForm::xml ? "application/xml" : "application/json")});
        return request;
    }

    [[nodiscard]] Request ask_page(const Standing& at, const std::string& since, const Moment& moment) const
    {
        const Values values = {{"page", std::to_string(at.page)},
                               {"offset", std::to_string(at.offset)},
                               {"page_size", std::to_string(page_size_)},
                               {"token", at.token},
                               {"since", since}};
        const bool follows = paging_ == "next" && !at.token.empty();
        const std::string method(settings_.text("method"));
        Request request = ask(method, follows ? at.token : filled(settings_.text("path"), values, moment),
                              "page " + std::to_string(at.page) + ' ' + std::to_string(at.offset) + ' ' + packed(since) + ' ' +
                                  packed(at.greatest) + ' ' + packed(at.token));
        if (method == "POST") {
            request.headers.push_back({"Content-Type", literal(std::string(settings_.text("body_type")))});
            request.body = literal(fill(settings_.text("body"), values, json_escaped));
        }
        return request;
    }

    /// The target behind a next link, which must stay below this flow's own address; empty when there is none.
    [[nodiscard]] std::optional<std::string> target_of(std::string_view link) const
    {
        if (link.empty())
            return std::string();
        if (link.starts_with('?')) {
            const std::string_view own = settings_.text("path");
            return std::string(own.substr(0, own.find('?'))) + std::string(link);
        }
        std::string_view base = settings_.text("base_url");
        while (base.ends_with('/'))
            base.remove_suffix(1);
        const std::size_t host_end = base.find('/', base.find("://") + 3);
        if (link.starts_with('/'))  // from the host, where base_url may go further
            base = host_end == std::string_view::npos ? std::string_view() : base.substr(host_end);
        if (!link.starts_with(base) || link.size() == base.size() || link[base.size()] != '/' || link.starts_with("//"))
            return std::nullopt;
        return std::string(link.substr(base.size()));
    }

    [[nodiscard]] Step taken(Standing at, const std::string& since, const Answer& answer, const Moment& moment) const
    {
        const std::string asked = "page " + std::to_string(at.page);
        const Envelope::Opened opened = envelope_.open(asked, answer, sign_in_.credential_name(), moment);
        if (opened.failure)
            return step_of(*opened.failure);
        const TreeView items = at_path(opened.content, settings_.text("items"));
        if (!items || (form_ == AnswerForm::json && items.kind() != LIENTHONG_NODE_ARRAY))
            return step_of(wrong_shape(asked, "the items at '" + std::string(settings_.text("items")) + "'"));
        int count = 0;
        for (TreeView item = items.first(); item; item = item.next()) {
            if (item.kind() == LIENTHONG_NODE_ATTRIBUTE)
                continue;
            ++count;
            if (!settings_.text("since_field").empty())
                if (const std::string_view value = mark_at(at_path(item, settings_.text("since_field")));
                    comes_after(value, at.greatest))
                    at.greatest = value;
        }
        Step step;
        if (settings_.text("messages") == "item") {
            for (TreeView item = items.first(); item; item = item.next())
                step.payloads.push_back(
                    message_of('[' + std::string(item.source()) + ']', said_at(at_path(item, settings_.text("id_field")))));
        } else if (count > 0) {
            step.payloads.push_back(message_of(form_ == AnswerForm::xml ? answer.body : opened.content.source(), {}));
        }
        auto next = following(at, count, answer, opened.content);
        if (!next) {
            step.failure = next.error;
            return step;
        }
        // A feed is in the order of its tokens, so each page is done with for good; a list only when all of it was read.
        if (paging_ == "feed")
            step.cursor = "v1 " + packed(next.at.token.empty() ? since : next.at.token);
        else if (!next.goes_on)
            step.cursor = "v1 " + packed(at.greatest);
        if (next.goes_on)
            step.requests.push_back(ask_page(next.at, paging_ == "feed" ? next.at.token : since, moment));
        return step;
    }

    [[nodiscard]] Payload message_of(std::string_view bytes, std::string_view id) const
    {
        Payload payload;
        payload.source_id = id;
        payload.content_type = form_ == AnswerForm::xml ? "application/xml" : "application/json";
        payload.bytes = bytes;
        return payload;
    }

    struct Following
    {
        bool goes_on = false;
        Standing at{};
        Failure error{};
        explicit operator bool() const { return error.code.empty(); }
    };

    [[nodiscard]] Following following(const Standing& at, int count, const Answer& answer, const TreeView& content) const
    {
        Following out;
        out.at = at;
        ++out.at.page;
        out.at.offset += count;
        if (paging_ == "page" || paging_ == "offset") {
            const auto pages = read_digits(at_path(answer.document, settings_.text("pages_field")).text());
            out.goes_on = count > 0 && (pages ? at.page - first_page_ + 1 < *pages : count >= page_size_);
        } else if (paging_ != "none") {
            const std::string_view field = settings_.text("token_field");
            const TreeView here = at_path(content, field);
            std::string_view token =
                field.empty() ? next_of_link(answer.header("Link")) : said_at(here ? here : at_path(answer.document, field));
            std::optional<std::string> target = paging_ == "next" ? target_of(token) : std::string(token);
            if (!target) {
                out.error = {FailureClass::permanent,
                             "next_elsewhere",
                             "page " + std::to_string(at.page) + " says the next one is at '" + excerpt(token) +
                                 "', which is not below base_url; nothing is asked there",
                             {},
                             0};
                return out;
            }
            out.goes_on = !target->empty() && (paging_ != "feed" || count > 0);
            if (const std::string written = percent_encoded(*target); written.size() > longest_partner_word) {
                out.error = word_too_long("page " + std::to_string(at.page), written);
                return out;
            }
            if (out.goes_on && *target == at.token) {
                out.error = {FailureClass::permanent,
                             "next_is_this",
                             "page " + std::to_string(at.page) + " names itself as the next one",
                             {},
                             0};
                return out;
            }
            out.at.token = std::move(*target);
        }
        if (out.goes_on && at.page - first_page_ + 1 >= most_pages)
            out.error = {FailureClass::permanent,
                         "too_many_pages",
                         "the source does not come to an end after " + std::to_string(most_pages) + " pages",
                         {},
                         0};
        return out;
    }

    [[nodiscard]] Step delivered(std::string_view id, const Answer& answer, const Moment& moment) const
    {
        const std::string asked = "the packet " + std::string(id);
        const std::string receipt(answer.body.substr(0, longest_receipt));
        Step step;
        if (answer.status >= 200 && answer.status <= 299 && answer.body.empty()) {
            step.delivery = DeliveryReport{Delivery::delivered, "HTTP " + std::to_string(answer.status), {}};
            return step;
        }
        const Envelope::Opened opened = envelope_.open(asked, answer, sign_in_.credential_name(), moment);
        if (!opened.failure)
            step.delivery = DeliveryReport{Delivery::delivered, receipt, {}};
        else if (answer.status == 400 || answer.status == 409 || answer.status == 422)
            step.delivery = DeliveryReport{Delivery::refused, receipt, opened.failure->detail};
        else
            step.failure = after_handing_over(*opened.failure, answer.status);
        return step;
    }

    [[nodiscard]] Step found_out(std::string_view id, const Answer& answer, const Moment& moment) const
    {
        Step step;
        const std::string asked = "the question after " + std::string(id);
        if (answer.status == 404) {
            step.delivery = DeliveryReport{Delivery::not_delivered, {}, "the partner does not know " + std::string(id)};
            return step;
        }
        const Envelope::Opened opened = envelope_.open(asked, answer, sign_in_.credential_name(), moment);
        if (opened.failure)
            step.failure = opened.failure;
        else
            step.delivery = DeliveryReport{Delivery::delivered, std::string(answer.body.substr(0, longest_receipt)), {}};
        return step;
    }

    SignIn sign_in_;
    Envelope envelope_;
    XRoad xroad_;
    Settings settings_;
    std::string_view paging_;
    AnswerForm form_;
    int first_page_, page_size_;
};

Description Rest::description()
{
    Description d;
    d.name = "rest";
    d.version = "1";
    d.speaks =
        "Any API over HTTP that answers with JSON or XML, in: page by page (number, offset, token or next link) since where the "
        "last poll ended; out: packets by POST or PUT with an Idempotency-Key. Sign-in, envelope and exchange path as of lgsp.";
    d.settings = {
        required(SettingType::url, "base_url", "Where the API listens."),
        required(SettingType::text, "path", "Path and query of a page, with placeholders such as {page} and {since}."),
        choice_setting("method", "GET", {"GET", "POST"}, "How a page is asked for."),
        text_setting("body", {}, "Body of a page's request, with placeholders; for POST."),
        text_setting("body_type", "application/json", "Content type of that body."),
        choice_setting("format", "json", {"json", "xml"}, "What the API answers with."),
        text_setting(
            "items", {},
            "Where the list of items stands in an answer's content, such as data/items; empty when the content is the list."),
        choice_setting("paging", "none", {"none", "page", "offset", "token", "next", "feed"},
                       "How one page leads to the next; a feed's token is also {since} of the next poll."),
        choice_setting("messages", "page", {"page", "item"},
                       "Whether a page is one message, or each item one of its own, as a list of one."),
        text_setting("id_field", {}, "Field of an item that is the source's own identity of it, for messages of items."),
        integer_setting("first_page", 1, 0, 1, "Number of the first page."),
        integer_setting("page_size", 100, 1, 10'000, "Items a page holds; a shorter page is the last."),
        text_setting("pages_field", {}, "Where an answer says how many pages there are; else a short page is the last."),
        text_setting("token_field", {}, "Where an answer holds the next token or link; for links, empty means the Link header."),
        text_setting("since_field", {}, "Field of an item whose greatest value the next poll begins with, as {since}."),
        text_setting("since_first", {}, "What {since} is at the first poll."),
        integer_setting("timeout_secs", 30, 1, 600, "How long an answer may take."),
        text_setting("deliver_path", "/", "Path that takes what a flow sends; {id} is the packet's identity."),
        choice_setting("deliver_method", "POST", {"POST", "PUT"}, "How packets are sent."),
        text_setting("find_out_path", {},
                     "Path that knows whether the packet {id} arrived: 404 means it did not. Empty when there is none."),
        Envelope::setting("bare"),
    };
    append(d.settings, SignIn::settings("none", "/token"));
    append(d.settings, XRoad::settings({}, {}));
    d.credentials = {std::string(SignIn::token_name)};
    d.delivers = true;
    d.lists = true;
    return d;
}

}  // namespace

LIENTHONG_CONNECTOR(Rest);

/// lgsp: a provincial integration platform. How a call proves who makes it, what an answer is wrapped in and whether it goes
/// through an adapter of the state's exchange are settings; monthly figures come in numbered pages, and packets go out by POST.
///
/// Cursor: "v1 2025-03", the month to begin with. Contexts: "sign_in", "periods <month to begin with>",
/// "page <number> <month to begin with next time> <this month> <months still to ask>", "deliver <parcel>"; of an inventory
/// "months <month to begin with>", "pages <number> <this month> <months still to ask>"; of one page asked for again
/// "again <number> <this month>".
#include "hub/sdk/envelope.hpp"
#include "hub/sdk/json_message.hpp"
#include "hub/sdk/plugin.hpp"
#include "hub/sdk/sign_in.hpp"
#include "hub/sdk/words.hpp"
#include "hub/sdk/xroad.hpp"

#include <stdexcept>

namespace {

using namespace lienthong::sdk;

constexpr std::size_t most_months = 120;  ///< In one round; the next one goes on.
constexpr int most_pages = 10'000;
constexpr std::size_t longest_receipt = 64 * 1024;

/// The service's own spelling of a month, "03/2025".
std::string service_text(Month month)
{
    return padded(month_number(month), 2) + '/' + padded(year_number(month), 4);
}

std::optional<Month> read_service_month(std::string_view text)
{
    if (text.size() != 7 || text[2] != '/')
        return std::nullopt;
    return read_month(std::string(text.substr(3)) + '-' + std::string(text.substr(0, 2)));
}

class Lgsp final : public Connector
{
public:
    explicit Lgsp(const Settings& settings)
        : sign_in_(settings),
          envelope_(settings),
          xroad_(settings),
          api_path_(settings.text("api_path")),
          deliver_path_(settings.text("deliver_path")),
          sends_again_(settings.text("unknown_outcome") == "send_again"),
          first_(read_month(settings.text("first_period"))),
          lookback_(static_cast<std::size_t>(settings.integer("lookback_periods")))
    {
        if (!first_)
            throw std::invalid_argument("first_period: expected a month such as 2024-12");
    }

    static Description description();

    Step poll(std::string_view cursor, const Moment&) const override
    {
        Words words(cursor);
        std::optional<Month> begin = first_;
        if (!cursor.empty() && (words.next() != "v1" || !(begin = words.month()) || !words.rest().empty()))
            return step_of(unknown_cursor(cursor));
        Step step;
        step.requests.push_back(get(api_path_ + "/ky-bao-cao", "periods " + text_of(*begin)));
        return step;
    }

    Step reply(std::string_view context, const Answer& answer, const Moment& moment) const override
    {
        if (context == SignIn::context)
            return sign_in_.acquired(answer);
        Words words(context);
        const std::string_view kind = words.next();
        if (kind == "deliver")
            return delivered(words.rest(), answer, moment);
        if (kind == "months") {
            const auto month = words.month();
            return month ? months(*month, answer, moment) : step_of(unknown_context(context));
        }
        if (kind == "pages" || kind == "again") {
            const auto number = words.number();
            const auto month = words.month();
            return number && month ? held_page(kind == "pages", *number, *month, words, answer, moment)
                                   : step_of(unknown_context(context));
        }
        const auto page = kind == "page" ? words.number() : std::nullopt;
        const auto begin = words.month();
        if (!begin || (kind != "periods" && !page))
            return step_of(unknown_context(context));
        return kind == "periods" ? periods(*begin, answer, moment) : figures(*page, *begin, words, answer, moment);
    }

    Step acquire(std::string_view name, const Moment&) const override
    {
        Step step = sign_in_.acquire(name);
        for (Request& request : step.requests)
            xroad_.route(request);
        return step;
    }

    Step deliver(const Parcel& parcel, const Moment&) const override
    {
        Request request = ask("POST", deliver_path_, "deliver " + parcel.id);
        request.headers.push_back({"Content-Type", literal(parcel.content_type)});
        request.body = literal(parcel.bytes);
        request.repeatable = false;
        Step step;
        step.requests.push_back(std::move(request));
        return step;
    }

    /// The platform has no way to ask. What it keeps one of for each key may be told again; all else is for a person.
    Step find_out(const Parcel& parcel, const Moment& moment) const override
    {
        if (!sends_again_)
            return Connector::find_out(parcel, moment);
        Step step;
        step.delivery = DeliveryReport{Delivery::not_delivered, {},
                                       "whether the packet " + parcel.id + " arrived cannot be asked; it is sent again, and taken in its own place"};
        return step;
    }

    Step list(std::string_view since, const Moment&) const override
    {
        const auto begin = read_month(since.substr(0, 7));
        if (!begin)
            return failed(FailureClass::permanent, "since", "expected a day such as 2025-03-10");
        Step step;
        step.requests.push_back(get(api_path_ + "/ky-bao-cao", "months " + text_of(std::max(*begin, *first_))));
        return step;
    }

    Step fetch(std::string_view id, const Moment&) const override
    {
        // so-lieu-thang/03-2025/1
        std::string text(id);
        std::replace(text.begin(), text.end(), '/', ' ');
        std::replace(text.begin(), text.end(), '-', '/');
        Words parts(text);
        const bool ours = parts.next() == "so/lieu/thang";
        const auto month = read_service_month(parts.next());
        const auto number = parts.number();
        if (!ours || !month || !number)
            return failed(FailureClass::permanent, "no_item", "no page of figures is named '" + excerpt(id, 80) + "'");
        Step step;
        step.requests.push_back(get(page_target(*number, *month), "again " + std::to_string(*number) + ' ' + text_of(*month)));
        return step;
    }

private:
    [[nodiscard]] Request ask(std::string method, std::string path, std::string context) const
    {
        Request request;
        request.method = std::move(method);
        request.target = literal(std::move(path));
        request.answer = AnswerForm::either;
        request.context = std::move(context);
        xroad_.route(request);
        sign_in_.prove(request);
        request.headers.push_back({"Accept", literal("application/json")});
        return request;
    }
    [[nodiscard]] Envelope::Opened opened_answer(std::string_view asked, const Answer& answer, const Moment& moment) const
    {
        Envelope::Opened out = envelope_.open(asked, answer, sign_in_.credential_name(), moment);
        if (answer.status >= 200 && answer.status <= 299)
            if (auto failure = xml_instead_of_json(asked, answer))
                return {{}, std::move(failure)};
        return out;
    }
    [[nodiscard]] Request get(std::string path, std::string context) const
    {
        return ask("GET", std::move(path), std::move(context));
    }

    static std::string page_id(Month month, int page)
    {
        return "so-lieu-thang/" + padded(month_number(month), 2) + '-' + padded(year_number(month), 4) + '/' +
               std::to_string(page);
    }

    [[nodiscard]] Request ask_page(int number, Month then, Month month, std::string_view rest) const
    {
        std::string context = "page " + std::to_string(number) + ' ' + text_of(then) + ' ' + text_of(month);
        if (!rest.empty())
            context.append(" ").append(rest);
        return get(page_target(number, month), std::move(context));
    }
    [[nodiscard]] std::string page_target(int number, Month month) const
    {
        return api_path_ + "/so-lieu-thang?ky=" + service_text(month) + "&trang=" + std::to_string(number);
    }

    /// MResult: Status and Message, or an empty body. A gateway that says no has taken nothing.
    [[nodiscard]] Step delivered(std::string_view id, const Answer& answer, const Moment& moment) const
    {
        const std::string asked = "the packet " + std::string(id);
        Step step;
        if (answer.status >= 200 && answer.status <= 299 && answer.body.empty()) {
            step.delivery = DeliveryReport{Delivery::delivered, "HTTP " + std::to_string(answer.status), {}};
            return step;
        }
        const Envelope::Opened opened = opened_answer(asked, answer, moment);
        if (opened.failure && (answer.status == 400 || answer.status == 409 || answer.status == 413 || answer.status == 422)) {
            step.delivery =
                DeliveryReport{Delivery::refused, std::string(answer.body.substr(0, longest_receipt)), opened.failure->detail};
            return step;
        }
        if (opened.failure)
            return step_of(after_handing_over(*opened.failure, answer.status));
        const std::string_view status = opened.content.child_any_case("Status").text();
        const std::string message = excerpt(opened.content.child_any_case("Message").text());
        const bool good = status.empty() || status == "1" || status == "200" || status == "true";
        step.delivery =
            DeliveryReport{good ? Delivery::delivered : Delivery::refused, std::string(answer.body.substr(0, longest_receipt)),
                           good ? std::string() : asked + " was refused with Status " + excerpt(status, 40) + ": " + message};
        return step;
    }

    /// The months offered, in order, each once; what is no month, or lies ahead, is set aside.
    [[nodiscard]] std::optional<Failure> read_offered(const Answer& answer, const Moment& moment, std::vector<Month>& offered,
                                                      std::vector<SetAside>& odd) const
    {
        constexpr std::string_view asked = "the list of reporting periods";
        Envelope::Opened opened = opened_answer(asked, answer, moment);
        if (opened.failure)
            return std::move(opened.failure);
        const TreeView list = opened.content.child("kyBaoCao");
        if (list.kind() != LIENTHONG_NODE_ARRAY)
            return wrong_shape(asked, "the array 'kyBaoCao'");
        const Month now = month_of(moment);
        for (TreeView at = list.first(); at; at = at.next()) {
            const auto month = read_service_month(at.text());
            if (month && *month <= now)
                offered.push_back(*month);
            else
                odd.push_back(
                    {"ky-bao-cao/" + excerpt(at.text(), 40),
                     month ? "a reporting period that has not begun" : "a reporting period that is no month such as 03/2025",
                     std::string(at.source()),
                     {}});
        }
        std::sort(offered.begin(), offered.end());
        offered.erase(std::unique(offered.begin(), offered.end()), offered.end());
        return std::nullopt;
    }

    [[nodiscard]] Step periods(Month begin, const Answer& answer, const Moment& moment) const
    {
        Step step;
        std::vector<Month> offered;
        if (auto failure = read_offered(answer, moment, offered, step.set_aside))
            return step_of(*std::move(failure));
        const auto from = std::lower_bound(offered.begin(), offered.end(), begin);
        const auto count = std::min<std::size_t>(most_months, static_cast<std::size_t>(offered.end() - from));
        if (count == 0)
            return step;
        std::string rest;
        for (std::size_t i = 1; i < count; ++i)
            rest += (rest.empty() ? "" : " ") + text_of(from[static_cast<std::ptrdiff_t>(i)]);
        const auto upto = from + static_cast<std::ptrdiff_t>(count);
        // At the end of the list the latest months are asked again next time, because figures are re-issued.
        const Month then =
            upto != offered.end() ? *upto : std::max(*first_, offered[offered.size() - std::min(lookback_, offered.size())]);
        step.requests.push_back(ask_page(1, then, *from, rest));
        return step;
    }

    /// All months up to now are listed, those nobody offers any more too: what was taken of them is then gone.
    [[nodiscard]] Step months(Month begin, const Answer& answer, const Moment& moment) const
    {
        std::vector<Month> offered;
        std::vector<SetAside> odd;
        if (auto failure = read_offered(answer, moment, offered, odd))
            return step_of(*std::move(failure));
        Step step;
        step.inventory.emplace();
        for (Month month = begin; month <= month_of(moment); month += std::chrono::months(1))
            step.inventory->covers.push_back(page_id(month, 0).substr(0, page_id(month, 0).size() - 1));
        std::string rest;
        for (const Month month : offered)
            if (month >= begin)
                rest += (rest.empty() ? "" : " ") + text_of(month);
        ask_held_page(1, rest, step);
        return step;
    }

    void ask_held_page(int number, std::string_view rest, Step& step) const
    {
        Words words(rest);
        if (const auto month = words.month())
            step.requests.push_back(
                get(page_target(number, *month), "pages " + std::to_string(number) + ' ' + std::string(rest)));
    }

    /// What the platform has of one page, as it would come by a poll.
    [[nodiscard]] Step held_page(bool goes_on, int page, Month month, Words words, const Answer& answer, const Moment& moment) const
    {
        const std::string asked = "page " + std::to_string(page) + " of " + service_text(month);
        const Envelope::Opened opened = opened_answer(asked, answer, moment);
        if (opened.failure)
            return step_of(*opened.failure);
        const auto count = pages_in(opened.content, page, month);
        if (!count)
            return step_of(wrong_shape(asked, page_shape));
        Step step;
        add_page(opened.content, page, month, step);
        if (!goes_on)
            return step;
        const std::string_view rest = words.rest();
        if (page < *count)
            ask_held_page(page + 1, text_of(month) + (rest.empty() ? "" : " ") + std::string(rest), step);
        else
            ask_held_page(1, rest, step);
        return step;
    }

    static constexpr std::string_view page_shape = "the same kyBaoCao and trang, a number tongTrang and an array duLieu";

    /// How many pages the month has; nothing where the document is not this page of it.
    static std::optional<int> pages_in(const TreeView& document, int page, Month month)
    {
        const auto pages = read_digits(document.child("tongTrang").text());
        const bool same = document.child("kyBaoCao").text() == service_text(month) &&
                          read_digits(document.child("trang").text()) == page;
        const bool whole = pages && *pages <= most_pages && document.child("duLieu").kind() == LIENTHONG_NODE_ARRAY;
        return same && whole ? pages : std::nullopt;
    }

    static void add_page(const TreeView& document, int page, Month month, Step& step)
    {
        if (document.child("duLieu").first())
            step.payloads.push_back(json_message(page_id(month, page), std::string(document.source())));
    }

    [[nodiscard]] Step figures(int page, Month then, Words words, const Answer& answer, const Moment& moment) const
    {
        const auto month = words.month();
        if (!month)
            return step_of(unknown_context("page"));
        const std::string asked = "page " + std::to_string(page) + " of " + service_text(*month);
        const Envelope::Opened opened = opened_answer(asked, answer, moment);
        if (opened.failure)
            return step_of(*opened.failure);
        const auto pages = pages_in(opened.content, page, *month);
        if (!pages)
            return step_of(wrong_shape(asked, page_shape));
        Step step;
        add_page(opened.content, page, *month, step);
        const std::string_view rest = words.rest();
        if (page < *pages) {
            step.requests.push_back(ask_page(page + 1, then, *month, rest));
        } else if (const auto next = words.month()) {
            step.cursor = "v1 " + text_of(*next);
            step.requests.push_back(ask_page(1, then, *next, words.rest()));
        } else {
            step.cursor = "v1 " + text_of(then);
        }
        return step;
    }

    SignIn sign_in_;
    Envelope envelope_;
    XRoad xroad_;
    std::string api_path_, deliver_path_;
    bool sends_again_;
    std::optional<Month> first_;
    std::size_t lookback_;
};

Description Lgsp::description()
{
    Description d;
    d.name = "lgsp";
    d.version = "2";
    d.speaks =
        "LGSP, in: monthly figures page by page; out: packets by POST. Sign-in by WSO2 token (Basic or form), lgspaccesstoken, "
        "login, key pair or fixed token; five envelopes; directly or through an X-Road adapter. Documents of the axis are ltvb's.";
    d.settings = {
        required(SettingType::url, "base_url", "Where the platform listens."),
        text_setting("first_period", "2024-01", "Month to begin with, such as 2024-12."),
        integer_setting("lookback_periods", 3, 1, 240, "Latest months asked again by each poll."),
        text_setting("api_path", "/kinhte/1.0", "Path of the figures' service below base_url."),
        text_setting("deliver_path", "/Statistic", "Path that takes what a flow sends, such as /Document/SyncDocument."),
        choice_setting("unknown_outcome", "ask_person", {"ask_person", "send_again"},
                       "When nobody can tell whether a packet arrived. send_again only where deliver_path keeps one for each key, as "
                       "/Statistic and /Document/SyncDocument do."),
        Envelope::setting("bare"),
    };
    append(d.settings, SignIn::settings("oauth_basic", "/token"));
    append(d.settings, XRoad::settings({}, {}));
    d.credentials = {std::string(SignIn::token_name)};
    d.delivers = true;
    d.lists = true;
    return d;
}

}  // namespace

LIENTHONG_CONNECTOR(Lgsp);

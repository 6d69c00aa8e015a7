/// market_price: a register of market prices whose pages are chained by a link to the next, behind a key in a header.
///
/// The worked example of plugins/README.md; the register is invented. Cursor: "v1 2025-03", the month to begin with.
/// Context: "<month> <page> <where the page was asked for>".
#include "hub/sdk/failures.hpp"
#include "hub/sdk/json_message.hpp"
#include "hub/sdk/plugin.hpp"
#include "hub/sdk/spec.hpp"
#include "hub/sdk/words.hpp"

#include <stdexcept>

namespace {

using namespace lienthong::sdk;

class MarketPrice final : public Connector
{
public:
    explicit MarketPrice(const Settings& settings)
        : path_(std::string(settings.text("api_path")) + "/gia?"),
          page_size_(settings.text("page_size")),
          first_(read_month(settings.text("first_period"))),
          lookback_(static_cast<int>(settings.integer("lookback_periods")))
    {
        if (!first_)
            throw std::invalid_argument("first_period: expected a month such as 2024-12");
    }

    static Description description();

    Step poll(std::string_view cursor, const Moment& moment) const override
    {
        Words words(cursor);
        std::optional<Month> month = first_;
        if (!cursor.empty() && (words.next() != "v1" || !(month = words.month()) || !words.rest().empty()))
            return step_of(unknown_cursor(cursor));
        Step step;
        if (*month <= month_of(moment))
            step.requests.push_back(ask(*month, 1, first_page(*month)));
        return step;
    }

    Step reply(std::string_view context, const Answer& answer, const Moment& moment) const override
    {
        Words words(context);
        const auto month = words.month();
        const auto page = words.number();
        if (!month || !page)
            return step_of(unknown_context(context));
        const std::string asked = "page " + std::to_string(*page) + " of " + text_of(*month);
        if (auto failure = http_failure(answer, asked))
            return step_of(std::move(*failure));
        const TreeView prices = answer.document.child("gia"), next = answer.document.child("next");
        if (answer.document.child("thang").text() != text_of(*month) || prices.kind() != LIENTHONG_NODE_ARRAY || !next)
            return step_of(wrong_shape(asked, "the same thang, an array gia, and next: a link or null"));
        if (next.text().size() > longest_partner_word)
            return step_of(word_too_long(asked, next.text()));
        if (const std::string_view broken = broken_link(next, *page, words.rest()); !broken.empty())
            return failed(FailureClass::permanent, "next_link",
                          asked + " names as the next page '" + excerpt(next.text()) + "', " + std::string(broken) +
                              "; ask who runs the register");
        Step step;
        if (prices.first())
            step.payloads.push_back(
                json_message("gia/" + text_of(*month) + '/' + std::to_string(*page), std::string(answer.document.source())));
        if (next.kind() == LIENTHONG_NODE_TEXT)
            step.requests.push_back(ask(*month, *page + 1, std::string(next.text())));
        else
            end_month(*month, month_of(moment), step);
        return step;
    }

    /// The register's pages are what it holds: they are read as by a poll, and the hub takes their digests.
    Step list(std::string_view since, const Moment& moment) const override
    {
        const auto begin = read_month(since.substr(0, 7));
        if (!begin)
            return failed(FailureClass::permanent, "since", "expected a day such as 2025-03-10");
        Step step = poll("v1 " + text_of(std::max(*begin, *first_)), moment);
        step.inventory.emplace();
        for (Month month = std::max(*begin, *first_); month <= month_of(moment); month += std::chrono::months(1))
            step.inventory->covers.push_back("gia/" + text_of(month) + '/');
        return step;
    }

private:
    [[nodiscard]] std::string first_page(Month month) const { return path_ + "thang=" + text_of(month) + "&limit=" + page_size_; }

    static Request ask(Month month, int page, std::string target)
    {
        Request request;
        request.context = text_of(month) + ' ' + std::to_string(page) + ' ' + target;
        request.target = literal(std::move(target));
        request.headers = {{"X-API-Key", secret("api_key")}, {"Accept", literal("application/json")}};
        return request;
    }

    /// A link is the register's word. It may lead to its own service only, since the key goes with it, and must get on.
    [[nodiscard]] std::string_view broken_link(const TreeView& next, int page, std::string_view from) const
    {
        if (next.kind() == LIENTHONG_NODE_NULL)
            return {};
        const std::string_view link = next.text();
        if (next.kind() != LIENTHONG_NODE_TEXT || !link.starts_with(path_) || link.find_first_of(" \r\n#") != link.npos)
            return "which does not lead to this service";
        return link == from || page >= most_pages ? "which leads round in a circle" : std::string_view();
    }

    /// The cursor moves when a month is whole. At this month it goes back, because prices are corrected afterwards.
    void end_month(Month month, Month now, Step& step) const
    {
        const bool more = month < now;
        const Month next = more ? month + std::chrono::months(1) : std::max(*first_, now - std::chrono::months(lookback_ - 1));
        step.cursor = "v1 " + text_of(next);
        if (more)
            step.requests.push_back(ask(next, 1, first_page(next)));
    }

    static constexpr int most_pages = 10'000;
    std::string path_, page_size_;
    std::optional<Month> first_;
    int lookback_;
};

Description MarketPrice::description()
{
    Description d;
    d.name = "market_price";
    d.version = "1";
    d.speaks = "An invented register of market prices as JSON, in: pages chained by a link, behind a key in a header; "
               "lists what it holds by the same pages. It delivers nothing.";
    d.settings = {
        required(SettingType::url, "base_url", "Where the register listens."),
        required(SettingType::secret, "api_key", "Key the register issued to the hub."),
        text_setting("api_path", "/gia-thi-truong/v1", "Path of the service below base_url; links must begin with it."),
        text_setting("first_period", "2024-01", "Month to begin with, such as 2024-12."),
        integer_setting("page_size", 100, 1, 1000, "Most prices on a page."),
        integer_setting("lookback_periods", 3, 1, 240, "Latest months asked again by each poll."),
    };
    d.lists = true;
    return d;
}

}  // namespace

LIENTHONG_CONNECTOR(MarketPrice);

/// Indicators: a provincial reporting system's own service, asked indicator by indicator and period by period.
///
/// Cursor: "v1 <place>", the next to ask, where a place is "<year> <periodId> <dataTypeId>". Contexts: "codes <place> <offset>",
/// "values <place> <next offset, 0 for done>".
#pragma once

#include "hub/sdk/failures.hpp"
#include "hub/sdk/words.hpp"
#include "plugins/nrs/partner.hpp"
#include "plugins/nrs/place.hpp"

#include <stdexcept>

namespace nrs {

using namespace lienthong::sdk;

/// The envelope carries a status of its own, and that one counts: failures come with HTTP 200 too.
inline std::optional<Failure> refusal(std::string_view asked, const Answer& answer)
{
    if (auto failure = http_failure(answer, asked))
        return failure;
    const TreeView error = answer.document.child("error");
    const auto code = read_digits(error.child("code").text());
    if (!code)
        return wrong_shape(asked, "the number error.code");
    if (*code == 200)
        return std::nullopt;
    auto failure = status_failure(*code, asked);
    failure.code = "error_" + std::to_string(*code);
    failure.detail += " (in error.code; the system says: " + excerpt(error.child("userMessage").text()) + ')';
    return failure;
}

class Indicators
{
public:
    explicit Indicators(const Settings& settings)
        : partner_(settings),
          api_(settings.text("api_path")),
          office_(settings.text("office_code")),
          first_(read_month(settings.text("first_period"))),
          lookback_(static_cast<int>(settings.integer("lookback_periods"))),
          codes_per_request_(static_cast<int>(settings.integer("codes_per_request")))
    {
        if (!first_ && !settings.text("first_period").empty())
            throw std::invalid_argument("first_period: expected a month such as 2024-12");
        if (office_.find_first_not_of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._-") != std::string::npos)
            throw std::invalid_argument("office_code: expected an agency code such as 000.00.00.H31");
        for (const char c : settings.text("data_types"))
            if (c >= '1' && c <= '4')
                data_types_.push_back(c - '0');
            else if (c != ',' && c != ' ')
                throw std::invalid_argument("data_types: expected numbers from 1 to 4 with commas between, such as 2,3,4");
        if (data_types_.empty())
            throw std::invalid_argument("data_types: expected at least one of 1, 2, 3, 4");
    }

    [[nodiscard]] Step poll(std::string_view cursor, const Moment& moment) const
    {
        if (office_.empty() || !first_)
            return step_of({FailureClass::permanent, "settings", "office_code and first_period must be set for polling", {}, 0});
        Words words(cursor);
        std::optional<Place> place = first_of(*first_);
        if (!cursor.empty() && (words.next() != "v1" || !(place = read_place(words)) || !words.rest().empty()))
            return step_of(unknown_cursor(cursor));
        Step step;
        if (place->ends() <= month_of(moment))
            step.requests.push_back(ask_codes(*place, 0));
        return step;
    }

    /// Where a poll begins that asks for a month and what follows it, but nothing before the first one there is.
    [[nodiscard]] std::string cursor_from(Month month) const
    {
        return "v1 " + first_of(std::max(month, first_.value_or(month))).text();
    }

    [[nodiscard]] Step reply(std::string_view context, const Answer& answer, const Moment& moment) const
    {
        Words words(context);
        const std::string_view kind = words.next();
        const auto place = read_place(words);
        const auto offset = words.number();
        if ((kind != "codes" && kind != "values") || !place || !offset)
            return step_of(unknown_context(context));
        const std::string asked = (kind == "codes" ? "the list of indicators for " : "the figures of ") + place->words();
        const TreeView data = answer.document.child("data");
        if (auto failure = refusal(asked, answer))
            return step_of(std::move(*failure));
        if (data.kind() != LIENTHONG_NODE_ARRAY)
            return step_of(wrong_shape(asked, "the array 'data'"));
        Step step;
        if (kind == "codes") {
            if (auto request = ask_values(*place, *offset, data)) {
                step.requests.push_back(std::move(*request));
                return step;
            }
        }
        if (kind == "values") {
            Payload payload;
            payload.content_type = "application/json";
            payload.bytes = "{\"request\":{\"officeCode\":\"" + office_ + "\"," + place->json() + "},\"reply\":";
            payload.bytes += answer.document.source();
            payload.bytes += '}';
            payload.keep_reply = true;
            step.payloads.push_back(std::move(payload));
            if (*offset > 0) {
                step.requests.push_back(ask_codes(*place, *offset));
                return step;
            }
        }
        move_on(step, *place, month_of(moment));
        return step;
    }

private:
    [[nodiscard]] Request ask_codes(const Place& place, int offset) const
    {
        const std::string target =
            api_ + "/indicators/hasdata?officeCode=" + office_ + "&dataTypeId=" + std::to_string(place.data_type) +
            "&periodId=" + std::to_string(periods[place.period]) + "&datayear=" + std::to_string(place.year);
        return partner_.ask("GET", literal(target), "codes " + place.text() + ' ' + std::to_string(offset));
    }

    /// One page of the codes, if any are left. The rest is found again from the list, so that no context grows with it.
    [[nodiscard]] std::optional<Request> ask_values(const Place& place, int offset, TreeView data) const
    {
        std::string codes;
        int at = 0;
        TreeView code = data.first();
        for (; code && at < offset + codes_per_request_; code = code.next(), ++at)
            if (at >= offset)
                codes += (codes.empty() ? "" : ",") + std::string(code.source());
        if (codes.empty())
            return std::nullopt;
        Request request =
            partner_.ask("POST", literal(api_ + "/indicators"), "values " + place.text() + ' ' + std::to_string(code ? at : 0));
        request.headers.push_back({"Content-Type", literal("application/json")});
        request.body = literal("{\"officeCode\":\"" + office_ + "\",\"indicatorCodes\":[" + codes + "]," + place.json() + '}');
        return request;
    }

    [[nodiscard]] Place first_of(Month month) const
    {
        std::size_t period = 0;
        while (periods[period] != static_cast<int>(month_number(month)))
            ++period;
        return {static_cast<int>(year_number(month)), period, data_types_.front()};
    }

    /// The place is done: go to the next kind of figure, else the next period; at the end be ready to ask the latest again.
    void move_on(Step& step, Place place, Month now) const
    {
        std::size_t type = 0;
        while (type < data_types_.size() && data_types_[type] != place.data_type)
            ++type;
        if (type + 1 < data_types_.size()) {
            place.data_type = data_types_[type + 1];
        } else {
            place.data_type = data_types_.front();
            place.period = (place.period + 1) % periods.size();
            place.year += place.period == 0 ? 1 : 0;
        }
        if (place.ends() <= now)
            step.requests.push_back(ask_codes(place, 0));
        else
            place = first_of(std::max(now - std::chrono::months(lookback_ - 1), first_.value_or(now)));
        step.cursor = "v1 " + place.text();
    }

    Partner partner_;
    std::string api_, office_;
    std::optional<Month> first_;
    int lookback_, codes_per_request_;
    std::vector<int> data_types_;
};

}  // namespace nrs

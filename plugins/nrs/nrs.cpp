/// nrs: a reporting system that is asked indicator by indicator, and that takes packages of figures the other way.
///
/// Cursor: "v1 <place>", the next to ask, where a place is "<year> <periodId> <dataTypeId>". Contexts: "codes <place> <offset>",
/// "values <place> <next offset, 0 for done>", "push <package>", "find <package>".
#include "hub/sdk/failures.hpp"
#include "hub/sdk/plugin.hpp"
#include "hub/sdk/spec.hpp"
#include "hub/sdk/words.hpp"
#include "plugins/nrs/place.hpp"

#include <stdexcept>

namespace {

using namespace lienthong::sdk;
using namespace nrs;

/// The envelope carries a status of its own, and that one counts: failures come with HTTP 200 too.
std::optional<Failure> refusal(std::string_view asked, const Answer& answer)
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

/// 5xx and answers without our package leave open whether it arrived; the host then asks with find_out.
Step receipt_of(bool push, std::string_view package, const Answer& answer)
{
    const std::string asked = "package " + excerpt(package);
    const std::string_view state = answer.document.child("trangThai").text();
    const std::int32_t status = answer.status;
    Step step;
    DeliveryReport& report = step.delivery.emplace();
    if (!push && status == 404) {
        report = {Delivery::not_delivered, {}, asked + " never reached the partner"};
    } else if (status == 401 || status == 403 || status == 404 || status == 405 || status == 429 || (!push && status >= 500)) {
        return step_of(*http_failure(answer, asked));
    } else if (state == "TRA_LAI" || (push && status >= 400 && status <= 499 && status != 408)) {
        report = {Delivery::refused, std::string(answer.body),
                  asked + " was sent back: " + excerpt(answer.document.child("lyDo").text())};
    } else if (status == 200 && state == "DA_NHAN" && answer.document.child("maGoiTin").text() == package) {
        report = {Delivery::delivered, std::string(answer.body),
                  "receipt " + excerpt(answer.document.child("maBienNhan").text())};
    } else {
        report = {Delivery::unknown, std::string(answer.body),
                  asked + " was answered with HTTP status " + std::to_string(status) + " and no receipt for it"};
    }
    return step;
}

class Nrs final : public Connector
{
public:
    explicit Nrs(const Settings& settings)
        : api_(settings.text("api_path")),
          push_(settings.text("push_path")),
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

    static Description description();

    Step poll(std::string_view cursor, const Moment& moment) const override
    {
        if (office_.empty() || !first_)
            return failed(FailureClass::permanent, "settings", "office_code and first_period must be set for polling");
        Words words(cursor);
        std::optional<Place> place = first_of(*first_);
        if (!cursor.empty() && (words.next() != "v1" || !(place = read_place(words)) || !words.rest().empty()))
            return step_of(unknown_cursor(cursor));
        Step step;
        if (place->ends() <= month_of(moment))
            step.requests.push_back(ask_codes(*place, 0));
        return step;
    }

    Step reply(std::string_view context, const Answer& answer, const Moment& moment) const override
    {
        Words words(context);
        const std::string_view kind = words.next();
        if (kind == "push" || kind == "find")
            return receipt_of(kind == "push", words.rest(), answer);
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

    Step deliver(const Parcel& parcel, const Moment&) const override
    {
        Request request = make_request("POST", literal(push_ + "/goi-tin"), "push " + parcel.id);
        request.headers.push_back({"Content-Type", literal(parcel.content_type)});
        request.body = literal(parcel.bytes);
        request.repeatable = false;
        return ask(std::move(request));
    }

    Step find_out(const Parcel& parcel, const Moment&) const override
    {
        return ask(
            make_request("GET", concat({literal(push_ + "/goi-tin/"), form_url(literal(parcel.id))}), "find " + parcel.id));
    }

private:
    static Step ask(Request request)
    {
        Step step;
        step.requests.push_back(std::move(request));
        return step;
    }

    static Request make_request(std::string method, Part target, std::string context)
    {
        Request request;
        request.method = std::move(method);
        request.target = std::move(target);
        request.headers = {{"Authorization", concat({literal("Bearer "), secret("token")})},
                           {"Accept", literal("application/json")}};
        request.context = std::move(context);
        return request;
    }

    [[nodiscard]] Request ask_codes(const Place& place, int offset) const
    {
        const std::string target =
            api_ + "/indicators/hasdata?officeCode=" + office_ + "&dataTypeId=" + std::to_string(place.data_type) +
            "&periodId=" + std::to_string(periods[place.period]) + "&datayear=" + std::to_string(place.year);
        return make_request("GET", literal(target), "codes " + place.text() + ' ' + std::to_string(offset));
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
            make_request("POST", literal(api_ + "/indicators"), "values " + place.text() + ' ' + std::to_string(code ? at : 0));
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

    std::string api_, push_, office_;
    std::optional<Month> first_;
    int lookback_, codes_per_request_;
    std::vector<int> data_types_;
};

Description Nrs::description()
{
    Description d;
    d.name = "nrs";
    d.version = "1";
    d.speaks =
        "Provincial reporting API, in: hasdata, then indicators, period by period. Out: packages by a profile assumed for "
        "QCVN 125:2021/BTTTT. It does not fetch report forms, outline reports or the code trees.";
    d.settings = {
        required(SettingType::url, "base_url", "Where the system listens."),
        required(SettingType::secret, "token", "Bearer token the system issued to the hub."),
        text_setting("office_code", "", "Agency whose figures are asked for; needed for polling."),
        text_setting("first_period", "", "Month to begin with, such as 2024-12; needed for polling."),
        integer_setting("lookback_periods", 3, 1, 240, "Latest months asked again by each poll, with all that ends in them."),
        text_setting("data_types", "2,3,4", "Kinds of figures: 1 planned, 2 estimated, 3 performed, 4 official."),
        integer_setting("codes_per_request", 500, 1, 5000, "Most indicators asked for at once."),
        text_setting("api_path", "/bc", "Path of the indicator service below base_url."),
        text_setting("push_path", "/qcvn125", "Path of the package service below base_url."),
    };
    d.delivers = true;
    return d;
}

}  // namespace

LIENTHONG_CONNECTOR(Nrs);

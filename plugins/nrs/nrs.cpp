/// nrs: reporting systems of the state and of provinces. Two dialects in: a provincial system asked indicator by indicator, and
/// packets by a profile; out: packets by a profile. What each says and means stands in indicators.hpp and packets.hpp.
#include "hub/sdk/plugin.hpp"
#include "hub/sdk/spec.hpp"
#include "hub/sdk/xroad.hpp"
#include "plugins/nrs/indicators.hpp"
#include "plugins/nrs/listing.hpp"
#include "plugins/nrs/packets.hpp"

namespace {

using namespace lienthong::sdk;

/// Nothing where no profile is given. Refused with every fault it has, the first ten in words.
std::optional<nrs::Profile> profile_in(const Settings& settings)
{
    if (settings.text("profile").empty())
        return std::nullopt;
    const nrs::ProfileReader read(settings.text("profile"));
    if (read.faults().empty())
        return read.profile();
    std::string told = "profile:";
    for (std::size_t i = 0; i < std::min<std::size_t>(read.faults().size(), 10); ++i)
        told += (i == 0 ? " " : "; ") + read.faults()[i];
    if (read.faults().size() > 10)
        told += "; and " + std::to_string(read.faults().size() - 10) + " more";
    throw std::invalid_argument(told);
}

class Nrs final : public Connector
{
public:
    explicit Nrs(const Settings& settings) : indicators_(settings), asks_packets_(settings.text("dialect") == "packets")
    {
        if (auto profile = profile_in(settings))
            packets_.emplace(settings, std::move(*profile));
        else if (asks_packets_)
            throw std::invalid_argument(
                "profile: expected a file such as qcvn125-gia-dinh.profile, which dialect packets asks by");
    }

    static Description description();
    static Setting profile_setting();

    Step poll(std::string_view cursor, const Moment& moment) const override
    {
        return asks_packets_ ? packets_->poll(cursor, moment) : indicators_.poll(cursor, moment);
    }

    Step reply(std::string_view context, const Answer& answer, const Moment& moment) const override
    {
        const std::string_view kind = Words(context).next();
        if (kind == "codes" || kind == "values" || !packets_)
            return indicators_.reply(context, answer, moment);
        return packets_->reply(context, answer);
    }

    Step list(std::string_view since, const Moment& moment) const override
    {
        if (asks_packets_)
            return failed(FailureClass::permanent, "no_list",
                          "with dialect packets the partner tells what changed, not what it holds");
        const auto cursor = nrs::listing_cursor(indicators_, since);
        return cursor ? indicators_.poll(*cursor, moment)
                      : failed(FailureClass::permanent, "since", "expected a day such as 2025-03-10");
    }

    Step deliver(const Parcel& parcel, const Moment&) const override
    {
        return packets_ ? packets_->deliver(parcel) : no_profile();
    }
    Step find_out(const Parcel& parcel, const Moment&) const override
    {
        return packets_ ? packets_->find_out(parcel) : no_profile();
    }

private:
    static Step no_profile()
    {
        return failed(FailureClass::permanent, "settings", "profile must be set for delivering: it holds the partner's words");
    }

    nrs::Indicators indicators_;
    bool asks_packets_;
    std::optional<nrs::Packets> packets_;
};

Setting Nrs::profile_setting()
{
    Setting setting = make_setting(SettingType::document, "profile", "",
                                   "The partner's element names and words; delivering needs it too, whatever the dialect.");
    setting.needed_when = "dialect=packets";
    return setting;
}

Description Nrs::description()
{
    Description d;
    d.name = "nrs";
    d.version = "2";
    d.speaks =
        "Reporting systems. In: a provincial indicator API, or the packets of QCVN 125:2021/BTTTT in the words of a profile. "
        "Out: such "
        "packets. The profile shipped is assumed; conformity with the regulation is not claimed.";
    d.settings = {
        required(SettingType::url, "base_url", "Where the system listens."),
        required(SettingType::secret, "token", "Bearer token the system issued to the hub."),
        choice_setting("dialect", "indicators", {"indicators", "packets"},
                       "What polling asks: the provincial indicator API, or packets kind by kind."),
        profile_setting(),
        text_setting("kinds", "regimes,forms,outline_forms,periods,indicators,indicator_groups,breakdowns,kpi_sets",
                     "Kinds of packets polling asks for with dialect packets, in this order; also report_status and tasks."),
        text_setting("first_day", "2021-01-01", "With dialect packets: what changed since this day is asked for at first."),
        text_setting("office_code", "", "With dialect indicators: agency whose figures are asked for; needed for polling."),
        text_setting("first_period", "", "With dialect indicators: month to begin with, such as 2024-12; needed for polling."),
        integer_setting("lookback_periods", 3, 1, 240, "Latest months asked again by each poll, with all that ends in them."),
        text_setting("data_types", "2,3,4", "Kinds of figures: 1 planned, 2 estimated, 3 performed, 4 official."),
        integer_setting("codes_per_request", 500, 1, 5000, "Most indicators asked for at once."),
        text_setting("api_path", "/bc", "Path of the indicator service below base_url."),
        text_setting("push_path", "/qcvn125", "Path of the package service below base_url."),
    };
    append(d.settings, XRoad::settings({}, {}));
    d.delivers = true;
    d.lists = true;
    return d;
}

}  // namespace

LIENTHONG_CONNECTOR(Nrs);

#include "hub/api/names.hpp"

#include <charconv>

namespace lienthong::api {

std::string submission_name(SubmissionId id)
{
    return "S-" + std::to_string(id);
}

std::optional<std::int64_t> number_from(std::string_view text, std::int64_t most)
{
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || text.empty() || text.front() == '-' || value > most)
        return std::nullopt;
    return value;
}

std::optional<SubmissionId> submission_from(std::string_view name)
{
    if (name.substr(0, 2) != "S-")
        return std::nullopt;
    return number_from(name.substr(2), INT64_MAX);
}

void write_revision(JsonWriter& out, const RevisionRow& row, const catalogue::Catalogue* named)
{
    const Observation& observation = row.observation;
    const SeriesKey& key = observation.key;
    out.member("revision", row.id).member("number", std::int64_t{row.number});
    out.member("indicator", key.indicator).member("measure", key.measure).member("period", key.period).member("area", key.area);
    out.member("breakdown", key.breakdown).member("agency", key.agency);
    if (observation.availability == Availability::value)
        out.member("value", observation.value);
    else
        out.key("value").null();
    out.member("unit", observation.unit).member("vintage", to_text(observation.vintage));
    out.member("availability", to_text(observation.availability));
    if (!observation.window.empty())
        out.member("window", observation.window);
    if (!observation.source.empty())
        out.member("source", observation.source);
    out.member("flow", row.flow).member("connector", row.connector).member("sender", row.sender);
    out.member("submission", submission_name(row.submission)).member("record", std::int64_t{row.record});
    out.member("received", to_text(row.received_at));
    out.member("catalogue", row.catalogue_digest).member("mapping", row.mapping_digest);
    if (row.log_index)
        out.member("log_index", static_cast<std::int64_t>(*row.log_index));
    if (named == nullptr)
        return;
    out.key("names").begin_object();
    const auto period = text::period_from(key.period);
    const auto day = period.ok() ? text::last_day(*period) : local_day(row.received_at);
    if (const auto indicator = named->indicator(key.indicator, day); indicator.ok()) {
        out.member("indicator", (*indicator)->name_vi).member("indicator_en", (*indicator)->name_en).member("set", (*indicator)->set);
        if (const auto* measure = (*indicator)->measure(key.measure))
            out.member("measure", measure->name_vi).member("measure_en", measure->name_en);
    }
    if (const auto* area = named->find_area(key.area, day))
        out.member("area", area->name_vi);
    if (const auto* agency = named->find_agency(key.agency))
        out.member("agency", agency->name_vi);
    if (const auto* unit = named->find_unit(observation.unit))
        out.member("unit", unit->name_vi);
    out.end_object();
}

}  // namespace lienthong::api

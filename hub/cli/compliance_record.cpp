// lienthong compliance record: appends what happened to obligations. Nothing appended is ever changed.
#include "hub/catalogue/forms.hpp"
#include "hub/cli/compliance_set.hpp"
#include "hub/compliance/event_text.hpp"
#include "hub/compliance/plan.hpp"
#include "hub/model/json_text.hpp"
#include "hub/ports/clock.hpp"

#include <algorithm>
#include <cstdio>

namespace lienthong::cli {
namespace {

using namespace lienthong::compliance;

enum class Edge : std::uint8_t {
    begins,  ///< A day is its first moment.
    closes,  ///< A day is held: the moment after it is late.
};

/// A moment of RFC 3339, or a day. Empty stays empty.
Result<std::optional<Time>> moment(const char* option, const std::string& text, Edge edge)
{
    if (text.empty())
        return std::optional<Time>();
    if (const auto time = time_from(text))
        return time;
    if (const auto period = text::period_from(text); period.ok() && period->kind == PeriodKind::day) {
        const Day day = text::first_day(*period);
        return std::optional(start_of(edge == Edge::begins ? day : next(day)));
    }
    return Problem{"parameter.bad", "neither a day nor a moment", option, shortened(text),
                   "2026-03-25 or 2026-03-25T17:00:00+07:00", {}};
}

/// A name that meets nothing would be an event that never counts.
Result<void> check_scope(const ComplianceSet& found, const Scope& scope)
{
    const auto& forms = found.catalogue->forms();
    const auto is_meant = [&](const catalogue::Form& form) { return form.set == found.set && form.code == scope.subject; };
    if (!scope.subject.empty() && std::none_of(forms.begin(), forms.end(), is_meant))
        return Problem{"form.unknown", "the set has no such form", "--form", shortened(scope.subject), "a form of " + found.set,
                       {}};
    if (!scope.agency.empty() && found.catalogue->find_agency(scope.agency) == nullptr)
        return Problem{"agency.unknown", "the catalogue has no such agency", "--agency", shortened(scope.agency),
                       "a code of agencies.csv", {}};
    if (scope.period.empty())
        return {};
    const auto period = text::period_from(scope.period);
    if (!period.ok())
        return period.problem();
    if (scope.obligation().empty())
        return {};
    if (auto owed = obligation_of(*found.catalogue, found.set, scope); !owed.ok())
        return owed.problem();
    return {};
}

Result<Event> event_of(const ComplianceOptions& options, Time now)
{
    const auto from = moment("--from", options.from, Edge::begins);
    const auto until = moment("--until", options.until, Edge::closes);
    for (const auto* one : {&from, &until})
        if (!one->ok())
            return one->problem();
    Event event{.id = "record",
                .at = now,
                .scope = {.subject = options.form, .agency = options.agency, .period = options.period},
                .who = options.who,
                .why = options.why,
                .act = options.act};
    if (options.kind == "receipt")
        event.what = Receipt{.submission = options.submission, .missing = options.lacking};
    else if (options.kind == "extension")
        event.what = Extension{.until = until->value_or(Time{})};
    else if (options.kind == "incident")
        event.what = Incident{.from = from->value_or(now), .to = *until};
    else if (options.kind == "intake")
        event.what = Intake{.opens = *from, .closes = *until};
    else
        event.what = Waiver{};
    return event;
}

Result<std::string> append(const ComplianceSet& found, const ComplianceOptions& options)
{
    if (found.kept == nullptr)
        return Problem{"parameter.bad", "events are kept by a configured hub", "--catalogue", options.catalogue,
                       "--config instead", {}};
    const auto event = event_of(options, SystemClock().now());
    if (!event.ok())
        return event.problem();
    if (const auto scope = check_scope(found, event->scope); !scope.ok())
        return scope.problem();
    const ComplianceEvent row = kept(*event);
    // The reader's rules hold for what is written, so that everything kept can be read.
    if (const auto read = event_from(row); !read.ok())
        return read.problem();
    return found.kept->append(row);
}

}  // namespace

int compliance_record(const Common& common, const ComplianceOptions& options)
{
    const auto found = compliance_set_or_print(common, options);
    if (!found)
        return not_done;
    const auto id = append(*found, options);
    if (!id.ok()) {
        print_problems({id.problem()}, common.json);
        return not_done;
    }
    if (common.json) {
        JsonWriter out;
        std::printf("%s\n", out.begin_object().member("id", *id).member("kind", options.kind).end_object().take().c_str());
    } else {
        std::printf("%s: %s recorded\n", id->c_str(), options.kind.c_str());
    }
    return done;
}

}  // namespace lienthong::cli

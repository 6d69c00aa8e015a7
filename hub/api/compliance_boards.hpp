/// Boards: the scoreboards the API and the status page show, from the catalogue's plan and the events kept.
#pragma once

#include "hub/catalogue/catalogue.hpp"
#include "hub/compliance/plan.hpp"
#include "hub/compliance/scoreboard_csv.hpp"
#include "hub/ports/compliance_events.hpp"
#include "hub/ports/store.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <tuple>

namespace lienthong::api {

/// "2026-03"
[[nodiscard]] std::string month_text(compliance::Day day);

/// Thread-safe.
class ComplianceBoards
{
public:
    ComplianceBoards(std::shared_ptr<const catalogue::Catalogue> catalogue, std::shared_ptr<ComplianceEvents> events,
                     std::shared_ptr<const Store> store)
        : catalogue_(std::move(catalogue)), events_(std::move(events)), store_(std::move(store))
    {
    }

    /// What falls due in the span, as it stands at `now`. Fails with: compliance.set, compliance.event, store.*.
    [[nodiscard]] Result<compliance::Scoreboard> board(const std::string& set, compliance::Span span, Time now);
    /// What is owed for periods that end in the span, whenever it falls due. Fails as board does.
    [[nodiscard]] Result<compliance::Scoreboard> of_periods(const std::string& set, compliance::Span ending, Time now);
    /// One obligation, whatever set its form is of, as it stands at `now`.
    /// Fails with: form.unknown, compliance.no_obligation, compliance.event, store.*.
    [[nodiscard]] Result<compliance::ScoreEntry> standing(const compliance::Scope& scope, Time now);
    /// Names of agencies, for people; lives as long as the catalogue.
    [[nodiscard]] compliance::AgencyName names() const;

private:
    /// The catalogue never changes under a running hub, so a span is planned once; the page asks every few seconds.
    [[nodiscard]] Result<std::shared_ptr<const compliance::Plan>> planned(const std::string& set, compliance::Span span);

    /// Those, and the figures in the store that meet what is owed.
    [[nodiscard]] Result<std::vector<compliance::Event>> events_on(std::span<const compliance::Obligation> owed);
    using Events = std::shared_ptr<const std::vector<compliance::Event>>;
    /// All that are kept; those read before are not read again.
    [[nodiscard]] Result<Events> events();

    std::shared_ptr<const catalogue::Catalogue> catalogue_;
    std::shared_ptr<ComplianceEvents> events_;
    std::shared_ptr<const Store> store_;
    std::mutex mutex_;
    Events known_ = std::make_shared<const std::vector<compliance::Event>>();
    std::map<std::tuple<std::string, compliance::Day, compliance::Day>, std::shared_ptr<const compliance::Plan>> plans_;
};

}  // namespace lienthong::api

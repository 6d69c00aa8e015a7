/// Metrics: the figures a Prometheus server reads.
#pragma once

#include "hub/flow/sources.hpp"
#include "hub/flow/standing.hpp"
#include "hub/flow/workers_standing.hpp"
#include "hub/model/alarm.hpp"
#include "hub/model/verdict.hpp"
#include "hub/ports/rule_breaks.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::api {

/// Everything that is a reading of the moment, taken together.
struct Readings
{
    Tally records;                 ///< The whole sum: waiting messages included.
    std::int64_t messages = 0;          ///< In the journal.
    std::int64_t waiting_messages = 0;  ///< Of these, not in the store yet.
    std::int64_t conflicts = 0;
    std::uint64_t leaves_numbered = 0;
    std::uint64_t leaves_sealed = 0;
    std::size_t in_flight = 0;
    std::int64_t disagreements = 0;     ///< Figures that agencies tell differently, not settled.
    OpenRuleBreaks rule_breaks{};       ///< Figures that do not agree, by severity.
    std::vector<flow::FlowStanding> flows;
    std::vector<flow::WorkersStanding> workers;
    std::vector<flow::SourceStanding> sources;
    std::vector<Alarm> alarms;  ///< Open ones.
};

/// Thread-safe.
class Metrics
{
public:
    Metrics();
    ~Metrics();
    void count_refused(std::string_view reason);
    void count_submission(std::string_view outcome);
    void count_call(std::string_view flow, std::string_view route, std::string_view outcome);
    /// Prometheus text format 0.0.4.
    [[nodiscard]] std::string text(const Readings& readings);

private:
    struct Families;
    std::unique_ptr<Families> families_;
};

}  // namespace lienthong::api

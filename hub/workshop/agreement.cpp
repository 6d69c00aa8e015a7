// Every figure of the message is looked at as the subject of each rule; parts are found by their key.
#include "hub/workshop/agreement.hpp"

#include "hub/rules/judge.hpp"
#include "hub/text/same_text.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace lienthong::workshop {
namespace {

struct Told
{
    const Observation* observation = nullptr;
    std::size_t verdict = 0;
};

using Figures = std::map<FigureKey, Told>;

/// Problems and findings kept apart from the verdicts until all rules are judged, since a refusal takes figures away.
class Judged
{
public:
    Judged(const Figures& figures, const std::vector<Verdict>& verdicts) : figures_(figures), verdicts_(verdicts) {}

    void look_at(const catalogue::Catalogue& catalogue, const rules::Instance& instance)
    {
        const rules::Look look = [this](const FigureKey& figure) {
            const auto it = figures_.find(figure);
            return it == figures_.end() ? nullptr : it->second.observation;
        };
        const auto broken = rules::judge(catalogue, instance, look);
        if (!broken)
            return;
        std::set<std::size_t> records;
        for (const FigureKey& figure : broken->figures)
            records.insert(figures_.at(figure).verdict);
        const bool refuses = instance.rule->severity == catalogue::Severity::refuse;
        if (!refuses)
            records = {figures_.at(instance.subject).verdict};
        Problem problem = rules::problem_of(
            *broken, look, [this](const FigureKey& figure) { return verdicts_[figures_.at(figure).verdict].place; });
        for (const std::size_t record : records) {
            problem.place = verdicts_[record].place;
            (refuses ? problems : findings).emplace_back(record, problem);
        }
    }

    std::vector<std::pair<std::size_t, Problem>> problems, findings;

private:
    const Figures& figures_;
    const std::vector<Verdict>& verdicts_;
};

using Instances = std::map<std::string, std::vector<rules::Instance>>;  // By agency.

/// The rules a figure can be the subject of, looked for once for each indicator and unit of the message.
class Candidates
{
public:
    explicit Candidates(const catalogue::Catalogue& catalogue) : catalogue_(catalogue) {}

    const std::vector<const catalogue::Rule*>& of(const Observation& observation)
    {
        const std::string& indicator = observation.key.indicator;
        Near& near = near_[(indicator.size() + static_cast<unsigned char>(indicator.back())) % near_.size()];
        if (near.rules == nullptr || !text::is_same(near.indicator, indicator) || !text::is_same(near.unit, observation.unit))
            near = {indicator, observation.unit, &looked_up(observation)};
        return *near.rules;
    }

private:
    /// One of the last figures of its place in near_, which is where indicators that take turns are found again.
    struct Near
    {
        std::string_view indicator, unit;
        const std::vector<const catalogue::Rule*>* rules = nullptr;
    };

    const std::vector<const catalogue::Rule*>& looked_up(const Observation& observation)
    {
        const std::string& indicator = observation.key.indicator;
        const auto [it, fresh] = known_.try_emplace({indicator, observation.unit});
        if (fresh)
            for (const catalogue::Rule* rule : catalogue_.rules_about(indicator))
                if (rules::speaks_of_unit(*rule, catalogue_, observation.unit) && names(*rule, indicator))
                    it->second.push_back(rule);
        return it->second;
    }

    static bool names(const catalogue::Rule& rule, const std::string& indicator)
    {
        const std::vector<std::string>& named = rule.indicators;
        return named.empty() || std::find(named.begin(), named.end(), indicator) != named.end();
    }

    const catalogue::Catalogue& catalogue_;
    std::map<std::pair<std::string_view, std::string_view>, std::vector<const catalogue::Rule*>> known_;
    std::array<Near, 16> near_{};
};

/// What has to be held against anything: most figures are no subject of any rule, or keep theirs at one look.
Instances instances_of(const std::vector<Verdict>& verdicts, const catalogue::Catalogue& catalogue)
{
    Instances out;
    Candidates candidates(catalogue);
    for (const Verdict& verdict : verdicts)
        if (verdict.accepted())
            for (const Observation& observation : verdict.observations)
                for (const catalogue::Rule* rule : candidates.of(observation))
                    if (!rules::plainly_keeps(*rule, catalogue, observation))
                        if (FigureKey figure = figure_of(observation.key); rules::is_subject(*rule, figure))
                            out[observation.key.agency].push_back({rule, std::move(figure)});
    return out;
}

}  // namespace

bool judge_agreement(std::vector<Verdict>& verdicts, const catalogue::Catalogue& catalogue)
{
    if (catalogue.rules().empty())
        return false;
    const Instances instances = instances_of(verdicts, catalogue);
    if (instances.empty())
        return false;
    std::map<std::string, Figures> by_agency;
    for (std::size_t i = 0; i < verdicts.size(); ++i)
        if (verdicts[i].accepted())
            for (const Observation& observation : verdicts[i].observations)
                if (instances.contains(observation.key.agency))
                    by_agency[observation.key.agency].emplace(figure_of(observation.key), Told{&observation, i});
    std::vector<Judged> judged;
    for (const auto& [agency, of_rules] : instances) {
        Judged& of_agency = judged.emplace_back(by_agency.at(agency), verdicts);
        for (const rules::Instance& instance : of_rules)
            of_agency.look_at(catalogue, instance);
    }
    bool refused = false;
    for (Judged& of_agency : judged) {
        refused = refused || !of_agency.problems.empty();
        for (auto& [record, problem] : of_agency.problems)
            verdicts[record].problems.push_back(std::move(problem));
        for (auto& [record, finding] : of_agency.findings)
            verdicts[record].findings.push_back(std::move(finding));
    }
    return refused;
}

}  // namespace lienthong::workshop

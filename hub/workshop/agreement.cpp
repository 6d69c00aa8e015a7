// Every figure of the message is looked at as the subject of each rule; parts are found by their key.
#include "hub/workshop/agreement.hpp"

#include "hub/rules/judge.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>

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

}  // namespace

void judge_agreement(std::vector<Verdict>& verdicts, const catalogue::Catalogue& catalogue)
{
    if (catalogue.rules().empty())
        return;
    std::map<std::string, Figures> by_agency;
    for (std::size_t i = 0; i < verdicts.size(); ++i)
        if (verdicts[i].accepted())
            for (const Observation& observation : verdicts[i].observations)
                by_agency[observation.key.agency].emplace(figure_of(observation.key), Told{&observation, i});
    std::vector<Judged> judged;
    for (const auto& [agency, figures] : by_agency) {
        Judged& of_agency = judged.emplace_back(figures, verdicts);
        for (const auto& [figure, told] : figures)
            for (const catalogue::Rule* rule : catalogue.rules_about(figure.indicator))
                if (rules::speaks_of_unit(*rule, catalogue, told.observation->unit) && rules::is_subject(*rule, figure))
                    of_agency.look_at(catalogue, {rule, figure});
    }
    for (Judged& of_agency : judged) {
        for (auto& [record, problem] : of_agency.problems)
            verdicts[record].problems.push_back(std::move(problem));
        for (auto& [record, finding] : of_agency.findings)
            verdicts[record].findings.push_back(std::move(finding));
    }
}

}  // namespace lienthong::workshop

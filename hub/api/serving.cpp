#include "hub/api/serving.hpp"

#include "hub/api/names.hpp"
#include "hub/model/problem_json.hpp"

#include <array>
#include <vector>

namespace lienthong::api {
namespace {

constexpr const char* joint_review = "228/QĐ-UBND, Điều 10 khoản 2";

std::string told(const Observation& observation)
{
    const std::string what = observation.availability == Availability::value ? observation.value + ' ' + observation.unit
                                                                             : std::string(to_text(observation.availability));
    return observation.key.agency + ": " + what;
}

void write_settlement(JsonWriter& out, const Claims& claims)
{
    if (!claims.settlement)
        return;
    const Settlement& settlement = *claims.settlement;
    out.key("settlement").begin_object().member("settlement", settlement.id).member("agency", settlement.agency).member("reason", settlement.reason);
    out.member("by", settlement.by).member("at", to_text(settlement.at)).member("in_force", claims.is_settled());
    out.key("over").begin_array();
    for (const RevisionId revision : settlement.over)
        out.number(revision);
    out.end_array().end_object();
}

catalogue::Serving judged(const catalogue::Catalogue& catalogue, const Claims& claims)
{
    std::vector<std::string> telling;
    for (const Claim& claim : claims.claims)
        telling.push_back(claim.agency);
    const std::vector<std::string> responsible = responsible_for(catalogue, claims.figure, telling);
    return catalogue::serving_of(responsible, telling, claims.is_settled() ? claims.settlement->agency : "");
}

}  // namespace

catalogue::Serving serving_of(const catalogue::Catalogue& catalogue, const Claims& claims)
{
    catalogue::Serving serving = judged(catalogue, claims);
    for (const Claim& claim : claims.claims)
        if (claim.served)
            serving.served = claim.agency;
    return serving;
}

FigureRules rules_by(std::shared_ptr<const catalogue::Catalogue> catalogue)
{
    FigureRules rules;
    rules.digest = catalogue->digest();
    rules.served = [catalogue](const Claims& claims) { return judged(*catalogue, claims).served; };
    rules.same = [catalogue](const Observation& a, const Observation& b) { return catalogue::same_figure(*catalogue, a, b); };
    return rules;
}

Result<std::set<FigureKey>> without_owner(const Store& store, const catalogue::Catalogue& catalogue,
                                          std::span<const RevisionRow> rows)
{
    std::set<FigureKey> figures;
    for (const RevisionRow& row : rows)
        figures.insert(figure_of(row.observation.key));
    const auto claims = store.claims({figures.begin(), figures.end()});
    if (!claims.ok())
        return claims.problem();
    for (const Claims& of_figure : *claims)
        if (of_figure.claims.empty() || !serving_of(catalogue, of_figure).owner_absent)
            figures.erase(of_figure.figure);
    return figures;
}

Problem problem_of(const Disagreement& disagreement, const catalogue::Serving& serving)
{
    Problem problem{"figure.disagreement", "agencies tell this figure differently", to_text(disagreement.claims.figure), {}, {},
                    joint_review};
    for (const RevisionRow& row : disagreement.rows)
        problem.found += (problem.found.empty() ? "" : "; ") + told(row.observation);
    problem.expected =
        serving.owner.empty() ? "one figure, and an owner in the catalogue" : "one figure; owner: " + serving.owner;
    return problem;
}

void write_disagreement(JsonWriter& out, const Disagreement& disagreement, const catalogue::Catalogue& catalogue)
{
    const Claims& claims = disagreement.claims;
    const FigureKey& figure = claims.figure;
    const catalogue::Serving serving = serving_of(catalogue, claims);
    out.member("key", to_text(figure)).member("indicator", figure.indicator).member("measure", figure.measure);
    out.member("period", figure.period).member("area", figure.area).member("breakdown", figure.breakdown);
    out.member("state", claims.is_settled() ? "settled" : "open");
    out.member("owner", serving.owner).member("owner_absent", serving.owner_absent).member("served", serving.served);
    out.key("told").begin_array();
    for (const RevisionRow& row : disagreement.rows) {
        out.begin_object();
        write_revision(out, row, &catalogue);
        out.member("served", row.observation.key.agency == serving.served).end_object();
    }
    out.end_array();
    write_settlement(out, claims);
    if (!claims.is_settled())
        write_problems(out, "problems", std::array{problem_of(disagreement, serving)});
}

}  // namespace lienthong::api

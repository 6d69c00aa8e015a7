#include "hub/flow/discreet_mailer.hpp"

#include <utility>

namespace lienthong::flow {

DiscreetMailer::DiscreetMailer(std::unique_ptr<Mailer> mailer, Redaction redaction)
    : mailer_(std::move(mailer)), redaction_(std::move(redaction))
{
}

Result<std::vector<Problem>> DiscreetMailer::send(const Mail& mail)
{
    Result<std::vector<Problem>> sent = mailer_->send(mail);
    if (!sent.ok())
        return clean(sent.problem());
    std::vector<Problem> refused = std::move(sent).value();
    for (Problem& problem : refused)
        problem = clean(std::move(problem));
    return refused;
}

Problem DiscreetMailer::clean(Problem problem) const
{
    problem.detail = redaction_.clean(std::move(problem.detail));
    problem.found = redaction_.clean(std::move(problem.found));
    return problem;
}

}  // namespace lienthong::flow

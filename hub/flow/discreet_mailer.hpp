/// DiscreetMailer: a mailer whose problems hold no secret, whatever the mail server quotes of the login it was sent.
#pragma once

#include "hub/flow/redaction.hpp"
#include "hub/ports/mailer.hpp"

#include <memory>

namespace lienthong::flow {

class DiscreetMailer final : public Mailer
{
public:
    DiscreetMailer(std::unique_ptr<Mailer> mailer, Redaction redaction);

    [[nodiscard]] Result<std::vector<Problem>> send(const Mail& mail) override;

private:
    [[nodiscard]] Problem clean(Problem problem) const;

    std::unique_ptr<Mailer> mailer_;
    Redaction redaction_;
};

}  // namespace lienthong::flow

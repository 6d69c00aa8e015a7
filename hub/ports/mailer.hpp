/// Mailer: hands one mail to a mail server.
#pragma once

#include "hub/model/mail.hpp"
#include "hub/model/result.hpp"

#include <vector>

namespace lienthong {

class Mailer
{
public:
    virtual ~Mailer() = default;
    /// Returns once the server has taken the mail over for at least one of its recipients; recipients it refused for good
    /// come back as problems. Blocks, for no longer than the adapter's timeouts. Thread-safe.
    /// Fails with: mail.later (transient: no connection, no answer in time, or an answer 4xx; whether a mail whose answer
    /// was lost has arrived nobody knows), and for good: mail.refused (an answer 5xx), mail.login, mail.tls (no encryption,
    /// or a certificate that is not the server's), mail.address.
    [[nodiscard]] virtual Result<std::vector<Problem>> send(const Mail& mail) = 0;
};

/// Whether trying again later can help without a person acting first.
[[nodiscard]] inline bool is_transient(const Problem& problem)
{
    return problem.code == "mail.later";
}

}  // namespace lienthong

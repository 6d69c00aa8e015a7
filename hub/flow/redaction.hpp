/// Redaction: takes secrets out of sentences before anybody reads them.
///
/// The hub writes no secret itself; but a foreign system may quote in its error answer what it was sent, and a connector
/// quotes the answer. What passes here holds a known secret in no form it travels in.
#pragma once

#include "hub/sdk/connector.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace lienthong::flow {

class Redaction
{
public:
    /// Shorter texts are no secrets worth the name, and would be found everywhere.
    static constexpr std::size_t least_bytes = 4;

    /// From now on this text is taken out: as it is, in hexadecimal, percent- and form-encoded, as a JSON string, and in
    /// Base64 wherever it stands in what was encoded ("user:secret", or JSON).
    void add(std::string_view secret);
    /// `text` with each of them replaced by "…".
    [[nodiscard]] std::string clean(std::string text) const;
    /// Everything of a step that people get to read. Payloads stay as they came.
    void clean(sdk::Step& step) const;

private:
    std::vector<std::string> forms_;  ///< Longest first.
};

}  // namespace lienthong::flow

/// ComputedMessage: figures a computation worked out, as one message of the journal: each with the versions of the facts it
/// was made from, what was left out and why it was computed again. It is what a later reader finds behind such a figure.
#pragma once

#include "hub/compute/book.hpp"
#include "hub/workshop/workshop.hpp"

#include <span>
#include <string>

namespace lienthong::flow {

inline constexpr const char* computed_flow = "computed";
inline constexpr const char* computed_content_type = "application/vnd.lienthong.computed+json";

/// Whose figures, worked out when the facts had come to version `through`.
struct ComputedFrom
{
    const compute::Computation& computation;
    FactVersionId through = 0;
    std::string why;  ///< Why everything was worked out anew; empty where facts changed.
};

/// Canonical JSON (RFC 8785). Thread-safe.
[[nodiscard]] std::string computed_message(const ComputedFrom& from, std::span<const compute::Figure> figures);

/// Reads it back and judges each figure by the catalogue, as the workshop judges what comes from outside; the mapping's
/// digest is the computation's. A payload that is none has one verdict: compute.message. Thread-safe.
[[nodiscard]] workshop::Outcome read_computed(std::string_view payload, const catalogue::Catalogue& catalogue,
                                              const workshop::Scope& scope);

}  // namespace lienthong::flow

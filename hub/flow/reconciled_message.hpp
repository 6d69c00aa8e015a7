/// ReconciledMessage: figures the hub takes back, or puts back, because of what a comparison with the source found.
///
/// It goes through the journal and into the store like every message of its flow, so that each withdrawal is a revision with its
/// reason under the log's seal. No worker reads it: the hub wrote it itself, about figures the catalogue has judged before.
#pragma once

#include "hub/ports/store.hpp"
#include "hub/workshop/workshop.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::flow {

/// Message::source of such messages. No connector has a name with a dot, and no sender chooses a source.
inline constexpr const char* reconciled_source = "hub.reconciliation";
inline constexpr const char* reconciled_content_type = "application/vnd.lienthong.reconciled+json";

enum class Reconciled : std::uint8_t { withdrawn, restored };

struct ReconciledFigures
{
    Reconciled what = Reconciled::withdrawn;
    std::string item;       ///< The source's identity of what told the figures.
    MessageId message = 0;  ///< The last message of that identity.
    std::string reason, who;
    std::vector<RevisionRow> figures;  ///< As they were told; at least one.
};

/// Canonical JSON (RFC 8785): the same figures, reason and person give the same bytes. Thread-safe.
[[nodiscard]] std::string reconciled_message(const ReconciledFigures& of);
/// The message's own identity, one for each time the same figures are taken or put back.
[[nodiscard]] std::string reconciled_id(const ReconciledFigures& of);

/// Which item such a message is about.
struct ReconciledItem
{
    Reconciled what = Reconciled::withdrawn;
    std::string item;
};
[[nodiscard]] std::optional<ReconciledItem> reconciled_item(std::string_view source_id);

/// Reads it back. A payload that is none has one verdict: reconciliation.message. Thread-safe.
[[nodiscard]] workshop::Outcome read_reconciled(std::string_view payload);

}  // namespace lienthong::flow

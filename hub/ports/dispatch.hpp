/// Dispatch: documents on their way to other bodies, each a finished package, kept until they are sent and for good after that.
#pragma once

#include "hub/ports/outbox.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace lienthong {

struct DispatchedDocument
{
    std::int64_t id = 0;  ///< 0 until it is kept.
    std::string flow;
    std::string document;  ///< Its DocumentId: with the flow, its identity.
    std::vector<std::string> to;
    std::string subject;
    std::string notation;  ///< "145/BC-UBND"
    std::string day;       ///< "2025-11-20"
    std::string made_by;
    Time made_at{};
    std::string digest;  ///< SHA-256 hex of all it says, without the moment it was said.
    DeliveryState state = DeliveryState::pending;
    std::uint32_t attempts = 0;
    std::string receipt;  ///< What the partner answered, kept as evidence.
    std::string problem;  ///< The last failure, one sentence.
};

/// An outbox whose items are documents: enqueue() adds none, and an item's leaf is 0. Every call is thread-safe and durable when it
/// returns; several processes may have the same documents open.
class Dispatch : public Outbox
{
public:
    struct Added
    {
        DispatchedDocument document;
        bool earlier = false;  ///< One with the same digest was taken in before; that one is returned.
    };
    /// Takes a document in. Fails with: document.exists where its identity belongs to another digest, store.*.
    [[nodiscard]] virtual Result<Added> add(const DispatchedDocument& document, const std::string& package) = 0;
    /// Fails with: document.unknown, store.*.
    [[nodiscard]] virtual Result<DispatchedDocument> document(std::int64_t id) const = 0;
    [[nodiscard]] virtual Result<std::string> package(std::int64_t id) const = 0;
    /// Newest first.
    [[nodiscard]] virtual Result<std::vector<DispatchedDocument>> newest(std::size_t limit) const = 0;
};

}  // namespace lienthong

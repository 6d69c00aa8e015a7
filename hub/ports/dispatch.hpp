/// Dispatch: documents on their way to other bodies, and statuses of theirs, each a finished package, kept until they are sent and for
/// good after that.
#pragma once

#include "hub/model/fact_version.hpp"
#include "hub/ports/outbox.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lienthong {

/// What a package does. The first four are the types of business of QCVN 102:2016/BTTTT, in its own numbers.
enum class Business : std::uint8_t {
    fresh,        ///< A document of its own.
    recall,       ///< Takes back one that was sent.
    update,       ///< Says anew what one is about, or who gets it.
    replacement,  ///< A document of its own that takes the place of another.
    status,       ///< Tells another body how a document stands.
};
[[nodiscard]] std::string_view to_text(Business business);

struct DispatchedDocument
{
    std::int64_t id = 0;  ///< 0 until it is kept.
    std::string flow;
    std::string document;  ///< DocumentId; of a status that of the document it is about.
    Business business = Business::fresh;
    std::string act;       ///< Which of the packages about this document it is: "", "recall", "update 2", "13 G22.99". With flow and document its identity.
    std::string about;     ///< DocumentId of what is recalled, updated or replaced, or what a status is about; else empty.
    std::string code;      ///< Of a status: "01" to "16"; else empty.
    std::string reason;    ///< Why it is sent; empty for a document of its own.
    std::vector<std::string> to;
    std::vector<std::string> removed;  ///< Those of `to` an update takes off the recipients.
    std::string subject;
    std::string notation;  ///< "145/BC-UBND"
    std::string day;       ///< "2025-11-20"
    std::string place, type_name;  ///< "Sơn La", "Báo cáo"; empty for a status.
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
    /// Documents of their own, newest first.
    [[nodiscard]] virtual Result<std::vector<DispatchedDocument>> newest(std::size_t limit) const = 0;
    /// Statuses told of documents that came in, newest first.
    [[nodiscard]] virtual Result<std::vector<DispatchedDocument>> newest_statuses(std::size_t limit) const = 0;
    /// Every package whose document or about this is, oldest first.
    [[nodiscard]] virtual Result<std::vector<DispatchedDocument>> about(const std::string& document) const = 0;
    /// How many other packages of the same flow, kind (document or status), notation and year were delivered to each of its
    /// recipients, in their order: who asks a partner what it got must know what it had before.
    [[nodiscard]] virtual Result<std::vector<std::size_t>> delivered_beside(const DispatchedDocument& document) const = 0;

    /// Up to which version of facts the senders of documents that came in were told; nothing at first.
    [[nodiscard]] virtual Result<std::optional<FactVersionId>> told(const std::string& flow) const = 0;
    [[nodiscard]] virtual Result<void> set_told(const std::string& flow, FactVersionId through) = 0;
};

}  // namespace lienthong

/// Tells the senders of documents that they arrived (01), once each is durable and read, or that they could not be read (02).
///
/// It works from the facts documents became and from the quarantine, in their order, and remembers how far it came; what a crash
/// left untold is told at the next look, and nothing is told twice.
#pragma once

#include "hub/flow/intake.hpp"
#include "hub/ports/document_writer.hpp"
#include "hub/ports/fact_history.hpp"

#include <boost/asio/awaitable.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace lienthong::flow {

/// Kind of the facts that mappings make of documents, one for each recipient; its key is the DocumentId, '|' and the recipient's
/// code in the newer form. Its fields sender, recipient, notation, issued and state are looked at here.
inline constexpr const char* document_fact = "document";

/// What the mapping `unread_mapping` makes of the header of a package that could not be read; the same fields but state.
inline constexpr const char* unread_mapping = "qlvb/unread";

struct ArrivalParts
{
    std::string flow;  ///< The flow that sends the statuses.
    Organisation self;
    std::shared_ptr<FactHistory> facts;
    std::shared_ptr<Dispatch> dispatch;
    std::shared_ptr<const DocumentWriter> writer;
    std::shared_ptr<Clock> clock;
    std::vector<std::string> sources;  ///< Flows whose packages are looked at in quarantine.
    std::shared_ptr<const Store> store;
    std::shared_ptr<const Journal> journal;
    AskWorkshop workshop;
};

/// One thread at a time, that of whoever awaits.
class DocumentArrival
{
public:
    explicit DocumentArrival(ArrivalParts parts) : parts_(std::move(parts)) {}

    /// What was told before the first begin() is history: nobody is told of it any more. Fails with: store.*.
    [[nodiscard]] Result<void> begin();
    /// Takes in a status for each document that came for us since. Fails with: store.*, journal.*, and as the workshop does.
    [[nodiscard]] boost::asio::awaitable<Result<void>> gather();

private:
    using Fields = std::vector<std::pair<std::string, std::string>>;
    Result<void> tell_arrived();
    boost::asio::awaitable<Result<void>> tell_unread(std::string source);
    boost::asio::awaitable<Result<void>> tell_unread_one(QuarantineEntry entry);
    Result<void> tell(const Fields& fields, const std::string& code, const std::string& reason);

    ArrivalParts parts_;
};

}  // namespace lienthong::flow

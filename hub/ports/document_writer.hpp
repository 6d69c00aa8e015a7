/// DocumentWriter: a report with its attachments, and what is told of a document, as the packages a document system takes.
#pragma once

#include "hub/model/result.hpp"
#include "hub/ports/dispatch.hpp"

#include <optional>
#include <string>
#include <vector>

namespace lienthong {

struct Organisation
{
    std::string code;  ///< "H52.14"
    std::string name;  ///< May be empty.
};

struct DocumentAttachment
{
    std::string name;   ///< "bao-cao.pdf"
    std::string bytes;
    std::string inner;  ///< A name without ending for what is packed; same bytes, same name.
};

/// A document as others refer to it.
struct DocumentReference
{
    std::string organ;     ///< Whom the reference concerns: its sender; with status 13 the recipient that is to give it back.
    std::string code;      ///< "145/BC-UBND"
    std::string day;       ///< "2025-11-20"
    std::string document;  ///< DocumentId
};

struct ReceiverChange
{
    std::string code;
    bool added = true;  ///< false: it is no longer a recipient.
};

/// What a document does to an earlier one.
struct DocumentAct
{
    Business business = Business::recall;  ///< Not a status.
    DocumentReference target;
    std::string reason;
    std::vector<std::string> recipients;    ///< Of a replacement: with whom the earlier one is replaced.
    bool says_anew = false;                 ///< Of an update: what the document says changes.
    std::vector<ReceiverChange> receivers;  ///< Of an update: who gets it changes.
};

struct NarrativeDocument
{
    std::string document;  ///< DocumentId: "H52.14,2025/11/20,145/BC-UBND"
    Organisation from;
    std::vector<Organisation> to;
    std::string number, notation;  ///< "145", "BC-UBND"
    std::string place;             ///< Where it was issued: "Sơn La"
    std::string day;               ///< "2025-11-20"
    std::string type_name;         ///< "Báo cáo"
    std::string subject;
    std::string position, signer;  ///< Of who signed it; may be empty.
    std::string sent_at;           ///< "2025/11/20 09:30:15", +07:00
    std::vector<DocumentAttachment> attachments;
    std::optional<DocumentAct> act{};  ///< Nothing: a new document.
};

struct DocumentStatus
{
    Organisation from;
    DocumentReference about;
    std::string staff;   ///< Who says so; empty where no person does.
    std::string code;    ///< "03"
    std::string reason;  ///< May be empty.
    std::string at;      ///< "2025/11/20 10:05:00", +07:00
};

class DocumentWriter
{
public:
    virtual ~DocumentWriter() = default;
    /// The same document gives the same bytes. Fails with: document.text (a character XML cannot carry). Thread-safe.
    [[nodiscard]] virtual Result<std::string> write(const NarrativeDocument& document) const = 0;
    [[nodiscard]] virtual Result<std::string> write(const DocumentStatus& status) const = 0;
};

}  // namespace lienthong

/// DocumentWriter: a report with its attachments as the package a document system takes.
#pragma once

#include "hub/model/result.hpp"

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
};

class DocumentWriter
{
public:
    virtual ~DocumentWriter() = default;
    /// The same document gives the same bytes. Fails with: document.text (a character XML cannot carry). Thread-safe.
    [[nodiscard]] virtual Result<std::string> write(const NarrativeDocument& document) const = 0;
};

}  // namespace lienthong

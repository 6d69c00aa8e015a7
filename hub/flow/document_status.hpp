/// A status of ours: what is told to another body of a document that passed between us.
///
/// 01 to 06, 15 and 16 are told by who got the document to who sent it; 13, the wish to have it back, by who sent it to who got it
/// (QCVN 102:2016/BTTTT, QĐ 28/2018/QĐ-TTg).
#pragma once

#include "hub/ports/document_writer.hpp"

#include <string>

namespace lienthong::flow {

struct StatusToTell
{
    std::string flow;  ///< The flow that sends it.
    Organisation from;
    DocumentReference about;  ///< Its organ is who is told.
    std::string code;         ///< "01"
    std::string reason;
    std::string by;           ///< Who decided, for ourselves; a person's name goes into the package where `by_person`.
    bool by_person = false;
    std::size_t turn = 1;     ///< The same code about the same document may be told anew once something was asked anew.
};

/// As dates and times stand in packages: "2025/11/20 09:30:15".
[[nodiscard]] std::string package_time(Time time);

/// Takes the status in to be sent; the same one twice is one. Fails with: document.exists where it was told with another reason,
/// document.text, store.*. Thread-safe.
[[nodiscard]] Result<Dispatch::Added> tell_status(Dispatch& dispatch, const DocumentWriter& writer, const StatusToTell& status, Time now);

}  // namespace lienthong::flow

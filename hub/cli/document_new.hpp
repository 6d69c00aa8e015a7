/// A document of its own, made of the words of a command: one that is sent, or one that replaces another.
#pragma once

#include "hub/cli/document_parts.hpp"

namespace lienthong::cli {

struct NewDocument
{
    NarrativeDocument document;
    DispatchedDocument dispatched;  ///< What is kept beside it.
};

/// Nothing when something is wrong; all of it is then printed.
[[nodiscard]] std::optional<NewDocument> new_document_or_print(const Common& common, const DocumentWork& work, const DocumentOptions& options);

}  // namespace lienthong::cli

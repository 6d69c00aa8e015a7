/// What the commands that hand documents over have in common.
#pragma once

#include "hub/catalogue/catalogue.hpp"
#include "hub/cli/document.hpp"
#include "hub/cli/opened.hpp"
#include "hub/ports/document_writer.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::cli {

/// Everything such a command works with.
struct DocumentWork
{
    Opened opened;
    FlowSettings flow;  ///< The one that sends.
    std::shared_ptr<const catalogue::Catalogue> catalogue;
    std::shared_ptr<Dispatch> dispatch;
    std::shared_ptr<const DocumentWriter> writer;
    Time now{};
};

/// Nothing when something is missing; the problems are then printed.
[[nodiscard]] std::optional<DocumentWork> document_work_or_print(const Common& common, const std::string& flow);

/// What is wrong with a text of a document, if anything: `most` letters; in a header no commas, quotation marks and backslashes.
[[nodiscard]] std::optional<Problem> misfit(const char* option, const std::string& value, std::size_t most, bool in_header);
/// A code of nobody, or of a node of the axis, is a problem.
void check_recipients(const std::vector<std::string>& codes, const char* option, std::vector<Problem>& problems);
/// Prints which of the codes are not on the axis's list of agencies, where that was fetched. Whether all may be sent to.
[[nodiscard]] bool all_listed_or_print(const Common& common, const DocumentWork& work, const std::vector<std::string>& codes);
/// Files that cannot be read, are empty or too large together are problems.
[[nodiscard]] std::vector<DocumentAttachment> attachments_of(const std::vector<std::string>& paths, std::vector<Problem>& problems);
/// With the name the catalogue has for the code on that day.
[[nodiscard]] Organisation organisation(const catalogue::Catalogue& catalogue, const std::string& code, Time on);
/// Each body once: one under two codes gets one document.
[[nodiscard]] std::vector<std::string> each_once(const std::vector<std::string>& codes);
/// "2025-11-20" at noon there; the day must be one.
[[nodiscard]] Time noon_of(const std::string& day);
/// A document that was sent, by its DocumentId or its number in the list. Fails with: document.unknown, store.*.
[[nodiscard]] Result<DispatchedDocument> sent_document(const DocumentWork& work, const std::string& named);

/// Takes the package in, prints what came of it and returns the exit code. `dispatched` says what is kept beside `document`, with its
/// act but without a turn: packages of one act are told apart by what they say, and one that was refused is sent again.
[[nodiscard]] int take_in(const Common& common, DocumentWork& work, NarrativeDocument document, DispatchedDocument dispatched);
/// Says what became of one that was taken in; one that was refused before is put out again first. The exit code.
[[nodiscard]] int taken(const Common& common, DocumentWork& work, const Result<Dispatch::Added>& added);

}  // namespace lienthong::cli

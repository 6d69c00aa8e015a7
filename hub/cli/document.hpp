/// Documents sent to other bodies: the commands around them, and where they are kept.
#pragma once

#include "hub/cli/commands.hpp"
#include "hub/cli/settings.hpp"
#include "hub/ports/dispatch.hpp"

#include <memory>
#include <string>
#include <vector>

namespace lienthong::cli {

/// What stands in a flow's `deliver` in place of a mapping; names of mappings have a slash.
inline constexpr const char* documents_delivery = "documents";

[[nodiscard]] inline bool sends_documents(const FlowSettings& flow)
{
    return flow.deliver == documents_delivery;
}

/// documents.db beside the store. The data directory is there already. Fails with: store.*.
[[nodiscard]] Result<std::shared_ptr<Dispatch>> open_dispatch(const Settings& settings);

struct DocumentOptions
{
    std::vector<std::string> to, attachments, add, remove;
    std::string document, code, reason;  ///< What an act or a status is about.
    std::string number, notation, subject, day, place, type = "Báo cáo", position, signer, by, flow;
    std::size_t limit = 50;
    bool told = false;  ///< For list: the statuses told of documents that came in.
};

int document_send(const Common& common, const DocumentOptions& options);
int document_recall(const Common& common, const DocumentOptions& options);
int document_update(const Common& common, const DocumentOptions& options);
int document_replace(const Common& common, const DocumentOptions& options);
int document_tell(const Common& common, const DocumentOptions& options);
int document_list(const Common& common, const DocumentOptions& options);

}  // namespace lienthong::cli

// lienthong document send: a report with its attachments is taken in; from here on it is not lost.
#include "hub/cli/document_new.hpp"

namespace lienthong::cli {

int document_send(const Common& common, const DocumentOptions& options)
{
    auto work = document_work_or_print(common, options.flow);
    if (!work)
        return not_done;
    auto made = new_document_or_print(common, *work, options);
    if (!made)
        return not_done;
    return take_in(common, *work, std::move(made->document), std::move(made->dispatched));
}

}  // namespace lienthong::cli

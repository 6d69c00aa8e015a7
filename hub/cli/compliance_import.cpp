// lienthong compliance import: takes over receipts that another system recorded before. Shows first, keeps with --write.
#include "hub/cli/compliance_set.hpp"
#include "hub/cli/whole_file.hpp"
#include "hub/compliance/event_text.hpp"
#include "hub/compliance/receipt_list.hpp"
#include "hub/model/json_text.hpp"
#include "hub/ports/clock.hpp"

#include <cstdio>

namespace lienthong::cli {
namespace {

using namespace lienthong::compliance;

Result<ReceiptList> list_of(const ComplianceSet& found, const ComplianceOptions& options)
{
    if (found.kept == nullptr)
        return Problem{"parameter.bad", "events are kept by a configured hub", "--catalogue", options.catalogue,
                       "--config instead", {}};
    const auto bytes = whole_file(options.file);
    if (!bytes.ok())
        return bytes.problem();
    const TakenOver from{.at = SystemClock().now(), .who = options.who, .act = options.act};
    return receipts_from(*found.catalogue, found.set, *bytes, options.file, found.events, from);
}

Result<std::size_t> keep(const ComplianceSet& found, const ReceiptList& list)
{
    std::vector<ComplianceEvent> rows;
    for (const Event& event : list.fresh)
        rows.push_back(kept(event));
    return found.kept->append_all(rows);
}

}  // namespace

int compliance_import(const Common& common, const ComplianceOptions& options)
{
    const auto found = compliance_set_or_print(common, options);
    if (!found)
        return not_done;
    const auto list = list_of(*found, options);
    if (!list.ok() || !list->refused.empty()) {
        print_problems(list.ok() ? list->refused : std::vector{list.problem()}, common.json);
        return not_done;
    }
    if (options.write)
        if (const auto done_with = keep(*found, *list); !done_with.ok()) {
            print_problems({done_with.problem()}, common.json);
            return not_done;
        }
    if (common.json) {
        JsonWriter out;
        out.begin_object().member("fresh", static_cast<std::int64_t>(list->fresh.size()));
        out.member("known", static_cast<std::int64_t>(list->known)).member("written", options.write);
        std::printf("%s\n", out.end_object().take().c_str());
    } else {
        std::printf("%zu receipts %s, %zu known already\n", list->fresh.size(),
                    options.write ? "taken over" : "to take over (nothing written; --write keeps them)", list->known);
    }
    return done;
}

}  // namespace lienthong::cli

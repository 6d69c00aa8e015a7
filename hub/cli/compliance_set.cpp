#include "hub/cli/compliance_set.hpp"

#include "hub/cli/opened.hpp"
#include "hub/catalogue/forms.hpp"
#include "hub/compliance/event_text.hpp"
#include "hub/compliance/plan.hpp"
#include "hub/seal/digest.hpp"

#include <algorithm>

namespace lienthong::cli {

std::optional<ComplianceSet> compliance_set_or_print(const Common& common, const ComplianceOptions& options)
{
    ComplianceSet out;
    out.set = options.set;
    std::string folder = options.catalogue;
    if (folder.empty()) {
        auto opened = opened_or_print(common);
        if (!opened)
            return std::nullopt;
        folder = opened->settings.catalogue;
        out.kept = opened->data.events;
        out.store = opened->data.store;
        out.base_url = opened->settings.base_url;
        out.contacts = opened->settings.reminders.contacts;
        if (out.set.empty())
            out.set = opened->settings.compliance_set;
    }
    std::vector<Problem> problems;
    out.catalogue = catalogue::Catalogue::load(folder, [](std::string_view bytes) { return seal::sha256_hex(bytes); }, problems);
    if (out.catalogue == nullptr) {
        print_problems(problems, common.json);
        return std::nullopt;
    }
    if (const auto& forms = out.catalogue->forms();
        out.set.empty() && std::all_of(forms.begin(), forms.end(), [&](const auto& form) { return form.set == forms.front().set; }))
        out.set = forms.empty() ? "" : forms.front().set;
    if (out.kept == nullptr)
        return out;
    const auto rows = out.kept->after({});
    auto events = rows.ok() ? compliance::events_from(*rows) : Result<std::vector<compliance::Event>>(rows.problem());
    if (!events.ok()) {
        print_problems({events.problem()}, common.json);
        return std::nullopt;
    }
    out.events = std::move(events).value();
    return out;
}

}  // namespace lienthong::cli

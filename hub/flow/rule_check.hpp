/// RuleCheck: holds what is served against the rules between figures, as it changes.
///
/// What is to be looked at is what the feed of served figures has beyond the reach that is kept with the findings: a
/// submission, a settlement or another owner each brings its own figures there, in the order of the log. So acceptance waits
/// for nothing, a crash loses nothing, and whoever goes through the feed finds what looking at everything anew would find.
#pragma once

#include "hub/catalogue/catalogue.hpp"
#include "hub/ports/clock.hpp"
#include "hub/ports/rule_breaks.hpp"
#include "hub/rules/parts.hpp"

#include <memory>
#include <vector>

namespace lienthong::flow {

struct RuleCheckParts
{
    std::shared_ptr<RuleBreaks> breaks;
    std::shared_ptr<const catalogue::Catalogue> catalogue;
    std::shared_ptr<Clock> clock;
    /// Many, because a figure that changed often meanwhile is looked at once.
    std::size_t changes_at_once = 5'000;
};

/// For one thread at a time; several processes may check one store, each step counts once.
class RuleCheck
{
public:
    explicit RuleCheck(RuleCheckParts parts) : parts_(std::move(parts)) {}

    /// Looks at the next changes, or, where other rules looked at the last ones, begins anew: then what the rules of now do
    /// not find broken is closed at once, and all figures are gone through again. False when there is nothing to look at.
    /// Fails with: store.*.
    [[nodiscard]] Result<bool> step();
    /// All of it.
    [[nodiscard]] Result<void> catch_up();

    /// Every break of everything that is served, from nothing, by subject. Reads all figures; changes nothing.
    [[nodiscard]] Result<std::vector<RuleBreak>> all_breaks() const;

private:
    [[nodiscard]] Result<bool> begin_anew(const RuleReach& reach);
    /// Judges each of them by what is served now.
    [[nodiscard]] Result<RuleFindings> judged(const std::vector<rules::Instance>& instances) const;
    /// Leaves in `kept` only what has an open break.
    [[nodiscard]] Result<void> narrow(RuleFindings& findings) const;

    RuleCheckParts parts_;
};

}  // namespace lienthong::flow

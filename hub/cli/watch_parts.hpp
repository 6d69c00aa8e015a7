/// What watching the flows is made of, put together from the settings.
#pragma once

#include "hub/cli/data.hpp"
#include "hub/cli/settings.hpp"
#include "hub/flow/watch.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace lienthong::cli {

/// The flows' rhythms and alarms, beside the journal and the store. Fails with: settings.data_directory, watch.*.
[[nodiscard]] Result<std::shared_ptr<WatchBook>> open_watch_book(const Settings& settings);

/// Every way in, as configured. Nothing, with the problems, when the mailer cannot be made. `paused` gives the pause of a flow.
[[nodiscard]] std::optional<flow::WatchParts> watch_parts(const Settings& settings, const Data& data,
                                                          std::shared_ptr<const catalogue::Catalogue> catalogue,
                                                          std::shared_ptr<Clock> clock, std::function<void(const std::string&)> say,
                                                          const std::function<flow::PausedNow(const std::string& flow)>& paused,
                                                          std::vector<Problem>& problems);

}  // namespace lienthong::cli

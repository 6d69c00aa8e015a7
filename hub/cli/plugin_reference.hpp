/// Plugin reference: what a connector declares of itself, for people on a terminal, in a README and for programs.
#pragma once

#include "hub/model/json_text.hpp"
#include "hub/model/result.hpp"
#include "hub/sdk/connector.hpp"

#include <string>
#include <string_view>

namespace lienthong::cli {

/// "polls, delivers, is called".
[[nodiscard]] std::string what_it_does(const sdk::Description& about);

/// Settings, credentials and inbound routes, indented, for a terminal.
[[nodiscard]] std::string plain_reference(const sdk::Description& about);

/// The same as Markdown tables: what stands under the heading "## Settings" of a connector's README.
[[nodiscard]] std::string markdown_reference(const sdk::Description& about);

/// Members name, version, speaks, polls, delivers, settings, credentials, routes.
void write_description(JsonWriter& out, const sdk::Description& about);

/// The document with what stands between its heading "## Settings" and the next of that level replaced.
/// Fails with: connector.reference (there is no such heading).
[[nodiscard]] Result<std::string> with_reference(std::string_view document, std::string_view reference, const std::string& file);

}  // namespace lienthong::cli

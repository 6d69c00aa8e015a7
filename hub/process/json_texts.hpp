/// JSON texts: JSON that stands inside a text of a JSON document, as some proxies send it, read with the document around it.
#pragma once

#include "hub/process/connector_role.hpp"

#include <string>
#include <string_view>

namespace lienthong::process {

/// The document, in which every member of the outermost object that is a text and holds a JSON object or list has that in its
/// place. One level and no deeper; each text must be a document of its own by the same strict reader, and the whole must keep its
/// limits once more. A text that begins like one and is none stays a text, and `unreadable` says why. Fails as `read` does.
[[nodiscard]] Result<Tree> read_json_texts(const ReadDocument& read, std::string_view body, std::string& unreadable);

}  // namespace lienthong::process

/// Contacts (đầu mối): to whom of an agency mail about its reports goes.
#pragma once

#include "hub/catalogue/catalogue.hpp"
#include "hub/model/mail.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::compliance {

/// By agency code; as many mailboxes as rows name.
using Contacts = std::map<std::string, std::vector<Mailbox>, std::less<>>;

/// Reads CSV with the header row agency,email,name. The name may be empty. A row that is wrong is left out, and `problems` says
/// where. Fails with (into `problems`): catalogue.csv, mail.contact. Thread-safe.
[[nodiscard]] Contacts contacts_from(std::string_view csv, const std::string& file, const catalogue::Catalogue& catalogue,
                                     std::vector<Problem>& problems);

}  // namespace lienthong::compliance

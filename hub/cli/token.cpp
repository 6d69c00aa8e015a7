// lienthong token: issues, lists and revokes what senders and readers prove themselves by.
#include "hub/access/token.hpp"

#include "hub/cli/opened.hpp"
#include "hub/model/json_text.hpp"
#include "hub/ports/clock.hpp"

#include <cstdio>

namespace lienthong::cli {
namespace {

std::string joined(const std::vector<std::string>& words)
{
    std::string out;
    for (const std::string& word : words)
        out += (out.empty() ? "" : ",") + word;
    return out;
}

}  // namespace

int token_issue(const Common& common, const TokenOptions& options)
{
    auto opened = opened_or_print(common);
    if (!opened)
        return not_done;
    const auto token = access::issue_token(*opened->data.identities, {options.sender, options.agencies, options.roles, options.note},
                                           SystemClock().now());
    if (!token.ok()) {
        print_problems({token.problem()}, common.json);
        return not_done;
    }
    if (common.json) {
        JsonWriter out;
        out.begin_object().member("id", token->identity.id).member("token", token->secret).member("sender", token->identity.sender);
        std::printf("%s\n", out.end_object().take().c_str());
        return done;
    }
    std::fprintf(stderr, "token %s for %s, agencies %s, roles %s. It is shown this once:\n", token->identity.id.c_str(),
                 token->identity.sender.c_str(), joined(token->identity.agencies).c_str(), joined(token->identity.roles).c_str());
    std::printf("%s\n", token->secret.c_str());
    return done;
}

int token_list(const Common& common)
{
    auto opened = opened_or_print(common);
    if (!opened)
        return not_done;
    const auto all = opened->data.identities->all();
    if (!all.ok()) {
        print_problems({all.problem()}, common.json);
        return not_done;
    }
    for (const Identity& identity : *all) {
        if (common.json) {
            JsonWriter out;
            out.begin_object().member("id", identity.id).member("sender", identity.sender).member("agencies", joined(identity.agencies));
            out.member("roles", joined(identity.roles)).member("issued", to_text(identity.issued_at)).member("note", identity.note);
            if (identity.revoked_at)
                out.member("revoked", to_text(*identity.revoked_at));
            std::printf("%s\n", out.end_object().take().c_str());
            continue;
        }
        std::printf("%s  %-24s %-12s agencies %s  issued %s%s%s\n", identity.id.c_str(), identity.sender.c_str(), joined(identity.roles).c_str(),
                    joined(identity.agencies).c_str(), to_text(identity.issued_at).c_str(), identity.revoked_at ? "  REVOKED " : "",
                    identity.revoked_at ? to_text(*identity.revoked_at).c_str() : "");
    }
    return done;
}

int token_revoke(const Common& common, const TokenOptions& options)
{
    auto opened = opened_or_print(common);
    if (!opened)
        return not_done;
    if (const auto revoked = opened->data.identities->revoke(options.id, SystemClock().now()); !revoked.ok()) {
        print_problems({revoked.problem()}, common.json);
        return not_done;
    }
    std::printf("%s is revoked; a running hub refuses it within a second\n", options.id.c_str());
    return done;
}

}  // namespace lienthong::cli

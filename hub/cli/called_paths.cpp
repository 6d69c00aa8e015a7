#include "hub/cli/called_paths.hpp"

#include "hub/api/routes.hpp"
#include "hub/seal/digest.hpp"

#include <algorithm>
#include <filesystem>
#include <string_view>

namespace lienthong::cli {
namespace {

constexpr std::size_t shortest_secret = 16;

bool is_one_of(char c, std::string_view others)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || others.find(c) != std::string_view::npos;
}

/// Two segments at least, of letters that need no escape.
bool is_path(std::string_view path)
{
    const bool plain = std::all_of(path.begin(), path.end(), [](char c) { return is_one_of(c, "-._~/"); });
    return plain && path.starts_with('/') && !path.ends_with('/') && path.find("//") == std::string_view::npos &&
           path.find("/.") == std::string_view::npos && path.find('/', 1) != std::string_view::npos;
}

bool secret_in_path(const api::CalledPath& at)
{
    return !at.caller.token && at.caller.secret_header.empty();
}

/// Whether one request could be meant for both.
bool clash(const api::CalledPath& a, const api::CalledPath& b)
{
    const auto behind = [](const api::CalledPath& above, const api::CalledPath& below) {
        return secret_in_path(above) && below.path.starts_with(above.path + '/') &&
               below.path.find('/', above.path.size() + 1) == std::string::npos;
    };
    return (a.path == b.path && a.method == b.method) || behind(a, b) || behind(b, a);
}

class Laying
{
public:
    Laying(const FlowSettings& flow, std::vector<Problem>& problems) : flow_(flow), problems_(problems) {}

    void add(std::string detail, std::string found, std::string expected)
    {
        problems_.push_back({"settings.flow", std::move(detail), flow_.called->place + ' ' + flow_.name + ".called", std::move(found),
                             std::move(expected), {}});
    }

    api::CallerRule caller(const Settings& settings)
    {
        const CalledSettings& called = *flow_.called;
        api::CallerRule rule;
        rule.token = !called.by_address;
        for (const std::string& text : called.addresses) {
            auto network = api::PeerNetwork::read(text);
            if (network.ok())
                rule.from.push_back(std::move(network).value());
            else
                add(network.problem().detail, text, network.problem().expected);
        }
        rule.secret_header = called.secret_header;
        if (!called.by_address)
            return rule;
        const auto secret = resolve_secret(called.secret, std::filesystem::path(settings.file).parent_path().string());
        const auto fit = [](char c) { return is_one_of(c, "-_"); };
        if (!secret.ok())
            add(secret.problem().detail, called.secret, secret.problem().expected);
        else if (secret->size() < shortest_secret || !std::all_of(secret->begin(), secret->end(), fit))
            add("the secret cannot be used", std::to_string(secret->size()) + " characters",
                "16 or more letters, digits, - or _");
        else
            rule.secret_digest = seal::sha256_hex(*secret);
        return rule;
    }

    void judge_among(const api::CalledPath& at, const std::vector<api::CalledPath>& taken)
    {
        for (const api::CalledPath& other : taken)
            if (clash(at, other))
                add("two routes would be called at one path", at.method + ' ' + at.path,
                    "a path of its own; " + other.path + " is open for " + other.route);
    }

    void judge(const api::CalledPath& at, const sdk::Route& route)
    {
        if (!is_path(at.path))
            add("route " + route.name + " would be called at a path that is none", at.path,
                "two or more segments of letters, digits and -._~");
        else if (api::is_own_path(at.path))
            add("route " + route.name + " would be called at a path of the hub itself", at.path, "a path outside /v1/ and /log/");
        if (at.caller.token && route.proof == sdk::CallerProof::certificate)
            add("route " + route.name + " wants callers to show a certificate, which this hub cannot ask for yet",
                "proof: certificate", "caller: address, with addresses and a secret");
        if (route.body_limit > http::Limits{}.body_bytes)
            add("route " + route.name + " takes larger bodies than the server reads", std::to_string(route.body_limit) + " bytes",
                "at most " + std::to_string(http::Limits{}.body_bytes) + " bytes");
    }

private:
    const FlowSettings& flow_;
    std::vector<Problem>& problems_;
};

std::string names_of(const std::vector<sdk::Route>& routes)
{
    std::string out;
    for (const sdk::Route& route : routes)
        out += (out.empty() ? "" : ", ") + route.name;
    return out;
}

}  // namespace

std::vector<api::CalledPath> called_paths(const Settings& settings, const FlowSettings& flow,
                                          const sdk::Description& connector,
                                          const std::vector<api::CalledPath>& taken, std::vector<Problem>& problems)
{
    Laying laying(flow, problems);
    const CalledSettings& called = *flow.called;
    if (connector.routes.empty())
        laying.add("the connector declares no routes", flow.connector, "a connector that can be called");
    const auto is_declared = [&](const std::string& name) {
        return std::any_of(connector.routes.begin(), connector.routes.end(), [&](const sdk::Route& route) { return route.name == name; });
    };
    for (const auto& [name, path] : called.paths)
        if (!is_declared(name))
            laying.add("the connector declares no such route", name, names_of(connector.routes));
    const api::CallerRule caller = laying.caller(settings);
    std::vector<api::CalledPath> out;
    for (const sdk::Route& route : connector.routes) {
        const auto whole = called.paths.find(route.name);
        if (!called.paths.empty() && whole == called.paths.end())
            continue;
        api::CalledPath at;
        at.method = route.method;
        at.path = called.paths.empty() ? called.prefix + route.path : whole->second;
        at.route = route.name;
        at.body_limit = route.body_limit;
        at.caller = caller;
        laying.judge(at, route);
        laying.judge_among(at, taken);
        laying.judge_among(at, out);
        out.push_back(std::move(at));
    }
    return out;
}

std::string listed(const std::vector<api::CalledPath>& paths)
{
    std::string out;
    for (const api::CalledPath& at : paths)
        out += (out.empty() ? "" : ", ") + at.method + ' ' + at.path + (secret_in_path(at) ? "/<secret>" : "");
    return out;
}

}  // namespace lienthong::cli

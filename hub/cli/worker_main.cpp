// lienthong-worker: the program in which foreign bytes are parsed and foreign code runs. Started by the hub only.
#include "adapters/formats/json/json_format.hpp"
#include "adapters/formats/xml/xml_format.hpp"
#include "hub/process/connector_role.hpp"
#include "hub/process/sandbox.hpp"
#include "hub/process/worker_loop.hpp"
#include "hub/seal/digest.hpp"

#include <charconv>
#include <cstdio>
#include <map>
#include <string>

#if defined(__SANITIZE_ADDRESS__)
extern "C" const char* __asan_default_options();
// The leak check at the end of a process stops it and reads its memory, which a worker may not do.
extern "C" const char* __asan_default_options()
{
    return "detect_leaks=0:abort_on_error=1";
}
#endif

namespace {

using namespace lienthong;

using Arguments = std::multimap<std::string, std::string>;

Arguments read_arguments(int count, char** words)
{
    Arguments arguments;
    for (int i = 1; i + 1 < count; i += 2)
        arguments.emplace(words[i], words[i + 1]);
    return arguments;
}

std::string value_of(const Arguments& arguments, const std::string& name)
{
    const auto it = arguments.find(name);
    return it == arguments.end() ? std::string() : it->second;
}

process::SandboxLimits limits_of(const Arguments& arguments)
{
    process::SandboxLimits limits;
    std::uint64_t mib = 0;
    const std::string text = value_of(arguments, "--memory");
    if (std::from_chars(text.data(), text.data() + text.size(), mib).ec == std::errc() && mib > 0)
        limits.memory_bytes = mib * 1024 * 1024;
    return limits;
}

Result<Tree> read_document(sdk::AnswerForm form, std::string_view bytes)
{
    static const adapters::JsonFormat json;
    static const adapters::XmlFormat xml;
    const Format& format = form == sdk::AnswerForm::json ? static_cast<const Format&>(json) : xml;
    return format.read(bytes, FormatLimits{});
}

/// Libraries make what they keep for ever at their first use; afterwards they need no file and no big allocation.
void warm_up()
{
    (void)read_document(sdk::AnswerForm::json, "{}");
    (void)read_document(sdk::AnswerForm::xml, "<a/>");
}

/// Loads the plugin, locks the process in, serves. The limits hold before the plugin's first instruction.
int be_connector(const Arguments& arguments)
{
    const process::SandboxLimits limits = limits_of(arguments);
    warm_up();
    const process::LockedPlugin locked{value_of(arguments, "--name"), value_of(arguments, "--digest"),
                                       value_of(arguments, "--plugin")};
    const auto bytes = process::read_plugin(locked.file);
    if (!bytes)
        return process::refuse_to_start(bytes.problem());
    const auto limited = process::limit_resources(limits);
    if (!limited)
        return process::refuse_to_start(limited.problem());
    auto library = process::PluginLibrary::load(*bytes, locked, seal::sha256_hex);
    if (!library)
        return process::refuse_to_start(library.problem());
    process::ConnectorRole role(std::move(*library), read_document);
    const auto state = process::lock_in(limits);
    if (!state)
        return process::refuse_to_start(state.problem());
    return process::do_jobs({"connector", role.library().encoded_description(), *state},
                            [&](std::string_view job) { return role.work(job); });
}

}  // namespace

int main(int count, char** words)
{
    process::die_with_parent();
    const Arguments arguments = read_arguments(count, words);
    const std::string role = value_of(arguments, "--role");
    if (role == "connector")
        return be_connector(arguments);
    std::fputs("lienthong-worker is started by the hub: --role connector --plugin FILE --name NAME --digest SHA256\n", stderr);
    return 2;
}

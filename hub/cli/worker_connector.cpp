// A worker that runs one connector.
#include "adapters/formats/json/json_format.hpp"
#include "adapters/formats/xml/xml_format.hpp"
#include "hub/cli/worker_roles.hpp"
#include "hub/process/connector_role.hpp"
#include "hub/process/worker_loop.hpp"
#include "hub/seal/digest.hpp"

namespace lienthong::cli {
namespace {

constexpr std::uint64_t usual_memory_mib = 512;
constexpr std::size_t longest_json = std::size_t{sdk::most_answer_mib} << 20U;  ///< XML costs more memory a byte.

Result<Tree> read_document(sdk::AnswerForm form, std::string_view bytes)
{
    static const adapters::JsonFormat json;
    static const adapters::XmlFormat xml;
    FormatLimits limits;
    if (form != sdk::AnswerForm::json)
        return xml.read(bytes, limits);
    limits.bytes = longest_json;
    return json.read(bytes, limits);
}

/// Libraries make what they keep for ever at their first use, some of it from files.
void warm_up()
{
    (void)read_document(sdk::AnswerForm::json, "{}");
    (void)read_document(sdk::AnswerForm::xml, "<a/>");
}

}  // namespace

int be_connector(const WorkerArguments& arguments)
{
    const process::SandboxLimits limits = limits_of(arguments, usual_memory_mib);
    warm_up();
    const process::LockedPlugin locked{value_of(arguments, "--name"), value_of(arguments, "--digest"),
                                       value_of(arguments, "--plugin")};
    const auto bytes = process::read_plugin(locked.file);
    if (!bytes)
        return process::refuse_to_start(bytes.problem());
    // Loading runs code of the plugin already; from here its memory and time are limited.
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

}  // namespace lienthong::cli

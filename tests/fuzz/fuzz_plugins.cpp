/// Fuzz target: any bytes as answers to each connector's requests, and as calls of its routes, through the C border a worker uses.
///
/// Input: one byte picks the connector, one the event that starts it; then come answers, separated by 0x1E, each
/// beginning with a byte that picks the HTTP status. Seeds are joined from golden replies.
#include "adapters/formats/json/json_format.hpp"
#include "hub/process/plugin_library.hpp"
#include "hub/process/tree_border.hpp"
#include "hub/sdk/codec.hpp"
#include "tests/fuzz/promise.hpp"

#include <algorithm>
#include <array>
#include <deque>

namespace {

using namespace lienthong;

/// Inputs pick one by its place here, so new ones stand at the end.
constexpr std::array<const char*, 12> names = {"nrs",    "lgsp", "qlvb", "dvc",  "mcdt",         "rest",
                                              "folder", "sql",  "mail", "ltvb", "market_price", "dvc_rest"};
constexpr std::array<std::int32_t, 8> statuses = {200, 200, 401, 404, 422, 429, 503, 204};
constexpr int most_exchanges = 40;
constexpr std::size_t longest_cursor = 4096, longest_growth = 4096;

sdk::Settings settings_for(const std::string& name)
{
    sdk::Settings settings;
    // A setting that a connector does not have says nothing to it.
    for (const auto& [key, value] : std::map<std::string, std::string>{{"base_url", "https://partner.test"},
                                                                       {"office_code", "000.00.00.H31"},
                                                                       {"system_id", "H31.08"},
                                                                       {"username", "fuzz"},
                                                                       {"madonvi", "H31"},
                                                                       {"codes_per_request", "3"},
                                                                       {"batch_size", "3"},
                                                                       {"path", "/v1/items?page={page}&after={since}"},
                                                                       {"paging", "page"},
                                                                       {"since_field", "updated"},
                                                                       {"since_first", "2025-01-01"},
                                                                       {"page_size", "3"},
                                                                       {"database", "sqlite:///fuzz.db"},
                                                                       {"query", "SELECT w, k, v FROM t WHERE w > :watermark OR k > :key ORDER BY w, k LIMIT :limit"},
                                                                       {"watermark_column", "w"},
                                                                       {"key_column", "k"},
                                                                       {"first_watermark", "2025-01-01"},
                                                                       {"user", "fuzz"},
                                                                       {"senders", "*"}})
        settings.set(key, value);
    settings.set("first_period", name == "dvc" ? "2025-01" : "2024-12");
    if (name == "folder")
        settings.set("base_url", "file:///fuzz");
    if (name == "mail")
        settings.set("base_url", "pop3s://partner.test");
    return settings;
}

/// By the connector's number, filled in as each is opened.
std::array<std::vector<sdk::Route>, names.size()>& all_routes()
{
    static std::array<std::vector<sdk::Route>, names.size()> routes;
    return routes;
}

std::unique_ptr<process::PluginMachine> open_machine(const std::string& name)
{
    const auto bytes = process::read_plugin(std::string(LIENTHONG_BINARY_DIR) + "/lib/plugins/" + name + ".so");
    const std::string digest(64, '0');
    fuzz::require(bytes.ok(), "the plugin is built", bytes.ok() ? "" : bytes.problem().sentence());
    auto library = process::PluginLibrary::load(*bytes, {name, digest, name + ".so"}, [&](std::string_view) { return digest; });
    fuzz::require(library.ok(), "the plugin loads", library.ok() ? "" : library.problem().sentence());
    for (std::size_t i = 0; i < names.size(); ++i)
        if (name == names[i])
            all_routes()[i] = library->description().routes;
    sdk::Settings settings = settings_for(name);
    for (const sdk::Setting& setting : library->description().settings)
        if (settings.text(setting.name).empty())
            settings.set(setting.name, setting.fallback);
    auto machine = library->open(sdk::encode(settings));
    fuzz::require(machine.ok(), "the settings are taken", machine.ok() ? "" : machine.problem().sentence());
    return std::move(*machine);
}

/// Bytes the host hands over that a connector may carry on: its own cursor or context, or the packet it shall deliver. What a partner
/// answers is not among them.
std::size_t handed_over(const sdk::Event& event)
{
    return std::visit(
        [](const auto& what) -> std::size_t {
            if constexpr (requires { what.cursor; })
                return what.cursor.size();
            else if constexpr (requires { what.context; })
                return what.context.size();
            else if constexpr (requires { what.parcel; })
                return what.parcel.bytes.size();
            else
                return 0;
        },
        event.what);
}

sdk::Step tell(const process::PluginMachine& machine, sdk::Event event, const Tree& document)
{
    event.moment = {1'744'250'400'000, "0000000000000000000000000000000b"};
    const auto bytes = machine.handle(sdk::encode(event), document);
    fuzz::require(bytes.ok(), "a connector never throws", bytes.ok() ? "" : bytes.problem().sentence());
    auto step = sdk::decode_step(*bytes);
    fuzz::require(step.has_value(), "a step can be read");
    if (step->cursor)
        fuzz::require(step->cursor->size() <= longest_cursor && step->cursor->compare(0, 3, "v1 ") == 0,
                      "a cursor has a version and is short", *step->cursor);
    for (const sdk::Request& request : step->requests)
        fuzz::require(request.context.size() <= handed_over(event) + longest_growth, "a context grows by little", request.context);
    return std::move(*step);
}

/// Plays the host: everything a step asks for is asked, with what is left of the input as answers.
void play(const process::PluginMachine& machine, sdk::Step step, std::string_view input)
{
    static const adapters::JsonFormat json;
    std::deque<sdk::Request> waiting;
    const auto keep = [&](sdk::Step& taken) {
        for (const sdk::Payload& payload : taken.payloads)
            for (sdk::Request& request : tell(machine, {{}, sdk::Journaled{payload.context, sdk::Arrived::fresh}}, {}).requests)
                waiting.push_back(std::move(request));
        for (const sdk::SetAside& item : taken.set_aside)
            for (sdk::Request& request : tell(machine, {{}, sdk::Journaled{item.context, sdk::Arrived::duplicate}}, {}).requests)
                waiting.push_back(std::move(request));
        for (sdk::Request& request : taken.requests)
            waiting.push_back(std::move(request));
    };
    keep(step);
    for (int i = 0; i < most_exchanges && !waiting.empty() && !input.empty(); ++i) {
        const sdk::Request request = std::move(waiting.front());
        waiting.pop_front();
        const std::string_view chunk = input.substr(0, input.find('\x1E'));
        input.remove_prefix(std::min(input.size(), chunk.size() + 1));
        sdk::Answer answer;
        answer.status = chunk.empty() ? 200 : statuses[static_cast<unsigned char>(chunk.front()) % statuses.size()];
        answer.body = chunk.substr(std::min<std::size_t>(1, chunk.size()));
        answer.headers = {{"Retry-After", std::string(answer.body.substr(0, 4))}};
        Tree document;
        if (auto read = json.read(answer.body, {}); read.ok())
            document = std::move(*read);
        else
            answer.unreadable = "not JSON";
        sdk::Step next = tell(machine, {{}, sdk::Reply{request.context, answer}}, document);
        const bool brings = next.cursor || next.credential || !next.payloads.empty() || !next.set_aside.empty();
        fuzz::require(!brings || (!document.empty() && answer.status < 500), "a failed exchange brings nothing", request.context);
        for (const sdk::Request& asked : next.requests)
            fuzz::require(asked.context.compare(0, 4, "ack ") != 0, "only journaled() acknowledges", asked.context);
        keep(next);
    }
}

/// A foreign system calls one of the routes the connector declares.
void call(const process::PluginMachine& machine, const sdk::Route& route, std::string_view body)
{
    static const adapters::JsonFormat json;
    sdk::InboundRequest request;
    request.route = route.name;
    request.method = route.method;
    request.target = route.path;
    request.body = body;
    Tree document;
    if (auto read = json.read(body, {}); read.ok())
        document = std::move(*read);
    else
        request.unreadable = "not JSON";
    const sdk::Step step = tell(machine, {{}, sdk::Called{request}}, document);
    fuzz::require(step.requests.empty() && !step.cursor, "nothing is asked while a caller waits");
    fuzz::require(step.payloads.empty() || !document.empty(), "what cannot be read is no payload");
    std::vector<std::string> contexts;
    for (const sdk::Payload& payload : step.payloads)
        contexts.push_back(payload.context);
    for (const sdk::SetAside& item : step.set_aside)
        contexts.push_back(item.context);
    fuzz::require(!contexts.empty() || step.response || step.failure, "a call has an answer");
    for (const std::string& context : contexts) {
        const sdk::Step said = tell(machine, {{}, sdk::Journaled{context, sdk::Arrived::fresh}}, {});
        fuzz::require(said.response.has_value(), "what is journaled is answered", context);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const auto machines = [] {
        std::array<std::unique_ptr<process::PluginMachine>, names.size()> out;
        std::transform(names.begin(), names.end(), out.begin(), open_machine);
        return out;
    }();
    if (size < 2)
        return 0;
    const process::PluginMachine& machine = *machines[data[0] % names.size()];
    const std::string_view input(reinterpret_cast<const char*>(data) + 2, size - 2);
    const std::string_view text = input.substr(0, input.find('\x1E'));
    const sdk::Parcel parcel{std::string(text.substr(0, 64)), "application/json", std::string(text)};
    sdk::Event start{{}, sdk::Poll{""}};
    const std::vector<sdk::Route>& routes = all_routes()[data[0] % names.size()];
    if (data[1] % 10U == 7U && !routes.empty() && !text.empty()) {
        call(machine, routes[static_cast<unsigned char>(text.front()) % routes.size()], text.substr(1));
        return 0;
    }
    switch (data[1] % 10U) {
        case 1:
            start.what = sdk::Poll{text};
            break;
        case 2:
            start.what = sdk::Acquire{data[0] % names.size() == 1 ? "bearer" : "session"};
            break;
        case 3:
            start.what = sdk::Deliver{parcel};
            break;
        case 4:
            start.what = sdk::FindOut{parcel};
            break;
        case 5:
            start.what = sdk::Journaled{text, sdk::Arrived::conflict};
            break;
        case 6:
            start.what = sdk::Reply{text, {}};
            break;
        case 8:
            start.what = sdk::List{text};
            break;
        case 9:
            start.what = sdk::Fetch{text};
            break;
        default:
            break;
    }
    // A parcel is read by the host before the connector sees it.
    Tree document;
    if (data[1] % 10U == 3U || data[1] % 10U == 4U)
        if (auto read = adapters::JsonFormat().read(text, {}); read.ok())
            document = std::move(*read);
    play(machine, tell(machine, start, document), input);
    return 0;
}

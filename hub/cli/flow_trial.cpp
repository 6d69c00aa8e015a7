// lienthong flow test: goes a flow's way to its foreign system step by step and says which step fails and what to do.
#include "adapters/journals/sqlite/sqlite_journal.hpp"
#include "adapters/transports/beast/probe.hpp"
#include "hub/cli/counted.hpp"
#include "hub/cli/opened.hpp"
#include "hub/cli/outward.hpp"
#include "hub/cli/workers.hpp"
#include "hub/flow/exchange.hpp"
#include "hub/model/problem_json.hpp"
#include "hub/model/problem_text.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <set>

namespace lienthong::cli {
namespace {

using Clock = std::chrono::steady_clock;

struct Label
{
    const char* name;  ///< For programs.
    const char* vi;
    const char* en;
};

constexpr Label label_settings{"settings", "tham số và bí mật", "settings and secrets"};
constexpr Label label_name{"name", "tên miền", "name"};
constexpr Label label_tcp{"tcp", "kết nối TCP", "TCP"};
constexpr Label label_tls{"tls", "TLS", "TLS"};
constexpr Label label_login{"login", "đăng nhập", "login"};
constexpr Label label_first_call{"first_call", "lần gọi đầu tiên", "first call"};

enum class State { ok, failed, skipped };

struct Advice
{
    std::string_view vi, en;
};

/// What to do about a failure that only its class says something of.
Advice advice_for(sdk::FailureClass kind)
{
    switch (kind) {
    case sdk::FailureClass::transient:
        return {"Hệ thống kia đang có sự cố; thử lại sau, nếu lặp lại thì báo đơn vị vận hành hệ thống đó.",
                "That system is unwell; try again later, and tell its operator if it stays so."};
    case sdk::FailureClass::auth:
        return {"Thông tin đăng nhập không được chấp nhận: kiểm tra tài khoản, mã truy cập và quyền được cấp.",
                "The login is not accepted: check the account, its secret and the access it was granted."};
    case sdk::FailureClass::permanent:
        return {"Sửa cấu hình, thay bí mật hoặc đề nghị cấp quyền theo lý do nêu trên.",
                "Correct the configuration, replace the secret or have the access granted, as the reason says."};
    case sdk::FailureClass::throttled:
        return {"Chờ hết thời gian hệ thống kia yêu cầu rồi thử lại.", "Wait as long as that system asks, then try again."};
    case sdk::FailureClass::unknown:
        break;
    }
    return {"Kiểm tra địa chỉ và phiên bản giao diện của hệ thống kia, so với tài liệu của đầu nối.",
            "Check the address and the version of that system's interface against the connector's documentation."};
}

struct Outcome
{
    Label label{};
    State state = State::ok;
    std::chrono::milliseconds took{0};
    std::string detail;
    std::vector<Problem> problems;
    std::optional<sdk::FailureClass> kind;  ///< Of a failure the connector told.
};

Advice advice_of(const Outcome& outcome, const Problem& problem)
{
    const ProblemText& text = problem_text(problem.code);
    if (text.code == problem.code)
        return {text.remedy_vi, text.remedy_en};
    return advice_for(outcome.kind.value_or(sdk::FailureClass::unknown));
}

/// The address of the web whose first steps are those of `url`; empty where there are none, as to a folder.
struct FirstSteps
{
    std::string url;
    bool encrypted_later = false;  ///< What encrypts begins inside the protocol.
};

FirstSteps first_steps(const std::string& url)
{
    struct Scheme
    {
        std::string_view begins, as, port;
        bool encrypted_later;
    };
    constexpr Scheme schemes[] = {{"pop3s://", "https://", ":995", false}, {"sftp://", "http://", ":22", true}, {"postgresql://", "http://", ":5432", true}};
    for (const Scheme& scheme : schemes)
        if (url.starts_with(scheme.begins)) {
            std::string place = url.substr(scheme.begins.size(), url.find_first_of("/?", scheme.begins.size()) - scheme.begins.size());
            place.erase(0, place.rfind('@') + 1);
            const bool has_port = place.find(':', place.rfind(']') + 1) != std::string::npos;
            return {std::string(scheme.as) + place + std::string(has_port ? "" : scheme.port) + '/', scheme.encrypted_later};
        }
    return {url.starts_with("https://") || url.starts_with("http://") ? url : std::string(), false};
}

class Trial
{
public:
    Trial(const Settings& settings, const FlowSettings& flow) : settings_(settings), flow_(flow), options_(outward_options(settings))
    {
        options_.plain_http = flow.plain_http;
    }

    std::vector<Outcome> go()
    {
        const bool ready = open() && reach();
        if (ready && login())
            first_call();
        else
            skip_rest();
        return std::move(outcomes_);
    }

private:
    bool end(const Label& label, Clock::time_point begun, State state, std::string detail, std::vector<Problem> problems = {},
             std::optional<sdk::FailureClass> kind = {})
    {
        const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begun);
        outcomes_.push_back({label, state, took, std::move(detail), std::move(problems), kind});
        return state != State::failed;
    }
    bool end_failed(const Label& label, Clock::time_point begun, const sdk::Failure& failure)
    {
        return end(label, begun, State::failed, {}, {Problem{failure.code, failure.detail}}, failure.kind);
    }

    bool open()
    {
        const auto begun = Clock::now();
        std::vector<Problem> problems;
        auto opened = open_connector(settings_, flow_, problems);
        if (!opened.ok())
            return end(label_settings, begun, State::failed, {}, std::move(problems));
        opened_ = std::move(opened).value();
        auto transport = outward_transport(context_.get_executor(), settings_);
        if (!transport.ok())
            return end(label_settings, begun, State::failed, {}, {transport.problem()});
        flow::ExchangeParts parts{opened_.machine, std::move(transport).value(), std::make_shared<SystemClock>(), opened_.endpoints, opened_.secrets};
        parts.private_networks = flow_.private_networks;
        exchange_.emplace(std::move(parts));
        return end(label_settings, begun, State::ok,
                   opened_.description.name + " " + opened_.description.version + ", " + counted(opened_.endpoints.size(), "endpoint") + ", " +
                       counted(opened_.secrets.size(), "secret"));
    }

    bool reach()
    {
        std::set<std::string> seen;
        for (const auto& [name, url] : opened_.endpoints) {
            const FirstSteps first = first_steps(url);
            if (first.url.empty() || !seen.insert(flow::source_of(url)).second)
                continue;
            adapters::BeastTransportOptions options = options_;
            options.plain_http = options.plain_http || first.encrypted_later;
            for (adapters::ProbeStep& step : adapters::probe(first.url, flow_.private_networks, options)) {
                const Label& label = step.what == adapters::ProbeStep::What::name  ? label_name
                                     : step.what == adapters::ProbeStep::What::tcp ? label_tcp
                                                                                   : label_tls;
                const bool failed = step.problem.has_value();
                outcomes_.push_back({label, failed ? State::failed : State::ok, step.took, std::move(step.detail), {}, {}});
                if (failed) {
                    outcomes_.back().problems.push_back(std::move(*step.problem));
                    return false;
                }
            }
            if (first.encrypted_later)
                end(label_tls, Clock::now(), State::skipped, "encryption is agreed on in the first call");
        }
        return true;
    }

    bool login()
    {
        if (opened_.description.credentials.empty())
            return end(label_login, Clock::now(), State::skipped, "this connector has no login of its own; the first call logs in, or carries the secret, where there is one");
        for (const std::string& name : opened_.description.credentials) {
            const auto begun = Clock::now();
            const sdk::Step step = wait_for(exchange_->acquire(name));
            // A sign-in that was chosen may need none of the credentials a connector knows.
            if (step.failure && step.failure->code == "no_credential") {
                end(label_login, begun, State::skipped, "the configured sign-in has no '" + name + "'");
                continue;
            }
            if (step.failure)
                return end_failed(label_login, begun, *step.failure);
            end(label_login, begun, State::ok, "'" + name + "' is good for " + std::to_string(step.credential->lifetime_millis / 1000) + " s");
        }
        return true;
    }

    /// The parcel that is asked about is none; a connector that wants one has asked nobody, and found nothing wrong but that.
    static bool says_nothing_of_the_way(const sdk::Failure& failure)
    {
        return failure.kind == sdk::FailureClass::permanent && failure.code != "settings" && !failure.code.starts_with("process.");
    }

    /// What the flow would ask first; its answer is read by the connector and thrown away.
    void first_call()
    {
        const auto begun = Clock::now();
        std::string cursor;
        sdk::Event event{exchange_->moment(), {}};
        if (flow_.mapping.empty()) {
            sdk::Parcel parcel;
            parcel.id = flow_.name + "-S0";  // submissions count from 1
            event.what = sdk::FindOut{parcel};
        } else {
            const auto known = cursor_of_flow();
            if (!known.ok())
                return static_cast<void>(end(label_first_call, begun, State::failed, {}, {known.problem()}));
            cursor = *known;
            event.what = sdk::Poll{cursor};
        }
        sdk::Step first = wait_for(exchange_->tell(std::move(event), sdk::AnswerForm::none));
        if (first.failure && flow_.mapping.empty() && says_nothing_of_the_way(*first.failure))
            return static_cast<void>(end(label_first_call, begun, State::skipped, "the connector asks only about something that was sent"));
        if (first.failure)
            return static_cast<void>(end_failed(label_first_call, begun, *first.failure));
        if (first.requests.empty())
            return static_cast<void>(end(label_first_call, begun, State::skipped, "the connector has nothing to ask at the moment"));
        const std::string method = first.requests.front().method;
        const flow::Carried carried = wait_for(exchange_->carry_out(std::move(first.requests.front())));
        if (carried.step.failure)
            return static_cast<void>(end_failed(label_first_call, begun, *carried.step.failure));
        end(label_first_call, begun, State::ok,
            method + ", an answer of " + counted(carried.reply.size(), "byte") + " was read: " + counted(carried.step.payloads.size(), "message") + ", " +
                counted(carried.step.set_aside.size(), "damaged item") + ", " + counted(carried.step.requests.size(), "further request") +
                "; nothing was kept or acknowledged");
    }

    /// Where the flow stands; the beginning where no hub has run yet.
    Result<std::string> cursor_of_flow() const
    {
        const std::string path = (std::filesystem::path(settings_.data_directory) / "journal.db").string();
        std::error_code error;
        if (!std::filesystem::exists(path, error))
            return std::string();
        const auto journal = adapters::open_sqlite_journal(path);
        return journal.ok() ? (*journal)->cursor(flow_.name) : Result<std::string>(journal.problem());
    }

    void skip_rest()
    {
        const auto has = [this](const Label& label) {
            return std::any_of(outcomes_.begin(), outcomes_.end(), [&](const Outcome& one) { return one.label.name == label.name; });
        };
        for (const Label& label : {label_name, label_tcp, label_tls, label_login, label_first_call})
            if (!has(label))
                end(label, Clock::now(), State::skipped, "not tried, because a step before it failed");
    }

    template <class T>
    T wait_for(boost::asio::awaitable<T> work)
    {
        bool over = false;
        std::exception_ptr thrown;
        T out;
        boost::asio::co_spawn(context_, std::move(work), [&](std::exception_ptr error, T value) {
            over = true;
            thrown = std::move(error);
            out = std::move(value);
        });
        while (!over)
            context_.run_one();
        if (thrown)
            std::rethrow_exception(thrown);
        return out;
    }

    const Settings& settings_;
    const FlowSettings& flow_;
    adapters::BeastTransportOptions options_;
    boost::asio::io_context context_;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_ = boost::asio::make_work_guard(context_);
    OpenedConnector opened_;
    std::optional<flow::Exchange> exchange_;
    std::vector<Outcome> outcomes_;
};

void print_text(const FlowSettings& flow, const std::vector<Outcome>& outcomes, bool good)
{
    constexpr const char* states[] = {"đạt / ok", "LỖI / FAILED", "bỏ qua / skipped"};
    for (const Outcome& outcome : outcomes) {
        std::printf("%s: %s / %s, %lld ms", states[static_cast<int>(outcome.state)], outcome.label.vi, outcome.label.en,
                    static_cast<long long>(outcome.took.count()));
        std::printf("%s%s\n", outcome.detail.empty() ? "" : ": ", outcome.detail.c_str());
        for (const Problem& problem : outcome.problems) {
            const Advice advice = advice_of(outcome, problem);
            std::printf("    %s\n    cần làm: %s\n    to do: %s\n", problem.sentence().c_str(), std::string(advice.vi).c_str(), std::string(advice.en).c_str());
        }
    }
    std::printf(good ? "%s: mọi bước đều đạt / every step works\n" : "%s: chưa kết nối được / the connection does not work yet\n", flow.name.c_str());
}

void print_json(const FlowSettings& flow, const std::vector<Outcome>& outcomes, bool good)
{
    constexpr const char* states[] = {"ok", "failed", "skipped"};
    JsonWriter out;
    out.begin_object().member("flow", flow.name).member("connector", flow.connector).member("good", good).key("steps").begin_array();
    for (const Outcome& outcome : outcomes) {
        out.begin_object().member("step", outcome.label.name).member("name", outcome.label.vi).member("name_en", outcome.label.en);
        out.member("state", states[static_cast<int>(outcome.state)]).member("millis", std::int64_t{outcome.took.count()}).member("detail", outcome.detail);
        out.key("problems").begin_array();
        for (const Problem& problem : outcome.problems) {
            const Advice advice = advice_of(outcome, problem);
            out.begin_object().member("code", problem.code).member("detail", problem.detail).member("place", problem.place);
            out.member("found", problem.found).member("expected", problem.expected).member("remedy", advice.vi).member("remedy_en", advice.en).end_object();
        }
        out.end_array().end_object();
    }
    std::printf("%s\n", out.end_array().end_object().take().c_str());
}

}  // namespace

int flow_test(const Common& common, const FlowOptions& options)
{
    const auto settings = settings_or_print(common);
    if (!settings)
        return not_done;
    const auto flow = std::find_if(settings->flows.begin(), settings->flows.end(), [&](const FlowSettings& one) { return one.name == options.name; });
    if (flow == settings->flows.end()) {
        print_problems({{"flow.unknown", "the configuration has no flow of this name", settings->file, shortened(options.name)}}, common.json);
        return not_done;
    }
    if (flow->connector == "push" || flow->called) {
        const std::string who = flow->called ? "the flow's partner calls it, at the paths that the hub says when it starts" : "a push flow is called by its senders";
        print_problems({{"flow.calls_nobody", who, flow->place, flow->name}}, common.json);
        return not_done;
    }
    const std::vector<Outcome> outcomes = Trial(*settings, *flow).go();
    const bool good = std::none_of(outcomes.begin(), outcomes.end(), [](const Outcome& one) { return one.state == State::failed; });
    common.json ? print_json(*flow, outcomes, good) : print_text(*flow, outcomes, good);
    return good ? done : found_wrong;
}

}  // namespace lienthong::cli

// What the border between core and connector costs an event: the same machine called in this process and in a worker, turn about.
#include "tests/golden/machine.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <tuple>
#include <vector>

using namespace lienthong;

namespace {

using Clock = std::chrono::steady_clock;

/// One page of the platform's monthly figures, of about so many bytes.
std::string page(std::size_t bytes)
{
    std::string out = R"({"kyBaoCao":"03/2025","maTinh":"33","trang":1,"tongTrang":1,"duLieu":[)";
    const std::string item = R"({"maSo":"LGSP-2025-03-0001","maChiTieu":"CNSDP","loai":"LK","giaTri":"10.082","donVi":"tỷ đồng",)"
                             R"("maDonVi":"H31.02","tinhTrang":"UT","tuNgay":"","denNgay":"","nguon":"https://source.test"})";
    out += item;
    while (out.size() < bytes)
        out += "," + item;
    return out + "]}";
}

double micros(std::vector<Clock::duration>& times, std::size_t percent)
{
    std::sort(times.begin(), times.end());
    return std::chrono::duration<double, std::micro>(times[std::min(times.size() - 1, times.size() * percent / 100)]).count();
}

/// False when the machine did not do its work.
bool handle(golden::Machine& machine, const sdk::Event& event, sdk::AnswerForm form, std::vector<Clock::duration>& times)
{
    const auto begun = Clock::now();
    const sdk::Step step = machine.handle(event, form);
    times.push_back(Clock::now() - begun);
    return !step.failure;
}

bool compare(const char* name, golden::Machine& here, golden::Machine& worker, const sdk::Event& event, sdk::AnswerForm form,
             int rounds)
{
    std::vector<Clock::duration> ignored, in_process, in_worker;
    bool good = handle(here, event, form, ignored) && handle(worker, event, form, ignored);
    for (int i = 0; i < rounds && good; ++i)
        good = handle(here, event, form, in_process) && handle(worker, event, form, in_worker);
    if (!good) {
        std::printf("%s: the connector failed\n", name);
        return false;
    }
    const double inside = micros(in_process, 50), outside = micros(in_worker, 50);
    std::printf("%-22s in process %9.1f us   in a worker %9.1f us (p99 %9.1f)   border %8.1f us   ratio %5.2f\n", name, inside,
                outside, micros(in_worker, 99), outside - inside, outside / inside);
    return true;
}

}  // namespace

int main()
{
    const std::map<std::string, std::string> settings{{"base_url", "https://lgsp.test:8243"}};
    const auto here = golden::machine_here(golden::built_plugin("lgsp"), settings);
    const auto worker = golden::machine_in_worker(golden::built_plugin("lgsp"), settings, {});
    if (!here || !worker) {
        std::printf("%s\n", (here ? worker.problem() : here.problem()).sentence().c_str());
        return 1;
    }
    sdk::Event poll;
    poll.what = sdk::Poll{"v1 2025-03"};
    bool good = compare("a poll", **here, **worker, poll, sdk::AnswerForm::none, 5000);
    for (const auto& [name, bytes, rounds] : {std::tuple("a page of 300 bytes", std::size_t{300}, 5000),
                                              std::tuple("a page of 1 MB", std::size_t{1'000'000}, 100)}) {
        const std::string body = page(bytes);
        sdk::Reply reply;
        reply.context = "page 1 2025-03 2025-03";
        reply.answer.status = 200;
        reply.answer.body = body;
        sdk::Event event;
        event.what = reply;
        good = compare(name, **here, **worker, event, sdk::AnswerForm::json, rounds) && good;
    }
    return good ? 0 : 1;
}

// How the events known by a moment decide a status.
#include "hub/compliance/status.hpp"

#include <algorithm>
#include <tuple>

namespace lienthong::compliance {
namespace {

constexpr std::array<std::string_view, status_count> codes = {"upcoming",   "open",    "on_time", "late",
                                                              "incomplete", "missing", "waived",  "refused"};
constexpr std::array<std::string_view, status_count> words = {"chưa mở",     "đang mở",  "đúng hạn", "quá hạn",
                                                              "chưa đầy đủ", "chưa gửi", "miễn",     "bị từ chối"};

/// Earlier first; the rest only so that the order of the list never decides.
bool before(const Event& a, const Event& b)
{
    return std::make_tuple(came_in(a), a.at, std::string_view(a.id)) < std::make_tuple(came_in(b), b.at, std::string_view(b.id));
}

void keep_first(const Event*& kept, const Event& event)
{
    if (kept == nullptr || before(event, *kept))
        kept = &event;
}

/// The moment up to which an event lets reports be in time; nothing where it says nothing of that.
std::optional<Time> more_time(const Event& event)
{
    if (const auto* extension = std::get_if<Extension>(&event.what))
        return extension->until;
    const auto* intake = std::get_if<Intake>(&event.what);
    return intake != nullptr && !event.act.empty() ? intake->closes : std::nullopt;
}

/// What is known of one obligation at one moment.
class Reading
{
public:
    Reading(const Obligation& obligation, Time now) : obligation_(obligation), now_(now), deadline_(obligation.deadline.closes) {}

    /// `exact`: the event names this obligation and no other.
    void add(const Event& event, bool exact)
    {
        if (event.at > now_ || !event.scope.covers(obligation_))
            return;
        if (const auto* receipt = std::get_if<Receipt>(&event.what)) {
            if (exact)
                add_receipt(event, *receipt);
        } else if (std::holds_alternative<Refusal>(event.what)) {
            if (exact && (refusal_ == nullptr || before(*refusal_, event)))
                refusal_ = &event;
        } else if (std::holds_alternative<Waiver>(event.what)) {
            keep_first(waiver_, event);
        } else if (const auto* incident = std::get_if<Incident>(&event.what)) {
            incidents_.push_back({&event, incident});
        } else {
            add_times(event);
        }
    }

    [[nodiscard]] Outcome outcome() const
    {
        Outcome out{.deadline = deadline_};
        decide(out);
        const Time from = std::min(opens(), obligation_.opens);
        for (const auto& [event, incident] : incidents_)
            if (incident->from < deadline_ && (!incident->to || *incident->to > std::max(from, incident->from)))
                out.incidents.push_back(event->id);
        std::sort(out.incidents.begin(), out.incidents.end());
        out.incidents.erase(std::unique(out.incidents.begin(), out.incidents.end()), out.incidents.end());
        return out;
    }

private:
    void add_receipt(const Event& event, const Receipt& receipt)
    {
        if (receipt.missing.empty())
            keep_first(complete_, event);
        else if (partial_ == nullptr || before(*partial_, event))
            partial_ = &event;
    }

    void add_times(const Event& event)
    {
        if (const auto until = more_time(event)) {
            extensions_.push_back(&event);
            deadline_ = std::max(deadline_, *until);
        }
        const auto* intake = std::get_if<Intake>(&event.what);
        if (intake == nullptr || event.act.empty() || !intake->opens)
            return;
        if (opening_ == nullptr || *intake->opens < opens() || (*intake->opens == opens() && before(event, *opening_)))
            opening_ = &event;
    }

    [[nodiscard]] Time opens() const { return opening_ == nullptr ? obligation_.opens : *std::get<Intake>(opening_->what).opens; }

    /// The first event by which `moment` is still in time though the obligation's own deadline is over; else null.
    [[nodiscard]] const Event* rests_on(Time moment) const
    {
        const Event* found = nullptr;
        if (moment >= obligation_.deadline.closes)
            for (const Event* event : extensions_)
                if (moment < *more_time(*event))
                    keep_first(found, *event);
        return found;
    }

    void decide(Outcome& out) const
    {
        if (complete_ != nullptr && came_in(*complete_) < deadline_) {
            received(out, Status::on_time, *complete_);
            rest(out, came_in(*complete_));
        } else if (waiver_ != nullptr) {
            out.status = Status::waived;
            out.decided_by = waiver_->id;
        } else if (complete_ != nullptr) {
            received(out, Status::late, *complete_);
        } else if (partial_ != nullptr) {
            received(out, Status::incomplete, *partial_);
            out.lacking = std::get<Receipt>(partial_->what).missing;
        } else if (refusal_ != nullptr) {
            out.status = Status::refused;
            out.decided_by = refusal_->id;
            out.received = came_in(*refusal_);
            out.submission = std::get<Refusal>(refusal_->what).submission;
        } else if (now_ >= deadline_) {
            out.status = Status::missing;
            // The extension that ran out last, where there was one.
            const Event* last = nullptr;
            for (const Event* event : extensions_)
                if (*more_time(*event) == deadline_ && deadline_ > obligation_.deadline.closes)
                    keep_first(last, *event);
            out.decided_by = last == nullptr ? "" : last->id;
        } else {
            out.status = now_ < opens() ? Status::upcoming : Status::open;
            rest(out, now_);
            if (!out.extended_by.empty())
                out.decided_by = out.extended_by;
            else if (opening_ != nullptr && (now_ < opens()) != (now_ < obligation_.opens))
                out.decided_by = opening_->id;
        }
    }

    void rest(Outcome& out, Time moment) const
    {
        if (const Event* event = rests_on(moment))
            out.extended_by = event->id;
    }

    static void received(Outcome& out, Status status, const Event& event)
    {
        out.status = status;
        out.decided_by = event.id;
        out.received = came_in(event);
        out.submission = std::get<Receipt>(event.what).submission;
        out.said = std::get<Receipt>(event.what).said;
    }

    const Obligation& obligation_;
    Time now_;
    Time deadline_;
    const Event* complete_ = nullptr;  ///< The first complete receipt.
    const Event* partial_ = nullptr;   ///< The last incomplete one.
    const Event* refusal_ = nullptr;   ///< The last one.
    const Event* waiver_ = nullptr;
    const Event* opening_ = nullptr;  ///< The intake that opens first.
    std::vector<const Event*> extensions_;
    std::vector<std::pair<const Event*, const Incident*>> incidents_;
};

}  // namespace

Time came_in(const Event& event)
{
    if (const auto* refusal = std::get_if<Refusal>(&event.what))
        return refusal->received.value_or(event.at);
    const auto* receipt = std::get_if<Receipt>(&event.what);
    return receipt != nullptr && receipt->received ? *receipt->received : event.at;
}

std::string_view to_text(Status status)
{
    return codes.at(static_cast<std::size_t>(status));
}

std::string_view vietnamese(Status status)
{
    return words.at(static_cast<std::size_t>(status));
}

Ledger::Ledger(std::span<const Event> events)
{
    for (const Event& event : events) {
        std::string one = event.scope.obligation();
        if (one.empty())
            wide_.push_back(&event);
        else
            exact_[std::move(one)].push_back(&event);
    }
}

Outcome Ledger::status(const Obligation& obligation, Time now) const
{
    Reading reading(obligation, now);
    if (const auto found = exact_.find(obligation.id); found != exact_.end())
        for (const Event* event : found->second)
            reading.add(*event, true);
    for (const Event* event : wide_)
        reading.add(*event, false);
    return reading.outcome();
}

std::vector<unsigned> Ledger::reminded(const Obligation& obligation, Time now) const
{
    std::vector<unsigned> out;
    if (const auto found = exact_.find(obligation.id); found != exact_.end())
        for (const Event* event : found->second)
            if (const auto* reminder = std::get_if<ReminderSent>(&event->what); reminder != nullptr && event->at <= now)
                out.push_back(reminder->stage);
    return out;
}

Outcome status(const Obligation& obligation, std::span<const Event> events, Time now)
{
    return Ledger(events).status(obligation, now);
}

std::string in_words(const Outcome& outcome)
{
    // The deadline is the first late moment; people name the last day or minute that is in time.
    const Time last = outcome.deadline - std::chrono::microseconds{1};
    const bool whole_day = start_of(local_day(outcome.deadline)) == outcome.deadline;
    std::string out(vietnamese(outcome.status));
    out += ": thời hạn ";
    out += whole_day ? "hết ngày " + day_text(local_day(last)) : "đến " + lienthong::to_text(outcome.deadline);
    if (!outcome.extended_by.empty())
        out += " (gia hạn: " + outcome.extended_by + ')';
    if (outcome.received)
        out += ", nhận lúc " + lienthong::to_text(*outcome.received) + ", lần gửi " + outcome.submission;
    if (outcome.said != Said::unstated && outcome.said != Said::figures)
        out += ", " + std::string(lienthong::vietnamese(outcome.said));
    if (outcome.status == Status::refused)
        out += ", đang ở khu cách ly";
    for (std::size_t i = 0; i < outcome.lacking.size(); ++i)
        out += (i == 0 ? ", còn thiếu " : "; ") + outcome.lacking[i];
    if (outcome.status == Status::waived)
        out += ", theo " + outcome.decided_by;
    return out;
}

}  // namespace lienthong::compliance

// Hands an answer from any thread to the connection that waits for it.
#include "hub/http/pending_answer.hpp"

#include "hub/http/problem_document.hpp"

#include <boost/asio/post.hpp>

#include <utility>

namespace lienthong::http {

HttpResponse problem_response(int status, std::string_view code, std::string_view detail)
{
    Problem problem;
    problem.code = code;
    problem.detail = detail;
    HttpResponse response;
    response.status = status;
    response.content_type = problem_content_type;
    response.body = problem_document(status, problem);
    response.close = true;
    return response;
}

PendingAnswer::PendingAnswer(boost::asio::any_io_executor executor)
    : executor_(std::move(executor)), arrival_(std::in_place, executor_, boost::asio::steady_timer::time_point::max())
{
}

Respond PendingAnswer::respond()
{
    // The copies of the function share one duty; when the last goes unanswered, it answers itself.
    class Duty
    {
    public:
        explicit Duty(std::shared_ptr<PendingAnswer> to) : to_(std::move(to)) {}
        Duty(const Duty&) = delete;
        Duty& operator=(const Duty&) = delete;
        ~Duty() { to_->answer(problem_response(500, "http.no_answer", "the handler gave no answer")); }
        void fulfil(HttpResponse response) { to_->answer(std::move(response)); }

    private:
        std::shared_ptr<PendingAnswer> to_;
    };
    auto duty = std::make_shared<Duty>(shared_from_this());
    return [duty](HttpResponse response) { duty->fulfil(std::move(response)); };
}

void PendingAnswer::answer(HttpResponse response)
{
    const std::lock_guard lock(mutex_);
    if (!arrival_ || response_)
        return;
    response_ = std::move(response);
    boost::asio::post(executor_, [self = shared_from_this()] {
        const std::lock_guard again(self->mutex_);
        if (self->arrival_)
            self->arrival_->cancel();
    });
}

HttpResponse PendingAnswer::take()
{
    const std::lock_guard lock(mutex_);
    return response_ ? std::move(*response_) : problem_response(500, "http.no_answer", "the handler gave no answer");
}

void PendingAnswer::abandon()
{
    const std::lock_guard lock(mutex_);
    arrival_.reset();
    executor_ = {};
}

}  // namespace lienthong::http

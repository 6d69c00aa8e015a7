/// Envelope: what an answer's content is wrapped in, and how the wrapper says no, which is mostly said with HTTP status 200.
#pragma once

#include "hub/sdk/gateway.hpp"
#include "hub/sdk/spec.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lienthong::sdk {

class Envelope
{
public:
    enum class Shape : std::uint8_t {
        bare,         ///< The answer is the content.
        error_code,   ///< {error_code, message, result or data}; 0 is success, a number or a text.
        status_code,  ///< {StatusCode, Description, ResultObject}; 2xx is success, whatever the HTTP status.
        success,      ///< {success, message, data}; true is success.
        code,         ///< {code, message, data}; 0 or 2xx is success.
    };
    struct Opened
    {
        TreeView content;  ///< Empty where there is a failure.
        std::optional<Failure> failure;
    };

    static Setting setting(std::string_view shape)
    {
        return choice_setting("envelope", std::string(shape), words(), "What the platform wraps its answers in.");
    }
    explicit Envelope(const Settings& settings) : shape_(shape_of(settings.text("envelope"))) {}

    /// Names are taken without regard to case. `credential` as in gateway_failure().
    [[nodiscard]] Opened open(std::string_view asked, const Answer& answer, std::string_view credential,
                              const Moment& moment) const;

private:
    static const std::vector<std::string>& words()
    {
        static const std::vector<std::string> all = {"bare", "error_code", "status_code", "success", "code"};
        return all;
    }
    static Shape shape_of(std::string_view word)
    {
        const auto at = std::find(words().begin(), words().end(), word);
        return at == words().end() ? Shape::bare : static_cast<Shape>(at - words().begin());
    }
    static Opened refused(std::string_view asked, std::string_view code, std::string_view why, std::string_view credential);

    Shape shape_;
};

inline Envelope::Opened Envelope::refused(std::string_view asked, std::string_view code, std::string_view why,
                                          std::string_view credential)
{
    const auto number = read_digits(code);
    Failure failure =
        number && *number >= 400 && *number <= 599
            ? status_failure(*number, asked, credential)
            : Failure{FailureClass::unknown, "answer_" + excerpt(code, 40), std::string(asked) + " was refused", {}, 0};
    if (says_wrong_key(code)) {
        failure.kind = FailureClass::permanent;
        failure.detail += "; check the unit's code and its key";
    }
    if (!why.empty())
        failure.detail += " (the platform says: " + excerpt(why) + ')';
    return {{}, std::move(failure)};
}

inline Envelope::Opened Envelope::open(std::string_view asked, const Answer& answer, std::string_view credential,
                                       const Moment& moment) const
{
    const TreeView said = answer.document;
    const TreeView status = said.child_any_case("StatusCode");
    // The body of this shape is believed against the HTTP status, in both directions.
    const bool body_decides = shape_ == Shape::status_code && status.kind() != LIENTHONG_NODE_NONE;
    if (!body_decides)
        if (auto failure = gateway_failure(asked, answer, credential, moment))
            return {{}, std::move(failure)};
    const auto either = [&](const char* a, const char* b) {
        const TreeView first = said.child_any_case(a);
        return first ? first : said.child_any_case(b);
    };
    const auto is_success = [](std::string_view code) {
        const auto number = read_digits(code);
        return number && (*number == 0 || (*number >= 200 && *number <= 299));
    };
    const std::string_view message = either("message", "Description").text();
    switch (shape_) {
        case Shape::error_code: {
            const TreeView code = said.child_any_case("error_code");
            if (!code)
                return {{}, wrong_shape(asked, "error_code")};
            return code.text() == "0" ? Opened{either("result", "data"), {}} : refused(asked, code.text(), message, credential);
        }
        case Shape::status_code:
            if (!status)
                return {{}, wrong_shape(asked, "StatusCode")};
            return is_success(status.text()) ? Opened{said.child_any_case("ResultObject"), {}}
                                             : refused(asked, status.text(), message, credential);
        case Shape::success: {
            const TreeView success = said.child_any_case("success");
            if (!success)
                return {{}, wrong_shape(asked, "success")};
            return success.text() == "true" ? Opened{said.child_any_case("data"), {}}
                                            : refused(asked, "false", message, credential);
        }
        case Shape::code: {
            const TreeView code = said.child_any_case("code");
            if (!code)
                return {{}, wrong_shape(asked, "code")};
            return is_success(code.text()) ? Opened{said.child_any_case("data"), {}}
                                           : refused(asked, code.text(), message, credential);
        }
        case Shape::bare:
            break;
    }
    return {said, {}};
}

}  // namespace lienthong::sdk

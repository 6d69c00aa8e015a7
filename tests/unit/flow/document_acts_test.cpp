// What recipients said to a recall, and who gets what is said of a document next.
#include "hub/flow/document_acts.hpp"

#include <gtest/gtest.h>

using namespace lienthong;

namespace {

DispatchedDocument package(Business business, std::vector<std::string> to)
{
    DispatchedDocument out;
    out.document = out.about = "D";
    out.business = business;
    out.to = std::move(to);
    out.made_at = *time_from("2025-11-21T10:00:00+07:00");
    return out;
}

std::string codes(const std::vector<flow::ActAnswer>& answers)
{
    std::string out;
    for (const flow::ActAnswer& one : answers)
        out += one.recipient + '=' + (one.answer ? one.answer->code : "-") + ' ';
    return out;
}

}  // namespace

TEST(DocumentActs, TheLastAnswerSinceItWasAskedCounts)
{
    const std::vector<flow::RecipientState> told = {
        {"G22.99", {{"G22.99", "16", "2025-11-21T09:00:00+07:00", ""}, {"G22.99", "06", "2025-11-21T11:00:00+07:00", ""}}},
        {"H31.04", {{"H31.04", "16", "2025-11-21T10:05:00+07:00", ""}, {"H31.04", "15", "2025-11-21T10:06:00+07:00", ""}}},
        {"H31.05", {{"H31.05", "15", "2025-11-21T09:55:00+07:00", ""}}}};
    EXPECT_EQ(codes(flow::answers_of(package(Business::recall, {"G22.99", "000.00.04.H31", "H31.05", "H31.06"}), told)),
              "G22.99=- H31.04=15 H31.05=15 H31.06=- ")
        << "an earlier answer was to something else; a clock may be some minutes slow";
}

TEST(DocumentActs, UpdatesSayWhoGetsTheDocumentNow)
{
    const DispatchedDocument document = package(Business::fresh, {"G22.99", "H31.04"});
    DispatchedDocument update = package(Business::update, {"G22.99", "H31.04", "H31.03"});
    update.removed = {"H31.04"};
    DispatchedDocument refused = package(Business::update, {"G22.99", "H31.03", "H31.07"});
    refused.state = DeliveryState::failed;
    DispatchedDocument other = update;
    other.about = "another";
    other.to = {"H31.09"};
    const std::vector<DispatchedDocument> packages = {document, update, refused, other};
    EXPECT_EQ(flow::recipients_now(document, packages), (std::vector<std::string>{"G22.99", "H31.03"}));
}

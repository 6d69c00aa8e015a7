// No secret is read by people, whatever a foreign system quotes.
#include "hub/flow/redaction.hpp"
#include "hub/seal/digest.hpp"

#include <gtest/gtest.h>

using namespace lienthong;
using namespace lienthong::flow;

namespace {

const std::string secret = "bi-mat khong+that/1";

Redaction of_secret()
{
    Redaction redaction;
    redaction.add(secret);
    return redaction;
}

}  // namespace

TEST(Redaction, TakesASecretOutInEveryFormItTravelsIn)
{
    const Redaction redaction = of_secret();
    for (const std::string& form : std::vector<std::string>{
             secret, "62692d6d6174206b686f6e672b746861742f31", "62692D6D6174206B686F6E672B746861742F31",
             "bi-mat%20khong%2Bthat%2F1", "bi-mat%20khong%2bthat%2f1", "bi-mat+khong%2Bthat%2F1"})
        EXPECT_EQ(redaction.clean("said '" + form + "' and '" + form + "'"), "said '…' and '…'") << form;
    EXPECT_EQ(redaction.clean("nothing of it"), "nothing of it");
}

TEST(Redaction, FindsASecretInsideBase64WhateverStandsAroundIt)
{
    const Redaction redaction = of_secret();
    for (const char* before : {"", "u", "us", "use", "user:"})
        for (const char* behind : {"", "\n", "ab"}) {
            const std::string header = "Basic " + seal::to_base64(before + secret + behind);
            const std::string clean = redaction.clean(header);
            EXPECT_NE(clean.find("…"), std::string::npos) << header;
            // What is left are the characters that also stand for a neighbour's bits.
            EXPECT_LE(clean.size(), 6 + 3 + std::string(before).size() * 4 / 3 + 12) << clean;
        }
}

TEST(Redaction, FindsASecretInsideTheBase64OfJson)
{
    Redaction redaction;
    redaction.add("bi-mat\\khong\"that");
    for (const char* before : {R"({"k":")", R"({"ke":")", R"({"key":")"}) {
        const std::string header = seal::to_base64(before + std::string(R"(bi-mat\\khong\"that"})"));
        EXPECT_LE(redaction.clean(header).size(), std::string(before).size() * 4 / 3 + 12) << header;
    }
}

TEST(Redaction, TakesOutWhatAQuotationCutInTheMiddle)
{
    EXPECT_EQ(of_secret().clean("was answered with: token bi-mat kho… (401)"), "was answered with: token … (401)");
}

TEST(Redaction, LeavesTextsTooShortToBeSecret)
{
    Redaction redaction;
    redaction.add("abc");
    redaction.add("");
    EXPECT_EQ(redaction.clean("abcabc"), "abcabc");
}

TEST(Redaction, CleansWhatPeopleReadOfAStepAndNothingElse)
{
    sdk::Step step;
    step.failure = sdk::Failure{sdk::FailureClass::auth, "code " + secret, "no: " + secret, {}, 0};
    step.set_aside.push_back({"1", "why " + secret, secret, {}});
    step.delivery = sdk::DeliveryReport{sdk::Delivery::refused, "receipt " + secret, "detail " + secret};
    step.payloads.emplace_back();
    step.payloads[0].bytes = secret;
    of_secret().clean(step);
    EXPECT_EQ(step.failure->code, "code …");
    EXPECT_EQ(step.failure->detail, "no: …");
    EXPECT_EQ(step.set_aside[0].why, "why …");
    EXPECT_EQ(step.delivery->receipt, "receipt …");
    EXPECT_EQ(step.delivery->detail, "detail …");
    EXPECT_EQ(step.payloads[0].bytes, secret) << "a message stays as it came";
}

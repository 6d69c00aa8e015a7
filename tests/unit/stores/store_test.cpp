// What becomes of a submission: revisions, repeats, quarantine, atomic batches, facts.
#include "tests/unit/stores/store_fixture.hpp"

using namespace lienthong;
using namespace lienthong::testing;

using SqliteStore = StoreFixture;
using enum RecordState;

TEST_F(SqliteStore, KeepsAnObservationWithWhereItCameFrom)
{
    Observation told = observation("A_I_1", "1250.50");
    told.window = "2026-02-15/2026-03-14";
    told.source = "12/BC-SCT";
    told.vintage = Vintage::preliminary;
    const Applied applied = apply(*faces.store, application(7, 10, {accepted_record(0, {told})}));
    EXPECT_FALSE(applied.earlier);
    EXPECT_EQ(applied.states, States{stored});
    EXPECT_EQ(applied.answer, "submission 1");
    EXPECT_EQ(applied.counts.received, 1);
    reopen();
    const auto rows = faces.store->observations({}).value();
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].observation, told);
    EXPECT_EQ(rows[0].number, 1U);
    EXPECT_EQ(rows[0].sender, "so_cong_thuong");
    EXPECT_EQ(rows[0].mapping_digest, "m1");
    EXPECT_EQ(rows[0].received_at, at(10));
    EXPECT_FALSE(rows[0].log_index.has_value());
}

TEST_F(SqliteStore, NeverOverwritesARevisionAndLeavesTheSameValueAlone)
{
    apply(*faces.store, application(1, 1, {accepted_record(0, {observation("A", "1.0")})}));
    EXPECT_EQ(apply(*faces.store, application(2, 2, {accepted_record(0, {observation("A", "1.0")})})).states, States{unchanged});
    EXPECT_EQ(apply(*faces.store, application(3, 3, {accepted_record(0, {observation("A", "1.00")})})).states, States{stored})
        << "another way to write the number is another revision: what was sealed must be found letter for letter";
    const auto rows = history();
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].observation.value, "1.0");
    EXPECT_EQ(rows[1].observation.value, "1.00");
    EXPECT_EQ(rows[1].number, 2U);
    EXPECT_EQ(faces.store->observations({}).value().size(), 1U);
}

TEST_F(SqliteStore, MakesARevisionOfEveryChangeThatIsSealed)
{
    std::vector<Observation> tellings(7, observation("A", "1"));
    tellings[1].unit = "VND";
    tellings[2].vintage = Vintage::estimated;
    tellings[3] = tellings[2];
    tellings[3].availability = Availability::not_available;
    tellings[3].value = "";
    tellings[4].window = "2026-01-01/2026-01-31";
    tellings[5].source = "12/BC-SCT";
    MessageId message = 0;
    for (const Observation& telling : tellings) {
        ++message;
        EXPECT_EQ(apply(*faces.store, application(message, message, {accepted_record(0, {telling})})).states, States{stored})
            << message;
    }
    EXPECT_EQ(history().back().number, 7U);
}

TEST_F(SqliteStore, TellsSeriesApartByEveryPartOfTheirKey)
{
    std::vector<Observation> others(7, observation("A", "1"));
    others[1].key.indicator = "B";
    others[2].key.measure = "CUMULATIVE";
    others[3].key.period = "2026-04";
    others[4].key.area = "GSO:34";
    others[5].key.breakdown = "SEX=F";
    others[6].key.agency = "H33.10";
    EXPECT_EQ(apply(*faces.store, application(1, 1, {accepted_record(0, others)})).states, States{stored});
    for (const RevisionRow& row : history())
        EXPECT_EQ(row.number, 1U);
    EXPECT_EQ(history().size(), 7U);
}

TEST_F(SqliteStore, StoresARecordWhenAnyOfItsObservationsIsNew)
{
    apply(*faces.store, application(1, 1, {accepted_record(0, {observation("A", "1"), observation("B", "2")})}));
    const auto applied = apply(*faces.store, application(2, 2,
                                                         {accepted_record(0, {observation("A", "1"), observation("B", "3")}),
                                                          accepted_record(1, {observation("A", "1"), observation("B", "3")})}));
    EXPECT_EQ(applied.states, (States{stored, unchanged})) << "the second record repeats the first of the same submission";
}

TEST_F(SqliteStore, AppliesAMessageOnceAndGivesTheFirstAnswerAgain)
{
    const Applied first =
        apply(*faces.store, application(5, 1, {accepted_record(0, {observation("A", "1")}), refused_record(1, "x")}),
              [](const Application&, const Applied& applied) { return Told{.answer = "biên nhận " + std::to_string(applied.counts.received)}; });
    reopen();
    const Applied again = apply(*faces.store, application(5, 1, {accepted_record(0, {observation("A", "2")})}),
                                [](const Application&, const Applied&) { return Told{.answer = "another answer"}; });
    EXPECT_TRUE(again.earlier);
    EXPECT_EQ(again.submission, first.submission);
    EXPECT_EQ(again.states, (States{stored, refused}));
    EXPECT_EQ(again.answer, "biên nhận 2");
    EXPECT_EQ(again.counts.in_state, first.counts.in_state);
    EXPECT_EQ(history().size(), 1U);
    EXPECT_EQ(faces.store->tally()->messages, 1);
}

TEST_F(SqliteStore, AppliesAMessageOnceThoughItStandsTwiceInOneCommit)
{
    std::vector<std::future<Result<Applied>>> answers;
    for (int i = 0; i < 300; ++i)
        answers.push_back(
            start(*faces.store, application(1 + i / 3, i, {accepted_record(0, {observation("A", std::to_string(i / 3))})})));
    int fresh = 0;
    for (auto& answer : answers)
        fresh += answer.get()->earlier ? 0 : 1;
    EXPECT_EQ(fresh, 100);
    EXPECT_EQ(history().size(), 100U);
}

TEST_F(SqliteStore, SetsARefusedRecordAsideWithItsProblems)
{
    const Applied applied =
        apply(*faces.store, application(9, 3, {accepted_record(0, {observation("A", "1")}), refused_record(1, "mười")}));
    EXPECT_EQ(applied.states, (States{stored, refused}));
    const auto entries = faces.store->quarantine(std::nullopt, "", 0, 10).value();
    ASSERT_EQ(entries.size(), 1U);
    EXPECT_EQ(entries[0].message, 9);
    EXPECT_EQ(entries[0].record, 1U);
    EXPECT_EQ(entries[0].flow, "monthly");
    EXPECT_EQ(entries[0].excerpt, "{\"giaTri\":\"mười\"}");
    EXPECT_EQ(entries[0].problems, refused_record(1, "mười").problems);
    EXPECT_EQ(entries[0].since, at(4));
    EXPECT_EQ(faces.store->newest_refusals(5)->size(), 1U);
    EXPECT_TRUE(faces.store->quarantine(refused, "yearly", 0, 10)->empty());
    EXPECT_TRUE(faces.store->quarantine(waiting, "", 0, 10)->empty());
    EXPECT_TRUE(faces.store->quarantine(refused, "", entries[0].id, 10)->empty());
}

TEST_F(SqliteStore, AppliesNothingOfAnAtomicSubmissionWithARefusedRecord)
{
    Application atomic = application(
        1, 1, {accepted_record(0, {observation("A", "1")}), refused_record(1, "x"), accepted_record(2, {observation("B", "1")})});
    atomic.mode = Mode::atomic;
    const Applied applied = apply(*faces.store, atomic);
    EXPECT_EQ(applied.states, (States{waiting, refused, waiting}));
    EXPECT_TRUE(history().empty());
    EXPECT_TRUE(faces.store->accepted_of(applied.submission)->empty());
    EXPECT_EQ(faces.store->quarantine(waiting, "", 0, 10)->size(), 2U);

    Application whole =
        application(2, 2, {accepted_record(0, {observation("A", "1")}), accepted_record(1, {observation("B", "1")})});
    whole.mode = Mode::atomic;
    EXPECT_EQ(apply(*faces.store, whole).states, (States{stored, stored}));
}

TEST_F(SqliteStore, KeepsFactsByTheirKeyAndTheNewestVersionSpeaks)
{
    const auto telling = [](std::uint32_t record, const std::string& key, const std::string& state) {
        Verdict verdict = accepted_record(record, {});
        verdict.facts = {{"dossier", key, {{"trangThai", state}, {"ngayNhan", "2026-03-01"}}}};
        return verdict;
    };
    EXPECT_EQ(apply(*faces.store, application(1, 1, {telling(0, "H2", "1"), telling(1, "H1", "1")})).states,
              (States{stored, stored}));
    EXPECT_EQ(apply(*faces.store, application(2, 2, {telling(0, "H1", "9"), telling(1, "H2", "1")})).states,
              (States{stored, unchanged}));
    const auto facts = faces.store->facts("dossier", "", 10).value();
    ASSERT_EQ(facts.size(), 2U);
    EXPECT_EQ(facts[0].key, "H1");
    EXPECT_EQ(facts[0].fields[0].second, "9");
    EXPECT_EQ(faces.store->facts("dossier", "H1", 10)->size(), 1U);
    EXPECT_TRUE(faces.store->facts("document", "", 10)->empty());
}

TEST_F(SqliteStore, ClosesAQuarantinedRecordOnceWithItsReason)
{
    apply(*faces.store, application(1, 1, {refused_record(0, "x")}));
    const std::int64_t id = faces.store->quarantine(std::nullopt, "", 0, 1).value()[0].id;
    ASSERT_TRUE(faces.store->close_quarantined(id, "gửi lại bằng văn bản (Nguyễn A)", at(50)).ok());
    const auto entry = faces.store->quarantine(closed, "", 0, 1).value().at(0);
    EXPECT_EQ(entry.reason, "gửi lại bằng văn bản (Nguyễn A)");
    EXPECT_EQ(entry.since, at(50));
    EXPECT_EQ(faces.store->close_quarantined(id, "again", at(51)).problem().code, "store.quarantine_settled");
    EXPECT_EQ(faces.store->close_quarantined(99, "none", at(51)).problem().code, "store.quarantine_unknown");
    EXPECT_EQ((*faces.store->tally())[closed], 1);
}

TEST_F(SqliteStore, TakesBackASubmissionWhoseAnswerCouldNotBeMade)
{
    auto failing = start(*faces.store, application(1, 1, {accepted_record(0, {observation("A", "1")})}),
                         [](const Application&, const Applied&) -> Told { throw std::runtime_error("no answer"); });
    auto beside = start(*faces.store, application(2, 2, {accepted_record(0, {observation("B", "1")})}));
    EXPECT_EQ(failing.get().problem().code, "store.rejected");
    EXPECT_TRUE(beside.get().ok());
    EXPECT_EQ(history().size(), 1U);
    EXPECT_FALSE(faces.store->submission_of(1)->has_value());
}

TEST_F(SqliteStore, FindsObservationsByKeyPeriodAndPage)
{
    std::vector<Observation> all;
    for (const char* period : {"2025-12", "2026", "2026-01", "2026-Q1", "2026-03", "2027"})
        for (const char* indicator : {"A", "B"})
            all.push_back(observation(indicator, "1", period));
    all.push_back(observation("A", "1"));
    all.back().key.area = "GSO:31";
    apply(*faces.store, application(1, 1, {accepted_record(0, all)}));
    EXPECT_EQ(find("A").size(), 7U);
    EXPECT_EQ(find("A", "2026", "2026").size(), 5U) << "a year takes in its quarters and months";
    EXPECT_EQ(find("", "2026-01", "2026-03", "GSO:33").size(), 4U);
    EXPECT_EQ(find("", "", "", "GSO:31").size(), 1U);
    EXPECT_TRUE(find("", "", "", "", "H34").empty());

    std::size_t seen = 0;
    ObservationFilter page;
    page.limit = 4;
    for (auto rows = faces.store->observations(page).value(); !rows.empty(); rows = faces.store->observations(page).value()) {
        EXPECT_GT(rows.front().id, page.after);
        seen += rows.size();
        page.after = rows.back().id;
    }
    EXPECT_EQ(seen, all.size());
    EXPECT_EQ(faces.store->newest_revisions(2).value()[0].id, page.after);
}

TEST_F(SqliteStore, KnowsWhenAnAgencyFirstToldAnyFigureOfAnIndicatorForAPeriod)
{
    apply(*faces.store, application(1, 100, {accepted_record(0, {observation("A_I_1", "1", "2026-03"), observation("A_V_1", "1", "2026-03")})}));
    apply(*faces.store, application(2, 200, {accepted_record(0, {observation("A_I_1", "2", "2026-03"), observation("A_I_1", "1", "2026-04")})}));
    Observation other_measure = observation("A_I_1", "9", "2026-03");
    other_measure.key.measure = "CUMULATIVE";
    apply(*faces.store, application(3, 50, {accepted_record(0, {other_measure})}));
    const auto first = faces.store->first_told("A_I_1", "2026-03", "2026-03").value();
    ASSERT_EQ(first.size(), 1U);
    EXPECT_EQ(first[0].period, "2026-03");
    EXPECT_EQ(first[0].agency, "H33.09");
    EXPECT_EQ(first[0].submission, 3) << "what was received first counts, not what was applied first";
    EXPECT_EQ(first[0].received_at, at(50));
    EXPECT_EQ(first[0].flow, "monthly");
    EXPECT_EQ(first[0].said, Said::figures);
    EXPECT_EQ(faces.store->first_told("A_I_1", "2026-01", "2026-12").value().size(), 2U);
    EXPECT_TRUE(faces.store->first_told("A_I_2", "2026-01", "2026-12").value().empty());
}

TEST_F(SqliteStore, KnowsWhatTheFiguresOfAPeriodSayNow)
{
    const auto said = [&] { return faces.store->first_told("A_I_1", "2026-03", "2026-03").value().at(0).said; };
    Observation one = observation("A_I_1", "", "2026-03");
    one.availability = Availability::not_available;
    apply(*faces.store, application(1, 1, {accepted_record(0, {one})}));
    EXPECT_EQ(said(), Said::no_figure);
    one.availability = Availability::no_case;
    apply(*faces.store, application(2, 2, {accepted_record(0, {one})}));
    EXPECT_EQ(said(), Said::no_case) << "what stands now, not what was told first";
    Observation zero = observation("A_I_1", "0.00", "2026-03");
    zero.key.measure = "CUMULATIVE";
    apply(*faces.store, application(3, 3, {accepted_record(0, {zero})}));
    EXPECT_EQ(said(), Said::zero) << "zero is a figure, though another measure has no case";
    zero.value = "0.01";
    apply(*faces.store, application(4, 4, {accepted_record(0, {zero})}));
    EXPECT_EQ(said(), Said::figures);
}

TEST_F(SqliteStore, KnowsWhatBroughtSomethingNew)
{
    apply(*faces.store, application(1, 10, {accepted_record(0, {observation("A", "1")})}));
    apply(*faces.store, application(2, 20, {accepted_record(0, {observation("A", "1")})}));
    apply(*faces.store, application(3, 30, {refused_record(0, "x")}));
    apply(*faces.store, application(4, 40, {}));
    Application again = application(3, 50, {accepted_record(0, {observation("A", "2")})});
    again.replay = true;
    apply(*faces.store, again);
    const auto brought = faces.store->brought(0, 100).value();
    ASSERT_EQ(brought.size(), 4U) << "a replay brings nothing";
    EXPECT_TRUE(brought[0].is_news);
    EXPECT_EQ(brought[0].flow, "monthly");
    EXPECT_EQ(brought[0].received_at, at(10));
    EXPECT_FALSE(brought[1].is_news) << "the same again";
    EXPECT_TRUE(brought[2].is_news) << "refused, and yet its source spoke";
    EXPECT_FALSE(brought[3].is_news) << "an empty list";
    EXPECT_EQ(faces.store->brought(brought[1].submission, 1).value().at(0).submission, brought[2].submission);
}

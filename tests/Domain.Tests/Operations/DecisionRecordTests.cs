using System.Text.Json;

namespace Stockgate.Domain.Tests.Operations;

public class DecisionRecordTests
{
    private static DecisionRecord Decided(int n) =>
        new()
        {
            Subject = "order 1001",
            DecidedAt = Given.Now.AddMinutes(n),
            Decision = $"decision {n}",
            DecidedBy = "Ann",
            Published = ["a", "b"],
            TakeBack = "undo",
            Inputs = [new DecisionInput("stock", "5", "wms", TimeSpan.FromMinutes(n))],
            Verdicts = [new RuleVerdict("floor", true, "above")],
        };

    private static List<DecisionRecord> Chain(int length)
    {
        var chain = new List<DecisionRecord>();
        for (var i = 0; i < length; i++)
            chain.Add(Decided(i).ChainedTo(chain.LastOrDefault()));
        return chain;
    }

    public static TheoryData<string> Fields =>
        [
            "Subject",
            "DecidedAt",
            "Decision",
            "DecidedBy",
            "Inputs",
            "InputValue",
            "InputAge",
            "Verdicts",
            "VerdictPassed",
            "Published",
            "PublishedOrder",
            "TakeBack",
            "TakeBackGone",
            "PreviousHash",
            "Hash",
        ];

    [Fact]
    public void A_chain_as_it_was_written_is_whole()
    {
        var chain = Chain(4);
        Assert.Null(DecisionRecord.FirstBreak(chain));
        Assert.Null(DecisionRecord.FirstBreak([]));
        Assert.Equal([1, 2, 3, 4], chain.Select(r => r.Number));
        Assert.Equal("", chain[0].PreviousHash);
        Assert.Equal(chain[0].Hash, chain[1].PreviousHash);
        Assert.Equal(4, chain.Select(r => r.Hash).Distinct().Count());
    }

    [Fact]
    public void A_chain_is_whole_after_it_was_stored() =>
        Assert.Null(
            DecisionRecord.FirstBreak(
                Chain(3)
                    .Select(r =>
                        JsonSerializer.Deserialize(
                            JsonSerializer.Serialize(r, OperationsJson.Default.DecisionRecord),
                            OperationsJson.Default.DecisionRecord
                        )!
                    )
            )
        );

    [Theory, MemberData(nameof(Fields))]
    public void A_changed_field_is_found_at_its_record(string field)
    {
        for (var at = 0; at < 4; at++)
        {
            var chain = Chain(4);
            var r = chain[at];
            chain[at] = field switch
            {
                "Subject" => r with { Subject = "order 1002" },
                "DecidedAt" => r with { DecidedAt = r.DecidedAt.AddTicks(1) },
                "Decision" => r with { Decision = "other" },
                "DecidedBy" => r with { DecidedBy = "Bob" },
                "Inputs" => r with { Inputs = [] },
                "InputValue" => r with { Inputs = [r.Inputs[0] with { Value = "6" }] },
                "InputAge" => r with { Inputs = [r.Inputs[0] with { Age = null }] },
                "Verdicts" => r with { Verdicts = [.. r.Verdicts, r.Verdicts[0]] },
                "VerdictPassed" => r with { Verdicts = [r.Verdicts[0] with { Passed = false }] },
                "Published" => r with { Published = ["a"] },
                "PublishedOrder" => r with { Published = ["b", "a"] },
                "TakeBack" => r with { TakeBack = "other" },
                "TakeBackGone" => r with { TakeBack = null },
                "PreviousHash" => r with { PreviousHash = new string('0', 64) },
                _ => r with { Hash = new string('0', 64) },
            };
            Assert.Equal(at + 1, DecisionRecord.FirstBreak(chain));
        }
    }

    [Fact]
    public void A_record_written_anew_with_a_fitting_hash_is_found_at_the_next_one()
    {
        var chain = Chain(4);
        chain[1] = (chain[1] with { DecidedBy = "Bob" }).ChainedTo(chain[0]);
        Assert.Equal(3, DecisionRecord.FirstBreak(chain));
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 3)]
    [InlineData(2, 4)]
    public void A_missing_record_is_found_at_the_one_behind_it(int missing, int found)
    {
        var chain = Chain(4);
        chain.RemoveAt(missing);
        Assert.Equal(found, DecisionRecord.FirstBreak(chain));
    }

    [Fact]
    public void Two_records_that_changed_places_are_found_at_the_first_of_them()
    {
        var chain = Chain(4);
        (chain[1], chain[2]) = (chain[2], chain[1]);
        Assert.Equal(3, DecisionRecord.FirstBreak(chain));
    }

    [Fact]
    public void A_record_that_stands_twice_is_found()
    {
        var chain = Chain(3);
        chain.Insert(2, chain[1]);
        Assert.Equal(2, DecisionRecord.FirstBreak(chain));
    }

    [Fact]
    public void A_changed_number_is_found()
    {
        var chain = Chain(3);
        chain[1] = chain[1] with { Number = 7 };
        Assert.NotNull(DecisionRecord.FirstBreak(chain));
    }

    [Fact]
    public void Chaining_passes_over_a_hash_that_the_caller_gave() =>
        Assert.Equal(
            Decided(0).ChainedTo(null),
            (Decided(0) with { Hash = "x", Number = 9, PreviousHash = "y" }).ChainedTo(null) with
            {
                Inputs = Decided(0).Inputs,
            },
            Same
        );

    private static bool Same(DecisionRecord a, DecisionRecord b) =>
        a.Hash == b.Hash && a.Number == b.Number && a.PreviousHash == b.PreviousHash;
}

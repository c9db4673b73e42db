namespace Stockgate.Domain.Tests.Ingest;

public class EventHeaderTests
{
    [Fact]
    public void A_key_names_source_and_id() => Assert.Equal("erp#e1", Given.Header("e1").Key);

    [Fact]
    public void Two_events_never_share_a_key()
    {
        var texts = Gen.Elements('a', '#', '%', '2', '3', '5').ListOf().Select(c => new string([.. c]));
        Prop.ForAll(
                texts.Four().ToArbitrary(),
                t =>
                    (t.Item1, t.Item2) == (t.Item3, t.Item4)
                    || Given.Header(t.Item2, source: t.Item1).Key != Given.Header(t.Item4, source: t.Item3).Key
            )
            .QuickCheckThrowOnFailure();
        Assert.NotEqual(Given.Header("c", source: "a#b").Key, Given.Header("b#c", source: "a").Key);
        Assert.NotEqual(Given.Header("c", source: "a%23b").Key, Given.Header("c", source: "a#b").Key);
    }

    [Fact]
    public void Its_version_is_its_time_sequence_source_and_id() =>
        Assert.Equal(new LevelVersion(Given.Now, 7, "erp", "e1"), Given.Header("e1", sequence: 7).Version);
}

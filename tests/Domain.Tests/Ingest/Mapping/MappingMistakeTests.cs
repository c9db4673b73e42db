namespace Stockgate.Domain.Tests.Ingest.Mapping;

public class MappingMistakeTests
{
    [Theory]
    [InlineData("""{}""", "", "events")]
    [InlineData("""{"events":[]}""", "events", "one or more")]
    [InlineData("""{"evnts":[]}""", "", "did you mean 'events'")]
    [InlineData("""{"events":[{"type":"stockgate.stock.countd.v1"}]}""", "events[0].type", "did you mean 'stockgate.stock.counted.v1'")]
    [InlineData("""{"events":[{"type":"stockgate.stock.counted.v1","id":"$.a"}]}""", "events[0]", "time")]
    [InlineData("""{"records":"orders","events":[{}]}""", "records", "begin with $")]
    public void A_mistake_is_named_by_its_place(string mapping, string field, string reason)
    {
        var mistake = Mapped.Mistake(mapping);
        Assert.Equal(field, mistake.Field);
        Assert.Contains(reason, mistake.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"@pth":"$.a"}""", "@path")]
    [InlineData("""{"@path":"$.a","@const":1}""", "one of")]
    [InlineData("""{"@path":"$.a[x]"}""", "[*]")]
    [InlineData("""{"@path":"$a"}""", "point")]
    [InlineData("""{"@path":"$.a","@time":{"zone":"Europe/Lodon"}}""", "time zone")]
    [InlineData("""{"@path":"$.a","@number":{"decimal":";"}}""", "comma")]
    [InlineData("""{"@path":"$.a","@lookup":{"map":{}}}""", "1 to")]
    [InlineData("""{"@path":"$.a","@lookup":{"map":"17"}}""", "an object")]
    [InlineData("""{"@path":"$.a","@text":{"case":"title"}}""", "upper")]
    [InlineData("""{"@path":"$.a","@when":{"path":"$.a"}}""", "exists")]
    [InlineData("""{"a":1,"a":2}""", "twice")]
    [InlineData("null", "must be")]
    [InlineData("[1]", "must be")]
    [InlineData("""{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":1}}}}}}}}}""", "deep")]
    public void A_value_that_cannot_be_made_is_refused(string value, string reason) =>
        Assert.Contains(reason, Mapped.Mistake(Mapped.Counting("location", value)).Reason, StringComparison.Ordinal);
}

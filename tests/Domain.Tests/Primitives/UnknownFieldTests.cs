using System.Text;
using Stockgate.Domain.Promotions;

namespace Stockgate.Domain.Tests.Primitives;

public class UnknownFieldTests
{
    private static string? In(string json) =>
        UnknownField.In(Encoding.UTF8.GetBytes(json), PromotionsJson.Default.PromotionRequest) is { } found
            ? $"{found.Field} {found.Reason}"
            : null;

    [Theory]
    [InlineData(
        """{"name":"a","items":["x"],"window":{"start":"2027-02-01T00:00:00"},"discount":{"percent":5,"kind":"percentOff"}}""",
        null
    )]
    [InlineData("""{"nmae":"a"}""", "nmae is not known; did you mean 'name'?")]
    [InlineData("""{"Name":"a"}""", null)]
    [InlineData("""{"window":{"strat":"x"}}""", "window.strat is not known; did you mean 'start'?")]
    [InlineData("""{"discount":{"kind":"percentOff","percnt":5}}""", "discount.percnt is not known; did you mean 'percent'?")]
    [InlineData("""{"discount":{"kind":"no such"}}""", null)]
    [InlineData("""[1]""", null)]
    public void The_first_field_that_nobody_reads_is_named_with_the_nearest_one(string json, string? says) => Assert.Equal(says, In(json));

    [Fact]
    public void A_name_without_a_near_one_lists_what_there_is() =>
        Assert.StartsWith("qqqqqq is not known; known are name, ", In("""{"qqqqqq":1}"""), StringComparison.Ordinal);

    [Fact]
    public void A_name_of_a_megabyte_is_shown_short() =>
        Assert.InRange(In($$"""{"{{new string('n', 1_000_000)}}":1}""")!.Length, 60, 1_000);

    [Theory]
    [InlineData("chanels", "channels"), InlineData("CHANNELS", "channels"), InlineData("quantity", null), InlineData("itmes", "items")]
    public void The_nearest_name_is_one_of_few_typing_mistakes(string typed, string? meant) =>
        Assert.Equal(meant, NearestName.To(typed, ["channels", "items", "regions"]));
}

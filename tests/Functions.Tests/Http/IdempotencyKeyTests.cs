using Microsoft.AspNetCore.Http;
using Stockgate.Platform;
using Stockgate.Platform.Http.Idempotency;

namespace Stockgate.Functions.Tests.Http;

/// <summary>What can be an Idempotency-Key.</summary>
public class IdempotencyKeyTests
{
    private static string? In(params string[] sent)
    {
        var request = new DefaultHttpContext().Request;
        if (sent.Length > 0)
            request.Headers[IdempotencyKey.Header] = sent;
        return IdempotencyKey.In(request);
    }

    [Fact]
    public void A_key_has_up_to_255_visible_characters()
    {
        Assert.Null(In());
        Assert.Equal("!", In("!"));
        Assert.Equal(new string('~', 255), In(new string('~', 255)));
    }

    [Theory]
    [InlineData(""), InlineData("a b"), InlineData("schlüssel"), InlineData("a\u007f"), InlineData("a", "a")]
    public void Anything_else_is_refused(params string[] sent)
    {
        var refused = Assert.Throws<ProblemException>(() => In(sent));
        Assert.Equal((400, "unfit-idempotency-key"), (refused.Status, refused.Slug));
    }

    [Fact]
    public void A_longer_one_is_refused() => Assert.Throws<ProblemException>(static () => In(new string('a', 256)));
}

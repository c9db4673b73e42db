using Stockgate.Platform.Approvals.Links;

namespace Stockgate.Functions.Tests.Approvals;

public class LinkTokenTests
{
    [Fact]
    public void A_token_reads_back_as_itself_and_as_nothing_else()
    {
        var tokens = Enumerable.Range(0, 1000).Select(static _ => LinkToken.New()).ToList();
        Assert.Equal(1000, tokens.Select(static t => t.Digest).Distinct().Count());
        foreach (var token in tokens)
            Assert.Equal(token.Digest, LinkToken.Read(token.Secret)!.Digest);
    }

    [Fact]
    public void A_token_has_one_spelling()
    {
        var secret = LinkToken.New().Secret;
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        // The last character carries four bits; of the four characters that begin with them one is right.
        Assert.Single(alphabet, last => LinkToken.Read(secret[..^1] + last)?.Digest == LinkToken.Read(secret)!.Digest);
        Assert.Equal(16, alphabet.Count(last => LinkToken.Read(secret[..^1] + last) is not null));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("../../../../etc/passwd")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA+/A")]
    [InlineData(" AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void What_can_t_be_a_token_is_none(string? text) => Assert.Null(LinkToken.Read(text));

    [Fact]
    public void A_token_is_not_printed() => Assert.Equal(8, LinkToken.New().ToString().Length);
}

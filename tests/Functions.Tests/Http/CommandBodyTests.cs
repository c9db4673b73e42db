using System.Text;
using Microsoft.AspNetCore.Http;
using Stockgate.Platform;

namespace Stockgate.Functions.Tests.Http;

public class CommandBodyTests
{
    private sealed record Command(string? Reason);

    private static HttpRequest Request(string body) =>
        new DefaultHttpContext { Request = { Body = new MemoryStream(Encoding.UTF8.GetBytes(body)) } }.Request;

    [Theory]
    [InlineData("""{"raeson":"x"}""", "raeson is not known; did you mean 'reason'?")]
    [InlineData("""{"reason":1}""", "reason has the wrong form for its field")]
    [InlineData("null", "body is null")]
    public async Task A_mistake_is_named_with_the_expected_form(string body, string says)
    {
        var refused = await Assert.ThrowsAsync<ProblemException>(() =>
            CommandBody.ReadAsync<Command>(Request(body), "{\"reason\":\"why\"}", default)
        );
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
        Assert.Contains("Send {\"reason\":\"why\"}", refused.Message, StringComparison.Ordinal);
    }

    [Theory, InlineData(""), InlineData("{}")]
    public Task A_command_without_fields_takes_an_empty_body(string body) => CommandBody.RequireNoFieldsAsync(Request(body), default);

    [Fact]
    public async Task A_command_without_fields_refuses_one() =>
        Assert.Contains(
            "reason is not known: this takes no fields",
            (
                await Assert.ThrowsAsync<ProblemException>(() => CommandBody.RequireNoFieldsAsync(Request("""{"reason":"x"}"""), default))
            ).Message,
            StringComparison.Ordinal
        );
}

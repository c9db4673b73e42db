using System.Net;
using System.Text;
using Stockgate.Platform.Signatures;
using static Stockgate.Platform.Signatures.SignatureVerdict;

namespace Stockgate.Functions.Tests.Signatures;

public class KnownClientTests
{
    private static readonly byte[] Password = Encoding.UTF8.GetBytes("s:cret ü"),
        Other = Encoding.UTF8.GetBytes("other");

    private static string Basic(string text) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    [Fact]
    public void User_and_either_password_are_valid()
    {
        Assert.Equal(Valid, BasicAuthentication.Verify([Password], "till", Basic("till:s:cret ü")));
        Assert.Equal(Valid, BasicAuthentication.Verify([Other, Password], "till", Basic("till:s:cret ü")));
    }

    [Theory]
    [InlineData("till:wrong")]
    [InlineData("other:s:cret ü")]
    [InlineData("till")]
    [InlineData("")]
    public void Another_user_or_password_is_wrong(string text) =>
        Assert.Equal(Wrong, BasicAuthentication.Verify([Password], "till", Basic(text)));

    [Fact]
    public void Without_a_password_of_the_channel_nobody_is_valid() =>
        Assert.Equal(Wrong, BasicAuthentication.Verify([], "till", Basic("till:")));

    [Theory]
    [InlineData(null, Missing)]
    [InlineData("", Missing)]
    [InlineData("Bearer x", Missing)]
    [InlineData("Basic !", Wrong)]
    public void What_is_no_basic_authentication_is_refused(string? header, SignatureVerdict verdict) =>
        Assert.Equal(verdict, BasicAuthentication.Verify([Password], "till", header));

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1", null, Valid)]
    [InlineData("127.0.0.1", null, "127.0.0.1:4711", Valid)]
    [InlineData("::1", "::1", null, Valid)]
    [InlineData("10.0.0.1", null, "127.0.0.1:4711", Wrong)]
    [InlineData("127.0.0.1", "10.0.0.1", "127.0.0.1:4711", Wrong)]
    [InlineData("10.0.0.1", "10.0.0.1", null, Wrong)]
    [InlineData("127.0.0.1", "10.0.0.1, 127.0.0.1", null, Wrong)]
    [InlineData("127.0.0.1", "10.0.0.1:4711", null, Wrong)]
    [InlineData("127.0.0.1", "", "", Wrong)]
    [InlineData("127.0.0.1", null, null, Wrong)]
    [InlineData(null, "127.0.0.1", null, Wrong)]
    public void Unsigned_requests_are_of_this_machine_alone(
        string? client,
        string? forwardedFor,
        string? originalFor,
        SignatureVerdict verdict
    ) => Assert.Equal(verdict, LoopbackClient.Verify(client is null ? null : IPAddress.Parse(client), forwardedFor, originalFor));
}

using Microsoft.Extensions.Options;
using Stockgate.Functions.Tests.Settings;
using Stockgate.Platform.Mail;

namespace Stockgate.Functions.Tests.Mail;

public class MailOptionsTests
{
    [Theory]
    [InlineData("Mail__Host", "From=a@b.example")]
    [InlineData("Mail__PickupFolder", "Host=smtp.example.com;PickupFolder=/tmp/x;From=a@b.example")]
    [InlineData("Mail__From", "Host=smtp.example.com")]
    [InlineData("Mail__From", "Host=smtp.example.com;From=Eve <a@b.example>")]
    [InlineData("Mail__Password", "Host=smtp.example.com;From=a@b.example;User=x")]
    [InlineData("Mail__User", "Host=smtp.example.com;From=a@b.example;Password=x")]
    [InlineData("Mail__ImplicitTls", "Host=smtp.example.com;From=a@b.example;ImplicitTls=yes")]
    [InlineData("Mail__Port", "Host=smtp.example.com;From=a@b.example;Port=70000")]
    [InlineData("Mail__Port", "Host=smtp.example.com;From=a@b.example;Port=+25")]
    [InlineData("Mail__Host", "Host=smtp.example.com:25;From=a@b.example")]
    [InlineData("Mail__Timeout", "Host=smtp.example.com;From=a@b.example;Timeout=00:00:00")]
    public void A_setting_that_can_t_be_used_is_named_at_the_start(string named, string settings)
    {
        var refused = Assert.Throws<OptionsValidationException>(() => Read(settings));
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("smtp.example.com", true)]
    [InlineData("10.0.0.4", true)]
    [InlineData("localhost.evil.example", true)]
    [InlineData("localhost", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("::1", false)]
    public void Encryption_is_needed_everywhere_but_on_this_machine(string host, bool needed) =>
        Assert.Equal(needed, Read($"Host={host};From=a@b.example").RequiresTls);

    [Theory]
    [InlineData("Port=465", true)]
    [InlineData("Port=587", false)]
    [InlineData("Port=465;ImplicitTls=false", false)]
    [InlineData("Port=2465;ImplicitTls=true", true)]
    public void Port_465_is_encrypted_from_the_start(string settings, bool fromTheStart) =>
        Assert.Equal(fromTheStart, Read($"Host=smtp.example.com;From=a@b.example;{settings}").TlsFromTheStart);

    [Fact]
    public void A_password_is_not_printed() =>
        Assert.Equal("smtp.example.com:587", $"{Read("Host=smtp.example.com;From=a@b.example;User=u;Password=hunter2")}");

    [Fact]
    public void Nothing_set_is_no_mail() => Assert.False(Read("").Configured);

    private static MailOptions Read(string settings) =>
        App.Made<MailOptions>(
            settings
                .Split(';', StringSplitOptions.RemoveEmptyEntries)
                .Select(static s => s.Split('=', 2))
                .Select(static s => ("Mail:" + s[0], (string?)s[1]))
        );
}

using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Stockgate.Platform.Mail;

namespace Stockgate.Functions.Tests.Mail;

/// <summary>Mail to a server that speaks TLS from the first byte.</summary>
public class EncryptedMailTests
{
    private static readonly OutgoingMail Mail = new()
    {
        To = "mia@example.com",
        Subject = "Approve",
        Text = "text",
        Html = "<p>html</p>",
        MessageId = "m-1@stock.example",
    };

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
    }

    private static Mailer To(SmtpStub server, RemoteCertificateValidationCallback? trust = null)
    {
        var settings = MailerTests.Settings(("Host", "localhost"), ("Port", $"{server.Port}"), ("ImplicitTls", "true"));
        return new Mailer(settings, TimeProvider.System) { Trust = trust };
    }

    [Fact]
    public async Task A_mail_goes_through_a_connection_that_is_encrypted_from_its_first_byte()
    {
        using var certificate = Certificate();
        await using var server = new SmtpStub(certificate: certificate);
        using var mailer = To(server, (_, shown, _, _) => shown?.GetCertHashString() == certificate.GetCertHashString());
        Assert.Equal(new MailOutcome.Sent("m-1@stock.example"), await mailer.SendAsync(Mail, default));
        Assert.Equal("<p>html</p>", ReadMail.Of(Assert.Single(server.Received).Data).Html);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_refused_and_nothing_is_said()
    {
        using var certificate = Certificate();
        await using var server = new SmtpStub(certificate: certificate);
        using var mailer = To(server);
        var failed = Assert.IsType<MailOutcome.Failed>(await mailer.SendAsync(Mail, default));
        Assert.False(failed.Permanent);
        Assert.StartsWith("No encrypted connection to localhost:", failed.Words, StringComparison.Ordinal);
        Assert.Empty(server.Commands);
    }
}

using System.Diagnostics;
using Stockgate.Domain.Events;
using Stockgate.Functions.Tests.Settings;
using Stockgate.Platform.Mail;

namespace Stockgate.Functions.Tests.Mail;

public sealed class MailerTests : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), "stockgate-mail-" + Guid.NewGuid().ToString("N"));

    private static readonly OutgoingMail Mail = new()
    {
        To = "mia@example.com",
        ToName = "Mia Łoś",
        Subject = "Approve: refund of £40.00 – until 14:30",
        Text = "Line one\n.\n.. a dot alone\n" + new string('x', 2000),
        Html = "<p>Żółć 日本 &amp;</p>",
        MessageId = "m-1@stock.example",
    };

    public void Dispose()
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_mail_arrives_whole_in_both_forms()
    {
        await using var server = new SmtpStub();
        using var mailer = To(server);
        Assert.Equal(new MailOutcome.Sent("m-1@stock.example"), await mailer.SendAsync(Mail, default));
        var received = Assert.Single(server.Received);
        Assert.Equal(
            ("MAIL FROM:<stock@stock.example>", "RCPT TO:<mia@example.com>"),
            (received.From.Split(" BODY")[0], Assert.Single(received.To))
        );
        var mail = ReadMail.Of(received.Data);
        Assert.Equal(Mail.Text.ReplaceLineEndings("\r\n"), mail.Text);
        Assert.Equal(Mail.Html, mail.Html);
        Assert.Equal(Mail.Subject, mail["subject"]);
        Assert.Equal("<m-1@stock.example>", mail["message-id"]);
        Assert.Contains("Mia Łoś", mail["to"], StringComparison.Ordinal);
        Assert.Contains("<mia@example.com>", mail["to"], StringComparison.Ordinal);
        Assert.Equal("auto-generated", mail["auto-submitted"]);
        Assert.Single(mail.Headers["date"]);
        Assert.Empty(mail.Headers["bcc"]);
    }

    [Theory]
    [InlineData("RCPT", "550 no such user", true, "550")]
    [InlineData("RCPT", "451 try later", false, "451")]
    [InlineData("TAKEN", "554 looks like spam", true, "554")]
    [InlineData("MAIL", "421 too busy", false, "421")]
    [InlineData("RCPT", "close", false, "")]
    [InlineData("CONNECT", "close", false, "")]
    [InlineData("DATA", "close", false, "")]
    [InlineData("CONNECT", "554 go away", true, "554")]
    public async Task What_a_server_refuses_is_an_outcome_in_words(string command, string answer, bool permanent, string says)
    {
        await using var server = new SmtpStub(said => said == command ? answer : null);
        using var mailer = To(server);
        var failed = Assert.IsType<MailOutcome.Failed>(await mailer.SendAsync(Mail, default));
        Assert.Equal(permanent, failed.Permanent);
        Assert.Contains(says, failed.Words, StringComparison.Ordinal);
        Assert.Contains($"127.0.0.1:{server.Port}", failed.Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CONNECT")]
    [InlineData("RCPT")]
    [InlineData("TAKEN")]
    public async Task A_server_that_says_nothing_is_given_up_in_time(string command)
    {
        await using var server = new SmtpStub(said => said == command ? "" : null);
        using var mailer = new Mailer(
            Settings(("Host", "127.0.0.1"), ("Port", $"{server.Port}"), ("Timeout", "00:00:01")),
            TimeProvider.System
        );
        var started = Stopwatch.GetTimestamp();
        Assert.Equal(
            new MailOutcome.Failed($"127.0.0.1:{server.Port} did not answer within 1 s.", Permanent: false),
            await mailer.SendAsync(Mail, default)
        );
        Assert.True(Stopwatch.GetElapsedTime(started) >= TimeSpan.FromSeconds(0.9), "It gave up before its second was over.");
    }

    // Reported as failed it would be sent to the person a second time.
    [Theory]
    [InlineData("close")]
    [InlineData("")]
    public async Task A_mail_that_the_server_took_is_sent_whatever_becomes_of_the_goodbye(string goodbye)
    {
        await using var server = new SmtpStub(command => command == "QUIT" ? goodbye : null);
        var settings = Settings(("Host", "127.0.0.1"), ("Port", $"{server.Port}"), ("Timeout", "00:00:10"));
        using var mailer = new Mailer(settings, TimeProvider.System);
        Assert.IsType<MailOutcome.Sent>(await mailer.SendAsync(Mail, default));
        Assert.Single(server.Received);
    }

    [Fact]
    public async Task Nobody_at_the_port_is_an_outcome_and_no_fault_of_the_recipient()
    {
        int port;
        await using (var server = new SmtpStub())
            port = server.Port;
        using var mailer = new Mailer(Settings(("Host", "127.0.0.1"), ("Port", $"{port}")), TimeProvider.System);
        Assert.False(Assert.IsType<MailOutcome.Failed>(await mailer.SendAsync(Mail, default)).Permanent);
    }

    [Fact]
    public async Task To_another_machine_nothing_is_said_without_encryption()
    {
        await using var server = new SmtpStub();
        // Not recognized as this machine, though it leads there.
        using var mailer = new Mailer(
            Settings(("Host", "localhost."), ("Port", $"{server.Port}"), ("User", "stock"), ("Password", "secret")),
            TimeProvider.System
        );
        var failed = Assert.IsType<MailOutcome.Failed>(await mailer.SendAsync(Mail, default));
        Assert.DoesNotContain("secret", failed.Words, StringComparison.Ordinal);
        Assert.Empty(server.Received);
        Assert.DoesNotContain(
            server.Commands,
            static command => command.StartsWith("AUTH", StringComparison.Ordinal) || command.StartsWith("MAIL", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_caller_that_gives_up_is_let_go()
    {
        await using var server = new SmtpStub(static said => said == "CONNECT" ? "" : null);
        using var mailer = To(server);
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => mailer.SendAsync(Mail, patience.Token));
    }

    [Theory]
    [InlineData("Subject\r\nBcc: eve@evil.example")]
    [InlineData("Subject\nBcc: eve@evil.example\n\n<b>body</b>")]
    [InlineData("a\0b\u0085Bcc: eve@evil.example\u2028Bcc: eve@evil.example")]
    [InlineData("pay \u202E00.1\u202C now \u2066x\u2069 \u200F")]
    [InlineData("=?utf-8?Q?=0D=0ABcc:_eve@evil.example?=")]
    public async Task Nothing_in_a_field_becomes_a_header_or_turns_the_text_around(string evil)
    {
        await using var server = new SmtpStub();
        using var mailer = To(server);
        Assert.IsType<MailOutcome.Sent>(
            await mailer.SendAsync(Mail with { Subject = evil, ToName = (char)0xD800 + evil + "\" <eve@evil.example>, \\" }, default)
        );
        var received = Assert.Single(server.Received);
        Assert.Equal("RCPT TO:<mia@example.com>", Assert.Single(received.To));
        var mail = ReadMail.Of(received.Data);
        Assert.Empty(mail.Headers["bcc"]);
        Assert.Single(mail.Headers["subject"]);
        Assert.DoesNotContain("<eve@", mail["to"], StringComparison.Ordinal);
        foreach (var header in new[] { mail["subject"], mail["to"] })
            Assert.DoesNotContain(
                header,
                static c =>
                    char.IsControl(c) || c is >= '\u200E' and <= '\u200F' or >= '\u2028' and <= '\u202E' or >= '\u2066' and <= '\u2069'
            );
    }

    [Fact]
    public async Task A_very_long_subject_and_name_are_cut()
    {
        await using var server = new SmtpStub();
        using var mailer = To(server);
        await mailer.SendAsync(
            Mail with
            {
                Subject = new string('s', 100_000),
                ToName = string.Concat(Enumerable.Repeat("😀", 50_000)),
            },
            default
        );
        var mail = ReadMail.Of(Assert.Single(server.Received).Data);
        Assert.Equal(new string('s', 199) + "…", mail["subject"]);
        Assert.True(mail["to"].Length < 150);
    }

    [Theory]
    [InlineData("")]
    [InlineData("mia")]
    [InlineData("mia@example.com\r\nRCPT TO:<eve@evil.example>")]
    [InlineData("mia@example.com, eve@evil.example")]
    [InlineData("Mia <mia@example.com>")]
    [InlineData("\"mia eve@evil.example\"@example.com")]
    [InlineData("mia@[127.0.0.1]")]
    [InlineData("mia@exämple.com")]
    [InlineData("mia@example.com ")]
    [InlineData("m..ia@example.com.")]
    public async Task An_address_that_is_not_one_is_never_sent_to(string address)
    {
        await using var server = new SmtpStub();
        using var mailer = To(server);
        Assert.True(Assert.IsType<MailOutcome.Failed>(await mailer.SendAsync(Mail with { To = address }, default)).Permanent);
        Assert.True(
            Assert
                .IsType<MailOutcome.Failed>(
                    await mailer.SendAsync(Mail with { To = new string('a', 64) + "@" + new string('b', 200) + ".example" }, default)
                )
                .Permanent
        );
        Assert.Empty(server.Commands);
    }

    [Fact]
    public async Task A_message_id_with_a_line_break_is_a_fault()
    {
        using var mailer = new Mailer(Settings(("PickupFolder", folder)), TimeProvider.System);
        await Assert.ThrowsAsync<ArgumentException>(() =>
            mailer.SendAsync(Mail with { MessageId = "a@b>\r\nBcc: eve@evil.example" }, default)
        );
        Assert.NotEqual(mailer.NewMessageId(), mailer.NewMessageId());
        Assert.EndsWith("@stock.example", mailer.NewMessageId(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pickup_folder_never_shows_half_a_file()
    {
        using var mailer = new Mailer(Settings(("PickupFolder", folder)), new FakeTime());
        Directory.CreateDirectory(folder);
        using var ended = new CancellationTokenSource();
        var (looks, seen) = (0, new HashSet<string>());
        var reader = Task.Run(() =>
        {
            while (!ended.IsCancellationRequested)
            {
                foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.TopDirectoryOnly))
                    if (seen.Add(file))
                        Assert.Equal(Mail.Html, ReadMail.Of(File.ReadAllText(file)).Html);
                looks++;
            }
        });
        await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => mailer.SendAsync(Mail, default)));
        await Outbound.StubChannel.UntilAsync(() => looks > 2, "the reader looked");
        await ended.CancelAsync();
        await reader;
        Assert.Equal(60, Directory.GetFiles(folder, "20260301T080000000-*.eml").Length);
        Assert.Empty(Directory.GetDirectories(Path.Combine(folder, ".unfinished")));
    }

    [Fact]
    public async Task A_folder_that_can_t_be_written_is_an_outcome()
    {
        await File.WriteAllTextAsync(folder, "a file, not a folder");
        using var mailer = new Mailer(Settings(("PickupFolder", folder)), TimeProvider.System);
        Assert.False(Assert.IsType<MailOutcome.Failed>(await mailer.SendAsync(Mail, default)).Permanent);
        File.Delete(folder);
    }

    [Fact]
    public async Task Without_settings_it_says_which_are_missing()
    {
        using var mailer = new Mailer(new MailOptions(), TimeProvider.System);
        Assert.False(mailer.Configured);
        Assert.Equal(
            new MailOutcome.Failed("Mail is not set up: set Mail__From, and Mail__Host or Mail__PickupFolder.", Permanent: false),
            await mailer.SendAsync(Mail, default)
        );
    }

    internal static MailOptions Settings(params (string Name, string Value)[] settings) =>
        App.Made<MailOptions>(settings.Append(("From", "stock@stock.example")).Select(static s => ("Mail:" + s.Item1, (string?)s.Item2)));

    private static Mailer To(SmtpStub server) => new(Settings(("Host", "127.0.0.1"), ("Port", $"{server.Port}")), new FakeTime());
}

using System.Text;
using Stockgate.Domain.Events;
using Stockgate.Platform.Signatures;
using static Stockgate.Platform.Signatures.SignatureVerdict;

namespace Stockgate.Functions.Tests.Signatures;

public class StandardWebhooksSignatureTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 9, 30, 0, TimeSpan.Zero);
    private static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(i => (byte)i)],
        OtherKey = [.. Enumerable.Range(101, 32).Select(i => (byte)i)];
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"id":"e1"}""");
    private static readonly string Timestamp = Now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string Signed(byte[]? key = null, string id = "msg_1", DateTimeOffset? at = null) =>
        StandardWebhooksSignature.Sign(key ?? Key, id, at ?? Now, Body);

    private static SignatureVerdict Verify(
        string? signatures,
        string? id = "msg_1",
        string? timestamp = null,
        DateTimeOffset? now = null,
        byte[][]? secrets = null
    ) => StandardWebhooksSignature.Verify(secrets ?? [Key], id, timestamp ?? Timestamp, signatures, Body, now ?? Now);

    [Fact]
    public void A_signed_delivery_is_valid() => Assert.Equal(Valid, Verify(Signed()));

    [Theory]
    [InlineData(-301, Expired)]
    [InlineData(-300, Valid)]
    [InlineData(-299, Valid)]
    [InlineData(0, Valid)]
    [InlineData(299, Valid)]
    [InlineData(300, Valid)]
    [InlineData(301, Expired)]
    [InlineData(100_000_000, Expired)]
    public void The_window_is_five_minutes_either_way(int seconds, SignatureVerdict verdict) =>
        Assert.Equal(verdict, Verify(Signed(), now: Now.AddSeconds(seconds)));

    [Fact]
    public void A_fraction_past_the_window_is_past_it() => Assert.Equal(Expired, Verify(Signed(), now: Now.AddSeconds(300).AddTicks(1)));

    [Fact]
    public void Only_who_knows_the_secret_is_told_of_an_expired_timestamp() =>
        Assert.Equal(Wrong, Verify(Signed(OtherKey), now: Now.AddDays(1)));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void A_missing_header_is_missing(string? none)
    {
        Assert.Equal(Missing, Verify(none));
        Assert.Equal(Missing, Verify(Signed(), id: none));
        Assert.Equal(Missing, StandardWebhooksSignature.Verify([Key], "msg_1", none, Signed(), Body, Now));
    }

    [Theory]
    [InlineData("now")]
    [InlineData("-1772357400")]
    [InlineData("+1772357400")]
    [InlineData("1772357400.0")]
    [InlineData(" 1772357400")]
    [InlineData("1,772,357,400")]
    [InlineData("1e9")]
    [InlineData("253402300800")]
    [InlineData("9223372036854775807")]
    [InlineData("99999999999999999999999")]
    [InlineData("٣")]
    public void A_timestamp_is_plain_unix_seconds(string timestamp) => Assert.Equal(Missing, Verify(Signed(), timestamp: timestamp));

    [Fact]
    public void The_last_second_of_the_calendar_is_expired_and_no_fault() =>
        Assert.Equal(Expired, Verify(Signed(at: DateTimeOffset.MaxValue), timestamp: "253402300799"));

    [Fact]
    public void Every_part_is_signed()
    {
        Assert.Equal(Wrong, Verify(Signed(), id: "msg_2"));
        Assert.Equal(
            Wrong,
            Verify(Signed(), timestamp: (Now.ToUnixTimeSeconds() + 1).ToString(System.Globalization.CultureInfo.InvariantCulture))
        );
        for (var i = 0; i < Body.Length; i++)
        {
            var changed = (byte[])Body.Clone();
            changed[i] ^= 1;
            Assert.Equal(Wrong, StandardWebhooksSignature.Verify([Key], "msg_1", Timestamp, Signed(), changed, Now));
        }
        Assert.Equal(Wrong, StandardWebhooksSignature.Verify([Key], "msg_1", Timestamp, Signed(), Body.AsSpan(0, Body.Length - 1), Now));
    }

    [Fact]
    public void One_right_signature_among_several_is_enough()
    {
        Assert.Equal(Valid, Verify($"{Signed(OtherKey)} {Signed()}"));
        Assert.Equal(Valid, Verify($"v2,whatever v1a,other {Signed()} v1,"));
        Assert.Equal(Wrong, Verify($"{Signed(OtherKey)} {Signed(OtherKey)}"));
    }

    [Fact]
    public void More_than_eight_signatures_are_not_looked_at()
    {
        Assert.Equal(Valid, Verify(string.Join(' ', Enumerable.Repeat(Signed(OtherKey), 7).Append(Signed()))));
        Assert.Equal(Wrong, Verify(string.Join(' ', Enumerable.Repeat(Signed(OtherKey), 8).Append(Signed()))));
    }

    [Fact]
    public void While_a_secret_is_changed_both_are_good()
    {
        Assert.Equal(Valid, Verify(Signed(Key), secrets: [OtherKey, Key]));
        Assert.Equal(Valid, Verify(Signed(OtherKey), secrets: [OtherKey, Key]));
        Assert.Equal(Wrong, Verify(Signed(Key), secrets: [OtherKey]));
        Assert.Equal(Wrong, Verify(Signed(Key), secrets: []));
    }

    public static TheoryData<string> Broken
    {
        get
        {
            var good = Signed();
            var base64 = good[3..];
            return
            [
                base64,
                $"v2,{base64}",
                $"V1,{base64}",
                $"v1{base64}",
                $"v1={base64}",
                $"v1,,{base64}",
                "v1,",
                good[..^1],
                good[..^2],
                good[..^5],
                $"{good}=",
                $"{good}AAAA",
                $"{good}{base64}",
                "v1,%%%%",
                $"v1,{new string('A', 64)}",
                $"v1,{new string('A', 65)}",
                $"v1,{new string('A', 1_000_000)}",
                $"v1,{base64.Replace('=', '!')}",
                $"v1,{base64[1..]}A",
                new string(' ', 10_000),
                "v1,é中",
            ];
        }
    }

    [Theory, MemberData(nameof(Broken))]
    public void Anything_else_is_wrong_and_no_fault(string signatures) => Assert.Equal(Wrong, Verify(signatures));

    [Theory]
    [InlineData("größe-中文")]
    [InlineData("a.b.c")]
    [InlineData("\ud800")]
    public void An_id_of_any_text_can_be_signed(string id) => Assert.Equal(Valid, Verify(Signed(id: id), id: id));

    [Fact]
    public void The_longest_id_of_three_byte_characters_fits()
    {
        Assert.Equal(Valid, Verify(Signed(id: new string('中', 256)), id: new string('中', 256)));
        Assert.Equal(Missing, Verify("v1,x", id: new string('中', 257)));
    }

    [Theory]
    [InlineData(24)]
    [InlineData(32)]
    [InlineData(64)]
    public void A_secret_is_24_to_64_bytes(int length) =>
        Assert.Equal(new byte[length], StandardWebhooksSignature.ParseSecret($"whsec_{Convert.ToBase64String(new byte[length])}"));

    [Theory]
    [InlineData("")]
    [InlineData("whsec_")]
    [InlineData("whsec_not base64!")]
    [InlineData("WHSEC_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void A_text_that_is_no_secret_is_refused(string secret) =>
        Assert.Throws<FormatException>(() => StandardWebhooksSignature.ParseSecret(secret));

    [Theory]
    [InlineData(0)]
    [InlineData(23)]
    [InlineData(65)]
    public void A_secret_of_another_length_is_refused_with_its_length(int length) =>
        Assert.Contains(
            $"{length} bytes",
            Assert
                .Throws<FormatException>(() => StandardWebhooksSignature.ParseSecret($"whsec_{Convert.ToBase64String(new byte[length])}"))
                .Message,
            StringComparison.Ordinal
        );
}

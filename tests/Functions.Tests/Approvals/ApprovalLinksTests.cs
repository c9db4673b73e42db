using System.Buffers.Text;
using System.Text;
using Stockgate.Platform.Approvals.Links;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests.Approvals;

public class ApprovalLinksTests(AzuriteFixture fixture) : LinksOnAzurite(fixture)
{
    [Fact]
    public async Task A_link_leads_to_what_it_was_made_for_and_only_its_digest_is_stored()
    {
        var expires = Time.GetUtcNow().AddHours(4).AddTicks(1);
        var issued = await Links.IssueAsync(new("c-9"), 3, "Tom Łoś", "rev|1", expires, default);
        Assert.StartsWith(Root + "api/v1/approvals/", issued.Url.AbsoluteUri, StringComparison.Ordinal);
        var token = issued.Url.Segments[^1];
        var found = await Links.FindAsync(token, default);
        Assert.Equal(
            ("c-9", 3, "Tom Łoś", "rev|1", expires),
            (found!.Case.Value, found.Invitation, found.Approver, found.Revision, found.ExpiresAt)
        );
        Assert.DoesNotContain(token, await EverythingStoredAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(token, $"{issued} {found}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hundred_thousand_forged_links_lead_nowhere()
    {
        var random = new Random(20261121);
        var real = new List<string>();
        for (var i = 0; i < 20; i++)
            real.Add((await Links.IssueAsync(new($"f-{i}"), 1, "Mia", "r", Time.GetUtcNow().AddHours(1), default)).Url.Segments[^1]);
        var forged = new List<string>();
        for (var i = 0; i < 40_000; i++)
            forged.Add(Noise(random, random.Next(0, 90)));
        for (var i = 0; i < 40_000; i++)
            forged.Add(real[i % 20][..random.Next(0, LinkToken.Characters)] + (i % 3 == 0 ? Noise(random, random.Next(0, 12)) : ""));
        // Well-formed ones go to the store: halves of two links, one bit off, random bytes.
        for (var i = 0; i < 400; i++)
            forged.Add(real[i % 20][..22] + real[(i + 1 + i / 20) % 20][22..]);
        for (var i = 0; i < 600; i++)
            forged.Add(OneBitOff(random, real[i % 20]));
        for (var i = 0; i < 1_000; i++)
            forged.Add(Base64Url.EncodeToString(Bytes(random)));
        for (var i = forged.Count; i < 100_000; i++)
            forged.Add(Swapped(random, real[i % 20]));
        forged.RemoveAll(real.Contains);
        var (opened, asked) = (0, 0);
        await Parallel.ForEachAsync(
            forged,
            new ParallelOptions { MaxDegreeOfParallelism = 32 },
            async (token, cancellation) =>
            {
                if (LinkToken.Read(token) is not null)
                    Interlocked.Increment(ref asked);
                if (await Links.FindAsync(token, cancellation) is not null)
                    Interlocked.Increment(ref opened);
            }
        );
        Assert.Equal(0, opened);
        Assert.InRange(forged.Count, 99_500, 100_000);
        Assert.True(asked > 1_500, $"only {asked} reached the store");
        Assert.All(await Task.WhenAll(real.Select(token => Links.FindAsync(token, default))), Assert.NotNull);
    }

    [Fact]
    public async Task A_revoked_link_says_why()
    {
        var record = await OpenAsync(Case("rev-1"));
        var url = await LinkAsync(record);
        await Links.RevokeAsync((await Links.FindAsync(url.Segments[^1], default))!, "Because of a test.", default);
        var found = await Links.FindAsync(url.Segments[^1], default);
        Assert.Equal(("Because of a test.", "Mia"), (found!.RevokedBecause, found.Approver));
    }

    private static byte[] Bytes(Random random)
    {
        var bytes = new byte[32];
        random.NextBytes(bytes);
        return bytes;
    }

    private static string Noise(Random random, int length)
    {
        var text = new StringBuilder();
        for (var i = 0; i < length; i++)
            text.Append((char)random.Next(1, random.Next(2) == 0 ? 127 : 0x2FF));
        return text.ToString();
    }

    private static string OneBitOff(Random random, string token)
    {
        var bytes = Base64Url.DecodeFromChars(token);
        bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        return Base64Url.EncodeToString(bytes);
    }

    // Two characters change places, and its length does too, by a character that a mail reader added.
    private static string Swapped(Random random, string token)
    {
        var (text, i, j) = (token.ToCharArray(), random.Next(token.Length), random.Next(token.Length));
        (text[i], text[j]) = (text[j], text[i]);
        return new string(text) + ".>),"[random.Next(4)];
    }
}

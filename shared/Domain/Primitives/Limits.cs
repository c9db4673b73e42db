namespace Stockgate.Domain;

/// <summary>Input limits. Input beyond them is refused or quarantined, never truncated.</summary>
public static class Limits
{
    /// <summary>Bytes of a request's body that is read without asking for room.</summary>
    public const int BodyBytes = 1024 * 1024;

    /// <summary>Bytes of the largest delivery: below the 30,000,000 that the Functions worker takes.</summary>
    public const int DeliveryBytes = 28 * 1024 * 1024;

    /// <summary>Records of a batch.</summary>
    public const int BatchRecords = 500;

    /// <summary>Bytes of one canonical record. One that no message holds travels by a blob.</summary>
    public const int RecordBytes = 8 * 1024 * 1024;

    public const int JsonDepth = 32;

    public const int OrderLines = 5_000;

    /// <summary>Characters of a description, a reason, a title.</summary>
    public const int Text = 512;

    /// <summary>The largest quantity or amount, either sign: beyond it a number is a mistake.</summary>
    public const decimal Number = 1_000_000_000m;

    /// <summary>How far ahead of our clock an event may be.</summary>
    public static readonly TimeSpan Future = TimeSpan.FromHours(24);

    /// <summary>The maximum age of an event: archives go back that far; older times come from unset clocks.</summary>
    public static readonly TimeSpan Past = TimeSpan.FromDays(25 * 365.25);

    /// <summary>The latest moment that something may be promised or due for: beyond it a date stands for "never".</summary>
    public static readonly DateTimeOffset Latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The earliest moment of an event: before it a time is a mistake, and Table Storage holds none before 1601.</summary>
    public static readonly DateTimeOffset Earliest = DateTimeOffset.UnixEpoch;
}

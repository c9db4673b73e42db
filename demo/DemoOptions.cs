using System.Globalization;
using Stockgate.Demo.Local;
using Stockgate.Local.Run;

namespace Stockgate.Demo;

/// <summary>What the person at the console asked for.</summary>
public sealed record DemoOptions
{
    public const string Usage = """
        dotnet run --project demo [-- OPTIONS]

          --weeks N           simulated weeks of the seeded retailer (4)
          --seed N            its seed; two runs with one seed agree (7)
          --from FILE         replay a transaction file instead: csv or csv.gz with the columns
                              InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
          --twice             send every request twice
          --restart-midway    kill the app (SIGKILL) half-way and start it again
          --port N            where the app listens (7071)
          --exit              end the app after the report instead of leaving it running
          --help              this text
        """;

    public int Weeks { get; init; } = 4;

    public int Seed { get; init; } = 7;

    public string? From { get; init; }

    public bool Twice { get; init; }

    public bool RestartMidway { get; init; }

    public int Port { get; init; } = 7071;

    public bool Exit { get; init; }

    public bool Help { get; init; }

    /// <exception cref="LocalSetupException">An option is unknown or lacks its value.</exception>
    public static DemoOptions Parse(IReadOnlyList<string> args)
    {
        var options = new DemoOptions();
        for (var i = 0; i < args.Count; i++)
        {
            string Value() =>
                ++i < args.Count ? args[i] : throw new LocalSetupException($"{args[i - 1]} needs a value. --help shows the options.");
            int Number(string name, int least, int most) =>
                int.TryParse(Value(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
                    ? number
                    : throw new LocalSetupException($"{name} takes a whole number from {least} to {most}.");
            options = args[i] switch
            {
                "--weeks" => options with { Weeks = Number("--weeks", 1, 104) },
                "--seed" => options with { Seed = Number("--seed", 0, int.MaxValue) },
                "--from" => options with { From = Value() },
                "--twice" => options with { Twice = true },
                "--restart-midway" => options with { RestartMidway = true },
                "--port" => options with { Port = Number("--port", 1024, 65535) },
                "--exit" => options with { Exit = true },
                "--help" or "-h" => options with { Help = true },
                var unknown => throw new LocalSetupException($"'{unknown}' is not an option. --help shows them."),
            };
        }
        return options;
    }
}

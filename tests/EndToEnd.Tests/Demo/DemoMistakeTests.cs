using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Stockgate.EndToEnd.Tests.Demo;

/// <summary>What is in the way on a person's machine is told in one line, with what to do.</summary>
public sealed class DemoMistakeTests : IDisposable
{
    private const string Header = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";
    private const string Line = "536365,85123A,LANTERN,6,2010-12-01 08:26:00,2.55,17850,United Kingdom\n";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("stockgate-demo-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("a.csv", "InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n", "lacks the column Description")]
    [InlineData("a.csv", "", "lacks the columns")]
    [InlineData("a.csv", Header, "has no line below its header")]
    [InlineData(
        "a.csv",
        Header + Line + "536366,85123A,LANTERN,six,2010-12-01 08:26:00,2.55,17850,United Kingdom\n",
        "line 3: Quantity is 'six'"
    )]
    [InlineData("a.csv", Header + "536366,85123A,LANTERN,6,yesterday,2.55,17850,United Kingdom\n", "line 2: InvoiceDate is 'yesterday'")]
    [InlineData("a.csv", Header + Line + "536366,85123A\n", "line 3 has 2 fields")]
    [InlineData("a.csv.gz", Header + Line, "can't be read")]
    [InlineData(null, "", "There is no file")]
    public async Task A_broken_file_is_told_in_one_line(string? name, string content, string told)
    {
        var path = Path.Combine(folder.FullName, name ?? "missing.csv");
        if (name is not null)
            await File.WriteAllTextAsync(path, content);
        Assert.Contains(told, await DemoProcess.FailsInOneLineAsync(["--from", path, "--exit"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_option_is_told_in_one_line() =>
        Assert.Contains("--help", await DemoProcess.FailsInOneLineAsync(["--wekes", "2"]), StringComparison.Ordinal);

    [Fact]
    public async Task A_taken_port_is_told_in_one_line()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        Assert.StartsWith(
            $"Port {port} is in use",
            await DemoProcess.FailsInOneLineAsync(["--exit", "--port", port]),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_machine_without_node_is_told_in_one_line() =>
        Assert.StartsWith(
            "'node' was not found",
            await DemoProcess.FailsInOneLineAsync(["--exit"], path: folder.FullName),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task Help_is_an_answer()
    {
        var (exitCode, output, error) = await DemoProcess.RunAsync(["--help"]);
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains("--restart-midway", output, StringComparison.Ordinal);
    }
}

using Stockgate.Demo;
using Stockgate.Demo.Local;
using Stockgate.Local.Run;

namespace Stockgate.EndToEnd.Tests.Demo;

public class DemoOptionsTests
{
    [Fact]
    public void Every_option_is_read() =>
        Assert.Equal(
            new DemoOptions
            {
                Weeks = 2,
                Seed = 9,
                From = "file.csv",
                Twice = true,
                RestartMidway = true,
                Port = 8080,
                Exit = true,
            },
            DemoOptions.Parse([
                "--weeks",
                "2",
                "--seed",
                "9",
                "--from",
                "file.csv",
                "--twice",
                "--restart-midway",
                "--port",
                "8080",
                "--exit",
            ])
        );

    [Theory]
    [InlineData("--wekes", "'--wekes'")]
    [InlineData("--weeks", "--weeks needs a value")]
    [InlineData("--weeks 0", "from 1 to 104")]
    [InlineData("--weeks two", "--weeks takes a whole number")]
    [InlineData("--seed -1", "--seed takes a whole number")]
    [InlineData("--port 80", "from 1024 to 65535")]
    [InlineData("--port 70000", "from 1024 to 65535")]
    [InlineData("--from", "--from needs a value")]
    [InlineData("file.csv", "'file.csv' is not an option")]
    public void A_mistake_is_told_in_one_line(string args, string told)
    {
        var mistake = Assert.Throws<LocalSetupException>(() => DemoOptions.Parse(args.Split(' ')));
        Assert.Contains(told, mistake.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', mistake.Message);
    }
}

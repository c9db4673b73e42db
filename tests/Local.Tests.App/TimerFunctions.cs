using System.Text.Json;
using Microsoft.Azure.Functions.Worker;

namespace Stockgate.Local.Tests.App;

public static class TimerFunctions
{
    [Function("EverySecond")]
    public static void EverySecond([TimerTrigger("%TimerSchedule%", RunOnStartup = true)] TimerInfo timer) =>
        Journal.Write("EverySecond", JsonSerializer.Serialize(timer));

    [Function("Yearly")]
    public static void Yearly([TimerTrigger("0 0 0 1 1 *", UseMonitor = true)] TimerInfo timer) =>
        Journal.Write("Yearly", JsonSerializer.Serialize(timer));

    [Function("Unset")]
    public static void Unset([TimerTrigger("%NoSuchSetting%")] TimerInfo timer) => Journal.Write("Unset", "ran");
}
